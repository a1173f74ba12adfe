import { conflict, invalidParameter } from '../../core/errors.ts';
import type { Role } from '../../core/feature/layer.ts';
import { isAccountName } from '../access/account-name.ts';
import type { Accounts } from '../access/identify.ts';
import { hashPassword, newPassword } from '../access/password.ts';
import { newToken, tokenDigest } from '../access/token.ts';
import type { TokenDesk } from '../services/tokens.ts';
import { holds } from './client-accounts.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';

/** The accounts of the store. The pool is that of the owner: the role of public requests cannot read them. */
export function storeAccounts(pool: Pool): Accounts & TokenDesk {
  return {
    async find(name) {
      const [row] = await pool.read<{ password_hash: string; roles: readonly Role[] }>(
        sql`select password_hash, roles from twin.account
          where name = ${name.replaceAll('\0', '')}::text and ${holds(sql`last_day`)}`,
      );
      return row && { passwordHash: row.password_hash, roles: row.roles };
    },

    async ownerOf(digest) {
      const [row] = await pool.read<{ name: string; roles: readonly Role[] }>(
        sql`select account.name, account.roles
          from twin.account_token as token join twin.account on account.name = token.account
          where token.digest = ${Buffer.from(digest)}::bytea and token.expires_at > clock_timestamp()
            and ${holds(sql`account.last_day`)}`,
      );
      return row;
    },

    async issue(account, label, expiresAt) {
      const token = newToken();
      await pool.read(sql`insert into twin.account_token (digest, account, label, expires_at)
        values (${Buffer.from(tokenDigest(token))}::bytea, ${account}::text, ${label}::text, ${expiresAt}::timestamptz)`);
      return token;
    },
  };
}

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
  const made = await pool.read(sql`insert into twin.account (name, password_hash, roles)
    select ${name}::text, ${await hashPassword(password)}::text, ${roles}::text[]
    where not exists (select from twin.account) on conflict do nothing returning name`);
  return made.length > 0 ? password : undefined;
}

/**
 * Makes an account of staff, or gives one that is there a new password; its tokens stay valid.
 * @throws TwinError invalid-parameter for a name that cannot be one, conflict for the account of a client
 */
export async function makeStaff(
  pool: Pool,
  name: string,
): Promise<{ readonly password: string; readonly isNew: boolean }> {
  if (!isAccountName(name)) {
    throw invalidParameter(
      'name',
      `"${name}" cannot name an account; use small letters, digits, dots and dashes, beginning with a letter`,
    );
  }
  const password = newPassword();
  const [row] = await pool.read<{ is_new: boolean }>(
    sql`insert into twin.account (name, password_hash, roles)
      values (${name}::text, ${await hashPassword(password)}::text, '{public,staff}')
      on conflict (name) do update set password_hash = excluded.password_hash
        where 'staff' = any(account.roles) returning xmax = 0 as is_new`,
  );
  if (!row) throw conflict(`"${name}" is the account of a client; say --client to change it`, 'name');
  return { password, isNew: row.is_new };
}
