import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature, PropertyValue } from '../../core/feature/feature.ts';
import type { Position } from '../../core/geo/geometry.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { flatGround } from '../../test/support/flat-ground.ts';
import { SAMPLE_ORIGIN } from '../../test/support/sample-city.ts';
import type { Identity } from '../access/identity.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import { storeDigChecks } from './dig-checks.ts';
import { layersOf } from './layers.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const at = (x: number, y: number): Position => [E + x, N + y];
const STAFF: Identity = { who: 'clerk', roles: ['public', 'staff'] };
const never = new AbortController().signal;

const line = (id: string, x: number, properties: Record<string, PropertyValue>): Feature => ({
  layer: 'utility_lines',
  id,
  geometry: { type: 'LineString', coordinates: [at(x, -50), at(x, 50)] },
  properties: { course: 'underground', position_source: 'O', operator: 'Aquanet', ...properties },
});

/** A pit of 4 by 4 m. */
const PIT: [number, number][] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
].map(([x = 0, y = 0]) => [E + x, N + y]);

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await fill(database.pool, [
    line('CABLE', 1, { network: 'power', line_type: 'power_low', depth_m: 0.7 }),
    line('MAIN', 2, {
      network: 'water',
      role: 'main',
      diameter_mm: 600,
      depth_m: 3,
      start_height_m: 77,
      end_height_m: 77,
    }),
    line('FAR', 45, { network: 'sewer', depth_m: 2 }),
    {
      layer: 'utility_devices',
      id: 'VALVE',
      geometry: { type: 'Point', coordinates: at(4.5, 2) },
      properties: { network: 'water', kind: 'valve', position_source: 'O', operator: 'Aquanet' },
    },
  ]);
});
afterAll(() => database.drop());

const checks = () =>
  storeDigChecks({
    poolOf: () => database.pool,
    layers: layersOf(database.pool),
    catalogue: { status: async () => ({ loadedAt: '2026-06-30T00:00:00Z' }) as never },
    ground: flatGround(80),
    shapes: async () => [],
  });
const ask = (who = PUBLIC_VIEW.who, outline = PIT) =>
  checks().of({ outline, depthM: 1.5, clearanceM: 1 }, undefined, { ...PUBLIC_VIEW, who }, never);

describe('an excavation asked of the store', () => {
  it('meets the lines and devices around it, over the ground of the terrain model', async () => {
    const { ground, bottom, lines, devices, asked, sources } = await ask(STAFF);
    expect({ ground, bottom }).toEqual({
      ground: { lowestM: 80, highestM: 80 },
      bottom: { lowestM: 78.5, highestM: 78.5 },
    });
    expect(lines.map(({ id, verdict, gapM }) => [id, verdict, gapM])).toEqual([
      ['CABLE', 'in-excavation', -0.8],
      ['MAIN', 'under-bottom', 1.5],
    ]);
    expect(devices).toMatchObject([{ id: 'VALVE', distanceM: 0.5, operator: 'Aquanet' }]);
    expect(asked).toMatchObject({ areaM2: 16, lawDate: '2026-06-30' });
    expect(sources.map(({ layer }) => layer)).toEqual(['utility_lines', 'utility_devices']);
  });

  it('tells the public neither operators nor the depth of a main, and says that it does not know it', async () => {
    const { lines, devices, notAssessed } = await ask();
    const main = lines.find(({ id }) => id === 'MAIN');
    expect(main).toMatchObject({
      verdict: 'may-be-in-excavation',
      diameterMm: null,
      heightSource: 'assumed',
    });
    expect(JSON.stringify({ lines, devices })).not.toMatch(/Aquanet|"operator"/);
    expect(notAssessed.map(({ en }) => en).join()).toMatch(/depth of 1 lines/);
  });

  it.each([
    ['crosses itself', [PIT[0], PIT[2], PIT[1], PIT[3]], /no simple polygon/],
    ['is a line', [PIT[0], PIT[1], PIT[0]], /no simple polygon|no area/],
    ['is longer than a kilometre', [PIT[0], PIT[1], [E, N + 1_001]], /1001 m long/],
  ])('is refused where its outline %s', async (_, outline, says) => {
    await expect(ask(PUBLIC_VIEW.who, outline as typeof PIT)).rejects.toThrow(says);
  });
});
