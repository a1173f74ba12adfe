import { describe, expect, it } from 'vitest';
import { blockAt, sampleStreet } from '../../../test/support/sample-street.ts';
import { UNWATCHED } from '../model.ts';
import { heightRaster } from '../sun/height-raster.ts';
import { section } from './section.ts';
import { VIEWS, viewParametersSchema } from './views.ts';
import { viewshed, viewshedFrame } from './viewshed.ts';

const [E, N] = [6_426_900, 5_808_700];
const seenFrom = (eyeM: number, radiusM: number, ...shapes: ReturnType<typeof blockAt>[]) => {
  const eye = [E, N, eyeM] as const;
  return viewshed(heightRaster(viewshedFrame(eye, radiusM), shapes), eye, radiusM);
};
const ground = blockAt('far', [E + 5_000, N], [10, 10], 6, 0);

describe('a viewshed', () => {
  it('on open level ground is the whole circle', () => {
    const { seenM2, groundM2, farthestM, rings } = seenFrom(1.6, 100, ground);
    expect(seenM2).toBe(groundM2);
    expect(Math.abs(seenM2 - Math.PI * 100 ** 2) / (Math.PI * 100 ** 2)).toBeLessThan(0.01);
    expect(farthestM).toBe(100);
    expect(rings.map(({ toM }) => toM)).toEqual([20, 40, 60, 80, 100]);
  });

  it('behind an endless wall loses what lies below the line over its top', () => {
    const wall = blockAt('wall', [E - 500, N + 29.5], [1_000, 1], 8, 0);
    const { runs } = seenFrom(20, 100, wall);
    const [middle, cells] = [100, runs.map((run) => run.length)];
    const column = runs.map((run) =>
      run.some((from, n) => n % 2 === 0 && from <= middle && (run[n + 1] ?? 0) > middle),
    );
    expect(cells.length).toBe(201);
    const again = column.findIndex((isSeen, row) => row > middle + 32 && isSeen) - middle;
    // Similar triangles: (20 − 8) / 30.5 = (20 − 1.6) / x.
    expect(Math.abs(again - (18.4 * 30.5) / 12)).toBeLessThanOrEqual(1.5);
    expect(column.slice(0, middle + 29).every(Boolean)).toBe(true);
  });

  it('only shrinks when a building is added', () => {
    const street = sampleStreet({ houses: 30, sizeM: 120, seed: 'viewshed' });
    expect(seenFrom(5, 100, ...street).seenM2).toBeLessThanOrEqual(
      seenFrom(5, 100, ...street.slice(1)).seenM2,
    );
  });
});

describe('a section', () => {
  it('cuts a roof at its heights and tells whose it is; open ground stays bare', () => {
    const block = blockAt('hall', [E + 20, N - 5], [10, 10], 6, 70);
    const stations = section([E, N], [E + 50, N], [block], undefined);
    expect(stations.length).toBe(101);
    expect(
      stations
        .filter(({ building }) => building === 'hall')
        .map(({ m, roofM }) => [Math.round(m * 100) / 100, roofM]),
    ).toEqual(Array.from({ length: 20 }, (_, n) => [20 + n / 2, 76]));
    expect(stations[0]).toEqual({ m: 0, groundM: 70, roofM: null, building: null });
  });

  it('shows what a scenario adds, and is refused when it is too long', () => {
    const tower = blockAt('tower', [E + 20, N - 5], [10, 10], 40, 70);
    const facts = {
      before: [],
      after: [tower],
      edited: [{ id: 'tower', maxHeightM: null }],
      groundM: [70, 70, 70],
    };
    const asked = (to: number) =>
      viewParametersSchema.parse({
        viewsheds: [{ at: [E, N], radiusM: 60 }],
        sections: [{ from: { at: [E, N] }, to: { at: [E + to, N] } }],
      });
    const result = VIEWS.run(facts, asked(50), UNWATCHED);
    expect(VIEWS.result.parse(result)).toEqual(result);
    const [cut] = result.sections;
    expect(cut?.stations.find(({ m }) => m === 25)?.roofM).toEqual({ before: null, after: 110 });
    expect([cut?.lengthM, cut?.highestM, cut?.lowestM]).toEqual([50, 110, 70]);
    const [seen] = result.viewsheds;
    expect(seen?.seenM2.after).toBeLessThan(seen?.seenM2.before ?? 0);
    expect(() => VIEWS.run(facts, asked(4_000), UNWATCHED)).toThrow('from 1 to 3000 m');
  });
});
