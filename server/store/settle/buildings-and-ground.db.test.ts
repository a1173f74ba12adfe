/** Buildings moved and changed, and the ground shaped under them, as every door then reads them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Feature } from '../../../core/feature/feature.ts';
import type { MultiPolygon } from '../../../core/geo/geometry.ts';
import { editSchema } from '../../../core/wire/scenario.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { fill } from '../../../test/support/filled-database.ts';
import { flatGround } from '../../../test/support/flat-ground.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from '../../../test/support/sample-city.ts';
import type { Identity } from '../../access/identity.ts';
import { postgisSource } from '../features.ts';
import { layersOf } from '../layers.ts';
import type { Pool } from '../pool.ts';
import { relationFor } from '../relation.ts';
import { scenarioShapes } from '../scenario-shapes.ts';
import { storeScenarios } from '../scenarios.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const { easting: E, northing: N } = SAMPLE_ORIGIN;
/** 12 m × 12 m on the first parcel, 9.5 m high, one storey, on 71.25 m. */
const HOUSE = '306401_1.0021.1.1_BUD';
const SOLID = 'PL.PZGIK.BUD.1';
const GROUND_M = 70;

let database: TestDatabase;
let store: ReturnType<typeof storeScenarios>;
let id: string;
let revision: number;
beforeAll(async () => {
  database = await testDatabase();
  await fill(database.pool, sampleFeatures(40));
  store = storeScenarios(database.pool, layersOf(database.pool), flatGround(GROUND_M));
});
afterAll(() => database.drop());
beforeEach(async () => {
  ({ id, revision } = await store.create({ title: 'T', reason: '', access: 'link' }, STAFF));
});

async function make(edit: object) {
  const { added } = await store.add(id, revision, [editSchema.parse(edit)], STAFF);
  revision++;
  const [made] = added;
  if (!made) throw new Error('nothing was added');
  return { edit: made.edit, codes: made.findings.map(({ code }) => code), findings: made.findings };
}
async function seen(layer: string): Promise<ReadonlyMap<string, Feature>> {
  const scenario = await store.state(id, STAFF);
  if (!scenario) throw new Error('there is no scenario');
  const source = postgisSource(database.pool, layersOf(database.pool), (each) =>
    relationFor(each, { who: STAFF, scenario }),
  );
  const found = new Map<string, Feature>();
  for await (const feature of source.query({ layer }, new AbortController().signal)) {
    found.set(feature.id, feature);
  }
  return found;
}
const one = async (layer: string, wanted: string) => {
  const feature = (await seen(layer)).get(wanted);
  if (!feature) throw new Error(`${wanted} is not there`);
  return feature;
};
const corners = ({ geometry }: Feature) => (geometry as MultiPolygon).coordinates.flat(2).flat();
function boxOf({ geometry }: Feature) {
  const all = (geometry as MultiPolygon).coordinates.flat(2);
  const [xs, ys, zs] = [0, 1, 2].map((axis) => all.map((position) => position[axis] ?? 0));
  const span = (values: number[] | undefined) => [Math.min(...(values ?? [])), Math.max(...(values ?? []))];
  return { x: span(xs), y: span(ys), z: span(zs) };
}
const refused = (edit: Promise<unknown>) =>
  edit.then(
    () => 'made',
    (error: Error & { parameter?: string }) => `${error.parameter}: ${error.message}`,
  );
const pad = (x: number, y: number, side: number, more: object) => ({
  kind: 'shape-terrain',
  outline: [
    [E + x, N + y],
    [E + x + side, N + y],
    [E + x + side, N + y + side],
    [E + x, N + y + side],
  ],
  ...more,
});

describe('a model that was made elsewhere', () => {
  /** A wedge of 10 m × 6 m, 4 m high on its left side and nothing on its right. */
  const wedge = {
    kind: 'add-model',
    cornersMm: [
      [0, 0, 0],
      [10_000, 0, 0],
      [10_000, 6_000, 0],
      [0, 6_000, 0],
      [0, 0, 4_000],
      [0, 6_000, 4_000],
    ],
    faces: [[[0, 3, 2, 1]], [[0, 1, 4]], [[1, 2, 5, 4]], [[2, 3, 5]], [[3, 0, 4, 5]]],
    at: [E + 49, N + 20],
    storeys: 1,
    function: 'm',
    source: { format: 'glTF', file: 'wedge.glb' },
  } as const;

  it('stands turned on the ground in both layers, with what it covers, its height and its volume', async () => {
    const { edit, codes } = await make({ ...wedge, turnDeg: 90 });
    const [object] = edit.objects;
    expect([edit.groundHeightM, edit.heightM, edit.volumeM3]).toEqual([GROUND_M, 4, 120]);
    expect(codes).toEqual([]);
    const [row, solid] = [
      await one('buildings', object?.id ?? ''),
      await one('buildings_3d', object?.id ?? ''),
    ];
    expect(boxOf(row)).toMatchObject({ x: [E + 43, E + 49], y: [N + 20, N + 30] });
    expect(boxOf(solid)).toMatchObject({ z: [GROUND_M, GROUND_M + 4] });
    expect(row.properties).toMatchObject({ built_area_m2: 60, storeys_above: 1, kind: 'm' });
    expect(solid.properties).toMatchObject({
      ...{ height_m: 4, state: 'designed', surface_kinds: 'GWRWW', geometry_source: 'glTF: wedge.glb' },
    });
  });

  it('covers what its roof overhangs, and an open body is told as such', async () => {
    const roof = wedge.cornersMm.map(([x, y, z]) => [z > 0 ? x - 1_000 : x, y, z]);
    const { edit, codes } = await make({ ...wedge, cornersMm: roof, faces: wedge.faces.slice(1), raiseM: 1 });
    expect(codes).toEqual(['body-open', 'foot-off-ground']);
    expect(edit.volumeM3).toBeUndefined();
    const row = await one('buildings', edit.objects[0]?.id ?? '');
    expect(boxOf(row)).toMatchObject({ x: [E + 48, E + 59], y: [N + 20, N + 26] });
    expect(row.properties).toMatchObject({ built_area_m2: 66 });
  });

  it('of several bodies tells no volume, since that would be the volume of its walls', async () => {
    const aside = wedge.cornersMm.map(([x, y, z]) => [x, y, z + 5_000]);
    const again = wedge.faces.map((face) => face.map((ring) => ring.map((corner) => corner + 6)));
    const { edit, codes } = await make({
      ...{ ...wedge, cornersMm: [...wedge.cornersMm, ...aside], faces: [...wedge.faces, ...again] },
    });
    expect([edit.heightM, edit.volumeM3, codes]).toEqual([9, undefined, ['body-open']]);
  });

  it('is refused by what is wrong with it', async () => {
    expect(await refused(make({ ...wedge, faces: [...wedge.faces, [[0, 1, 9]]] }))).toBe(
      'faces: Face 5 names corner 9; there are 6, counted from 0',
    );
    expect(await refused(make({ ...wedge, surfaceKinds: 'GW' }))).toMatch(
      /^surfaceKinds: There are 2 letters for 5/,
    );
    expect(await refused(make({ ...wedge, at: [21, 52] }))).toMatch(/^at: .*look like degrees/);
    expect(await refused(make({ ...wedge, cornersMm: wedge.cornersMm.map(([x, y]) => [x, y, 0]) }))).toMatch(
      /^cornersMm: The model is 0 m high/,
    );
  });
});

describe('a moved building', () => {
  it('stands elsewhere in both layers, with the parcels it now stands on', async () => {
    const before = { row: await one('buildings', HOUSE), solid: await one('buildings_3d', SOLID) };
    const { edit, codes } = await make({ kind: 'move-building', building: SOLID, byM: [20, 0.5] });
    expect(edit.objects.map(({ layer, id: each, change }) => [layer, each, change])).toEqual([
      ['buildings', HOUSE, 'changed'],
      ['buildings_3d', SOLID, 'changed'],
    ]);
    const [row, solid] = [await one('buildings', HOUSE), await one('buildings_3d', SOLID)];
    for (const [now, then] of [
      [boxOf(row), boxOf(before.row)],
      [boxOf(solid), boxOf(before.solid)],
    ] as const) {
      expect(now.x.map((x, i) => x - (then.x[i] ?? 0))).toEqual([20, 20]);
      expect(now.y.map((y, i) => y - (then.y[i] ?? 0))).toEqual([0.5, 0.5]);
      expect(now.z).toEqual(then.z);
    }
    expect(row.properties).toMatchObject({ ...before.row.properties, parcel_ids: sampleParcelId(1) });
    expect(codes).toEqual([]);
  });

  it('turned there and back again is where it was', async () => {
    const before = corners(await one('buildings_3d', SOLID));
    await make({ kind: 'move-building', building: HOUSE, byM: [3, 4], turnDeg: 37.5 });
    expect(corners(await one('buildings_3d', SOLID))).not.toEqual(before);
    await make({ kind: 'move-building', building: HOUSE, byM: [-3, -4], turnDeg: -37.5 });
    const after = corners(await one('buildings_3d', SOLID));
    const astray = after.map((value, i) => Math.abs(value - (before[i] ?? 0)));
    expect(Math.max(...astray)).toBeLessThan(0.003);
  });

  it('does not count as in its own way, but tells of others', async () => {
    expect((await make({ kind: 'move-building', building: HOUSE, byM: [1, 0] })).codes).toEqual([]);
    // The next house stands three parcels on.
    const { findings } = await make({ kind: 'move-building', building: HOUSE, byM: [58, 0] });
    expect(findings[0]).toMatchObject({ code: 'overlaps-building', ids: ['306401_1.0021.4.1_BUD'] });
  });

  it('goes up and down with the ground that was shaped for it', async () => {
    await make(pad(20, 0, 20, { heightM: 74, sideRun: 0 }));
    const { edit } = await make({ kind: 'move-building', building: HOUSE, byM: [20, 0] });
    expect(edit.raisedM).toBe(4);
    const solid = await one('buildings_3d', SOLID);
    expect(boxOf(solid).z).toEqual([75.25, 84.75]);
    expect(solid.properties).toMatchObject({ ground_height_m: 75.25, height_m: 9.5 });
  });

  it.each<[object, RegExp]>([
    [{ building: 'nothing', byM: [1, 1] }, /building: There is no building "nothing"/],
    [{ building: HOUSE, byM: [20_000, 0] }, /byM: It lies outside the city/],
  ])('%j is refused with the reason', async (edit, message) => {
    expect(await refused(make({ kind: 'move-building', ...edit }))).toMatch(message);
  });
});

describe('a changed building', () => {
  it('has its new use, storeys and height, and its foot where it was', async () => {
    await make({ kind: 'change-building', building: HOUSE, function: 'b', storeys: 4, heightM: 15.5 });
    const [row, solid] = [await one('buildings', HOUSE), await one('buildings_3d', SOLID)];
    expect(row.properties).toMatchObject({ kind: 'b', storeys_above: 4 });
    expect(solid.properties).toMatchObject({ function: 'b', storeys_above: 4, height_m: 15.5 });
    expect(boxOf(solid).z).toEqual([71.25, 86.75]);
  });

  it('grows by storeys of its own height when no height is given', async () => {
    const { edit } = await make({ kind: 'change-building', building: HOUSE, storeys: 3 });
    // One storey of 9.5 m is a hall; a storey is taken to be 5 m at most.
    expect([edit.heightM, edit.raisedM]).toEqual([19.5, 10]);
    const back = await make({ kind: 'change-building', building: HOUSE, storeys: 1 });
    expect(back.edit.heightM).toBe(9.5);
  });

  it('whose register has no solid can change in use, not in height', async () => {
    const flat = '306401_1.0021.4.1_BUD';
    await make({ kind: 'change-building', building: flat, function: 'h', storeys: 2 });
    expect((await one('buildings', flat)).properties).toMatchObject({ kind: 'h', storeys_above: 2 });
    const higher = make({ kind: 'change-building', building: flat, heightM: 12 });
    expect(await refused(higher)).toMatch(/heightM: The register has no solid/);
  });

  it('that nothing changes of is refused', () => {
    expect(editSchema.safeParse({ kind: 'change-building', building: HOUSE }).success).toBe(false);
    expect(editSchema.safeParse({ kind: 'move-building', building: HOUSE, byM: [0, 0] }).success).toBe(false);
  });
});

describe('shaped ground', () => {
  const shapesNow = async (pool: Pool) => scenarioShapes(pool)({ id, revision });
  const house = {
    kind: 'add-building',
    footprint: [
      [E + 24, N + 4],
      [E + 32, N + 4],
      [E + 32, N + 16],
    ],
    storeys: 2,
    roof: { shape: 'flat' },
    function: 'm',
  };

  it('carries what is built on it, tells what it moves and who stands on it', async () => {
    const { edit, codes } = await make(pad(20, 0, 20, { heightM: 72, sideRun: 0 }));
    expect(edit.objects).toEqual([]);
    expect(edit.earthwork?.fillM3).toBeCloseTo(800, -1);
    expect(edit.earthwork).toMatchObject({ cutM3: 0, lowestM: 72, highestM: 72, reachM: 0 });
    expect(codes).toEqual([]);
    expect((await make(house)).edit.groundHeightM).toBe(72);
    const under = await make(pad(0, 0, 20, { byM: -1, sideRun: 0 }));
    expect(under.findings.map(({ code, ids }) => [code, ids])).toEqual([
      ['building-on-shaped-ground', [HOUSE]],
    ]);
  });

  it('goes with undo, and what is built then stands on the ground as it was', async () => {
    await make(pad(20, 0, 20, { heightM: 72, sideRun: 0 }));
    expect(await shapesNow(database.pool)).toHaveLength(1);
    revision = (await store.undo(id, revision, STAFF)).revision;
    expect(await shapesNow(database.pool)).toEqual([]);
    expect((await make(house)).edit.groundHeightM).toBe(GROUND_M);
  });

  it('is asked of the database once at each revision', async () => {
    await make(pad(20, 0, 20, { heightM: 72 }));
    let asked = 0;
    const counting: Pool = {
      ...database.pool,
      read: (...given) => {
        asked++;
        return database.pool.read(...given);
      },
    };
    const shapes = scenarioShapes(counting);
    const [first, again] = [await shapes({ id, revision }), await shapes({ id, revision })];
    expect(again).toBe(first);
    await shapes({ id, revision: revision + 1 });
    expect(asked).toBe(2);
  });

  it.each<[object, RegExp]>([
    [pad(0, 0, 0.2, { heightM: 70 }), /outline: The ground to shape covers 0\.0 m2/],
    [pad(300_000, 0, 20, { heightM: 70 }), /outline: It lies outside the city/],
    [
      {
        kind: 'shape-terrain',
        outline: [
          [E, N],
          [E + 9, N + 9],
          [E + 9, N],
          [E, N + 9],
        ],
        heightM: 1,
      },
      /outline: The ground to shape is drawn across itself/,
    ],
  ])('%j is refused with the reason', async (edit, message) => {
    expect(await refused(make(edit))).toMatch(message);
  });

  it('needs a terrain model', async () => {
    const bare = storeScenarios(database.pool, layersOf(database.pool), flatGround(undefined));
    const edit = editSchema.parse(pad(0, 0, 20, { heightM: 70 }));
    expect(await refused(bare.add(id, revision, [edit], STAFF))).toMatch(
      /outline: The height of the ground is not known here/,
    );
  });
});
