import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { sampleFeatures } from '../../test/support/sample-city.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import { groundGaps } from './ground-gaps.ts';
import { layersOf } from './layers.ts';

const { signal } = new AbortController();
/** Bodies of the sample stand at 71.25 m, one on every sixth parcel of rows of twenty, 20 m each. */
const FOOT_M = 71.25;
const BODIES = sampleFeatures(60).filter(({ layer }) => layer === 'buildings_3d');

describe('bodies beside the ground', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, sampleFeatures(60));
  });
  afterAll(() => database.drop());
  const check = (lowestM: (easting: number) => number | undefined, mostM = 0.5) =>
    groundGaps(
      {
        pool: database.pool,
        layers: layersOf(database.pool),
        ground: { lowestM: async (outline) => lowestM(Math.min(...outline.map(([easting]) => easting))) },
      },
      PUBLIC_VIEW,
      mostM,
      signal,
    );

  it('are all compared, and none is told that stands within the difference', async () => {
    const found = await check(() => FOOT_M - 0.5);
    expect(found).toEqual({ compared: BODIES.length, notCompared: [], gaps: [] });
  });

  it('are told by id, heights and place, the furthest off first', async () => {
    const west = 6_427_100;
    const { gaps, compared } = await check((easting) => (easting < west ? FOOT_M + 2 : FOOT_M - 0.75));
    expect(gaps).toHaveLength(compared);
    const differences = gaps.map(({ differenceM }) => differenceM);
    expect(differences).toEqual(differences.toSorted((a, b) => Math.abs(b) - Math.abs(a)));
    for (const { easting, footM, groundM, differenceM } of gaps) {
      expect(footM).toBe(FOOT_M);
      expect(differenceM).toBe(footM - groundM);
      expect(differenceM).toBe(easting < west ? -2 : 0.75);
    }
    expect(new Set(gaps.map(({ id }) => id))).toEqual(new Set(BODIES.map(({ id }) => id)));
  });

  it('are named where the terrain is not known', async () => {
    const { compared, notCompared } = await check(() => undefined);
    expect(compared).toBe(0);
    expect(notCompared.toSorted()).toEqual(BODIES.map(({ id }) => id).toSorted());
  });
});
