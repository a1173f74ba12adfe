import type { MultiPolygon } from '../../core/geo/geometry.ts';
import type { Pool } from './pool.ts';
import { sql } from './sql.ts';

/**
 * Says where the data of layers of the city speak: within it "nothing found" means that nothing is there. What was said
 * before is replaced. Layers of which nobody says it are taken to speak within the box of their objects.
 */
export async function declareCoverage(
  pool: Pool,
  layers: readonly string[],
  area: MultiPolygon,
): Promise<void> {
  await pool.read(
    sql`insert into twin.layer_coverage (layer, geom)
      select layer, ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(area)}::text), 2177)
      from unnest(${layers}::text[]) as named(layer)
      on conflict (layer) do update set geom = excluded.geom`,
  );
}
