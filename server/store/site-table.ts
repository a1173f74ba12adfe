/** Measures every parcel of a state of the city for the site finder. */
import { setImmediate as breathe } from 'node:timers/promises';
import {
  isInsideRings,
  type SegmentGrid,
  segmentGrid,
} from '../../core/analysis/site-finder/nearest-segment.ts';
import { bitOf, emptyMeasures, type SiteTable } from '../../core/analysis/site-finder/site-table.ts';
import type { Position, Ring } from '../../core/geo/geometry.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import type { SiteExclusion, SiteMeasure } from '../../core/wire/sites.ts';
import { rowsToMeasure, shapeOf, sharedRows, type Wanted } from './site-rows.ts';
import { type Sql, sql, trusted } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

/** Layers that a table is made from. */
export const SITE_LAYERS = [
  'parcels',
  'buildings',
  'plan_zones',
  'roads',
  'utility_lines',
  'stops',
  'facilities',
  'green_areas',
  'flood_zones',
  'heritage_sites',
  'nature_areas',
  'noise_zones',
] as const;

type SiteCity = Pick<StudiedCity, 'layers' | 'view' | 'lawDate' | 'read'>;

/** Farther than this it is as good as not there. */
const REACH_M = 2_000;
/** Parcels between two looks at what else the process has to do. */
const AT_A_TIME = 500;
/** Ground of the municipality or of a legal person of it, by what the public is told of the register group. */
export const IS_MUNICIPAL = trusted("coalesce(public_holder = 'municipality', false)");
/** Land uses by which a parcel is no site: roads, railways, water. */
export const STREET_USES = '^(dr|Tk|Ti|Tp|Wp|Ws|Wm)';

/**
 * @param versions of the layers, in this state of the city
 * @param kept tables of other moments or scenarios: what they measured from layers of the same version is taken over
 */
export async function makeSiteTable(
  city: SiteCity,
  versions: Readonly<Record<string, string>>,
  kept: readonly SiteTable[] = [],
): Promise<SiteTable> {
  const parcels = await city.read<{
    id: string;
    e: number;
    n: number;
    min_e: number;
    min_n: number;
    max_e: number;
    max_n: number;
    area_m2: number;
    is_street: boolean;
    is_municipal: boolean;
    wkb: Buffer;
  }>(
    sql`select id, ST_X(inner_point) as e, ST_Y(inner_point) as n, ST_XMin(geom) as min_e, ST_YMin(geom) as min_n,
        ST_XMax(geom) as max_e, ST_YMax(geom) as max_n, ST_Area(geom) as area_m2,
        coalesce(land_use ~ ${STREET_USES}::text, false) as is_street,
        ${IS_MUNICIPAL} as is_municipal, ST_AsBinary(geom) as wkb
      from (select *, ST_PointOnSurface(geom) as inner_point from ${studiedRows(city, 'parcels')} as state) as placed
      order by id`,
  );
  const shapes = BigUint64Array.from(parcels, ({ wkb }) => shapeOf(wkb));
  const rowOf = new Map(parcels.map(({ id }, row) => [id, row]));
  const previous = nearestOf(kept, versions);
  const isSame = (layer: string) => previous?.versions[layer] === versions[layer];
  const known = previous ? sharedRows(previous, rowOf, shapes) : [];
  const toMeasure = rowsToMeasure(parcels, new Set(known.map(([row]) => row)), REACH_M);
  const measures = emptyMeasures(parcels.length);
  const excluded = new Uint8Array(parcels.length);
  const zone = new Int16Array(parcels.length).fill(-1);
  const mark = (row: number | undefined, exclusion: SiteExclusion) => {
    if (row !== undefined) excluded[row] = (excluded[row] ?? 0) | bitOf(exclusion);
  };
  for (const [row, { area_m2, is_street, is_municipal }] of parcels.entries()) {
    measures.areaM2[row] = area_m2;
    if (!is_municipal) mark(row, 'not-municipal');
    if (is_street) mark(row, 'street');
  }
  const missing: string[] = [];
  for (const layer of SITE_LAYERS) {
    if (previous && isSame(layer)) {
      if (previous.missing.includes(layer)) missing.push(layer);
      continue;
    }
    const some = await city.read(sql`select 1 from ${studiedRows(city, layer)} as state limit 1`);
    if (some.length === 0) missing.push(layer);
  }

  const copied = (measure: SiteMeasure) => {
    for (const [row, before] of known)
      measures[measure][row] = previous?.measures[measure][before] ?? Number.NaN;
  };
  const marked = (exclusion: SiteExclusion) => {
    for (const [row, before] of known) {
      if ((previous?.excluded[before] ?? 0) & bitOf(exclusion)) mark(row, exclusion);
    }
  };
  const zoneKinds: string[] = [];
  if (previous && isSame('plan_zones')) {
    zoneKinds.push(...previous.zoneKinds);
    for (const [row, before] of known) zone[row] = previous.zone[before] ?? -1;
    for (const name of PLAN_MEASURES) copied(name);
  }
  for (const found of await plansOf(city, toMeasure(isSame('plan_zones')))) {
    const row = rowOf.get(found.id);
    if (row === undefined) continue;
    if (found.kind !== null) {
      if (!zoneKinds.includes(found.kind)) zoneKinds.push(found.kind);
      zone[row] = zoneKinds.indexOf(found.kind);
    }
    measures.maxHeightM[row] = found.height_m ?? Number.NaN;
    measures.maxIntensity[row] = found.intensity ?? Number.NaN;
    measures.minGreenPct[row] = found.green_pct ?? Number.NaN;
  }
  if (!missing.includes('buildings')) {
    measures.builtPct.fill(0);
    if (isSame('buildings')) {
      copied('builtPct');
      marked('built');
    }
    for (const { id, built_m2 } of await builtOn(city, toMeasure(isSame('buildings')))) {
      const row = rowOf.get(id);
      if (row === undefined) continue;
      measures.builtPct[row] = (100 * built_m2) / (measures.areaM2[row] ?? 1);
      mark(row, 'built');
    }
  }
  for (const [exclusion, layer, condition] of TOUCHED) {
    if (isSame(layer)) marked(exclusion);
    for (const { id } of await touching(city, layer, condition, toMeasure(isSame(layer)))) {
      mark(rowOf.get(id), exclusion);
    }
  }
  for (const [measure, layer, condition] of DISTANCES) {
    if (isSame(layer)) copied(measure);
    const wanted = toMeasure(isSame(layer));
    if (wanted.rows.length === 0) continue;
    const grid = segmentGrid(await linesOf(city, layer, condition, wanted), REACH_M);
    for (const [i, row] of wanted.rows.entries()) {
      if (i % AT_A_TIME === 0) await breathe();
      const { wkb } = parcels[row] ?? {};
      if (wkb) measures[measure][row] = distanceOf(grid, wkb);
    }
  }
  return {
    ids: parcels.map(({ id }) => id),
    zoneKinds,
    zone,
    measures,
    excluded,
    at: Float64Array.from(parcels.flatMap(({ e, n }) => [e, n])),
    bbox: Float64Array.from(
      parcels.flatMap(({ min_e, min_n, max_e, max_n }) => [min_e, min_n, max_e, max_n]),
    ),
    shapes,
    version: versionOf(versions),
    versions,
    missing,
  };
}

/** Of all layers as one word. */
export const versionOf = (versions: Readonly<Record<string, string>>): string =>
  SITE_LAYERS.map((layer) => versions[layer] ?? '').join('-');

/** The table that shares most layers. */
function nearestOf(
  kept: readonly SiteTable[],
  versions: Readonly<Record<string, string>>,
): SiteTable | undefined {
  const shared = (table: SiteTable) =>
    SITE_LAYERS.filter((layer) => table.versions[layer] === versions[layer]).length;
  return kept.toSorted((a, b) => shared(b) - shared(a))[0];
}

const PLAN_MEASURES = ['maxHeightM', 'maxIntensity', 'minGreenPct'] as const;

/** What marks a parcel that touches it: the layer, and which of its objects. */
export const TOUCHED: readonly (readonly [SiteExclusion, string, Sql])[] = [
  ['flood', 'flood_zones', trusted(`probability in ('p1', 'p10')`)],
  ['heritage', 'heritage_sites', trusted('true')],
  ['nature', 'nature_areas', trusted('true')],
  ['noise', 'noise_zones', trusted(`indicator = 'LDWN' and level in ('65-70', '70-75', '75+')`)],
];

const network = (name: string): Sql =>
  sql`network = ${name}::text and coalesce(role, 'main') <> 'connection' and coalesce(operation, 'active') = 'active'`;
const DISTANCES: readonly (readonly [SiteMeasure, string, Sql])[] = [
  ['roadM', 'roads', trusted(`class <> 'service'`)],
  ['waterM', 'utility_lines', network('water')],
  ['sewerM', 'utility_lines', network('sewer')],
  ['gasM', 'utility_lines', network('gas')],
  ['heatM', 'utility_lines', network('heat')],
  ['powerM', 'utility_lines', network('power')],
  ['stopM', 'stops', trusted('true')],
  ['schoolM', 'facilities', trusted(`kind = 'primary_school'`)],
  ['greenM', 'green_areas', trusted('true')],
];

/** The plan in force at the inner point of each parcel, the local one before the general. */
const plansOf = async (city: SiteCity, { rows, isAmong }: Wanted) => {
  if (rows.length === 0) return [];
  return city.read<{
    id: string;
    kind: string | null;
    height_m: number | null;
    intensity: number | null;
    green_pct: number | null;
  }>(
    // In pieces: a point is looked for in what is near it, and not along the whole outline of a zone.
    sql`select distinct on (parcel.id) parcel.id, zone.zone_kind as kind, zone.max_height_m as height_m,
        zone.max_intensity as intensity, zone.min_bioactive_share_pct as green_pct
      from (
        select id, plan_kind, zone_kind, max_height_m, max_intensity, min_bioactive_share_pct,
          ST_Subdivide(geom, 128) as geom
        from ${studiedRows(city, 'plan_zones')} as state
        where coalesce(status, 'legalForce') = 'legalForce'
          and coalesce(in_force_since, '-infinity') <= ${city.lawDate}::date
          and coalesce(in_force_until, 'infinity') >= ${city.lawDate}::date
      ) as zone join ${parcelsSql(city, isAmong)} as parcel on parcel.geom && zone.geom
        and ST_Intersects(zone.geom, ST_PointOnSurface(parcel.geom))
      order by parcel.id, zone.plan_kind is distinct from 'local', zone.id`,
  );
};

/** Outlines of buildings by the parcel that holds their inner point. */
const builtOn = async (city: SiteCity, { rows, isAmong, isNear }: Wanted) => {
  if (rows.length === 0) return [];
  return city.read<{ id: string; built_m2: number }>(
    sql`with building as materialized (
        select ST_PointOnSurface(geom) as geom, ST_Area(geom) as area_m2 from ${studiedRows(city, 'buildings')} as state
        where ${isNear}
      )
      select parcel.id, sum(building.area_m2 order by building.area_m2) as built_m2
      from ${parcelsSql(city, isAmong)} as parcel join building on building.geom && parcel.geom
        and ST_Intersects(parcel.geom, building.geom)
      group by parcel.id`,
  );
};

const touching = async (city: SiteCity, layer: string, condition: Sql, { rows, isAmong, isNear }: Wanted) => {
  if (rows.length === 0) return [];
  return city.read<{ id: string }>(
    sql`select distinct parcel.id
      from (select ST_Subdivide(geom, 128) as geom from ${studiedRows(city, layer)} as state
        where ${condition} and ${isNear}) as place
      join ${parcelsSql(city, isAmong)} as parcel on parcel.geom && place.geom
        and ST_Intersects(parcel.geom, place.geom)`,
  );
};

const parcelsSql = (city: SiteCity, isAmong: Sql): Sql =>
  sql`(select * from ${studiedRows(city, 'parcels')} as state where ${isAmong})`;

async function* positionsOf(rows: readonly { wkb: Buffer }[]): AsyncGenerator<readonly Position[]> {
  for (const [index, { wkb }] of rows.entries()) {
    if (index % AT_A_TIME === 0) await breathe();
    const geometry = readWkb(wkb);
    if (geometry.type === 'Point') yield [geometry.coordinates];
    else if (geometry.type === 'LineString') yield geometry.coordinates;
    else if (geometry.type === 'Polygon' || geometry.type === 'MultiLineString') yield* geometry.coordinates;
    else if (geometry.type === 'MultiPolygon') yield* geometry.coordinates.flat();
  }
}

async function linesOf(
  city: SiteCity,
  layer: string,
  condition: Sql,
  { isNear }: Wanted,
): Promise<readonly (readonly Position[])[]> {
  const rows = await city.read<{ wkb: Buffer }>(
    sql`select ST_AsBinary(ST_Force2D(geom)) as wkb from ${studiedRows(city, layer)} as state
      where ${condition} and ${isNear} order by id`,
  );
  const lines: (readonly Position[])[] = [];
  for await (const line of positionsOf(rows)) lines.push(line);
  return lines;
}

function distanceOf(grid: SegmentGrid, wkb: Buffer): number {
  const geometry = readWkb(wkb);
  const rings: readonly Ring[] =
    geometry.type === 'Polygon'
      ? geometry.coordinates
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates.flat()
        : [];
  return grid.distanceM(rings, (place) => isInsideRings(place, rings));
}
