/** What the watch of quality reads and writes: values since it last looked, doubts, excesses, and its memory. */

import type { EpisodeChange, WatchedStream } from '../../core/live/quality/quality-rule.ts';
import { SENSOR_KINDS, sensorKindOf } from '../../core/live/sensor-kinds.ts';
import { writeExcesses } from './alerts-raised.ts';
import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';
import { sql, trusted } from './sql.ts';
import { inTransaction } from './transaction.ts';

/** Structure of `Remembered` in `server/live/watch-quality.ts`, which the store passes through as it is. */
interface Findings<Memory> {
  readonly episodes: readonly { readonly datastreamId: number; readonly change: EpisodeChange }[];
  readonly excesses: Parameters<typeof writeExcesses>[1];
  readonly remembered: ReadonlyMap<number, Memory>;
}

interface NewValue {
  readonly datastreamId: number;
  readonly timeMs: number;
  readonly value: number;
  readonly receivedMs: number;
  readonly isAhead: boolean;
}

/** What was measured before is history that somebody loads: it is kept, and not judged. */
const WATCHED_PAST = trusted("interval '7 days'");

interface StreamRow {
  readonly id: number;
  readonly expected_interval_s: number | null;
  readonly valid_min: number | null;
  readonly valid_max: number | null;
  readonly is_forecast: boolean;
  readonly name: string;
  readonly definition: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly easting: number | null;
  readonly northing: number | null;
}

interface Position {
  readonly seen: string;
  readonly target: string | null;
  readonly after_time: string | null;
  readonly after_datastream: number | null;
}

interface ValueRow {
  readonly datastream_id: number;
  readonly time_ms: number;
  readonly result: number;
  readonly received_ms: number;
  readonly is_ahead: boolean;
  readonly judged_at: string;
}

export function qualityBook<Memory>(pool: Pool) {
  return {
    async streams(): Promise<readonly WatchedStream[]> {
      const rows =
        await pool.read<StreamRow>(sql`select datastream.id, expected_interval_s, valid_min, valid_max,
          coalesce(datastream.properties ->> 'method' = 'forecast', false) as is_forecast,
          property.name, property.definition, property.properties, ST_X(place.at) as easting, ST_Y(place.at) as northing
        from live.datastream join live.observed_property as property on property.id = observed_property_id
        left join lateral (
          select ST_PointOnSurface(geom) as at from live.thing_location
          join live.location on location.id = location_id
          where thing_location.thing_id = datastream.thing_id order by location.id desc limit 1
        ) as place on true
        order by datastream.id`);
      return rows.map((row) => {
        const kind = sensorKindOf(row);
        const { valid_min: min, valid_max: max } = row;
        return {
          id: row.id,
          kind,
          range:
            min === null && max === null
              ? undefined
              : ([min ?? kind?.range[0] ?? -Infinity, max ?? kind?.range[1] ?? Infinity] as const),
          intervalS: row.expected_interval_s ?? kind?.expectedIntervalS,
          at: row.easting === null || row.northing === null ? undefined : [row.easting, row.northing],
          isForecast: row.is_forecast,
        };
      });
    },

    async thresholds() {
      await offerThresholds(pool);
      return pool.read<{
        readonly id: number;
        readonly kind: string | null;
        readonly datastreamId: number | null;
        readonly direction: 'above' | 'below';
        readonly enter: number;
        readonly leave: number;
        readonly afterS: number;
      }>(sql`select id, kind, datastream_id as "datastreamId", direction, enter_value as enter, leave_value as leave,
          after_s as "afterS" from alerting.threshold where enabled order by id`);
    },

    async remembered(): Promise<ReadonlyMap<number, Memory>> {
      const rows = await pool.read<{ datastream_id: number; state: Memory }>(
        sql`select datastream_id, state from live.quality_state`,
      );
      return new Map(rows.map(({ datastream_id, state }) => [datastream_id, state]));
    },

    async step(
      limit: number,
      judge: (values: readonly NewValue[]) => Findings<Memory> | undefined,
    ): Promise<number> {
      return inTransaction(pool, async (connection) => {
        const position = await takePosition(connection);
        const rows = await newValues(connection, position, limit);
        const findings = judge(rows.map(newValueOf));
        if (findings === undefined) return rows.length;
        const { episodes, excesses, remembered } = findings;
        await writeEpisodes(connection, episodes);
        await remember(connection, remembered);
        await writeExcesses(connection, excesses);
        await move(connection, position, rows.length < limit ? undefined : rows.at(-1));
        return rows.length;
      });
    },
  };
}

const newValueOf = (row: ValueRow): NewValue => ({
  datastreamId: row.datastream_id,
  timeMs: row.time_ms,
  value: row.result,
  receivedMs: row.received_ms,
  isAhead: row.is_ahead,
});

/** Thresholds that kinds declare and the city has not had yet; what it changed since stays. */
async function offerThresholds(pool: Pool): Promise<void> {
  const offered = SENSOR_KINDS.flatMap(({ code, thresholds }) =>
    thresholds.map((threshold, n) => ({ ...threshold, code, origin: `kind:${code}/${n}` })),
  );
  await pool.read(sql`insert into alerting.threshold
      (origin, title, severity, kind, direction, enter_value, leave_value, after_s, changed_by)
    select origin, title, severity, kind, direction, enter_value, leave_value, after_s, 'system'
    from unnest(${offered.map(({ origin }) => origin)}::text[], ${offered.map(({ title }) => JSON.stringify(title))}::jsonb[],
      ${offered.map(({ severity }) => severity)}::text[], ${offered.map(({ code }) => code)}::text[],
      ${offered.map(({ direction }) => direction)}::text[], ${offered.map(({ enter }) => enter)}::double precision[],
      ${offered.map(({ leave }) => leave)}::double precision[], ${offered.map(({ afterS }) => afterS)}::integer[])
      as offered (origin, title, severity, kind, direction, enter_value, leave_value, after_s)
    where not exists (select from alerting.threshold where threshold.origin = offered.origin)
    on conflict (origin) do nothing`);
}

/** Two servers that both believe to lead wait for each other here, and read what the other has done. */
async function takePosition(connection: Connection): Promise<Position> {
  // Numbers of transactions begin anew in a restored database: what it saw in its former life says nothing.
  const [position] =
    await connection.run<Position>(sql`insert into live.quality_position (seen) values ('1:1:')
    on conflict (one) do update set
      seen = case when pg_snapshot_xmax(quality_position.seen) > pg_snapshot_xmax(pg_current_snapshot())
        then pg_current_snapshot() else quality_position.seen end
    returning seen::text, coalesce(target, pg_current_snapshot())::text as target, after_time::text, after_datastream`);
  if (position === undefined) throw new Error('the position of the watch is gone');
  return position;
}

/** Values whose time had not come have their place in the row by when they came. */
const JUDGED_AT = trusted(
  'case when flags @> array[\'future\' collate "C"] then received_at else phenomenon_time end',
);

const newValues = (
  connection: Connection,
  { seen, target, after_time, after_datastream }: Position,
  limit: number,
): Promise<readonly ValueRow[]> =>
  connection.run<ValueRow>(sql`select datastream_id, result, extract(epoch from phenomenon_time)::double precision * 1000 as time_ms,
      extract(epoch from received_at)::double precision * 1000 as received_ms,
      coalesce(flags @> array['future' collate "C"], false) as is_ahead, (${JUDGED_AT})::text as judged_at
    from live.observation
    where written_in >= pg_snapshot_xmin(${seen}::pg_snapshot)::text::bigint
      and written_in < pg_snapshot_xmax(${target}::pg_snapshot)::text::bigint
      and not pg_visible_in_snapshot(written_in::text::xid8, ${seen}::pg_snapshot)
      and pg_visible_in_snapshot(written_in::text::xid8, ${target}::pg_snapshot)
      and phenomenon_time > clock_timestamp() - ${WATCHED_PAST} and result is not null
      and (${after_time}::timestamptz is null
        or (${JUDGED_AT}, datastream_id) > (${after_time}::timestamptz, ${after_datastream}::bigint))
    order by ${JUDGED_AT}, datastream_id limit ${limit}::bigint`);

/** @param last the last value that was read of a target that has more; undefined = it has no more */
async function move(connection: Connection, { target }: Position, last: ValueRow | undefined): Promise<void> {
  await connection.run(
    last === undefined
      ? sql`update live.quality_position set seen = ${target}::pg_snapshot, target = null, after_time = null,
          after_datastream = null`
      : sql`update live.quality_position set target = ${target}::pg_snapshot,
          after_time = ${last.judged_at}::timestamptz, after_datastream = ${last.datastream_id}::bigint`,
  );
}

async function writeEpisodes(
  connection: Connection,
  episodes: readonly { readonly datastreamId: number; readonly change: EpisodeChange }[],
): Promise<void> {
  if (episodes.length === 0) return;
  // What began and ended at once is one row.
  const last = new Map<string, { readonly datastreamId: number; readonly change: EpisodeChange }>();
  for (const { datastreamId, change } of episodes) {
    const key = `${datastreamId} ${change.rule} ${change.fromMs}`;
    last.set(key, { datastreamId, change: { ...last.get(key)?.change, ...change } });
  }
  const all = [...last.values()];
  const retracted = all.filter(({ change }) => change.retracted);
  const kept = all.filter(({ change }) => !change.retracted);
  const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  if (retracted.length > 0) {
    await connection.run(sql`delete from live.quality_episode using unnest(
        ${retracted.map(({ datastreamId }) => datastreamId)}::bigint[],
        ${retracted.map(({ change }) => change.rule)}::text[],
        ${retracted.map(({ change }) => iso(change.fromMs))}::timestamptz[]) as gone (datastream_id, rule, began_at)
      where (quality_episode.datastream_id, quality_episode.rule, quality_episode.began_at)
        = (gone.datastream_id, gone.rule, gone.began_at)`);
  }
  if (kept.length === 0) return;
  await connection.run(sql`insert into live.quality_episode
      (datastream_id, rule, began_at, ended_at, count, reason, detail)
    select given.datastream_id, rule, began_at, case when ended_at is not null then greatest(ended_at, began_at) end, count, coalesce(reason, '{}'), coalesce(detail, '{}')
    from unnest(${kept.map(({ datastreamId }) => datastreamId)}::bigint[], ${kept.map(({ change }) => change.rule)}::text[],
      ${kept.map(({ change }) => iso(change.fromMs))}::timestamptz[],
      ${kept.map(({ change }) => iso(change.toMs))}::timestamptz[], ${kept.map(({ change }) => change.count)}::bigint[],
      ${kept.map(({ change }) => (change.reason ? JSON.stringify(change.reason) : null))}::jsonb[],
      ${kept.map(({ change }) => (change.detail ? JSON.stringify(change.detail) : null))}::jsonb[])
      as given (datastream_id, rule, began_at, ended_at, count, reason, detail)
    join live.datastream on datastream.id = given.datastream_id
    on conflict (datastream_id, began_at, rule) do update set ended_at = excluded.ended_at, count = excluded.count,
      reason = case when excluded.reason = '{}' then quality_episode.reason else excluded.reason end,
      detail = case when excluded.detail = '{}' then quality_episode.detail else excluded.detail end`);
}

async function remember<Memory>(
  connection: Connection,
  remembered: ReadonlyMap<number, Memory>,
): Promise<void> {
  if (remembered.size === 0) return;
  await connection.run(sql`insert into live.quality_state (datastream_id, state)
    select given.* from unnest(${[...remembered.keys()]}::bigint[],
      ${[...remembered.values()].map((state) => JSON.stringify(state))}::jsonb[]) as given (datastream_id, state)
    join live.datastream on datastream.id = given.datastream_id
    on conflict (datastream_id) do update set state = excluded.state`);
}
