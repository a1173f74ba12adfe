/** Alerts as the watch raises them and as they pass; what people do with them is in `alerts.ts`. */
import type { Connection } from './connection.ts';
import { sql, trusted } from './sql.ts';

interface Excess {
  readonly event: 'raised' | 'over';
  readonly thresholdId: number;
  readonly datastreamId: number;
  readonly atMs: number;
  readonly value: number;
}

/** Doubts that somebody must see to, and how bad they are. Spikes and impossible values speak for themselves. */
const TOLD_DOUBTS = trusted(`(values
  ('outage', 'warning', '{"pl": "Brak danych", "en": "No data"}'::jsonb),
  ('flat-line', 'warning', '{"pl": "Zamrożony czujnik", "en": "Frozen sensor"}'),
  ('neighbours', 'warning', '{"pl": "Czujnik odbiega od sąsiednich", "en": "A sensor disagrees with those around"}'),
  ('clock', 'info', '{"pl": "Zegar czujnika spieszy się", "en": "A sensor''s clock is ahead"}')
) as told (rule, severity, title)`);

/** Raises and ends alerts of thresholds, and of doubts as they stand in the book. In the transaction of the watch. */
export async function writeExcesses(connection: Connection, excesses: readonly Excess[]): Promise<void> {
  for (const one of excesses) {
    const at = new Date(one.atMs).toISOString();
    const key = `threshold:${one.thresholdId}:${one.datastreamId}`;
    if (one.event === 'over') await endAlert(connection, key, at);
    else await raiseExcess(connection, one, key, at);
  }
  await raiseDoubts(connection);
}

const raiseExcess = (connection: Connection, one: Excess, key: string, at: string) =>
  connection.run(sql`with raised as (
      insert into alerting.alert (key, severity, title, message, thing_id, datastream_id, threshold_id, began_at, value, unit, owner)
      select ${key}::text, threshold.severity, threshold.title,
        jsonb_build_object(
          'pl', coalesce(thing.properties #>> '{title,pl}', thing.name) || ': ' || replace(round(${one.value}::numeric, 1)::text, '.', ',') || ' ' || coalesce(unit_symbol, ''),
          'en', coalesce(thing.properties #>> '{title,en}', thing.name) || ': ' || round(${one.value}::numeric, 1)::text || ' ' || coalesce(datastream.properties #>> '{unit,en}', unit_symbol, '')),
        thing.id, datastream.id, threshold.id, ${at}::timestamptz, ${one.value}::double precision,
        jsonb_build_object('pl', coalesce(datastream.properties #>> '{unit,pl}', unit_symbol, ''),
          'en', coalesce(datastream.properties #>> '{unit,en}', unit_symbol, '')), threshold.owner
      from alerting.threshold, live.datastream join live.thing on thing.id = thing_id
      where threshold.id = ${one.thresholdId}::bigint and datastream.id = ${one.datastreamId}::bigint
      on conflict (key) where over_at is null do nothing
      returning *)
    insert into alerting.alert_change (alert_id, revision, who, state, owner) select id, revision, 'system', state, owner from raised`);

/** What nobody has taken up closes by itself; what somebody has stays theirs to close. */
const endAlert = (connection: Connection, key: string, at: string) =>
  connection.run(sql`with ended as (
      update alerting.alert set over_at = greatest(${at}::timestamptz, began_at), ${CLOSED_BY_ITSELF}
      where key = ${key}::text and over_at is null returning *)
    ${NOTE_END}`);

const CLOSED_BY_ITSELF = trusted(`revision = revision + 1,
  reason = case when state = 'open' then 'ustąpiło samo / over by itself' else reason end,
  state = case when state = 'open' then 'closed' else state end`);

const NOTE_END = trusted(`insert into alerting.alert_change (alert_id, revision, who, state, owner, reason)
  select id, revision, 'system', state, owner, case when state = 'closed' then reason else 'ustąpiło / over' end from ended`);

/** One alert for a thing and a rule, however many of its streams are concerned. */
async function raiseDoubts(connection: Connection): Promise<void> {
  await connection.run(sql`with doubt as (
      select 'quality:' || episode.rule || ':' || thing_id as key, told.severity, told.title, thing_id, episode.rule,
        min(began_at) as began_at, count(*) as streams, (array_agg(datastream.id order by began_at))[1] as datastream_id,
        (array_agg(episode.reason order by began_at))[1] as reason,
        (array_agg(datastream.name order by began_at))[1] as stream_name
      from live.quality_episode as episode join live.datastream on datastream.id = episode.datastream_id
      join ${TOLD_DOUBTS} on told.rule = episode.rule
      where ended_at is null group by thing_id, episode.rule, told.severity, told.title
    ), raised as (
      insert into alerting.alert (key, severity, title, message, thing_id, datastream_id, rule, began_at)
      select key, severity, title, jsonb_build_object(
          'pl', coalesce(thing.properties #>> '{title,pl}', thing.name) || ', ' || doubt.stream_name
            || case when streams > 1 then ' (+' || streams - 1 || ')' else '' end || ': ' || coalesce(reason ->> 'pl', ''),
          'en', coalesce(thing.properties #>> '{title,en}', thing.name) || ', ' || doubt.stream_name
            || case when streams > 1 then ' (+' || streams - 1 || ')' else '' end || ': ' || coalesce(reason ->> 'en', '')),
        thing_id, datastream_id, rule, began_at
      from doubt join live.thing on thing.id = thing_id
      where not exists (select from alerting.alert where alert.key = doubt.key
        and (over_at is null or alert.began_at >= doubt.began_at))
      on conflict (key) where over_at is null do nothing
      returning *)
    insert into alerting.alert_change (alert_id, revision, who, state) select id, revision, 'system', state from raised`);
  await connection.run(sql`with ended as (
      update alerting.alert set over_at = greatest(clock_timestamp(), began_at), ${CLOSED_BY_ITSELF}
      where over_at is null and rule is not null and not exists (
        select from live.quality_episode as episode join live.datastream on datastream.id = episode.datastream_id
        where episode.ended_at is null and episode.rule = alert.rule and datastream.thing_id = alert.thing_id)
      returning *)
    ${NOTE_END}`);
}
