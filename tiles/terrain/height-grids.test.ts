import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { type HeightShift, heightShift } from '../../core/geo/height-systems.ts';
import { describeWithSharedData, sharedData } from '../../test/support/shared-data.ts';
import { readHeightGrids } from './height-grids.ts';

const FOLDER = sharedData('terrain', 'geoid');
const PLACES = 400;
const HEIGHT_M = 75;

/** Spread over the land of Poland, away from its borders, seldom on a node. */
const places = Array.from({ length: PLACES }, (_, n): [number, number] => [
  16 + ((n * 0.754877666) % 1) * 6,
  50.6 + ((n * 0.569840291) % 1) * 3,
]);

/** From PL-EVRF2007-NH up to the ellipsoid, and down to PL-KRON86-NH. */
function byProj(): readonly number[] {
  const grid = (system: string) =>
    `+proj=vgridshift +grids=${FOLDER}/pl_gugik_geoid2011-PL-${system}-NH.tif +multiplier=1`;
  const turned = (from: string, to: string) => `+step +proj=unitconvert +xy_in=${from} +xy_out=${to}`;
  const pipeline = `+proj=pipeline ${turned('deg', 'rad')} +step ${grid('EVRF2007')} +step +inv ${grid('KRON86')} ${turned('rad', 'deg')}`;
  const input = places.map(([lon, lat]) => `${lon} ${lat} ${HEIGHT_M}`).join('\n');
  return execFileSync('gdaltransform', ['-ct', pipeline], { input, encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => Number(line.split(' ')[2]));
}

const worst = (shift: HeightShift, told: readonly number[]): number =>
  Math.max(
    ...places.map(([lon, lat], n) => Math.abs(HEIGHT_M + shift.shiftM(lon, lat) - (told[n] ?? Number.NaN))),
  );

describeWithSharedData('the way to PL-KRON86-NH', () => {
  it('is that of PROJ on the same grids to a millimetre, and the other way round is none', async () => {
    const shift = await readHeightGrids(FOLDER);
    const told = byProj();
    expect(told).toHaveLength(PLACES);
    expect(worst(shift, told)).toBeLessThan(0.001);
    const none = { model: '', undulationM: () => 0 };
    const turned = heightShift(shift.to, '', none, { model: '', undulationM: shift.shiftM });
    expect(worst(turned, told)).toBeGreaterThan(0.2);
  });

  it('is not known beyond the grids, nor where they have no value', async () => {
    const shift = await readHeightGrids(FOLDER);
    expect(shift.shiftM(16.93, 52.41)).toBeCloseTo(34.9417 - 35.1053, 4);
    expect(shift.shiftM(13.4, 52.5)).toBeNaN();
    expect(shift.shiftM(14.1, 49.1)).toBeNaN();
  });

  it('says which files a folder lacks, and where they are had', async () => {
    await expect(readHeightGrids(sharedData('terrain'))).rejects.toThrow(
      /pl_gugik_geoid2011-PL-EVRF2007-NH\.tif is not there; HEIGHT_GRIDS must hold .*KRON86-NH\.tif .*cdn\.proj\.org/,
    );
  });
});
