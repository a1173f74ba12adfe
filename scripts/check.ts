/** `npm run check`: what a change must pass before the tests: format, lint, types, rooms, licences, dead code. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

/** Types, kept between runs in `dist/.types`: only what a change reaches is looked at again. */
const types = (project: string): readonly string[] => [
  ...['tsc', '-p', `${project}/tsconfig.json`, '--noEmit', '--incremental'],
  ...['--tsBuildInfoFile', `dist/.types/${project === '.' ? 'all' : project}.tsbuildinfo`],
];

const STEPS: readonly Step[] = [
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings'] },
  { name: 'types', command: types('.') },
  { name: 'types of core, without Node and browser', command: types('core') },
  { name: 'types of the viewer', command: types('viewer') },
  { name: 'rooms', command: ['vitest', 'run', '--project', 'unit', 'test/architecture.test.ts'] },
  { name: 'licences', command: ['vitest', 'run', '--project', 'unit', 'test/licences.test.ts'] },
  { name: 'dead code', command: ['knip'] },
];
/** As many at once as a small machine has processors. */
const AT_ONCE = 2;

function run({
  command: [program = '', ...args],
}: Step): Promise<{ ok: boolean; output: string; seconds: string }> {
  const begun = performance.now();
  return new Promise((resolve) => {
    const child = spawn(`node_modules/.bin/${program}`, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const end = (ok: boolean) =>
      resolve({ ok, output, seconds: ((performance.now() - begun) / 1000).toFixed(1) });
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}

if (!existsSync('node_modules/.bin/biome')) {
  process.stderr.write('The development packages are missing: run npm ci first\n');
  process.exit(1);
}
const begun = performance.now();
const waiting = [...STEPS];
const failed: string[] = [];
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const { ok, output, seconds } = await run(step);
      process.stdout.write(`${ok ? '✓' : '✗'} ${step.name} (${seconds} s)\n`);
      if (ok) continue;
      process.stdout.write(`${output.trim()}\n\n`);
      failed.push(step.name);
    }
  }),
);
const total = ((performance.now() - begun) / 1000).toFixed(1);
process.stdout.write(
  failed.length === 0 ? `All in order, ${total} s\n` : `Failed: ${failed.join(', ')}; ${total} s\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
