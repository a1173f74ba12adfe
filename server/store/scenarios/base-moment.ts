import type { Connection } from '../connection.ts';
import { CITY } from '../dataset.ts';
import { sql } from '../sql.ts';

/** The state of the city that a scenario stands on. */
export interface Base {
  /** Dataset version; 0 for an empty city. */
  readonly version: number;
  /** When it was recorded, ISO 8601. */
  readonly at: string;
}

/**
 * The last version of the city at a moment, without one the last of all. Its moment is that of a load that is
 * committed: one that is under way gets a later one.
 */
export async function baseAt(connection: Connection, moment: Date | undefined): Promise<Base> {
  const until = moment?.toISOString() ?? null;
  const [base] = await connection.run<Base>(
    sql`select coalesce(max(version), 0) as version,
        coalesce(max(recorded_at), ${until}::timestamptz, date_trunc('milliseconds', now())) as at
      from twin.dataset_version where dataset = ${CITY}::text
        and recorded_at <= coalesce(${until}::timestamptz, 'infinity')`,
  );
  if (!base) throw new Error('an aggregate returned no row');
  return base;
}
