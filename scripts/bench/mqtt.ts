/**
 * Observations one by one over MQTT at QoS 1, through the broker within: `tsx scripts/bench/mqtt.ts [messages] [clients]`.
 * Needs a built product and DATABASE_URL of an empty database, or makes a private one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { freePort, startService, stopService } from '../../test/support/product.ts';

const [messages = 20_000, clients = 8] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'blizniak-bench-mqtt-'));
const port = await freePort();
const { DATABASE_URL } = process.env;
const service = await startService(
  {
    env: {
      DATA_DIR: folder,
      MQTT_PORT: String(port),
      MQTT_MESSAGES_PER_S: '1000000',
      LOG_LEVEL: 'warn',
      ...(DATABASE_URL !== undefined && { DATABASE_URL }),
    },
  },
  180_000,
);
try {
  const password = /password (\S+)/.exec(service.output())?.[1] ?? '';
  const THING = {
    name: 'Bench',
    description: 'Bench',
    Datastreams: [
      {
        name: 'PM10',
        description: 'PM10',
        observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
        unitOfMeasurement: { name: 'µg/m³', symbol: 'µg/m³', definition: 'ucum:ug/m3' },
        Sensor: { name: 'X', description: 'x', encodingType: 'text/html', metadata: 'x' },
        ObservedProperty: { name: 'PM10', definition: 'https://example.org', description: 'x' },
      },
    ],
  };
  await fetch(`${service.url}/sta/v1.1/Things`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`staff:${password}`).toString('base64')}` },
    body: JSON.stringify(THING),
  });
  const senders = await Promise.all(
    Array.from({ length: clients }, () =>
      connectAsync(`mqtt://127.0.0.1:${port}`, { username: 'staff', password }),
    ),
  );
  const startMs = Date.UTC(2026, 0, 1);
  const delaysMs: number[] = [];
  let next = 0;
  /** Each client has so many messages on the way, as MQTT libraries of devices do. */
  const IN_FLIGHT = 20;
  const begun = performance.now();
  await Promise.all(
    senders.flatMap((sender) =>
      Array.from({ length: IN_FLIGHT }, async () => {
        while (next < messages) {
          const n = next++;
          const phenomenonTime = new Date(startMs + n * 1000).toISOString();
          const sentMs = performance.now();
          await sender.publishAsync(
            'v1.1/Datastreams(1)/Observations',
            JSON.stringify({ phenomenonTime, result: n }),
            {
              qos: 1,
            },
          );
          delaysMs.push(performance.now() - sentMs);
        }
      }),
    ),
  );
  const seconds = (performance.now() - begun) / 1000;
  const sorted = delaysMs.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  process.stdout.write(
    `MQTT QoS 1, ${messages} observations one by one, ${clients} clients: ${Math.round(messages / seconds)} /s acknowledged after commit; p50 ${at(0.5)} ms, p95 ${at(0.95)} ms\n`,
  );
  await Promise.all(senders.map((sender) => sender.endAsync()));
} finally {
  await stopService(service);
  rmSync(folder, { recursive: true, force: true });
}
