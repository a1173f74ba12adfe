/** Doubts as people and maps ask for them. */
import type { CancelSignal } from '../../core/cancel.ts';
import type { QualityRule } from '../../core/live/quality/quality-rule.ts';
import type { Doubt, QualityEpisode } from '../../core/wire/quality.ts';
import type { QualityReports } from '../services.ts';
import type { Pool } from './pool.ts';
import { NOTHING, sql } from './sql.ts';

interface EpisodeRow extends Omit<QualityEpisode, 'knownAt' | 'from' | 'to'> {
  readonly began_at: string;
  readonly ended_at: string | null;
  readonly known_at: string;
}

const MOST_EPISODES = 2_000;

export function storeQualityReports(pool: Pool): QualityReports {
  return {
    async episodes({ datastreams, from, to }, signal) {
      const ofThese =
        datastreams === undefined ? NOTHING : sql`and datastream_id = any(${[...datastreams]}::bigint[])`;
      const rows = await pool.read<EpisodeRow>(
        sql`select datastream_id as datastream, rule, count, reason, detail, began_at, ended_at, known_at
          from live.quality_episode
          where began_at <= ${to}::timestamptz and (ended_at is null or ended_at >= ${from}::timestamptz) ${ofThese}
          order by began_at desc, datastream_id, rule limit ${MOST_EPISODES + 1}::bigint`,
        signal,
      );
      return {
        more: rows.length > MOST_EPISODES,
        episodes: rows.slice(0, MOST_EPISODES).map(({ began_at, ended_at, known_at, ...row }) => ({
          ...row,
          from: began_at,
          to: ended_at,
          knownAt: known_at,
        })),
      };
    },
  };
}

/** The doubt that weighs most of each datastream that has one, now or at a moment. */
export async function doubts(
  pool: Pool,
  at?: Date,
  signal?: CancelSignal,
): Promise<ReadonlyMap<number, Doubt>> {
  const then =
    at === undefined
      ? sql`ended_at is null`
      : sql`began_at <= ${at}::timestamptz
    and (ended_at is null or ended_at >= ${at}::timestamptz)`;
  const rows = await pool.read<{
    readonly datastream_id: number;
    readonly rule: QualityRule;
    readonly reason: Doubt['reason'];
    readonly began_at: string;
  }>(
    sql`select distinct on (datastream_id) datastream_id, rule, reason, began_at from live.quality_episode
      where ${then}
      order by datastream_id, array_position(array['outage', 'range', 'spike', 'flat-line', 'neighbours', 'clock'], rule::text)`,
    signal,
  );
  return new Map(
    rows.map(({ datastream_id, rule, reason, began_at }) => [
      datastream_id,
      { rule, reason, since: began_at },
    ]),
  );
}
