/** What the city says to edits of every subject: findings, refusals, joined ends. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Edit, editSchema } from '../../../core/wire/scenario.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { editableCity } from '../../../test/support/editable-city.ts';
import { fill } from '../../../test/support/filled-database.ts';
import { SAMPLE_ORIGIN } from '../../../test/support/sample-city.ts';
import { ANONYMOUS, type Identity } from '../../access/identity.ts';
import type { Scenarios } from '../../services/scenarios.ts';
import { layersOf } from '../layers.ts';
import { storeScenarios } from '../scenarios.ts';
import { sql } from '../sql.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const at = (x: number, y: number): [number, number] => [E + x, N + y];
const AROUND = [at(-9, -9), at(400, -9), at(400, 70), at(-9, 70)];
const edit = (given: Record<string, unknown>): Edit => editSchema.parse(given);

describe('settleEdit', () => {
  let database: TestDatabase;
  let store: Scenarios;
  let id: string;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, editableCity(60));
    // A city with an edge: a kilometre around the sample.
    await database.pool.read(sql`update twin.dataset set area = ST_MakeEnvelope(${E - 1000}::float8, ${N - 1000}::float8,
      ${E + 1000}::float8, ${N + 1000}::float8, 2177) where name = 'city'`);
    store = storeScenarios(database.pool, layersOf(database.pool), {
      lowestM: async () => 70,
      grid: async () => undefined,
      earthwork: async () => undefined,
    });
    ({ id } = await store.create({ title: 'T', reason: '', access: 'link' }, STAFF));
  });
  afterAll(() => database.drop());

  const road = (path: readonly (readonly number[])[], more = {}) => ({ kind: 'add-road', path, ...more });
  const pipe = (path: readonly (readonly number[])[], more = {}) => ({
    kind: 'add-utility-line',
    path,
    network: 'water',
    ...more,
  });

  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ['a road from junction to junction', road([at(240, -4), at(240, 64)]), []],
    ['a road that ends in a field', road([at(80, -4), at(90, -200)]), ['road-not-joined']],
    [
      'a road through a house',
      road([at(0, -4), at(10, 10), at(0, 64)]),
      ['road-through-building', 'road-over-trees'],
    ],
    [
      'a road over a street',
      road([at(80, -4), at(200, 33), at(240, 64)], { widthM: 2 }),
      ['road-through-building', 'road-crosses-road'],
    ],
    ['a tree in a house', { kind: 'plant-tree', at: at(5, 5), species: 'lipa' }, ['tree-in-building']],
    ['a tree on a street', { kind: 'plant-tree', at: at(30, -5), species: 'lipa' }, ['tree-on-road']],
    [
      'a tree 1.9 m from gas',
      { kind: 'plant-tree', at: at(90, 3.9), species: 'lipa' },
      ['tree-near-utility'],
    ],
    ['a tree 1.9 m from water', { kind: 'plant-tree', at: at(25, 3.9), species: 'lipa' }, []],
    ['felling a monument', { kind: 'fell-tree', tree: 'T.7' }, ['protected-tree']],
    ['a pipe through a house', pipe([at(2, 10), at(18, 10)]), ['utility-through-building']],
    ['a wire over a house', pipe([at(2, 10), at(18, 10)], { network: 'power', course: 'overhead' }), []],
    ['a connection into a house', pipe([at(5, 2), at(5, 5)], { role: 'connection' }), []],
    ['a pipe beside a tree', pipe([at(40, 47), at(40, 44)]), ['utility-near-tree']],
    ['taking away a main', { kind: 'remove-utility-line', line: 'U.2' }, ['utility-devices-left']],
    [
      'a nursery in a field, of which nobody says how large',
      { kind: 'add-facility', at: at(500, 500), name: 'Żłobek', facility: 'nursery' },
      ['facility-outside-building', 'capacity-unknown'],
    ],
    ['closing a nursery', { kind: 'close-facility', facility: 'F.0' }, ['capacity-below-enrolled']],
    ['half of the demand', { kind: 'scale-demand', factor: 0.5 }, []],
  ])('tells of %s', async (_, given, codes) => {
    const [trial] = await store.tryOut(id, [edit(given)], STAFF);
    expect(trial?.findings.map(({ code }) => code)).toEqual(codes);
    for (const { message } of trial?.findings ?? []) expect(message.pl).not.toBe(message.en);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown road', { kind: 'close-road', road: 'none' }, 'road'],
    ['an unknown tree with a NUL', { kind: 'fell-tree', tree: 'T\0' }, 'tree'],
    ['a part beyond the end', { kind: 'close-road', road: 'R.S0', fromM: 10, toM: 900 }, 'toM'],
    ['a part backwards', { kind: 'close-road', road: 'R.S0', fromM: 50, toM: 20 }, 'toM'],
    ['opening what is open', { kind: 'open-road', road: 'R.S0' }, 'road'],
    ['a speed that it has', { kind: 'change-road', road: 'R.S0', speedKmH: 50 }, 'road'],
    ['a road of a metre', road([at(0, 0), at(1, 0)]), 'path'],
    ['a road out of the city', road([at(0, -4), at(0, -3000)]), 'path'],
    ['degrees', { kind: 'plant-tree', at: [16.9, 52.4], species: 'lipa' }, 'at'],
    ['both ends on one section', road([at(20, -4), at(30, -30), at(60, -4)]), 'path'],
    ['as many places as there are', { kind: 'change-facility', facility: 'F.0', capacity: 20 }, 'capacity'],
    ['a factor of one', { kind: 'scale-demand', factor: 1 }, 'factor'],
    ['a turn between streets that do not meet', { kind: 'ban-turn', from: 'R.S0', to: 'R.N3' }, 'to'],
    ['a turn that is banned', { kind: 'ban-turn', from: 'R.S0', to: 'R.S1' }, 'to'],
    ['a turn that is allowed', { kind: 'allow-turn', from: 'R.S1', to: 'R.S2' }, 'to'],
    ['a signal far from junctions', { kind: 'set-signal', at: at(200, 30) }, 'at'],
    [
      'a green longer than the cycle',
      { kind: 'set-signal', at: at(160, -4), cycleS: 60, mainGreenS: 58 },
      'mainGreenS',
    ],
    ['a signal that is not there', { kind: 'remove-signal', at: at(160, -4) }, 'at'],
    [
      'a slow zone where all is slow',
      { kind: 'slow-zone', area: [at(0, -9), at(400, -9), at(200, 0)], speedKmH: 50 },
      'area',
    ],
    ['the end of a zone that is not there', { kind: 'low-emission-zone', area: AROUND, sharePct: 0 }, 'area'],
    [
      'a crossed area',
      { kind: 'scale-demand', factor: 2, area: [at(0, 0), at(9, 9), at(9, 0), at(0, 9)] },
      'area',
    ],
  ])('refuses %s and says where', async (_, given, parameter) => {
    const refused = { kind: 'invalid-parameter', parameter };
    await expect(store.tryOut(id, [edit(given)], STAFF)).rejects.toMatchObject(refused);
  });

  it('joins a road to the middle of another: that one ends there, and its rest begins', async () => {
    const { id: own, revision } = await store.create({ title: 'T', reason: '', access: 'link' }, STAFF);
    const { added } = await store.add(
      own,
      revision,
      [edit(road([at(40, -3), at(40, 30), at(80, 63)]))],
      STAFF,
    );
    const joined = added[0]?.settled.road;
    expect(joined).toMatchObject({
      toNode: 'N.1',
      splits: [{ road: 'R.S0', atM: 40, node: joined?.fromNode }],
    });
    const rows =
      await database.pool.read(sql`select id, from_node, to_node, round(ST_Length(geom)::numeric, 3)::float8 as m,
        speed_kmh from scenario.road where scenario_id = ${own}::text order by id`);
    const rest = joined?.splits[0]?.restId;
    expect(rows.find((row) => row['id'] === 'R.S0')).toMatchObject({
      from_node: 'S.0',
      to_node: joined?.fromNode,
      m: 40,
    });
    expect(rows.find((row) => row['id'] === rest)).toMatchObject({
      from_node: joined?.fromNode,
      to_node: 'S.1',
      m: 40,
      speed_kmh: 50,
    });
    await store.undo(own, revision + 1, STAFF);
    const left = await database.pool.read(sql`select from scenario.road where scenario_id = ${own}::text`);
    expect(left).toHaveLength(0);
  });

  it('keeps banned turns and closed stretches when a new road cuts the streets they are on', async () => {
    const { id: own, revision } = await store.create({ title: 'T', reason: '', access: 'link' }, STAFF);
    const edits = [
      // R.S2 comes to the end of R.S1 that the cut takes from it; R.S0 comes to the other end, and bans it already.
      edit({ kind: 'ban-turn', from: 'R.S2', to: 'R.S1' }),
      edit({ kind: 'ban-turn', from: 'R.S1', to: 'R.S1' }),
      edit({ kind: 'close-road', road: 'R.S1', fromM: 50, toM: 70 }),
      edit(road([at(120, -3), at(120, 30), at(140, 40)])),
    ];
    const { added } = await store.add(own, revision, edits, STAFF);
    const rest = added[3]?.settled.road?.splits[0]?.restId ?? '';
    const rows = await database.pool.read(sql`select id, no_turn_to, closed, closed_from_m, closed_to_m
      from scenario.road where scenario_id = ${own}::text and name is not null order by id collate "C"`);
    const open = { closed: false, closed_from_m: null, closed_to_m: null };
    expect(rows.map((row) => ({ ...row, closed: row['closed'] === true }))).toEqual(
      [
        { id: 'R.S0', no_turn_to: ['R.S1', rest].toSorted().join(','), ...open },
        { id: 'R.S1', no_turn_to: 'R.S1', ...open },
        { id: 'R.S2', no_turn_to: ['R.S1', rest].toSorted().join(','), ...open },
        { id: rest, no_turn_to: rest, closed: true, closed_from_m: 10, closed_to_m: 30 },
      ].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
    await store.undo(own, revision + 1, STAFF);
    const before = await database.pool.read(sql`select id, no_turn_to from scenario.road
      where scenario_id = ${own}::text order by id collate "C"`);
    expect(before).toEqual([
      { id: 'R.S1', no_turn_to: 'R.S1' },
      { id: 'R.S2', no_turn_to: 'R.S1' },
    ]);
  });

  it('turns a one-way street round with all that is told along it, and back to the same', async () => {
    const { id: own, revision } = await store.create({ title: 'T', reason: '', access: 'link' }, STAFF);
    const close = edit({ kind: 'close-road', road: 'R.cross', fromM: 10, toM: 20 });
    const turn = edit({ kind: 'change-road', road: 'R.cross', oneway: 'against' });
    await store.add(own, revision, [close, turn], STAFF);
    const now = () =>
      database.pool.read(sql`select from_node, oneway, closed_from_m, closed_to_m, ST_Y(ST_StartPoint(geom)) as y
        from scenario.road where scenario_id = ${own}::text`);
    expect(await now()).toEqual([
      { from_node: 'N.2', oneway: true, closed_from_m: 48, closed_to_m: 58, y: N + 64 },
    ]);
    await store.undo(own, revision + 1, STAFF);
    expect(await now()).toEqual([
      { from_node: 'S.2', oneway: false, closed_from_m: 10, closed_to_m: 20, y: N - 4 },
    ]);
  });

  it('gives the main street of a junction the green that is asked for, and the others the rest', async () => {
    const { id: own, revision } = await store.create({ title: 'T', reason: '', access: 'link' }, STAFF);
    const signal = edit({ kind: 'set-signal', at: at(165, -1), cycleS: 80, mainGreenS: 50 });
    const turn = edit({ kind: 'change-road', road: 'R.cross', oneway: 'against' });
    await store.add(own, revision, [signal, turn], STAFF);
    const now = () =>
      database.pool.read(sql`select id, signal_from, signal_to from scenario.road
        where scenario_id = ${own}::text order by id collate "C"`);
    expect(await now()).toEqual([
      { id: 'R.S1', signal_from: null, signal_to: '50/80' },
      { id: 'R.S2', signal_from: '50/80', signal_to: null },
      // It runs the other way now, and so does what is told of its ends.
      { id: 'R.cross', signal_from: '40/90', signal_to: '22/80' },
    ]);
    await store.add(own, revision + 1, [edit({ kind: 'remove-signal', at: at(160, -4) })], STAFF);
    expect((await now()).flatMap((row) => [row['signal_from'], row['signal_to']])).toEqual([
      ...Array(4).fill(null),
      '40/90',
      null,
    ]);
  });

  it('limits the streets that lie in a zone with half of their length, and lifts it again', async () => {
    const { id: own, revision } = await store.create({ title: 'T', reason: '', access: 'link' }, STAFF);
    // Half of R.S2 and more of R.S1 than is left out.
    const area = [at(100, -9), at(200, -9), at(200, 0), at(100, 0)];
    const zone = { kind: 'low-emission-zone', area, vehicles: 'car', sharePct: 30, chargePln: 5 };
    await store.add(own, revision, [edit(zone), edit({ kind: 'slow-zone', area })], STAFF);
    const now = () =>
      database.pool.read(sql`select id, speed_kmh, limited_vehicles, limited_share_pct, entry_charge_pln
        from scenario.road where scenario_id = ${own}::text order by id`);
    const limit = { speed_kmh: 30, limited_vehicles: 'car', limited_share_pct: 30, entry_charge_pln: 5 };
    expect(await now()).toEqual([
      { id: 'R.S1', ...limit },
      { id: 'R.S2', ...limit },
    ]);
    await store.add(own, revision + 1, [edit({ ...zone, sharePct: 0 })], STAFF);
    expect((await now())[0]).toMatchObject({
      limited_vehicles: null,
      limited_share_pct: null,
      speed_kmh: 30,
    });
  });

  it('keeps banned turns in the road that they are made from', async () => {
    const { id: own, revision } = await store.create({ title: 'T', reason: '', access: 'link' }, STAFF);
    const ban = (to: string) => edit({ kind: 'ban-turn', from: 'R.S1', to });
    await store.add(own, revision, [ban('R.cross'), ban('R.S2')], STAFF);
    await store.add(own, revision + 1, [edit({ kind: 'allow-turn', from: 'R.S1', to: 'R.S2' })], STAFF);
    expect(
      await database.pool.read(
        sql`select id, no_turn_to from scenario.road where scenario_id = ${own}::text`,
      ),
    ).toEqual([{ id: 'R.S1', no_turn_to: 'R.cross' }]);
    await expect(store.tryOut(own, [ban('R.cross')], STAFF)).rejects.toMatchObject({ parameter: 'to' });
  });

  it('makes all of several edits, each in the city that the one before it leaves, or none', async () => {
    const { id: own, revision } = await store.create({ title: 'T', reason: '', access: 'link' }, STAFF);
    const fell = edit({ kind: 'fell-tree', tree: 'T.1' });
    const plant = edit({ kind: 'plant-tree', at: at(200, 200), species: 'dąb' });
    await expect(store.add(own, revision, [plant, fell, fell], STAFF)).rejects.toMatchObject({
      parameter: '2.tree',
      message: expect.stringMatching(/^Edit 2 \(fell-tree\): .*None of the edits was made$/),
    });
    expect(await store.read(own, STAFF)).toMatchObject({ revision, edits: [] });
    expect(await store.tryOut(own, [plant, fell], STAFF)).toHaveLength(2);
    expect(await store.read(own, STAFF)).toMatchObject({ revision, edits: [] });
    const { added, revision: next } = await store.add(own, revision, [plant, fell], STAFF);
    expect([added.length, next]).toEqual([2, revision + 1]);
    // An object that was changed and then removed is gone, not back.
    const changes = [
      edit({ kind: 'change-facility', facility: 'F.2', capacity: 500 }),
      edit({ kind: 'close-facility', facility: 'F.2' }),
    ];
    await store.add(own, next, changes, STAFF);
    const [row] = await database.pool.read(
      sql`select is_deleted from scenario.facility where scenario_id = ${own}::text and id = 'F.2'`,
    );
    expect(row).toEqual({ is_deleted: true });
  });

  it('keeps what staff alone may know of an object from everybody else', async () => {
    const { id: own, revision } = await store.create({ title: 'T', reason: '', access: 'link' }, STAFF);
    await store.add(own, revision, [edit({ kind: 'fell-tree', tree: 'T.2' })], STAFF);
    const seenBy = async (who: Identity) =>
      (await store.read(own, who)).edits[0]?.objects[0]?.before?.properties ?? {};
    expect(await seenBy(STAFF)).toHaveProperty('inspection_note');
    expect(await seenBy(ANONYMOUS)).not.toHaveProperty('inspection_note');
    expect(await seenBy(ANONYMOUS)).toHaveProperty('species');
  });
});
