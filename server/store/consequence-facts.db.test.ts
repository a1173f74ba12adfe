/** Facts of the consequences: closed forms on a city of squares, and overlay = a city in which the edits were made. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityFacts, ConsequenceFacts } from '../../core/analysis/consequences/facts.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Ring } from '../../core/geo/geometry.ts';
import { replay } from '../../core/scenario/replay.ts';
import { objectKey } from '../../core/scenario/scenario-row.ts';
import { consequenceParametersSchema } from '../../core/wire/consequences.ts';
import { type Edit, editSchema, type Scenario } from '../../core/wire/scenario.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { flatGround } from '../../test/support/flat-ground.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from '../../test/support/sample-city.ts';
import { ANONYMOUS, type Identity } from '../access/identity.ts';
import type { ScenarioState, View } from '../access/view.ts';
import { gatherConsequences } from './consequence-facts.ts';
import { layersOf } from './layers.ts';
import type { Pool } from './pool.ts';
import { storeScenarios } from './scenarios.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const GROUND = flatGround(70);

const square = (e: number, n: number, width: number, depth = width): Ring => [
  [E + e, N + n],
  [E + e + width, N + n],
  [E + e + width, N + n + depth],
  [E + e, N + n + depth],
  [E + e, N + n],
];
const area = (layer: string, id: string, ring: Ring, properties: Feature['properties']): Feature => ({
  layer,
  id,
  geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
  properties,
});

const ZONE = { status: 'legalForce', in_force_since: '2010-01-01', zone_kind: 'MN' };
/** Parcels of 20 m, a house of 12 m with a hole of 4 m on every third, and what plans, water and people add. */
const BASE: readonly Feature[] = [
  ...sampleFeatures(60),
  area('plan_zones', 'local', square(0, 0, 100, 60), {
    ...ZONE,
    plan_kind: 'local',
    max_height_m: 7,
    max_intensity: 0.5,
    max_built_share_pct: 60,
    min_bioactive_share_pct: 30,
  }),
  area('plan_zones', 'old', square(0, 0, 100, 60), {
    ...ZONE,
    plan_kind: 'local',
    max_height_m: 1,
    in_force_until: '2019-12-31',
  }),
  area('plan_zones', 'general', square(0, 0, 400, 60), { ...ZONE, plan_kind: 'general', max_height_m: 30 }),
  area('flood_zones', 'often', square(-500, -500, 512, 900), { probability: 'p10' }),
  area('flood_zones', 'seldom', square(-500, -500, 900, 900), { probability: 'p02' }),
  area('land_cover', 'cover', square(0, 0, 400, 60), { kind: 'residential', sealed_share_pct: 60 }),
  {
    layer: 'building_residents',
    id: 'people',
    geometry: { type: 'Point', coordinates: [E + 10, N + 10] },
    properties: {
      building_id: 'x',
      residents: 40,
      age_0_2: 20,
      age_3_6: 0,
      age_7_14: 0,
      age_15_18: 0,
      age_19_64: 20,
      age_65_plus: 0,
    },
  },
];

/** A house of 10 × 8 m and three storeys on the second parcel, which is empty. */
const HOUSE = editSchema.parse({
  kind: 'add-building',
  footprint: square(26, 6, 10, 8).slice(0, 4),
  storeys: 3,
  roof: { shape: 'flat' },
  function: 'm',
});
const REMOVAL: Edit = { kind: 'remove-building', building: '306401_1.0021.1.1_BUD' };

interface Edited {
  readonly scenario: Scenario;
  readonly state: ScenarioState;
}

async function scenarioOf(pool: Pool, edits: readonly Edit[]): Promise<Edited> {
  const store = storeScenarios(pool, layersOf(pool), GROUND);
  let scenario = await store.create({ title: 'test', reason: '', access: 'link' }, STAFF);
  if (edits.length > 0) {
    await store.add(scenario.id, scenario.revision, edits, STAFF);
    scenario = await store.read(scenario.id, STAFF);
  }
  const state = await store.state(scenario.id, ANONYMOUS);
  if (!state) throw new Error('no scenario');
  return { scenario, state };
}

async function factsOf(
  pool: Pool,
  { scenario, state }: Edited,
  views: { readonly view?: View; readonly base?: View } = {},
  parameters: object = {},
): Promise<ConsequenceFacts> {
  const view: View = { who: ANONYMOUS, scenario: state };
  return gatherConsequences(
    {
      view,
      base: { who: ANONYMOUS, at: state.base },
      ...views,
      edits: scenario.edits,
      lawDate: '2026-06-30',
      layers: await layersOf(pool)(),
      ground: GROUND,
      read: (statement) => pool.read(statement),
    },
    consequenceParametersSchema.parse(parameters),
  );
}

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
  await fill(base.pool, BASE);
});
afterAll(() => base.drop());

describe('facts of consequences', () => {
  it('are those of the block of the edits with its margin, in closed form', async () => {
    const edited = await scenarioOf(base.pool, [HOUSE]);
    const facts = await factsOf(base.pool, edited, {}, { marginM: 20 });
    expect(facts.bbox).toEqual([E + 6, N - 14, E + 56, N + 34]);
    expect(facts.areaM2).toBeCloseTo(50 * 48, 6);
    // Houses of parcels 1 and 22; that of parcel 4 has its middle outside.
    const [planned] = edited.scenario.edits.flatMap(({ objects }) => objects.map(({ id }) => id));
    expect(facts.before.buildings?.map(({ id }) => id)).toEqual([
      '306401_1.0021.1.1_BUD',
      '306401_1.0021.22.1_BUD',
    ]);
    expect(facts.after.buildings?.at(-1)).toEqual({
      id: planned,
      kind: 'm',
      storeys: 3,
      areaM2: 80,
      spreadM2: 100 + 64,
    });
    expect(facts.before.buildings?.[0]).toMatchObject({ areaM2: 128, spreadM2: 288 + 32 });
    expect(facts.before.parcels).toEqual([
      {
        id: sampleParcelId(1),
        areaM2: 400,
        spreadM2: 800,
        limits: expect.objectContaining({ zone: 'local', maxIntensity: 0.5 }),
      },
    ]);
    expect(facts.before.standing).toEqual([]);
    expect(facts.after.standing).toEqual([
      { parcel: sampleParcelId(1), building: planned, storeys: 3, areaM2: 80, spreadM2: 164 },
    ]);
    expect(facts.setting.cover).toEqual([{ areaM2: 400, sealedPct: 60 }]);
  });

  it('take the local plan in force before the general one, and not what has expired', async () => {
    const edited = await scenarioOf(base.pool, [HOUSE, REMOVAL]);
    const { before } = await factsOf(base.pool, edited);
    const zones = new Map(before.solids?.map(({ id, limits }) => [id, limits?.zone]));
    expect(zones.get('PL.PZGIK.BUD.1')).toBe('local');
    expect(zones.get('PL.PZGIK.BUD.7')).toBe('general');
  });

  it('see who stands in the water of ten and a hundred years, and how near its edge', async () => {
    const edited = await scenarioOf(base.pool, [HOUSE]);
    const { before } = await factsOf(base.pool, edited);
    // The edge runs at 12 m: house 1 from 4 m to 16 m lies across it, the next begin 12 m farther.
    expect(before.flood).toEqual([{ building: '306401_1.0021.1.1_BUD', isInside: true, edgeM: 0 }]);
  });

  it('know people only from the public grid', async () => {
    const edited = await scenarioOf(base.pool, [HOUSE]);
    const { setting } = await factsOf(base.pool, edited);
    expect(setting.cells).toEqual([
      // Sixteen storeys of 128 m2 in six houses of the cell, and three of a house on its border.
      { residents: 40, age0to2: 20, residentialFloorM2: expect.toSatisfy((m2) => [2048, 2432].includes(m2)) },
    ]);
  });

  it('are those of the base, and nothing is computed, while there are no edits', async () => {
    const edited = await scenarioOf(base.pool, []);
    expect(await factsOf(base.pool, edited)).toEqual({
      editedLayers: [],
      lawDate: '2026-06-30',
      areaM2: 0,
      setting: { emptyLayers: [] },
      before: {},
      after: {},
    });
  });

  it('refuse an area larger than a town', async () => {
    const edited = await scenarioOf(base.pool, [HOUSE]);
    await expect(factsOf(base.pool, edited, {}, { bbox: [E, N, E + 11_000, N + 11_000] })).rejects.toThrow(
      /121 km², more than 100; choose/,
    );
  });

  it('of the overlay are those of a city in which the edits were really made', async () => {
    const edited = await scenarioOf(base.pool, [HOUSE, REMOVAL]);
    const rows = replay(edited.scenario.edits);
    const made = await testDatabase();
    try {
      await fill(made.pool, [
        ...BASE.filter((feature) => !rows.has(objectKey(feature))),
        ...[...rows.values()].flatMap(({ feature }) => feature ?? []),
      ]);
      // The same question to both: where, comes from the edits; what is there, from the city.
      const inOverlay = await factsOf(base.pool, edited);
      const bbox = inOverlay.bbox;
      const now: View = { who: ANONYMOUS };
      const reallyMade = await factsOf(
        made.pool,
        edited,
        {
          view: {
            ...now,
            scenario: { ...edited.state, base: new Date(Date.now() + 60_000), id: 'b'.repeat(20) },
          },
          base: now,
        },
        { bbox },
      );
      expect(Object.keys(inOverlay.after).toSorted()).toEqual([
        'buildings',
        'facilities',
        'flood',
        'parcels',
        'solids',
        'standing',
      ]);
      // The parcel of the house that is gone is only known to have been touched where the house was.
      const without = ({ parcels: _, ...facts }: CityFacts) => facts;
      expect(without(reallyMade.after)).toEqual(without(inOverlay.after));
      expect(inOverlay.after.parcels).toEqual(expect.arrayContaining([...(reallyMade.after.parcels ?? [])]));
      expect(inOverlay.after).not.toEqual(inOverlay.before);
    } finally {
      await made.drop();
    }
  });
});
