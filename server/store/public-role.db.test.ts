import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { TwinError } from '../../core/errors.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { ANONYMOUS, type Identity } from '../access/identity.ts';
import { isPassword } from '../access/password.ts';
import { tokenDigest } from '../access/token.ts';
import { makeFirstAccount, storeAccounts } from './accounts.ts';
import { storeCatalogue } from './catalogue.ts';
import { postgisSource } from './features.ts';
import { layersOf } from './layers.ts';
import { openPool, type Pool } from './pool.ts';
import { PUBLIC_ROLE, preparePublicRole } from './public-role.ts';
import { tableOf } from './register-table.ts';
import { relationFor } from './relation.ts';
import { sql, trusted } from './sql.ts';
import { postgisVectorTiles } from './vector-tiles.ts';

const STAFF: Identity = { who: 'clerk', roles: ['public', 'staff'] };
const INSUFFICIENT_PRIVILEGE = '42501';
const signal = new AbortController().signal;

const at = (offset: number): Feature['geometry'] => ({
  type: 'Point',
  coordinates: [6_427_010 + offset, 5_808_010],
});
const FEATURES: readonly Feature[] = [
  {
    layer: 'building_residents',
    id: '306401_1.0021.1.1_BUD',
    geometry: at(0),
    properties: { building_id: '306401_1.0021.1.1_BUD', residents: 3 },
  },
  {
    layer: 'trees',
    id: 'T-1',
    geometry: at(3),
    properties: { species: 'lipa drobnolistna', inspection_note: 'spróchniały pień' },
  },
];

describe('the database role of public requests', () => {
  let database: TestDatabase;
  let publicPool: Pool;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, FEATURES);
    expect(await preparePublicRole(database.pool)).toEqual({ role: PUBLIC_ROLE });
    publicPool = database.openAnother({ role: PUBLIC_ROLE });
  });
  afterAll(() => database.drop());

  const stateOf = async (statement: string): Promise<unknown> => {
    const error = await publicPool.read(trusted(statement)).catch((thrown: unknown) => thrown);
    return error instanceof TwinError && error.cause instanceof Error && 'code' in error.cause
      ? error.cause.code
      : error;
  };

  it('reads every public register', async () => {
    for (const register of REGISTERS) {
      if (register.audience === 'staff') continue;
      const rows = await publicPool.read(
        sql`select count(*) as count from ${tableOf({ ...register, dataset: 'city' })}`,
      );
      expect([register.name, rows.length]).toEqual([register.name, 1]);
    }
  });

  it.each([
    ['residents', 'select * from personal.building_residents'],
    ['the number of residents', 'select count(*) from personal.building_residents'],
    ['accounts', 'select * from twin.account'],
    ['tokens', 'select * from twin.account_token'],
    ['the migrations', 'select * from twin.migration'],
  ])('cannot read %s', async (_, statement) => {
    expect(await stateOf(statement)).toBe(INSUFFICIENT_PRIVILEGE);
    expect((await database.pool.read(trusted(statement))).length).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ["insert into twin.account values ('x', '', '{staff}')"],
    ['delete from city.parcel'],
    ["update twin.layer_status set source = ''"],
    ['create table city.mine (n integer)'],
    ['create schema mine'],
  ])('cannot change anything: %s', async (statement) => {
    expect(await stateOf(statement)).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it('is still the role after a connection is reset', async () => {
    const [row] = await publicPool.read<{ current_user: string }>(sql`reset role; select current_user`);
    expect(row?.current_user).toBe(PUBLIC_ROLE);
  });

  it('may be prepared again, also by several servers at once', async () => {
    const again = await Promise.all([1, 2, 3].map(() => preparePublicRole(database.pool)));
    for (const { role } of again) expect(role).toBe(PUBLIC_ROLE);
  });

  it('cancels a statement of the public when the client leaves', async () => {
    const controller = new AbortController();
    const asked = publicPool
      .read(sql`select pg_sleep(20)`, controller.signal)
      .catch((error: unknown) => error);
    setTimeout(() => controller.abort(new Error('gone')), 100);
    const startMs = performance.now();
    expect(await asked).toMatchObject({ message: 'gone' });
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });

  it('is done without, and says why, where the user may not make roles', async () => {
    const user = `blz_plain_${randomBytes(4).toString('hex')}`;
    await database.pool.read(
      trusted(`create role ${user}; grant ${user} to current_user; grant all on schema twin, city to ${user};
        grant select on all tables in schema twin, city to ${user}`),
    );
    const url = new URL(database.url);
    url.searchParams.set('options', `-c role=${user}`);
    const plain = openPool({ databaseUrl: url.href, maxConnections: 2, statementTimeoutMs: 5_000 });
    try {
      const answer = await preparePublicRole(plain);
      expect(answer.role).toBeUndefined();
      expect(answer.reason).toContain(`grant ${PUBLIC_ROLE}`);
    } finally {
      await plain.close();
      await database.pool.read(trusted(`drop owned by ${user}; drop role ${user}`));
    }
  });

  describe('with what the doors ask', () => {
    const sourceFor = (who: Identity, pool: Pool) =>
      postgisSource(pool, layersOf(database.pool), (layer) => relationFor(layer, { who }));
    const all = async (who: Identity, pool: Pool, layer: string, more: object = {}) => {
      const rows: Feature[] = [];
      for await (const row of sourceFor(who, pool).query({ layer, ...more }, signal)) rows.push(row);
      return rows;
    };

    it('hides the layer of residents from the public, and shows it to staff', async () => {
      const names = async (who: Identity) =>
        (await storeCatalogue(database.pool, layersOf(database.pool)).layers({ who })).map(
          ({ name }) => name,
        );
      expect(await names(ANONYMOUS)).not.toContain('building_residents');
      expect(await names(STAFF)).toContain('building_residents');
      await expect(all(ANONYMOUS, publicPool, 'building_residents')).rejects.toMatchObject({
        kind: 'not-found',
        message: expect.not.stringContaining('building_residents,'),
      });
      expect(await all(STAFF, database.pool, 'building_residents')).toHaveLength(1);
      const tile = { layer: 'building_residents', grid: 'EPSG2177', z: 0, x: 0, y: 0 } as const;
      const tiles = (who: Identity) =>
        postgisVectorTiles(database.pool, layersOf(database.pool), { who }).get(tile, signal);
      expect(await tiles(ANONYMOUS)).toBeUndefined();
      expect(await tiles(STAFF)).toBeDefined();
    });

    it('cannot read residents even where the guard was forgotten', async () => {
      const unguarded = postgisSource(publicPool, layersOf(database.pool));
      await expect(unguarded.count({ layer: 'building_residents' }, signal)).rejects.toMatchObject({
        cause: { code: INSUFFICIENT_PRIVILEGE },
      });
    });

    it('neither shows, filters nor sorts by a property of staff', async () => {
      const [tree] = await all(ANONYMOUS, publicPool, 'trees');
      expect(tree?.properties).toMatchObject({ species: 'lipa drobnolistna' });
      expect(tree?.properties).not.toHaveProperty('inspection_note');
      const [staffTree] = await all(STAFF, database.pool, 'trees');
      expect(staffTree?.properties).toMatchObject({ inspection_note: 'spróchniały pień' });
      const note = { op: 'compare', operator: '=', property: 'inspection_note', value: 'spróchniały pień' };
      for (const more of [
        { filter: note },
        { filter: { op: 'not', arg: note } },
        { sort: [{ property: 'inspection_note' }] },
        { properties: ['inspection_note'] },
      ]) {
        await expect(all(ANONYMOUS, publicPool, 'trees', more)).rejects.toMatchObject({
          kind: 'invalid-parameter',
        });
      }
    });
  });

  it('keeps accounts and tokens that can be found and not read back', async () => {
    const accounts = storeAccounts(database.pool);
    const making = [1, 2, 3].map(() => makeFirstAccount(database.pool, 'staff', ['public', 'staff']));
    const made = (await Promise.all(making)).filter((password) => password !== undefined);
    expect(made).toHaveLength(1);
    expect(await makeFirstAccount(database.pool, 'second', ['staff'])).toBeUndefined();
    const staff = await accounts.find('staff');
    expect(staff?.identity.roles).toEqual(['public', 'staff']);
    expect(await isPassword(made[0] ?? '', staff?.passwordHash ?? '')).toBe(true);
    expect(await accounts.find("x' or true --")).toBeUndefined();
    const token = await accounts.issue('staff', { label: 'QGIS', expiresAt: new Date(Date.now() + 60_000) });
    const old = await accounts.issue('staff', { label: 'old', expiresAt: new Date(Date.now() - 60_000) });
    expect(await accounts.ownerOf(tokenDigest(token))).toEqual({
      ...{ who: 'staff', roles: ['public', 'staff'], key: { isReadOnly: false } },
    });
    expect(await accounts.ownerOf(tokenDigest(old))).toBeUndefined();
  });
});
