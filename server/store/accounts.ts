import type { OfficeRole } from '../../core/access/rights.ts';
import { conflict, notFound } from '../../core/errors.ts';
import type { Role } from '../../core/feature/layer.ts';
import { needAccountName } from '../access/account-name.ts';
import type { Accounts } from '../access/identify.ts';
import type { Identity } from '../access/identity.ts';
import { hashPassword, newPassword } from '../access/password.ts';
import { newToken, tokenDigest } from '../access/token.ts';
import type { TokenDesk } from '../services/tokens.ts';
import { holds, IS_OFFICE } from './account-sql.ts';
import type { Pool } from './pool.ts';
import { sayWho } from './say-who.ts';
import { sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

interface Known {
  readonly name: string;
  readonly password_hash: string;
  readonly roles: readonly Role[];
  readonly steward_of: readonly string[];
}

const MAY_SIGN_IN = sql`account.locked_at is null and ${holds(sql`account.last_day`)}`;

/** Who a row of `twin.account_token` stands for. */
interface Owner extends Omit<Known, 'password_hash'> {
  readonly is_key: boolean;
  readonly is_read_only: boolean;
}

const identityOf = ({
  name,
  roles,
  steward_of,
  ...token
}: Omit<Known, 'password_hash'> & Partial<Owner>): Identity => ({
  ...{ who: name, roles },
  ...(steward_of.length > 0 && { stewardOf: steward_of }),
  ...(token.is_key && { key: { isReadOnly: token.is_read_only === true } }),
});

const bytesOf = (token: string | undefined): Buffer =>
  Buffer.from(token === undefined ? '' : tokenDigest(token));

/** The accounts of the store. The pool is that of the owner: the role of public requests cannot read them. */
export function storeAccounts(pool: Pool): Accounts & TokenDesk {
  return {
    async find(name) {
      const [row] = await pool.read<Known>(
        sql`select account.name, password_hash, roles, steward_of from twin.account
          where name = ${name.replaceAll('\0', '')}::text and ${MAY_SIGN_IN}`,
      );
      return row && { passwordHash: row.password_hash, identity: identityOf(row) };
    },

    async ownerOf(digest) {
      // Its last use is kept to the minute, so that reading seldom writes.
      const [row] = await pool.read<Owner>(
        sql`with held as (
            select token.id, token.last_used_at, account.name, roles, steward_of,
              idle_minutes is null as is_key, is_read_only
            from twin.account_token as token join twin.account on account.name = token.account
            where token.digest = ${Buffer.from(digest)}::bytea and token.expires_at > clock_timestamp()
              and (idle_minutes is null or last_used_at + make_interval(mins => idle_minutes) > clock_timestamp())
              and ${MAY_SIGN_IN}
          ), used as (
            update twin.account_token as token set last_used_at = clock_timestamp() from held
            where token.id = held.id and held.last_used_at < clock_timestamp() - interval '1 minute'
          )
          select name, roles, steward_of, is_key, is_read_only from held`,
      );
      return row && identityOf(row);
    },

    issue(account, { label, expiresAt, idleMinutes, isReadOnly = false }, by = account) {
      const token = newToken();
      return inTransaction(pool, async (connection) => {
        await sayWho(connection, { who: by });
        const made = await connection.run(sql`insert into twin.account_token
            (digest, account, label, expires_at, idle_minutes, is_read_only)
          select ${Buffer.from(tokenDigest(token))}::bytea, name, ${label}::text, ${expiresAt}::timestamptz,
            ${idleMinutes ?? null}::integer, ${isReadOnly}::boolean
          from twin.account where name = ${account.replaceAll('\0', '')}::text returning id`);
        if (made.length === 0) throw notFound(`There is no account "${account.slice(0, 60)}"`, 'account');
        return token;
      });
    },

    tokensOf: (account, current) =>
      pool.read(sql`select id, label, created_at as "createdAt", expires_at as "expiresAt",
          last_used_at as "lastUsedAt", idle_minutes as "idleMinutes", is_read_only as "isReadOnly", digest = ${bytesOf(current)}::bytea as "isCurrent"
        from twin.account_token where account = ${account}::text and expires_at > clock_timestamp()
        order by created_at desc, id`),

    revoke(account, id, current, by = account) {
      return inTransaction(pool, async (connection) => {
        await sayWho(connection, { who: by });
        const gone = await connection.run(sql`delete from twin.account_token where account = ${account}::text
          and ${id === 'current' ? sql`digest = ${bytesOf(current)}::bytea` : sql`id::text = ${id.replaceAll('\0', '')}::text`}
          returning id`);
        return gone.length > 0;
      });
    },
  };
}

/** What the book of changes says of a row of `twin.account` that got a password at the command line. */
const TOLD_OF_OFFICE = sql`jsonb_build_object('roles', array_remove(array_remove(account.roles, 'public'), 'networks'),
  'stewardOf', account.steward_of, 'lastDay', account.last_day, 'newPassword', true)`;

/**
 * Makes the first account of a database, with a new password. Of several servers that start together one makes it.
 * @returns the password, or undefined when there are accounts already
 */
export async function makeFirstAccount(
  pool: Pool,
  name: string,
  roles: readonly Role[],
): Promise<string | undefined> {
  const known = await pool.read(sql`select from twin.account limit 1`);
  if (known.length > 0) return undefined;
  const password = newPassword();
  const made = await pool.read(sql`with saved as (
      insert into twin.account (name, password_hash, roles)
        select ${name}::text, ${await hashPassword(password)}::text, ${roles}::text[]
        where not exists (select from twin.account) on conflict do nothing returning name, ${TOLD_OF_OFFICE} as said
    ), told as (
      insert into twin.account_change (account, changed_by, said) select name, 'first start', said from saved
    )
    select name from saved`);
  return made.length > 0 ? password : undefined;
}

/**
 * Makes an account of the office, or gives one that is there a new password; its tokens stay valid.
 * @param roles of a new account, and of one that is there when they are said
 * @throws TwinError invalid-parameter for a name that cannot be one, conflict for the account of a client
 */
export async function makeStaff(
  pool: Pool,
  name: string,
  roles: readonly OfficeRole[],
): Promise<{ readonly password: string; readonly isNew: boolean }> {
  needAccountName(name);
  const password = newPassword();
  const held = ['public', ...(roles.length > 0 ? roles : ['staff'])];
  const [row] = await pool.read<{ is_new: boolean }>(
    sql`with saved as (
        insert into twin.account (name, password_hash, roles)
          values (${name}::text, ${await hashPassword(password)}::text, ${held}::text[])
          on conflict (name) do update set password_hash = excluded.password_hash,
              roles = case when ${roles.length > 0}::boolean then excluded.roles else account.roles end
            where ${IS_OFFICE} returning name, xmax = 0 as is_new, ${TOLD_OF_OFFICE} as said
      ), told as (
        insert into twin.account_change (account, changed_by, said) select name, 'command-line', said from saved
      )
      select is_new from saved`,
  );
  if (!row) throw conflict(`"${name}" is the account of a client; say --client to change it`, 'name');
  return { password, isNew: row.is_new };
}
