import { invalidParameter, notFound, TwinError, unavailable } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { withoutPersonalData } from '../../core/participation/without-personal-data.ts';
import type { Comment } from '../../core/wire/comment.ts';
import { type Identity, isStaff } from '../access/identity.ts';
import type { ScenarioState, View } from '../access/view.ts';
import type { Comments } from '../services/comments.ts';
import { CITY } from './dataset.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { randomName } from './random-name.ts';
import { guarded, relationAsOf, relationFor, rowsOf } from './relation.ts';
import { type Sql, sql, trusted } from './sql.ts';

/** Told at once. */
const MOST_TOLD = 500;
/** Of one scenario; more only when staff have looked at some. */
const MOST_PENDING = 1_000;
/** The boundary of a city is surveyed; fingers on a phone are not. */
const NEAR_M = 500;

/** The scenario as far as reading goes; undefined where there is none that this person may read. */
type FindScenario = (id: string, who: Identity) => Promise<ScenarioState | undefined>;

interface CommentRow {
  readonly id: string;
  readonly text: string;
  readonly layer: string | null;
  readonly object_id: string | null;
  readonly e: number;
  readonly n: number;
  readonly state: Comment['state'];
  readonly made_at: string;
  readonly moderated_at: string | null;
  readonly moderated_by: string | null;
  readonly note: string | null;
}

const COMMENT = trusted(`id, text, layer, object_id, round(ST_X(geom)::numeric, 2)::float8 as e,
  round(ST_Y(geom)::numeric, 2)::float8 as n, state, made_at, moderated_at, moderated_by, note`);

/** The pool is that of the owner: the role of public requests does not see comments at all. */
export function storeComments(pool: Pool, layers: LayersProvider, find: FindScenario): Comments {
  const scenarioOf = async (id: string, who: Identity): Promise<ScenarioState> => {
    const state = await find(id, who);
    if (!state) throw notFound(`There is no scenario "${id.slice(0, 100)}" that you may read`, 'scenario');
    return state;
  };
  /** Whoever has the link may read it, and nobody changes it under what is said of it. */
  const isPublished = async (id: string): Promise<boolean> => {
    const rows = await pool.read(
      sql`select id from twin.scenario where id = ${id}::text and published_at is not null`,
    );
    return rows.length > 0;
  };

  return {
    async list(id, states, who, signal) {
      const { id: scenario } = await scenarioOf(id, who);
      const told = isStaff(who) ? (states ?? ['pending', 'shown', 'refused']) : ['shown'];
      const rows = await pool.read<CommentRow>(
        sql`select ${COMMENT} from twin.scenario_comment
          where scenario_id = ${scenario}::text and state = any(${[...told]}::text[])
          order by made_at desc, id limit ${MOST_TOLD + 1}::bigint`,
        signal,
      );
      return {
        open: await isPublished(scenario),
        comments: rows.slice(0, MOST_TOLD).map((row) => commentOf(row, who)),
        more: rows.length > MOST_TOLD,
        ...(isStaff(who) && { pending: await countPending(pool, scenario) }),
      };
    },

    async add(id, { text, anchor }, who) {
      const scenario = await scenarioOf(id, who);
      if (!(await isPublished(id))) {
        throw new TwinError('forbidden', 'This scenario is not published; comments on it are closed');
      }
      const isPlace = anchor.kind === 'place';
      const [e, n] = isPlace
        ? await insideCity(pool, anchor.at)
        : await placeOf(pool, await layers(), anchor, { who, scenario });
      if ((await countPending(pool, id)) >= MOST_PENDING) {
        throw unavailable('So many comments wait to be read that no more are taken now; try again later');
      }
      const [row] = await pool.read<CommentRow>(
        sql`insert into twin.scenario_comment (id, scenario_id, text, layer, object_id, geom)
          values (${randomName(12)}::text, ${id}::text, ${withoutPersonalData(text)}::text,
            ${isPlace ? null : anchor.layer}::text, ${isPlace ? null : anchor.id}::text,
            ST_SetSRID(ST_MakePoint(${e}::float8, ${n}::float8), 2177))
          returning ${COMMENT}`,
      );
      if (!row) throw new Error('insert returned no row');
      return commentOf(row, who);
    },

    async moderate(id, comment, { state, note }, who) {
      const { id: scenario } = await scenarioOf(id, who);
      const [row] = await pool.read<CommentRow>(
        sql`update twin.scenario_comment set state = ${state}::text, note = ${note ?? null}::text,
            moderated_at = date_trunc('milliseconds', clock_timestamp()), moderated_by = ${who.who}::text
          where scenario_id = ${scenario}::text and id = ${comment}::text returning ${COMMENT}`,
      );
      if (!row) throw noSuch(comment);
      return commentOf(row, who);
    },

    async remove(scenario, comment) {
      const rows = await pool.read(
        sql`delete from twin.scenario_comment where scenario_id = ${scenario}::text and id = ${comment}::text
          returning id`,
      );
      if (rows.length === 0) throw noSuch(comment);
    },
  };
}

const noSuch = (id: string): TwinError =>
  notFound(`There is no comment "${id.slice(0, 100)}" on this scenario`, 'comment');

async function countPending(pool: Pool, scenario: string): Promise<number> {
  const [row] = await pool.read<{ count: number }>(
    sql`select count(*) as count from twin.scenario_comment
      where scenario_id = ${scenario}::text and state = 'pending'`,
  );
  return row?.count ?? 0;
}

function commentOf(row: CommentRow, who: Identity): Comment {
  const { layer, object_id: object, moderated_at: at, moderated_by: by, note } = row;
  const place: [number, number] = [row.e, row.n];
  return {
    id: row.id,
    text: row.text,
    madeAt: row.made_at,
    anchor:
      layer === null || object === null
        ? { kind: 'place', at: place }
        : { kind: 'object', layer, id: object, at: place },
    state: row.state,
    ...(isStaff(who) && at && by && { moderation: { by, at, ...(note !== null && { note }) } }),
  };
}

async function insideCity(pool: Pool, [e, n]: readonly [number, number]): Promise<readonly [number, number]> {
  const [row] = await pool.read<{ is_inside: boolean }>(
    sql`select area is null
        or ST_DWithin(area, ST_SetSRID(ST_MakePoint(${e}::float8, ${n}::float8), 2177), ${NEAR_M}::float8) as is_inside
      from twin.dataset where name = ${CITY}::text`,
  );
  if (row?.is_inside) return [e, n];
  throw invalidParameter(
    'anchor.at',
    `The place lies outside the city (easting ${e}, northing ${n}); give easting, northing in its cadastral CRS`,
  );
}

/** Where an object of the scenario is, or was in its base before the scenario took it away. */
async function placeOf(
  pool: Pool,
  layers: readonly Layer[],
  wanted: { readonly layer: string; readonly id: string },
  view: View & { readonly scenario: ScenarioState },
): Promise<readonly [number, number]> {
  const layer = layers.find(({ name, dataset }) => name === wanted.layer && dataset === CITY);
  const relations = layer
    ? [relationFor(layer, view), guarded(relationAsOf(layer, view.scenario.base), view.who)]
    : [];
  for (const relation of relations) {
    if (!relation) continue;
    const [row] = await pool.read<{ e: number; n: number }>(
      sql`select ST_X(at) as e, ST_Y(at) as n
        from (${rowsOf(relation)}) as seen, lateral (select ${pointOn(relation.layer)} as at) as point
        where id = ${wanted.id.replaceAll('\0', '')}::text limit 1`,
    );
    if (row) return [row.e, row.n];
  }
  throw invalidParameter(
    'anchor.id',
    `Neither the scenario nor its base has an object "${wanted.id.slice(0, 100)}" in "${wanted.layer.slice(0, 100)}" that you may see`,
  );
}

/** Of solids the middle; of all else a point that lies on them. */
const pointOn = ({ dimension }: Layer): Sql =>
  dimension === 3 ? sql`ST_Centroid(ST_Envelope(geom))` : sql`ST_PointOnSurface(ST_Force2D(geom))`;
