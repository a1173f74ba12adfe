import type { Connection } from './connection.ts';
import type { LoadHeader } from './load-contract.ts';
import { sql } from './sql.ts';

/** Each version is later than all before it in the dataset, even when the clock is not. */
export async function openVersion(
  connection: Connection,
  header: Pick<
    LoadHeader,
    'dataset' | 'fileName' | 'format' | 'source' | 'synthetic' | 'steward' | 'licence' | 'sha256' | 'bytes'
  >,
): Promise<{ version: number; moment: string }> {
  const [row] = await connection.run<{ version: number; recorded_at: string }>(
    sql`insert into twin.dataset_version (dataset, recorded_at, file_name, format, source, synthetic, steward, licence,
        file_sha256, file_bytes)
      select ${header.dataset}::text, date_trunc('milliseconds', greatest(clock_timestamp(),
          (select max(recorded_at) + interval '1 millisecond' from twin.dataset_version
            where dataset = ${header.dataset}::text))),
        ${header.fileName}::text, ${header.format}::text, ${header.source}::text, ${header.synthetic}::boolean,
        ${header.steward ?? null}::text, ${header.licence ?? null}::text, ${header.sha256 ?? null}::text,
        ${header.bytes ?? null}::bigint
      returning version, recorded_at`,
  );
  if (!row) throw new Error('insert returned no row');
  return { version: row.version, moment: row.recorded_at };
}
