/** The tools of the general plan against cases whose answer is known on paper. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNWATCHED } from '../../core/analysis/model.ts';
import { ACCESS_STANDARDS } from '../../core/analysis/plan/access-standards.ts';
import { GENERAL_PLAN_INFILL } from '../../core/analysis/plan/infill.ts';
import { ZONE_BALANCE } from '../../core/analysis/plan/zone-balance.ts';
import type { Feature, PropertyValue } from '../../core/feature/feature.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { flatGround } from '../../test/support/flat-ground.ts';
import { SAMPLE_ORIGIN } from '../../test/support/sample-city.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import { gatherAccessStandards } from './access-standards-facts.ts';
import { gatherInfill } from './infill-facts.ts';
import { layersOf } from './layers.ts';
import type { StudiedCity } from './studied-city.ts';
import { gatherZoneBalance } from './zone-balance-facts.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
type Ring = readonly (readonly [number, number])[];
const ring = (corners: Ring) =>
  [...corners, ...corners.slice(0, 1)].map(([x, y]) => [E + x, N + y] as [number, number]);
const box = (x: number, y: number, width: number, height: number): Geometry => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      ring([
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
      ]),
    ],
  ],
});
const feature = (
  layer: string,
  id: string,
  geometry: Geometry,
  properties: Record<string, PropertyValue>,
): Feature => ({
  layer,
  id,
  geometry,
  properties,
});
const point = (x: number, y: number): Geometry => ({ type: 'Point', coordinates: [E + x, N + y] });
const street = (...places: Ring): Geometry => ({
  type: 'LineString',
  coordinates: places.map(([x, y]) => [E + x, N + y] as [number, number]),
});
/** Houses of 10 m × 10 m in a row, each so far from the last. */
const row = (
  name: string,
  count: number,
  x: number,
  y: number,
  gapM: number,
  kind = 'm',
): readonly Feature[] =>
  Array.from({ length: count }, (_, i) =>
    feature('buildings', `${name}${i}`, box(x + i * (10 + gapM), y, 10, 10), { kind }),
  );
const general = (id: string, zone: string, geometry: Geometry, more: Record<string, PropertyValue> = {}) =>
  feature('plan_zones', id, geometry, {
    plan_kind: 'general',
    act_id: 'POG',
    zone_kind: zone,
    status: 'legalForce',
    ...more,
  });
const local = (id: string, use: string, geometry: Geometry, more: Record<string, PropertyValue> = {}) =>
  feature('plan_zones', id, geometry, { plan_kind: 'local', zone_kind: use, status: 'legalForce', ...more });

describe('the tools of the general plan', () => {
  let database: TestDatabase;
  let city: StudiedCity;

  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, [
      // Five houses wall to wall; five with gaps of 99 m; four only; five with one gap of 101 m; five silos.
      ...row('joined', 5, 500, 0, 0),
      ...row('chain', 5, 0, 2000, 99),
      ...row('few', 4, 0, 4000, 20),
      ...row('torn', 3, 0, 6000, 20),
      ...row('torn-off', 2, 80 + 101, 6000, 20),
      ...row('silo', 5, 0, 8000, 20, 's'),
      feature('plan_acts', 'POG', box(-1000, -1000, 2000, 10_000), {
        plan_kind: 'general',
        status: 'legalForce',
      }),
      feature('plan_acts', 'HALF', box(-1000, -1000, 1525, 10_000), {
        plan_kind: 'general',
        status: 'elaboration',
      }),
      general('SJ1', 'SJ', box(-1000, -1000, 1000, 10_000), { max_built_share_pct: 30, max_intensity: 0.5 }),
      general('SN1', 'SN', box(0, -1000, 990, 10_000)),
      // A change of 2027 makes a zone of services of the strip that was for industry until 2019.
      general('SP0', 'SP', box(990, -1000, 10, 10_000), { in_force_until: '2019-12-31' }),
      general('SU1', 'SU', box(990, -1000, 10, 10_000), { in_force_since: '2027-01-01' }),
      // A street 10 m south of the joined row, with a school and a green at its end.
      feature('plan_areas', 'OSD1', box(-1000, -1000, 2000, 10_000), {
        kind: 'OSD',
        act_id: 'POG',
        max_school_distance_m: 100,
        max_green_areas_distance_m: 125,
        min_green_areas_ha: 0.04,
      }),
      feature('roads', 'R1', street([400, -5], [700, -5]), { class: 'local' }),
      feature('facilities', 'S1', point(600, -5), { kind: 'primary_school' }),
      feature('green_areas', 'G1', box(650, -30, 20, 20), { kind: 'park', access: 'public' }),
      feature('green_areas', 'G2', box(500, -30, 20, 20), { kind: 'park', access: 'private' }),
      local('MN1', 'MN', box(-500, 0, 100, 100)),
      local('U1', 'U', box(-50, 0, 100, 100)),
      local('MW1', 'MW', box(-500, 500, 10, 10)),
      local('OLD', 'P', box(-500, 600, 10, 10), { in_force_until: '2019-12-31' }),
    ]);
    city = {
      view: PUBLIC_VIEW,
      base: PUBLIC_VIEW,
      edits: [],
      lawDate: '2026-06-30',
      layers: await layersOf(database.pool)(),
      ground: flatGround(60),
      read: database.pool.read,
    };
  });
  afterAll(() => database.drop());

  const infill = async (parameters: { act?: string; outlines: boolean }) =>
    GENERAL_PLAN_INFILL.run(await gatherInfill(city, parameters), parameters, UNWATCHED);

  /** Ground within `byM` of a box, circles as drawn with 32 sides. */
  const aroundBox = (width: number, height: number, byM: number) =>
    width * height + 2 * (width + height) * byM + 16 * byM ** 2 * Math.sin(Math.PI / 16);

  it('draws the infill area of five houses in a row as on paper, and only of groups of five', async () => {
    const result = await infill({ outlines: true });
    expect(GENERAL_PLAN_INFILL.result.parse(result)).toEqual(result);
    expect(result.act).toBe('POG');
    expect(result.buildings).toEqual({ counted: 19, inGroups: 10, leftOut: 5 });
    const joined = result.areas.find(
      ({ geometry }) => (geometry?.coordinates[0]?.[0]?.[0]?.[1] ?? 0) < N + 1000,
    );
    // PL-2000 draws 1 m as 0.999923 m in the middle of its strip, and longer towards its edges.
    const scale = 0.999923 * (1 + (E - 6_500_000) ** 2 / (2 * 6_380_000 ** 2));
    const toGround = 1 / scale ** 2;
    expect((joined?.pbM2 ?? 0) / (aroundBox(50, 10, 50) * toGround)).toBeCloseTo(1, 4);
    // Drawn in by 40 m, the sides of the circle's polygon lie as far from its middle as they did, less 40 m.
    const sideM = 50 * Math.cos(Math.PI / 32) - 40;
    const drawnIn = 50 * 10 + 2 * (50 + 10) * 10 + 32 * sideM ** 2 * Math.tan(Math.PI / 32);
    expect(Math.abs((joined?.puM2 ?? 0) / (drawnIn * toGround) - 1)).toBeLessThan(0.001);
    expect(result.ppM2).toBeCloseTo(0.25 * (result.pbM2 - result.puM2), 0);
  });

  it('clips to the general plan that is named, and refuses one that there is not', async () => {
    const [whole, half] = [await infill({ outlines: false }), await infill({ act: 'HALF', outlines: false })];
    // The edge runs through the middle of the joined row, and leaves the chain alone up to 525 m.
    expect(half.pbM2).toBeLessThan(whole.pbM2 - aroundBox(50, 10, 50) / 2 + 50);
    expect(half.areas.every(({ geometry }) => geometry === null)).toBe(true);
    await expect(infill({ act: 'MPZP', outlines: false })).rejects.toThrow(
      /no general plan "MPZP".*POG, HALF/,
    );
  });

  it('balances zones, finds what no zone covers, and says which uses their zone never admits', async () => {
    const result = ZONE_BALANCE.run(await gatherZoneBalance(city, {}), {}, UNWATCHED);
    expect(ZONE_BALANCE.result.parse(result)).toEqual(result);
    expect(result).toMatchObject({ act: 'POG', actM2: 20_000_000, openM2: 100_000, doubleM2: 0 });
    const [sj, sn] = ['SJ', 'SN'].map((zone) => result.zones.find((each) => each.zone === zone));
    expect(sj).toMatchObject({
      zones: 1,
      areaM2: 10_000_000,
      share: 0.5,
      mostBuiltM2: 3_000_000,
      mostFloorM2: 5_000_000,
    });
    expect(sn).toMatchObject({ areaM2: 9_900_000, builtM2: 2400, mostBuiltM2: null });
    expect(result.matrix).toEqual([
      { zone: 'SJ', use: 'MN', areaM2: 10_000, admitted: 'base' },
      { zone: 'SJ', use: 'U', areaM2: 5000, admitted: 'base' },
      { zone: 'SJ', use: 'MW', areaM2: 100, admitted: 'no' },
      { zone: 'SN', use: 'U', areaM2: 5000, admitted: 'no' },
    ]);
    expect(result.notAdmittedM2).toBe(5100);
  });

  it('walks from homes to school and to public green, and assesses none that stands by no street', async () => {
    const parameters = { mostHomes: 10 };
    const facts = await gatherAccessStandards(city, parameters);
    const result = ACCESS_STANDARDS.run(facts, parameters, UNWATCHED);
    expect(ACCESS_STANDARDS.result.parse(result)).toEqual(result);
    // Houses stand at 105, 115 … 145 m along the street, the school at 200 m, the green at 250 m and 5 m off.
    expect(result).toMatchObject({
      act: 'POG',
      homes: 19,
      offStreet: 14,
      school: { met: 4, missed: 1 },
      greenAreas: { met: 1, missed: 4 },
      greenArea: null,
    });
    expect(result.missing[0]).toMatchObject({ building: 'joined0', schoolM: 105, greenHa: 0 });
  });
});
