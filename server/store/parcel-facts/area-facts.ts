/** Areas of other layers on parcels or near them, in one statement for all layers and parcels. */
import type { AreaFact } from '../../../core/analysis/parcel-check/facts.ts';
import type { PropertyValue } from '../../../core/feature/feature.ts';
import type { MultiPolygon } from '../../../core/geo/geometry.ts';
import { measurePlane } from '../../../core/geo/plane-measures.ts';
import { readWkb } from '../../../core/geo/wkb.ts';
import { provisionAt } from '../../../core/law/law.ts';
import { numberIn } from '../../../core/law/provision.ts';
import { join, name, type Sql, sql } from '../sql.ts';
import { studiedRows } from '../studied-city.ts';
import {
  aroundPlaces,
  byPlace,
  type CheckedCity,
  type CheckedPlace,
  inMemory,
  pairsSql,
  placesSql,
  propertiesSql,
} from './checked-city.ts';

/** What is read of each layer, and how far around a parcel, metres. */
interface AreaLayer {
  readonly reachM: number;
  readonly properties: readonly string[];
  /** Provision whose `distanceM` is kept from its objects: the ground within that distance is what is measured. */
  readonly strip?: string;
  /** Which of its objects. */
  readonly where?: Sql;
}

const AREA_LAYERS: Readonly<Record<string, AreaLayer>> = {
  plan_zones: {
    reachM: 0,
    properties: [
      'plan_kind',
      'designation',
      'symbol',
      'zone_kind',
      'base_profile',
      'additional_profile',
      'max_height_m',
      'min_intensity',
      'max_intensity',
      'max_built_share_pct',
      'min_bioactive_share_pct',
      'min_parcel_area_m2',
      'min_parking_per_dwelling',
      'roof_shape',
      'act_title',
      'act_number',
      'act_publication',
      'in_force_since',
      'in_force_until',
      'status',
      'max_storeys',
      'min_parking_per_100m2',
    ],
  },
  plan_acts: {
    reachM: 0,
    properties: [
      'plan_kind',
      'title',
      'number',
      'publication',
      'status',
      'begun_on',
      'in_force_since',
      'in_force_until',
      'changes',
    ],
  },
  plan_areas: {
    reachM: 0,
    properties: [
      'kind',
      'designation',
      'status',
      'in_force_since',
      'in_force_until',
      'max_school_distance_m',
      'max_green_areas_distance_m',
    ],
  },
  flood_zones: { reachM: 6, properties: ['probability', 'max_depth_m', 'river'] },
  noise_zones: { reachM: 8, properties: ['source', 'indicator', 'level_from_db', 'level_to_db', 'map_year'] },
  heritage_sites: { reachM: 0, properties: ['name', 'kind', 'register_number'] },
  nature_areas: { reachM: 6, properties: ['name', 'kind', 'act'] },
  green_areas: { reachM: 155, properties: ['name', 'kind'], where: sql`state.kind = 'cemetery'` },
  water: { reachM: 6, properties: ['name', 'kind'] },
  // Slivers of distance beside areas that follow parcels say nothing: those are read without a reach.
  landscape_areas: {
    reachM: 0,
    properties: [
      'kind',
      'ads',
      'max_ad_area_m2',
      'max_fence_height_m',
      'act_title',
      'act_number',
      'act_publication',
      'in_force_since',
      'in_force_until',
      'adapt_until',
    ],
  },
  ad_carriers: { reachM: 0, properties: ['kind', 'area_m2', 'status'] },
  cases: {
    reachM: 0,
    properties: [
      'kind',
      'status',
      'number',
      'subject',
      'authority',
      'applied_on',
      'decided_on',
      'final_on',
      'valid_until',
    ],
  },
  dikes: { reachM: 55, strip: 'PW-176-50', properties: ['name', 'river', 'dike_class'] },
  intake_zones: {
    reachM: 6,
    properties: [
      'intake',
      'kind',
      'bans',
      'act_title',
      'act_number',
      'act_publication',
      'in_force_since',
      'in_force_until',
    ],
  },
  landslides: { reachM: 12, properties: ['number', 'activity', 'recorded_on'] },
  mining_areas: {
    reachM: 6,
    properties: ['name', 'kind', 'mineral', 'concession_number', 'concession_until'],
  },
  restricted_use_areas: {
    reachM: 6,
    properties: [
      'name',
      'zone',
      'bans',
      'requirements',
      'act_title',
      'act_number',
      'act_publication',
      'in_force_since',
      'in_force_until',
    ],
  },
  airport_surfaces: {
    reachM: 6,
    properties: ['aerodrome', 'kind', 'limit_from_m', 'limit_to_m', 'documentation', 'documented_on'],
  },
  electromagnetic_fields: {
    reachM: 6,
    properties: ['name', 'source', 'level_from', 'level_to', 'method', 'measured_on'],
  },
  obstructions: {
    reachM: 10,
    properties: ['name', 'kind', 'impact', 'starts_at', 'ends_at', 'decision_number'],
  },
};

export const AREA_LAYER_NAMES: readonly string[] = Object.keys(AREA_LAYERS);

/** How far around a parcel each of them is read, metres. */
export const AREA_REACHES_M: ReadonlyMap<string, number> = new Map(
  Object.entries(AREA_LAYERS).map(([layer, { reachM }]) => [layer, reachM]),
);

interface AreaRow {
  readonly place: string;
  readonly layer: string;
  readonly id: string;
  readonly properties: Readonly<Record<string, PropertyValue>>;
  readonly distance_m: number;
  readonly common: string | null;
}

/** @param layers of `AREA_LAYER_NAMES`, those that can be read */
export async function areaFacts(
  city: CheckedCity,
  places: readonly CheckedPlace[],
  layers: readonly string[],
): Promise<ReadonlyMap<string, readonly AreaFact[]>> {
  if (layers.length === 0) return new Map();
  const states = layers.map((layer) => statesOf(city, layer));
  const rows = await city.read<AreaRow>(
    sql`with ${placesSql(places)}, ${join(states, ', ')}
      ${join(
        layers.map((layer) => areasOfLayer(layer, city.lawDate)),
        ' union all ',
      )} order by place, layer, id`,
  );
  return byPlace(rows, ({ layer, id, properties, distance_m: distanceM, common }) => ({
    layer,
    id,
    properties,
    distanceM,
    common: polygonOf(common),
  }));
}

/** What two areas have in common, or nothing worth the name. @param wkb in hexadecimal */
export function polygonOf(wkb: string | null): MultiPolygon | undefined {
  if (!wkb) return undefined;
  const geometry = readWkb(Buffer.from(wkb, 'hex'));
  if (geometry.type !== 'MultiPolygon') return undefined;
  return (measurePlane(geometry)?.areaM2 ?? 0) > ROUNDING_M2 ? geometry : undefined;
}

/** Borders that meet at a corner of only one of them leave slivers of this size: coordinates are in centimetres. */
const ROUNDING_M2 = 0.01;

/** The polygons of a geometry as `polygonOf` reads them, coordinates as they are. */
export const polygonsSql = (geom: Sql): Sql =>
  sql`encode(ST_AsBinary(ST_Multi(ST_CollectionExtract(${geom}, 3))), 'hex')`;

/** As `polygonsSql`; empty where they only touch. */
export const commonSql = (one: Sql, other: Sql): Sql =>
  polygonsSql(
    sql`case when ST_Covers(${one}, ${other}) then ${other} else ST_Intersection(${one}, ${other}) end`,
  );

const declared = (layer: string): AreaLayer => AREA_LAYERS[layer] ?? { reachM: 0, properties: [] };

/** Objects of a layer around all places, as a common table expression of its name. */
function statesOf(city: CheckedCity, layer: string): Sql {
  const { reachM, properties, where = sql`true` } = declared(layer);
  return sql`${name(layer)} as materialized (
    select state.id, ${propertiesSql(properties)} as properties, ${inMemory(sql`state.geom`)} as geom
    from ${studiedRows(city, layer, city.view)} as state where ${where} and ${aroundPlaces(sql`state.geom`, reachM)}
  )`;
}

/** Sides of a quarter of the circle round a corner: at 50 m the strip is then 1.5 cm narrower at most. */
const QUARTER_SIDES = 32;

function areasOfLayer(layer: string, lawDate: string): Sql {
  const { reachM, strip } = declared(layer);
  const [near, ground] = [sql`pair.near`, sql`pair.ground`];
  // Distances between large areas cost much more than whether they meet.
  const meets = reachM > 0 ? sql`ST_Intersects(${near}, ${ground})` : sql`true`;
  const kept = strip === undefined ? undefined : provisionAt(strip, lawDate);
  // What is near is cut farther away than any strip reaches.
  const common = kept
    ? polygonsSql(
        sql`ST_Intersection(${ground}, ST_Buffer(${near}, ${numberIn(kept, 'distanceM')}::float8, ${QUARTER_SIDES}::int))`,
      )
    : sql`case when ${meets} then ${commonSql(near, ground)} end`;
  return sql`select pair.place, ${layer}::text as layer, state.id, state.properties,
      (case when ${meets} then 0 else ST_Distance(${near}, ${ground}) end)::float8 as distance_m,
      ${common} as common
    from ${name(layer)} as state cross join lateral (${pairsSql(sql`state.geom`, reachM)}) as pair
    where ${reachM > 0 ? sql`ST_DWithin(${near}, ${ground}, ${reachM}::float8)` : sql`true`}`;
}
