/** Parcels divided and merged, zones redrawn: judged by PostGIS over what every door then reads. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomOf } from '../../../core/demo-city/random.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { MultiPolygon, Position } from '../../../core/geo/geometry.ts';
import { type Edit, editSchema } from '../../../core/wire/scenario.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { fill } from '../../../test/support/filled-database.ts';
import { flatGround } from '../../../test/support/flat-ground.ts';
import type { Identity } from '../../access/identity.ts';
import { postgisSource } from '../features.ts';
import { layersOf } from '../layers.ts';
import { relationFor, rowsOf } from '../relation.ts';
import { storeScenarios } from '../scenarios.ts';
import { type Sql, sql } from '../sql.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const E = 6_427_000;
const N = 5_808_000;
const at = (x: number, y: number): [number, number] => [E + x, N + y];
const ring = (...corners: readonly (readonly [number, number])[]): Position[] =>
  [...corners, ...corners.slice(0, 1)].map(([x, y]) => at(x, y));
const area = (...rings: Position[][]): MultiPolygon => ({ type: 'MultiPolygon', coordinates: [rings] });
const PLACE = '306401_1.0021.AR_10.';
const parcel = (number: string, geometry: MultiPolygon, more: object = {}): Feature => ({
  layer: 'parcels',
  id: `${PLACE}${number}`,
  geometry,
  properties: {
    parcel_number: number,
    precinct_id: '306401_1.0021',
    registered_area_ha: 0.12,
    land_use: 'B',
    register_group: '7',
    ...more,
  },
});
const zone = (id: string, geometry: MultiPolygon, more: object = {}): Feature => ({
  layer: 'plan_zones',
  id,
  geometry,
  properties: {
    plan_kind: 'local',
    symbol: 'MN',
    zone_kind: 'MN',
    max_height_m: 9,
    min_intensity: 0.1,
    max_intensity: 0.7,
    ...more,
  },
});
const act = (id: string, more: Feature['properties']): Feature => ({
  layer: 'plan_acts',
  id,
  geometry: area(ring([0, 0], [200, 0], [200, 90], [0, 90])),
  properties: { plan_kind: 'local', status: 'legalForce', ...more },
});
const point = (id: string, x: number, y: number): Feature => ({
  layer: 'boundary_points',
  id: `BP.${id}`,
  geometry: { type: 'Point', coordinates: at(x, y) },
  properties: { point_number: id },
});
/** Corners that lie on no grid, a hole, an inner corner. */
const CROOKED = ring([0.13, 0.07], [61.41, 3.3], [48.02, 21.9], [63.77, 44.18], [2.6, 39.5]).toReversed();
const CITY: readonly Feature[] = [
  parcel('12', area(CROOKED.toReversed(), ring([20, 15], [20, 20], [26, 20], [26, 15]))),
  parcel('12/4', area(ring([100, 0], [130, 0], [130, 40], [100, 40])), { land_use: 'B, RIIIa' }),
  parcel('13', area(ring([130, 0], [160, 0], [160, 40], [130, 40])), {
    registered_area_ha: 0.1203,
    register_group: '4',
  }),
  parcel('40', area(ring([200, 0], [230, 0], [230, 40], [200, 40]))),
  {
    ...parcel('9', area(ring([160, 0], [190, 0], [190, 40], [160, 40]))),
    id: '306401_1.0099.9',
    properties: { parcel_number: '9', precinct_id: '306401_1.0099' },
  },
  zone('Z.west', area(ring([0, 0], [100, 0], [100, 50], [0, 50])), { min_parcel_area_m2: 700 }),
  zone('Z.east', area(ring([100, 0], [200, 0], [200, 50], [100, 50]))),
  zone('Z.north', area(ring([0, 50], [200, 50], [200, 90], [0, 90]))),
  zone('Z.old', area(ring([0, 0], [200, 0], [200, 90], [0, 90])), { status: 'obsolete' }),
  zone('G.all', area(ring([0, 0], [200, 0], [200, 90], [0, 90])), { plan_kind: 'general' }),
  act('ACT.new', { title: 'Uchwała nowa', number: 'XII/3/2026', in_force_since: '2026-02-01' }),
  act('ACT.general', { plan_kind: 'general' }),
  {
    layer: 'buildings',
    id: `${PLACE}13.1_BUD`,
    geometry: area(ring([140, 10], [150, 10], [150, 20], [140, 20])),
    properties: { kind: 'm', storeys_above: 2, parcel_ids: `${PLACE}13, ${PLACE}40` },
  },
  {
    layer: 'addresses',
    id: 'A.13',
    geometry: { type: 'Point', coordinates: at(131, 2) },
    properties: { house_number: '13', parcel_id: `${PLACE}13` },
  },
  {
    layer: 'trees',
    id: 'T.13',
    geometry: { type: 'Point', coordinates: at(158, 30) },
    properties: { species: 'dąb', parcel_id: `${PLACE}13` },
  },
  point('west', 100, 0),
  point('between', 130, 0),
  point('above', 130, 40),
  // Where parcel 13 has no corner, on its border.
  point('neighbour', 145, 40),
  // In the midst of a parcel, no corner of any.
  point('astray', 135, 20),
];

let database: TestDatabase;
let store: ReturnType<typeof storeScenarios>;
let id: string;
let revision: number;
beforeAll(async () => {
  database = await testDatabase();
  await fill(database.pool, CITY);
  store = storeScenarios(database.pool, layersOf(database.pool), flatGround(70));
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
  return { objects: made.edit.objects, findings: made.findings };
}
const split = (number: string, ...line: [number, number][]) =>
  make({ kind: 'split-parcel', parcel: `${PLACE}${number}`, line: line.map(([x, y]) => at(x, y)) });
const merge = (...numbers: string[]) =>
  make({ kind: 'merge-parcels', parcels: numbers.map((number) => `${PLACE}${number}`) });
const redraw = (zoneId: string, ...outline: [number, number][]) =>
  make({ kind: 'change-plan-zone', zone: zoneId, outline: outline.map(([x, y]) => at(x, y)) });

async function view() {
  const scenario = await store.state(id, STAFF);
  if (!scenario) throw new Error('there is no scenario');
  return { who: STAFF, scenario };
}
async function rows(layerName: string): Promise<Sql> {
  const layer = (await layersOf(database.pool)()).find(({ name }) => name === layerName);
  const relation = layer && relationFor(layer, await view());
  if (!relation) throw new Error(layerName);
  return rowsOf(relation);
}
async function seen(layer: string): Promise<ReadonlyMap<string, Feature>> {
  const here = await view();
  const source = postgisSource(database.pool, layersOf(database.pool), (each) => relationFor(each, here));
  const found = new Map<string, Feature>();
  for await (const feature of source.query({ layer }, new AbortController().signal))
    found.set(feature.id, feature);
  return found;
}
interface Measures {
  readonly sum: number;
  readonly covered: number;
}
async function measured(layer: string, where: Sql): Promise<Measures> {
  const [row] = await database.pool.read<Measures>(
    sql`select coalesce(sum(ST_Area(geom)), 0) as sum, coalesce(ST_Area(ST_Union(geom)), 0) as covered
      from (${await rows(layer)}) as seen where ${where}`,
  );
  if (!row) throw new Error('no row');
  return row;
}
const refused = (edit: Promise<unknown>) =>
  edit.then(
    () => 'made',
    (error: Error & { parameter?: string }) => `${error.parameter}: ${error.message}`,
  );

describe('a divided parcel', () => {
  it('is followed by parcels of the same ground, next free numbers and together its registered area', async () => {
    const { findings } = await split('12', [31, -5], [33, 60]);
    const parcels = await seen('parcels');
    expect(parcels.has(`${PLACE}12`)).toBe(false);
    const made = [...parcels.values()].filter(({ properties }) =>
      String(properties['parcel_number']).startsWith('12/'),
    );
    // 12/4 is another parcel of that number.
    expect(made.map(({ properties }) => properties['parcel_number'])).toEqual(['12/4', '12/5', '12/6']);
    const parts = made.slice(1);
    expect(
      parts.reduce((sum, { properties }) => sum + Number(properties['registered_area_ha']), 0),
    ).toBeCloseTo(0.12, 9);
    for (const { properties } of parts)
      expect(properties).toMatchObject({ land_use: 'B', register_group: '7', precinct_id: '306401_1.0021' });
    expect(findings.map(({ code }) => code)).toEqual([]);
  });

  it('loses and doubles no ground, wherever it is cut and cut again (property)', async () => {
    const random = randomOf(21, 'splits');
    const own = sql`id like ${`${PLACE}12%`}::text`;
    const before = await measured('parcels', own);
    let cuts = 0;
    for (let i = 0; i < 25; i++) {
      const all = [...(await seen('parcels')).keys()].filter((each) => each.startsWith(`${PLACE}12`));
      const parcelId = all[Math.floor(random.next() * all.length)];
      const line = [
        at(random.next() * 160 - 20, -30),
        at(random.next() * 60, random.next() * 40),
        at(random.next() * 160 - 20, 80),
      ];
      const outcome = await refused(make({ kind: 'split-parcel', parcel: parcelId, line }));
      if (outcome === 'made') cuts++;
      else expect(outcome).toMatch(/does not divide|smallest of/);
    }
    expect(cuts).toBeGreaterThan(5);
    const after = await measured('parcels', own);
    expect(Math.abs(after.sum - before.sum)).toBeLessThan(0.01);
    expect(Math.abs(after.covered - before.covered)).toBeLessThan(0.01);
    const numbers = [...(await seen('parcels')).keys()];
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('gets boundary points at new corners, where the register has none yet', async () => {
    const before = await seen('boundary_points');
    await split('13', [141, -1], [141, 20], [145, 40]);
    const points = [...(await seen('boundary_points')).values()].filter(({ id: each }) => !before.has(each));
    expect(points.map(({ geometry }) => geometry?.coordinates)).toEqual(
      expect.arrayContaining([at(141, 0), at(141, 20)]),
    );
    expect(points).toHaveLength(2);
    revision = (await store.undo(id, revision, STAFF)).revision;
    expect(await seen('boundary_points')).toEqual(before);
  });

  it('hands what stands on it to the parts that it stands on', async () => {
    const registered = async () => {
      const of = async (layer: string, each: string, property: string) =>
        (await seen(layer)).get(each)?.properties[property];
      return [
        await of('buildings', `${PLACE}13.1_BUD`, 'parcel_ids'),
        await of('addresses', 'A.13', 'parcel_id'),
        await of('trees', 'T.13', 'parcel_id'),
      ].map((words) => String(words).replaceAll(PLACE, ''));
    };
    // The larger part of the building lies in the east.
    await split('13', [144, -1], [144, 41]);
    expect(await registered()).toEqual(['13/2,13/1,40', '13/1', '13/2']);
    await merge('13/1', '13/2');
    expect(await registered()).toEqual(['41,40', '41', '41']);
    await split('41', [157, -1], [157, 41]);
    expect(await registered()).toEqual(['41/1,40', '41/1', '41/2']);
  });

  it('is as before after undo, and the same again after redo', async () => {
    const before = await seen('parcels');
    await split('12', [31, -5], [33, 60]);
    const after = await seen('parcels');
    revision = (await store.undo(id, revision, STAFF)).revision;
    expect(await seen('parcels')).toEqual(before);
    revision = (await store.redo(id, revision, STAFF)).revision;
    expect(await seen('parcels')).toEqual(after);
  });

  it('takes a line that ends just short of the border', async () => {
    await split('40', [200.03, 20], [229.97, 20]);
    expect((await seen('parcels')).has(`${PLACE}40/2`)).toBe(true);
  });

  it('tells of a building on the line and of what the plan allows', async () => {
    const { findings } = await split('13', [145, -1], [145, 41]);
    expect(findings.map(({ code, ids }) => [code, ids])).toEqual([
      ['border-through-building', [`${PLACE}13.1_BUD`]],
    ]);
    const small = await split('12', [31, -5], [33, 60]);
    expect(small.findings).toEqual([]);
    const smaller = await split('12/5', [10, -5], [10, 60]);
    expect(smaller.findings.map(({ code }) => code)).toEqual(['parcel-below-plan']);
  });

  it.each<[string, [number, number][], RegExp]>([
    [
      'beside it',
      [
        [-20, -20],
        [-20, 90],
      ],
      /line: The line does not divide/,
    ],
    [
      'that ends in it',
      [
        [31, -5],
        [31, 10],
      ],
      /line: The line does not divide/,
    ],
    [
      'of no length',
      [
        [31, 10],
        [31, 10],
      ],
      /line: The line does not divide/,
    ],
    [
      'that cuts off a crumb',
      [
        [0.3, -5],
        [0.3, 60],
      ],
      /smallest of 0\.|does not divide/,
    ],
    [
      'in degrees',
      [
        [16.9 - E, 52.4 - N],
        [17 - E, 52.5 - N],
      ],
      /line: The line does not divide/,
    ],
  ])('is not made by a line %s', async (_, line, message) => {
    expect(await refused(split('12', ...line))).toMatch(message);
    expect(await refused(split('77', ...line))).toMatch(/^parcel: There is no object/);
    expect((await store.read(id, STAFF)).revision).toBe(revision);
  });
});

describe('merged parcels', () => {
  it('are one with the next whole number, their ground, uses and registered area', async () => {
    const { findings } = await merge('12/4', '13');
    const parcels = await seen('parcels');
    const made = parcels.get(`${PLACE}41`);
    expect(made?.properties).toMatchObject({
      parcel_number: '41',
      registered_area_ha: 0.2403,
      land_use: 'B, RIIIa',
    });
    expect(made?.geometry?.coordinates).toHaveLength(1);
    expect((await measured('parcels', sql`id = ${`${PLACE}41`}::text`)).sum).toBeCloseTo(2_400, 6);
    expect([parcels.has(`${PLACE}12/4`), parcels.has(`${PLACE}13`)]).toEqual([false, false]);
    expect(findings.map(({ code }) => code)).toEqual(['holders-differ']);
  });

  it('lose the boundary points between them, and those alone', async () => {
    const before = [...(await seen('boundary_points')).keys()];
    await split('12/4', [99, 20], [131, 20]);
    await merge('12/5', '12/6', '13');
    const after = [...(await seen('boundary_points')).keys()];
    // The division had put one at each end: that in the west stays, on the border of the whole.
    expect(after.filter((each) => !before.includes(each))).toHaveLength(1);
    expect(before.filter((each) => !after.includes(each))).toEqual([]);
    await split('41', [130, -1], [130, 41]);
    expect([...(await seen('boundary_points')).keys()]).toEqual(after);
    const one = await merge('41/1', '41/2');
    expect(one.objects.filter(({ layer }) => layer === 'boundary_points')).toEqual([]);
  });

  it('can be divided again, and numbers are given once', async () => {
    await merge('12/4', '13');
    await split('41', [130, -1], [130, 41]);
    const parcels = await seen('parcels');
    expect([parcels.has(`${PLACE}41/1`), parcels.has(`${PLACE}41/2`), parcels.has(`${PLACE}41`)]).toEqual([
      true,
      true,
      false,
    ]);
    await merge('41/1', '41/2');
    expect((await seen('parcels')).has(`${PLACE}42`)).toBe(true);
  });

  it('must lie together, in one precinct, and be two', async () => {
    expect(await refused(merge('12/4', '40'))).toMatch(
      /parcels: These parcels do not lie together: they would be 2/,
    );
    expect(await refused(merge('13', '13'))).toMatch(/parcels: Name at least two different/);
    const foreign = { kind: 'merge-parcels', parcels: [`${PLACE}13`, '306401_1.0099.9'] };
    expect(await refused(make(foreign))).toMatch(/parcels: 306401_1.0099.9 lies in another precinct/);
  });
});

describe('a redrawn zone', () => {
  const local = sql`plan_kind = 'local' and status is distinct from 'obsolete'`;

  it('takes from its neighbours of the same plan alone, and the plan stays without gaps and overlaps', async () => {
    const before = await measured('plan_zones', local);
    const { objects, findings } = await redraw('Z.west', [0, 0], [120, 0], [120, 60], [0, 60]);
    expect(objects.map(({ id: each, change }) => [each, change])).toEqual([
      ['Z.west', 'changed'],
      ['Z.east', 'changed'],
      ['Z.north', 'changed'],
    ]);
    expect(findings).toEqual([]);
    const after = await measured('plan_zones', local);
    expect(after.sum).toBeCloseTo(before.sum, 6);
    expect(after.covered).toBeCloseTo(before.covered, 6);
    expect((await measured('plan_zones', sql`id = 'Z.east'`)).sum).toBeCloseTo(80 * 50, 6);
  });

  it('stays a partition however often zones grow into each other (property)', async () => {
    const random = randomOf(4, 'zones');
    const before = await measured('plan_zones', local);
    for (let i = 0; i < 15; i++) {
      // A zone that keeps all that it has and takes a crooked piece more: no gap can arise.
      const zones = [...(await seen('plan_zones')).values()].filter(
        ({ id: each, geometry }) =>
          each.startsWith('Z.') && each !== 'Z.old' && geometry?.coordinates.length === 1,
      );
      const one = zones[Math.floor(random.next() * zones.length)];
      const { x, y } = { x: random.next() * 120, y: random.next() * 40 };
      const outline = [
        at(x, y),
        at(x + 3 + random.next() * 60, y + random.next() * 9),
        at(x + 20, y + 5 + random.next() * 40),
      ];
      const [grown] = await database.pool.read<{ ring: string; parts: number }>(
        sql`select ST_AsGeoJSON(ST_ExteriorRing(ST_GeometryN(whole, 1)), 15) as ring, ST_NumGeometries(whole) + ST_NumInteriorRings(ST_GeometryN(whole, 1)) as parts
          from (select ST_Multi(ST_Union(geom, ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify({ type: 'Polygon', coordinates: [[...outline, outline[0]]] })}::text), 2177))) as whole
            from (${await rows('plan_zones')}) as seen where id = ${one?.id ?? ''}::text) as made`,
      );
      if (grown?.parts !== 1) continue;
      const ringOf = (JSON.parse(grown.ring) as { coordinates: [number, number][] }).coordinates;
      await refused(make({ kind: 'change-plan-zone', zone: one?.id, outline: ringOf }));
    }
    const after = await measured('plan_zones', local);
    // Outlines are kept to the centimetre.
    expect(Math.abs(after.sum - after.covered)).toBeLessThan(0.01);
    expect(Math.abs(after.covered - before.covered)).toBeLessThan(6);
    expect(revision).toBeGreaterThan(4);
  });

  it('that leaves ground to nobody says how much', async () => {
    const { findings } = await redraw('Z.west', [0, 0], [90, 0], [90, 50], [0, 50]);
    expect(findings.map(({ code, areaM2, ids }) => [code, areaM2, ids])).toEqual([
      ['plan-hole', 500, ['Z.west']],
    ]);
  });

  it('that covers another wholly removes it and says so, and undo brings it back', async () => {
    const { objects, findings } = await redraw('Z.west', [0, 0], [200, 0], [200, 50], [0, 50]);
    expect(objects.find(({ id: each }) => each === 'Z.east')?.change).toBe('removed');
    expect(findings.map(({ code, ids }) => [code, ids])).toEqual([['zone-absorbed', ['Z.east']]]);
    expect((await seen('plan_zones')).has('Z.east')).toBe(false);
    revision = (await store.undo(id, revision, STAFF)).revision;
    expect((await seen('plan_zones')).get('Z.east')).toBeDefined();
  });

  it('has the parameters that were given, none where null was, and the others as before', async () => {
    await make({
      kind: 'change-plan-zone',
      zone: 'Z.west',
      maxHeightM: 15,
      minIntensity: null,
      zoneKind: 'MW',
    });
    expect((await seen('plan_zones')).get('Z.west')?.properties).toMatchObject({
      max_height_m: 15,
      min_intensity: null,
      max_intensity: 0.7,
      zone_kind: 'MW',
      symbol: 'MN',
    });
  });

  it('says what its act says, and has the storeys, parking and profiles that it was given', async () => {
    const { objects } = await make({
      ...{ kind: 'change-plan-zone', zone: 'Z.west', act: 'ACT.new', maxStoreys: 5 },
      ...{ minParkingPer100M2: 2.5, additionalProfile: 'teren usług' },
    });
    expect(objects.map(({ id: touched }) => touched)).toEqual(['Z.west']);
    expect((await seen('plan_zones')).get('Z.west')).toMatchObject({
      geometry: CITY.find((feature) => feature.id === 'Z.west')?.geometry,
      properties: {
        ...{ act_id: 'ACT.new', act_title: 'Uchwała nowa', act_number: 'XII/3/2026', status: 'legalForce' },
        ...{ in_force_since: '2026-02-01', in_force_until: null, max_storeys: 5 },
        ...{ min_parking_per_100m2: 2.5, additional_profile: 'teren usług', max_height_m: 9 },
      },
    });
    await make({ kind: 'change-plan-zone', zone: 'Z.west', act: null });
    expect((await seen('plan_zones')).get('Z.west')?.properties).toMatchObject({
      act_id: null,
      act_title: 'Uchwała nowa',
    });
  });

  it.each<[Partial<Edit> & object, RegExp]>([
    [{ zone: 'Z.west', act: 'nothing' }, /^act: There is no object "nothing" in the layer plan_acts/],
    [
      { zone: 'Z.west', act: 'ACT.general' },
      /^act: The act ACT.general is a plan of the kind general, the zone one of the kind local/,
    ],
    [{ zone: 'nothing', maxHeightM: 3 }, /^zone: There is no object "nothing"/],
    [{ zone: 'Z.west', zoneKind: 'XX' }, /^zoneKind: There is no kind of zone "XX"/],
    [
      { zone: 'Z.west', minIntensity: 3 },
      /^minIntensity: The least intensity \(3\) would be above the greatest \(0.7\)/,
    ],
    [
      { zone: 'Z.west', outline: [at(0, 0), at(10, 10), at(10, 0), at(0, 10)] },
      /^outline: The zone is drawn across itself/,
    ],
  ] as never)('%j is refused with the reason', async (edit, message) => {
    expect(await refused(make({ kind: 'change-plan-zone', ...edit }))).toMatch(message);
  });
});
