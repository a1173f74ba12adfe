import { expect, it } from 'vitest';
import type { WireDatastream, WireSensor } from '../../core/wire/live.ts';
import { arrived, nowMs, sensors, takeObservations } from './live-state.ts';

const streamOf = (id: number, method: WireDatastream['method']) =>
  ({ id, method, latest: null }) as WireDatastream;
const at = (aheadMs: number) => new Date(nowMs.peek() + aheadMs).toISOString();
const valued = (datastream: number, aheadMs: number) => ({
  datastream,
  phenomenonTime: at(aheadMs),
  result: aheadMs,
  receivedAt: at(0),
});

it('takes what a forecast says of later for no latest value, and of now and of measurements everything', () => {
  sensors.value = [
    { datastreams: [streamOf(1, 'measured'), streamOf(2, 'forecast')] } as unknown as WireSensor,
  ];
  const [fast, now, later] = [valued(1, 30_000), valued(2, -1_000), valued(2, 3_600_000)];
  expect(takeObservations([fast, now, later])).toBe(false);
  expect(sensors.value[0]?.datastreams.map(({ latest }) => latest)).toEqual([fast, now]);
  expect(arrived.value).toEqual([fast, now]);
});
