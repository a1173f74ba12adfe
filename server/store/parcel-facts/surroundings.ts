/** What stands on parcels and beside them: buildings, trees, neighbouring parcels, roads, soils. */
import type {
  BuildingFact,
  BuildingLineFact,
  LandUseFact,
  LineFact,
  NeighbourFact,
  RoadFact,
  TreeFact,
} from '../../../core/analysis/parcel-check/facts.ts';
import { REACH_M } from '../../../core/analysis/parcel-check/rules/networks.ts';
import { type Sql, sql } from '../sql.ts';
import { studiedRows } from '../studied-city.ts';
import { commonSql, polygonOf } from './area-facts.ts';
import { byPlace, type CheckedCity, type CheckedPlace, placesSql } from './checked-city.ts';

/** § 13: no building farther away can obstruct a window. */
const BUILDINGS_M = 36;
/** Half of the widest crown. */
const TREES_M = 15;
/** Twice the accuracy of a plan: farther away a line is certainly another parcel's. */
const BUILDING_LINES_M = 1;
/** Art. 53 of the rail act: 20 m, and accuracy. */
const NEIGHBOURS_M = 21;
/** Art. 43: 50 m from the carriageway, and half of the widest one. */
const ROADS_M = 65;

/** How far around a parcel what stands there is read, metres. */
export const SURROUNDING_REACHES_M: ReadonlyMap<string, number> = new Map([
  ['buildings', BUILDINGS_M],
  ['buildings_3d', BUILDINGS_M],
  ['trees', TREES_M],
  ['building_lines', BUILDING_LINES_M],
  ['parcels', NEIGHBOURS_M],
  ['utility_lines', REACH_M],
  ['roads', ROADS_M],
  ['parcel_land_uses', 0],
]);

type Facts<Fact> = Promise<ReadonlyMap<string, readonly Fact[]>>;
type Placed<Fact> = Fact & { readonly place: string };

/** Objects within a distance of each place: `select` of `state`, with `distance_m`, in the order of place and id. */
async function near<Fact>(
  city: CheckedCity,
  places: readonly CheckedPlace[],
  layer: string,
  reachM: number,
  columns: Sql,
  more: Sql = sql``,
): Facts<Fact> {
  const rows = await city.read<Placed<Fact>>(
    sql`with ${placesSql(places)} select place.id as place, found.* from place cross join lateral (
        select state.id, state.distance_m as "distanceM", ${columns}
        from (
          select state.*, ST_Distance(state.geom, place.geom) as distance_m
          from ${studiedRows(city, layer, city.view)} as state
          where state.geom && ST_Expand(place.geom, ${reachM}::float8) offset 0
        ) as state ${more} where state.distance_m <= ${reachM}::float8
      ) as found order by place, found.id`,
  );
  return byPlace(rows, ({ place: _place, ...fact }) => fact as Fact);
}

export const buildingFacts = (
  city: CheckedCity,
  places: readonly CheckedPlace[],
  hasSolids: boolean,
): Facts<BuildingFact> => {
  // A building planned where no terrain is known stands at 0.
  const solids = hasSolids
    ? sql`left join lateral (
        select max(height_m) as height_m, min(nullif(ground_height_m, 0)) as ground_m,
          max(nullif(ground_height_m, 0) + height_m) as top_m from ${studiedRows(city, 'buildings_3d', city.view)} as solid
        where solid.building_id = state.id and solid.geom && state.geom
      ) as solid on true`
    : sql`cross join (
        select null::float8 as height_m, null::float8 as ground_m, null::float8 as top_m
      ) as solid`;
  return near<BuildingFact>(
    city,
    places,
    'buildings',
    BUILDINGS_M,
    sql`state.kind, state.storeys_above as storeys, solid.height_m as "heightM",
      solid.ground_m as "groundM", solid.top_m as "topM", ST_Area(state.geom) as "areaM2",
      case when state.distance_m = 0 then ST_Area(ST_Intersection(state.geom, place.geom)) else 0 end as "commonM2",
      case when state.distance_m = 0
        then ST_Distance(state.geom, ST_Boundary(place.geom)) end as "boundaryM"`,
    solids,
  );
};

export const treeFacts = (city: CheckedCity, places: readonly CheckedPlace[]): Facts<TreeFact> =>
  near(
    city,
    places,
    'trees',
    TREES_M,
    sql`state.species, state.species_latin as latin, state.form, state.girth_cm as "girthCm",
      state.crown_diameter_m as "crownM", state.protection,
      ST_Distance(state.geom, ST_Boundary(place.geom)) as "edgeM"`,
  );

export async function neighbourFacts(
  city: CheckedCity,
  places: readonly CheckedPlace[],
): Facts<NeighbourFact> {
  const found = await near<Omit<NeighbourFact, 'common'> & { readonly common: string | null }>(
    city,
    places,
    'parcels',
    NEIGHBOURS_M,
    sql`state.land_use as "landUse", case when state.id <> place.id
        and state.distance_m = 0 and ST_Relate(state.geom, place.geom, 'T********')
      then ${commonSql(sql`state.geom`, sql`place.geom`)} end as common`,
  );
  return new Map(
    [...found].map(([place, facts]) => [
      place,
      facts
        .filter(({ id }) => id !== place)
        .map(({ common, ...fact }) => ({ ...fact, common: polygonOf(common) })),
    ]),
  );
}

export const lineFacts = (city: CheckedCity, places: readonly CheckedPlace[]): Facts<LineFact> =>
  near(
    city,
    places,
    'utility_lines',
    REACH_M,
    sql`state.network, state.line_type as "lineType", state.course, state.flow,
      state.diameter_mm as "diameterMm", state.built_year as "builtYear",
      state.position_source as "positionSource", case when state.distance_m = 0
        then ST_Length(ST_Intersection(state.geom, place.geom)) else 0 end as "lengthM"`,
  );

export const buildingLineFacts = (
  city: CheckedCity,
  places: readonly CheckedPlace[],
): Facts<BuildingLineFact> =>
  near(
    city,
    places,
    'building_lines',
    BUILDING_LINES_M,
    sql`state.kind, state.offset_m as "offsetM", state.status, state.in_force_since as since,
      state.in_force_until as until, case when state.distance_m = 0
        then ST_Length(ST_Intersection(state.geom, place.geom)) else 0 end as "lengthM"`,
  );

export const roadFacts = (city: CheckedCity, places: readonly CheckedPlace[]): Facts<RoadFact> =>
  near(city, places, 'roads', ROADS_M, sql`state.class as kind, state.name, state.width_m as "widthM"`);

export async function landUseFacts(city: CheckedCity, places: readonly CheckedPlace[]): Facts<LandUseFact> {
  const rows = await city.read<Placed<LandUseFact>>(
    sql`select state.parcel_id as place, state.designation, state.land_use as "landUse",
        state.soil_class as "soilClass", state.area_ha as "areaHa"
      from ${studiedRows(city, 'parcel_land_uses', city.view)} as state
      where state.parcel_id = any(${places.map(({ id }) => id)}::text[])
      order by state.parcel_id, state.ordinal, state.id`,
  );
  return byPlace(rows, ({ place: _place, ...fact }) => fact);
}
