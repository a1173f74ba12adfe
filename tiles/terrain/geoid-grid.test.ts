import { expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../../test/support/shared-data.ts';
import { EGM96 } from './egm96.ts';
import { readGeoidGrid } from './geoid-grid.ts';

const grid = (name: string) =>
  readGeoidGrid(sharedData('terrain', 'geoid', `pl_gugik_${name}-NH.tif`), name, EGM96);

describeWithSharedData('the geoid grids of GUGiK', () => {
  it.each([
    ['geoid2011-PL-EVRF2007', 34.9417],
    ['geoid2021-PL-EVRF2007', 34.953],
    ['geoid2011-PL-KRON86', 35.1053],
  ])('%s gives the control value of its README at a node', async (name, expected) => {
    expect((await grid(name)).undulationM(16.93, 52.41)).toBeCloseTo(expected, 4);
  });

  it('lies between its nodes where it is asked between them', async () => {
    const geoid = await grid('geoid2021-PL-EVRF2007');
    const [a, b, c, d] = [
      geoid.undulationM(16.93, 52.41),
      geoid.undulationM(16.94, 52.41),
      geoid.undulationM(16.93, 52.42),
      geoid.undulationM(16.94, 52.42),
    ];
    expect(geoid.undulationM(16.935, 52.415)).toBeCloseTo((a + b + c + d) / 4, 6);
    expect(geoid.undulationM(16.9325, 52.41)).toBeCloseTo(0.75 * a + 0.25 * b, 6);
    expect(a).not.toBe(b);
  });

  it('asks the other model beyond its edge', async () => {
    const geoid = await grid('geoid2021-PL-EVRF2007');
    expect(geoid.undulationM(2.35, 48.85)).toBe(EGM96.undulationM(2.35, 48.85));
    expect(geoid.undulationM(13, 56)).not.toBe(EGM96.undulationM(13, 56));
  });

  it('refuses a grid that is not in degrees', async () => {
    await expect(readGeoidGrid(sharedData('terrain', 'elev_vinschgau.tif'), 'x', EGM96)).rejects.toThrow(
      /EPSG:32632; it must be in degrees/,
    );
  });
});
