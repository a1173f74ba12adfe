import { expect, it } from 'vitest';
import { frameOver } from '../../core/analysis/sun/ground-grid.ts';
import type { HeightAt } from '../../core/scenario/shaped-ground.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import { storeGroundVolumes } from './ground-volumes.ts';

const [E, N] = [6_427_000, 5_808_000];
const SQUARE = [
  [E, N],
  [E + 40, N],
  [E + 40, N + 40],
  [E, N + 40],
] as const;

const volumesOver = (heightAt: HeightAt) =>
  storeGroundVolumes(
    {
      grid: async (box, stepM) => {
        const frame = frameOver(box, stepM);
        const heights = Float32Array.from({ length: frame.columns * frame.rows }, (_, n) =>
          heightAt([box[0] + (n % frame.columns) * stepM, box[1] + Math.floor(n / frame.columns) * stepM]),
        );
        return { ...frame, heights };
      },
    },
    async () => [],
  );

const over = (heightAt: HeightAt, levelM?: number) =>
  volumesOver(heightAt).of(
    { outline: SQUARE.map(([e, n]) => [e, n]), ...(levelM !== undefined && { levelM }) },
    PUBLIC_VIEW,
  );

/** A cone 10 m high over 20 m, standing on level ground. */
const cone: HeightAt = ([e, n]) => 60 + Math.max(0, 10 - Math.hypot(e - E - 20, n - N - 20) / 2);

it('tells the volume of a heap over the ground around it, within the bound that it states', async () => {
  const found = await over(cone);
  expect(found).toMatchObject({ levelIs: 'mean-of-outline', areaM2: 1600, perDecimetreM3: 160 });
  // The cone meets the outline in the middles of its sides only.
  expect(found.levelM).toBeCloseTo(60, 1);
  const trueM3 = (Math.PI * 20 ** 2 * 10) / 3;
  expect(Math.abs(found.aboveM3 - trueM3)).toBeLessThan(found.countingErrorM3 + found.perDecimetreM3 * 0.1);
  expect(found.highestM).toBeCloseTo(70, 1);
});

it('tells what lies above and below an asked level', async () => {
  const slope: HeightAt = ([e]) => 60 + (e - E) / 40;
  const found = await over(slope, 60.5);
  expect(found).toMatchObject({ levelIs: 'asked', levelM: 60.5, lowestM: 60, highestM: 61 });
  // A wedge on each side: half the area, a quarter of a metre high on average.
  for (const volume of [found.aboveM3, found.belowM3]) expect(volume).toBeCloseTo(200, -1);
});

it('counts the whole area however the samples lie: a level under all ground has its height more everywhere', async () => {
  const found = await over(cone, 50);
  const ground = await over(cone, 60);
  expect(found.aboveM3 - ground.aboveM3).toBeCloseTo(1600 * 10, 0);
});

it('tells no volume where the ground is known in part only', async () => {
  await expect(over(([e]) => (e > E + 30 ? Number.NaN : 60), 61)).rejects.toMatchObject({
    kind: 'not-found',
  });
});
