/** overlay(base, edits) equals a database in which the edits were really made. Seeded: a failure names its seed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityFacts } from '../../core/analysis/consequences/facts.ts';
import type { ParcelFacts } from '../../core/analysis/parcel-check/facts.ts';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { randomOf } from '../../core/demo-city/random.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import type { Filter } from '../../core/filter/ast.ts';
import { type Bbox, bboxOf } from '../../core/geo/bbox.ts';
import { rowsOfEdit } from '../../core/scenario/rows-of-edit.ts';
import { featureBefore, objectKey } from '../../core/scenario/scenario-row.ts';
import { consequenceParametersSchema } from '../../core/wire/consequences.ts';
import { CHANGEABLE_LAYERS, type ChangeableLayer } from '../../core/wire/edits/changeable-layers.ts';
import type { Scenario, StoredEdit } from '../../core/wire/scenario.ts';
import { siteQuerySchema } from '../../core/wire/sites.ts';
import { ANONYMOUS, type Identity } from '../../server/access/identity.ts';
import type { ScenarioState, View } from '../../server/access/view.ts';
import type { ConsequenceArea } from '../../server/store/consequence-area.ts';
import { checkFacts } from '../../server/store/consequence-checks.ts';
import { gatherConsequences } from '../../server/store/consequence-facts.ts';
import { postgisSource } from '../../server/store/features.ts';
import { layersOf } from '../../server/store/layers.ts';
import { gatherParcelFacts } from '../../server/store/parcel-facts/gather-parcel-facts.ts';
import { parcelRows } from '../../server/store/parcel-facts/parcel-rows.ts';
import type { Pool } from '../../server/store/pool.ts';
import { relationFor } from '../../server/store/relation.ts';
import { storeScenarios } from '../../server/store/scenarios.ts';
import { storeSites } from '../../server/store/sites.ts';
import { type Sql, sql } from '../../server/store/sql.ts';
import { studiedRows } from '../../server/store/studied-city.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { editableCity } from '../support/editable-city.ts';
import { fill } from '../support/filled-database.ts';
import { flatGround } from '../support/flat-ground.ts';
import { anyEdit, EDIT_KINDS, oneOf, type Random, whole } from '../support/random-edits.ts';
import { SAMPLE_ORIGIN } from '../support/sample-city.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const PARCELS = 60;
const EDITS = 48;
const QUERIES = 120;
const LAYERS = CHANGEABLE_LAYERS;
/** Made by the store from others. */
const DERIVED = new Set(
  REGISTERS.filter(({ derivedFrom }) => derivedFrom !== undefined).map(({ name }) => name),
);

/** A property of a layer to compare and to sort by. */
const NUMBER_OF: Readonly<Partial<Record<ChangeableLayer, string>>> = {
  buildings: 'storeys_above',
  buildings_3d: 'height_m',
  parcels: 'registered_area_ha',
  roads: 'speed_kmh',
  trees: 'height_m',
  facilities: 'capacity',
  utility_lines: 'diameter_mm',
  plan_zones: 'max_height_m',
};

/** A box that ends exactly at, just before, or just beyond the edge of an object. */
function boxAt(random: Random, objects: readonly Feature[]): Bbox | undefined {
  const geometry = objects.length > 0 ? oneOf(random, objects).geometry : undefined;
  const box = geometry && bboxOf(geometry, 2177);
  const nudge = oneOf(random, [-0.01, 0, 0.01]);
  return box && { ...box, minX: box.maxX + nudge, maxX: box.maxX + 30 };
}

function anyQuery(random: Random, objects: readonly Feature[]): FeatureQuery {
  const layer = oneOf(random, LAYERS);
  const own = objects.filter((feature) => feature.layer === layer);
  const number = NUMBER_OF[layer];
  const filters: readonly Filter[] = [
    { op: 'compare', operator: '>=', property: 'id', value: 'P' },
    { op: 'ids', ids: own.slice(0, 9).map(({ id }) => id) },
    ...(number
      ? ([
          { op: 'compare', operator: '>', property: number, value: 2 },
          { op: 'not', arg: { op: 'compare', operator: '<=', property: number, value: 3 } },
        ] as const satisfies readonly Filter[])
      : []),
  ];
  const bbox = random.next() < 0.6 ? boxAt(random, own) : undefined;
  const sort = number !== undefined && random.next() < 0.5;
  const limit = random.next() < 0.6 ? 1 + whole(random, 12) : undefined;
  const page = random.next();
  return {
    layer,
    ...(bbox && { bbox }),
    ...(random.next() < 0.5 && { filter: oneOf(random, filters) }),
    ...(sort && { sort: [{ property: number, descending: random.next() < 0.5 }] }),
    ...(limit !== undefined && { limit }),
    ...(limit !== undefined && page < 0.3 && { offset: whole(random, 9) }),
    ...(!sort && page > 0.6 && own.length > 0 && { after: oneOf(random, own).id }),
  };
}

async function answer(source: FeatureSource, query: FeatureQuery) {
  const never = new AbortController().signal;
  const rows: Feature[] = [];
  for await (const row of source.query(query, never)) rows.push(row);
  return { rows, count: await source.count(query, never) };
}

describe.each([1, 2, 3])('a stack of 48 random edits, seed %d', (seed) => {
  const random = randomOf(seed, 'scenario equality');
  let base: TestDatabase;
  let made: TestDatabase;
  let inScenario: FeatureSource;
  let reallyMade: FeatureSource;
  let scenario: Scenario;
  let state: ScenarioState | undefined;
  let before: Feature[];
  let final: readonly Feature[];

  beforeAll(async () => {
    base = await testDatabase();
    await fill(base.pool, editableCity(PARCELS));
    const layers = layersOf(base.pool);
    const asBefore = postgisSource(base.pool, layers, (layer) => relationFor(layer, { who: STAFF }));
    before = (await Promise.all(LAYERS.map((layer) => answer(asBefore, { layer })))).flatMap(
      ({ rows }) => rows,
    );
    const store = storeScenarios(base.pool, layers, flatGround(70));
    scenario = await store.create({ title: `Seed ${seed}`, reason: '', access: 'link' }, STAFF);
    for (let i = 0; i < EDITS; i++) {
      const standing = cityOf(before, scenario);
      const edit = anyEdit(random, (layer) => standing.filter((feature) => feature.layer === layer));
      const { added } = await store.add(scenario.id, scenario.revision, [edit], STAFF);
      for (const each of added) expectTrueBefore(each.edit, standing);
      scenario = await store.read(scenario.id, STAFF);
      if (i % 5 === 4) scenario = await store.undo(scenario.id, scenario.revision, STAFF);
      if (i % 10 === 4) scenario = await store.redo(scenario.id, scenario.revision, STAFF);
    }
    state = await store.state(scenario.id, ANONYMOUS);
    inScenario = postgisSource(base.pool, layers, (layer) => relationFor(layer, viewOf(state)));
    final = cityOf(before, scenario);
    made = await testDatabase();
    await fill(
      made.pool,
      final.filter(({ layer }) => !DERIVED.has(layer)),
    );
    reallyMade = postgisSource(made.pool, layersOf(made.pool), (layer) =>
      relationFor(layer, { who: ANONYMOUS }),
    );
  });
  afterAll(async () => {
    await base.drop();
    await made.drop();
  });

  it('holds edits of most kinds, so that there is something to compare', () => {
    const kinds = new Set(scenario.edits.map(({ edit }) => edit.kind));
    expect(kinds.size).toBeGreaterThan(EDIT_KINDS.length / 2);
    expect(final.length).not.toBe(before.length);
  });

  it('gives every layer as if it had really been made', async () => {
    for (const layer of LAYERS) {
      expect(await answer(inScenario, { layer })).toEqual(await answer(reallyMade, { layer }));
    }
  });

  it('has the consequences of a city in which the edits were really made', async () => {
    if (!state) throw new Error('no scenario');
    const inOverlay = await factsAfter(base.pool, scenario, viewOf(state));
    const laterBase = { ...state, id: 'b'.repeat(20), base: new Date(Date.now() + 60_000) };
    const inMade = await factsAfter(made.pool, scenario, viewOf(laterBase));
    // Where something went the overlay knows of parcels that a city which never had it cannot name.
    const { parcels: touched = [], standing = [], ...facts } = inOverlay;
    const { parcels: named = [], standing: wanted = [], ...really } = inMade;
    expect(facts).toEqual(really);
    const ids = new Set(named.map(({ id }) => id));
    expect(touched.filter(({ id }) => ids.has(id))).toEqual(named);
    expect(standing.filter(({ parcel }) => ids.has(parcel))).toEqual(wanted);
    expect(Object.keys(facts).length).toBeGreaterThan(3);
  });

  it('finds the sites of a city in which the edits were really made', async () => {
    const sitesOf = async ({ pool }: TestDatabase, view: View) => {
      const query = siteQuerySchema.parse({ limit: 1_000, weights: { waterM: -1, areaM2: 1 } });
      const never = new AbortController().signal;
      return (await storeSites(pool, layersOf(pool)).find(query, view, never)).sites;
    };
    const wanted = await sitesOf(made, viewOf(undefined));
    expect(wanted.length).toBeGreaterThan(PARCELS / 2);
    expect(await sitesOf(base, viewOf(state))).toEqual(wanted);
  });

  it('checks every parcel of which an edit can change anything that a check reads', async () => {
    if (!state) throw new Error('no scenario');
    const layers = await layersOf(base.pool)();
    const read = <T extends object>(statement: Sql) => base.pool.read<T>(statement);
    const [was, is]: readonly View[] = [{ who: ANONYMOUS, at: state.base }, viewOf(state)];
    if (!was || !is) throw new Error('two states');
    const study = { layers, lawDate: LAW_DATE, read, edits: scenario.edits, ground: flatGround(70) };
    const checks = await checkFacts({ ...study, base: was, view: is }, EVERYWHERE);
    const everyParcel = async (view: View) => {
      const city = { ...study, view };
      const ids = await read<{ id: string }>(
        sql`select id from ${studiedRows(city, 'parcels', view)} as state`,
      );
      const places = await parcelRows(
        city,
        ids.map(({ id }) => id),
      );
      return gatherParcelFacts(city, places, new Map());
    };
    const [all, allAfter] = [await everyParcel(was), await everyParcel(is)];
    const reached = new Set(
      [...(checks?.before ?? []), ...(checks?.after ?? [])].map(({ parcel }) => parcel.id),
    );
    const of = (facts: readonly ParcelFacts[], isReached: boolean) =>
      facts.filter(({ parcel }) => reached.has(parcel.id) === isReached);
    expect(checks?.before).toEqual(of(all, true));
    expect(checks?.after).toEqual(of(allAfter, true));
    expect(of(allAfter, false)).toEqual(of(all, false));
    expect(checks?.before).not.toEqual(checks?.after);
  });

  it(`answers ${QUERIES} random queries alike: boxes at the border of edits, filters, sorts, pages and counts`, async () => {
    let found = 0;
    for (let i = 0; i < QUERIES; i++) {
      const query = anyQuery(random, final);
      const wanted = await answer(reallyMade, query);
      found += wanted.rows.length;
      expect({ query, ...(await answer(inScenario, query)) }).toEqual({ query, ...wanted });
    }
    expect(found).toBeGreaterThan(QUERIES);
  });
});

const LAW_DATE = '2026-06-30';
const EVERYWHERE: ConsequenceArea = {
  bbox: [5_000_000, 5_000_000, 8_000_000, 8_000_000],
  areaM2: 9e12,
  geom: sql`ST_MakeEnvelope(5000000, 5000000, 8000000, 8000000, 2177)`,
  probe: undefined,
};

const viewOf = (scenario: ScenarioState | undefined): View => ({
  who: ANONYMOUS,
  ...(scenario && { scenario }),
});

/** What the model of consequences reads of the city after the edits. */
async function factsAfter(pool: Pool, { edits }: Scenario, view: View): Promise<CityFacts> {
  const { easting, northing } = SAMPLE_ORIGIN;
  const city = {
    ...{ view, base: view, edits, lawDate: LAW_DATE, ground: flatGround(70) },
    layers: await layersOf(pool)(),
    read: <T extends object>(statement: Sql) => pool.read<T>(statement),
  };
  const bbox = [easting - 1000, northing - 1000, easting + 2000, northing + 1000];
  const { after } = await gatherConsequences(city, consequenceParametersSchema.parse({ bbox }));
  return after;
}

/** The base with each edit really made in turn: not by `replay`, which is what the store uses. */
function cityOf(base: readonly Feature[], { edits }: Pick<Scenario, 'edits'>): readonly Feature[] {
  const city = new Map(base.map((feature) => [objectKey(feature), feature]));
  for (const row of edits.flatMap(rowsOfEdit)) {
    if (row.feature) city.set(objectKey(row), row.feature);
    else city.delete(objectKey(row));
  }
  return [...city.values()];
}

/** What an edit keeps of the objects that it changes or removes is how they were. */
function expectTrueBefore({ objects }: StoredEdit, standing: readonly Feature[]): void {
  for (const object of objects) {
    const was = standing.find((feature) => objectKey(feature) === objectKey(object));
    if (object.change === 'added') expect(was).toBeUndefined();
    else expect(known(featureBefore(object))).toEqual(was && known(was));
  }
}

/** What is not known of an object may be null or left out. */
const known = (feature: Feature): Feature => ({
  ...feature,
  properties: Object.fromEntries(Object.entries(feature.properties).filter(([, value]) => value !== null)),
});
