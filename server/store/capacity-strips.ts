/** Ground of a parcel that rules keep free of buildings, one row for each rule, in one statement. */
import {
  BINDING_NETWORKS,
  DISTANCE_M,
  ROAD_M,
  UTILITY_STRIPS,
} from '../../core/analysis/capacity/capacity-rules.ts';
import { type Sql, sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

/** Neighbours whose borders are drawn this near adjoin. */
const ADJOINS_M = 0.05;
/** The widest carriageway that is looked for, half of it. */
const HALF_CARRIAGEWAY_M = 25;
/** How far beyond a building line and its offset the area of the plan must have ended. */
const BEYOND_M = 0.5;
/** Lanes without a width: 3.5 m each. */
const LANE_M = 3.5;

const widest = (metres: readonly number[]): number => Math.max(...metres);

/**
 * Columns `rule`, `border_m` (of the border's rows only), `distance_m`, `taken_m2`, `objects`, `unknown`, `wkb`.
 * @param borders distances from the border that are tried
 */
export function stripsSql(
  city: StudiedCity,
  parcel: Sql,
  id: string,
  borders: readonly number[],
  withFire: boolean,
): Sql {
  const within = (reachM: number) => sql`geom && ST_Expand(${parcel}, ${reachM}::float8)
    and ST_DWithin(geom, ${parcel}, ${reachM}::float8)`;
  const reach = {
    line: widest(UTILITY_STRIPS.map(({ halfM }) => halfM)),
    road: widest(Object.values(ROAD_M)) + HALF_CARRIAGEWAY_M,
    tree: 20,
    buildingLine: 50,
  };
  return sql`with neighbour as materialized (
      select id, geom, land_use from ${studiedRows(city, 'parcels')} as state
      where ${within(DISTANCE_M.forest)} and id <> ${id}::text
    ), open_border as materialized (
      -- WT § 12(10): towards the parcel of a road no distance is asked.
      select ST_Difference(ST_Boundary(${parcel}), coalesce((select ST_Buffer(ST_Collect(geom), ${ADJOINS_M}::float8)
        from neighbour where land_use like 'dr%'), 'SRID=2177;POLYGON EMPTY'::geometry)) as geom
    ), pattern as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(UTILITY_STRIPS)}::jsonb) as pattern
        (rule text, network text, "lineTypes" jsonb, course text, flow text, "overMm" integer, "uptoMm" integer, "halfM" float8)
    ), line as materialized (
      select id, geom, network, line_type, course, flow, diameter_mm, role
      from ${studiedRows(city, 'utility_lines')} as state
      where ${within(reach.line)} and coalesce(operation, 'active') = 'active'
        and network = any(${[...new Set(UTILITY_STRIPS.map(({ network }) => network))]}::text[])
        and (coalesce(role, 'main') <> 'connection' or network = any(${BINDING_NETWORKS}::text[]))
    ), line_strip as (
      -- What is not known of a line fits every pattern: the widest counts, and the line is told as doubtful.
      select line.id, line.network as rule, line.geom, max(pattern."halfM") as distance_m,
        count(distinct pattern."halfM") <> 1 as is_unknown
      from line left join pattern on pattern.network = line.network
        and (pattern."lineTypes" is null or line.line_type is null or pattern."lineTypes" ? line.line_type)
        and (pattern.course is null or line.course is null or (pattern.course = 'overhead') = (line.course = 'overhead'))
        and (pattern.flow is null or line.flow is null or pattern.flow = line.flow)
        and (pattern."overMm" is null or line.diameter_mm is null or line.diameter_mm > pattern."overMm")
        and (pattern."uptoMm" is null or line.diameter_mm is null or line.diameter_mm <= pattern."uptoMm")
      group by line.id, line.network, line.geom
    ), building_line as materialized (
      select line.id, line.offset_m, zone.geom as zone,
        (ST_Dump(ST_Intersection(line.geom, ST_Expand(${parcel}, ${reach.buildingLine}::float8)))).geom as geom
      from ${studiedRows(city, 'building_lines')} as line
      left join ${studiedRows(city, 'plan_zones')} as zone on zone.id = line.zone_id
      where line.geom && ST_Expand(${parcel}, ${reach.buildingLine}::float8)
        and coalesce(line.status, 'legalForce') = 'legalForce'
        and coalesce(line.in_force_since, '-infinity') <= ${city.lawDate}::date
        and coalesce(line.in_force_until, 'infinity') >= ${city.lawDate}::date
    ), before_line as (
      -- The side of the street is the one on which a little more than the offset leaves the area of the plan.
      select id, offset_m, (select ST_Buffer(geom, offset_m, 'join=mitre side=' || side)
        from unnest(array['left', 'right']) as side
        order by ST_Area(ST_Difference(ST_Buffer(geom, offset_m + ${BEYOND_M}::float8, 'join=mitre side=' || side), zone)) desc,
          side limit 1) as geom
      from building_line where offset_m > 0 and zone is not null and ST_Dimension(geom) = 1
    ), source as (
      select rule, 'utility_lines/' || id as object, geom, distance_m, 0 as within_m, is_unknown from line_strip
      union all
      select 'road', 'roads/' || id, geom,
        (${JSON.stringify(ROAD_M)}::jsonb ->> class)::float8, coalesce(width_m, lanes * ${LANE_M}::float8) / 2, width_m is null
      from ${studiedRows(city, 'roads')} as state where ${within(reach.road)} and ${JSON.stringify(ROAD_M)}::jsonb ? class
      union all
      select 'railway', 'parcels/' || id, geom, ${DISTANCE_M.railwayLand}::float8, 0, false
      from neighbour where land_use like 'Tk%'
      union all
      select 'forest', 'parcels/' || id, geom, ${DISTANCE_M.forest}::float8, 0, false from neighbour where land_use like 'Ls%'
      union all
      select 'building-line', 'building_lines/' || id, geom, offset_m, -offset_m, false from before_line
      union all
      select 'building-line', 'building_lines/' || id, geom, null, 0, true
      from building_line where offset_m is null or zone is null
      union all
      select 'fire', 'buildings/' || id, geom, ${DISTANCE_M.fire}::float8, 0, false
      from ${studiedRows(city, 'buildings')} as state
      where ${withFire}::boolean and ${within(DISTANCE_M.fire)}
        -- What stands on the parcel is the builder's own (§ 273).
        and ST_Area(ST_Intersection(geom, ${parcel})) < ST_Area(geom) / 2
      union all
      select 'tree', 'trees/' || id, geom, crown_diameter_m / 2, 0, crown_diameter_m is null
      from ${studiedRows(city, 'trees')} as state
      where protection in ('monument', 'heritage') and ${within(reach.tree)}
    ), buffered as (
      select rule, null::float8 as border_m, object, distance_m, is_unknown,
        ST_Intersection(ST_Buffer(geom, distance_m + within_m, 'quad_segs=16'), ${parcel}) as geom
      from source
      union all
      select 'border', border_m, null, border_m, false,
        ST_Intersection(ST_Buffer(open_border.geom, border_m, 'quad_segs=16'), ${parcel})
      from open_border, unnest(${borders}::float8[]) as border_m
    ), met as (
      select * from buffered where is_unknown or ST_Area(geom) > 0
    ), merged as (
      select rule, border_m, max(distance_m) as distance_m,
        coalesce(array_agg(object order by object) filter (where object is not null), '{}') as objects,
        coalesce(array_agg(object order by object) filter (where is_unknown), '{}') as unknown,
        ST_Multi(ST_CollectionExtract(ST_Union(geom), 3)) as geom
      from met group by rule, border_m
    )
    select rule, border_m, distance_m, coalesce(ST_Area(geom), 0) as taken_m2, objects, unknown,
      ST_AsBinary(geom) as wkb
    from merged order by rule, border_m`;
}
