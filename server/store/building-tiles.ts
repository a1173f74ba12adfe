import { BUILDINGS_3D } from '../../core/catalogue/buildings-3d.ts';
import { notFound } from '../../core/errors.ts';
import type { PropertyValue } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { surfacesOfWkb } from '../../tiles/mesh/wkb-surfaces.ts';
import { buildingGrid, isCell, type TileCell } from '../../tiles/tileset/building-grid.ts';
import type { BuildingRow, BuildingStore } from '../../tiles/tileset/building-store.ts';
import { publishedProperties } from '../../tiles/tileset/published-properties.ts';
import type { View } from '../access/view.ts';
import { type AreaVersions, areaVersions } from './area-versions.ts';
import { withLooks } from './building-looks.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { relationFor, rowsOf } from './relation.ts';
import { join, name, type Sql, sql } from './sql.ts';
import { type TileRule, tileExtents } from './tile-extents.ts';
import { layerVersionSql } from './tile-version.ts';
import { rowsVersionSql, versionUnder } from './tiled-versions.ts';

const SHOWN = sql`state is distinct from 'demolished'`;
const BUILDING_RULE: TileRule = {
  tile: sql`twin.building_tile(geom)`,
  low: sql`ST_ZMin(geom)`,
  high: sql`ST_ZMax(geom)`,
};

/** The 3D buildings of the store by tiles; a building is found by the index on `twin.building_tile`. */
export function postgisBuildings(
  pool: Pool,
  layers: LayersProvider,
  view: View,
  versions: AreaVersions = areaVersions(pool),
): BuildingStore {
  // What is demolished is known, and not drawn.
  const rowsSeen = (layer: Layer): Sql => {
    const relation = relationFor(layer, view);
    if (!relation) throw notFound(`There is no layer "${layer.name}"`, 'layer');
    return sql`select * from (${rowsOf(relation)}) as building where ${SHOWN}`;
  };
  return {
    async layer(layerName) {
      const found = (await layers()).find((layer) => layer.name === layerName);
      return found?.table === BUILDINGS_3D.table ? relationFor(found, view)?.layer : undefined;
    },

    async version(layer, cell, signal) {
      const relation = relationFor(layer, view);
      const statement =
        cell && relation
          ? rowsVersionSql(relation, BUILDING_RULE.tile, cell, SHOWN)
          : layerVersionSql(layer, view);
      const [row] = await pool.read<{ version: string }>(statement, signal);
      return row?.version ?? '0';
    },

    versionUnder(layer, root, signal) {
      return versionUnder(versions, layer, root, view, signal);
    },

    async extents(layer, signal) {
      const found = await tileExtents(pool, layer, rowsSeen(layer), BUILDING_RULE, view, signal);
      const grid = buildingGrid(layer.srid);
      // A building outside the grid has a place but no tile; the loader keeps such out of the city.
      return found
        .filter((tile) => isCell(grid, tile))
        .map(({ extent: { minZ, maxZ, ...box }, ...tile }) => ({
          ...tile,
          extent: { ...box, minZ: minZ ?? 0, maxZ: maxZ ?? 0 },
        }));
    },

    async rows(layer, cell, signal) {
      const properties = publishedProperties(layer).map((property) => property.name);
      const rows = await pool.read<StoredRow>(buildingsSql(rowsSeen(layer), cell, properties), signal);
      return await withLooks(
        pool,
        rows.map((row) => ({ row: buildingRow(row, properties), appearance: row.appearance })),
        signal,
      );
    },
  };
}

interface StoredRow {
  readonly id: string;
  readonly solid: Uint8Array;
  readonly surface_kinds: string | null;
  readonly appearance: string | null;
  readonly [property: string]: unknown;
}

function buildingsSql(rows: Sql, { z, x, y }: TileCell, properties: readonly string[]): Sql {
  const columns = join(
    properties.map((property) => sql`, ${name(property)}`),
    '',
  );
  return sql`select id, ST_AsBinary(geom) as solid, surface_kinds, appearance${columns}
    from (${rows}) as relation
    where twin.building_tile(geom) = ${`${z}/${x}/${y}`}::text order by id`;
}

function buildingRow(row: StoredRow, properties: readonly string[]): BuildingRow {
  return {
    id: row.id,
    surfaces: surfacesOfWkb(row.solid),
    surfaceKinds: row.surface_kinds ?? '',
    properties: Object.fromEntries(
      properties.map((property) => [property, (row[property] ?? null) as PropertyValue]),
    ),
  };
}
