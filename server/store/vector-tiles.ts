import { createHash } from 'node:crypto';
import { type Layer, styledProperties } from '../../core/feature/layer.ts';
import { type Bbox, widenBbox } from '../../core/geo/bbox.ts';
import { boxGeometry } from '../../core/geo/box-geometry.ts';
import { crsOf } from '../../core/geo/crs.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { isInGrid, tileBounds, tileGridOf } from '../../core/geo/tile-grid.ts';
import { writeEwkb } from '../../core/geo/wkb.ts';
import type { TileSource } from '../../tiles/source.ts';
import type { View } from '../access/view.ts';
import { type AreaVersions, areaVersions } from './area-versions.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { type Relation, relationFor, rowsOf } from './relation.ts';
import { join, name, type Sql, sql, trusted } from './sql.ts';
import { tileVersionSql } from './tile-version.ts';

/** Tile space, as in the Mapbox Vector Tile specification 2.1. */
const EXTENT = 4096;
const BUFFER = 64;
/** Polygons below this many square units of tile space (a tile is 4096² units) are dropped … */
const SMALLEST_AREA = 64;
/** … but this many of the largest always stay, so that a layer never vanishes from a tile. */
const ALWAYS_KEPT = 500;
/** A polygon whose envelope is smaller than this may fall through the raster of tile units. */
const DOT_AREA = 16;
const METRES_PER_DEGREE = 111_320;
/** A tile never holds more objects than this; the largest stay. */
const MOST_OBJECTS = 20_000;

/** Part of every ETag: raise it when tiles of the same data would come out differently. */
const TILE_FORMAT = 2;

const MVT_TYPE = 'application/vnd.mapbox-vector-tile';

/**
 * Vector tiles made by PostGIS. The MVT layer is named like the layer; objects carry `id` and the properties
 * that its style draws by. The ETag (quoted) changes when an object within the tile changes, or the layer's
 * declaration does.
 */
export function postgisVectorTiles(
  pool: Pool,
  layers: LayersProvider,
  view: View,
  versions: AreaVersions = areaVersions(pool),
): TileSource {
  return {
    async get({ layer: layerName, grid: gridName, z, x, y }, signal, knownEtag) {
      const grid = tileGridOf(gridName);
      const stored = (await layers()).find((each) => each.name === layerName);
      const relation = stored && relationFor(stored, view);
      if (!grid || !relation || !isInGrid(grid, z, x, y)) return undefined;
      const { layer } = relation;
      const bounds = tileBounds(grid, z, x, y);
      const version = tileVersionSql(layer, withBuffer(bounds), view);
      if (knownEtag !== undefined) {
        const [now = '0'] = await versions.of([{ layer, area: withBuffer(bounds) }], view, signal);
        if (etagOf(layer, now) === knownEtag) return 'unchanged';
      }
      const area = boxGeometry(withBuffer(bounds), layer.srid);
      // Version and content in one statement see the same moment.
      const mvt = area ? tileSql(relation, bounds, area) : sql`select null::bytea as mvt`;
      const [row] = await pool.read<{ version: string; mvt: Uint8Array | null }>(
        sql`select (${version}) as version, (${mvt}) as mvt`,
        signal,
      );
      const bytes = row?.mvt ?? new Uint8Array();
      return { bytes, contentType: MVT_TYPE, etag: etagOf(layer, row?.version ?? '0') };
    },
  };
}

function withBuffer(bounds: Bbox): Bbox {
  return widenBbox(bounds, ((bounds.maxX - bounds.minX) * BUFFER) / EXTENT);
}

const carriedColumns = (layer: Layer): readonly string[] => [
  'id',
  ...styledProperties(layer).filter((column) =>
    layer.properties.some((property) => property.name === column),
  ),
];

function tileSql(relation: Relation, bounds: Bbox, area: Geometry): Sql {
  const { layer } = relation;
  const columns = join(
    carriedColumns(layer).map((column) => name(column)),
    ', ',
  );
  const around = sql`${Buffer.from(writeEwkb(area, layer.srid)).toString('hex')}::geometry`;
  const envelope = sql`ST_MakeEnvelope(${bounds.minX}::float8, ${bounds.minY}::float8, ${bounds.maxX}::float8,
    ${bounds.maxY}::float8, ${bounds.srid}::integer)`;
  const unit =
    (bounds.maxX - bounds.minX) / EXTENT / (crsOf(layer.srid).unit === 'degree' ? METRES_PER_DEGREE : 1);
  return sql`with near as (
      select ${columns}, geom, ${sizeSql(layer)} as size
      from (${rowsOf(relation)}) as relation where geom && ${around}
      order by size desc, id limit ${MOST_OBJECTS}::bigint
    ), kept as (
      select *, row_number() over (order by size desc, id) as rank from near
    ), drawn as (
      select ${columns}, ST_AsMVTGeom(ST_Transform(${shapeSql(layer, unit)}, ${bounds.srid}::integer), ${envelope},
        ${EXTENT}::integer, ${BUFFER}::integer, true) as geom
      from kept where size >= ${SMALLEST_AREA * unit * unit}::float8 or rank <= ${ALWAYS_KEPT}::bigint
    )
    select ST_AsMVT(drawn, ${layer.name}::text, ${EXTENT}::integer, 'geom') from drawn where geom is not null`;
}

/** Solids are drawn by their ground plan; what is smaller than the raster by a dot, lest it vanish. */
function shapeSql(layer: Layer, unit: number): Sql {
  const plan = trusted(layer.dimension === 3 ? 'twin.footprint(geom)' : 'geom');
  if (!layer.geometryType.endsWith('Polygon')) return plan;
  return sql`case when size < ${DOT_AREA * unit * unit}::float8
    then ST_Multi(ST_Expand(ST_Centroid(ST_Envelope(geom)), ${unit}::float8)) else ${plan} end`;
}

/** What decides who stays: the area of the envelope is near enough and costs nothing. */
function sizeSql(layer: Layer): Sql {
  if (!layer.geometryType.endsWith('Polygon')) return trusted("'infinity'::float8");
  return trusted('(ST_XMax(geom) - ST_XMin(geom)) * (ST_YMax(geom) - ST_YMin(geom))');
}

function etagOf(layer: Layer, version: string): string {
  const telling = layer.critical ? 'in part' : 'whole';
  const declaration = [TILE_FORMAT, EXTENT, layer.name, layer.srid, telling, ...carriedColumns(layer)].join(
    ' ',
  );
  const digest = createHash('sha1').update(declaration).digest('base64url').slice(0, 8);
  return `"${digest}-${version}"`;
}
