import type { MultiPolygon } from '../../core/geo/geometry.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql } from './sql.ts';

/**
 * Says where the data of layers of the city speak: within it "nothing found" means that nothing is there. What was said
 * before is replaced. Layers of which nobody says it are taken to speak within the box of their objects.
 */
export async function declareCoverage(
  pool: Pool,
  layers: readonly string[],
  area: MultiPolygon,
): Promise<void> {
  await pool.read(coverageSql(layers, area, 'replace'));
}

/** @param how what becomes of the area that was declared before */
export function coverageSql(layers: readonly string[], area: MultiPolygon, how: 'add' | 'replace'): Sql {
  const taken =
    how === 'replace' ? sql`excluded.geom` : sql`ST_Multi(ST_Union(layer_coverage.geom, excluded.geom))`;
  return sql`insert into twin.layer_coverage (layer, geom)
    select layer, ST_Multi(ST_CollectionExtract(ST_MakeValid(
      ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(area)}::text), 2177)), 3))
    from unnest(${layers}::text[]) as named(layer)
    on conflict (layer) do update set geom = ${taken}`;
}
