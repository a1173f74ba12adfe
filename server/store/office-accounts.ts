/** Accounts of the office: their roles, and the lock that every account has. */
import { OFFICE_ROLES } from '../../core/access/rights.ts';
import { conflict, notFound } from '../../core/errors.ts';
import type { Account, AccountLock, OfficeAccount, SavedAccount } from '../../core/wire/account.ts';
import { needAccountName } from '../access/account-name.ts';
import type { Identity } from '../access/identity.ts';
import { hashPassword, newPassword } from '../access/password.ts';
import { ACCOUNTS, IS_OFFICE } from './account-sql.ts';
import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

type By = Pick<Identity, 'who'>;

/**
 * Makes an account of the office, or says its roles anew.
 * @throws TwinError invalid-parameter for a name that cannot be one; conflict for the account of a client, and when
 *   nobody would be left who keeps accounts
 */
export async function saveOfficeAccount(
  pool: Pool,
  name: string,
  { roles, stewardOf, lastDay, newPassword: wantsNew }: OfficeAccount,
  who: By,
): Promise<SavedAccount> {
  needAccountName(name);
  const password = newPassword();
  const hash = await hashPassword(password);
  const held = ['public', ...OFFICE_ROLES.filter((role) => roles.includes(role))];
  const layers = [...new Set(stewardOf)].toSorted();
  return inTransaction(pool, async (connection) => {
    const [saved] = await connection.run<{ is_new: boolean }>(
      sql`insert into twin.account as account (name, password_hash, roles, steward_of, last_day)
        values (${name}::text, ${hash}::text, ${held}::text[], ${layers}::text[], ${lastDay}::date)
        on conflict (name) do update set roles = excluded.roles, steward_of = excluded.steward_of,
          last_day = excluded.last_day,
          password_hash = case when ${wantsNew}::boolean then excluded.password_hash else account.password_hash end
        where ${IS_OFFICE} returning xmax = 0 as is_new`,
    );
    if (!saved)
      throw conflict(`"${name}" is the account of a client; staff have accounts of their own`, 'name');
    await needKeeper(connection);
    if (wantsNew) await connection.run(sql`delete from twin.account_token where account = ${name}::text`);
    const said = { roles, stewardOf: layers, lastDay, newPassword: wantsNew };
    return {
      ...(await recorded(connection, name, said, who)),
      ...((saved.is_new || wantsNew) && { password }),
    };
  });
}

/** @throws TwinError not-found; conflict when nobody would be left who keeps accounts */
export function lockAccount(pool: Pool, name: string, lock: AccountLock, who: By): Promise<Account> {
  return inTransaction(pool, async (connection) => {
    const [found] = await connection.run(
      sql`update twin.account set locked_at = case when ${lock.locked}::boolean then coalesce(locked_at, clock_timestamp()) end
        where name = ${name.replaceAll('\0', '')}::text returning name`,
    );
    if (!found) throw notFound(`There is no account "${name.slice(0, 60)}"`, 'name');
    if (lock.locked) {
      await needKeeper(connection);
      await connection.run(sql`delete from twin.account_token where account = ${name}::text`);
    }
    return recorded(connection, name, lock, who);
  });
}

async function recorded(
  connection: Connection,
  name: string,
  said: OfficeAccount | AccountLock,
  { who }: By,
): Promise<Account> {
  await connection.run(
    sql`insert into twin.account_change (account, changed_by, said)
      values (${name}::text, ${who}::text, ${JSON.stringify(said)}::jsonb)`,
  );
  const [account] = await connection.run<Account>(sql`${ACCOUNTS} where name = ${name}::text`);
  if (!account) throw new Error(`the account ${name} is gone`);
  return account;
}

/** One after another, so that two who take each other's right away cannot both succeed. */
async function needKeeper(connection: Connection): Promise<void> {
  await connection.run(sql`lock table twin.account in share row exclusive mode`);
  const keepers = await connection.run(
    sql`select from twin.account where roles && '{staff,admin}' and locked_at is null and last_day is null limit 1`,
  );
  if (keepers.length > 0) return;
  throw conflict(
    'Nobody would be left who keeps accounts; give another account the role admin or staff first, without a last day',
    'name',
  );
}
