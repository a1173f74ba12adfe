import { expect, it } from 'vitest';
import { randomOf } from '../../demo-city/random.ts';
import { takeAirlyMeasurements } from './airly.ts';
import { takeChirpstack } from './chirpstack.ts';
import { DECODERS } from './decoders/decoder.ts';
import { giosPosts, giosStations, takeGiosValues } from './gios.ts';
import { decode } from './lorawan-uplink.ts';
import { takeMapped } from './mapping.ts';
import { type Taken, UnreadablePayload } from './reading.ts';
import { takeSensorCommunity } from './sensor-community.ts';
import { takeThingsStack } from './things-stack.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const POST = { id: '1', stationId: '2', code: 'pm10' };
const mapping = (format: 'json' | 'csv') =>
  ({ format, device: 'id', time: 't', values: [{ path: 'v', code: 'pm10' }] }) as const;

/** A sound message of each adapter, to be bent. */
const ADAPTERS: Readonly<Record<string, readonly [sound: string, take: (text: string) => unknown]>> = {
  chirpstack: [
    '{"time":"2026-06-01T10:00:00Z","deviceInfo":{"devEui":"1000000000000001","tags":{}},"fPort":85,"data":"AQDiAikEACcFBgYDCAcNYg==","rxInfo":[{"rssi":-3,"snr":1}],"object":{"a":1}}',
    (text) => takeChirpstack(text, { model: 'elsys-ers' }),
  ],
  'things-stack': [
    '{"end_device_ids":{"dev_eui":"1000000000000001"},"uplink_message":{"received_at":"2026-06-01T10:00:00Z","f_port":2,"frm_payload":"ARI=","rx_metadata":[{"rssi":-1}]}}',
    (text) => takeThingsStack(text, { model: 'bosch-parking' }),
  ],
  'gios values': [
    '{"Lista danych pomiarowych":[{"Kod stanowiska":"a","Data":"2025-07-04 15:00:00","Wartość":0.6}]}',
    (text) => takeGiosValues(text, POST),
  ],
  'gios lists': [
    '{"Lista stacji pomiarowych":[{"Identyfikator stacji":1}],"Lista stanowisk pomiarowych dla podanej stacji":[{"Identyfikator stanowiska":1}]}',
    (text) => [giosStations(text), giosPosts(text)],
  ],
  airly: [
    '{"current":{"fromDateTime":"2019-02-13T21:00:00Z","tillDateTime":"2019-02-13T22:00:00Z","values":[{"name":"PM25","value":26.6}]},"history":[],"forecast":[{}]}',
    (text) => takeAirlyMeasurements(text, '204', NOW),
  ],
  'sensor community': [
    '[{"timestamp":"2019-04-25 01:51:12","location":{"latitude":"1"},"sensor":{"id":2},"sensordatavalues":[{"value":"1","value_type":"P1"}]}]',
    takeSensorCommunity,
  ],
  'mapped json': [
    '[{"id":1,"t":"2026-06-01T10:00:00Z","v":1}]',
    (text) => takeMapped(text, mapping('json'), 'a/b', NOW),
  ],
  'mapped csv': [
    'id,t,v\n1,2026-06-01T10:00:00Z,5\n',
    (text) => takeMapped(text, mapping('csv'), 'a/b', NOW),
  ],
};

const STRANGE = [
  'null',
  '[]',
  '{}',
  '"\\u0000"',
  '1e999',
  '-0',
  '__proto__',
  '\u202e',
  '9'.repeat(400),
  '[[[[',
  'constructor',
];

it.each(Object.entries(ADAPTERS))(
  '%s: whatever comes, it is taken or refused in words',
  (_, [sound, take]) => {
    const random = randomOf(6);
    const any = (below: number) => Math.floor(random.next() * below);
    for (let round = 0; round < 3_000; round++) {
      let text = sound;
      for (let bends = 0; bends <= any(4); bends++) {
        const at = any(text.length + 1);
        const kind = any(4);
        if (kind === 0) text = text.slice(0, at);
        else if (kind === 1) text = text.slice(0, at) + String.fromCharCode(any(0x250)) + text.slice(at + 1);
        else if (kind === 2) text = text.slice(0, at) + text.slice(at + any(20));
        else
          text = text.replace(/"[^"]*"|\d+/g, (token) =>
            any(8) === 0 ? (STRANGE[any(STRANGE.length)] ?? '') : token,
          );
      }
      try {
        const taken = take(text);
        if (typeof taken === 'object' && taken !== null && 'readings' in taken) expectSound(taken as Taken);
      } catch (error) {
        expect(error, text).toBeInstanceOf(UnreadablePayload);
      }
    }
  },
);

it('no bytes of a device break its decoder, nor make what is no value', () => {
  const random = randomOf(7);
  for (const model of Object.keys(DECODERS)) {
    for (let round = 0; round < 3_000; round++) {
      const bytes = Buffer.from(
        Array.from({ length: Math.floor(random.next() * 40) }, () => Math.floor(random.next() * 256)),
      );
      const port = Math.floor(random.next() * 5);
      try {
        const { values } = decode({ data: bytes.toString('base64'), port }, model);
        for (const value of Object.values(values))
          expect(typeof value === 'number' && Number.isNaN(value)).toBe(false);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }
  }
});

/** What the store can keep: finite numbers, real moments, text without null characters. */
function expectSound({ readings, devices, problems }: Taken): void {
  for (const { device, time, end, value } of readings) {
    expect(Number.isNaN(time.getTime()) || Number.isNaN(end?.getTime() ?? 0)).toBe(false);
    if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
    else expect(String(value)).not.toContain('\0');
    expect(device).not.toContain('\0');
  }
  for (const { name = '', id } of devices) expect(name + id).not.toContain('\0');
  expect(problems.every((problem) => typeof problem === 'string')).toBe(true);
}
