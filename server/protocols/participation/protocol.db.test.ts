import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editSchema } from '../../../core/wire/scenario.ts';
import { type AskProtocols, askProtocols } from '../../../test/support/ask-protocols.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { fill } from '../../../test/support/filled-database.ts';
import { flatGround } from '../../../test/support/flat-ground.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../../../test/support/sample-city.ts';
import { ANONYMOUS, type Identity } from '../../access/identity.ts';
import type { Scenarios } from '../../services/scenarios.ts';
import { storeComments } from '../../store/comments.ts';
import { layersOf } from '../../store/layers.ts';
import { storeScenarios } from '../../store/scenarios.ts';
import { sql } from '../../store/sql.ts';
import { participation } from './protocol.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const HERE = { kind: 'place', at: [E + 5, N + 5] };
const PARCEL = sampleFeatures(1).find(({ layer }) => layer === 'parcels')?.id ?? '';
const BUILDING = sampleFeatures(1).find(({ layer }) => layer === 'buildings')?.id ?? '';

describe('comments', () => {
  let database: TestDatabase;
  let scenarios: Scenarios;
  let ask: AskProtocols;
  /** A fresh door each time: what one test sends does not count in the next. */
  const newDoor = () => {
    const comments = storeComments(database.pool, layersOf(database.pool), scenarios.state);
    ask = askProtocols([participation({ comments })]);
  };
  /** As a scenario that left its draft and was published. */
  const publish = (id: string) =>
    database.pool.read(sql`update twin.scenario set state = 'review', published_at = now(), published_by = 'anna'
      where id = ${id}::text`);
  const begin = async () => {
    const scenario = await scenarios.create({ title: 'T', reason: '', access: 'staff' }, STAFF);
    await publish(scenario.id);
    return scenario;
  };
  const say = async (id: string, text: string, anchor: object = HERE, who = ANONYMOUS) =>
    (await ask('POST', `/api/scenarios/${id}/comments`, { text, anchor }, who)) as {
      status: number;
      body: { id: string; text: string; state: string; anchor: object; detail: string; parameter: string };
    };
  const told = async (id: string, who: Identity, query = '') =>
    (await ask('GET', `/api/scenarios/${id}/comments${query}`, undefined, who)).body as {
      comments: { id: string; text: string; moderation?: object }[];
      pending?: number;
      open: boolean;
    };

  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, sampleFeatures(6));
    scenarios = storeScenarios(database.pool, layersOf(database.pool), flatGround(undefined));
    newDoor();
  });
  afterAll(() => database.drop());

  it('wait for staff, are shown once they agree, and tell nobody who sent or judged them', async () => {
    newDoor();
    const { id } = await begin();
    const sent = await say(id, '  Za wysoko! <b>Dzwońcie</b>: 601 234 567  ');
    expect(sent).toMatchObject({
      status: 201,
      body: { text: 'Za wysoko! <b>Dzwońcie</b>: […]', state: 'pending', anchor: HERE },
    });
    expect(await told(id, ANONYMOUS)).toEqual({ open: true, comments: [], more: false });
    expect(await told(id, STAFF)).toMatchObject({ pending: 1, comments: [{ id: sent.body.id }] });

    const one = `/api/scenarios/${id}/comments/${sent.body.id}`;
    expect(await ask('PATCH', one, { state: 'shown' }, ANONYMOUS)).toMatchObject({ status: 401 });
    await ask('PATCH', one, { state: 'shown', note: 'na temat' }, STAFF);
    const { comments } = await told(id, ANONYMOUS);
    expect(comments).toHaveLength(1);
    expect(comments[0]).not.toHaveProperty('moderation');
    expect(await told(id, STAFF)).toMatchObject({
      pending: 0,
      comments: [{ moderation: { by: 'anna', note: 'na temat' } }],
    });
    expect((await told(id, STAFF, '?state=pending')).comments).toEqual([]);

    await ask('PATCH', one, { state: 'refused' }, STAFF);
    expect((await told(id, ANONYMOUS)).comments).toEqual([]);
    expect(await ask('DELETE', one, undefined, STAFF)).toMatchObject({ status: 204 });
    expect(await ask('DELETE', one, undefined, STAFF)).toMatchObject({ status: 404 });
    const columns = await database.pool.read<{ name: string }>(
      sql`select column_name::text as name from information_schema.columns where table_name = 'scenario_comment'`,
    );
    // Nothing of the sender is kept that could ever be told.
    expect(columns.map(({ name }) => name).toSorted()).toEqual(
      ['geom', 'id', 'layer', 'made_at', 'moderated_at', 'moderated_by', 'note', 'object_id'].concat(
        'scenario_id',
        'state',
        'text',
      ),
    );
  });

  it('speak of objects that the scenario or its base has', async () => {
    newDoor();
    const { id, revision } = await scenarios.create({ title: 'T', reason: '', access: 'link' }, STAFF);
    const remove = editSchema.parse({ kind: 'remove-building', building: BUILDING });
    await scenarios.add(id, revision, [remove], STAFF);
    await publish(id);
    const onParcel = await say(id, 'Ta działka', { kind: 'object', layer: 'parcels', id: PARCEL });
    expect(onParcel.body.anchor).toMatchObject({ kind: 'object', layer: 'parcels', id: PARCEL });
    const gone = await say(id, 'Szkoda domu', { kind: 'object', layer: 'buildings', id: BUILDING });
    expect(gone.status).toBe(201);
    const unknown = await say(id, 'Co?', { kind: 'object', layer: 'buildings', id: 'none' });
    expect(unknown).toMatchObject({ status: 400, body: { parameter: 'anchor.id' } });
    // A register of staff is as unknown as one that there is not.
    const owners = await say(id, 'Kto?', { kind: 'object', layer: 'owners', id: '1' });
    expect(owners).toMatchObject({ status: 400, body: { parameter: 'anchor.id' } });
  });

  it.each([
    ['nothing', '', HERE],
    ['too much', 'a'.repeat(2_001), HERE],
    ['what is no text', 'a\u0000b', HERE],
    ['a place elsewhere', 'Tu', { kind: 'place', at: [E + 90_000, N] }],
    ['a place that is none', 'Tu', { kind: 'place', at: [E] }],
  ])('refuse %s', async (_, text, anchor) => {
    newDoor();
    const { id } = await begin();
    expect(await say(id, text, anchor)).toMatchObject({ status: 400 });
    expect((await told(id, STAFF)).comments).toEqual([]);
  });

  it('are closed where the scenario is not published', async () => {
    newDoor();
    const secret = await scenarios.create({ title: 'T', reason: '', access: 'staff' }, STAFF);
    expect(await say(secret.id, 'Tajne')).toMatchObject({ status: 404 });
    expect(await say(secret.id, 'Tajne', HERE, STAFF)).toMatchObject({ status: 403 });
    // A link to a draft is for those who make it.
    const draft = await scenarios.create({ title: 'T', reason: '', access: 'link' }, STAFF);
    expect(await say(draft.id, 'Już?')).toMatchObject({ status: 403 });
    expect(await told(draft.id, ANONYMOUS)).toMatchObject({ open: false });
  });

  it('come five at most from one place in ten minutes', async () => {
    newDoor();
    const { id } = await begin();
    const said: number[] = [];
    for (let n = 0; n < 6; n++) said.push((await say(id, `Uwaga ${n}`)).status);
    expect(said).toEqual([201, 201, 201, 201, 201, 429]);
  });

  it('go with their scenario', async () => {
    newDoor();
    const { id } = await begin();
    await say(id, 'Zostanie?');
    await database.pool.read(sql`delete from twin.scenario where id = ${id}::text`);
    expect(await ask('GET', `/api/scenarios/${id}/comments`, undefined, STAFF)).toMatchObject({
      status: 404,
    });
    expect(
      await database.pool.read(sql`select id from twin.scenario_comment where scenario_id = ${id}::text`),
    ).toEqual([]);
  });
});
