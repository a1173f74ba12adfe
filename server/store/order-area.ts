/** The ground that an order asks for. */
import { invalidParameter, notFound, tooLarge } from '../../core/errors.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import type { Filter } from '../../core/filter/ast.ts';
import { boxGeometry } from '../../core/geo/box-geometry.ts';
import { crsOf } from '../../core/geo/crs.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { positionsOf } from '../../core/geo/geometry.ts';
import { mapSheet } from '../../core/geo/map-sheet.ts';
import { writeEwkb } from '../../core/geo/wkb.ts';
import { MOST_ORDER_VERTICES, type OrderArea } from '../../core/wire/order.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql } from './sql.ts';

export interface SettledArea {
  /** EWKB in the CRS of the city; undefined = all of it. */
  readonly shape: Buffer | undefined;
  readonly areaM2: number | null;
  /** Degrees WGS 84 of its middle. */
  readonly lon: number | undefined;
}

/**
 * @param source through which parcels, streets, districts and precincts are read
 * @param srid CRS of the city
 * @throws TwinError invalid-parameter for a shape that cannot be used, saying where; not-found for what is not there;
 *   too-large for one of too many vertices
 */
export async function settleOrderArea(
  pool: Pool,
  source: FeatureSource,
  area: OrderArea,
  srid: number,
  signal: AbortSignal,
): Promise<SettledArea> {
  const shape = await shapeOf(source, area, srid, signal);
  if (shape === undefined) return { shape: undefined, areaM2: null, lon: undefined };
  const [row] = await pool.read<{ fault: string | null; shape: Buffer; m2: number; lon: number }>(
    sql`select case when ST_IsValid(asked) then null else ST_IsValidReason(asked) end as fault,
        ST_AsEWKB(asked) as shape, ST_Area(asked) as m2,
        ST_X(ST_Transform(ST_Centroid(asked), 4326)) as lon from (select ${shape}) as area (asked)`,
    signal,
  );
  if (!row || row.fault !== null) {
    throw invalidParameter(
      'area.geometry',
      `The area cannot be used: ${row?.fault ?? 'it is empty'}; draw it without edges that cross`,
    );
  }
  if (!(row.m2 > 0)) throw invalidParameter('area', 'The area is empty: it encloses no ground');
  return { shape: row.shape, areaM2: row.m2, lon: row.lon };
}

async function shapeOf(
  source: FeatureSource,
  area: OrderArea,
  srid: number,
  signal: AbortSignal,
): Promise<Sql | undefined> {
  const inCity = (geometry: Geometry, from: number): Sql =>
    from === srid
      ? sql`ST_Force2D(${ewkb(geometry, from)})`
      : sql`ST_Transform(ST_Force2D(${ewkb(geometry, from)}), ${srid}::integer)`;
  const around = (shape: Sql, metres: number): Sql =>
    metres > 0 ? sql`ST_Buffer(${shape}, ${metres}::float8)` : shape;
  switch (area.kind) {
    case 'city':
      return undefined;
    case 'polygon': {
      const geometry = drawnArea(area.geometry as Geometry);
      crsOf(area.srid);
      return around(inCity(geometry, area.srid), area.bufferM ?? 0);
    }
    case 'place':
      crsOf(area.srid);
      return around(inCity({ type: 'Point', coordinates: area.at }, area.srid), area.radiusM);
    case 'sheet': {
      const box = mapSheet(area.name);
      const sheet = boxGeometry(box, srid);
      if (!sheet) throw invalidParameter('area.name', 'This sheet lies too far from the city');
      return inCity(sheet, srid);
    }
    case 'parcels': {
      const found = await named(source, 'parcels', area.ids, signal);
      return around(together(found, srid), area.bufferM);
    }
    case 'street': {
      const found = await streetNamed(source, area.name, signal);
      return sql`ST_Buffer(${together(found, srid)}, ${area.widthM / 2}::float8, 'endcap=flat')`;
    }
    case 'district':
      return together(await named(source, 'districts', [area.id], signal), srid);
    case 'precinct':
      return together(await named(source, 'precincts', [area.id], signal), srid);
  }
}

const ewkb = (geometry: Geometry, srid: number): Sql =>
  sql`ST_GeomFromEWKB(${Buffer.from(writeEwkb(geometry, srid))}::bytea)`;

const together = (features: readonly Feature[], srid: number): Sql =>
  sql`(select ST_Union(ST_Force2D(ST_GeomFromEWKB(part))) from unnest(${features.flatMap(({ geometry }) =>
    geometry ? [Buffer.from(writeEwkb(geometry, srid))] : [],
  )}::bytea[]) as part)`;

function drawnArea(geometry: Geometry): Geometry {
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') {
    throw invalidParameter('area.geometry', `An area is a Polygon or MultiPolygon, got a ${geometry.type}`);
  }
  let vertices = 0;
  for (const position of positionsOf(geometry)) {
    vertices++;
    if (!position.every(Number.isFinite)) throw invalidParameter('area.geometry', 'A position is no number');
  }
  if (vertices > MOST_ORDER_VERTICES) {
    throw tooLarge(
      `The area has ${vertices} vertices and may have ${MOST_ORDER_VERTICES}; simplify it, or order it in parts`,
      'area.geometry',
    );
  }
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
  if (rings.length === 0 || rings.some((ring) => !isRing(ring))) {
    throw invalidParameter(
      'area.geometry',
      'Every ring of the area needs at least four positions, the last being the first again',
    );
  }
  return geometry;
}

function isRing(ring: readonly (readonly number[])[]): boolean {
  const [first, last] = [ring[0], ring.at(-1)];
  return ring.length >= 4 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
}

async function named(
  source: FeatureSource,
  layer: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly Feature[]> {
  const found: Feature[] = [];
  for await (const feature of source.query(
    { layer, filter: { op: 'ids', ids }, properties: [], limit: ids.length },
    signal,
  ))
    found.push(feature);
  const missing = ids.filter((id) => !found.some((feature) => feature.id === id));
  if (missing.length > 0) {
    const shown = missing.slice(0, 5).map((id) => `"${id.slice(0, 60)}"`);
    throw notFound(
      `Layer ${layer} has no ${shown.join(', ')}${missing.length > 5 ? ` and ${missing.length - 5} more` : ''}`,
      layer === 'parcels' ? 'area.ids' : 'area.id',
    );
  }
  return found;
}

async function streetNamed(
  source: FeatureSource,
  street: string,
  signal: AbortSignal,
): Promise<readonly Feature[]> {
  const found: Feature[] = [];
  const filter: Filter = {
    ...{ op: 'compare', operator: '=', property: 'name', value: street, matchCase: false },
  };
  for await (const feature of source.query({ layer: 'roads', filter, properties: [] }, signal))
    found.push(feature);
  if (found.length === 0) {
    throw notFound(`No road is called "${street.slice(0, 60)}"; write it as on the map`, 'area.name');
  }
  return found;
}
