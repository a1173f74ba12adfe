/**
 * How fast the demo city is made and taken in: `npm run bench:demo`. `SIZE=city` takes a larger one, `OBJECTS` ends
 * the making after that many, `LOAD=no` leaves the loading out. Loading goes through the real loader into
 * `DATABASE_URL`, or into a private cluster in a new folder.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoSize, generateDemoCity } from '../../core/demo-city/generate.ts';
import { loadDemo } from '../../server/lifecycle/demo.ts';
import { withDatabase } from '../with-database.ts';

const SIZE = (process.env['SIZE'] ?? 'district') as DemoSize;
const OBJECTS = Number(process.env['OBJECTS'] ?? Infinity);
const SEED = 1;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const peakMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

/** Objects by the second of the clock and of the processor, which others on the machine slow less. */
function report(what: string, objects: number, startedMs: number, startedCpu: NodeJS.CpuUsage): void {
  const seconds = (performance.now() - startedMs) / 1000;
  const { user, system } = process.cpuUsage(startedCpu);
  const busy = (user + system) / 1e6;
  const rate = (s: number) => Math.round(objects / s).toLocaleString('en');
  say(
    `${what}: ${objects.toLocaleString('en')} objects in ${seconds.toFixed(1)} s (${rate(seconds)}/s), ` +
      `processor ${busy.toFixed(1)} s (${rate(busy)}/s), peak ${peakMb()} MB`,
  );
}

function benchMaking(): void {
  const [ms, cpu] = [performance.now(), process.cpuUsage()];
  const resident: number[] = [];
  const { features, quarters } = generateDemoCity({ size: SIZE, seed: SEED }).run();
  let objects = 0;
  for (const _ of features) {
    if (++objects % 250_000 === 0) resident.push(Math.round(process.memoryUsage().rss / 1e6));
    if (objects >= OBJECTS) break;
  }
  report(`made ${SIZE} (${quarters} quarters)`, objects, ms, cpu);
  if (resident.length > 0) say(`  resident MB after each 250,000 objects: ${resident.join(' ')}`);
}

async function benchLoading(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-demo-'));
  if (process.env['DATABASE_URL'] === undefined) process.env['DATA_DIR'] = folder;
  try {
    await withDatabase(async ({ pool, progress, signal }) => {
      const [ms, cpu] = [performance.now(), process.cpuUsage()];
      const { read, written, rejected } = await loadDemo({ pool, size: SIZE, seed: SEED, progress, signal });
      report(`loaded ${SIZE} (${written} written, ${rejected} rejected)`, read, ms, cpu);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

say(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`,
);
benchMaking();
if (process.env['LOAD'] !== 'no') await benchLoading();
