/** Models of the ground as versions of the city's data; the heights themselves lie in a file. */
import type { Bbox } from '../../core/geo/bbox.ts';
import { CITY, datasetLock } from './dataset.ts';
import { openVersion } from './dataset-version.ts';
import type { LoadHeader } from './load-contract.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';
import { inTransaction, inTrial } from './transaction.ts';

export interface TerrainVersion
  extends Pick<
    LoadHeader,
    'fileName' | 'format' | 'source' | 'steward' | 'licence' | 'sha256' | 'bytes' | 'dryRun'
  > {
  /** CRS of the city. */
  readonly extent: Bbox;
  /** Of the files, in words, and how it was decided. */
  readonly crs: string;
  readonly crsDecision: string;
  readonly files: number;
}

/** @returns the number of the version; of a dry run one that nobody has */
export async function recordTerrain(pool: Pool, terrain: TerrainVersion): Promise<number> {
  const { extent, crs, crsDecision, files, dryRun, ...label } = terrain;
  return (dryRun ? inTrial : inTransaction)(pool, async (connection) => {
    await connection.run(datasetLock(CITY));
    const { version } = await openVersion(connection, { ...label, dataset: CITY, synthetic: false });
    await connection.run(sql`update twin.dataset_version set written = ${files}::integer, added = ${files}::integer,
        changed = 0, unchanged = 0, ended = 0, rejected = 0, crs = ${crs}::text, crs_decision = ${crsDecision}::text,
        min_easting = ${extent.minX}::float8, min_northing = ${extent.minY}::float8,
        max_easting = ${extent.maxX}::float8, max_northing = ${extent.maxY}::float8
      where version = ${version}::bigint`);
    return version;
  });
}
