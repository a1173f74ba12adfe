/**
 * 3D tiles of a whole city by the doors of a running service, through readers that others wrote: `BASE_URL=… npm run
 * bench:city-tiles [tiles of each set]`. gltf-validator judges every tile that is read and glTF-Transform counts what it
 * draws; the tiles are taken evenly from the whole set. Ends with 1 when one of them has a fault.
 */
import { cpus, loadavg } from 'node:os';
import { gzipSync } from 'node:zlib';
import { readTiles } from '../../test/support/read-tiles.ts';
import { readTileset } from '../../test/support/tileset-reader.ts';

const base = process.env['BASE_URL'];
if (base === undefined) throw new Error('Set BASE_URL to a service that holds a city');
const wanted = Number(process.argv[2] ?? 150);
const SETS = [
  { set: 'buildings', isInstanced: false },
  { set: 'trees', isInstanced: true },
  { set: 'utility_lines', isInstanced: false },
  { set: 'utility_devices', isInstanced: false },
];
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const whole = (value: number): string => Math.round(value).toLocaleString('en');
const at = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

say(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}\n`,
);
say(
  '| set | objects | tiles | read | objects read | faults | draw calls, median and most | triangles, most | kB, median and most | gzip kB, most | ms to make, median and p95 |\n|---|---|---|---|---|---|---|---|---|---|---|',
);
for (const { set, isInstanced } of SETS) {
  const [sizes, packed, times] = [[], [], []] as [number[], number[], number[]];
  const fetchBytes = async (uri: string): Promise<Uint8Array> => {
    const began = performance.now();
    const reply = await fetch(`${base}/tiles/3d/${set}/${uri}`);
    if (!reply.ok) throw new Error(`${set}/${uri}: ${reply.status}`);
    const bytes = new Uint8Array(await reply.arrayBuffer());
    if (uri.endsWith('.glb')) {
      times.push(performance.now() - began);
      sizes.push(bytes.length);
      packed.push(gzipSync(bytes).length);
    }
    return bytes;
  };
  const { tiles } = await readTileset(fetchBytes);
  const objects = tiles.reduce((sum, { count }) => sum + count, 0);
  const filled = tiles.filter(({ uri }) => uri !== undefined).length;
  const { read, faults } = await readTiles(fetchBytes, {
    every: Math.max(1, Math.floor(filled / wanted)),
    isInstanced,
  });
  const calls = read.map(({ drawCalls }) => drawCalls);
  say(
    `| ${set} | ${whole(objects)} | ${whole(filled)} | ${whole(read.length)} | ${whole(read.reduce((sum, { ids }) => sum + ids.length, 0))} | ` +
      `${faults.length} | ${at(calls, 0.5)}, ${at(calls, 1)} | ${whole(
        at(
          read.map(({ triangles }) => triangles),
          1,
        ),
      )} | ` +
      `${whole(at(sizes, 0.5) / 1000)}, ${whole(at(sizes, 1) / 1000)} | ${whole(at(packed, 1) / 1000)} | ${at(times, 0.5).toFixed(0)}, ${at(times, 0.95).toFixed(0)} |`,
  );
  for (const fault of faults.slice(0, 20)) say(fault);
  if (faults.length > 0) process.exitCode = 1;
}
