/** What sources of measurements need of the store: whose datastreams are which, and how each source fares. */
import { sensorKindOf } from '../../core/live/sensor-kinds.ts';
import type { ProviderStatus } from '../../core/wire/providers.ts';
import type { KnownStream, ProviderNews, SourceStore } from '../services/sources.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql } from './sql.ts';

interface StreamRow {
  readonly external_id: string;
  readonly thing_id: number;
  readonly id: number | null;
  readonly sensor_id: number | null;
  readonly is_forecast: boolean;
  readonly name: string;
  readonly definition: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface ProviderRow {
  readonly name: string;
  readonly adapter: string;
  readonly state: ProviderStatus['state'];
  readonly since: string;
  readonly last_success: string | null;
  readonly last_error_at: string | null;
  readonly last_error: string | null;
  readonly written: number;
  readonly known: number;
  readonly aside: number;
  readonly undeclared: string[];
}

/** More words of one source that no kind is known for are not listed. */
const MOST_UNDECLARED = 50;
const LONGEST_ERROR = 500;

export function storeSensorSources(pool: Pool): SourceStore {
  return {
    async streams(externalIds) {
      const rows = await pool.read<StreamRow>(sql`select external_id, thing.id as thing_id, datastream.id,
          datastream.sensor_id, coalesce(datastream.properties ->> 'method' = 'forecast', false) as is_forecast,
          coalesce(property.name, '') as name, coalesce(property.definition, '') as definition,
          coalesce(property.properties, '{}') as properties
        from live.thing left join live.datastream on datastream.thing_id = thing.id
        left join live.observed_property as property on property.id = datastream.observed_property_id
        where external_id = any(${externalIds}::text[])`);
      return rows.map(
        (row): KnownStream => ({
          externalId: row.external_id,
          thingId: row.thing_id,
          datastreamId: row.id ?? undefined,
          sensorId: row.sensor_id ?? undefined,
          isForecast: row.is_forecast,
          code: row.id === null ? undefined : (sensorKindOf(row)?.code ?? row.name),
        }),
      );
    },

    async observedProperties(codes) {
      const rows = await pool.read<{ code: string; id: number }>(
        sql`select properties ->> 'kind' as code, min(id) as id from live.observed_property
          where properties ->> 'kind' = any(${codes}::text[]) group by 1`,
      );
      return new Map(rows.map(({ code, id }) => [code, id]));
    },

    async dropOtherForecasts(drafts) {
      await pool.read(sql`delete from live.observation using unnest(
          ${drafts.map(({ datastreamId }) => datastreamId)}::bigint[],
          ${drafts.map(({ phenomenonTime }) => phenomenonTime.toISOString())}::timestamptz[],
          ${drafts.map(({ result }) => (typeof result === 'number' ? result : null))}::double precision[]
        ) as given (datastream_id, phenomenon_time, result)
        where observation.datastream_id = given.datastream_id
          and observation.phenomenon_time = given.phenomenon_time
          and observation.result is distinct from given.result
          and exists (select from live.datastream where datastream.id = given.datastream_id
            and datastream.properties ->> 'method' = 'forecast')`);
    },

    async tell(news) {
      await pool.read(tellStatement(news));
    },

    async providers() {
      const rows = await pool.read<ProviderRow>(sql`select * from live.provider order by name`);
      return rows.map(
        ({ last_success, last_error_at, last_error, ...row }): ProviderStatus => ({
          ...row,
          lastSuccess: last_success,
          lastErrorAt: last_error_at,
          lastError: last_error,
        }),
      );
    },

    async asides(limit) {
      const rows = await pool.read<{
        id: number;
        source: string;
        reason: string;
        detail: string;
        sent: string;
        datastream_id: number | null;
        received_at: string;
        last_received_at: string;
        times: number;
      }>(sql`select id, source, reason, detail, sent, datastream_id, received_at, last_received_at, times
        from live.observation_aside order by last_received_at desc, id desc limit ${limit}::bigint`);
      return rows.map(({ datastream_id, received_at, last_received_at, ...row }) => ({
        ...row,
        datastream: datastream_id,
        receivedAt: received_at,
        lastReceivedAt: last_received_at,
      }));
    },

    async boundAsides(most) {
      await pool.read(sql`delete from live.observation_aside where id <=
        (select id from live.observation_aside order by id desc offset ${most}::bigint limit 1)`);
    },
  };
}

/** The state changes its date only when it is another one. */
function tellStatement({
  name,
  adapter,
  state,
  error,
  written,
  known,
  aside,
  undeclared,
}: ProviderNews): Sql {
  const said = error?.slice(0, LONGEST_ERROR).replaceAll('\0', '\u{fffd}') ?? null;
  return sql`
  insert into live.provider as stands (name, adapter, state, last_success, last_error_at, last_error, written, known, aside, undeclared)
  values (${name}::text, ${adapter}::text, ${state}::text,
    case when ${said}::text is null then clock_timestamp() end,
    case when ${said}::text is not null then clock_timestamp() end, ${said}::text,
    ${written}::bigint, ${known}::bigint, ${aside}::bigint, ${undeclared.slice(0, MOST_UNDECLARED).map((word) => word.replaceAll('\0', ''))}::text[])
  on conflict (name) do update set adapter = excluded.adapter, state = excluded.state,
    since = case when stands.state = excluded.state then stands.since else clock_timestamp() end,
    last_success = coalesce(excluded.last_success, stands.last_success),
    last_error_at = coalesce(excluded.last_error_at, stands.last_error_at),
    last_error = coalesce(excluded.last_error, stands.last_error),
    written = stands.written + excluded.written, known = stands.known + excluded.known,
    aside = stands.aside + excluded.aside,
    undeclared = (select coalesce(array_agg(word order by word), '{}') from (select distinct word
      from unnest(stands.undeclared || excluded.undeclared) as word order by word limit ${MOST_UNDECLARED}::integer) as words)`;
}
