/** Tables of consequences over stored scenarios, computed by runs in threads of the service's own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsequenceParameters, consequenceParametersSchema } from '../../core/wire/consequences.ts';
import { type Edit, editSchema, type Scenario } from '../../core/wire/scenario.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { flatGround } from '../../test/support/flat-ground.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../../test/support/sample-city.ts';
import { ANONYMOUS, type Identity } from '../access/identity.ts';
import { openLog } from '../log.ts';
import type { ConsequenceTables } from '../services/consequences.ts';
import type { Scenarios } from '../services/scenarios.ts';
import { consequenceBoxes } from '../store/consequence-box.ts';
import { layersOf } from '../store/layers.ts';
import { storeScenarios } from '../store/scenarios.ts';
import { sql } from '../store/sql.ts';
import { type OpenRuns, openRuns } from './open-runs.ts';
import { runConsequences } from './run-consequences.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const GROUND = flatGround(70);
/** A house of 10 × 8 m and three storeys on the second parcel, which is empty. */
const HOUSE = editSchema.parse({
  kind: 'add-building',
  footprint: [
    [E + 26, N + 6],
    [E + 36, N + 6],
    [E + 36, N + 14],
    [E + 26, N + 14],
  ],
  storeys: 3,
  roof: { shape: 'flat' },
  function: 'm',
});
const REMOVAL: Edit = { kind: 'remove-building', building: '306401_1.0021.1.1_BUD' };
const USUAL = consequenceParametersSchema.parse({});

let database: TestDatabase;
let open: OpenRuns;
let scenarios: Scenarios;
let tables: ConsequenceTables<ConsequenceParameters>;
const { signal } = new AbortController();

beforeAll(async () => {
  database = await testDatabase();
  const { pool, url } = database;
  await fill(pool, sampleFeatures(60));
  const layers = layersOf(pool);
  scenarios = storeScenarios(pool, layers, GROUND);
  open = await openRuns({
    ...{ databaseUrl: url, pool, place: { pool, layers, ground: GROUND }, threads: 1 },
    log: openLog({ level: 'silent', format: 'json' }),
  });
  tables = runConsequences(open.service, scenarios, consequenceBoxes(pool, layers, scenarios, GROUND));
});
afterAll(async () => {
  await open.close();
  await database.drop();
});

async function scenarioOf(...edits: readonly Edit[]): Promise<Scenario> {
  const made = await scenarios.create({ title: 'test', reason: '', access: 'link' }, STAFF);
  if (edits.length > 0) await scenarios.add(made.id, made.revision, edits, STAFF);
  return scenarios.read(made.id, STAFF);
}

const runsOf = (scenario: string) => open.service.list({ scenario, limit: 100, offset: 0 }, STAFF);

describe('the table of a stored scenario', () => {
  it('is computed once for everybody, the same bytes each time', async () => {
    const { id, revision } = await scenarioOf(HOUSE, REMOVAL);
    const first = await tables.of(id, USUAL, ANONYMOUS, signal);
    const again = await tables.of(id, USUAL, STAFF, signal);
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    expect(first.scenario).toMatchObject({ id, revision, title: 'test' });
    const row = first.rows.find(({ name }) => name === 'built-up-area');
    expect(row).toMatchObject({ delta: 80 - 128, significance: 'beyond-error' });
    const { runs } = await runsOf(id);
    expect(runs.map((run) => [run.id, run.state, run.progress])).toEqual([[first.run, 'successful', 100]]);
  });

  it('follows an edit and its undoing, and finds the run of the earlier state again', async () => {
    const made = await scenarioOf(HOUSE);
    const first = await tables.of(made.id, USUAL, ANONYMOUS, signal);
    const later = await scenarios.add(made.id, made.revision, [REMOVAL], STAFF);
    const second = await tables.of(made.id, USUAL, ANONYMOUS, signal);
    expect(second.run).not.toBe(first.run);
    await scenarios.undo(made.id, later.revision, STAFF);
    const third = await tables.of(made.id, USUAL, ANONYMOUS, signal);
    expect(third.run).toBe(first.run);
    expect(third.rows).toEqual(first.rows);
    expect((await runsOf(made.id)).runs).toHaveLength(2);
  });

  it('is hidden from who may not read the scenario', async () => {
    const { id, revision } = await scenarioOf(HOUSE);
    await tables.of(id, USUAL, STAFF, signal);
    await scenarios.change(id, revision, { access: 'staff' }, STAFF);
    await expect(tables.of(id, USUAL, ANONYMOUS, signal)).rejects.toThrow(/no scenario/);
  });

  it('says what a run that failed said', async () => {
    const { id } = await scenarioOf(HOUSE);
    const wide = consequenceParametersSchema.parse({ bbox: [E, N, E + 11_000, N + 11_000] });
    await expect(tables.of(id, wide, ANONYMOUS, signal)).rejects.toMatchObject({
      kind: 'too-large',
      parameter: 'bbox',
      message: expect.stringMatching(/121 km², more than 100; choose/),
    });
  });

  it('waits for nobody who has gone', async () => {
    const { id } = await scenarioOf(HOUSE);
    const gone = AbortSignal.abort(new Error('the client left'));
    await expect(tables.of(id, USUAL, ANONYMOUS, gone)).rejects.toThrow('the client left');
  });

  it('fills the list of runs with no more than fifty of a reader’s own', async () => {
    const { id } = await scenarioOf(HOUSE);
    await database.pool.read(sql`insert into twin.run (id, model, model_version, parameters, base_version, base_at,
        scenario_id, scenario_revision, law_date, state, asked_by)
      select md5(n::text), 'consequences', '0', '{}', 1, now(), ${id}::text, 1, current_date, 'failed', who
      from generate_series(1, 60) as n, unnest(array['anonymous']) as who`);
    await tables.of(id, USUAL, ANONYMOUS, signal);
    expect((await runsOf(id)).runs.filter(({ state }) => state === 'failed')).toHaveLength(50);
  });
});

it('stand side by side over one area, each difference with its bound', async () => {
  const one = await scenarioOf(HOUSE);
  const two = await scenarioOf(REMOVAL);
  const three = await scenarioOf();
  const ids = [one.id, two.id, three.id] as const;
  const near = consequenceParametersSchema.parse({ marginM: 30 });
  const compared = await tables.compare(ids, near, ANONYMOUS, signal);
  // From the house of the first (26 m to 36 m) to that of the second (4 m to 16 m), and 30 m around both.
  expect(compared.area.bbox).toEqual([E + 4 - 30, N + 4 - 30, E + 36 + 30, N + 16 + 30]);
  expect(compared.sameBase).toBe(true);
  const row = compared.rows.find(({ name }) => name === 'built-up-area');
  const [{ before = 0 } = {}] = row?.cells ?? [];
  expect(row?.cells.map(({ scenario, state, after, delta }) => ({ scenario, state, after, delta }))).toEqual([
    { scenario: ids[0], state: 'computed', after: before + 80, delta: 80 },
    { scenario: ids[1], state: 'computed', after: before - 128, delta: -128 },
    { scenario: ids[2], state: 'unchanged', after: before, delta: 0 },
  ]);
  expect(row?.between.map(({ delta, significance }) => [delta, significance])).toEqual([
    [-208, 'beyond-error'],
    [-80, 'beyond-error'],
    [128, 'beyond-error'],
  ]);
  // They build on different parcels: shares of those are not compared.
  expect(compared.rows.find(({ name }) => name === 'intensity')?.between).toEqual([]);
});
