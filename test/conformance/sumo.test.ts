/** Debian's SUMO reads what we export: netconvert builds the network, sumo leads the trips over it and drives them. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UNWATCHED } from '../../core/analysis/model.ts';
import { TRAFFIC_ASSIGNMENT } from '../../core/analysis/traffic/traffic-assignment.ts';
import { writeSumo } from '../../core/formats/sumo/write-sumo.ts';
import { trafficParametersSchema } from '../../core/wire/traffic-parameters.ts';
import { ROADS, trafficFacts } from '../support/traffic-facts.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blizniak-sumo-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
function run(program: string, ...args: string[]): string {
  const { status, stderr, stdout, error } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 });
  expect(error?.message ?? '').toBe('');
  expect(status, stderr).toBe(0);
  expect(stderr).not.toMatch(/^Error/m);
  return stdout;
}

it('drives an hour of the city’s trips on the exported streets, and nobody is left without a way', async () => {
  const parameters = trafficParametersSchema.parse({ withMatrix: true, tripFactor: 0.2 });
  // A signal where ways fork, and nobody turns from the west into the south.
  const light = { greenS: 41, cycleS: 90 };
  const rules = { capacityPcuPerH: null, signalFrom: null, signalTo: null, noTurnTo: [], limit: null };
  const roads = ROADS.map((each) =>
    each.id === 'west' ? { ...each, rules: { ...rules, signalTo: light, noTurnTo: ['south'] } } : each,
  );
  const result = TRAFFIC_ASSIGNMENT.run(trafficFacts(roads), parameters, UNWATCHED);
  const files = writeSumo(result);
  for (const [name, text] of Object.entries(files)) await writeFile(at(`${name}.xml`), text);
  run(
    'netconvert',
    '-n',
    at('nodes.xml'),
    '-e',
    at('edges.xml'),
    '-x',
    at('connections.xml'),
    '-o',
    at('net.xml'),
    '--no-turnarounds.except-deadend',
  );
  const net = await readFile(at('net.xml'), 'utf8');
  for (const { id } of result.links) expect(net).toContain(`<edge id="${id}"`);
  expect(net).toMatch(/<junction id="fork" type="traffic_light"/);
  expect(net).toMatch(/<junction id="join" type="priority"/);
  const turns = [...net.matchAll(/<connection from="([^":]+)" to="([^"]+)"/g)].map(
    ([, from, to]) => `${from} ${to}`,
  );
  expect(turns).toContain('west+ north+');
  expect(turns).not.toContain('west+ south+');
  run(
    'sumo',
    ...['-n', at('net.xml'), '-r', at('trips.xml'), '--end', '7200', '--no-step-log', '--seed', '1'],
    ...['--no-warnings', '--tripinfo-output', at('driven.xml')],
  );
  const driven = (await readFile(at('driven.xml'), 'utf8')).match(/<tripinfo /g)?.length ?? 0;
  const expected = result.before.totals.trips;
  expect(driven).toBeGreaterThan(0.8 * expected);
  expect(driven).toBeLessThan(1.2 * expected);
}, 120_000);
