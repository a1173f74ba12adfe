import { describe, expect, it } from 'vitest';
import { generateDemoCity } from '../demo-city/generate.ts';
import { demoSensors } from '../demo-city/sensors.ts';
import { SENSOR_KINDS, sensorKindOf } from './sensor-kinds.ts';

describe('the kinds of sensors', () => {
  it('are called by names that no two share', () => {
    const names = SENSOR_KINDS.flatMap(({ code, definition, alsoCalled }) => [
      ...new Set([code, definition, ...alsoCalled].map((name) => name.toLowerCase())),
    ]);
    expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
  });

  it('have limits that make sense: thresholds within the range and left on the safe side', () => {
    for (const { code, range, thresholds, spike, flatLine, neighbours, expectedIntervalS } of SENSOR_KINDS) {
      const [min, max] = range;
      const said = thresholds.filter(
        ({ enter, leave, direction }) =>
          enter >= min && enter <= max && (direction === 'above' ? leave < enter : leave > enter),
      );
      expect([code, said.length]).toEqual([code, thresholds.length]);
      expect([code, spike === undefined || spike.jump < max - min]).toEqual([code, true]);
      // Fewer than four equal values say nothing.
      expect([code, flatLine === undefined || flatLine.afterS >= 3 * expectedIntervalS]).toEqual([
        code,
        true,
      ]);
      expect([code, neighbours === undefined || neighbours.afterS >= expectedIntervalS]).toEqual([
        code,
        true,
      ]);
    }
  });

  it('know everything that the demo city measures, and tell cars from bicycles', () => {
    const kinds = demoSensors(generateDemoCity({ size: 'district', seed: 1 })).flatMap(({ thing, streams }) =>
      streams.map(({ measure }) => [thing.properties['kind'], sensorKindOf(measure.observedProperty)?.group]),
    );
    for (const [said, found] of kinds) expect(found).toBe(said);
  });

  it('follow what a property says of itself before its name', () => {
    const property = { name: 'PM10', definition: 'https://example.org/x', properties: { kind: 'noise' } };
    expect(sensorKindOf(property)?.code).toBe('noise');
    expect(
      sensorKindOf({ name: 'x', definition: 'http://dd.eionet.europa.eu/vocabulary/aq/pollutant/8' })?.code,
    ).toBe('no2');
    expect(sensorKindOf({ name: 'x', definition: 'y' })).toBeUndefined();
  });
});
