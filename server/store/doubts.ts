import type { CancelSignal } from '../../core/cancel.ts';
import type { QualityRule } from '../../core/live/quality/quality-rule.ts';
import type { Doubt } from '../../core/wire/quality.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';

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
