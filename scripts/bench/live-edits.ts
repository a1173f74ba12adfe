/**
 * From an edit of a building to its new 3D tile: `BASE_URL=… STAFF=name:password npm run bench:live-edits [edits]`, on a
 * service whose city may be changed. Each edit gives one building another state; then every tile of the set is asked for
 * with the validator that was known: how soon the building's own tile is another one, and how many others became so.
 */
import { cpus, loadavg } from 'node:os';
import { readTiles } from '../../test/support/read-tiles.ts';

const [base, staff] = [process.env['BASE_URL'], process.env['STAFF']];
if (base === undefined || staff === undefined) {
  throw new Error('Set BASE_URL to a service and STAFF to name:password');
}
const edits = Number(process.argv[2] ?? 100);
const folder = `${base}/tiles/3d/buildings`;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const etags = new Map<string, string>();
async function fetchBytes(uri: string): Promise<Uint8Array> {
  const reply = await fetch(`${folder}/${uri}`);
  if (!reply.ok) throw new Error(`${uri}: ${reply.status}`);
  if (uri.endsWith('.glb')) etags.set(uri, reply.headers.get('etag') ?? '');
  return new Uint8Array(await reply.arrayBuffer());
}

/** Whether a tile is another one than was known; then the new one is known. */
async function isNew(uri: string): Promise<boolean> {
  const reply = await fetch(`${folder}/${uri}`, { headers: { 'if-none-match': etags.get(uri) ?? '' } });
  await reply.arrayBuffer();
  if (reply.status !== 304) etags.set(uri, reply.headers.get('etag') ?? '');
  return reply.status === 200;
}

async function edit(building: string, turn: number): Promise<void> {
  const change = { op: 'state', building, state: 'under_construction', since: '2026-01-01', source: 'bench' };
  const reply = await fetch(`${base}/api/model/changes`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(staff ?? '').toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ id: `bench-${Date.now()}-${turn}`, changes: [change] }),
  });
  if (!reply.ok) throw new Error(`${building}: ${reply.status} ${await reply.text()}`);
  await reply.arrayBuffer();
}

const { read } = await readTiles(fetchBytes);
const tileOf = new Map(read.flatMap(({ uri, ids }) => ids.map((id) => [id, uri] as const)));
const buildings = [...tileOf.keys()];
const [times, changed]: [number[], number[]] = [[], []];
for (let turn = 0; turn < edits; turn++) {
  const building = buildings[Math.floor(((turn + 0.5) * buildings.length) / edits)] ?? '';
  const own = tileOf.get(building) ?? '';
  await edit(building, turn);
  const answered = performance.now();
  while (!(await isNew(own))) await new Promise((next) => setTimeout(next, 5));
  times.push(performance.now() - answered);
  const others = await Promise.all(read.filter(({ uri }) => uri !== own).map(({ uri }) => isNew(uri)));
  changed.push(1 + others.filter(Boolean).length);
}
times.sort((a, b) => a - b);
const at = (part: number): string => (times[Math.min(edits - 1, Math.floor(edits * part))] ?? 0).toFixed(0);
say(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0]?.toFixed(1)}: ${edits} edits of ${buildings.length} buildings in ${read.length} tiles; ` +
    `the new tile after the answer to the edit: median ${at(0.5)} ms, p95 ${at(0.95)} ms, at most ${at(1)} ms; tiles that changed by an edit: at most ${Math.max(...changed)}`,
);
