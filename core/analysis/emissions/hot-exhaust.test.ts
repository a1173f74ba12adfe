import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../../../test/support/shared-data.ts';
import { FLEET, POLLUTANTS } from './emission-factors.ts';
import { exhaustGPerH, hotFactor } from './hot-exhaust.ts';

describe('exhaust of a stretch of road', () => {
  it('counts vehicles and length, and shares of the fleet sum up to one', () => {
    const once = exhaustGPerH({ carPerH: 100, truckPerH: 10, speedKmH: 40, lengthM: 500 });
    const thrice = exhaustGPerH({ carPerH: 300, truckPerH: 30, speedKmH: 40, lengthM: 1000 });
    for (const name of [...POLLUTANTS, 'CO2'] as const) expect(thrice[name]).toBeCloseTo(6 * once[name], 9);
    for (const kind of ['car', 'truck']) {
      const parts = FLEET.filter(({ vehicle }) => vehicle === kind);
      expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  });
});

describe('carbon dioxide', () => {
  it('of a car in town is that of its fuel: 6 to 9 litres on 100 km at 30 km/h', () => {
    const { CO2 } = exhaustGPerH({ carPerH: 1, truckPerH: 0, speedKmH: 30, lengthM: 1000 });
    // A litre of petrol gives 2.3 kg of it, one of diesel 2.6 kg, one of LPG 1.6 kg.
    expect(CO2).toBeGreaterThan(6 * 23);
    expect(CO2).toBeLessThan(9 * 24);
  });
});

describeWithSharedData('hot factors of EMEP/EEA', () => {
  const file = sharedData('emissions/emep-eea-hot-flat-road.csv');
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const names = head.trim().split(',');
  const rows = lines.map((line) =>
    Object.fromEntries(
      line
        .trim()
        .split(',')
        .map((cell, at) => [names[at] ?? '', cell]),
    ),
  );
  const of = (row: Record<string, string>, name: string) => Number(row[name]);

  it('give every published value at its check speed, 11,300 rows', () => {
    const wrong = rows.filter((row) => {
      const factor = {
        minKmH: of(row, 'MinSpeed_kmh'),
        maxKmH: of(row, 'MaxSpeed_kmh'),
        above: [of(row, 'Alpha'), of(row, 'Beta'), of(row, 'Gamma'), of(row, 'Delta')] as const,
        below: [of(row, 'Epsilon'), of(row, 'Zita'), of(row, 'Hta')] as const,
        reduction: of(row, 'ReductionFactor_perc'),
      };
      const published = of(row, 'EF_at_CheckSpeed_gkm_or_MJkm');
      const made = hotFactor(factor, of(row, 'CheckSpeed_kmh'));
      return !(Math.abs(made - published) <= 1e-9 + 1e-6 * Math.abs(published));
    });
    expect(rows.length).toBe(11_300);
    expect(wrong).toEqual([]);
  });

  it('are those of the fleet', () => {
    for (const { name, factors, energy } of FLEET) {
      for (const pollutant of [...POLLUTANTS, 'EC'] as const) {
        const row = rows.find(
          (each) =>
            ['Category', 'Fuel', 'Segment', 'EuroStandard', 'Technology']
              .map((key) => each[key])
              .join('|') === name &&
            each['Pollutant'] === pollutant &&
            each['Mode'] === '',
        );
        const speed = Number(row?.['CheckSpeed_kmh']);
        expect(hotFactor(pollutant === 'EC' ? energy : factors[pollutant], speed)).toBeCloseTo(
          Number(row?.['EF_at_CheckSpeed_gkm_or_MJkm']),
          9,
        );
      }
    }
  });
});
