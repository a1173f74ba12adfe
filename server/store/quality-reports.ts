/** Doubts as people and maps ask for them. */
import type { QualityEpisode } from '../../core/wire/quality.ts';
import type { QualityReports } from '../services/quality.ts';
import { airQuality } from './air-quality.ts';
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
    airQuality: (at, signal) => airQuality(pool, at, signal),

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
