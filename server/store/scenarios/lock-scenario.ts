/** Finding a scenario for somebody, and holding it while it is changed. */
import { conflict, notFound, type TwinError } from '../../../core/errors.ts';
import { checkIsDraft } from '../../../core/scenario/life.ts';
import { type Identity, isStaff } from '../../access/identity.ts';
import type { Connection } from '../connection.ts';
import type { Pool } from '../pool.ts';
import { type HeadRow, isBaseThereSql, scenarioHeadSql } from '../scenario-reading.ts';
import { sql } from '../sql.ts';

const SCENARIO_ID = /^[a-z2-7]{20}$/;

export const noSuch = (id: string, parameter = 'scenario'): TwinError =>
  notFound(
    `There is no scenario "${id.slice(0, 100)}" that you may read; it may have been deleted`,
    parameter,
  );

/** A scenario that this person may read; a publication opens one of staff to whoever has the link. */
export async function readableHead(pool: Pool, id: string, who: Identity): Promise<HeadRow | undefined> {
  if (!SCENARIO_ID.test(id)) return undefined;
  const [head] = await pool.read<HeadRow>(scenarioHeadSql(id));
  return head && mayRead(head, who) ? head : undefined;
}

export const mayRead = ({ access, published_at }: HeadRow, who: Identity): boolean =>
  access !== 'staff' || published_at !== null || isStaff(who);

/** Another scenario as it stands, held against changes until the transaction ends. */
export async function readForCopy(
  connection: Connection,
  id: string,
  who: Identity,
  parameter?: string,
): Promise<HeadRow> {
  const [head] = SCENARIO_ID.test(id)
    ? await connection.run<HeadRow>(sql`${scenarioHeadSql(id)} for share`)
    : [];
  if (!head || !mayRead(head, who)) throw noSuch(id, parameter);
  return head;
}

/**
 * Waits for whoever is changing it, then looks whether it is still as the caller knew it.
 * @param revision without it, however it is: for trials
 * @throws TwinError not-found, conflict
 */
export async function lockScenario(connection: Connection, id: string, revision?: number): Promise<HeadRow> {
  if (!SCENARIO_ID.test(id)) throw noSuch(id);
  const [head] = await connection.run<HeadRow>(sql`${scenarioHeadSql(id)} for update`);
  if (!head) throw noSuch(id);
  if (revision === undefined || head.revision === revision) return head;
  throw conflict(
    `${head.updated_by} has changed the scenario at ${head.updated_at}: it is at revision ${head.revision}, you changed revision ${revision}. Read it again and repeat your change with If-Match: "${head.revision}"`,
    'if-match',
  );
}

/** The same for a change of what the scenario says. @throws TwinError conflict for one that is no draft */
export async function lockDraft(connection: Connection, id: string, revision?: number): Promise<HeadRow> {
  const head = await lockScenario(connection, id, revision);
  checkIsDraft(head.state);
  return head;
}

/** @throws TwinError conflict when the version of the city that the scenario stands on is not there any more */
export async function refuseLostBase(connection: Connection, head: HeadRow): Promise<void> {
  const [base] = await connection.run<{ is_there: boolean }>(isBaseThereSql(head));
  if (base?.is_there) return;
  throw conflict(
    `Version ${head.base_version} of the city, on which the scenario stands, is not there any more; rebase the scenario first`,
    'base',
  );
}
