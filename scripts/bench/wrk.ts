/** Load by wrk (Debian's), so that the generator is one that nobody here wrote. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface BoxLoad {
  /** Address without a query. */
  readonly url: string;
  /** Where the boxes lie: minimum and maximum easting and northing, metres. */
  readonly extent: readonly [number, number, number, number];
  readonly sideM: number;
  readonly contentType: string;
  /** Query in which `{x} {y} {X} {Y}` stand for the corners of the box. */
  readonly query: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadFigures {
  readonly perS: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly kbEach: number;
  readonly requests: number;
  readonly failed: number;
}

/** Warms up for a second, then measures. @throws Error when an answer was not what was asked for */
export async function loadBoxes(load: BoxLoad): Promise<LoadFigures> {
  await runWrk({ ...load, seconds: 1 });
  return runWrk(load);
}

function runWrk(load: BoxLoad): Promise<LoadFigures> {
  const { url, extent, sideM, contentType, query, connections, seconds } = load;
  const told = [...extent.map(String), String(sideM), contentType, query];
  return runScript('random-box.lua', url, connections, seconds, told);
}

/** Runs a script of ours. @throws Error when an answer was not what was asked for */
export async function runScript(
  script: string,
  url: string,
  connections: number,
  seconds: number,
  told: readonly string[],
): Promise<LoadFigures> {
  const settings = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '60s'];
  const { stdout, stderr } = await run('wrk', [
    ...settings,
    '-s',
    join(import.meta.dirname, script),
    url,
    '--',
    ...told,
  ]);
  if (stderr.includes('BAD')) throw new Error(`${url}\n${stderr}`);
  const [, json] = /RESULT (.*)/.exec(stdout) ?? [];
  if (json === undefined) throw new Error(`wrk said nothing of ${url}:\n${stdout}${stderr}`);
  const figures: LoadFigures = JSON.parse(json);
  if (figures.failed > 0)
    throw new Error(`${figures.failed} of ${figures.requests} failed at ${url}\n${stdout}${stderr}`);
  return figures;
}

function run(program: string, args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      said.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      said.stderr += chunk;
    });
    child.once('error', reject);
    child.once('close', () => resolve(said));
  });
}
