import { describe, expect, it } from 'vitest';
import { transformBetween } from '../geo/crs.ts';
import { generateDemoCity } from './generate.ts';
import { demoSensors, LAST_DEMO_SENSOR } from './sensors.ts';

const city = generateDemoCity({ size: 'district', seed: 1 });
const sensors = demoSensors(city);
const HOUR_MS = 3_600_000;
const WORKDAY = Date.UTC(2026, 5, 3);

describe('the sensors of the demo city', () => {
  it('stand within the town, each in a place of its own, labelled synthetic', () => {
    const [minE, minN, maxE, maxN] = city.extent;
    const places = sensors.map(({ thing }) => {
      const [location] = thing.locations;
      const [lon = 0, lat = 0] = location?.location.coordinates ?? [];
      const [e, n] = transformBetween(4326, 2177)([lon, lat]);
      expect([thing.name, e > minE && e < maxE && n > minN && n < maxN]).toEqual([thing.name, true]);
      expect(thing.properties['synthetic']).toBe(true);
      return `${Math.round(e / 2)} ${Math.round(n / 2)}`;
    });
    expect(new Set(places).size).toBe(sensors.length);
    const kinds = sensors.map(({ thing }) => thing.properties['kind']);
    const counts = ['air', 'traffic', 'bicycle', 'water', 'meter', 'parking', 'junction'].map(
      (kind) => kinds.filter((one) => one === kind).length,
    );
    expect(counts).toEqual([5, 4, 3, 1, 6, 10, 3]);
    expect(new Set(sensors.map(({ thing }) => thing.externalId)).size).toBe(sensors.length);
    expect(sensors.at(-1)?.thing.externalId).toBe(`demo-district-1/${LAST_DEMO_SENSOR}`);
  });

  it('are tied to buildings that stand in the register and in 3D, and to bays', () => {
    const named = (property: string) => sensors.flatMap(({ thing }) => thing.properties[property] ?? []);
    const [registered, modelled, bays] = [new Set<unknown>(), new Set<unknown>(), new Set<unknown>()];
    for (const { layer, id, properties } of city.features) {
      if (layer === 'buildings') registered.add(id);
      if (layer === 'buildings_3d') modelled.add(properties['building_id']);
      if (layer === 'parking_bays' && properties['monitored'] === true) bays.add(id);
    }
    expect(named('building').filter((id) => registered.has(id) && modelled.has(id))).toHaveLength(6);
    expect(named('bay').filter((id) => bays.has(id))).toHaveLength(10);
  });

  it('measure the same at the same moment, and change smoothly through midnight', () => {
    const again = demoSensors(city);
    for (const [n, { streams }] of sensors.entries()) {
      for (const [m, { valueAt }] of streams.entries()) {
        expect(again[n]?.streams[m]?.valueAt(WORKDAY)).toBe(valueAt(WORKDAY));
        const day = Array.from({ length: 24 * 60 }, (_, minute) => valueAt(WORKDAY + minute * 60_000));
        const range = Math.max(...day) - Math.min(...day);
        const steps = day.slice(1).map((value, minute) => Math.abs(value - (day[minute] ?? value)));
        expect(Math.max(...steps)).toBeLessThanOrEqual(Math.max(1, 0.12 * range));
      }
    }
  });

  it('count more cars in the rush than at night, and fewer on a Sunday', () => {
    const traffic = sensors.find(({ thing }) => thing.properties['kind'] === 'traffic');
    const cars = (timeMs: number) => traffic?.streams[0]?.valueAt(timeMs) ?? 0;
    const rush = cars(WORKDAY + 15 * HOUR_MS);
    expect(rush).toBeGreaterThan(4 * cars(WORKDAY + 2 * HOUR_MS));
    expect(rush).toBeGreaterThan(1.3 * cars(WORKDAY + 4 * 24 * HOUR_MS + 15 * HOUR_MS));
  });
});
