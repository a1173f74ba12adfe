/** Accounts of clients and the profiles that they hold. */
import { conflict, invalidParameter } from '../../core/errors.ts';
import type { Role } from '../../core/feature/layer.ts';
import {
  type Account,
  type ClientAccount,
  clientAccountSchema,
  type Entitlement,
} from '../../core/wire/account.ts';
import { isAccountName } from '../access/account-name.ts';
import type { Identity } from '../access/identity.ts';
import { hashPassword, newPassword } from '../access/password.ts';
import { requireStaff } from '../access/require-staff.ts';
import type { ClientAccounts } from '../services/client-accounts.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

const MOST_CHANGES = 200;

/** Whether a last day, in Poland, has not passed. */
export const holds = (lastDay: Sql): Sql =>
  sql`coalesce(${lastDay} >= (clock_timestamp() at time zone 'Europe/Warsaw')::date, true)`;

const ACCOUNTS = sql`select name, 'staff' = any(roles) as "isStaff",
  'networks' = any(roles) as "networkDetail", organisation, to_char(last_day, 'YYYY-MM-DD') as "lastDay",
  coalesce((select jsonb_agg(jsonb_build_object('profile', profile, 'lastDay', to_char(entitlement.last_day, 'YYYY-MM-DD'))
    order by profile) from twin.entitlement where account = name), '[]') as entitlements from twin.account`;

/** @param pool of the owner: the role of public requests cannot read accounts */
export function storeClientAccounts(pool: Pool): ClientAccounts {
  return {
    list(who) {
      requireStaff(who);
      return pool.read<Account>(sql`${ACCOUNTS} order by name`);
    },

    async save(name, client, who) {
      requireStaff(who);
      return saveClient(pool, name, client, who);
    },

    async changes(name, who) {
      requireStaff(who);
      const rows = await pool.read<{ changed_at: string; changed_by: string; said: unknown }>(
        sql`select changed_at, changed_by, said from twin.account_change where account = ${name}::text
          order by id desc limit ${MOST_CHANGES}::bigint`,
      );
      return rows.map(({ changed_at, changed_by, said }) => ({
        ...{ changedAt: changed_at, changedBy: changed_by, said: clientAccountSchema.parse(said) },
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
  if (!isAccountName(name)) throw noName(name);
  const { organisation, lastDay, entitlements, networkDetail, newPassword: wantsNew } = client;
  const roles: readonly Role[] = networkDetail ? ['public', 'networks'] : ['public'];
  const password = newPassword();
  const hash = await hashPassword(password);
  return inTransaction(pool, async (connection) => {
    const [saved] = await connection.run<{ is_new: boolean; is_staff: boolean }>(
      sql`insert into twin.account as kept (name, password_hash, roles, organisation, last_day)
        values (${name}::text, ${hash}::text, ${roles}::text[], ${organisation}::text, ${lastDay}::date)
        on conflict (name) do update set organisation = excluded.organisation, last_day = excluded.last_day,
          roles = case when 'staff' = any(kept.roles) then kept.roles else excluded.roles end,
          password_hash = case when ${wantsNew}::boolean then excluded.password_hash else kept.password_hash end
        returning xmax = 0 as is_new, 'staff' = any(roles) as is_staff`,
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

const noName = (name: string) =>
  invalidParameter(
    'name',
    `"${name.slice(0, 60)}" cannot name an account; use small letters, digits, dots and dashes, beginning with a letter`,
  );
