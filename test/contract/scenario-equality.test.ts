/** overlay(base, edits) equals a database in which the edits were really made. Seeded: a failure names its seed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomOf } from '../../core/demo-city/random.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import type { Filter } from '../../core/filter/ast.ts';
import { type Bbox, bboxOf } from '../../core/geo/bbox.ts';
import { objectKey, replay } from '../../core/scenario/replay.ts';
import { type Edit, editSchema, type Scenario } from '../../core/wire/scenario.ts';
import { ANONYMOUS, type Identity } from '../../server/access/identity.ts';
import { postgisSource } from '../../server/store/features.ts';
import { layersOf } from '../../server/store/layers.ts';
import { relationFor } from '../../server/store/relation.ts';
import { storeScenarios } from '../../server/store/scenarios.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { fill } from '../support/filled-database.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../support/sample-city.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const PARCELS = 60;
const BASE = sampleFeatures(PARCELS);
const EDITS = 24;
const QUERIES = 60;
const LAYERS = ['buildings', 'buildings_3d', 'parcels'] as const;

type Random = ReturnType<typeof randomOf>;
const whole = (random: Random, below: number) => Math.floor(random.next() * below);
const oneOf = <T>(random: Random, list: readonly T[]): T => list[whole(random, list.length)] as T;

/** A house somewhere in the sample, or the removal of any building, planned ones too. */
function anyEdit(random: Random, standing: readonly string[]): Edit {
  if (random.next() < 0.4) return { kind: 'remove-building', building: oneOf(random, standing) };
  const [x, y] = [SAMPLE_ORIGIN.easting + random.next() * 400, SAMPLE_ORIGIN.northing + random.next() * 60];
  const [w, d] = [3 + random.next() * 15, 3 + random.next() * 15];
  return editSchema.parse({
    kind: 'add-building',
    footprint: [
      [x, y],
      [x + w, y],
      [x + w, y + d],
      [x, y + d],
    ],
    storeys: 1 + whole(random, 6),
    roof: { shape: oneOf(random, ['flat', 'gabled', 'hipped', 'pent']) },
    function: oneOf(random, ['m', 'g', 'h']),
  });
}

/** A box that ends exactly at, just before, or just beyond the edge of an object. */
function boxAt(random: Random, objects: readonly Feature[]): Bbox | undefined {
  const { geometry } = oneOf(random, objects);
  const box = geometry && bboxOf(geometry, 2177);
  const nudge = oneOf(random, [-0.01, 0, 0.01]);
  return box && { ...box, minX: box.maxX + nudge, maxX: box.maxX + 30 };
}

function anyQuery(random: Random, objects: readonly Feature[]): FeatureQuery {
  const layer = oneOf(random, LAYERS);
  const filters: readonly Filter[] = [
    { op: 'compare', operator: '>=', property: 'id', value: 'P' },
    ...(layer === 'parcels'
      ? []
      : ([
          { op: 'compare', operator: '>', property: 'storeys_above', value: 2 },
          { op: 'not', arg: { op: 'compare', operator: '<=', property: 'storeys_above', value: 3 } },
          { op: 'ids', ids: objects.slice(0, 9).map(({ id }) => id) },
        ] as const satisfies readonly Filter[])),
  ];
  const bbox = random.next() < 0.6 ? boxAt(random, objects) : undefined;
  const sort = layer !== 'parcels' && random.next() < 0.5;
  const limit = random.next() < 0.6 ? 1 + whole(random, 12) : undefined;
  const page = random.next();
  return {
    layer,
    ...(bbox && { bbox }),
    ...(random.next() < 0.5 && { filter: oneOf(random, filters) }),
    ...(sort && { sort: [{ property: 'storeys_above', descending: random.next() < 0.5 }] }),
    ...(limit !== undefined && { limit }),
    ...(limit !== undefined && page < 0.3 && { offset: whole(random, 9) }),
    ...(!sort && page > 0.6 && { after: oneOf(random, objects).id }),
  };
}

const never = new AbortController().signal;
async function answer(source: FeatureSource, query: FeatureQuery) {
  const rows: Feature[] = [];
  for await (const row of source.query(query, never)) rows.push(row);
  return { rows, count: await source.count(query, never) };
}

describe.each([1, 2, 3])('a stack of %d × 24 random edits', (seed) => {
  const random = randomOf(seed, 'scenario equality');
  let base: TestDatabase;
  let made: TestDatabase;
  let inScenario: FeatureSource;
  let reallyMade: FeatureSource;
  let scenario: Scenario;
  let final: readonly Feature[];

  beforeAll(async () => {
    base = await testDatabase();
    await fill(base.pool, BASE);
    const layers = layersOf(base.pool);
    const store = storeScenarios(base.pool, layers, { lowestM: async () => 70 });
    scenario = await store.create({ title: `Seed ${seed}`, reason: '', access: 'link' }, STAFF);
    let standing = BASE.filter(({ layer }) => layer === 'buildings').map(({ id }) => id);
    for (let i = 0; i < EDITS; i++) {
      const outcome = await store.add(scenario.id, scenario.revision, anyEdit(random, standing), STAFF);
      scenario = outcome.scenario;
      for (const { layer, id, change } of outcome.edit.objects) {
        if (layer !== 'buildings') continue;
        standing = change === 'added' ? [...standing, id] : standing.filter((each) => each !== id);
      }
      if (i % 5 === 4) scenario = await store.undo(scenario.id, scenario.revision, STAFF);
      if (i % 10 === 4) scenario = await store.redo(scenario.id, scenario.revision, STAFF);
      standing = stillStanding(scenario);
    }
    const state = await store.state(scenario.id, ANONYMOUS);
    inScenario = postgisSource(base.pool, layers, (layer) =>
      relationFor(layer, { who: ANONYMOUS, ...(state && { scenario: state }) }),
    );
    final = citiesObjects(scenario);
    made = await testDatabase();
    await fill(made.pool, final);
    reallyMade = postgisSource(made.pool, layersOf(made.pool), (layer) =>
      relationFor(layer, { who: ANONYMOUS }),
    );
  });
  afterAll(async () => {
    await base.drop();
    await made.drop();
  });

  it('adds and removes, so that there is something to compare', () => {
    const kinds = new Set(scenario.edits.map(({ edit }) => edit.kind));
    expect([...kinds].toSorted()).toEqual(['add-building', 'remove-building']);
    expect(final.length).not.toBe(BASE.length);
  });

  it('gives every layer as if it had really been made', async () => {
    for (const layer of LAYERS) {
      expect(await answer(inScenario, { layer })).toEqual(await answer(reallyMade, { layer }));
    }
  });

  it(`answers ${QUERIES} random queries alike: boxes at the border of edits, filters, sorts, pages and counts`, async () => {
    let found = 0;
    for (let i = 0; i < QUERIES; i++) {
      const query = anyQuery(
        random,
        final.filter(({ layer }) => layer !== 'parcels'),
      );
      const wanted = await answer(reallyMade, query);
      found += wanted.rows.length;
      expect({ query, ...(await answer(inScenario, query)) }).toEqual({ query, ...wanted });
    }
    expect(found).toBeGreaterThan(QUERIES);
  });
});

/** The base with the rows of the stack, made anew from the edits alone. */
function citiesObjects({ edits }: Pick<Scenario, 'edits'>): readonly Feature[] {
  const rows = replay(edits);
  const kept = BASE.filter((feature) => !rows.has(objectKey(feature)));
  return [...kept, ...[...rows.values()].flatMap(({ feature }) => feature ?? [])];
}

const stillStanding = (scenario: Scenario): string[] =>
  citiesObjects(scenario).flatMap(({ layer, id }) => (layer === 'buildings' ? [id] : []));
