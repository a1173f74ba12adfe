/** What statements about accounts share. */
import { OFFICE_ROLES } from '../../core/access/rights.ts';
import { type Sql, sql } from './sql.ts';

/** Whether a last day, in Poland, has not passed. */
export const holds = (lastDay: Sql): Sql =>
  sql`coalesce(${lastDay} >= (clock_timestamp() at time zone 'Europe/Warsaw')::date, true)`;

const OFFICE = sql`${[...OFFICE_ROLES]}::text[]`;
/** Whether a row of `twin.account as account` is of the office. */
export const IS_OFFICE = sql`account.roles && ${OFFICE}`;

/** Accounts as they are told; a condition follows. */
export const ACCOUNTS = sql`select name, ${IS_OFFICE} as "isStaff",
  array(select role from unnest(${OFFICE}) as office (role) where role = any(roles)) as roles, steward_of as "stewardOf",
  locked_at is not null as "isLocked", 'networks' = any(roles) as "networkDetail", organisation,
  to_char(last_day, 'YYYY-MM-DD') as "lastDay",
  coalesce((select jsonb_agg(jsonb_build_object('profile', profile, 'lastDay', to_char(entitlement.last_day, 'YYYY-MM-DD'))
    order by profile) from twin.entitlement where account = name), '[]') as entitlements from twin.account`;
