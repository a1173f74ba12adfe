/** Rows of the register of obstructions, and what they say to whom. */
import type { MultiPolygon } from '../../core/geo/geometry.ts';
import { actionsOf, type State } from '../../core/obstruction/workflow.ts';
import type {
  Conflict,
  NewObstruction,
  Obstruction,
  ObstructionEvent,
  SettledPlace,
} from '../../core/wire/obstruction.ts';
import { type Identity, isStaff } from '../access/identity.ts';
import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql, trusted } from './sql.ts';

export interface ObstructionRow {
  readonly id: string;
  readonly external_id: string | null;
  readonly state: State;
  readonly revision: number;
  readonly content: NewObstruction;
  readonly settled: SettledPlace;
  readonly authors: readonly string[];
  readonly starts_at: string;
  readonly ends_at: string;
  readonly actual_from: string | null;
  readonly actual_to: string | null;
  readonly approved_by: string | null;
  readonly published_at: string | null;
  readonly created_at: string;
  readonly created_by: string;
  readonly updated_at: string;
  readonly updated_by: string;
}

const COLUMNS =
  trusted(`id, external_id, state, revision, content, settled, authors, starts_at, ends_at, actual_from,
  actual_to, approved_by, published_at, created_at, created_by, updated_at, updated_by`);

export const obstructionsSql = (rest: Sql): Sql => sql`select ${COLUMNS} from works.obstruction ${rest}`;

interface EventRow {
  readonly obstruction_id: string;
  readonly at: string;
  readonly who: string;
  readonly action: ObstructionEvent['action'];
  readonly state: State;
  readonly reason: string | null;
  readonly conflicts: readonly Conflict[] | null;
}

/** Rows as this person may know them; the public learns neither who wrote them nor whom to call. */
export async function toldTo(
  who: Identity,
  rows: readonly ObstructionRow[],
  store: Pick<Pool, 'read'>,
): Promise<readonly Obstruction[]> {
  if (!isStaff(who)) return rows.map(publicPart);
  const ids = rows.map(({ id }) => id);
  const events = await store.read<EventRow>(
    sql`select obstruction_id, at, who, action, state, reason, conflicts from works.obstruction_event
      where obstruction_id = any(${ids}::text[]) order by id`,
  );
  return rows.map((row) => ({
    ...publicPart(row),
    staff: {
      contact: row.content.contact,
      createdBy: row.created_by,
      createdAt: row.created_at,
      updatedBy: row.updated_by,
      ...(row.approved_by !== null && { approvedBy: row.approved_by }),
      actions: [...actionsOf(row, who.who)],
      history: events.filter(({ obstruction_id }) => obstruction_id === row.id).map(eventOf),
    },
  }));
}

/** A connection in a transaction as what `toldTo` reads from. */
export const reading = (connection: Connection): Pick<Pool, 'read'> => ({
  read: (statement) => connection.run(statement),
});

function publicPart(row: ObstructionRow): Obstruction {
  const { contact: _contact, ...open } = row.content;
  return {
    id: row.id,
    state: row.state,
    revision: row.revision,
    ...open,
    ...row.settled,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    ...(row.actual_from !== null && { actualFrom: row.actual_from }),
    ...(row.actual_to !== null && { actualTo: row.actual_to }),
    ...(row.published_at !== null && { publishedAt: row.published_at }),
    updatedAt: row.updated_at,
  };
}

const eventOf = ({ at, who, action, state, reason, conflicts }: EventRow): ObstructionEvent => ({
  at,
  who,
  action,
  state,
  ...(reason !== null && { reason }),
  ...(conflicts !== null && { conflicts: [...conflicts] }),
});

export const areaOf = ({ area }: Pick<SettledPlace, 'area'>): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: area,
});
