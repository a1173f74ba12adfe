/** What changes a row of the register of obstructions, each with its line in the history. */
import { invalidParameter, notFound, TwinError } from '../../core/errors.ts';
import { type Span, spansOf } from '../../core/obstruction/spans.ts';
import type { State } from '../../core/obstruction/workflow.ts';
import type { Conflict, NewObstruction, SettledPlace, Step } from '../../core/wire/obstruction.ts';
import type { Identity } from '../access/identity.ts';
import type { Connection } from './connection.ts';
import { conflictsOf } from './obstruction-conflicts.ts';
import { areaOf, type ObstructionRow, obstructionsSql } from './obstruction-reading.ts';
import { ewkb, settlePlace } from './settle-place.ts';
import { type Sql, sql } from './sql.ts';

/** Clocks of reporters may be ahead of ours by this much. */
const AHEAD_MS = 5 * 60_000;
export const isObstructionId = (id: string): boolean => /^UTR-\d{4}-\d{5,}$/.test(id);

export const noSuch = (id: string): TwinError =>
  notFound(`There is no obstruction "${id.slice(0, 100)}" that you may read`, 'id');

export async function rowOf(connection: Connection, id: string): Promise<ObstructionRow> {
  const [row] = isObstructionId(id)
    ? await connection.run<ObstructionRow>(obstructionsSql(sql`where id = ${id}::text`))
    : [];
  if (!row) throw noSuch(id);
  return row;
}

/** @throws TwinError conflict when somebody else has changed it since */
export async function lock(connection: Connection, id: string, revision: number): Promise<ObstructionRow> {
  const row = await rowOf(connection, id);
  if (row.revision === revision) return row;
  throw new TwinError(
    'conflict',
    `${row.updated_by} has changed ${id} at ${row.updated_at}: it is ${row.state} at revision ${row.revision}, you changed revision ${revision}. Read it again and repeat your change with If-Match: "${row.revision}"`,
    { parameter: 'if-match' },
  );
}

export const bounds = (spans: readonly Span[]) => ({
  startsAt: new Date(spans[0]?.fromMs ?? 0).toISOString(),
  endsAt: new Date(spans.at(-1)?.toMs ?? 0).toISOString(),
});

export async function insert(
  connection: Connection,
  content: NewObstruction,
  { who }: Identity,
  externalId: string | undefined,
): Promise<{ readonly id: string; readonly conflicts: readonly Conflict[] }> {
  const spans = spansOf(content.windows);
  const settled = await settlePlace(connection, content);
  const { startsAt, endsAt } = bounds(spans);
  const [row] = await connection.run<{ id: string }>(
    sql`insert into works.obstruction (id, external_id, state, content, settled, authors, area, reach, starts_at, ends_at,
        created_by, updated_by)
      values (format('UTR-%s-%s', to_char(now(), 'YYYY'), lpad(nextval('works.obstruction_number')::text, 5, '0')),
        ${externalId ?? null}::text, 'draft', ${JSON.stringify(content)}::jsonb, ${JSON.stringify(settled)}::jsonb,
        array[${who}::text], ${ewkb(areaOf(settled))}, ${reachOf(settled, content)}, ${startsAt}::timestamptz,
        ${endsAt}::timestamptz, ${who}::text, ${who}::text)
      returning id`,
  );
  if (!row) throw new Error('insert returned no row');
  await note(connection, { id: row.id, who, action: 'create', state: 'draft', revision: 1, content });
  return { id: row.id, conflicts: await conflictsOf(connection, { id: row.id, content, settled, spans }) };
}

export async function rewrite(
  connection: Connection,
  { id, state, revision }: ObstructionRow,
  content: NewObstruction,
  { who }: Identity,
): Promise<readonly Conflict[]> {
  const spans = spansOf(content.windows);
  const settled = await settlePlace(connection, content);
  const { startsAt, endsAt } = bounds(spans);
  await connection.run(
    sql`update works.obstruction set content = ${JSON.stringify(content)}::jsonb,
        settled = ${JSON.stringify(settled)}::jsonb, area = ${ewkb(areaOf(settled))},
        reach = ${reachOf(settled, content)}, starts_at = ${startsAt}::timestamptz, ends_at = ${endsAt}::timestamptz,
        authors = (select array_agg(distinct author) from unnest(authors || ${who}::text) as author)
      where id = ${id}::text`,
  );
  await connection.run(touchSql(id, who));
  await note(connection, { id, who, action: 'change', state, revision: revision + 1, content });
  return conflictsOf(connection, { id, content, settled, spans });
}

const touchSql = (id: string, who: string): Sql =>
  sql`update works.obstruction set revision = revision + 1, updated_by = ${who}::text,
    updated_at = date_trunc('milliseconds', clock_timestamp()) where id = ${id}::text`;

/** Around the ground and the detour. */
function reachOf(settled: SettledPlace, { detour }: NewObstruction): Sql {
  const area = ewkb(areaOf(settled));
  if (!detour?.line) return sql`ST_Envelope(${area})`;
  return sql`ST_Envelope(ST_Collect(${area}, ${ewkb({ type: 'LineString', coordinates: detour.line })}))`;
}

interface Noted {
  readonly id: string;
  readonly who: string;
  readonly action: string;
  readonly state: State;
  readonly revision: number;
  readonly reason?: string | undefined;
  readonly content?: NewObstruction;
  readonly conflicts?: readonly Conflict[] | undefined;
}

async function note(connection: Connection, event: Noted): Promise<void> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await connection.run(
    sql`insert into works.obstruction_event (obstruction_id, who, action, state, revision, reason, content, conflicts)
      values (${event.id}::text, ${event.who}::text, ${event.action}::text, ${event.state}::text,
        ${event.revision}::bigint, ${event.reason ?? null}::text, ${json(event.content)}::jsonb,
        ${json(event.conflicts)}::jsonb)`,
  );
}

/** What a step must find right beside the order of the workflow; gives the conflicts that it met. */
export async function settleStep(
  connection: Connection,
  row: ObstructionRow,
  { action, reason, at }: Step,
): Promise<readonly Conflict[]> {
  if (at !== undefined && action !== 'begin' && action !== 'close') {
    throw invalidParameter('at', `${action} takes no moment; only begin and close say when`);
  }
  if (at !== undefined && Date.parse(at) > Date.now() + AHEAD_MS) {
    throw invalidParameter('at', `${at} lies in the future; ${action} reports what has happened`);
  }
  if (action === 'close' && row.actual_from !== null && Date.parse(at ?? '') < Date.parse(row.actual_from)) {
    throw invalidParameter('at', `It began at ${row.actual_from} and cannot have ended before`);
  }
  if (action !== 'submit' && action !== 'approve' && action !== 'publish') return [];
  if (Date.parse(row.ends_at) <= Date.now()) {
    throw new TwinError(
      'conflict',
      `Its last window ended at ${row.ends_at}; change the windows before you ${action} it`,
      { parameter: 'windows' },
    );
  }
  const conflicts = await conflictsOf(connection, { ...row, spans: spansOf(row.content.windows) });
  const high = conflicts.filter(({ severity }) => severity === 'high');
  const [worst] = high;
  if (action === 'approve' && worst && !reason) {
    throw new TwinError(
      'conflict',
      `${high.length} grave ${high.length === 1 ? 'conflict' : 'conflicts'}: ${worst.message.en}. Move the place or the time, or approve with a reason why it may stand`,
      { parameter: 'reason' },
    );
  }
  return conflicts;
}

export async function writeStep(
  connection: Connection,
  { id, revision, actual_from }: ObstructionRow,
  { action, reason, at }: Step,
  state: State,
  { who }: Identity,
  conflicts: readonly Conflict[],
): Promise<void> {
  const moment = at ?? new Date().toISOString();
  const begun = action === 'begin' ? moment : action === 'close' ? (actual_from ?? null) : null;
  await connection.run(
    sql`update works.obstruction set state = ${state}::text,
        approved_by = case ${action}::text when 'approve' then ${who}::text when 'revoke' then null else approved_by end,
        published_at = case ${action}::text when 'publish' then date_trunc('milliseconds', clock_timestamp())
          when 'unpublish' then null else published_at end,
        actual_from = coalesce(${begun}::timestamptz, actual_from),
        actual_to = case ${action}::text when 'close' then ${moment}::timestamptz when 'reopen' then null else actual_to end
      where id = ${id}::text`,
  );
  await connection.run(touchSql(id, who));
  const known = action === 'approve' ? conflicts : undefined;
  await note(connection, { id, who, action, state, revision: revision + 1, reason, conflicts: known });
}
