/**
 * Orders by the doors of a running service: `BASE_URL=http://127.0.0.1:8080 npm run bench:order-doors`, on a service that
 * holds a city. First a stretch of the town in each format alone: how large it was said to be and is, and how many objects
 * a second of the service's processor writes (with `SERVICE_PID`, else by the clock). Then small orders, 20 of each format:
 * when the first byte came and when the last.
 */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import {
  newOrderSchema,
  ORDER_FORMATS,
  type OrderEstimate,
  type OrderFormat,
} from '../../core/wire/order.ts';

const base = process.env['BASE_URL'];
if (base === undefined) throw new Error('Set BASE_URL to a service that holds a city');
const pid = process.env['SERVICE_PID'];
const wanted = (process.env['FORMATS']?.split(',') ?? ORDER_FORMATS) as readonly OrderFormat[];
/** PL-2000, the middle of the town. */
const [E, N] = (process.env['PLACE'] ?? '6426900,5809100').split(',').map(Number);
const SMALL_TURNS = 20;
const TOWN = ['parcels', 'boundary_points', 'buildings', 'addresses', 'control_points', 'roads', 'trees'];
const NETWORKS = ['utility_lines', 'utility_devices', 'utility_elevations'];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Layers that a format is ordered with: those that go into it. */
function layersFor(format: OrderFormat): readonly string[] {
  if (['citygml', 'cityjson', 'glb', 'ifc'].includes(format)) return ['buildings_3d'];
  if (format === 'txt') return ['boundary_points', 'control_points'];
  return [...TOWN, ...NETWORKS];
}

interface Taken {
  readonly bytes: number;
  readonly firstMs: number;
  readonly wholeMs: number;
  readonly cpuS: number;
}

async function take(order: object): Promise<Taken> {
  const cpu = cpuOf();
  const begun = performance.now();
  const reply = await fetch(`${base}/api/download`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-encoding': 'identity' },
    body: JSON.stringify(order),
  });
  if (reply.status !== 200 || !reply.body) throw new Error(await reply.text());
  let [bytes, firstMs] = [0, 0];
  for await (const chunk of reply.body) {
    if (bytes === 0) firstMs = performance.now() - begun;
    bytes += (chunk as Uint8Array).length;
  }
  return { bytes, firstMs, wholeMs: performance.now() - begun, cpuS: cpuOf() - cpu };
}

/** Processor time of the service so far, in seconds; without its number the clock. */
function cpuOf(): number {
  if (pid === undefined) return performance.now() / 1000;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function estimate(order: object): Promise<OrderEstimate> {
  const reply = await fetch(`${base}/api/orders/estimate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  if (reply.status !== 200) throw new Error(await reply.text());
  return (await reply.json()) as OrderEstimate;
}

const order = (area: object, format: OrderFormat, layers = layersFor(format)) =>
  newOrderSchema.omit({ profile: true }).parse({ area, layers, formats: [format] });
const placeOf = (e: number, n: number, radiusM: number) => ({
  kind: 'place',
  at: [e, n],
  srid: 2177,
  radiusM,
});
const share = (values: readonly number[], part: number): string =>
  ((values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? 0) / 1000).toFixed(2);
const loadNow = () => loadavg()[0]?.toFixed(1);

say(`Orders by the doors; ${cpus().length} × ${cpus()[0]?.model}, load ${loadNow()}`);
await take(order(placeOf(E ?? 0, N ?? 0, 50), 'csv'));
say(
  '| format | objects | bytes said | bytes made | made / said | bytes an object | s of processor | objects/s | load |',
);
say('|---|---|---|---|---|---|---|---|---|');
for (const format of wanted) {
  const asked = order(placeOf(E ?? 0, N ?? 0, format === 'pdf' ? 150 : 600), format);
  const said = await estimate(asked);
  const { bytes, cpuS } = await take(asked);
  const { objects } = said;
  say(
    `| ${format} | ${objects} | ${said.bytes} | ${bytes} | ${(bytes / said.bytes).toFixed(2)} | ${Math.round(bytes / objects)} | ${cpuS.toFixed(2)} | ${Math.round(objects / cpuS)} | ${loadNow()} |`,
  );
}
say('');
say('| small order | format | first byte p50, p95, s | last byte p50, p95, s | load |');
say('|---|---|---|---|---|');
for (const format of wanted) {
  const taken: Taken[] = [];
  for (let turn = 0; turn < SMALL_TURNS; turn++) {
    // Another place each time: nothing of it was read before.
    const [e, n] = [(E ?? 0) + 137 * (turn % 5) - 300, (N ?? 0) + 149 * Math.floor(turn / 5) - 300];
    taken.push(await take(order(placeOf(e, n, 65), format)));
  }
  const first = taken.map(({ firstMs }) => firstMs);
  const whole = taken.map(({ wholeMs }) => wholeMs);
  say(
    `| a parcel and 50 m | ${format} | ${share(first, 0.5)}, ${share(first, 0.95)} | ${share(whole, 0.5)}, ${share(whole, 0.95)} | ${loadNow()} |`,
  );
}
