/**
 * Entities of SensorThings out of the schema `live`. One statement for a page, and one for each link that is expanded,
 * whatever the number of entities; one more for what speaks against a page of observations.
 */
import type { CancelSignal } from '../../core/cancel.ts';
import { invalidParameter, TwinError } from '../../core/errors.ts';
import { ENTITY_MODEL } from '../../core/live/entity-model.ts';
import { type EntitySet, type Observation, observationId } from '../../core/live/sensor-things.ts';
import { dividedBy } from '../../core/odata/paths.ts';
import type { Expansion, QueryOptions } from '../../core/odata/query-options.ts';
import type { Entity, EntityOwner, EntityPage, EntityQuery, PageEnd } from '../services/sensor-things.ts';
import type { Row } from './connection.ts';
import { countEntities } from './count-entities.ts';
import { joinOf } from './entity-joins.ts';
import { keyIs } from './entity-key.ts';
import { filterParts, type PageParts, pageParts, wantedProperties } from './entity-pages.ts';
import { ENTITY_TABLES } from './entity-tables.ts';
import { judgedObservations } from './judged-observations.ts';
import type { Pool } from './pool.ts';
import { join, type Sql, sql, trusted } from './sql.ts';
import { currentId } from './write-observations.ts';

type Reading = Pick<Pool, 'read'>;

/** Rows of one expansion, over all of its parents. */
const MOST_EXPANDED = 20_000;
const EXPANDED_PAGE = 100;

/** @throws TwinError invalid-parameter for what the entities do not have or the database cannot compute */
export async function findEntities(
  pool: Reading,
  query: EntityQuery,
  signal?: CancelSignal,
): Promise<EntityPage> {
  try {
    const page = await findPage(pool, query, signal);
    const { set, id } = query;
    if (page.entities.length > 0 || set !== 'Observations' || id === undefined) return page;
    const moved = await currentId(pool, id);
    return moved === id ? page : await findPage(pool, { ...query, id: moved }, signal);
  } catch (error) {
    throw explained(error);
  }
}

/** Data exceptions (SQLSTATE class 22) and shapes that PostGIS cannot relate come of what was asked. */
function explained(error: unknown): unknown {
  const cause = error instanceof TwinError && error.kind === 'internal' ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (!code.startsWith('22') && code !== 'XX000') return error;
  return new TwinError('invalid-parameter', 'The query asks for something that cannot be computed', {
    parameter: '$filter',
    cause: error,
  });
}

async function findPage(pool: Reading, query: EntityQuery, signal?: CancelSignal): Promise<EntityPage> {
  const { set, id, of, options, limit, after } = query;
  const parts = pageParts(set, options, after);
  const isThis = id === undefined ? trusted('true') : keyIs(set, id, 'self');
  const where = sql`${isThis} and ${parts.where}`;
  const source = of === undefined ? wholeSet(set) : linkedTo(of);
  const rows = await pool.read(pageSql(query, parts, where), signal);
  const filter = filterParts(set, options.filter);
  const count = options.count
    ? await countEntities(pool, sql`${source} ${filter.joins} where ${isThis} and ${filter.where}`, signal)
    : undefined;
  const kept = rows.slice(0, limit);
  return {
    entities: await withLinked(pool, set, kept, options, signal),
    end: rows.length > limit ? endOf(kept.at(-1), parts) : undefined,
    count,
  };
}

function pageSql(query: EntityQuery, parts: PageParts, where: Sql): Sql {
  const { set, id, of, options, limit } = query;
  if (of === undefined && id === undefined && parts.isByTime) return byTimeSql(query);
  const page = sql`limit ${limit + 1}::bigint offset ${options.skip}::bigint`;
  if (of !== undefined) {
    const self = trusted(joinOf(of.set, of.link, 'owner', 'self'));
    return sql`select found.* from ${ownerIs(of)} cross join lateral (${eachSql(self, parts, where, page)}) as found
      order by ${parts.outerOrder}`;
  }
  return sql`select ${parts.columns} ${wholeSet(set)} ${parts.joins} where ${where} order by ${parts.orderBy} ${page}`;
}

/**
 * Of all observations by time. The index leads by datastream, so each that the filter lets through gives its own first
 * rows, and the best of them remain.
 */
function byTimeSql({ set, options, limit, after }: EntityQuery): Sql {
  const { beyond, here } = dividedBy('Datastream', options.filter);
  const parts = pageParts(set, { ...options, filter: here }, after);
  const owners = filterParts('Datastreams', beyond, 'owner');
  const self = trusted('live.observation as self on self.datastream_id = owner.id');
  const first = sql`limit ${limit + 1 + options.skip}::bigint`;
  return sql`select found.* from live.datastream as owner ${owners.joins}
    cross join lateral (${eachSql(self, parts, parts.where, first)}) as found where ${owners.where}
    order by ${parts.outerOrder} limit ${limit + 1}::bigint offset ${options.skip}::bigint`;
}

/** Rows that belong to one `owner`, for a lateral join: so the index of the link gives them in order. */
const eachSql = (self: Sql, { columns, joins, orderBy }: PageParts, where: Sql, page: Sql): Sql =>
  sql`select ${columns} from (select) as one join ${self} ${joins} where ${where} order by ${orderBy} ${page}`;

const wholeSet = (set: EntitySet): Sql => trusted(`from ${ENTITY_TABLES[set].table} as self`);

const ownerIs = ({ set, id }: EntityOwner): Sql =>
  sql`(select * from ${trusted(ENTITY_TABLES[set].table)} as owner where ${keyIs(set, id, 'owner')}) as owner`;

const linkedTo = (of: EntityOwner): Sql =>
  sql`from ${ownerIs(of)} join ${trusted(joinOf(of.set, of.link, 'owner', 'self'))}`;

const endOf = (row: Row | undefined, { sortColumns }: PageParts): PageEnd | undefined =>
  row && sortColumns.map((name) => (row[name] === null ? null : String(row[name])));

/** Rows as entities, with what is expanded of them. */
async function withLinked(
  pool: Reading,
  set: EntitySet,
  rows: readonly Row[],
  options: QueryOptions,
  signal?: CancelSignal,
): Promise<readonly Entity[]> {
  const { id, properties } = ENTITY_TABLES[set];
  const wanted = wantedProperties(set, options);
  const linked = new Map<string, readonly (EntityPage | Entity | null)[]>();
  for (const expansion of options.expand) {
    linked.set(expansion.link, await expand(pool, set, rows, expansion, signal));
  }
  const isJudged = set === 'Observations' && wanted.includes('resultQuality');
  const whole = isJudged ? await judgedObservations(pool, rows, signal) : rows;
  return whole.map((row, n) => ({
    id: id(row),
    properties: Object.fromEntries(
      wanted.flatMap((name) => {
        const value = properties[name]?.json(row);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    linked: Object.fromEntries([...linked].map(([name, pages]) => [name, pages[n] ?? null])),
  }));
}

/** What one link of each of these rows leads to, in the order of the rows. */
async function expand(
  pool: Reading,
  set: EntitySet,
  parents: readonly Row[],
  { link, options }: Expansion,
  signal?: CancelSignal,
): Promise<readonly (EntityPage | Entity | null)[]> {
  const { links } = ENTITY_MODEL[set];
  const target = Object.hasOwn(links, link) ? links[link] : undefined;
  if (target === undefined) {
    throw invalidParameter(
      '$expand',
      `${set} have no link ${link.slice(0, 100)}; they have ${Object.keys(links).join(', ')}`,
    );
  }
  const share = Math.max(1, Math.floor(MOST_EXPANDED / Math.max(1, parents.length)));
  const limit = target.isMany ? Math.min(options.top ?? EXPANDED_PAGE, share) : 1;
  const parts = pageParts(target.set, options);
  const owners = ownersSql(set, parents);
  const self = trusted(joinOf(set, link, 'owner', 'self'));
  const page = sql`limit ${limit + 1}::bigint offset ${options.skip}::bigint`;
  const rows = await pool.read(
    sql`select given.n, found.* ${owners}
      cross join lateral (${eachSql(self, parts, parts.where, page)}) as found
      order by given.n, ${parts.outerOrder}`,
    signal,
  );
  const counts = options.count
    ? await countRelated(pool, owners, self, filterParts(target.set, options.filter), signal)
    : undefined;
  const byParent = new Map<number, Row[]>();
  for (const row of rows) {
    const n = Number(row['n']);
    const group = byParent.get(n) ?? [];
    group.push(row);
    byParent.set(n, group);
  }
  const groups = parents.map((_, n) => byParent.get(n + 1) ?? []);
  const entities = await withLinked(
    pool,
    target.set,
    groups.flatMap((group) => group.slice(0, limit)),
    options,
    signal,
  );
  let at = 0;
  return groups.map((group, n) => {
    const mine = entities.slice(at, at + Math.min(limit, group.length));
    at += mine.length;
    if (!target.isMany) return mine[0] ?? null;
    const value = counts?.[n];
    return {
      entities: mine,
      end: group.length > limit ? endOf(group[limit - 1], parts) : undefined,
      count: value === undefined ? undefined : { value, isEstimate: false },
    };
  });
}

/** `from` the rows that are expanded, each with its place `given.n` among them. */
function ownersSql(set: EntitySet, rows: readonly Row[]): Sql {
  const { table, key } = ENTITY_TABLES[set];
  const lists = key.map((column) => {
    const type = trusted(column === 'phenomenon_time' ? 'timestamptz' : 'bigint');
    return sql`${rows.map((row) => row[column])}::${type}[]`;
  });
  const same = key.map((column) => trusted(`owner.${column} = given.${column}`));
  return sql`from unnest(${join(lists, ', ')}) with ordinality as given (${trusted(key.join(', '))}, n)
    join ${trusted(table)} as owner on ${join(same, ' and ')}`;
}

async function countRelated(
  pool: Reading,
  owners: Sql,
  self: Sql,
  filter: { joins: Sql; where: Sql },
  signal?: CancelSignal,
): Promise<readonly number[]> {
  const rows = await pool.read<{ n: number; count: number }>(
    sql`select given.n, found.count ${owners} cross join lateral (
      select count(*) as count from (select) as one join ${self} ${filter.joins} where ${filter.where}
    ) as found order by given.n`,
    signal,
  );
  return rows.map(({ count }) => count);
}

/** An observation that was written just now, and so not judged yet. */
export function observationEntity(observation: Observation): Entity {
  const { phenomenonTime, phenomenonEnd, resultTime, result, resultQuality, validTime } = observation;
  const { parameters, receivedAt, flags } = observation;
  return {
    id: observationId(observation),
    properties: {
      phenomenonTime: phenomenonEnd === null ? phenomenonTime : `${phenomenonTime}/${phenomenonEnd}`,
      resultTime,
      result,
      ...(resultQuality !== null && { resultQuality }),
      ...(validTime !== null && { validTime: `${validTime.from}/${validTime.to}` }),
      parameters: { ...parameters, receivedAt, ...(flags.length > 0 && { flags }) },
    },
    linked: {},
  };
}
