import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../../../test/support/shared-data.ts';
import { generateDemoCity } from '../../demo-city/generate.ts';
import { demoTransit } from '../../demo-city/transit.ts';
import { demoTraffic } from '../../demo-city/transit-day.ts';
import { metresBetween } from '../../transit/plausible.ts';
import { readRealtimeFeed, writeRealtimeFeed } from './gtfs-realtime.ts';
import { UnreadablePayload } from './reading.ts';

const read = async (name: string) => readRealtimeFeed(await readFile(sharedData('mobility/gtfs-rt', name)));
const vehicle = (vehicleId: string, minute: number) => ({
  vehicleId,
  tripId: 't',
  routeId: null,
  serviceDay: '2026-06-01',
  lonLat: [16.93, 52.41] as const,
  bearingDeg: 90,
  speedKmH: 18,
  at: new Date(Date.UTC(2026, 5, 1, 8, minute)),
});

it('reads what it wrote', () => {
  const feed = {
    at: new Date('2026-06-01T08:30:00Z'),
    vehicles: [vehicle('a', 29), { ...vehicle('b', 30), bearingDeg: null, speedKmH: null }],
    trips: [
      {
        tripId: 't',
        serviceDay: '2026-06-01',
        cancelled: false,
        at: new Date('2026-06-01T08:29:00Z'),
        stops: [{ sequence: 3, stopId: 'S', delayS: -20, time: null }],
      },
    ],
  };
  expect(readRealtimeFeed(writeRealtimeFeed(feed))).toEqual({ ...feed, alerts: [], problems: [] });
});

it('keeps the newer of two reports of one vehicle, and says that there were two', () => {
  const at = new Date('2026-06-01T08:30:00Z');
  const bytes = writeRealtimeFeed({ at, trips: [], vehicles: [vehicle('a', 29), vehicle('a', 25)] });
  const { vehicles, problems } = readRealtimeFeed(bytes);
  expect(vehicles).toEqual([vehicle('a', 29)]);
  expect(problems).toEqual(['entity v-a: vehicle a is told of twice']);
});

it('refuses rubbish by name and never breaks on it', () => {
  const whole = writeRealtimeFeed({
    at: new Date('2026-06-01T08:30:00Z'),
    trips: [],
    vehicles: [vehicle('a', 29), vehicle('b', 28)],
  });
  let state = 7;
  const chance = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
  let refused = 0;
  for (let round = 0; round < 2_000; round++) {
    const bytes = whole.slice(0, round % 3 === 0 ? chance(whole.length) : whole.length);
    for (let hit = 0; hit < 3; hit++) bytes[chance(Math.max(1, bytes.length))] = chance(256);
    try {
      for (const { lonLat } of readRealtimeFeed(bytes).vehicles) {
        expect(Math.abs(lonLat[0]) <= 180 && Math.abs(lonLat[1]) <= 90).toBe(true);
      }
    } catch (error) {
      expect(error).toBeInstanceOf(UnreadablePayload);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(100);
  expect(() => readRealtimeFeed(new TextEncoder().encode('<html>503</html>'))).toThrow(UnreadablePayload);
  expect(() => readRealtimeFeed(new Uint8Array())).toThrow(UnreadablePayload);
});

it('has vehicles of the demo city on their lines at every hour, never faster than they can', () => {
  const transit = demoTransit(generateDemoCity({ size: 'district', seed: 1 }).skeleton);
  // A Monday, the night in which clocks go back included.
  for (const begin of ['2026-06-01T00:00:00Z', '2026-10-25T00:00:00Z']) {
    const before = new Map<string, readonly [number, number]>();
    const inHour = new Map<number, number>();
    for (let minute = 0; minute < 24 * 60; minute++) {
      const at = new Date(Date.parse(begin) + minute * 60_000);
      const { vehicles } = demoTraffic(transit, 1, at);
      inHour.set(Math.floor(minute / 60), (inHour.get(Math.floor(minute / 60)) ?? 0) + vehicles.length);
      expect(new Set(vehicles.map(({ vehicleId }) => vehicleId)).size).toBe(vehicles.length);
      for (const { vehicleId, lonLat } of vehicles) {
        const last = before.get(vehicleId);
        if (last) expect(metresBetween(last, lonLat), `${vehicleId} ${at.toISOString()}`).toBeLessThan(1000);
      }
      before.clear();
      for (const { vehicleId, lonLat } of vehicles) before.set(vehicleId, lonLat);
    }
    expect(Math.min(...inHour.values())).toBeGreaterThan(30);
  }
});

describeWithSharedData('feeds of others', () => {
  it('give the positions and delays that their decoded form has', async () => {
    const positions = await read('ct-vehicle-positions.pb');
    expect(positions.problems).toEqual([]);
    const decoded = JSON.parse(
      await readFile(sharedData('mobility/gtfs-rt/ct-vehicle-positions.pb.json'), 'utf8'),
    ) as {
      entity: { vehicle: { vehicle: { id: string }; position: { latitude: number }; timestamp: string } }[];
    };
    expect(
      positions.vehicles.map(({ vehicleId, lonLat: [, lat], at }) => [
        vehicleId,
        Math.round(lat * 1e5),
        at.getTime() / 1000,
      ]),
    ).toEqual(
      decoded.entity.map(({ vehicle: { vehicle: v, position, timestamp } }) => [
        v.id,
        Math.round(position.latitude * 1e5),
        Number(timestamp),
      ]),
    );
    const { trips } = await read('ct-trip-updates.pb');
    expect(trips[0]).toMatchObject({ tripId: '124', serviceDay: '2023-11-07', cancelled: false });
    expect(trips[0]?.stops[1]).toEqual({
      sequence: 21,
      stopId: '70242',
      delayS: null,
      time: new Date(1699405801_000),
    });
  });

  it('give alerts in both languages, and nothing for an empty feed', async () => {
    const { alerts } = await read('bart-alerts.pb');
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.header.en).toMatch(/^There is a major delay at Montgomery/);
    expect(alerts[0]).toMatchObject({ effect: 'SIGNIFICANT_DELAYS', header: { pl: alerts[0]?.header.en } });
    expect(alerts[0]?.description.en).toBe('');
    expect((await read('ct-service-alerts.pb')).alerts).toEqual([]);
    await expect(read('invalid.pb')).rejects.toThrow(UnreadablePayload);
  });
});
