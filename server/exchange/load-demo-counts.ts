import { type CountedStreet, demoTrafficCounts } from '../../core/demo-city/traffic-counts.ts';
import { CITY } from '../store/dataset.ts';
import type { Pool } from '../store/pool.ts';
import { sql } from '../store/sql.ts';
import { COUNT_FORMAT, saveCounts } from '../store/traffic-book.ts';

/** Whether somebody has loaded counts, of the demo city or others. */
export async function hasTrafficCounts(pool: Pool): Promise<boolean> {
  const rows = await pool.read(
    sql`select from twin.dataset_version where dataset = ${CITY}::text and format = ${COUNT_FORMAT}::text limit 1`,
  );
  return rows.length > 0;
}

/** Counts of vehicles on the streets of the demo city that the database holds. */
export async function loadDemoCounts(pool: Pool, seed: number): Promise<void> {
  const streets = await pool.read<CountedStreet>(
    sql`with middle as (select ST_Centroid(ST_Extent(geom)) as at from city.road where valid_to is null)
      select id, name, class, coalesce(oneway, false) as "isOneway",
        ST_Distance(ST_EndPoint(geom), ST_SetSRID(at, 2177)) - ST_Distance(ST_StartPoint(geom), ST_SetSRID(at, 2177))
          as "outwardsM"
      from city.road, middle where valid_to is null order by id`,
  );
  const source = 'Demo city (synthetic): counts that know nothing of the traffic model';
  await saveCounts(
    pool,
    { fileName: 'demo-counts', source, synthetic: true },
    demoTrafficCounts(streets, seed),
  );
}
