import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import type { Identity } from '../access/identity.ts';
import { tokenDigest } from '../access/token.ts';
import { makeFirstAccount, storeAccounts } from './accounts.ts';
import { storeClientAccounts } from './client-accounts.ts';
import { sql } from './sql.ts';

let database: TestDatabase;
const root: Identity = { who: 'staff', roles: ['public', 'staff'] };
const office = { stewardOf: [], lastDay: null, newPassword: false };
const tomorrow = () => new Date(Date.now() + 86_400_000);

beforeAll(async () => {
  database = await testDatabase();
  await makeFirstAccount(database.pool, 'staff', ['public', 'staff']);
});
afterAll(() => database.drop());

describe('accounts of the office', () => {
  it('have roles and layers that signing in tells, said by who keeps accounts alone', async () => {
    const accounts = storeClientAccounts(database.pool);
    const admin: Identity = { who: 'ada', roles: ['public', 'admin'] };
    const said = { ...office, roles: ['steward' as const], stewardOf: ['trees', 'addresses', 'trees'] };
    const made = await accounts.saveOffice('ewa', said, admin);
    expect(made).toMatchObject({ roles: ['steward'], stewardOf: ['addresses', 'trees'], isStaff: true });
    expect(made.password).toMatch(/-/);
    expect((await storeAccounts(database.pool).find('ewa'))?.identity).toEqual({
      ...{ who: 'ewa', roles: ['public', 'steward'], stewardOf: ['addresses', 'trees'] },
    });
    for (const role of ['planner', 'manager', 'steward', 'operations', 'auditor'] as const) {
      const other: Identity = { who: 'jan', roles: ['public', role] };
      await expect(accounts.saveOffice('jan', said, other)).rejects.toMatchObject({ kind: 'forbidden' });
      await expect(accounts.list(other)).rejects.toMatchObject({ kind: 'forbidden' });
    }
    expect(
      (await accounts.changes('ewa', admin)).map(({ changedBy, said: what }) => [changedBy, what]),
    ).toEqual([['ada', { ...said, stewardOf: ['addresses', 'trees'] }]]);
  });

  it('are never made of those of clients, nor these of them', async () => {
    const accounts = storeClientAccounts(database.pool);
    const client = {
      organisation: null,
      lastDay: null,
      entitlements: [],
      networkDetail: false,
      newPassword: false,
    };
    await accounts.save('geo', client, root);
    await expect(accounts.saveOffice('geo', { ...office, roles: ['planner'] }, root)).rejects.toMatchObject({
      kind: 'conflict',
    });
    await expect(accounts.save('ewa', client, root)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('are locked with all that they had open, and never the last that keeps accounts', async () => {
    const [accounts, desk] = [storeClientAccounts(database.pool), storeAccounts(database.pool)];
    const token = await desk.issue('ewa', { label: 'QGIS', expiresAt: tomorrow() });
    expect((await desk.ownerOf(tokenDigest(token)))?.who).toBe('ewa');
    const locked = await accounts.lock('ewa', { locked: true, why: 'left' }, root);
    expect(locked.isLocked).toBe(true);
    expect([await desk.find('ewa'), await desk.ownerOf(tokenDigest(token))]).toEqual([undefined, undefined]);
    await accounts.lock('ewa', { locked: false, why: 'is back' }, root);
    expect((await desk.find('ewa'))?.identity.who).toBe('ewa');
    expect(await desk.ownerOf(tokenDigest(token))).toBeUndefined();
    await expect(accounts.lock('staff', { locked: true, why: 'test' }, root)).rejects.toMatchObject({
      kind: 'conflict',
    });
    await expect(accounts.saveOffice('staff', { ...office, roles: ['planner'] }, root)).rejects.toMatchObject(
      { kind: 'conflict' },
    );
    expect((await desk.find('staff'))?.identity.roles).toEqual(['public', 'staff']);
  });
});

describe('tokens', () => {
  it('are listed and ended by their owner alone, and end when they lie idle', async () => {
    const desk = storeAccounts(database.pool);
    const [session, tool] = [
      await desk.issue('ewa', { label: 'viewer', expiresAt: tomorrow(), idleMinutes: 60 }),
      await desk.issue('ewa', { label: 'QGIS', expiresAt: tomorrow() }),
    ];
    const held = await desk.tokensOf('ewa', session);
    expect(held.map(({ label, idleMinutes, isCurrent }) => [label, idleMinutes, isCurrent])).toEqual([
      ['QGIS', null, false],
      ['viewer', 60, true],
    ]);
    const [first] = held;
    expect(await desk.revoke('staff', first?.id ?? '', undefined)).toBe(false);
    expect(await desk.revoke('ewa', first?.id ?? '', session)).toBe(true);
    expect(await desk.ownerOf(tokenDigest(tool))).toBeUndefined();
    const age = (by: string) =>
      database.pool.read(
        sql`update twin.account_token set last_used_at = clock_timestamp() - ${by}::interval`,
      );
    await age('59 minutes');
    expect((await desk.ownerOf(tokenDigest(session)))?.who).toBe('ewa');
    const [used] = await desk.tokensOf('ewa', session);
    expect(Date.now() - Date.parse(used?.lastUsedAt ?? '')).toBeLessThan(600_000);
    await age('61 minutes');
    expect(await desk.ownerOf(tokenDigest(session))).toBeUndefined();
    expect(await desk.revoke('ewa', 'current', session)).toBe(true);
  });
});
