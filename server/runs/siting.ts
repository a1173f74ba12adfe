import { isochronesFrom } from '../../core/analysis/access/isochrones.ts';
import { FACILITY_SITING } from '../../core/analysis/siting/facility-siting.ts';
import { type PreviewedWorld, previewSites } from '../../core/analysis/siting/preview-sites.ts';
import { sitingWorld } from '../../core/analysis/siting/siting-world.ts';
import type { ParcelCheck } from '../../core/wire/parcel-check.ts';
import {
  type SitingAnswer,
  type SitingQuestion,
  sitingQuestionSchema,
  sitingResultSchema,
} from '../../core/wire/siting.ts';
import { isStaff } from '../access/identity.ts';
import type { View } from '../access/view.ts';
import type { ParcelChecks } from '../services/parcel-checks.ts';
import type { Siting } from '../services/siting.ts';
import type { Scenarios } from '../services.ts';
import { cityVersion } from '../store/city-version.ts';
import type { LayersProvider } from '../store/features.ts';
import type { Pool } from '../store/pool.ts';
import { gatherSiting, parcelsUnder, SITING_LAYERS, type SitedCity } from '../store/siting-facts.ts';
import { inSnapshot } from '../store/snapshot.ts';
import type { ModelThreads } from '../workers/model-threads.ts';

export interface SitingPlace {
  readonly poolOf: (view: View) => Pool;
  readonly layers: LayersProvider;
  readonly scenarios: Pick<Scenarios, 'read'>;
  readonly parcelChecks: ParcelChecks;
  readonly threads: ModelThreads;
}

/** States of the city whose facts are kept ready: some megabytes each. */
const MOST_KEPT = 6;
const DEADLINE_MS = 120_000;

export function offerSiting({ poolOf, layers, scenarios, parcelChecks, threads }: SitingPlace): Siting {
  const kept = new Map<string, Promise<PreviewedWorld>>();
  /** Searches that can be ended, by who began them and the name they gave. */
  const searches = new Map<string, AbortController>();
  const searchKey = (view: View, ticket: string) => `${view.who.who} ${ticket}`;

  const inCity = async <T>(view: View, signal: AbortSignal, work: (city: SitedCity) => Promise<T>) => {
    const known = await layers();
    const scenario = view.scenario && (await scenarios.read(view.scenario.id, view.who));
    return inSnapshot(poolOf(view), signal, (connection) =>
      work({
        ...{ view, layers: known, edits: scenario?.edits ?? [] },
        read: (statement) => connection.run(statement, signal),
      }),
    );
  };

  /** The facts of a question in a state of the city, gathered once for all who ask the same of it. */
  const worldOf = async (question: SitingQuestion, view: View): Promise<PreviewedWorld> => {
    const { kind, candidates, avoid, minParcelM2, maxParcelM2, mostCandidates } = question;
    const version = await cityVersion(poolOf(view), layers, SITING_LAYERS, view);
    const asked = JSON.stringify([kind, candidates, avoid, minParcelM2, maxParcelM2, mostCandidates]);
    const state = `${view.scenario?.id ?? ''} ${view.scenario?.revision ?? ''} ${view.at?.getTime() ?? ''}`;
    const key = `${isStaff(view.who)} ${state} ${version} ${asked}`;
    const made =
      kept.get(key) ??
      inCity(view, AbortSignal.timeout(DEADLINE_MS), (city) => gatherSiting(city, question)).then(
        (facts): PreviewedWorld => ({ world: sitingWorld(facts) }),
      );
    // The one asked for last is dropped last.
    kept.delete(key);
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    for (const old of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(old);
    return made;
  };

  const checkedSites = async (
    answer: SitingAnswer,
    view: View,
    signal: AbortSignal,
  ): Promise<SitingAnswer> => {
    const parcels = answer.sites.flatMap(({ parcel }) => parcel ?? []);
    if (parcels.length === 0) return answer;
    const terms = { parcels, lawDate: undefined, withGeometry: false };
    const { checks } = await parcelChecks.many(terms, view, signal);
    const byParcel = new Map(checks.map((check) => [check.parcel.id, check]));
    const sites = answer.sites.map((site) => {
      const check = byParcel.get(site.parcel ?? '');
      return check ? { ...site, checkStates: statesOf(check) } : site;
    });
    return { ...answer, sites };
  };

  return {
    async answer({ mostSeconds, ticket, ...question }, view, signal) {
      const beganMs = performance.now();
      const ended = new AbortController();
      if (ticket !== undefined) searches.set(searchKey(view, ticket), ended);
      try {
        const { world } = await worldOf(question, view);
        const task = { model: FACILITY_SITING.name, facts: world.facts, parameters: question };
        const enough = AbortSignal.any([ended.signal, AbortSignal.timeout(1000 * mostSeconds)]);
        const text = await threads.run(task, signal, () => {}, enough);
        const found = sitingResultSchema.parse(JSON.parse(text));
        return await checkedSites({ ...found, seconds: secondsSince(beganMs) }, view, signal);
      } finally {
        if (ticket !== undefined) searches.delete(searchKey(view, ticket));
      }
    },
    enough(ticket, view) {
      const search = searches.get(searchKey(view, ticket));
      search?.abort();
      return search !== undefined;
    },
    async preview(asked, view, signal) {
      const beganMs = performance.now();
      const previewed = await worldOf(sitingQuestionSchema.parse({ kind: asked.kind }), view);
      const parcels = await inCity(view, signal, (city) => parcelsUnder(city, asked.sites));
      return { ...previewSites(previewed, asked, parcels), seconds: secondsSince(beganMs) };
    },
    async isochrones(asked, view) {
      const beganMs = performance.now();
      const { world } = await worldOf(sitingQuestionSchema.parse({}), view);
      return { ...isochronesFrom(world, asked), seconds: secondsSince(beganMs) };
    },
  };
}

const secondsSince = (beganMs: number): number => Math.round(performance.now() - beganMs) / 1000;

function statesOf({ parcel, findings }: ParcelCheck) {
  const count = (state: string) => findings.filter((finding) => finding.state === state).length;
  return {
    parcel: parcel.id,
    applies: count('applies'),
    touches: count('touches'),
    doesNotApply: count('does-not-apply'),
    notAssessed: count('not-assessed'),
  };
}
