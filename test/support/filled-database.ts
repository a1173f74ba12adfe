import type { Feature } from '../../core/feature/feature.ts';
import { beginLoad } from '../../server/store/load.ts';
import type { LoadReport } from '../../server/store/load-contract.ts';
import type { Pool } from '../../server/store/pool.ts';

/** Puts features (EPSG:2177) into the city through the real load; nothing may be refused. */
export async function fill(pool: Pool, features: readonly Feature[]): Promise<LoadReport> {
  const load = await beginLoad(pool, {
    dataset: 'city',
    srid: 2177,
    fileName: 'sample',
    format: 'test',
    source: 'test',
    synthetic: true,
    dryRun: false,
    allowOutside: false,
  });
  for (const feature of features) await load.write(feature, 2177, false);
  const report = await load.finish();
  if (report.rejected.length > 0) throw new Error(JSON.stringify(report.rejected));
  return report;
}
