/** Checks of parcels over the store. */

import { createHash } from 'node:crypto';
import type { ModelRunner } from '../../core/analysis/model.ts';
import { checkParcel, RULES_VERSION } from '../../core/analysis/parcel-check/check-parcel.ts';
import type { LayerFact, ParcelFacts } from '../../core/analysis/parcel-check/facts.ts';
import { canonicalJson } from '../../core/analysis/run-identity.ts';
import { conflict } from '../../core/errors.ts';
import { dayInCity } from '../../core/scenario/recorded-moment.ts';
import type { ParcelCheck } from '../../core/wire/parcel-check.ts';
import { ANONYMOUS } from '../access/identity.ts';
import type { View } from '../access/view.ts';
import type { CheckTerms, ParcelChecks } from '../services/parcel-checks.ts';
import type { Scenarios } from '../services/scenarios.ts';
import { CITY } from './dataset.ts';
import type { LayersProvider } from './features.ts';
import type { CheckedCity } from './parcel-facts/checked-city.ts';
import { type CheckedSubjects, checkedSubjects } from './parcel-facts/checked-subjects.ts';
import { gatherParcelFacts, UnreadableLayers } from './parcel-facts/gather-parcel-facts.ts';
import { meantParcel, meantParcels } from './parcel-facts/meant-parcel.ts';
import { withNeighbourLight } from './parcel-facts/neighbour-light.ts';
import { parcelRows, type ReadPlace } from './parcel-facts/parcel-rows.ts';
import type { Pool } from './pool.ts';
import type { Ground } from './settle/edited-city.ts';
import { inSnapshot } from './snapshot.ts';
import { sql } from './sql.ts';

/** Layers fail one at a time; more than this at once is no fault of one layer. */
const MOST_FAILURES = 12;

/** Statements are long, and planned in the time of a check unless plans are kept. */
const PLANNED_ONCE = sql`; set local plan_cache_mode = force_generic_plan`;

/** @param pool that of the public: nothing that it may not read can be in an answer */
export function storeParcelChecks(
  pool: Pool,
  layers: LayersProvider,
  scenarios: Pick<Scenarios, 'read'>,
  ground: Ground,
  runModel: ModelRunner,
): ParcelChecks {
  const check = async (
    find: (city: CheckedCity) => Promise<readonly ReadPlace[]>,
    terms: CheckTerms,
    view: View,
    signal: AbortSignal,
  ): Promise<readonly ParcelCheck[]> => {
    const { scenario, at } = view;
    const ofScenario = scenario ? await scenarios.read(scenario.id, view.who) : undefined;
    const lawDate = terms.lawDate ?? ofScenario?.lawDate ?? today();
    const known = (await layers()).filter(({ dataset }) => dataset === CITY);
    const failures = new Map<string, string>();
    let isApart = false;
    const seen: View = { who: ANONYMOUS, ...(scenario && { scenario }), ...(at && { at }) };
    while (failures.size <= MOST_FAILURES) {
      try {
        return await inSnapshot(
          pool,
          signal,
          async (connection) => {
            const read: CheckedCity['read'] = (statement) => connection.run(statement, signal);
            const city = { view: seen, layers: known, lawDate, read };
            const asOf = scenario?.base ?? at ?? (await newestOf(read));
            const places = await find(city);
            const gathered = await gatherParcelFacts(city, places, failures, isApart);
            const facts =
              scenario && ofScenario && failures.size === 0
                ? await withNeighbourLight(
                    { ...city, base: { who: ANONYMOUS, at: scenario.base }, edits: ofScenario.edits, ground },
                    places,
                    gathered,
                    runModel,
                    signal,
                  )
                : gathered;
            return facts.map((each) => answerOf(each, { lawDate, asOf, scenario: scenario?.id }, terms));
          },
          PLANNED_ONCE,
        );
      } catch (error) {
        if (!(error instanceof UnreadableLayers)) throw error;
        isApart = error.layers.length === 0;
        for (const layer of error.layers) failures.set(layer, 'the database could not read it');
      }
    }
    throw conflict('The layers of the city cannot be read now; ask again shortly');
  };

  const manyDrawn: ParcelChecks['manyDrawn'] = async (asked, view, signal) => {
    let subjects: CheckedSubjects | undefined;
    const checks = await check(
      async (city) => {
        subjects = await checkedSubjects(city, asked);
        return subjects.places;
      },
      { lawDate: asked.lawDate, withGeometry: asked.withGeometry },
      view,
      signal,
    );
    const { places = [], unknownParcels = [], withoutParcel = [] } = subjects ?? {};
    const seen = { ...view, who: ANONYMOUS };
    const meant = await meantParcels(pool, await layers(), unknownParcels, seen, signal);
    const unknown = meant.map(({ id, suggestions, successors }) => ({
      id,
      suggestions: [...suggestions],
      successors: [...successors],
    }));
    const nowhere = withoutParcel.map((id) => ({ id, suggestions: [], successors: [] }));
    return {
      reply: {
        checks: [...checks],
        unknown: [...unknown, ...nowhere],
        code: codeOfAll(checks),
      },
      outlines: new Map(places.map(({ id, parcel }) => [id, parcel.geometry])),
    };
  };

  return {
    async one(id, terms, view, signal) {
      const [made] = await check((city) => parcelRows(city, [id]), terms, view, signal);
      return made ?? meantParcel(pool, await layers(), id, { ...view, who: ANONYMOUS }, signal);
    },
    many: async (asked, view, signal) => (await manyDrawn(asked, view, signal)).reply,
    manyDrawn,
  };
}

export interface Asked {
  readonly lawDate: string;
  readonly asOf: Date;
  readonly scenario: string | undefined;
}

/** The answer about one parcel; what depends on nothing but its facts, the law and the rules. */
export function answerOf(
  facts: ParcelFacts,
  { lawDate, asOf, scenario }: Asked,
  { withGeometry }: CheckTerms,
): ParcelCheck {
  const { parcel, findings, notAssessed } = checkParcel(facts, lawDate);
  const { layers, ...ground } = facts;
  const hash = createHash('sha256')
    .update(canonicalJson({ ground, lawDate, rules: RULES_VERSION, scenario }))
    .update(layers.map(textOfLayer).join())
    .digest('hex');
  return {
    parcel,
    asked: { asOf: asOf.toISOString(), lawDate, ...(scenario && { scenario }), rules: RULES_VERSION },
    findings: findings.map(({ geometry, ...finding }) =>
      withGeometry && geometry ? { ...finding, geometry } : finding,
    ),
    notAssessed: [...notAssessed],
    hash,
    code: codeOf(hash),
  };
}

/** Parcels of a set share what is known of a layer. */
const layerTexts = new WeakMap<LayerFact, string>();

function textOfLayer(layer: LayerFact): string {
  const known = layerTexts.get(layer);
  if (known !== undefined) return known;
  const text = canonicalJson(layer);
  layerTexts.set(layer, text);
  return text;
}

/** The same whatever the order in which parcels were named. */
const codeOfAll = (checks: readonly ParcelCheck[]): string =>
  codeOf(
    createHash('sha256')
      .update(
        checks
          .map(({ hash }) => hash)
          .toSorted()
          .join(),
      )
      .digest('hex'),
  );

/** Three groups of four: 48 bits of the hash. */
const codeOf = (hash: string): string =>
  hash
    .slice(0, 12)
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, '$1-');

export const today = (): string => dayInCity(new Date());

/** When the city was last loaded into: until then the same question has the same answer. */
export async function newestOf(read: CheckedCity['read']): Promise<Date> {
  const [row] = await read<{ at: string | null }>(
    sql`select max(recorded_at) as at from twin.dataset_version where dataset = ${CITY}::text`,
  );
  return new Date(row?.at ?? 0);
}
