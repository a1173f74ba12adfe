/** Checks over PostGIS: closed forms on a city of squares, and everything that a parcel or a question can be. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import type { Position, Ring } from '../../core/geo/geometry.ts';
import { checksRequestSchema, type Finding, type ParcelCheck } from '../../core/wire/parcel-check.ts';
import { editSchema } from '../../core/wire/scenario.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { flatGround } from '../../test/support/flat-ground.ts';
import { runModelHere } from '../../test/support/run-model-here.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from '../../test/support/sample-city.ts';
import { ANONYMOUS, type Identity } from '../access/identity.ts';
import type { View } from '../access/view.ts';
import type { ParcelChecks } from '../services/parcel-checks.ts';
import { declareCoverage } from './layer-coverage.ts';
import { layersOf } from './layers.ts';
import { checkCity } from './parcel-batch.ts';
import { storeParcelChecks } from './parcel-checks.ts';
import { storeScenarios } from './scenarios.ts';
import { sql } from './sql.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const at = (e: number, n: number): Position => [E + e, N + n];
const box = (e: number, n: number, width: number, depth = width): Ring => [
  at(e, n),
  at(e + width, n),
  at(e + width, n + depth),
  at(e, n + depth),
  at(e, n),
];
const area = (
  layer: string,
  id: string,
  rings: readonly (readonly Ring[])[],
  properties: Feature['properties'],
): Feature => ({ layer, id, geometry: { type: 'MultiPolygon', coordinates: rings }, properties });
const line = (id: string, from: Position, to: Position, properties: Feature['properties']): Feature => ({
  layer: 'utility_lines',
  id,
  geometry: { type: 'LineString', coordinates: [from, to] },
  properties: { position_source: 'O', built_year: 2020, course: 'underground', ...properties },
});
const parcel = (id: string, rings: readonly (readonly Ring[])[]): Feature =>
  area('parcels', id, rings, {
    parcel_number: id.split('.').at(-1) ?? '',
    precinct_id: '306401_1.0021',
    land_use: 'B',
  });

const LOCAL = { plan_kind: 'local', symbol: 'MN', zone_kind: 'MN', status: 'legalForce' };
const ODD = '306401_1.0021.AR_11';
/** Corners of every sample parcel, measured to 0.10 m. */
const POINTS: readonly Feature[] = Array.from({ length: 21 * 4 }, (_, i) => ({
  layer: 'boundary_points',
  id: `point-${i}`,
  geometry: { type: 'Point', coordinates: at((i % 21) * 20, Math.floor(i / 21) * 20) },
  properties: { position_error: '1', meets_accuracy: '1' },
}));

const CITY: readonly Feature[] = [
  ...sampleFeatures(60),
  ...POINTS,
  // Over the first four parcels; the second zone leaves out a metre of the third, the third covers it twice from there.
  area('plan_zones', 'west', [[box(0, 0, 40, 20)]], {
    ...LOCAL,
    in_force_since: '2010-01-01',
    max_height_m: 9,
  }),
  area('plan_zones', 'gap', [[box(42, 0, 18, 20)]], { ...LOCAL, in_force_since: '2010-01-01' }),
  area('plan_zones', 'one', [[box(60, 0, 20, 20)]], { ...LOCAL, in_force_since: '2010-01-01' }),
  area('plan_zones', 'two', [[box(75, 0, 10, 20)]], { ...LOCAL, in_force_since: '2010-01-01' }),
  area('plan_zones', 'ended', [[box(100, 0, 20, 20)]], { ...LOCAL, in_force_until: '2019-12-31' }),
  area('plan_acts', 'future', [[box(0, 0, 400, 60)]], {
    plan_kind: 'local',
    title: 'Plan w przygotowaniu',
    status: 'elaboration',
  }),
  area('flood_zones', 'f1', [[box(-500, -500, 510, 900)]], { probability: 'p1', max_depth_m: 1.5 }),
  area('flood_zones', 'near', [[box(20.5, -40, 400, 39.5)]], { probability: 'p10' }),
  // Raised medium pressure: 2 m wide; through the middle of the second row of parcels.
  line('gas', at(0, 30), at(400, 30), { network: 'gas', line_type: 'gas_raised_medium' }),
  line('gas-unknown', at(0, 55), at(100, 55), { network: 'gas', line_type: null }),
  parcel(`${ODD}.multi`, [[box(0, 200, 10)], [box(20, 200, 10)]]),
  parcel(`${ODD}.hole`, [[box(0, 220, 20), [...box(5, 225, 10)].reverse()]]),
  parcel(`${ODD}.thin`, [[box(0, 300, 40, 0.5)]]),
  parcel(`${ODD}.long`, [[box(-20_000, 400, 40_000, 10)]]),
];

let database: TestDatabase;
let checks: ParcelChecks;
let scenarios: ReturnType<typeof storeScenarios>;
const GROUND = flatGround(70);
const PUBLIC: View = { who: ANONYMOUS };
const signal = new AbortController().signal;
const TERMS = { lawDate: '2026-11-20', withGeometry: true };

beforeAll(async () => {
  database = await testDatabase();
  await fill(database.pool, CITY);
  const layers = layersOf(database.pool);
  scenarios = storeScenarios(database.pool, layers, GROUND);
  checks = storeParcelChecks(database.pool, layers, scenarios, GROUND, runModelHere);
  const everywhere = { type: 'MultiPolygon', coordinates: [[box(-30_000, -30_000, 60_000)]] } as const;
  await declareCoverage(
    database.pool,
    (await layers()).map(({ name }) => name),
    everywhere,
  );
});
afterAll(() => database.drop());

async function check(id: string, terms: Partial<typeof TERMS> = {}, view = PUBLIC): Promise<ParcelCheck> {
  const made = await checks.one(id, { ...TERMS, ...terms }, view, signal);
  if (!('findings' in made)) throw new Error(`no parcel ${id}`);
  return made;
}
const of = ({ findings }: ParcelCheck, rule: string): readonly Finding[] =>
  findings.filter((finding) => finding.rule === rule);

describe('checks of parcels', () => {
  it('measure areas and strips in closed form', async () => {
    const first = await check(sampleParcelId(0));
    expect(first.parcel).toMatchObject({
      areaM2: 400,
      areaErrorM2: 5.66,
      perimeterM: 80,
      parts: 1,
      holes: 0,
    });
    expect(of(first, 'flood-special-hazard')[0]).toMatchObject({
      state: 'applies',
      objects: ['f1'],
      measured: { areaM2: 200, share: 0.5 },
      law: { provision: 'PW-166' },
      source: { layer: 'flood_zones' },
    });
    // 2 m on 20 m.
    expect(of(await check(sampleParcelId(21)), 'gas-control-zone')[0]).toMatchObject({
      state: 'applies',
      measured: { areaM2: 40, lengthM: 20 },
      law: { provision: 'GAZ-10-b', certainty: 'confirmed' },
    });
  });

  it('tell what is within the accuracy of the data from what is not', async () => {
    // Half a metre south of the second parcel; a flood map is good for a metre.
    expect(of(await check(sampleParcelId(2)), 'flood-special-hazard')[0]).toMatchObject({
      state: 'touches',
      objects: ['near'],
      measured: { distanceM: 0.5 },
    });
  });

  it('add the zones of plans up: a hole and an overlap are findings', async () => {
    const hole = of(await check(sampleParcelId(2)), 'plan-coverage');
    expect(hole.map(({ state, measured }) => [state, measured?.areaM2])).toEqual([['applies', 40]]);
    const overlap = of(await check(sampleParcelId(3)), 'plan-coverage');
    expect(overlap.map(({ measured, objects }) => [measured?.areaM2, objects])).toEqual([
      [100, ['one', 'two']],
    ]);
    expect(of(await check(sampleParcelId(0)), 'plan-coverage')[0]?.state).toBe('does-not-apply');
  });

  it('know an act that ended, one that is being made, and a parcel without a plan', async () => {
    const ended = await check(sampleParcelId(5));
    expect(of(ended, 'local-plan-zone')[0]?.state).toBe('does-not-apply');
    expect(of(ended, 'plan-not-in-force')[0]).toMatchObject({ state: 'applies', objects: ['ended'] });
    expect(of(ended, 'plan-in-preparation')[0]).toMatchObject({ state: 'applies', objects: ['future'] });
    expect(of(ended, 'building-conditions')[0]?.state).toBe('applies');
    const before = await check(sampleParcelId(5), { lawDate: '2018-05-05' });
    expect(of(before, 'local-plan-zone')[0]).toMatchObject({ state: 'applies', objects: ['ended'] });
  });

  it('give the same bytes again, to the public as to staff, and others for another day of law', async () => {
    const once = await check(sampleParcelId(0));
    expect(await check(sampleParcelId(0), {}, { who: STAFF })).toEqual(once);
    const earlier = await check(sampleParcelId(0), { lawDate: '2024-07-31' });
    expect(earlier.hash).not.toBe(once.hash);
    expect(of(earlier, 'tall-building-distance')[0]?.law).toMatchObject({ validTo: '2024-07-31' });
  });

  it.each([
    ['multi', { areaM2: 200, parts: 2 }],
    ['hole', { areaM2: 300, holes: 1 }],
    ['thin', { areaM2: 20, widthM: 0.49 }],
    ['long', { areaM2: 400_000 }],
  ])('answer about a parcel of odd shape: %s', async (name, head) => {
    const made = await check(`${ODD}.${name}`);
    expect(made.parcel).toMatchObject(head);
    expect(made.findings.length).toBeGreaterThan(60);
  });

  it('call half a metre of ground within the accuracy of its own points', async () => {
    const thin = await check(`${ODD}.thin`);
    expect(of(thin, 'plan-in-preparation')).toMatchObject([{ state: 'does-not-apply' }]);
    expect(thin.parcel.areaErrorM2).toBeGreaterThan(thin.parcel.areaM2 / 2);
  });

  it('check a drawn star, and refuse a line', async () => {
    const star = [at(10, 40), at(20, -10), at(30, 40), at(-10, 10), at(50, 10), at(10, 40)].map((each) => [
      ...each,
    ]);
    const asked = checksRequestSchema.parse({ geometry: { type: 'Polygon', coordinates: [star] } });
    const { checks: made } = await checks.many(asked, PUBLIC, signal);
    expect(made[0]?.parcel).toMatchObject({ id: 'drawn' });
    expect(of(made[0] as ParcelCheck, 'gas-control-zone')[0]?.state).toBe('applies');
    const flat = [at(0, 0), at(10, 0), at(20, 0), at(0, 0)].map((each) => [...each]);
    const line = checksRequestSchema.parse({ geometry: { type: 'Polygon', coordinates: [flat] } });
    await expect(checks.many(line, PUBLIC, signal)).rejects.toThrow(/encloses no ground/);
  });

  it('check the parcels under places, and say which places lie on none', async () => {
    const points = [at(10, 10), at(30, 10), at(11, 11), at(-900, 10)].map(([e, n]) => [e, n]);
    const { checks: made, unknown } = await checks.many(
      checksRequestSchema.parse({ points, parcels: [sampleParcelId(4)] }),
      PUBLIC,
      signal,
    );
    const expected = [sampleParcelId(0), sampleParcelId(1), sampleParcelId(4)].toSorted();
    expect(made.map((each) => each.parcel.id).toSorted()).toEqual(expected);
    expect(unknown.map(({ id }) => id)).toEqual([`${E - 900} ${N + 10}`]);
  });

  it('check several areas under their own ids, and one too many corners is refused', async () => {
    const areas = ['west', 'east'].map((id, i) => ({
      id,
      geometry: { type: 'Polygon' as const, coordinates: [box(i * 40, 0, 20).map((each) => [...each])] },
    }));
    const { checks: made } = await checks.many(checksRequestSchema.parse({ areas }), PUBLIC, signal);
    expect(made.map((each) => [each.parcel.id, each.parcel.areaM2])).toEqual([
      ['west', 400],
      ['east', 400],
    ]);
    const round = Array.from({ length: 2_001 }, (_, i) => at(10 + Math.cos(i / 320), 10 + Math.sin(i / 320)));
    const tooMany = { type: 'Polygon', coordinates: [[...round, round[0]]] };
    const asked = checksRequestSchema.parse({ geometry: tooMany });
    await expect(checks.many(asked, PUBLIC, signal)).rejects.toThrow('more than 2000 corners');
  });

  it('check a planned building of a scenario: its outline, and the parcels that it stands on', async () => {
    const layers = layersOf(database.pool);
    const scenarios = storeScenarios(database.pool, layers, flatGround(70));
    const begun = await scenarios.create({ title: 'Dom', reason: '', access: 'public' }, STAFF);
    const house = editSchema.parse({
      kind: 'add-building',
      footprint: box(95, 24, 10, 6).slice(0, 4),
      storeys: 2,
      roof: { shape: 'flat' },
      function: 'm',
    });
    await scenarios.add(begun.id, begun.revision, [house], STAFF);
    const scenario = await scenarios.state(begun.id, STAFF);
    if (!scenario) throw new Error('the scenario is gone');
    const view: View = { who: ANONYMOUS, scenario };
    const rows = await database.pool.read<{ id: string }>(
      sql`select id from scenario.building where scenario_id = ${begun.id}::text`,
    );
    const building = rows[0]?.id ?? '';
    const asked = checksRequestSchema.parse({ buildings: [building, 'none'] });
    const { checks: made, unknown } = await checks.many(asked, view, signal);
    expect(unknown.map(({ id }) => id)).toEqual(['none']);
    expect(made.map((each) => [each.parcel.id, Math.round(each.parcel.areaM2)])).toEqual([
      [building, 60],
      [sampleParcelId(24), 400],
      [sampleParcelId(25), 400],
    ]);
    // The pipe runs along its northern wall.
    expect(of(made[0] as ParcelCheck, 'gas-control-zone')[0]).toMatchObject({
      state: 'applies',
      measured: { lengthM: 10 },
    });
    const without = await checks.many(asked, PUBLIC, signal);
    expect(without).toMatchObject({ checks: [], unknown: [{ id: building }, { id: 'none' }] });
  });

  it('suggest what an id with a slip may have meant', async () => {
    const made = await checks.one('306401_1.0021.AR_10.2O', TERMS, PUBLIC, signal);
    expect(made).toMatchObject({ suggestions: expect.arrayContaining(['306401_1.0021.AR_10.20']) });
    const { unknown } = await checks.many(
      checksRequestSchema.parse({ parcels: ['nothing', sampleParcelId(1)] }),
      PUBLIC,
      signal,
    );
    expect(unknown).toEqual([{ id: 'nothing', suggestions: [], successors: [] }]);
  });

  it('tell of each unknown id in a list what they tell of it alone', async () => {
    // A slip of the number, of the dot before it, of the precinct, and no id at all.
    const slips = ['306401_1.0021.AR_10.2O', '306401_1.0021.AR_1020', '306401_1.0012.AR_10.20', 'nothing'];
    const { unknown } = await checks.many(checksRequestSchema.parse({ parcels: slips }), PUBLIC, signal);
    const alone = await Promise.all(slips.map((id) => checks.one(id, TERMS, PUBLIC, signal)));
    expect(unknown).toEqual(alone);
    for (const { id, suggestions } of unknown.slice(0, 3))
      expect(suggestions, id).toContain('306401_1.0021.AR_10.20');
  });

  it('check a whole city as they check one parcel', async () => {
    const all = new Map<string, ParcelCheck>();
    for await (const set of checkCity({
      pool: database.pool,
      layers: layersOf(database.pool),
      lawDate: TERMS.lawDate,
      signal,
    })) {
      for (const each of set) all.set(each.parcel.id, each);
    }
    expect(all.size).toBe(64);
    expect(all.get(sampleParcelId(21))).toEqual(await check(sampleParcelId(21), { withGeometry: false }));
  });

  it('say nothing does not apply where a layer has no coverage, or cannot be read', async () => {
    const nowhere = { type: 'MultiPolygon', coordinates: [[box(-29_000, -29_000, 10)]] } as const;
    await declareCoverage(database.pool, ['flood_zones'], nowhere);
    expect(of(await check(sampleParcelId(40)), 'flood-low-hazard').map(({ state }) => state)).toEqual([
      'not-assessed',
    ]);
    await database.pool.read(sql`alter table city.tree rename column crown_diameter_m to lost`);
    try {
      const made = await check(sampleParcelId(40));
      expect(of(made, 'crown-zone')).toMatchObject([
        { state: 'not-assessed', reason: { en: expect.stringMatching(/could not be read/) } },
      ]);
      expect(of(made, 'local-plan-zone')[0]?.state).toBe('does-not-apply');
    } finally {
      await database.pool.read(sql`alter table city.tree rename column lost to crown_diameter_m`);
    }
  });

  it('tell what a planned building takes of its neighbours’ sun, only of the parcel that it stands on', async () => {
    const { id, revision } = await scenarios.create({ title: 'tower', reason: '', access: 'link' }, STAFF);
    const tower = editSchema.parse({
      kind: 'add-building',
      footprint: box(82, 2, 16).slice(0, 4),
      storeys: 12,
      roof: { shape: 'flat' },
      function: 'm',
    });
    await scenarios.add(id, revision, [tower], STAFF);
    const state = await scenarios.state(id, ANONYMOUS);
    if (!state) throw new Error('no scenario');
    const view: View = { who: ANONYMOUS, scenario: state };
    const planned = await check(sampleParcelId(4), {}, view);
    const [sun] = of(planned, 'sun-on-neighbours');
    expect(sun).toMatchObject({ state: 'applies', threshold: { must: '>=', value: 180, unit: 'min' } });
    expect(sun?.objects).toContain('306401_1.0021.25.1_BUD');
    expect(sun?.measured?.value).toBeLessThan(180);
    expect(of(planned, 'obstruction-of-windows')[0]).toMatchObject({
      state: 'applies',
      objects: expect.arrayContaining(['306401_1.0021.25.1_BUD']),
    });
    expect(of(await check(sampleParcelId(9), {}, view), 'sun-on-neighbours')[0]?.state).toBe('not-assessed');
    expect(of(await check(sampleParcelId(4)), 'sun-on-neighbours')[0]?.state).toBe('not-assessed');
  });

  it('name the parcels that a divided one has become', async () => {
    const gone = sampleParcelId(59);
    await fill(database.pool, [
      parcel('306401_1.0021.AR_10.60/1', [[box(380, 40, 10, 20)]]),
      parcel('306401_1.0021.AR_10.60/2', [[box(390, 40, 10, 20)]]),
    ]);
    await database.pool.read(sql`update city.parcel set valid_to = now() where id = ${gone}::text`);
    expect(await checks.one(gone, TERMS, PUBLIC, signal)).toMatchObject({
      successors: ['306401_1.0021.AR_10.60/1', '306401_1.0021.AR_10.60/2'],
    });
  });
});
