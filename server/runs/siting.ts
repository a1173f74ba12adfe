import { isochronesFrom } from '../../core/analysis/access/isochrones.ts';
import { CHOSEN_AT, FACILITY_SITING } from '../../core/analysis/siting/facility-siting.ts';
import { type PreviewedWorld, previewSites } from '../../core/analysis/siting/preview-sites.ts';
import { relativeGap } from '../../core/analysis/siting/siting-answer.ts';
import { sitingWorld } from '../../core/analysis/siting/siting-world.ts';
import { sitingResultSchema } from '../../core/wire/siting-answer.ts';
import {
  type SitingQuestion,
  type SitingSearch,
  sitingQuestionSchema,
} from '../../core/wire/siting-question.ts';
import { isStaff } from '../access/identity.ts';
import type { View } from '../access/view.ts';
import type { ParcelChecks } from '../services/parcel-checks.ts';
import type { Scenarios } from '../services/scenarios.ts';
import type { Siting } from '../services/siting.ts';
import { cityVersion } from '../store/city-version.ts';
import type { LayersProvider } from '../store/features.ts';
import type { Pool } from '../store/pool.ts';
import type { SitedCity } from '../store/siting-candidates.ts';
import { gatherSiting, openDay, parcelsUnder, SITING_LAYERS } from '../store/siting-facts.ts';
import { inSnapshot } from '../store/snapshot.ts';
import type { ModelThreads } from '../workers/model-threads.ts';
import type { Word } from '../workers/serve-tasks.ts';
import { type CheckedCandidates, checkedCandidates } from './checked-candidates.ts';

export interface SitingPlace {
  readonly poolOf: (view: View) => Pool;
  readonly layers: LayersProvider;
  readonly scenarios: Pick<Scenarios, 'read'>;
  readonly parcelChecks: ParcelChecks;
  readonly threads: ModelThreads;
}

/** The facts of a question in a state of the city, and what the check of its candidates found. */
interface KeptWorld {
  readonly previewed: Promise<PreviewedWorld>;
  checks?: Promise<CheckedCandidates>;
}

interface SearchUnderWay {
  readonly ended: AbortController;
  readonly beganMs: number;
  best: SitingSearch['best'];
  isChosen: boolean;
}

function follow(search: SearchUnderWay, { progress, best }: Word): void {
  if (progress >= CHOSEN_AT) search.isChosen = true;
  if (best) search.best = { ...best, gap: relativeGap(best.objective, best.bound) };
}

/** States of the city whose facts are kept ready: some megabytes each. */
const MOST_KEPT = 6;
const DEADLINE_MS = 120_000;

export function offerSiting({ poolOf, layers, scenarios, parcelChecks, threads }: SitingPlace): Siting {
  const kept = new Map<string, KeptWorld>();
  /** Searches that can be ended, by who began them and the name they gave. */
  const searches = new Map<string, SearchUnderWay>();
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
  const worldOf = async (question: SitingQuestion, view: View): Promise<KeptWorld> => {
    const { kind, candidates, siteKinds, avoid, minParcelM2, maxParcelM2, mostCandidates } = question;
    const { forecastYear, slopes, stepFree } = question;
    const version = await cityVersion(poolOf(view), layers, SITING_LAYERS, view);
    const asked = JSON.stringify([
      ...[kind, candidates, siteKinds, avoid, minParcelM2, maxParcelM2, mostCandidates],
      ...[forecastYear, slopes, stepFree, openDay(question, view)],
    ]);
    const state = `${view.scenario?.id ?? ''} ${view.scenario?.revision ?? ''} ${view.at?.getTime() ?? ''}`;
    const key = `${isStaff(view.who)} ${state} ${version} ${asked}`;
    const made = kept.get(key) ?? {
      previewed: inCity(view, AbortSignal.timeout(DEADLINE_MS), (city) => gatherSiting(city, question)).then(
        (facts): PreviewedWorld => ({ world: sitingWorld(facts) }),
      ),
    };
    // The one asked for last is dropped last.
    kept.delete(key);
    kept.set(key, made);
    made.previewed.catch(() => kept.delete(key));
    for (const old of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(old);
    return made;
  };

  /** The checks of all candidates, made once for each state of the city, beside the search. */
  const checksOf = async (made: KeptWorld, view: View): Promise<CheckedCandidates | undefined> => {
    const { world } = await made.previewed;
    made.checks ??= checkedCandidates(parcelChecks, world.facts, view, AbortSignal.timeout(DEADLINE_MS));
    const { checks } = made;
    return checks.catch(() => {
      if (made.checks === checks) delete made.checks;
      return undefined;
    });
  };

  return {
    async answer({ mostSeconds, ticket, ...question }, view, signal) {
      const beganMs = performance.now();
      const ended = new AbortController();
      const search: SearchUnderWay = { ended, beganMs, best: null, isChosen: false };
      if (ticket !== undefined) searches.set(searchKey(view, ticket), search);
      try {
        const made = await worldOf(question, view);
        const checking = checksOf(made, view);
        const { world } = await made.previewed;
        const task = { model: FACILITY_SITING.name, facts: world.facts, parameters: question };
        const enough = AbortSignal.any([ended.signal, AbortSignal.timeout(1000 * mostSeconds)]);
        const text = await threads.run(task, signal, (word) => follow(search, word), enough);
        const found = sitingResultSchema.parse(JSON.parse(text));
        const seconds = secondsSince(beganMs);
        const checked = await checking;
        const sites = found.sites.map((site) => ({
          ...site,
          checkStates: checked?.byParcel.get(site.parcel ?? '') ?? null,
        }));
        return { ...found, sites, checks: checked?.told ?? null, seconds };
      } finally {
        if (ticket !== undefined) searches.delete(searchKey(view, ticket));
      }
    },
    enough(ticket, view) {
      const search = searches.get(searchKey(view, ticket));
      search?.ended.abort();
      return search !== undefined;
    },
    searching(ticket, view) {
      const search = searches.get(searchKey(view, ticket));
      return (
        search && { seconds: secondsSince(search.beganMs), best: search.best, isChosen: search.isChosen }
      );
    },
    async preview(asked, view, signal) {
      const beganMs = performance.now();
      const { kind, forecastYear, openOn, slopes, stepFree } = asked;
      const question = sitingQuestionSchema.parse({ kind, forecastYear, openOn, slopes, stepFree });
      const previewed = await (await worldOf(question, view)).previewed;
      const parcels = await inCity(view, signal, (city) => parcelsUnder(city, asked.sites));
      return { ...previewSites(previewed, asked, parcels), seconds: secondsSince(beganMs) };
    },
    async isochrones(asked, view) {
      const beganMs = performance.now();
      const { slopes, stepFree } = asked;
      const { world } = await (await worldOf(sitingQuestionSchema.parse({ slopes, stepFree }), view))
        .previewed;
      return { ...isochronesFrom(world, asked), seconds: secondsSince(beganMs) };
    },
  };
}

const secondsSince = (beganMs: number): number => Math.round(performance.now() - beganMs) / 1000;
