/** Solutions of runs, from which further questions about them are answered. */
import type { Pool } from '../pool.ts';
import { NOTHING, type Sql, sql } from '../sql.ts';

/** Which solution, and how its bytes are laid out. */
export interface SolutionName {
  /** Id of the run without its questions. */
  readonly solution: string;
  readonly layout: number;
}

export interface NewSolution extends SolutionName {
  /** Packed with Brotli. */
  readonly bytes: Uint8Array;
}

export interface StoredSolution {
  /** Of the run that the solution was kept of, JSON. */
  readonly result: string;
  readonly bytes: Uint8Array;
}

/** Of so many runs, those made last, so that they do not fill the database. */
const MOST_KEPT = 40;

export async function findSolution(
  pool: Pool,
  { solution, layout }: SolutionName,
): Promise<StoredSolution | undefined> {
  const [row] = await pool.read<StoredSolution>(
    sql`select run.result::text as result, kept.bytes
      from twin.run_solution as kept join twin.run on run.id = kept.run_id
      where kept.solution = ${solution}::text and kept.layout = ${layout}::integer and run.state = 'successful'`,
  );
  return row;
}

/** Statements for a `with` after one named `ended` that returns the id of the run. */
export function keepSolutionSql(kept: NewSolution | undefined): Sql {
  if (!kept) return NOTHING;
  const { solution, layout, bytes } = kept;
  return sql`, kept as (
      insert into twin.run_solution (solution, run_id, layout, bytes)
      select ${solution}::text, id, ${layout}::integer, ${Buffer.from(bytes)}::bytea from ended
      on conflict (solution) do update
        set run_id = excluded.run_id, layout = excluded.layout, bytes = excluded.bytes, kept_at = excluded.kept_at
    ), forgotten as (
      delete from twin.run_solution where solution <> ${solution}::text and exists (select from ended)
        and solution in (select solution from twin.run_solution where solution <> ${solution}::text
          order by kept_at desc offset ${MOST_KEPT - 1}::bigint)
    )`;
}
