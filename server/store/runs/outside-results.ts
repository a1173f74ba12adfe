import type { Pool } from '../pool.ts';
import { sql } from '../sql.ts';

interface OutsideResultRow {
  readonly model: string;
  readonly model_version: string;
  readonly stack_digest: string;
  readonly result: unknown;
}

/** What models elsewhere found for a scenario, in any of its states: the newest of each model and state. */
export const outsideResults = (pool: Pool, scenario: string): Promise<readonly OutsideResultRow[]> =>
  pool.read<OutsideResultRow>(
    sql`select distinct on (model, stack_digest) model, model_version, stack_digest, result from twin.run
      where scenario_id = ${scenario}::text and outside is not null and state = 'successful'
      order by model, stack_digest, ended_at desc`,
  );
