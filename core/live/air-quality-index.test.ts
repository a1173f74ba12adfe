import { describe, expect, it } from 'vitest';
import { AIR_POLLUTANTS, pollutantClass, stationClass } from './air-quality-index.ts';
import { sensorKind } from './sensor-kinds.ts';

describe('the Polish air quality index', () => {
  it('puts a value on a bound into the better class, and a tenth above it into the worse', () => {
    for (const { kind, bounds } of AIR_POLLUTANTS) {
      expect([kind, bounds.map((bound) => pollutantClass(kind, bound)?.class)]).toEqual([
        kind,
        [1, 2, 3, 4, 5],
      ]);
      expect([kind, bounds.map((bound) => pollutantClass(kind, bound + 0.1)?.class)]).toEqual([
        kind,
        [2, 3, 4, 5, 6],
      ]);
      expect(pollutantClass(kind, 0)?.class).toBe(1);
      expect(sensorKind(kind)?.unit.ucum).toBe('ug/m3');
    }
    expect(pollutantClass('pm10', 20.04)?.class).toBe(1);
    expect(pollutantClass('pm10', 20.06)?.class).toBe(2);
    expect(pollutantClass('noise', 20)).toBeUndefined();
  });

  it('says where its sources disagree', () => {
    expect(pollutantClass('pm2.5', 78)).toEqual({ class: 4, isDisputed: true });
    expect(pollutantClass('pm2.5', 75)).toEqual({ class: 4, isDisputed: false });
    expect(pollutantClass('o3', 65)).toEqual({ class: 2, isDisputed: true });
    expect(pollutantClass('pm10', 78)).toEqual({ class: 3, isDisputed: false });
  });

  it('is that of the worst pollutant, and sure when one of the worst is sure', () => {
    const [good, bad, doubtful] = [
      { class: 2, isDisputed: false },
      { class: 5, isDisputed: false },
      { class: 5, isDisputed: true },
    ] as const;
    expect(stationClass([])).toBeUndefined();
    expect(stationClass([good, doubtful])).toEqual(doubtful);
    expect(stationClass([doubtful, good, bad])).toEqual(bad);
  });
});
