/** The steps of a scenario's life, each under its lock. */
import { conflict } from '../../../core/errors.ts';
import { checkStep } from '../../../core/scenario/life.ts';
import type { StateChange } from '../../../core/wire/scenario-life.ts';
import type { Identity } from '../../access/identity.ts';
import type { Connection } from '../connection.ts';
import type { HeadRow } from '../scenario-reading.ts';
import { sql } from '../sql.ts';
import { logChange } from './scenario-log.ts';

/** @throws TwinError conflict, forbidden, invalid-parameter as `checkStep` says */
export async function setState(
  connection: Connection,
  head: HeadRow,
  { state, reason }: StateChange,
  who: Identity,
): Promise<void> {
  const writers = await connection.run<{ author: string }>(
    sql`select distinct author from twin.scenario_edit where scenario_id = ${head.id}::text and not is_undone`,
  );
  const living = {
    state: head.state,
    authors: [head.author, ...writers.map(({ author }) => author)],
    isPublished: head.published_at !== null,
    isApplied: head.applied_at !== null,
  };
  checkStep(living, state, who.who, reason);
  await connection.run(sql`update twin.scenario set state = ${state}::text where id = ${head.id}::text`);
  await logChange(connection, head.id, who, {
    action: 'state',
    state: { from: head.state, to: state },
    ...(reason !== undefined && reason !== '' && { reason }),
  });
}

/** @throws TwinError conflict for a draft: what the public reads does not change under its eyes */
export async function publish(connection: Connection, head: HeadRow, who: Identity): Promise<void> {
  if (head.state === 'draft') {
    throw conflict(
      'The scenario is a draft and would change under the eyes of its readers; set it to review first',
      'state',
    );
  }
  if (head.published_at) throw conflict('The scenario is published already', 'publication');
  await connection.run(
    sql`update twin.scenario set published_at = date_trunc('milliseconds', clock_timestamp()),
      published_by = ${who.who}::text where id = ${head.id}::text`,
  );
  await logChange(connection, head.id, who, { action: 'published' });
}

/** @throws TwinError conflict when it is not published */
export async function withdraw(connection: Connection, head: HeadRow, who: Identity): Promise<void> {
  if (!head.published_at) throw conflict('The scenario is not published', 'publication');
  await connection.run(
    sql`update twin.scenario set published_at = null, published_by = null where id = ${head.id}::text`,
  );
  await logChange(connection, head.id, who, { action: 'withdrawn' });
}
