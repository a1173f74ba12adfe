import { BUILDINGS_3D } from '../../core/catalogue/buildings-3d.ts';
import { notFound } from '../../core/errors.ts';
import type { PropertyValue } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { surfacesOfWkb } from '../../tiles/mesh/wkb-surfaces.ts';
import { buildingGrid, cellBounds, isCell, type TileCell } from '../../tiles/tileset/building-grid.ts';
import type { BuildingRow, BuildingStore } from '../../tiles/tileset/building-store.ts';
import { publishedProperties } from '../../tiles/tileset/published-properties.ts';
import type { View } from '../access/view.ts';
import { withLooks } from './building-looks.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { relationFor, rowsOf } from './relation.ts';
import { join, name, type Sql, sql } from './sql.ts';
import { tileExtents } from './tile-extents.ts';
import { layerVersionSql, tileVersionSql } from './tile-version.ts';

/** The 3D buildings of the store by tiles; a building is found by the index on `twin.building_tile`. */
export function postgisBuildings(pool: Pool, layers: LayersProvider, view: View): BuildingStore {
  // What is demolished is known, and not drawn.
  const rowsSeen = (layer: Layer): Sql => {
    const relation = relationFor(layer, view);
    if (!relation) throw notFound(`There is no layer "${layer.name}"`, 'layer');
    return sql`select * from (${rowsOf(relation)}) as building where state is distinct from 'demolished'`;
  };
  /** Of the rows in the tile themselves: an edit changes its own tile, and none of those around it. */
  const rowsVersionSql = (layer: Layer, { z, x, y }: TileCell): Sql => {
    const relation = relationFor(layer, view);
    if (!relation) throw notFound(`There is no layer "${layer.name}"`, 'layer');
    const inTile = sql`state is distinct from 'demolished' and twin.building_tile(geom) = ${`${z}/${x}/${y}`}::text`;
    const { stamped } = relation;
    // What a scenario has changed has no stamps: there it is told by all that it says.
    const [rows, stamp] = stamped
      ? [join(stamped.branches, ' union all '), sql`int8send(row_id) || xidsend(row_stamp)`]
      : [rowsOf(relation), sql`relation::text::bytea`];
    return sql`select coalesce(encode(sha256(string_agg(${stamp}, ''::bytea order by id)), 'hex'), '0') as version
      from (${rows}) as relation where ${inTile}`;
  };
  return {
    async layer(layerName) {
      const found = (await layers()).find((layer) => layer.name === layerName);
      return found?.table === BUILDINGS_3D.table ? relationFor(found, view)?.layer : undefined;
    },

    async version(layer, cell, signal) {
      const statement = cell ? rowsVersionSql(layer, cell) : layerVersionSql(layer, view);
      const [row] = await pool.read<{ version: string }>(statement, signal);
      return row?.version ?? '0';
    },

    async versionUnder(layer, root, signal) {
      const under = tileVersionSql(layer, cellBounds(buildingGrid(layer.srid), root), view);
      const [row] = await pool.read<{ version: string }>(under, signal);
      return row?.version ?? '0';
    },

    async extents(layer, signal) {
      const found = await tileExtents(pool, layer, rowsSeen(layer), view, signal);
      const grid = buildingGrid(layer.srid);
      // A building outside the grid has a place but no tile; the loader keeps such out of the city.
      return found.filter((tile) => isCell(grid, tile));
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
