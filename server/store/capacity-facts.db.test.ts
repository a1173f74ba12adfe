import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyShape } from '../../core/analysis/capacity/body-shape.ts';
import { PARCEL_CAPACITY } from '../../core/analysis/capacity/parcel-capacity.ts';
import { UNWATCHED } from '../../core/analysis/model.ts';
import type { Feature, PropertyValue } from '../../core/feature/feature.ts';
import type { Geometry, Position } from '../../core/geo/geometry.ts';
import { type CapacityResult, capacityParametersSchema } from '../../core/wire/capacity.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { flatGround } from '../../test/support/flat-ground.ts';
import { SAMPLE_ORIGIN } from '../../test/support/sample-city.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import { gatherCapacity } from './capacity-facts.ts';
import { layersOf } from './layers.ts';
import type { StudiedCity } from './studied-city.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const at = (x: number, y: number): Position => [E + x, N + y];
const ring = (...corners: readonly (readonly [number, number])[]): readonly Position[] => {
  const placed = corners.map(([x, y]) => at(x, y));
  return [...placed, ...placed.slice(0, 1)];
};
const box = (minX: number, minY: number, maxX: number, maxY: number): Geometry => ({
  type: 'MultiPolygon',
  coordinates: [[ring([minX, minY], [maxX, minY], [maxX, maxY], [minX, maxY])]],
});
const polygonsOf = (geometry: Geometry) => (geometry.type === 'MultiPolygon' ? geometry.coordinates : []);
const rings = (geometry: Geometry) => polygonsOf(geometry).flat();
const feature = (
  layer: string,
  id: string,
  geometry: Geometry,
  properties: Record<string, PropertyValue>,
): Feature => ({ layer, id, geometry, properties });
const line = (...places: readonly Position[]): Geometry => ({ type: 'LineString', coordinates: places });
const parcel = (id: string, geometry: Geometry, land_use = 'B') =>
  feature('parcels', id, geometry, { land_use });

const ZONE = {
  plan_kind: 'local',
  status: 'legalForce',
  designation: '1MW',
  zone_kind: 'MW',
  max_height_m: 20,
  max_intensity: 2,
  max_built_share_pct: 40,
  min_bioactive_share_pct: 30,
  min_parking_per_dwelling: 1,
};

/**
 * Plots of 40 m × 30 m, 200 m apart: each with neighbours to the west, north and east, and a municipal road to the
 * south whose carriageway begins 1 m beyond the border.
 */
function plot(index: number, more: readonly Feature[] = []): readonly Feature[] {
  const x = index * 200;
  return [
    parcel(`P${index}`, box(x, 0, x + 40, 30)),
    parcel(`W${index}`, box(x - 40, 0, x, 30)),
    parcel(`E${index}`, box(x + 40, 0, x + 80, 30)),
    parcel(`N${index}`, box(x - 40, 30, x + 80, 60)),
    parcel(`S${index}`, box(x - 40, -20, x + 80, 0), 'dr'),
    feature('roads', `R${index}`, line(at(x - 40, -4), at(x + 80, -4)), { class: 'local', width_m: 6 }),
    feature('plan_zones', `Z${index}`, box(x - 40, -20, x + 80, 60), ZONE),
    ...more,
  ];
}

const gas = (id: string, x: number, properties: Record<string, PropertyValue>) =>
  feature('utility_lines', id, line(at(x, -20), at(x, 60)), {
    network: 'gas',
    course: 'underground',
    operation: 'active',
    ...properties,
  });

const solid = (id: string, building_id: string, outline: Geometry, topM: number) => {
  const { surfaces, surfaceKinds } = bodyShape(
    id,
    { type: 'MultiPolygon', coordinates: polygonsOf(outline) },
    70,
    topM,
  );
  const coordinates = surfaces.map((all) => all.map((each) => [...each, ...each.slice(0, 1)]));
  return feature(
    'buildings_3d',
    id,
    { type: 'MultiPolygon', coordinates },
    { building_id, surface_kinds: surfaceKinds },
  );
};

const obligatory = (id: string, geometry: Geometry, zone_id: string, offset_m: number) =>
  feature('building_lines', id, geometry, {
    ...{ kind: 'obligatory', zone_id, offset_m, status: 'legalForce' },
  });

describe('the capacity of a parcel', () => {
  let database: TestDatabase;
  let city: StudiedCity;

  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, [
      ...plot(0),
      ...plot(1, [gas('G1', 220, { line_type: 'gas_high', diameter_mm: 200 })]),
      ...plot(2, [gas('G2', 420, { line_type: 'gas_high' })]),
      ...plot(3, [
        feature('buildings', 'B3', box(580, 0, 598, 30), { kind: 'm', storeys_above: 2 }),
        feature('buildings', 'O3', box(610, 10, 620, 20), { kind: 'm', storeys_above: 3 }),
      ]),
      ...plot(4, [
        feature(
          'trees',
          'T4',
          { type: 'Point', coordinates: at(820, 15) },
          { protection: 'monument', crown_diameter_m: 6 },
        ),
      ]),
      ...plot(5).filter(({ layer }) => layer !== 'plan_zones'),
      feature('plan_zones', 'Z5a', box(960, -20, 1020, 60), ZONE),
      feature('plan_zones', 'Z5b', box(1020, -20, 1080, 60), {
        ...ZONE,
        zone_kind: 'ZP',
        designation: '2ZP',
      }),
      ...plot(6).filter(({ layer }) => layer !== 'plan_zones'),
      ...plot(8).filter(({ layer }) => layer !== 'plan_zones'),
      feature('plan_zones', 'Z8', box(1560, 0, 1680, 60), ZONE),
      feature('building_lines', 'L8', line(at(1560, 8), at(1680, 8)), {
        ...{
          kind: 'maximal',
          zone_id: 'Z8',
          offset_m: 8,
          status: 'legalForce',
          in_force_since: '2020-01-01',
        },
      }),
      ...plot(9, [obligatory('L9', line(at(1760, 8), at(1880, 8)), 'Z9', 28)]),
      ...plot(10, [obligatory('L10', line(at(1960, 0), at(2080, 0)), 'Z10', 0)]),
      ...plot(11, [feature('buildings', 'N11', box(2200, 38, 2240, 50), { kind: 'm', storeys_above: 3 })]),
      ...plot(12, [
        feature('buildings', 'N12', box(2400, 56, 2440, 60), { kind: 'm', storeys_above: 3 }),
        feature('buildings', 'G12', box(2400, 31, 2440, 34), { kind: 'g', storeys_above: 1 }),
      ]),
      ...plot(13, [
        feature('buildings', 'N13', box(2600, 38, 2640, 50), { kind: 'm', storeys_above: 3 }),
        solid('S13', 'N13', box(2600, 38, 2640, 50), 79),
        // High ones to the east and west: sun comes from the south alone.
        ...[2570, 2645].map((x) => solid(`S13-${x}`, 'none', box(x, 0, x + 25, 50), 120)),
      ]),
      parcel('MULTI', {
        type: 'MultiPolygon',
        coordinates: [...polygonsOf(box(0, 5000, 40, 5030)), ...polygonsOf(box(100, 5000, 140, 5030))],
      }),
      parcel('HOLE', {
        type: 'MultiPolygon',
        coordinates: [[...rings(box(300, 5000, 360, 5060)), ...rings(box(325, 5025, 335, 5035))]],
      }),
      parcel('THIN', box(500, 5000, 500.5, 5040)),
      parcel('LONG', box(-20_000, 6000, 20_000, 6020)),
      parcel('ENDED', box(600, 5000, 640, 5030)),
      feature('plan_zones', 'OLD', box(580, 4980, 660, 5050), { ...ZONE, in_force_until: '2019-12-31' }),
      parcel('TWO', box(800, 5000, 840, 5030)),
      feature('plan_zones', 'TWO-A', box(790, 4990, 815, 5050), ZONE),
      feature('plan_zones', 'TWO-B', box(815, 4990, 830, 5050), { ...ZONE, max_height_m: 9 }),
      parcel('TINY', box(1400, 0, 1407, 7)),
    ]);
    city = {
      view: PUBLIC_VIEW,
      base: PUBLIC_VIEW,
      edits: [],
      lawDate: '2026-06-30',
      layers: await layersOf(database.pool)(),
      ground: flatGround(70),
      read: (statement) => database.pool.read(statement),
    };
  });
  afterAll(() => database.drop());

  const capacityOf = async (asked: object, lawDate = '2026-06-30'): Promise<CapacityResult> => {
    const parameters = capacityParametersSchema.parse(asked);
    const facts = await gatherCapacity({ ...city, lawDate }, parameters);
    return PARCEL_CAPACITY.result.parse(PARCEL_CAPACITY.run(facts, parameters, UNWATCHED)) as CapacityResult;
  };
  const rulesOf = ({ rules }: CapacityResult, state: string) =>
    rules.filter((rule) => rule.state === state).map(({ rule }) => rule);
  const rowOf = ({ rules }: CapacityResult, wanted: string) => rules.find(({ rule }) => rule === wanted);
  const facesBy = ({ bodies }: CapacityResult) =>
    bodies
      .flatMap(({ faces }) => faces)
      .map(({ rule, lengthM }) => [rule, lengthM])
      .toSorted();

  it('keeps 4 m from neighbours and 6 m from the carriageway, and names the rule of each wall', async () => {
    const found = await capacityOf({ parcel: 'P0', use: 'single-family' });
    expect(found.buildable.areaM2).toBeCloseTo(32 * 21, 1);
    expect(facesBy(found)).toEqual([
      ['border', 21],
      ['border', 21],
      ['border', 32],
      ['road', 32],
    ]);
    expect(rulesOf(found, 'applies')).toEqual(['border', 'road']);
    expect(found.rules.find(({ rule }) => rule === 'road')).toMatchObject({
      distanceM: 6,
      objects: ['roads/R0'],
    });
    expect(found.groundM).toBe(70);
  });

  it('keeps 3 m with blank walls', async () => {
    const found = await capacityOf({ parcel: 'P0', use: 'single-family', walls: 'blank' });
    expect(found.buildable.areaM2).toBeCloseTo(34 * 22, 1);
  });

  it('keeps tall blocks 5 m away since 1 August 2024, and not a day before', async () => {
    const after = await capacityOf({ parcel: 'P0' }, '2024-08-01');
    expect(after.asked).toMatchObject({ use: 'multi-family', useFrom: 'plan' });
    expect(after.buildable.areaM2).toBeCloseTo(30 * 20, 1);
    expect(after.bodies).toMatchObject([{ heightM: 20, storeys: 6 }]);
    const before = await capacityOf({ parcel: 'P0' }, '2024-07-31');
    expect(before.buildable.areaM2).toBeCloseTo(32 * 21, 1);
  });

  it('stays at four storeys and 4 m where the taller body would hold no more', async () => {
    // 2,400 m² by intensity fit on five storeys of 480 m² (built share); with spaces for cars four do.
    const found = await capacityOf({ parcel: 'P0', parkingBelow: 0 });
    const { floor, footprint } = found.limits;
    expect(footprint).toMatchObject({ value: 480, by: 'plan-built-share' });
    // 1 m² of floor asks for 25 / 80 m² of cars: F ≤ 840 / (1/6 + 0.3125).
    expect(floor).toMatchObject({ by: 'plan-parking' });
    expect(floor?.value).toBeCloseTo(840 / (1 / 6 + 25 / 80), 1);
    const below = await capacityOf({ parcel: 'P0', parkingBelow: 1 });
    expect(below.limits).toMatchObject({
      floor: { value: 2400, by: 'plan-intensity' },
      storeys: { value: 5, by: 'plan-intensity' },
      green: { value: 360, by: 'plan-green' },
      dwellings: { value: 30 },
      parking: { value: 30 },
    });
  });

  it('cuts the controlled zone of a gas pipeline out, by pressure and diameter', async () => {
    const found = await capacityOf({ parcel: 'P1', use: 'single-family' });
    expect(found.buildable.areaM2).toBeCloseTo((32 - 6) * 21, 1);
    expect(facesBy(found).filter(([rule]) => rule === 'gas')).toEqual([
      ['gas', 21],
      ['gas', 21],
    ]);
    expect(found.bodies[0]?.footprint.coordinates).toHaveLength(2);
  });

  it('takes the widest zone for a pipe of unknown diameter, and says so', async () => {
    const found = await capacityOf({ parcel: 'P2', use: 'single-family' });
    expect(found.buildable.areaM2).toBeCloseTo((32 - 12) * 21, 1);
    expect(found.rules.find(({ rule }) => rule === 'gas')).toMatchObject({
      state: 'applies',
      distanceM: 6,
      note: { en: expect.stringContaining('without the attributes') },
    });
  });

  it('keeps blocks 8 m from neighbours’ buildings, houses not, and counts what stands', async () => {
    const block = await capacityOf({ parcel: 'P3' }, '2024-07-31');
    expect(block.buildable.areaM2).toBeCloseTo(30 * 21, 1);
    expect(block.standing).toEqual({ buildings: 1, footprintM2: 100, floorM2: 300 });
    expect(block.remaining.footprintM2).toBeCloseTo(380, 1);
    const house = await capacityOf({ parcel: 'P3', use: 'single-family' });
    expect(house.buildable.areaM2).toBeCloseTo(32 * 21, 1);
    expect(rulesOf(house, 'does-not-apply')).toContain('fire');
  });

  it('leaves the crown of a natural monument alone', async () => {
    const found = await capacityOf({ parcel: 'P4', use: 'single-family' });
    // A circle drawn with 64 corners.
    expect(32 * 21 - found.buildable.areaM2).toBeCloseTo(32 * 9 * Math.sin(Math.PI / 32), 1);
  });

  it('builds in no zone of greenery, and measures shares on the rest', async () => {
    const found = await capacityOf({ parcel: 'P5', use: 'single-family' });
    expect(found.rules.find(({ rule }) => rule === 'plan-use')).toMatchObject({
      state: 'applies',
      takenM2: 600,
      objects: ['plan_zones/Z5b'],
    });
    expect(found.buildable.areaM2).toBeCloseTo(16 * 21, 1);
    expect(facesBy(found)).toContainEqual(['plan-line', 21]);
    expect(found.limits.footprint).toMatchObject({ value: 240 });
  });

  it('keeps behind a building line since it is in force, whichever way it was drawn', async () => {
    const found = await capacityOf({ parcel: 'P8', use: 'single-family' });
    expect(found.buildable.areaM2).toBeCloseTo(32 * 18, 1);
    expect(facesBy(found)).toContainEqual(['building-line', 32]);
    expect(found.rules.find(({ rule }) => rule === 'building-line')).toMatchObject({
      state: 'applies',
      distanceM: 8,
      takenM2: 320,
      objects: ['building_lines/L8'],
    });
    const before = await capacityOf({ parcel: 'P8', use: 'single-family' }, '2019-12-31');
    expect(before.buildable.areaM2).toBeCloseTo(32 * 21, 1);
  });

  it('has the front wall stand on an obligatory line, and says when no ground is left at it', async () => {
    const found = await capacityOf({ parcel: 'P9', use: 'single-family' });
    expect(facesBy(found)).toContainEqual(['obligatory-line', 32]);
    expect(rowOf(found, 'obligatory-line')).toMatchObject({
      state: 'applies',
      objects: ['building_lines/L9'],
      note: { en: expect.stringMatching(/of its 40 m on the parcel the body may take 32 m/) },
    });
    // On the border itself, where the distance from the carriageway leaves no ground.
    const shut = await capacityOf({ parcel: 'P10', use: 'single-family' });
    expect(rowOf(shut, 'obligatory-line')).toMatchObject({
      state: 'applies',
      note: { en: expect.stringContaining('leave no ground at it') },
    });
    expect(rowOf(await capacityOf({ parcel: 'P8' }), 'obligatory-line')?.state).toBe('does-not-apply');
  });

  it('counts what the body takes of the sun (§ 60) and open sector (§ 13) of neighbours, and its own sun', async () => {
    // To the north, 13 m from the ground left, three storeys under a body of 20 m.
    const found = await capacityOf({ parcel: 'P13', use: 'multi-family' });
    const sun = rowOf(found, 'sun-neighbours');
    expect(sun).toMatchObject({ state: 'touches', objects: ['buildings/N13'], light: { heightM: 20 } });
    expect(sun?.light?.lost).toBeGreaterThan(0);
    const sector = rowOf(found, 'obstruction');
    expect(sector).toMatchObject({ state: 'touches', distanceM: 20, objects: ['buildings/N13'] });
    // 13.4 m to the inner face of its wall and 0.9 m of sill, less 0.3 m that heights may be wrong; by half metres.
    expect(sector?.light?.harmlessM).toBe(13.5);
    const own = rowOf(found, 'sun-own');
    expect(own).toMatchObject({
      state: 'touches',
      note: { pl: expect.stringContaining('180 min słońca ma') },
    });
    expect(rowOf(await capacityOf({ parcel: 'P13', use: 'production' }), 'sun-own')?.state).toBe(
      'does-not-apply',
    );
  });

  it('does not take a neighbour without a 3D model for unharmed', async () => {
    // 12 m from the ground left, and a body of 20 m.
    const near = await capacityOf({ parcel: 'P11', use: 'multi-family' });
    expect(rowOf(near, 'obstruction')).toMatchObject({
      ...{ state: 'not-assessed', distanceM: 20, objects: ['buildings/N11'] },
    });
    expect(rowOf(near, 'sun-neighbours')).toMatchObject({
      state: 'not-assessed',
      objects: ['buildings/N11'],
    });
    const far = await capacityOf({ parcel: 'P12', use: 'multi-family' });
    expect(rowOf(far, 'obstruction')).toMatchObject({ state: 'does-not-apply', distanceM: 20 });
  });

  it('tells the ground where no plan is in force, and neither heights nor areas', async () => {
    const found = await capacityOf({ parcel: 'P6', use: 'single-family' });
    expect(found).toMatchObject({ state: 'no-plan', bodies: [{ heightM: null, storeys: null, zone: null }] });
    expect(found.limits.floor).toBeUndefined();
    expect(rulesOf(found, 'not-assessed')).toContain('plan-use');
    const early = await capacityOf({ parcel: 'P0', use: 'single-family' }, '2026-06-30');
    expect(early.state).toBe('assessed');
  });

  it('says of a plot of 7 m × 7 m that nothing is left', async () => {
    expect(await capacityOf({ parcel: 'TINY', use: 'single-family' })).toMatchObject({
      state: 'nothing-left',
      buildable: { areaM2: 0 },
      bodies: [],
    });
  });

  it.each([
    // Of each part: 40 m × 30 m less 4 m on every side.
    ['several parts', 'MULTI', 2 * 32 * 22],
    // The distance is kept from the border of the hole too, round its corners.
    ['a hole', 'HOLE', 52 * 52 - (10 * 10 + 4 * 10 * 4 + Math.PI * 16)],
    ['a length of 40 km', 'LONG', 39_992 * 12],
    ['a width of 0.5 m', 'THIN', 0],
  ])('is told of a parcel with %s', async (_, id, areaM2) => {
    const found = await capacityOf({ parcel: id, use: 'single-family' });
    expect(Math.abs(found.buildable.areaM2 - areaM2)).toBeLessThan(0.2);
    expect(found.state).toBe(areaM2 > 0 ? 'no-plan' : 'nothing-left');
  });

  it('takes no height from an act that has ended, and from the one of that day then', async () => {
    const asked = { parcel: 'ENDED', use: 'single-family' };
    expect((await capacityOf(asked)).state).toBe('no-plan');
    const then = await capacityOf(asked, '2019-06-30');
    expect(then).toMatchObject({ state: 'assessed', bodies: [{ heightM: 20, zone: 'OLD' }] });
  });

  it('cuts a parcel in two plans, each part by its own height, and names what none covers', async () => {
    const found = await capacityOf({ parcel: 'TWO', use: 'single-family' });
    expect(found.bodies.map(({ zone, heightM }) => [zone, heightM])).toEqual([
      ['TWO-A', 20],
      ['TWO-B', 9],
      [null, null],
    ]);
    expect(found.notes).toContainEqual(
      expect.objectContaining({ en: expect.stringContaining('300 m² without a plan') }),
    );
  });

  it('knows no parcel that is not there', async () => {
    await expect(capacityOf({ parcel: '306401_1.0021.AR_10.999' })).rejects.toThrow(/There is no parcel/);
  });
});
