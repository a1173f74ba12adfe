import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NewRun, Run } from '../../core/wire/run.ts';
import { newRunSchema } from '../../core/wire/run.ts';
import { editSchema } from '../../core/wire/scenario.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { flatGround } from '../../test/support/flat-ground.ts';
import { ODD_MODELS } from '../../test/support/odd-models.ts';
import { runModelHere } from '../../test/support/run-model-here.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from '../../test/support/sample-city.ts';
import { ANONYMOUS, type Identity } from '../access/identity.ts';
import { openLog } from '../log.ts';
import type { Runs } from '../services/runs.ts';
import type { Scenarios } from '../services/scenarios.ts';
import { layersOf } from '../store/layers.ts';
import { storeParcelChecks } from '../store/parcel-checks.ts';
import { storeScenarios } from '../store/scenarios.ts';
import { sql } from '../store/sql.ts';
import { studiedRows } from '../store/studied-city.ts';
import { type OpenRuns, openRuns } from './open-runs.ts';
import { REGISTRY, type RegisteredModel } from './registry.ts';
import { rerun } from './rerun.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const house = (dE: number) =>
  editSchema.parse({
    kind: 'add-building',
    footprint: [
      [E + dE, N + 4],
      [E + dE + 8, N + 4],
      [E + dE + 8, N + 14],
      [E + dE, N + 14],
    ],
    storeys: 2,
    roof: { shape: 'flat' },
    function: 'm',
  });
const BOX = { bbox: [E, N, E + 200, N + 200] };

const countBuildings: RegisteredModel['gather'] = async (city) => {
  const [row] = await city.read<{ buildings: number }>(
    sql`select count(*) as buildings from ${studiedRows(city, 'buildings')} as building`,
  );
  return { buildings: row?.buildings ?? 0 };
};
const ODD: readonly RegisteredModel[] = [
  ...REGISTRY,
  ...ODD_MODELS.map((model) => ({ model, layers: ['buildings'], gather: countBuildings })),
] as readonly RegisteredModel[];

let database: TestDatabase;
let scenarios: Scenarios;
const open: OpenRuns[] = [];
const lines: string[] = [];
const log = openLog({
  level: 'info',
  format: 'json',
  stream: { write: (line: string) => lines.push(line) > 0 } as unknown as NodeJS.WritableStream,
});

const place = () => ({ pool: database.pool, layers: layersOf(database.pool), ground: flatGround(undefined) });
async function runsWith(threads: number): Promise<Runs> {
  const made = await openRuns({
    ...{ databaseUrl: database.url, pool: database.pool, place: place(), threads, log },
    registry: ODD,
    threadModule: new URL('../../test/support/odd-models-thread.ts', import.meta.url),
    deadAfterMs: 1_200,
  });
  open.push(made);
  return made.service;
}
const asked = (wanted: Partial<NewRun> & { model: string }) => newRunSchema.parse(wanted);
const endOf = (runs: Runs, { id }: Run) => runs.ended(id, STAFF, AbortSignal.timeout(30_000));
const untilRunning = (runs: Runs, { id }: Run) =>
  expect.poll(async () => (await runs.read(id, STAFF)).state, { timeout: 20_000 }).toBe('running');

beforeAll(async () => {
  database = await testDatabase();
  await fill(database.pool, sampleFeatures(6));
  scenarios = storeScenarios(database.pool, layersOf(database.pool), flatGround(undefined));
});
afterAll(() => database.drop());
beforeEach(() => {
  lines.length = 0;
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
  await database.pool.read(sql`delete from twin.run`);
});

async function scenarioWith(...edits: ReturnType<typeof house>[]) {
  const { id, revision } = await scenarios.create({ title: 'T', reason: '', access: 'link' }, STAFF);
  if (edits.length === 0) return { id, revision };
  const added = await scenarios.add(id, revision, edits, STAFF);
  return { id, revision: added.revision };
}

describe('a run of a model', () => {
  it('computes what a scenario changes, tells of it, and is found again by the same request', async () => {
    const runs = await runsWith(1);
    const scenario = (await scenarioWith(house(24))).id;
    const wanted = asked({ model: 'built-up-area', parameters: BOX, scenario });
    const run = await runs.ask(wanted, STAFF);
    const ended = await endOf(runs, run);
    expect(ended).toMatchObject({ state: 'successful', progress: 100, problem: null, askedBy: 'anna' });
    expect(ended.durationMs).toBeGreaterThanOrEqual(0);
    const { before, after } = JSON.parse(await runs.result(run.id, STAFF));
    expect(after.buildings - before.buildings).toBe(1);
    expect(after.builtUpM2 - before.builtUpM2).toBeCloseTo(80, 1);
    expect((await runs.ask(wanted, ANONYMOUS)).id).toBe(run.id);
    expect(await runs.read(run.id, ANONYMOUS)).not.toHaveProperty('askedBy');
    expect((await runs.edits(run.id, ANONYMOUS)).map(({ edit }) => edit.kind)).toEqual(['add-building']);
    const other = await runs.ask({ ...wanted, lawDate: '2020-01-01' }, STAFF);
    expect(other.id).not.toBe(run.id);
  });

  it('checks parcels as their own door does, and names those that there are not', async () => {
    const runs = await runsWith(1);
    const parcels = [sampleParcelId(2), sampleParcelId(1), 'nowhere'];
    const wanted = asked({ model: 'parcel-check', parameters: { parcels, lawDate: '2026-11-20' } });
    const run = await runs.ask(wanted, STAFF);
    expect(await endOf(runs, run)).toMatchObject({ state: 'successful' });
    const { checks, unknown } = JSON.parse(await runs.result(run.id, STAFF));
    expect(unknown).toEqual(['nowhere']);
    const door = storeParcelChecks(
      database.pool,
      layersOf(database.pool),
      scenarios,
      flatGround(undefined),
      runModelHere,
    );
    const terms = { lawDate: '2026-11-20', withGeometry: true };
    const { signal } = new AbortController();
    for (const [i, id] of [sampleParcelId(1), sampleParcelId(2)].entries()) {
      const told = await door.one(id, terms, { who: ANONYMOUS }, signal);
      expect(told).toMatchObject(checks[i]);
    }
  });

  it('is one run when many ask for it at once, on two servers', async () => {
    const [one, two] = [await runsWith(1), await runsWith(1)];
    const wanted = asked({ model: 'slow', parameters: { rounds: 30 } });
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, i) => (i % 2 ? one : two).ask(wanted, STAFF)),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    const [first] = all;
    if (!first) throw new Error('nothing was asked');
    expect((await endOf(one, first)).state).toBe('successful');
    expect(lines.filter((line) => line.includes('run done'))).toHaveLength(1);
  });

  it('answers from the solution that an earlier run kept, and anew where there is none that it can read', async () => {
    const runs = await runsWith(1);
    const scenario = (await scenarioWith(house(24))).id;
    const noteOf = async (note: string, more: Partial<NewRun> = {}) => {
      const run = await runs.ask(asked({ model: 'remembers', parameters: { note }, ...more }), STAFF);
      expect((await endOf(runs, run)).state).toBe('successful');
      return { id: run.id, note: JSON.parse(await runs.result(run.id, STAFF)).note };
    };
    const first = await noteOf('a?1', { scenario });
    expect(first.note).toBe('a?1');
    expect((await noteOf('a?2', { scenario })).note).toBe('a?2: kept of a?1');
    expect((await noteOf('a', { scenario })).note).toBe('a: kept of a?1');
    // Another question, another state of the city, another date of the law.
    expect((await noteOf('b?2', { scenario })).note).toBe('b?2');
    expect((await noteOf('a?2')).note).toBe('a?2');
    expect((await noteOf('a?2', { scenario, lawDate: '2020-01-01' })).note).toBe('a?2');
    // Of another release, and of a run that is forgotten.
    await database.pool.read(sql`update twin.run_solution set layout = 2`);
    expect((await noteOf('a?3', { scenario })).note).toBe('a?3');
    expect((await noteOf('a?4', { scenario })).note).toBe('a?4: kept of a?3');
    await database.pool.read(sql`delete from twin.run`);
    expect(await database.pool.read(sql`select from twin.run_solution`)).toEqual([]);
    expect((await noteOf('a?4', { scenario })).note).toBe('a?4');
  });

  it('keeps the solutions of the last forty runs', async () => {
    const runs = await runsWith(1);
    const notes = Array.from({ length: 43 }, (_, n) => `n${n}`);
    const made = await Promise.all(
      notes.map((note) => runs.ask(asked({ model: 'remembers', parameters: { note } }), STAFF)),
    );
    for (const run of made) await endOf(runs, run);
    const [row] = await database.pool.read<{ kept: number }>(
      sql`select count(*)::integer as kept from twin.run_solution`,
    );
    expect(row?.kept).toBe(40);
  });

  it('gives the same bytes when it is made again, also after its scenario was changed or deleted', async () => {
    const runs = await runsWith(1);
    const { id: scenario, revision } = await scenarioWith(house(24), house(44));
    const run = await runs.ask(asked({ model: 'built-up-area', parameters: BOX, scenario }), STAFF);
    expect((await endOf(runs, run)).state).toBe('successful');
    const again = () => rerun(place(), ODD, run.id, AbortSignal.timeout(20_000));
    const stored = await runs.result(run.id, STAFF);
    expect(await again()).toEqual({ stored, made: stored });
    const undone = await scenarios.undo(scenario, revision, STAFF);
    expect(await again()).toEqual({ stored, made: stored });
    await scenarios.remove(scenario, undone.revision, STAFF);
    expect(await again()).toEqual({ stored, made: stored });
    // What was made for it alone is gone.
    expect(await database.pool.read(sql`select from twin.scenario where title = 'run'`)).toEqual([]);
    await expect(runs.read(run.id, ANONYMOUS)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await runs.read(run.id, STAFF)).toMatchObject({ scenario: { id: null } });
    // A planted difference is seen.
    await database.pool.read(sql`update twin.run set result = '{"boxM2":1}' where id = ${run.id}::text`);
    expect((await again()).stored).toBe('{"boxM2":1}');
    await expect(rerun(place(), ODD, 'f'.repeat(32), AbortSignal.timeout(1_000))).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it.each([
    ['an unknown model', { model: 'no-such-model' }, 'not-found', 'model'],
    ['a missing parameter', { model: 'built-up-area' }, 'invalid-parameter', 'parameters.bbox'],
    [
      'a parameter out of range',
      { model: 'built-up-area', parameters: { bbox: [2, 0, 1, 1] } },
      'invalid-parameter',
      'parameters.bbox',
    ],
    [
      'an unknown parameter',
      { model: 'counts', parameters: { nonsense: 1 } },
      'invalid-parameter',
      'parameters',
    ],
    [
      'huge parameters',
      { model: 'counts', parameters: { note: 'x'.repeat(300_000) } },
      'invalid-parameter',
      'parameters',
    ],
    ['an unknown scenario', { model: 'counts', scenario: 'x'.repeat(20) }, 'not-found', 'scenario'],
  ] as const)('refuses %s', async (_, wanted, kind, parameter) => {
    const runs = await runsWith(0);
    await expect(runs.ask(asked(wanted as never), STAFF)).rejects.toMatchObject({ kind, parameter });
    expect((await runs.list({ limit: 10, offset: 0 }, STAFF)).runs).toEqual([]);
  });

  it('is computed for staff only, and what is staff’s own is told to nobody else', async () => {
    const runs = await runsWith(0);
    const { id, revision } = await scenarioWith(house(24));
    await expect(runs.ask(asked({ model: 'counts', scenario: id }), ANONYMOUS)).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
    const run = await runs.ask(asked({ model: 'counts', scenario: id }), STAFF);
    expect((await runs.read(run.id, ANONYMOUS)).state).toBe('accepted');
    const listed = async (scenario?: string) =>
      (await runs.list({ limit: 10, offset: 0, scenario }, ANONYMOUS)).runs.length;
    expect([await listed(), await listed(id)]).toEqual([0, 1]);
    await scenarios.change(id, revision, { access: 'staff' }, STAFF);
    await expect(runs.read(run.id, ANONYMOUS)).rejects.toMatchObject({ kind: 'not-found' });
    expect([await listed(), await listed(id)]).toEqual([0, 0]);
    await expect(runs.dismiss(run.id, ANONYMOUS)).rejects.toMatchObject({ kind: 'unauthenticated' });
  });

  it('says why it failed, keeps what is inside to the log, and begins anew when asked again', async () => {
    const runs = await runsWith(1);
    const failed = async (model: string) => endOf(runs, await runs.ask(asked({ model }), STAFF));
    expect(await failed('throws')).toMatchObject({
      state: 'failed',
      problem: { kind: 'internal', message: 'The model failed; the log of the service says where' },
    });
    expect(lines.join('')).toContain('a secret of the inside');
    expect(await failed('lies')).toMatchObject({ state: 'failed', problem: { kind: 'internal' } });
    expect(await failed('refuses')).toMatchObject({
      problem: { kind: 'invalid-parameter', parameter: 'note', message: 'note is not to my taste' },
    });
    const again = await runs.ask(asked({ model: 'throws' }), STAFF);
    expect(again).toMatchObject({ state: 'accepted', problem: null });
    expect(await endOf(runs, again)).toMatchObject({ state: 'failed' });
    await expect(runs.result(again.id, STAFF)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('tells how far it is, stops in the middle, and leaves its thread to others even when it is deaf', async () => {
    const runs = await runsWith(1);
    const slow = await runs.ask(asked({ model: 'slow', parameters: { rounds: 60_000 } }), STAFF);
    await expect
      .poll(async () => (await runs.read(slow.id, STAFF)).progress, { timeout: 20_000 })
      .toBeGreaterThan(0);
    expect(await runs.dismiss(slow.id, STAFF)).toMatchObject({ state: 'dismissed' });
    const deaf = await runs.ask(asked({ model: 'deaf' }), STAFF);
    await untilRunning(runs, deaf);
    await runs.dismiss(deaf.id, STAFF);
    const after = await runs.ask(asked({ model: 'counts' }), STAFF);
    expect(await endOf(runs, after)).toMatchObject({ state: 'successful' });
    expect(await runs.read(slow.id, STAFF)).toMatchObject({ state: 'dismissed', problem: null });
    expect(lines.filter((line) => line.includes('run failed'))).toEqual([]);
    // One that has ended is forgotten.
    await runs.dismiss(after.id, STAFF);
    await expect(runs.read(after.id, STAFF)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('is taken up by another server when its own stops, and when it falls silent', async () => {
    const stopping = await runsWith(1);
    const run = await stopping.ask(asked({ model: 'slow', parameters: { rounds: 1_500 } }), STAFF);
    await untilRunning(stopping, run);
    const [first] = open.splice(0);
    await first?.close();
    expect((await stopping.read(run.id, STAFF)).state).toBe('accepted');
    const next = await runsWith(1);
    expect(await endOf(next, run)).toMatchObject({ state: 'successful' });

    // A server that was killed leaves its job locked and its run running.
    await Promise.all(open.splice(0).map((each) => each.close()));
    const orphan = await next.ask(asked({ model: 'counts', parameters: { note: 'orphan' } }), STAFF);
    await database.pool.read(
      sql`update twin.run set state = 'running', attempt = 1 where id = ${orphan.id}::text`,
    );
    await database.pool.read(sql`update graphile_worker._private_jobs
      set locked_by = 'a dead one', locked_at = now() - interval '5 s', attempts = 1
      where key = ${`run ${orphan.id}`}::text`);
    expect(await endOf(await runsWith(1), orphan)).toMatchObject({ state: 'successful' });
    expect(lines.join('')).toContain('jobs of a server that died are taken up again');
  });

  it('hears no attempt that was taken over', async () => {
    const runs = await runsWith(1);
    const slow = await runs.ask(asked({ model: 'slow', parameters: { rounds: 400, note: 'twice' } }), STAFF);
    await untilRunning(runs, slow);
    await database.pool.read(sql`update twin.run set attempt = attempt + 1 where id = ${slow.id}::text`);
    const jobs = () => database.pool.read(sql`select id from graphile_worker.jobs`);
    await expect.poll(async () => (await jobs()).length, { timeout: 20_000 }).toBe(0);
    expect((await runs.read(slow.id, STAFF)).state).toBe('running');
  });

  it('goes on when the database cut every connection in the middle of it', async () => {
    const runs = await runsWith(1);
    const slow = await runs.ask(asked({ model: 'slow', parameters: { rounds: 2_000 } }), STAFF);
    await untilRunning(runs, slow);
    await database.pool.read(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    expect(await endOf(runs, slow)).toMatchObject({ state: 'successful' });
    const after = await runs.ask(asked({ model: 'counts', parameters: { note: 'after' } }), STAFF);
    expect(await endOf(runs, after)).toMatchObject({ state: 'successful' });
  });
});

describe('a run of a model elsewhere', () => {
  const outside = { version: '2.1', title: { pl: 'Hałas', en: 'Noise' }, summary: { pl: '', en: '' } };
  const result = {
    rows: [
      {
        name: 'noise-over-55',
        title: { pl: 'Ludzie w hałasie', en: 'People in noise' },
        unit: '1',
        method: { pl: 'obca', en: 'foreign' },
        before: 10,
        after: 12,
        deltaBound: 3,
      },
    ],
  };

  it('waits for its result, tells its progress, and takes one result only', async () => {
    const runs = await runsWith(1);
    const wanted = asked({ model: 'their-noise', outside, scenario: (await scenarioWith()).id });
    const run = await runs.ask(wanted, STAFF);
    expect(run).toMatchObject({ outside: true, state: 'accepted', title: outside.title });
    expect(await runs.advance(run.id, 40, STAFF)).toMatchObject({ state: 'running', progress: 40 });
    await expect(runs.takeResult(run.id, result, ANONYMOUS)).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
    expect(await runs.takeResult(run.id, result, STAFF)).toMatchObject({
      state: 'successful',
      progress: 100,
    });
    expect(JSON.parse(await runs.result(run.id, ANONYMOUS))).toEqual(result);
    await expect(runs.takeResult(run.id, result, STAFF)).rejects.toMatchObject({ kind: 'conflict' });
    expect((await runs.ask(wanted, ANONYMOUS)).id).toBe(run.id);
  });

  it('takes no name and no run of the service itself', async () => {
    const runs = await runsWith(0);
    await expect(runs.ask(asked({ model: 'counts', outside }), STAFF)).rejects.toMatchObject({
      kind: 'invalid-parameter',
    });
    const own = await runs.ask(asked({ model: 'counts' }), STAFF);
    await expect(runs.takeResult(own.id, result, STAFF)).rejects.toMatchObject({ kind: 'conflict' });
  });
});

it('a thread that dies over a model brings the run to an end after a few attempts', async () => {
  const runs = await runsWith(1);
  const run = await runs.ask(asked({ model: 'dies' }), STAFF);
  // The pauses between attempts grow; here they are cut short.
  const hurry = setInterval(
    () =>
      void database.pool.read(
        sql`update graphile_worker._private_jobs set run_at = now() where locked_by is null`,
      ),
    300,
  );
  try {
    expect(await endOf(runs, run)).toMatchObject({ state: 'failed', problem: { kind: 'unavailable' } });
  } finally {
    clearInterval(hurry);
  }
  expect(lines.filter((line) => line.includes('a thread that runs models has died')).length).toBeGreaterThan(
    2,
  );
});
