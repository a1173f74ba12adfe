import { finished } from 'node:stream/promises';
import type { Connection } from './connection.ts';
import { asDatabaseError } from './database-error.ts';
import type { Pool } from './pool.ts';
import { name, type Sql, sql, trusted } from './sql.ts';

/** Rows of a timetable as they are staged, column by column; `line` is the line of the file. */
const STAGES = {
  stop: 'id text, name text, platform text, lon float8, lat float8',
  route: 'id text, line_name text, name text, kind text, colour text',
  trip: 'id text, route_id text, service_id text, headsign text, direction smallint, shape_id text',
  stop_time: 'trip_id text, sequence integer, stop_id text, arrival_s integer, departure_s integer',
  service_week: 'id text, days boolean[], from_day date, to_day date',
  service_exception: 'service_id text, day date, added boolean',
  shape_point: 'shape_id text, sequence integer, lon float8, lat float8',
} as const;
export type TimetableStage = keyof typeof STAGES;
export type StagedCell = string | number | boolean | null;

/** A row that was left out because of others. */
export interface TimetableFault {
  readonly stage: TimetableStage;
  readonly code: 'unknown-reference' | 'duplicate-id' | 'invalid-value';
  readonly id: string;
  readonly line: number;
  readonly message: string;
}

/** Faults of one stage: how many there are, and some of them. */
export interface TimetableFaults {
  readonly stage: TimetableStage;
  readonly count: number;
  readonly shown: readonly TimetableFault[];
}

export interface FeedHeader {
  readonly source: string;
  readonly operator: string;
  readonly timeZone: string;
  readonly synthetic: boolean;
  /** Of the file; the same feed again changes nothing. */
  readonly contentHash: string;
}

/** Who calls at a stop, and where a line goes, of what is staged and sound. */
export interface StagedLine {
  readonly routeId: string;
  readonly trips: number;
  /** Degrees, different courses of its trips. */
  readonly paths: readonly (readonly (readonly [number, number])[])[];
}

export interface TimetableTransaction {
  write(stage: TimetableStage, line: number, cells: readonly StagedCell[]): Promise<void>;
  /** Leaves out what does not hold together, and says what. Call once, after the last row. */
  check(): Promise<readonly TimetableFaults[]>;
  callsByStop(): Promise<ReadonlyMap<string, readonly string[]>>;
  lines(): Promise<readonly StagedLine[]>;
  /** Puts the staged timetable in the place of the one in force; gives the rows of each table. */
  commit(header: FeedHeader): Promise<Readonly<Record<string, number>>>;
  /** Leaves nothing behind. Safe to call at any time. */
  abort(): Promise<void>;
}

const BUFFER_CHARACTERS = 1_000_000;
const SHOWN_FAULTS = 200;

/** Stages a timetable in temporary tables of one connection; nobody sees anything before `commit`. */
export async function beginTimetable(pool: Pool): Promise<TimetableTransaction> {
  const connection = await pool.connect();
  try {
    await connection.run(
      sql`begin; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`,
    );
    for (const [stage, columns] of Object.entries(STAGES)) {
      const collated = columns.replaceAll(/ text\b/g, ' text collate "C"');
      await connection.run(
        sql`create temporary table ${stageOf(stage)} (line integer, ${trusted(collated)}) on commit drop`,
      );
    }
  } catch (error) {
    connection.release(true);
    throw asDatabaseError(error);
  }
  return transactionOn(connection);
}

const stageOf = (stage: string): Sql => name('pg_temp', `gtfs_${stage}`);

function transactionOn(connection: Connection): TimetableTransaction {
  const buffers = new Map<TimetableStage, { lines: string[]; characters: number }>();
  let isOver = false;

  const flush = async (stage: TimetableStage): Promise<void> => {
    const buffer = buffers.get(stage);
    if (!buffer || buffer.lines.length === 0) return;
    const text = buffer.lines.join('');
    buffers.delete(stage);
    const stream = connection.copyIn(sql`copy ${stageOf(stage)} from stdin`);
    stream.end(text);
    await finished(stream).catch((error: unknown) => {
      throw asDatabaseError(error);
    });
  };

  return {
    async write(stage, line, cells) {
      const buffer = buffers.get(stage) ?? { lines: [], characters: 0 };
      buffers.set(stage, buffer);
      const text = `${line}\t${cells.map(cellText).join('\t')}\n`;
      buffer.lines.push(text);
      buffer.characters += text.length;
      if (buffer.characters >= BUFFER_CHARACTERS) await flush(stage);
    },

    async check() {
      for (const stage of [...buffers.keys()]) await flush(stage);
      const faults: TimetableFaults[] = [];
      for (const rule of RULES) {
        const [found] = await connection.run<{
          count: number;
          shown: readonly (readonly [number, string])[];
        }>(
          sql`with gone as (delete from ${stageOf(rule.stage)} as row where ctid in (${rule.rows})
              returning line, ${trusted(rule.id)} as id)
            select count(*)::integer as count, coalesce((select json_agg(json_build_array(line, id)) from
              (select line, id from gone order by line limit ${SHOWN_FAULTS}::integer) as first), '[]') as shown
            from gone`,
        );
        if (!found || found.count === 0) continue;
        const { stage, code, message } = rule;
        faults.push({
          stage,
          count: found.count,
          shown: found.shown.map(([line, id]) => ({ stage, code, message, line, id })),
        });
        await connection.run(sql`analyze ${stageOf(stage)}`);
      }
      await connection.run(FILL_TIMES);
      return faults;
    },

    async callsByStop() {
      const rows = await connection.run<{ stop_id: string; routes: readonly string[] }>(
        sql`select stop_id, array_agg(distinct route_id) as routes from ${stageOf('stop_time')} as call
          join ${stageOf('trip')} as trip on trip.id = call.trip_id group by stop_id`,
      );
      return new Map(rows.map(({ stop_id, routes }) => [stop_id, routes]));
    },

    async lines() {
      const routes = await connection.run<{ route_id: string; trips: number; shapes: readonly string[] }>(
        sql`select route_id, count(*)::integer as trips,
            coalesce(array_agg(distinct shape_id order by shape_id) filter (where shape_id is not null), '{}') as shapes
          from ${stageOf('trip')} group by route_id order by route_id`,
      );
      const lines: StagedLine[] = [];
      for (const { route_id: routeId, trips, shapes } of routes) {
        lines.push({ routeId, trips, paths: await pathsOf(connection, routeId, shapes) });
      }
      return lines;
    },

    async commit({ source, operator, timeZone, synthetic, contentHash }) {
      const counts: Record<string, number> = {};
      await connection.run(
        sql`truncate transit.feed, transit.stop, transit.route, transit.service_week,
          transit.service_exception, transit.trip, transit.stop_time`,
      );
      for (const [table, insert] of Object.entries(INSERTS)) {
        const [row] = await connection.run<{ count: number }>(
          sql`with put as (${insert} returning 1) select count(*)::integer as count from put`,
        );
        counts[table] = row?.count ?? 0;
      }
      await connection.run(
        sql`insert into transit.feed (source, operator, time_zone, synthetic, content_hash) values
          (${source}::text, ${operator}::text, ${timeZone}::text, ${synthetic}::boolean, ${contentHash}::text)`,
      );
      await connection.run(sql`commit`);
      isOver = true;
      connection.release();
      return counts;
    },

    async abort() {
      if (isOver) return;
      isOver = true;
      await connection.cancel();
      connection.release(true);
    },
  };
}

/** Courses as they are drawn; where a feed draws none, its longest trip of each direction from stop to stop. */
async function pathsOf(
  connection: Connection,
  routeId: string,
  shapes: readonly string[],
): Promise<StagedLine['paths']> {
  const rows =
    shapes.length > 0
      ? await connection.run<{ path: StagedLine['paths'][number] }>(
          sql`select json_agg(json_build_array(lon, lat) order by sequence) as path
            from ${stageOf('shape_point')} where shape_id = any (${shapes}::text[])
            group by shape_id order by shape_id`,
        )
      : await connection.run<{ path: StagedLine['paths'][number] }>(
          sql`with longest as (
              select distinct on (direction) trip.id from ${stageOf('trip')} as trip
              join ${stageOf('stop_time')} as call on call.trip_id = trip.id
              where route_id = ${routeId}::text group by trip.id, direction order by direction, count(*) desc, trip.id
            )
            select json_agg(json_build_array(lon, lat) order by sequence) as path
            from longest join ${stageOf('stop_time')} as call on call.trip_id = longest.id
            join ${stageOf('stop')} as stop on stop.id = call.stop_id group by longest.id order by longest.id`,
        );
  return rows.map(({ path }) => path);
}

interface Rule {
  readonly stage: TimetableStage;
  readonly code: TimetableFault['code'];
  /** How the row is called. */
  readonly id: string;
  readonly message: string;
  /** `ctid` of rows that are left out. */
  readonly rows: Sql;
}

const repeated = (stage: TimetableStage, key: string): Rule => ({
  stage,
  code: 'duplicate-id',
  id: key.includes(',') ? `concat_ws(' ', ${key})` : key,
  message: 'a row of this key stands earlier in the file',
  rows: sql`select ctid from (select ctid, row_number() over (partition by ${trusted(key)} order by line) as nth
    from ${stageOf(stage)}) as counted where nth > 1`,
});

const unknown = (
  stage: TimetableStage,
  column: string,
  of: TimetableStage,
  id: string,
  message: string,
): Rule => ({
  stage,
  code: 'unknown-reference',
  id,
  message,
  rows: sql`select ctid from ${stageOf(stage)} as one where not exists (select from ${stageOf(of)} as other
    where other.id = one.${name(column)})`,
});

const CALL = "concat_ws(' ', trip_id, stop_id)";

/** In this order: what refers to what was left out is left out too. */
const RULES: readonly Rule[] = [
  repeated('stop', 'id'),
  repeated('route', 'id'),
  repeated('service_week', 'id'),
  repeated('service_exception', 'service_id, day'),
  repeated('shape_point', 'shape_id, sequence'),
  repeated('trip', 'id'),
  unknown('trip', 'route_id', 'route', 'id', 'its route_id is not in routes.txt'),
  {
    stage: 'trip',
    code: 'unknown-reference',
    id: 'id',
    message: 'its service_id is neither in calendar.txt nor in calendar_dates.txt',
    rows: sql`select ctid from ${stageOf('trip')} as trip
      where service_id not in (select id from ${stageOf('service_week')})
        and service_id not in (select service_id from ${stageOf('service_exception')})`,
  },
  repeated('stop_time', 'trip_id, sequence'),
  unknown('stop_time', 'trip_id', 'trip', CALL, 'its trip_id is not in trips.txt, or was left out'),
  unknown('stop_time', 'stop_id', 'stop', CALL, 'its stop_id is not in stops.txt, or was left out'),
  {
    stage: 'stop_time',
    code: 'invalid-value',
    id: CALL,
    message: 'the time lies before that of an earlier stop of the trip',
    rows: sql`select ctid from (
        select ctid, arrival_s, max(departure_s) over (partition by trip_id order by sequence
          rows between unbounded preceding and 1 preceding) as reached from ${stageOf('stop_time')}
      ) as timed where arrival_s < reached`,
  },
  {
    stage: 'stop_time',
    code: 'invalid-value',
    id: CALL,
    message:
      'the first and the last stop of a trip need a time; the stops beyond the timed ones were left out',
    rows: sql`select ctid from (
        select ctid, sequence, min(sequence) filter (where arrival_s is not null) over (partition by trip_id) as first,
          max(sequence) filter (where arrival_s is not null) over (partition by trip_id) as last
        from ${stageOf('stop_time')}
      ) as timed where first is null or sequence not between first and last`,
  },
];

/** Stops without a time get one between those of their neighbours that have. */
const FILL_TIMES = sql`with spans as (
    select trip_id, sequence, arrival_s,
      max(sequence) filter (where arrival_s is not null) over before as from_sequence,
      max(departure_s) over before as from_s,
      min(sequence) filter (where arrival_s is not null) over after as to_sequence,
      min(arrival_s) over after as to_s
    from ${stageOf('stop_time')}
    window before as (partition by trip_id order by sequence),
      after as (partition by trip_id order by sequence rows between current row and unbounded following)
  ), reckoned as (
    select trip_id, sequence, (from_s + (to_s - from_s)::float8 * (sequence - from_sequence)
      / (to_sequence - from_sequence))::integer as time_s
    from spans where arrival_s is null
  )
  update ${stageOf('stop_time')} as call set arrival_s = time_s, departure_s = time_s from reckoned
  where reckoned.trip_id = call.trip_id and reckoned.sequence = call.sequence`;

const INSERTS: Readonly<Record<string, Sql>> = {
  stop: sql`insert into transit.stop (id, name, platform, geom)
    select id, name, platform, ST_SetSRID(ST_MakePoint(lon, lat), 4326) from ${stageOf('stop')}`,
  route: sql`insert into transit.route (id, line, name, kind, colour)
    select id, line_name, name, kind, colour from ${stageOf('route')}`,
  service_week: sql`insert into transit.service_week (id, days, from_day, to_day)
    select id, days, from_day, to_day from ${stageOf('service_week')}`,
  service_exception: sql`insert into transit.service_exception (service_id, day, added)
    select service_id, day, added from ${stageOf('service_exception')}`,
  trip: sql`insert into transit.trip (id, route_id, service_id, headsign, direction)
    select id, route_id, service_id, headsign, direction from ${stageOf('trip')}`,
  stop_time: sql`insert into transit.stop_time (trip_id, sequence, stop_id, arrival_s, departure_s)
    select trip_id, sequence, stop_id, arrival_s, departure_s from ${stageOf('stop_time')}
    order by trip_id, sequence`,
};

/** As COPY reads text. */
function cellText(cell: StagedCell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'boolean') return cell ? 't' : 'f';
  if (typeof cell === 'number') return String(cell);
  return cell
    .replaceAll('\0', '')
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

/** What is known of the timetable in force; undefined without one. */
export async function timetableInForce(
  pool: Pool,
): Promise<{ readonly contentHash: string; readonly synthetic: boolean } | undefined> {
  const [row] = await pool.read<{ content_hash: string; synthetic: boolean }>(
    sql`select content_hash, synthetic from transit.feed`,
  );
  return row && { contentHash: row.content_hash, synthetic: row.synthetic };
}
