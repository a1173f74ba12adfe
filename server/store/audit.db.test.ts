import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditQuerySchema } from '../../core/wire/audit.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import type { Identity } from '../access/identity.ts';
import { makeStaff, storeAccounts } from './accounts.ts';
import { auditRows, storeAudit, verifyAudit } from './audit.ts';
import { storeClientAccounts } from './client-accounts.ts';
import { openPool } from './pool.ts';
import { type Sql, sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

let database: TestDatabase;
const ROOT: Identity = { who: 'staff', roles: ['public', 'staff'] };
const AUDITOR: Identity = { who: 'ola', roles: ['public', 'auditor'] };
const never = new AbortController().signal;
const tell = (about: string): Sql =>
  sql`select audit.append('ewa', 'record.changed', ${about}::text, 'żółw', '{"n":1.0}')`;
const verify = () => verifyAudit(database.pool, never);
const open = () =>
  storeAudit(database.pool, (_, reason) => {
    throw new Error(reason);
  });
const pageOf = async (query: Readonly<Record<string, unknown>>) =>
  (await open().page(auditQuerySchema.parse(query), AUDITOR)).rows;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

describe('the audit', () => {
  it('tells what was committed, by whom and why, and nothing that was rolled back', async () => {
    await makeStaff(database.pool, 'staff', ['staff']);
    const accounts = storeClientAccounts(database.pool);
    const { password } = await accounts.saveOffice(
      'ewa',
      { roles: ['steward'], stewardOf: ['trees'], lastDay: null, newPassword: false },
      ROOT,
    );
    const desk = storeAccounts(database.pool);
    const token = await desk.issue('ewa', { label: 'QGIS', expiresAt: new Date(Date.now() + 86_400_000) });
    await accounts.lock('ewa', { locked: true, why: 'left the office' }, ROOT);
    // The last keeper of accounts cannot be locked: the change is undone, and its row with it.
    await expect(accounts.lock('staff', { locked: true, why: 'never' }, ROOT)).rejects.toThrow();
    const rows = (await pageOf({})).toReversed();
    expect(rows.map(({ place, who, what, about, why }) => [place, who, what, about, why])).toEqual([
      [1, 'command-line', 'account.changed', 'staff', ''],
      [2, 'staff', 'account.changed', 'ewa', ''],
      [3, 'ewa', 'token.made', 'QGIS', ''],
      [4, 'ewa', 'token.ended', 'QGIS', ''],
      [5, 'staff', 'account.changed', 'ewa', 'left the office'],
    ]);
    expect(JSON.parse(rows[1]?.detail ?? '')).toMatchObject({ roles: ['steward'], stewardOf: ['trees'] });
    const all = JSON.stringify(rows);
    for (const secret of [password ?? '', token]) expect(secret !== '' && all.includes(secret)).toBe(false);
    expect(await verify()).toMatchObject({ rows: 5, faults: [] });
  });

  it('is searched by person, subject, words and days, page by page, by auditors alone', async () => {
    expect((await pageOf({ who: 'ewa' })).map(({ what }) => what)).toEqual(['token.ended', 'token.made']);
    expect((await pageOf({ subject: 'account', text: 'LEFT' })).map(({ place }) => place)).toEqual([5]);
    const today = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Warsaw' });
    expect(await pageOf({ from: today, to: today })).toHaveLength(5);
    expect(await pageOf({ to: '2020-01-01' })).toEqual([]);
    const { rows, next } = await open().page(auditQuerySchema.parse({ limit: 2 }), AUDITOR);
    expect([rows.map(({ place }) => place), next]).toEqual([[5, 4], 4]);
    expect((await pageOf({ before: next, limit: 2 })).map(({ place }) => place)).toEqual([3, 2]);
    for (const roles of [['public'], ['public', 'admin'], ['public', 'manager']] as const) {
      await expect(open().page(auditQuerySchema.parse({}), { who: 'x', roles })).rejects.toMatchObject({
        kind: 'forbidden',
      });
    }
  });

  it('counts the same note instead of repeating it', async () => {
    const audit = open();
    const refusal = {
      who: 'jan',
      what: 'right.refused',
      about: 'PUT /api/accounts/ewa/lock',
      why: 'accounts',
    };
    for (let time = 0; time < 5; time++) audit.note(refusal);
    audit.note({ ...refusal, quietMs: 0, about: 'GET /api/audit' });
    audit.note({ ...refusal, quietMs: 0, about: 'GET /api/audit' });
    await audit.close();
    expect((await pageOf({ who: 'jan' })).map(({ about }) => about).toSorted()).toEqual([
      ...['GET /api/audit', 'GET /api/audit', 'PUT /api/accounts/ewa/lock'],
    ]);
  });

  it('refuses to be changed by the user of the database that writes it, and to be read by that of the public', async () => {
    for (const statement of [
      sql`update audit.entry set who = 'nobody'`,
      sql`delete from audit.entry where place = 1`,
      sql`truncate audit.entry`,
      sql`delete from audit.head`,
      sql`truncate audit.head`,
    ]) {
      await expect(database.pool.read(statement)).rejects.toMatchObject({
        cause: { message: expect.stringContaining('only added to') },
      });
    }
    const [may] = await database.pool.read(
      sql`select bool_or(has_schema_privilege(rolname, 'audit', 'usage')) as may from pg_roles where rolname = 'blizniak_public'`,
    );
    expect(may).not.toEqual({ may: true });
  });
});

describe('writers at the same time', () => {
  it('make one chain, also when some are undone and one takes long', async () => {
    const other = openPool({ databaseUrl: database.url, maxConnections: 6, statementTimeoutMs: 20_000 });
    const { head } = await verify();
    let finish = () => {};
    const long = inTransaction(database.pool, async (connection) => {
      await connection.run(
        sql`insert into twin.account_change (account, changed_by, said) values ('a', 'slow', '{}')`,
      );
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    const writers = Array.from({ length: 60 }, async (_, index) => {
      const pool = index % 2 === 0 ? database.pool : other;
      await inTransaction(pool, async (connection) => {
        await connection.run(
          sql`insert into twin.account_change (account, changed_by, said) values ('a', 'fast', '{}')`,
        );
        if (index % 3 === 0) throw new Error('undone');
      }).catch(() => {});
    });
    await Promise.all(writers);
    finish();
    await long;
    await other.close();
    const after = await verify();
    expect([after.rows - head.place, after.faults]).toEqual([41, []]);
    // It is told when it ends, and nobody waited for it.
    expect((await pageOf({ limit: 1 }))[0]?.who).toBe('slow');
  });
});

describe('a chain that somebody wrote in', () => {
  let spoilt: TestDatabase;
  beforeEach(async () => {
    spoilt = await testDatabase();
    for (let place = 1; place <= 9; place++) await spoilt.pool.read(tell(`record ${place}`));
    await spoilt.pool.read(sql`alter table audit.entry disable trigger append_only`);
  });
  afterEach(() => spoilt.drop());
  const look = () => verifyAudit(spoilt.pool, never);

  it('is whole before, and its digests are those of another reader', async () => {
    expect(await look()).toMatchObject({ rows: 9, head: { place: 9 }, faults: [] });
    for await (const rows of auditRows(spoilt.pool, {}, never)) {
      expect(rows.map(({ about, why, detail }) => [about, why, detail])[0]).toEqual([
        'record 1',
        'żółw',
        '{"n": 1.0}',
      ]);
    }
  });

  it.each([
    [
      'a changed row',
      sql`update audit.entry set why = 'żółwie' where place = 4`,
      [{ kind: 'changed', place: 4 }],
    ],
    ['a removed row', sql`delete from audit.entry where place = 4`, [{ kind: 'removed', from: 4, to: 4 }]],
    [
      'the last rows removed',
      sql`delete from audit.entry where place > 7`,
      [{ kind: 'removed', from: 8, to: 9 }],
    ],
    [
      'two rows swapped',
      sql`update audit.entry set place = 100 where place = 3;
        update audit.entry set place = 3 where place = 6; update audit.entry set place = 6 where place = 100`,
      [
        { kind: 'moved', place: 3, writtenAt: 6 },
        { kind: 'moved', place: 6, writtenAt: 3 },
      ],
    ],
    [
      'a row changed with its digest',
      sql`update audit.entry set who = 'x', digest = sha256('x') where place = 9`,
      [
        { kind: 'rewritten', place: 9 },
        { kind: 'changed', place: 9 },
      ],
    ],
  ])('is seen, each by name: %s', async (_, spoil, faults) => {
    await spoilt.pool.read(spoil);
    expect((await look()).faults).toEqual(faults);
  });

  it('is seen against a head that was kept elsewhere, though all digests were made anew', async () => {
    const { head } = await look();
    await spoilt.pool.read(
      sql`delete from audit.entry; update audit.head set place = 0, digest = decode(repeat('00', 32), 'hex')`,
    );
    for (let place = 1; place <= 10; place++) await spoilt.pool.read(tell(`forged ${place}`));
    expect((await look()).faults).toEqual([]);
    expect((await verifyAudit(spoilt.pool, never, head)).faults).toEqual([{ kind: 'rewritten', place: 9 }]);
  });
});
