import { expect, it } from 'vitest';
import { UNWATCHED } from '../../core/analysis/model.ts';
import { TRAFFIC_ASSIGNMENT } from '../../core/analysis/traffic/traffic-assignment.ts';
import { consequenceRowSchema } from '../../core/wire/consequences.ts';
import type { Run } from '../../core/wire/run.ts';
import type { Scenario } from '../../core/wire/scenario.ts';
import { trafficParametersSchema } from '../../core/wire/traffic-parameters.ts';
import { ROADS, trafficFacts } from '../../test/support/traffic-facts.ts';
import { ANONYMOUS } from '../access/identity.ts';
import { trafficRows } from './traffic-rows.ts';

const closed = ROADS.map((road) => (road.id === 'north' ? { ...road, isClosed: true } : road));
const RESULT = TRAFFIC_ASSIGNMENT.run(trafficFacts(closed), trafficParametersSchema.parse({}), UNWATCHED);

function rowsOf(kind: string, state: Run['state']) {
  const run = { id: 'r1', state, progress: 40, problem: null } as Run;
  return trafficRows(
    { ask: async () => run, ended: async () => run, result: async () => JSON.stringify(RESULT) },
    { read: async () => ({ edits: [{ edit: { kind } }] }) as Scenario },
  )('s', { trafficHour: 7 }, ANONYMOUS, new AbortController().signal);
}

it('tells what a closed street costs in hours, exhaust and noise, each with its bound', async () => {
  const rows = await rowsOf('close-road', 'successful');
  for (const row of rows) consequenceRowSchema.parse(row);
  const hours = rows.find(({ name }) => name === 'traffic.vehicle-hours');
  expect(hours).toMatchObject({ state: 'computed', before: RESULT.before.totals.vehicleHours });
  expect(rows.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'traffic.vehicle-km',
      'traffic.nox',
      'traffic.residents-over-noise-limit',
      'traffic.jobs-in-15-min',
    ]),
  );
  expect(rows.find(({ name }) => name === 'traffic.nox')?.significance).toBe('beyond-error');
});

it('says that it is being computed and how far, and asks for nothing where no edit moves traffic', async () => {
  const [going] = await rowsOf('close-road', 'running');
  expect(going).toMatchObject({ state: 'not-assessed', pending: { run: 'r1', percent: 40 } });
  expect(consequenceRowSchema.parse(going).title.en).toContain('7:00–8:00');
  const [failed] = await rowsOf('close-road', 'failed');
  expect(failed).toMatchObject({
    state: 'not-assessed',
    reason: { en: expect.stringContaining('could not') },
  });
  expect(failed).not.toHaveProperty('pending');
  expect(await rowsOf('plant-tree', 'successful')).toEqual([]);
});
