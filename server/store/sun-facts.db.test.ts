import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNWATCHED } from '../../core/analysis/model.ts';
import type { BuildingShape } from '../../core/analysis/sun/building-shape.ts';
import { sunHoursParametersSchema } from '../../core/analysis/sun/sun-hours.ts';
import { SUN_ON_WINDOWS, sunParametersSchema } from '../../core/analysis/sun/sun-on-windows.ts';
import { viewParametersSchema } from '../../core/analysis/view/views.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { objectKey, type ScenarioRow } from '../../core/scenario/scenario-row.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { flatGround } from '../../test/support/flat-ground.ts';
import { SAMPLE_ORIGIN } from '../../test/support/sample-city.ts';
import { blockAt } from '../../test/support/sample-street.ts';
import { PUBLIC_VIEW, type View } from '../access/view.ts';
import { layersOf } from './layers.ts';
import { writeScenarioRows } from './scenario-rows.ts';
import { sql } from './sql.ts';
import type { StudiedCity } from './studied-city.ts';
import { gatherSun, gatherSunHours } from './sun-facts.ts';
import { inTransaction } from './transaction.ts';
import { gatherViews } from './view-facts.ts';

const ID = 'c'.repeat(20);
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const CITY_BUILDINGS = [
  blockAt('house', [E, N], [12, 8], 6, 70),
  blockAt('school', [E + 60, N], [20, 8], 6, 70),
  blockAt('shed', [E + 20, N - 20], [6, 6], 3, 70),
  blockAt('away', [E + 900, N], [12, 8], 6, 70),
];
const SLAB = blockAt('slab', [E - 40, N - 22], [160, 10], 30, 70);

const solidOf = ({ id, surfaceKinds, surfaces }: BuildingShape, state = 'built'): Feature => ({
  layer: 'buildings_3d',
  id,
  geometry: {
    type: 'MultiPolygon',
    coordinates: surfaces.map((rings) => rings.map((ring) => [...ring, ...ring.slice(0, 1)])),
  },
  properties: { building_id: `${id}_BUD`, state, surface_kinds: surfaceKinds, storeys_above: 2 },
});
const outlineOf = (id: string, [x, y]: readonly [number, number], kind: string): Feature => ({
  layer: 'buildings',
  id: `${id}_BUD`,
  geometry: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [x, y],
          [x + 5, y],
          [x + 5, y + 5],
          [x, y + 5],
          [x, y],
        ],
      ],
    ],
  },
  properties: { kind, storeys_above: 2 },
});

const treeOf = (
  id: string,
  [x, y]: readonly [number, number],
  height_m: number | null,
  crown_diameter_m: number | null,
): Feature => ({
  layer: 'trees',
  id,
  geometry: { type: 'Point', coordinates: [x, y] },
  properties: { height_m, crown_diameter_m },
});

const zoneOf = (id: string, status: string, max_height_m: number): Feature => ({
  layer: 'plan_zones',
  id,
  geometry: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [E - 100, N - 100],
          [E + 200, N - 100],
          [E + 200, N + 100],
          [E - 100, N + 100],
          [E - 100, N - 100],
        ],
      ],
    ],
  },
  properties: { status, max_height_m, plan_kind: 'local' },
});

describe('facts of the sun', () => {
  let database: TestDatabase;
  let city: (view: View) => StudiedCity;
  let inScenario: View;
  const parameters = sunParametersSchema.parse({});

  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, [
      ...CITY_BUILDINGS.map((shape) => solidOf(shape)),
      solidOf(blockAt('gone', [E + 10, N - 60], [30, 5], 60, 70), 'demolished'),
      zoneOf('in-force', 'legalForce', 12),
      zoneOf('draft', 'elaboration', 6),
      outlineOf('house', [E, N], 'm'),
      treeOf('oak', [E + 5, N - 9], 18, 9),
      treeOf('sapling', [E + 9, N - 9], null, null),
      treeOf('far', [E + 2000, N], 18, 9),
      outlineOf('school', [E + 60, N], 'k'),
      {
        layer: 'facilities',
        id: 'f1',
        geometry: { type: 'Point', coordinates: [E + 62, N + 2] },
        properties: { kind: 'kindergarten', building_id: 'school_BUD' },
      },
    ]);
    const layers = await layersOf(database.pool)();
    const solids = layers.filter(({ name }) => name === 'buildings_3d');
    const base = new Date(Date.now() + 60_000);
    const rows: ScenarioRow[] = [
      { layer: 'buildings_3d', id: 'slab', feature: solidOf(SLAB) },
      { layer: 'buildings_3d', id: 'shed', feature: undefined },
    ];
    await inTransaction(database.pool, async (connection) => {
      await connection.run(sql`insert into twin.scenario (id, title, reason, author, updated_by, access, base_version, base_at)
        values (${ID}::text, 't', '', 't', 't', 'link', 1, ${base.toISOString()}::timestamptz)`);
      const made = new Map(rows.map((row) => [objectKey(row), row]));
      await writeScenarioRows(connection, { id: ID, base, revision: 2 }, made, rows, solids);
    });
    inScenario = {
      ...PUBLIC_VIEW,
      scenario: { id: ID, title: 't', base, revision: 2, layers: ['buildings_3d'] },
    };
    const stored: StudiedCity['edits'] = [
      {
        id: 'e1',
        author: 't',
        madeAt: base.toISOString(),
        edit: { kind: 'remove-building', building: 'shed' },
        objects: [
          { layer: 'buildings_3d', id: 'slab', change: 'added' },
          { layer: 'buildings_3d', id: 'shed', change: 'removed' },
        ],
      },
    ];
    city = (view) => ({
      view,
      base: view.scenario ? PUBLIC_VIEW : view,
      edits: view.scenario ? stored : [],
      lawDate: '2026-06-30',
      layers,
      ground: flatGround(70),
      read: (statement) => database.pool.read(statement),
    });
  });
  afterAll(() => database.drop());

  it('are buildings around the edits in both states, without those that were taken down', async () => {
    const { before, after, changed, targets, place } = await gatherSun(city(inScenario), parameters);
    expect(before.map(({ id }) => id)).toEqual(['house', 'school', 'shed']);
    expect(after.map(({ id }) => id)).toEqual(['house', 'school', 'slab']);
    expect(changed.toSorted()).toEqual(['shed', 'slab']);
    expect(before[0]).toEqual(CITY_BUILDINGS[0]);
    expect(targets).toEqual([
      { id: 'house', registerId: 'house_BUD', rooms: 'dwelling', isForPeople: true, storeys: 2 },
      { id: 'school', registerId: 'school_BUD', rooms: 'education', isForPeople: true, storeys: 2 },
      { id: 'slab', registerId: 'slab_BUD', rooms: null, isForPeople: false, storeys: 2 },
    ]);
    expect(place.srid).toBe(2177);
  });

  it('lead to the neighbours that lose their sun', async () => {
    const facts = await gatherSun(city(inScenario), parameters);
    const { findings } = SUN_ON_WINDOWS.run(facts, parameters, UNWATCHED);
    expect(findings.map(({ building, code }) => `${building} ${code}`)).toEqual([
      'house loses-sun',
      'house loses-open-sector',
      'school loses-sun',
      'school loses-open-sector',
    ]);
  });

  it('are those of a box where there is no scenario', async () => {
    const inBox = sunParametersSchema.parse({ bbox: [E + 890, N - 10, E + 930, N + 20] });
    const { before, after, targets } = await gatherSun(city(PUBLIC_VIEW), inBox);
    expect(targets.map(({ id }) => id)).toEqual(['away']);
    expect(after).toEqual(before);
    await expect(gatherSun(city(PUBLIC_VIEW), parameters)).rejects.toThrow('give bbox, or a scenario');
  });

  it('hold the ground as edits shape it, and the trees whose size is known', async () => {
    const plain = await gatherSun(city(inScenario), parameters);
    expect(plain.surroundings?.after.trees).toEqual([
      { id: 'oak', e: E + 5, n: N - 9, heightM: 18, crownM: 9 },
    ]);
    expect(plain.surroundings).toMatchObject({ unsizedTrees: 1, isChanged: false });
    const outline: [number, number][] = [
      [E - 100, N - 90],
      [E + 100, N - 90],
      [E + 100, N - 60],
      [E - 100, N - 60],
    ];
    const bank: StudiedCity['edits'][number] = {
      ...{ id: 'e2', author: 't', madeAt: '2026-06-30T00:00:00Z', objects: [] },
      edit: { kind: 'shape-terrain', outline, heightM: 95, sideRun: 0 },
      earthwork: { cutM3: 0, fillM3: 1, errorM3: 0, lowestM: 95, highestM: 95, areaM2: 1, reachM: 0 },
    };
    const studied = city(inScenario);
    const shaped = await gatherSun({ ...studied, edits: [...studied.edits, bank] }, parameters);
    const highest = (heights: Float32Array | undefined) => Math.max(...(heights ?? []));
    expect(highest(shaped.surroundings?.before.relief?.heights)).toBe(70);
    expect(highest(shaped.surroundings?.after.relief?.heights)).toBe(95);
    expect(shaped.surroundings?.isChanged).toBe(true);
  });

  it('of a map are buildings within reach of its box, and whether edits are among them', async () => {
    const hours = (bbox: readonly number[]) =>
      gatherSunHours(city(inScenario), sunHoursParametersSchema.parse({ bbox, reachM: 100 }));
    const here = await hours([E, N, E + 50, N + 50]);
    expect(here.after.map(({ id }) => id)).toEqual(['house', 'school', 'slab']);
    expect(here.changed.toSorted()).toEqual(['shed', 'slab']);
    const away = await hours([E + 880, N, E + 950, N + 50]);
    expect(away.changed).toEqual([]);
    expect(away.before.map(({ id }) => id)).toEqual(['away']);
  });

  it('of views are buildings around places, the ground, and what the plan allows edited buildings', async () => {
    const views = (parameters: object) =>
      gatherViews(city(inScenario), viewParametersSchema.parse(parameters));
    const seen = await views({ skies: [{ at: [E + 10, N + 30] }], reachM: 50 });
    expect(seen.groundM).toEqual([70]);
    expect(seen.edited).toEqual([
      { id: 'shed', maxHeightM: null },
      { id: 'slab', maxHeightM: 12 },
    ]);
    expect(seen.before.map(({ id }) => id)).toContain('shed');
    await expect(gatherViews(city(PUBLIC_VIEW), viewParametersSchema.parse({}))).rejects.toThrow(
      'Name places',
    );
  });
});
