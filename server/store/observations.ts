/** Measured values: written once for each datastream and time, and read again by those who were away. */
import type { CancelSignal } from '../../core/cancel.ts';
import type {
  Aside,
  JsonObject,
  Observation,
  ObservationDraft,
  ObservationFlag,
  ObservationResult,
  Recorded,
} from '../../core/live/sensor-things.ts';
import type { Pool } from './pool.ts';
import { sql, trusted } from './sql.ts';

export interface ObservationRow {
  readonly datastream_id: number;
  readonly phenomenon_time: string;
  readonly phenomenon_end: string | null;
  readonly result_time: string | null;
  readonly result: number | null;
  readonly result_any: Exclude<ObservationResult, number> | null;
  readonly feature_of_interest_id: number | null;
  readonly result_quality: unknown;
  readonly valid_from: string | null;
  readonly valid_to: string | null;
  readonly parameters: JsonObject | null;
  readonly received_at: string;
  readonly flags: readonly ObservationFlag[] | null;
}

export const OBSERVATION_COLUMNS =
  trusted(`datastream_id, phenomenon_time, phenomenon_end, result_time, result,
  result_any, feature_of_interest_id, result_quality, valid_from, valid_to, parameters, received_at, flags`);

export const observationOf = (row: ObservationRow): Observation => ({
  datastreamId: row.datastream_id,
  phenomenonTime: row.phenomenon_time,
  phenomenonEnd: row.phenomenon_end,
  resultTime: row.result_time,
  result: row.result ?? row.result_any ?? {},
  featureOfInterestId: row.feature_of_interest_id,
  resultQuality: row.result_quality,
  validTime:
    row.valid_from === null || row.valid_to === null ? null : { from: row.valid_from, to: row.valid_to },
  parameters: row.parameters,
  receivedAt: row.received_at,
  flags: row.flags ?? [],
});

/**
 * Writes what is new, all in one statement and so in one commit, and keeps aside what differs from what stands there.
 * @returns what became of each draft, in their order; of two drafts with one key the first counts
 */
export async function recordObservations(
  pool: Pick<Pool, 'read'>,
  drafts: readonly ObservationDraft[],
): Promise<readonly Recorded[]> {
  if (drafts.length === 0) return [];
  const written = new Map((await insertNew(pool, drafts)).map((row) => [keyOf(row), row]));
  const recorded = drafts.map((draft): Recorded | undefined => {
    const row = written.get(keyOfDraft(draft));
    if (row === undefined) return undefined;
    // The next draft with this key finds it there.
    written.delete(keyOfDraft(draft));
    return { outcome: 'written', observation: observationOf(row) };
  });
  if (recorded.includes(undefined)) await settleOthers(pool, drafts, recorded);
  return recorded.map((each) => each ?? { outcome: 'unknown-datastream' });
}

const keyOf = ({ datastream_id, phenomenon_time }: ObservationRow): string =>
  `${datastream_id} ${Date.parse(phenomenon_time)}`;
const keyOfDraft = ({ datastreamId, phenomenonTime }: ObservationDraft): string =>
  `${datastreamId} ${phenomenonTime.getTime()}`;

/** Compares the drafts that were not written with what stands there. */
async function settleOthers(
  pool: Pick<Pool, 'read'>,
  drafts: readonly ObservationDraft[],
  recorded: (Recorded | undefined)[],
): Promise<void> {
  const others = drafts.flatMap((draft, n) => (recorded[n] === undefined ? [{ draft, n }] : []));
  const rows = await pool.read<ObservationRow & { readonly n: number; readonly is_same: boolean }>(
    sql`select ${OBSERVATION_COLUMNS}, n, given_result = coalesce(to_jsonb(result), result_any) as is_same
      from unnest(${others.map(({ draft }) => draft.datastreamId)}::bigint[],
        ${others.map(({ draft }) => draft.phenomenonTime.toISOString())}::timestamptz[],
        ${others.map(({ draft }) => JSON.stringify(draft.result))}::jsonb[],
        ${others.map(({ n }) => n)}::integer[]) as given (datastream_id, phenomenon_time, given_result, n)
      join live.observation using (datastream_id, phenomenon_time)`,
  );
  const asides: Aside[] = [];
  for (const row of rows) {
    const draft = drafts[row.n];
    const observation = observationOf(row);
    recorded[row.n] = { outcome: row.is_same ? 'known' : 'differs', observation };
    if (!row.is_same && draft) asides.push(asideOf(draft, observation));
  }
  await setAside(pool, asides);
}

const asideOf = ({ datastreamId, phenomenonTime, result }: ObservationDraft, stands: Observation): Aside => ({
  datastreamId,
  phenomenonTime,
  reason: 'differs',
  detail: `The result ${JSON.stringify(stands.result)} of this time was received at ${stands.receivedAt}`,
  sent: JSON.stringify(result),
  source: 'observation',
});

/** The values of a column that few drafts have; null when none of them has it, which costs nothing. */
function columnOf<T>(
  drafts: readonly ObservationDraft[],
  value: (draft: ObservationDraft) => T | undefined,
): readonly (T | null)[] | null {
  const values = drafts.map((draft) => value(draft) ?? null);
  return values.some((each) => each !== null) ? values : null;
}

const jsonOf = (value: unknown): string | undefined =>
  value === undefined ? undefined : JSON.stringify(value);

/** Rows of the drafts that were new, of each key the first. */
async function insertNew(
  pool: Pick<Pool, 'read'>,
  drafts: readonly ObservationDraft[],
): Promise<readonly ObservationRow[]> {
  const column = <T>(value: (draft: ObservationDraft) => T | undefined) => columnOf(drafts, value);
  // Once more on another connection does no harm: what was written then is known.
  return pool.read<ObservationRow>(sql`insert into live.observation (datastream_id, phenomenon_time,
      phenomenon_end, result_time, result, result_any, feature_of_interest_id, result_quality, valid_from, valid_to,
      parameters, flags)
    select datastream_id, phenomenon_time, phenomenon_end, result_time, result, result_any, feature_of_interest_id,
      result_quality, valid_from, valid_to, parameters, ${FLAGS}
    from unnest(
      ${drafts.map(({ datastreamId }) => datastreamId)}::bigint[],
      ${drafts.map(({ phenomenonTime }) => phenomenonTime.toISOString())}::timestamptz[],
      ${column(({ phenomenonEnd }) => phenomenonEnd?.toISOString())}::timestamptz[],
      ${column(({ resultTime }) => resultTime?.toISOString())}::timestamptz[],
      ${column(({ result }) => (typeof result === 'number' ? result : undefined))}::double precision[],
      ${column(({ result }) => (typeof result === 'number' ? undefined : jsonOf(result)))}::jsonb[],
      ${column(({ featureOfInterestId }) => featureOfInterestId)}::bigint[],
      ${column(({ resultQuality }) => jsonOf(resultQuality))}::jsonb[],
      ${column(({ validTime }) => validTime?.from.toISOString())}::timestamptz[],
      ${column(({ validTime }) => validTime?.to.toISOString())}::timestamptz[],
      ${column(({ parameters }) => jsonOf(parameters))}::jsonb[]
    ) with ordinality as draft (datastream_id, phenomenon_time, phenomenon_end, result_time, result, result_any,
      feature_of_interest_id, result_quality, valid_from, valid_to, parameters, n)
    join live.datastream on datastream.id = datastream_id
    -- One order for all writers, so that two of them never wait for each other.
    order by datastream_id, phenomenon_time, n
    on conflict (datastream_id, phenomenon_time) do nothing
    returning ${OBSERVATION_COLUMNS}`);
}

/**
 * `OBSERVATION_FLAGS` of a draft, in SQL; null when nothing is odd. A clock may be ahead by two minutes; what is foretold
 * is of the future by its nature.
 */
const FLAGS = trusted(`nullif(array_remove(array[
  case when phenomenon_time > now() + interval '2 minutes'
    and datastream.properties ->> 'method' is distinct from 'forecast' then 'future' end,
  case when coalesce(phenomenon_end, phenomenon_time)
    < now() - make_interval(secs => greatest(600, 2 * coalesce(expected_interval_s, 0) + 60)) then 'late' end,
  case when result < valid_min or result > valid_max then 'out-of-range' end,
  case when unit_symbol is null and unit_name is null and observation_type like '%OM_Measurement'
    then 'unit-less' end], null), '{}')`);

const LONGEST_SENT = 2_000;

/** Keeps what could not become an observation; the same sent again is counted. */
export async function setAside(pool: Pick<Pool, 'read'>, asides: readonly Aside[]): Promise<void> {
  if (asides.length === 0) return;
  const clean = (text: string) => text.slice(0, LONGEST_SENT).replaceAll('\0', '\u{fffd}');
  await pool.read(sql`insert into live.observation_aside
      (datastream_id, phenomenon_time, reason, detail, sent, source, times)
    select datastream.id, phenomenon_time, reason, min(detail), sent, source, count(*)
    from unnest(
      ${asides.map(({ datastreamId }) => datastreamId ?? null)}::bigint[],
      ${asides.map(({ phenomenonTime }) => phenomenonTime?.toISOString() ?? null)}::timestamptz[],
      ${asides.map(({ reason }) => reason)}::text[],
      ${asides.map(({ detail }) => clean(detail))}::text[],
      ${asides.map(({ sent }) => clean(sent))}::text[],
      ${asides.map(({ source }) => source)}::text[]
    ) as given (datastream_id, phenomenon_time, reason, detail, sent, source)
    left join live.datastream on datastream.id = given.datastream_id
    group by datastream.id, phenomenon_time, reason, sent, source
    on conflict (md5(sent), coalesce(datastream_id, 0), coalesce(phenomenon_time, '-infinity'), reason, source)
    do update set times = observation_aside.times + excluded.times, last_received_at = excluded.last_received_at,
      detail = excluded.detail`);
}

/** What a server reads that follows the values as they are written. */
export interface ObservationLog {
  /** From here on nothing is missed that has not been committed yet. */
  horizon(): Promise<bigint>;
  /** Values of these transactions; undefined when there are more than `limit`. */
  writtenIn(transactions: readonly bigint[], limit: number): Promise<readonly Observation[] | undefined>;
  /** Values of transactions that had not ended at this horizon; undefined when there are more than `limit`. */
  writtenSince(horizon: bigint, limit: number): Promise<readonly Observation[] | undefined>;
}

/** Name of the notice: `<transaction> <oldest transaction then under way>`. */
export const OBSERVATION_CHANNEL = 'live_observation';

/** What changed of anything but values: `<topic> <ids, separated by commas>` (`live.tell`). */
export const NOTICE_CHANNEL = 'live_notice';

/** Who was away for longer reads the state anew. Also keeps numbers of a restored database's former life out. */
const LONGEST_ABSENCE = trusted("interval '1 day'");

export function observationLog(pool: Pool): ObservationLog {
  const rowsWhere = async (condition: ReturnType<typeof sql>, limit: number) => {
    const rows = await pool.read<ObservationRow>(sql`select ${OBSERVATION_COLUMNS} from live.observation
      where ${condition} order by received_at limit ${limit + 1}::bigint`);
    return rows.length > limit ? undefined : rows.map(observationOf);
  };
  return {
    async horizon() {
      const [row] = await pool.read<{ horizon: string }>(
        sql`select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`,
      );
      return BigInt(row?.horizon ?? 0);
    },
    writtenIn: (transactions, limit) =>
      rowsWhere(sql`written_in = any(${transactions.map(String)}::bigint[])`, limit),
    writtenSince: (horizon, limit) =>
      rowsWhere(
        sql`written_in >= ${String(horizon)}::bigint and received_at > clock_timestamp() - ${LONGEST_ABSENCE}`,
        limit,
      ),
  };
}

const MONTHS_AHEAD = 2;
const MONTHS_BEHIND = 1;

/** Partitions for the months around now. Safe to repeat, and by several servers. */
export async function makeMonths(pool: Pool, signal?: CancelSignal): Promise<void> {
  await pool.read(
    sql`select live.make_month(clock_timestamp() + make_interval(months => month))
      from generate_series(${-MONTHS_BEHIND}::integer, ${MONTHS_AHEAD}::integer) as month`,
    signal,
  );
}
