import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../../../test/support/shared-data.ts';
import {
  CNOSSOS_2021,
  NOISE_CATEGORIES,
  type NoiseCategory,
  type NoiseCoefficients,
} from './noise-coefficients.ts';
import { COARSE_VECTORS, FAULTY_VECTORS, PASSED_VECTORS, VECTOR_TOLERANCE_DB } from './published-cases.ts';
import { aWeighted, decibels, type NoisyRoad, power, roadEmission } from './road-emission.ts';

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
  type Row = Readonly<Record<string, string>>;
  const rows: readonly Row[] = lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, at) => [names[at], cell])),
  );
  const roadOf = (row: Row): NoisyRoad => {
    const number = (name: string) => Number(row[name]);
    const of = (prefix: string) => ({
      perH: number(`${prefix}_per_hour`),
      speedKmH: number(`${prefix}_speed`),
    });
    return {
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
  };
  const octaveOf = (row: Row) => [63, 125, 250, 500, 1000, 2000, 4000, 8000].indexOf(Number(row['freq_hz']));
  const missDb = (row: Row, levels: readonly number[]) => {
    const octave = octaveOf(row);
    const level = octave < 0 ? aWeighted(levels) : (levels[octave] ?? Number.NaN);
    return Math.abs(level - Number(row['expected_dB']));
  };
  const of2015 = published('RoadCnossos_2015.json');
  const rowsOf = (name: string) => rows.filter((row) => row['case'] === name);
  const vectors = [...new Set(rows.map((row) => row['case'] ?? ''))];

  it('lists as met the vectors that it meets, and no others', () => {
    const met = vectors.filter((name) =>
      rowsOf(name).every((row) => {
        const tolerance = Number(row['tolerance_dB']);
        expect(tolerance).toBe(COARSE_VECTORS.includes(name) ? 0.1 : VECTOR_TOLERANCE_DB);
        return missDb(row, roadEmission(roadOf(row), of2015)) <= tolerance;
      }),
    );
    expect(met).toEqual(PASSED_VECTORS);
    expect(vectors.filter((name) => !met.includes(name))).toEqual(FAULTY_VECTORS.map(({ name }) => name));
  });

  it('finds the vector of both ways on a slope to be made with a fault: rolling corrected in place of propulsion', () => {
    const silent = (part: 'ar' | 'ap'): NoiseCoefficients => {
      const { light } = of2015.vehicles;
      return {
        ...of2015,
        vehicles: { ...of2015.vehicles, light: { ...light, [part]: light[part].map(() => -999) } },
      };
    };
    for (const row of rowsOf('CnossosEmissionTestwithSlope')) {
      const octave = octaveOf(row);
      const levelOf = (slopePct: number, coefficients: NoiseCoefficients) =>
        roadEmission({ ...roadOf(row), slopePct, slopeIs: 'directed' }, coefficients)[octave] ?? Number.NaN;
      const [down, up] = [-15, 15].map((slopePct) => levelOf(slopePct, silent('ar'))) as [number, number];
      const rolling = levelOf(-15, silent('ap'));
      const faulty = decibels(power(down) + (power(rolling) + power(rolling + up - down)) / 2);
      expect(Math.abs(faulty - Number(row['expected_dB']))).toBeLessThanOrEqual(VECTOR_TOLERANCE_DB);
      // As the directive has it: half of the vehicles down, half up, each with its own propulsion.
      const asLaw = decibels((power(down) + power(up)) / 2 + power(rolling));
      expect(roadEmission(roadOf(row), of2015)[octave]).toBeCloseTo(asLaw, 9);
    }
  });

  it('has the coefficients of the directive in force', () => {
    const { vehicles } = published('RoadCnossos_2020.json');
    for (const name of NOISE_CATEGORIES) expect(vehicles[name]).toMatchObject(CNOSSOS_2021.vehicles[name]);
  });
});
