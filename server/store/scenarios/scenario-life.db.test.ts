import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Edit, editSchema, type Scenario } from '../../../core/wire/scenario.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { fill } from '../../../test/support/filled-database.ts';
import { flatGround } from '../../../test/support/flat-ground.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../../../test/support/sample-city.ts';
import { ANONYMOUS, type Identity } from '../../access/identity.ts';
import type { ScenarioLife } from '../../services/scenario-life.ts';
import type { Scenarios } from '../../services/scenarios.ts';
import { layersOf } from '../layers.ts';
import { preparePublicRole } from '../public-role.ts';
import { storeScenarios } from '../scenarios.ts';
import { sql } from '../sql.ts';
import { storeScenarioLife } from './scenario-life.ts';

const ANNA: Identity = { who: 'anna', roles: ['public', 'staff'] };
const JAN: Identity = { who: 'jan', roles: ['public', 'staff'] };
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const houseAt = (eastM: number) =>
  editSchema.parse({
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
const REMOVAL = editSchema.parse({ kind: 'remove-building', building: '306401_1.0021.1.1_BUD' });

describe('the life of a scenario in the store', () => {
  let database: TestDatabase;
  let scenarios: Scenarios;
  let life: ScenarioLife;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, sampleFeatures(30));
    const layers = layersOf(database.pool);
    scenarios = storeScenarios(database.pool, layers, flatGround(70));
    life = storeScenarioLife(database.pool, layers, flatGround(70));
  });
  afterAll(() => database.drop());

  const begin = (): Promise<Scenario> =>
    scenarios.create(
      { title: 'T', reason: 'R', access: 'link', assumptions: ['A'], lawDate: '2026-01-01' },
      ANNA,
    );
  const put = async (id: string, revision: number, edit: Edit, who: Identity): Promise<Scenario> => {
    await scenarios.add(id, revision, [edit], who);
    return scenarios.read(id, who);
  };
  const withHouse = async (): Promise<Scenario> => {
    const { id, revision } = await begin();
    return put(id, revision, houseAt(4), ANNA);
  };
  const rowsOf = (id: string) =>
    database.pool.read(sql`select id, geom, is_deleted, kind, storeys_above, parcel_ids from scenario.building
      where scenario_id = ${id}::text order by id`);

  describe('branches', () => {
    it('begin as the parent stands, and go their own way', async () => {
      const { id, revision } = await withHouse();
      const two = await put(id, revision, REMOVAL, ANNA);
      const parent = await scenarios.undo(id, two.revision, ANNA);
      const branch = await life.branch(id, { title: 'Other' }, JAN);
      expect(branch).toMatchObject({
        title: 'Other',
        reason: 'R',
        author: 'jan',
        assumptions: ['A'],
        lawDate: '2026-01-01',
        parent: { id, revision: parent.revision },
        base: parent.base,
        edits: parent.edits,
        undone: 0,
        revision: 1,
        state: 'draft',
      });
      expect(await rowsOf(branch.id)).toEqual(await rowsOf(id));
      expect((await scenarios.state(branch.id, ANNA))?.layers).toEqual(
        (await scenarios.state(id, ANNA))?.layers,
      );
      await put(branch.id, 1, houseAt(40), JAN);
      expect(await rowsOf(branch.id)).toHaveLength(2);
      expect(await rowsOf(id)).toHaveLength(1);
    });

    it('outlive their parent', async () => {
      const parent = await withHouse();
      const branch = await life.branch(parent.id, {}, ANNA);
      await scenarios.remove(parent.id, parent.revision, ANNA);
      expect(await rowsOf(branch.id)).toHaveLength(1);
      expect(await scenarios.read(branch.id, ANNA)).toMatchObject({ parent: { id: parent.id } });
    });

    it('tell their parent to staff alone: whoever knows an id may read it', async () => {
      const parent = await withHouse();
      const branch = await life.branch(parent.id, { access: 'public' }, ANNA);
      expect(await scenarios.read(branch.id, ANONYMOUS)).not.toHaveProperty('parent');
      const [listed] = (await scenarios.list(ANONYMOUS)).filter(({ id }) => id === branch.id);
      expect(listed).toBeDefined();
      expect(listed).not.toHaveProperty('parent');
    });

    it('cannot come from what is not there', async () => {
      for (const id of ['', 'a'.repeat(20), "' or true --"]) {
        await expect(life.branch(id, {}, ANNA)).rejects.toMatchObject({ kind: 'not-found' });
      }
    });

    it('cannot run in a circle: the database itself refuses a scenario that is its own parent', async () => {
      const { id } = await begin();
      await expect(
        database.pool.read(
          sql`update twin.scenario set parent_id = id, parent_revision = 1 where id = ${id}::text`,
        ),
      ).rejects.toThrow();
    });
  });

  describe('states', () => {
    it('freeze what is no draft, words and edits alike, and leave its access to be changed', async () => {
      const draft = await withHouse();
      const { id, revision, state } = await life.setState(
        draft.id,
        draft.revision,
        { state: 'review' },
        ANNA,
      );
      expect(state).toBe('review');
      const [edit] = draft.edits;
      const refused = { kind: 'conflict', message: expect.stringContaining('in review') };
      await expect(put(id, revision, REMOVAL, ANNA)).rejects.toMatchObject(refused);
      await expect(scenarios.undo(id, revision, ANNA)).rejects.toMatchObject(refused);
      await expect(scenarios.removeEdit(id, revision, edit?.id ?? '', ANNA)).rejects.toMatchObject(refused);
      await expect(scenarios.change(id, revision, { title: 'X' }, ANNA)).rejects.toMatchObject(refused);
      expect(await scenarios.change(id, revision, { access: 'staff' }, ANNA)).toMatchObject({
        access: 'staff',
      });
    });

    it('count everybody who made an edit as an author: they cannot adopt it', async () => {
      const { id, revision } = await begin();
      const scenario = await put(id, revision, houseAt(4), JAN);
      const inReview = await life.setState(id, scenario.revision, { state: 'review' }, ANNA);
      for (const who of [ANNA, JAN]) {
        await expect(life.setState(id, inReview.revision, { state: 'adopted' }, who)).rejects.toMatchObject({
          kind: 'forbidden',
        });
      }
      const ewa: Identity = { who: 'ewa', roles: ['public', 'staff'] };
      expect(await life.setState(id, inReview.revision, { state: 'adopted' }, ewa)).toMatchObject({
        state: 'adopted',
      });
    });

    it('let the second of two people hear who was faster', async () => {
      const { id, revision } = await withHouse();
      await life.setState(id, revision, { state: 'review' }, ANNA);
      await expect(life.setState(id, revision, { state: 'review' }, JAN)).rejects.toMatchObject({
        kind: 'conflict',
        message: expect.stringMatching(/^anna has changed the scenario/),
      });
    });
  });

  it('opens a scenario of staff to whoever has the link while it is published, and no draft', async () => {
    const { id, revision } = await scenarios.create({ title: 'T', reason: '', access: 'staff' }, ANNA);
    await expect(life.publish(id, revision, ANNA)).rejects.toMatchObject({ kind: 'conflict' });
    const inReview = await life.setState(id, revision, { state: 'review' }, ANNA);
    expect(await scenarios.state(id, ANONYMOUS)).toBeUndefined();
    const published = await life.publish(id, inReview.revision, ANNA);
    expect(published.publication).toMatchObject({ by: 'anna' });
    expect(await scenarios.state(id, ANONYMOUS)).toMatchObject({ id });
    expect(await scenarios.list(ANONYMOUS)).not.toContainEqual(expect.objectContaining({ id }));
    for (const attempt of [
      () => life.setState(id, published.revision, { state: 'draft' }, ANNA),
      () => scenarios.remove(id, published.revision, ANNA),
    ]) {
      await expect(attempt()).rejects.toMatchObject({
        kind: 'conflict',
        message: expect.stringContaining('withdraw'),
      });
    }
    await life.withdraw(id, published.revision, ANNA);
    await expect(scenarios.read(id, ANONYMOUS)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('refuses edits over a version of the city that is not there any more', async () => {
    const { id, revision } = await begin();
    await database.pool.read(sql`update twin.scenario set base_version = 4711 where id = ${id}::text`);
    expect(await scenarios.read(id, ANNA)).toMatchObject({ base: { isGone: true } });
    await expect(put(id, revision, houseAt(4), ANNA)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('rebase'),
    });
  });

  describe('the log', () => {
    it('tells every change, also of edits that are gone for good', async () => {
      const draft = await withHouse();
      const { id } = draft;
      const [house] = draft.edits;
      const { revision: two } = await scenarios.undo(id, draft.revision, JAN);
      const three = await put(id, two, REMOVAL, ANNA);
      const [removal] = three.edits;
      const { revision: four } = await scenarios.removeEdit(id, three.revision, removal?.id ?? '', ANNA);
      const { revision: five } = await scenarios.change(id, four, { title: 'New' }, ANNA);
      await life.setState(id, five, { state: 'review' }, JAN);
      const { entries, more } = await life.log(id, undefined, ANNA);
      const houseNamed = { id: house?.id, kind: 'add-building' };
      expect(more).toBe(false);
      expect(entries.map(({ at: _, ...line }) => line)).toEqual([
        { who: 'jan', revision: 7, action: 'state', state: { from: 'draft', to: 'review' } },
        { who: 'anna', revision: 6, action: 'changed', members: ['title'] },
        {
          who: 'anna',
          revision: 5,
          action: 'removed',
          edits: [{ id: removal?.id, kind: 'remove-building', edit: REMOVAL }],
          dropped: [],
        },
        {
          who: 'anna',
          revision: 4,
          action: 'added',
          edits: [{ id: removal?.id, kind: 'remove-building' }],
          dropped: [{ ...houseNamed, edit: house?.edit }],
        },
        { who: 'jan', revision: 3, action: 'undone', edits: [houseNamed] },
        { who: 'anna', revision: 2, action: 'added', edits: [houseNamed], dropped: [] },
        { who: 'anna', revision: 1, action: 'created' },
      ]);
      expect((await life.log(id, 3, ANNA)).entries.map(({ revision }) => revision)).toEqual([2, 1]);
    });

    it('is not for the database role of the public', async () => {
      await preparePublicRole(database.pool);
      const [row] = await database.pool.read(
        sql`select has_table_privilege('blizniak_public', 'twin.scenario_event', 'select') as may`,
      );
      expect(row).toEqual({ may: false });
    });
  });
});
