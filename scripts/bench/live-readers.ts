/**
 * A process of its own that follows the events of a service over many connections: `tsx live-readers.ts URL COUNT`.
 * Tells `ready` when all are connected; on SIGTERM one line of JSON: how long after its time each value came to each
 * reader (values bear the time at which they were sent), and what reading cost.
 */
import { connect } from 'node:net';

const [url = '', count = '1'] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const MARK = '"phenomenonTime":"';
const delaysMs: number[] = [];
let connected = 0;
let lost = 0;

for (let n = 0; n < Number(count); n++) {
  const socket = connect(Number(port), hostname);
  socket.setEncoding('latin1');
  let isGreeted = false;
  socket.on('data', (chunk: unknown) => {
    const text = String(chunk);
    const nowMs = Date.now();
    if (!isGreeted && text.includes('event: status')) {
      isGreeted = true;
      if (++connected === Number(count)) process.stdout.write('ready\n');
    }
    for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + 1)) {
      delaysMs.push(nowMs - Date.parse(text.slice(at + MARK.length, text.indexOf('"', at + MARK.length))));
    }
  });
  socket.on('error', () => lost++);
  socket.on('close', () => lost++);
  socket.write(`GET /events HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
}

process.once('SIGTERM', () => {
  const sorted = Float64Array.from(delaysMs).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const { user, system } = process.cpuUsage();
  const told = { values: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1), lost };
  process.stdout.write(`${JSON.stringify({ ...told, cpuS: (user + system) / 1e6 })}\n`, () =>
    process.exit(0),
  );
});
