/** Rebase, merge and application: what becomes of edits when the city under them is another. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CancelSignal } from '../../../core/cancel.ts';
import { randomOf } from '../../../core/demo-city/random.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import { replay } from '../../../core/scenario/replay.ts';
import { objectKey } from '../../../core/scenario/scenario-row.ts';
import { CHANGEABLE_LAYERS } from '../../../core/wire/edits/changeable-layers.ts';
import { type Edit, editSchema, type Scenario } from '../../../core/wire/scenario.ts';
import type { ReplayReport, Resolution } from '../../../core/wire/scenario-life.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { editableCity } from '../../../test/support/editable-city.ts';
import { fill } from '../../../test/support/filled-database.ts';
import { flatGround } from '../../../test/support/flat-ground.ts';
import { anyEdit } from '../../../test/support/random-edits.ts';
import { SAMPLE_ORIGIN } from '../../../test/support/sample-city.ts';
import type { Identity } from '../../access/identity.ts';
import type { ScenarioLife } from '../../services/scenario-life.ts';
import type { Scenarios } from '../../services/scenarios.ts';
import { postgisSource } from '../features.ts';
import { layersOf } from '../layers.ts';
import { beginLoad } from '../load.ts';
import { relationFor } from '../relation.ts';
import { storeScenarios } from '../scenarios.ts';
import { sql, trusted } from '../sql.ts';
import { storeScenarioLife } from './scenario-life.ts';

const ANNA: Identity = { who: 'anna', roles: ['public', 'staff'] };
const JAN: Identity = { who: 'jan', roles: ['public', 'staff'] };
const CITY = editableCity(40);
const GROUND = flatGround(70);
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const BUILDING = '306401_1.0021.1.1_BUD';

const edit = (words: object): Edit => editSchema.parse(words);
const house = (eastM: number): Edit =>
  edit({
    kind: 'add-building',
    footprint: [
      [E + eastM, N + 24],
      [E + eastM + 8, N + 24],
      [E + eastM + 8, N + 36],
    ],
    storeys: 2,
    roof: { shape: 'flat' },
    function: 'm',
  });
const REMOVAL = edit({ kind: 'remove-building', building: BUILDING });
const places = (facility: string, capacity: number): Edit =>
  edit({ kind: 'change-facility', facility, capacity });

const never = new AbortController().signal;

/** A database with the city, and what is done to both scenarios and registers in it. */
async function town() {
  const database: TestDatabase = await testDatabase();
  await fill(database.pool, CITY);
  const layers = layersOf(database.pool);
  const scenarios: Scenarios = storeScenarios(database.pool, layers, GROUND);
  const life: ScenarioLife = storeScenarioLife(database.pool, layers, GROUND);
  return {
    database,
    scenarios,
    life,
    async begin(edits: readonly Edit[] = [], who = ANNA): Promise<Scenario> {
      const { id, revision } = await scenarios.create({ title: 'T', reason: '', access: 'link' }, who);
      return this.add({ id, revision }, edits, who);
    },
    async add({ id, revision }: Pick<Scenario, 'id' | 'revision'>, edits: readonly Edit[], who = ANNA) {
      if (edits.length > 0) await scenarios.add(id, revision, edits, who);
      return scenarios.read(id, who);
    },
    /** A newer version of the city: some objects other than they were, some no more. */
    async reload(changed: readonly Feature[], gone: readonly string[] = []): Promise<void> {
      if (changed.length > 0) await fill(database.pool, changed);
      if (gone.length === 0) return;
      const rest = (await this.features(['buildings'])).filter(({ id }) => !gone.includes(id));
      const load = await beginLoad(database.pool, {
        dataset: 'city',
        srid: 2177,
        fileName: 'newer',
        format: 'test',
        source: 'test',
        synthetic: true,
        dryRun: false,
        allowOutside: false,
        scope: 'all',
      });
      for (const feature of rest) await load.write(feature, 2177, false);
      await load.finish();
    },
    /** All of some layers, as a scenario or the city has them. */
    async features(names: readonly string[], scenario?: string): Promise<readonly Feature[]> {
      const state = scenario === undefined ? undefined : await scenarios.state(scenario, ANNA);
      const source = postgisSource(database.pool, layers, (layer) =>
        relationFor(layer, { who: ANNA, ...(state && { scenario: state }) }),
      );
      const found: Feature[] = [];
      for (const layer of names)
        for await (const feature of source.query({ layer }, never)) found.push(feature);
      return found;
    },
  };
}

const named = (layer: string, id: string): Feature => {
  const feature = CITY.find((each) => each.layer === layer && each.id === id);
  if (!feature) throw new Error(`${layer} ${id} is not in the sample`);
  return feature;
};
const other = (feature: Feature, properties: Feature['properties']): Feature => ({
  ...feature,
  properties: { ...feature.properties, ...properties },
});
const kindsOf = ({ conflicts }: ReplayReport) => conflicts.map(({ edit: id, kind }) => [id, kind]);
const choose = (id: string | undefined, choice: Resolution['choice']) => ({
  resolutions: [{ edit: id ?? '', choice }],
});
const NONE = { resolutions: [] };

describe('rebasing a scenario', () => {
  let place: Awaited<ReturnType<typeof town>>;
  beforeEach(async () => {
    place = await town();
  });
  const end = () => place.database.drop();

  it('puts edits that nothing speaks against on the newer city, as they were', async () => {
    const { life, scenarios } = place;
    const old = await place.begin([house(4), places('F.1', 77)]);
    await place.reload([other(named('facilities', 'F.5'), { name: 'Nowa' })]);
    expect(await scenarios.read(old.id, ANNA)).toMatchObject({ base: { newerVersions: [{}] } });
    const { scenario, report } = await life.rebase(old.id, old.revision, NONE, ANNA);
    expect(report).toMatchObject({ conflicts: [], edits: { all: 2, kept: 2, dropped: 0 } });
    expect(scenario.edits).toEqual(old.edits);
    expect(scenario.base).toMatchObject({ version: report.base.to, newerVersions: [] });
    const seen = await place.features(['facilities', 'buildings'], old.id);
    expect(seen.find(({ id }) => id === 'F.5')?.properties['name']).toBe('Nowa');
    expect(seen.find(({ id }) => id === 'F.1')?.properties['capacity']).toBe(77);
    expect(seen.map(({ id }) => id)).toContain(old.edits[0]?.objects[0]?.id);
    expect((await life.log(old.id, undefined, ANNA)).entries[0]).toMatchObject({
      action: 'rebased',
      who: 'anna',
      base: { from: report.base.from, to: report.base.to },
    });
    await end();
  });

  it('tells of an object that is another, attribute by attribute, and does what is chosen', async () => {
    const { life, scenarios } = place;
    const start = await place.begin([places('F.1', 77)]);
    const { id } = start;
    const branches = [await life.branch(id, {}, ANNA), await life.branch(id, {}, ANNA)];
    await place.reload([other(named('facilities', 'F.1'), { name: 'Inna', iip_version: 'x' })]);
    const trial = await life.tryRebase(id, NONE, ANNA);
    const [change] = start.edits;
    expect(trial.conflicts).toEqual([
      {
        edit: change?.id,
        editKind: 'change-facility',
        kind: 'changed',
        message: {
          pl: 'Obiekt jest inny niż wtedy (nazwa): Usługi publiczne F.1',
          en: 'The object is another than it was (name): Facilities F.1',
        },
        objects: [
          {
            layer: 'facilities',
            id: 'F.1',
            attributes: [{ name: 'name', was: 'Placówka 1', becomes: 'Inna' }],
          },
        ],
        choices: ['theirs', 'mine', 'drop'],
        assumed: 'theirs',
      },
    ]);
    await expect(life.rebase(id, start.revision, NONE, ANNA)).rejects.toMatchObject({
      kind: 'conflict',
      parameter: 'resolutions',
      message: expect.stringContaining(change?.id ?? ''),
    });
    expect(await scenarios.read(id, ANNA)).toMatchObject({ revision: start.revision, edits: start.edits });

    const result = async (scenario: string | undefined, choice: Resolution['choice']) => {
      const { scenario: after } = await life.rebase(scenario ?? '', 1, choose(change?.id, choice), ANNA);
      const seen = (await place.features(['facilities'], after.id)).find((each) => each.id === 'F.1');
      return [after.edits.length, seen?.properties['name'], seen?.properties['capacity']];
    };
    const third = await life.branch(id, {}, ANNA);
    expect(await result(branches[0]?.id, 'theirs')).toEqual([1, 'Inna', 77]);
    expect(await result(branches[1]?.id, 'mine')).toEqual([1, 'Placówka 1', 77]);
    expect(await result(third.id, 'drop')).toEqual([0, 'Inna', 30]);
    expect((await life.log(third.id, undefined, ANNA)).entries[0]).toMatchObject({
      action: 'rebased',
      edits: [{ id: change?.id, kind: 'change-facility', edit: change?.edit }],
    });
    await end();
  });

  it('names an object that is gone, and edits that were made on it', async () => {
    const { life } = place;
    const start = await place.begin([places('F.1', 77), REMOVAL]);
    const removal = start.edits[1];
    await place.reload([], [BUILDING]);
    await place.database.pool.read(
      sql`update city.building_3d set valid_to = (select max(recorded_at) from twin.dataset_version)
        where building_id = ${BUILDING}::text`,
    );
    const trial = await life.tryRebase(start.id, NONE, ANNA);
    expect(kindsOf(trial)).toEqual([[removal?.id, 'gone']]);
    expect(trial.conflicts[0]?.choices).toEqual(['drop', 'mine']);
    await expect(
      life.rebase(start.id, start.revision, choose(removal?.id, 'theirs'), ANNA),
    ).rejects.toMatchObject({ kind: 'invalid-parameter', message: expect.stringContaining('drop or mine') });
    const { scenario } = await life.rebase(start.id, start.revision, choose(removal?.id, 'drop'), ANNA);
    expect(scenario.edits.map(({ edit: each }) => each.kind)).toEqual(['change-facility']);
    await end();
  });

  it('says why an edit can no longer be made, and what that takes along', async () => {
    const { life } = place;
    const start = await place.begin([house(4)]);
    const planned = start.edits[0]?.objects[0]?.id ?? '';
    const two = await place.add(start, [edit({ kind: 'remove-building', building: planned })]);
    await place.reload([other(named('buildings', BUILDING), { storeys_above: 9 })]);
    await place.database.pool.read(
      sql`update twin.dataset set area = ST_MakeEnvelope(0, 0, 1, 1, 2177) where name = 'city'`,
    );
    const trial = await life.tryRebase(start.id, NONE, ANNA);
    expect(kindsOf(trial)).toEqual([
      [two.edits[0]?.id, 'invalid'],
      [two.edits[1]?.id, 'gone'],
    ]);
    expect(trial.conflicts[0]?.message.en).toContain('lies outside the city');
    expect(trial.conflicts[0]?.choices).toEqual(['drop']);
    await end();
  });

  it('asks once for an object, however many edits speak of it', async () => {
    const { life } = place;
    const start = await place.begin([places('F.1', 77), places('F.1', 78), places('F.1', 79)]);
    await place.reload([other(named('facilities', 'F.1'), { name: 'Inna' })]);
    const [first] = start.edits;
    expect(kindsOf(await life.tryRebase(start.id, NONE, ANNA))).toEqual([[first?.id, 'changed']]);
    await life.rebase(start.id, start.revision, choose(first?.id, 'theirs'), ANNA);
    const seen = await place.features(['facilities'], start.id);
    expect(seen.find(({ id }) => id === 'F.1')?.properties).toMatchObject({ name: 'Inna', capacity: 79 });
    await end();
  });

  it('changes nothing when it fails half way, and nothing in a trial', async () => {
    const { life, scenarios, database } = place;
    const start = await place.begin([places('F.1', 77), REMOVAL]);
    await place.reload([other(named('facilities', 'F.1'), { capacity: 9 })]);
    const rows = () =>
      database.pool.read(sql`select
        (select array_agg(row(id, capacity, name)::text) from scenario.facility) as facilities,
        (select count(*) from scenario.building) as buildings,
        (select array_agg(row(edit, settled)::text order by ordinal) from twin.scenario_edit) as edits,
        (select array_agg(row(cell_x, cell_y, version)::text order by layer, cell_x, cell_y) from twin.scenario_cell) as cells`);
    const before = await rows();
    await life.tryRebase(start.id, NONE, ANNA);
    expect(await rows()).toEqual(before);
    await database.pool.read(
      trusted("alter table scenario.building add constraint never check (id = '') not valid"),
    );
    await expect(
      life.rebase(start.id, start.revision, choose(start.edits[0]?.id, 'mine'), ANNA),
    ).rejects.toThrow();
    expect(await rows()).toEqual(before);
    expect(await scenarios.read(start.id, ANNA)).toMatchObject({
      revision: start.revision,
      edits: start.edits,
    });
    await end();
  });

  it('changes nothing when its connection to the database is cut in the middle', async () => {
    const { life, scenarios, database } = place;
    const start = await place.begin([places('F.1', 77), REMOVAL]);
    await place.reload([other(named('facilities', 'F.1'), { capacity: 9 })]);
    const holder = await database.pool.connect();
    // Its log is written after everything else: there it waits.
    await holder.run(sql`begin; lock table twin.scenario_event in exclusive mode`);
    const heard: number[] = [];
    const rebase = life.rebase(start.id, start.revision, choose(start.edits[0]?.id, 'theirs'), ANNA, {
      hear: (part) => heard.push(part),
    });
    rebase.catch(() => {});
    const cut = () =>
      database.pool.read(sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%scenario_event%'`);
    await expect.poll(async () => (await cut()).length, { timeout: 20_000 }).toBe(1);
    await expect(rebase).rejects.toMatchObject({ kind: 'unavailable' });
    await holder.run(sql`rollback`);
    holder.release();
    expect(heard).toEqual([0, 0.5]);
    expect(await scenarios.read(start.id, ANNA)).toMatchObject({
      revision: start.revision,
      base: { version: start.base.version },
      edits: start.edits,
    });
    await end();
  });

  it('gives up in the middle when whoever asked has left, and changes nothing', async () => {
    const { life, scenarios } = place;
    const start = await place.begin([places('F.1', 77), places('F.2', 77), REMOVAL]);
    await place.reload([other(named('facilities', 'F.1'), { capacity: 9 })]);
    let asked = 0;
    const signal: CancelSignal = {
      aborted: false,
      reason: undefined,
      throwIfAborted: () => {
        if (++asked === 2) throw new Error('left');
      },
      addEventListener: () => {},
      removeEventListener: () => {},
    };
    const choice = choose(start.edits[0]?.id, 'theirs');
    await expect(life.rebase(start.id, start.revision, choice, ANNA, { signal })).rejects.toThrow('left');
    expect(await scenarios.read(start.id, ANNA)).toMatchObject({
      revision: start.revision,
      base: { version: start.base.version },
      edits: start.edits,
    });
    await end();
  });

  it('refuses what is not newer, what is no draft, and choices for edits that there are not', async () => {
    const { life } = place;
    const start = await place.begin([places('F.1', 77)]);
    await expect(life.rebase(start.id, start.revision, NONE, ANNA)).rejects.toMatchObject({
      kind: 'conflict',
      parameter: 'base',
    });
    await place.reload([other(named('facilities', 'F.5'), { name: 'Nowa' })]);
    await expect(
      life.rebase(start.id, start.revision, { at: '1999-01-01', resolutions: [] }, ANNA),
    ).rejects.toMatchObject({ kind: 'invalid-parameter', parameter: 'at' });
    await expect(life.tryRebase(start.id, choose('e-none', 'drop'), ANNA)).rejects.toMatchObject({
      kind: 'invalid-parameter',
      parameter: 'resolutions',
    });
    const { revision } = await life.setState(start.id, start.revision, { state: 'review' }, ANNA);
    await expect(life.rebase(start.id, revision, NONE, ANNA)).rejects.toMatchObject({ kind: 'conflict' });
    await end();
  });

  it('brings a scenario back whose base is lost', async () => {
    const { life, scenarios, database } = place;
    const start = await place.begin([places('F.1', 77)]);
    await database.pool.read(sql`update twin.scenario set base_version = 4711 where id = ${start.id}::text`);
    const { scenario } = await life.rebase(start.id, start.revision, NONE, ANNA);
    expect(scenario.base).toMatchObject({ isGone: false, version: start.base.version });
    await place.add(scenario, [house(4)]);
    expect(await scenarios.read(start.id, ANNA)).toMatchObject({ edits: [{}, {}] });
    await end();
  });

  it.each([1, 2])('leaves rows that are those of its stack over the newer city, seed %d', async (seed) => {
    const random = randomOf(seed, 'rebase');
    const { life, scenarios } = place;
    let scenario = await place.begin();
    for (let i = 0; i < 24; i++) {
      const standing = await place.features(CHANGEABLE_LAYERS, scenario.id);
      const words = anyEdit(random, (layer) => standing.filter((feature) => feature.layer === layer));
      scenario = await place.add(scenario, [words]);
    }
    const city = await place.features(CHANGEABLE_LAYERS);
    const isSome = () => random.next() < 0.2;
    await place.reload(
      city
        .filter(({ layer }) => ['facilities', 'trees', 'roads', 'plan_zones'].includes(layer))
        .filter(isSome)
        .map((feature) => other(feature, { name: 'Inna', height_m: 3, max_height_m: 7 }))
        .map((feature) => ({ ...feature, properties: ownOf(feature) })),
      city
        .filter(({ layer }) => layer === 'buildings')
        .filter(isSome)
        .map(({ id }) => id),
    );
    const trial = await life.tryRebase(scenario.id, NONE, ANNA);
    expect(trial.conflicts.length).toBeGreaterThan(0);
    const resolutions = trial.conflicts.map(({ edit: id, choices }) => ({
      edit: id,
      choice: choices[Math.floor(random.next() * choices.length)] ?? 'drop',
    }));
    const assumed = trial.conflicts.map(({ edit: id, assumed: choice }) => ({ edit: id, choice }));
    const branch = await life.branch(scenario.id, {}, ANNA);
    const rebased = [
      (await life.rebase(branch.id, 1, { resolutions: assumed }, ANNA)).scenario,
      await rebaseSomehow(life, scenario, resolutions),
    ];
    for (const { id, edits } of rebased) {
      const rows = replay(edits);
      const base = await place.features(CHANGEABLE_LAYERS);
      const wanted = [
        ...base.filter((feature) => !rows.has(objectKey(feature))),
        ...[...rows.values()].flatMap(({ feature }) => feature ?? []),
      ];
      expect(inOrder(await place.features(CHANGEABLE_LAYERS, id))).toEqual(inOrder(wanted));
      expect((await scenarios.read(id, ANNA)).base.newerVersions).toEqual([]);
    }
    await end();
  });
});

/** A choice can bring further edits into conflict: those are decided as the report assumes. */
async function rebaseSomehow(
  life: ScenarioLife,
  { id, revision }: Scenario,
  first: readonly Resolution[],
): Promise<Scenario> {
  let resolutions = [...first];
  for (let round = 0; round < 9; round++) {
    const { conflicts } = await life.tryRebase(id, { resolutions }, ANNA).catch(() => {
      // What was chosen for one edit may leave no such choice for another.
      resolutions = [];
      return life.tryRebase(id, { resolutions }, ANNA);
    });
    const open = conflicts.filter(({ choice }) => choice === undefined);
    if (open.length === 0) break;
    resolutions = [
      ...resolutions,
      ...open.map(({ edit: each, assumed: choice }) => ({ edit: each, choice })),
    ];
  }
  return (await life.rebase(id, revision, { resolutions }, ANNA)).scenario;
}

const ownOf = ({ layer, properties }: Feature): Feature['properties'] => {
  const known = new Set(Object.keys(CITY.find((each) => each.layer === layer)?.properties ?? {}));
  return Object.fromEntries(Object.entries(properties).filter(([name]) => known.has(name)));
};

const inOrder = (features: readonly Feature[]) =>
  features
    .map((feature) => ({
      ...feature,
      properties: Object.fromEntries(
        Object.entries(feature.properties)
          .filter(([, value]) => value !== null)
          .toSorted(([a], [b]) => (a < b ? -1 : 1)),
      ),
    }))
    .toSorted((a, b) => (objectKey(a) < objectKey(b) ? -1 : 1));

describe('merging scenarios', () => {
  let place: Awaited<ReturnType<typeof town>>;
  beforeAll(async () => {
    place = await town();
  });
  afterAll(() => place.database.drop());

  it('takes over what the other has and this one has not, with ids, authors and days', async () => {
    const { life } = place;
    const parent = await place.begin([house(4)]);
    const branch = await life.branch(parent.id, {}, JAN);
    const theirs = await place.add(branch, [house(44), places('F.1', 77)], JAN);
    const mine = await place.add(parent, [house(84)]);
    const { scenario, report } = await life.merge(mine.id, mine.revision, { from: branch.id, ...NONE }, ANNA);
    expect(report).toMatchObject({ conflicts: [], edits: { all: 2, kept: 2, dropped: 0 } });
    expect(scenario.edits).toEqual([...mine.edits, ...theirs.edits.slice(1)]);
    const seen = (await place.features(['buildings'], mine.id)).map(({ id }) => id);
    for (const { edit: each, objects } of scenario.edits) {
      if (each.kind === 'add-building') expect(seen).toContain(objects[0]?.id);
    }
    expect((await life.log(mine.id, undefined, ANNA)).entries[0]).toMatchObject({
      action: 'merged',
      from: { scenario: branch.id, revision: theirs.revision },
    });
    await expect(
      life.merge(mine.id, scenario.revision, { from: branch.id, ...NONE }, ANNA),
    ).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('nothing to merge') });
  });

  it('asks object by object where both speak of one', async () => {
    const { life } = place;
    const mine = await place.begin([REMOVAL, places('F.1', 50)]);
    const theirs = await place.begin([places('F.1', 60), REMOVAL, house(4)], JAN);
    const request = { from: theirs.id, resolutions: [] };
    const [changed, gone] = theirs.edits;
    const trial = await life.tryMerge(mine.id, request, ANNA);
    expect(kindsOf(trial)).toEqual([
      [changed?.id, 'changed'],
      [gone?.id, 'gone'],
    ]);
    expect(trial.conflicts[0]?.objects[0]?.attributes).toEqual([{ name: 'capacity', was: 30, becomes: 50 }]);
    await expect(life.merge(mine.id, mine.revision, request, ANNA)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringMatching(/^2 edits are in conflict and nothing was changed/),
    });
    const resolutions: Resolution[] = [
      { edit: changed?.id ?? '', choice: 'theirs' },
      { edit: gone?.id ?? '', choice: 'mine' },
    ];
    const { scenario } = await life.merge(mine.id, mine.revision, { from: theirs.id, resolutions }, ANNA);
    expect(scenario.edits).toHaveLength(4);
    const seen = await place.features(['facilities', 'buildings'], mine.id);
    expect(seen.find(({ id }) => id === 'F.1')?.properties['capacity']).toBe(60);
    expect(seen.map(({ id }) => id)).not.toContain(BUILDING);
  });

  it('takes out what the other has taken out, also where that was branched off again', async () => {
    const { life, scenarios } = place;
    const parent = await place.begin([house(4), places('F.1', 77), house(44)]);
    const [first, second, third] = parent.edits;
    const branch = await life.branch(parent.id, {}, JAN);
    const less = await scenarios.removeEdit(branch.id, branch.revision, first?.id ?? '', JAN);
    await scenarios.undo(branch.id, less.revision, JAN);
    await place.add(await scenarios.read(branch.id, JAN), [house(84)], JAN);
    const again = await life.branch(branch.id, {}, JAN);
    await scenarios.remove(branch.id, (await scenarios.read(branch.id, JAN)).revision, JAN);

    const { scenario, report } = await life.merge(
      parent.id,
      parent.revision,
      { from: again.id, ...NONE },
      ANNA,
    );
    expect(report.takenOut).toEqual([
      { edit: first?.id, editKind: 'add-building' },
      { edit: third?.id, editKind: 'add-building' },
    ]);
    expect(report.edits).toEqual({ all: 1, kept: 1, dropped: 0 });
    expect(scenario.edits.map(({ id }) => id)).toEqual([second?.id, again.edits[1]?.id]);
    const seen = (await place.features(['buildings'], parent.id)).map(({ id }) => id);
    for (const gone of [first, third]) expect(seen).not.toContain(gone?.objects[0]?.id);
    expect((await life.log(parent.id, undefined, ANNA)).entries[0]?.takenOut).toMatchObject([
      { id: first?.id, edit: first?.edit },
      { id: third?.id },
    ]);
  });

  it('does not bring back what this scenario has taken out itself', async () => {
    const { life, scenarios } = place;
    const parent = await place.begin([house(4), places('F.1', 77)]);
    const branch = await life.branch(parent.id, {}, JAN);
    const less = await scenarios.removeEdit(branch.id, 1, parent.edits[0]?.id ?? '', JAN);
    await expect(
      life.merge(branch.id, less.revision, { from: parent.id, ...NONE }, JAN),
    ).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('has taken it out') });
    const more = await place.add(parent, [house(84)]);
    const { scenario } = await life.merge(branch.id, less.revision, { from: parent.id, ...NONE }, JAN);
    expect(scenario.edits.map(({ id }) => id)).toEqual([parent.edits[1]?.id, more.edits[2]?.id]);
  });

  it('takes back in what the other only took back for a while', async () => {
    const { life, scenarios } = place;
    const parent = await place.begin([house(4)]);
    const branch = await life.branch(parent.id, {}, JAN);
    const { revision } = await scenarios.undo(branch.id, 1, JAN);
    const without = await life.merge(parent.id, parent.revision, { from: branch.id, ...NONE }, ANNA);
    expect(without.scenario.edits).toEqual([]);
    await scenarios.redo(branch.id, revision, JAN);
    const again = { from: branch.id, ...NONE };
    const { scenario } = await life.merge(parent.id, without.scenario.revision, again, ANNA);
    expect(scenario.edits.map(({ id }) => id)).toEqual([parent.edits[0]?.id]);
  });

  it('asks before it takes out what later edits of this one build on', async () => {
    const { life, scenarios } = place;
    const parent = await place.begin([house(4), places('F.1', 77)]);
    const branch = await life.branch(parent.id, {}, JAN);
    await scenarios.removeEdit(branch.id, 1, parent.edits[0]?.id ?? '', JAN);
    const planned = parent.edits[0]?.objects[0]?.id ?? '';
    const mine = await place.add(parent, [edit({ kind: 'change-building', building: planned, storeys: 7 })]);
    const two = await life.branch(mine.id, {}, ANNA);
    const request = { from: branch.id, resolutions: [] };
    const [{ id: first } = { id: '' }, second, third] = mine.edits;
    const trial = await life.tryMerge(mine.id, request, ANNA);
    expect(trial).toMatchObject({
      conflicts: [{ edit: first, kind: 'taken-out', choices: ['mine', 'theirs'], assumed: 'mine' }],
      takenOut: [],
    });
    expect(trial.conflicts[0]?.message.en).toContain(`change-building ${third?.id}`);
    await expect(life.merge(mine.id, mine.revision, request, ANNA)).rejects.toMatchObject({
      kind: 'conflict',
    });
    const choices = (choice: Resolution['choice']) => ({ from: branch.id, ...choose(first, choice) });
    const kept = await life.merge(mine.id, mine.revision, choices('mine'), ANNA);
    expect(kept.scenario.edits.map(({ id }) => id)).toEqual([first, second?.id, third?.id]);
    const gone = await life.merge(two.id, 1, choices('theirs'), ANNA);
    expect(gone.scenario.edits.map(({ id }) => id)).toEqual([second?.id]);
    expect((await place.features(['buildings'], two.id)).map(({ id }) => id)).not.toContain(planned);
  });

  it('refuses itself, what is not there, and what this person may not read', async () => {
    const { life } = place;
    const { id, revision } = await place.begin();
    const merge = (from: string) => life.merge(id, revision, { from, resolutions: [] }, ANNA);
    await expect(merge(id)).rejects.toMatchObject({ kind: 'invalid-parameter', parameter: 'from' });
    await expect(merge('a'.repeat(20))).rejects.toMatchObject({ kind: 'not-found', parameter: 'from' });
    await expect(merge("' or true")).rejects.toMatchObject({ kind: 'not-found', parameter: 'from' });
  });

  it('lets two merge into each other at once', async () => {
    const { life } = place;
    const [one, two] = [await place.begin([house(4)]), await place.begin([house(44)])];
    const [first, second] = await Promise.all([
      life.merge(one.id, one.revision, { from: two.id, ...NONE }, ANNA),
      life.merge(two.id, two.revision, { from: one.id, ...NONE }, JAN),
    ]);
    expect([first.scenario.edits.length, second.scenario.edits.length]).toEqual([2, 2]);
  });
});

describe('applying a scenario', () => {
  let place: Awaited<ReturnType<typeof town>>;
  beforeEach(async () => {
    place = await town();
  });

  const adopted = async (edits: readonly Edit[]): Promise<Scenario> => {
    const { id, revision } = await place.begin(edits);
    await place.life.setState(id, revision, { state: 'review' }, ANNA);
    return place.life.setState(id, revision + 1, { state: 'adopted' }, JAN);
  };

  it('makes the city what the scenario shows, as one version with its history', async () => {
    const { life, scenarios, database } = place;
    const scenario = await adopted([house(4), REMOVAL, places('F.1', 77)]);
    const { id, revision } = scenario;
    const shown = await place.features(CHANGEABLE_LAYERS, id);
    const before = await place.features(CHANGEABLE_LAYERS);
    const wanted = [
      { layer: 'buildings', added: 1, changed: 0, removed: 1 },
      { layer: 'buildings_3d', added: 1, changed: 0, removed: 1 },
      { layer: 'facilities', added: 0, changed: 1, removed: 0 },
    ];
    const trial = await life.tryApply(id, ANNA);
    expect(trial).toEqual({ layers: wanted, notApplied: [] });
    expect(await place.features(CHANGEABLE_LAYERS)).toEqual(before);

    const { report, scenario: after } = await life.apply(id, revision, ANNA);
    expect(report).toEqual({ version: after.application?.version, layers: wanted, notApplied: [] });
    expect(after.application).toMatchObject({ by: 'anna' });
    expect(inOrder(await place.features(CHANGEABLE_LAYERS))).toEqual(inOrder(shown));
    expect(inOrder(await place.features(CHANGEABLE_LAYERS, id))).toEqual(inOrder(shown));
    const versions = await database.pool.read(
      sql`select version, format, file_name, source, synthetic, written, ended from twin.dataset_version
        where version > ${scenario.base.version}::bigint`,
    );
    expect(versions).toEqual([
      {
        version: report.version,
        format: 'scenario',
        file_name: id,
        source: 'T',
        synthetic: true,
        written: 3,
        ended: 2,
      },
    ]);
    const sources = await database.pool.read(
      sql`select distinct source from twin.layer_status where layer in ('buildings', 'facilities')`,
    );
    expect(sources).toEqual([{ source: 'test' }]);
    expect((await life.log(id, undefined, ANNA)).entries[0]).toMatchObject({
      action: 'applied',
      version: report.version,
    });

    for (const again of [
      () => life.apply(id, after.revision, ANNA),
      () => life.setState(id, after.revision, { state: 'review', reason: 'x' }, ANNA),
      () => scenarios.remove(id, after.revision, ANNA),
    ]) {
      await expect(again()).rejects.toMatchObject({ kind: 'conflict' });
    }
    await place.database.drop();
  });

  it('is refused when the city has changed under an object that it touches, and only then', async () => {
    const { life } = place;
    const { id, revision } = await adopted([places('F.1', 77)]);
    await place.reload([other(named('facilities', 'F.5'), { name: 'Nowa' })]);
    await life.tryApply(id, ANNA);
    await place.reload([other(named('facilities', 'F.1'), { name: 'Inna' })]);
    await expect(life.apply(id, revision, ANNA)).rejects.toMatchObject({
      kind: 'conflict',
      parameter: 'base',
      message: expect.stringContaining('facilities F.1'),
    });
    await place.database.drop();
  });

  it('is for adopted scenarios that change something', async () => {
    const { life } = place;
    const draft = await place.begin([house(4)]);
    await expect(life.apply(draft.id, draft.revision, ANNA)).rejects.toMatchObject({
      kind: 'conflict',
      parameter: 'state',
    });
    const empty = await adopted([]);
    await expect(life.apply(empty.id, empty.revision, ANNA)).rejects.toMatchObject({
      kind: 'conflict',
      parameter: 'edits',
    });
    await place.database.drop();
  });
});
