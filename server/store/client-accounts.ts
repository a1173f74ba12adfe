/** Accounts of clients and the profiles that they hold. */
import { conflict } from '../../core/errors.ts';
import type { Role } from '../../core/feature/layer.ts';
import {
  type Account,
  accountChangeSchema,
  type ClientAccount,
  type Entitlement,
} from '../../core/wire/account.ts';
import { needAccountName } from '../access/account-name.ts';
import type { Identity } from '../access/identity.ts';
import { hashPassword, newPassword } from '../access/password.ts';
import { requireRight } from '../access/require-right.ts';
import type { ClientAccounts } from '../services/client-accounts.ts';
import { ACCOUNTS, holds, IS_OFFICE } from './account-sql.ts';
import { lockAccount, saveOfficeAccount } from './office-accounts.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

const MOST_CHANGES = 200;

/** @param pool of the owner: the role of public requests cannot read accounts */
export function storeClientAccounts(pool: Pool): ClientAccounts {
  return {
    async list(who) {
      requireRight(who, 'accounts');
      return pool.read<Account>(sql`${ACCOUNTS} order by name`);
    },

    async save(name, client, who) {
      requireRight(who, 'accounts');
      return saveClient(pool, name, client, who);
    },

    async saveOffice(name, account, who) {
      requireRight(who, 'accounts');
      return saveOfficeAccount(pool, name, account, who);
    },

    async lock(name, lock, who) {
      requireRight(who, 'accounts');
      return lockAccount(pool, name, lock, who);
    },

    async changes(name, who) {
      requireRight(who, 'accounts');
      const rows = await pool.read<{ changed_at: string; changed_by: string; said: unknown }>(
        sql`select changed_at, changed_by, said from twin.account_change where account = ${name}::text
          order by id desc limit ${MOST_CHANGES}::bigint`,
      );
      return rows.map(({ changed_at, changed_by, said }) => ({
        ...{ changedAt: changed_at, changedBy: changed_by, said: accountChangeSchema.shape.said.parse(said) },
      }));
    },

    entitlementsOf: (name) =>
      pool.read<Entitlement>(
        sql`select profile, to_char(entitlement.last_day, 'YYYY-MM-DD') as "lastDay"
          from twin.entitlement join twin.account on account.name = entitlement.account
          where account.name = ${name}::text and ${holds(sql`entitlement.last_day`)} and ${holds(sql`account.last_day`)}
          order by profile`,
      ),
  };
}

/**
 * @param who by whom it is granted
 * @throws TwinError invalid-parameter, conflict
 */
export async function saveClient(
  pool: Pool,
  name: string,
  client: ClientAccount,
  who: Pick<Identity, 'who'>,
): Promise<Account & { readonly password?: string }> {
  needAccountName(name);
  const { organisation, lastDay, entitlements, networkDetail, newPassword: wantsNew } = client;
  const roles: readonly Role[] = networkDetail ? ['public', 'networks'] : ['public'];
  const password = newPassword();
  const hash = await hashPassword(password);
  return inTransaction(pool, async (connection) => {
    const [saved] = await connection.run<{ is_new: boolean; is_staff: boolean }>(
      sql`insert into twin.account as account (name, password_hash, roles, organisation, last_day)
        values (${name}::text, ${hash}::text, ${roles}::text[], ${organisation}::text, ${lastDay}::date)
        on conflict (name) do update set organisation = excluded.organisation, last_day = excluded.last_day,
          roles = case when ${IS_OFFICE} then account.roles else excluded.roles end,
          password_hash = case when ${wantsNew}::boolean then excluded.password_hash else account.password_hash end
        returning xmax = 0 as is_new, ${IS_OFFICE} as is_staff`,
    );
    if (saved?.is_staff) {
      throw conflict(`"${name}" is an account of staff; clients have accounts of their own`, 'name');
    }
    await connection.run(sql`delete from twin.entitlement where account = ${name}::text`);
    for (const held of new Map(entitlements.map((each) => [each.profile, each])).values()) {
      await connection.run(
        sql`insert into twin.entitlement (account, profile, last_day, granted_by)
          values (${name}::text, ${held.profile}::text, ${held.lastDay}::date, ${who.who}::text)`,
      );
    }
    await connection.run(
      sql`insert into twin.account_change (account, changed_by, said)
        values (${name}::text, ${who.who}::text, ${JSON.stringify(client)}::jsonb)`,
    );
    // Whoever has the old password is out at once, also with the tokens that it gave.
    if (wantsNew) await connection.run(sql`delete from twin.account_token where account = ${name}::text`);
    const [account] = await connection.run<Account>(sql`${ACCOUNTS} where name = ${name}::text`);
    if (!account) throw new Error(`the account ${name} is gone`);
    return { ...account, ...((saved?.is_new || wantsNew) && { password }) };
  });
}
