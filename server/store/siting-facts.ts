import { feltOfIncline, streetGraph, type WalkedLine } from '../../core/analysis/access/street-graph.ts';
import { KIND_DECLARATIONS } from '../../core/analysis/siting/sited-kinds.ts';
import type {
  DemandPoints,
  ExistingFacility,
  ForecastYear,
  PlannedHome,
  SitingFacts,
  Streets,
} from '../../core/analysis/siting/siting-facts.ts';
import { sitingRefusal } from '../../core/analysis/siting/siting-refusal.ts';
import type { Xy } from '../../core/geo/plane.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import type { SitedKind } from '../../core/wire/siting-question.ts';
import { isStaff } from '../access/identity.ts';
import type { View } from '../access/view.ts';
import { type AskedSites, candidatesOf, type SitedCity } from './siting-candidates.ts';
import { join, name, type Sql, sql } from './sql.ts';
import { studiedRows } from './studied-city.ts';

export const SITING_LAYERS = [
  'roads',
  'footways',
  'population_cells',
  'population_forecasts',
  'facilities',
  'defibrillators',
  'parcels',
  'districts',
  'buildings',
  'flood_zones',
  'noise_zones',
  'nature_areas',
  'heritage_sites',
] as const;

/** Nobody walks along these. */
const NOT_FOR_WALKING = ['motorway', 'express', 'main_fast'];
/** Pavements and cycleways run beside streets, whose middle stands for them. */
const WALKED_WAYS = ['path', 'steps', 'crossing'];
/** Stairs are felt as so much longer; a crossing is waited at. */
const STEPS_FELT = 1.8;
const CROSSING_WAIT_M = 15;
/** Prams and wheelchairs take no steeper way: the greatest incline of a short ramp outdoors (WT § 70). */
const STEEPEST_STEP_FREE_PCT = 8;
/** Gross floor area above ground for each new dwelling, m². */
const DWELLING_M2 = 80;
const MOST_POINTS = 200_000;
const MOST_SECTIONS = 400_000;

/**
 * Streets, people, facilities and candidates of the whole city. People stand in their building where the view may read
 * that, else in the middle of the published cells.
 * @throws TwinError too-large
 */
export async function gatherSiting(city: SitedCity, asked: AskedSites): Promise<SitingFacts> {
  const districts = await city.read<{ id: string; name: string }>(
    sql`select id, coalesce(name, id) as name from ${studiedRows(city, 'districts')} as district order by id`,
  );
  const place = new Map(districts.map(({ id }, index) => [id, index]));
  const { candidates, fit } = await candidatesOf(city, asked);
  return {
    streets: await streetsOf(city, asked),
    demand: await demandOf(city, asked.kind, place),
    demandFrom: isStaff(city.view.who) ? 'buildings' : 'cells',
    planned: await plannedOf(city, place),
    districts,
    forecasts: await forecastsOf(city, asked.kind, place),
    ...(await existingOf(city, asked)),
    candidates,
    candidatesThatFit: fit,
  };
}

/**
 * @param how inclines count, and where steps and barriers are no way
 * @throws TwinError too-large
 */
export async function streetsOf(
  city: SitedCity,
  how: Pick<AskedSites, 'slopes' | 'stepFree'> = { slopes: false, stepFree: false },
): Promise<Streets> {
  interface Row {
    readonly from_node: string | null;
    readonly to_node: string | null;
    readonly kind: string;
    readonly incline_pct: number | null;
    readonly wkb: Buffer;
  }
  const isGentle = how.stepFree
    ? sql` and coalesce(incline_pct, 0) <= ${STEEPEST_STEP_FREE_PCT}::float8`
    : sql``;
  const isFree = how.stepFree ? sql` and kind <> 'steps' and coalesce(step_free, true)` : sql``;
  const rows = await city.read<Row>(
    sql`select from_node, to_node, kind, incline_pct, ST_AsBinary(geom) as wkb from (
        select 'r' || id as id, from_node, to_node, 'street' as kind, incline_pct, geom
          from ${studiedRows(city, 'roads')} as road
          where (class is null or class <> all(${NOT_FOR_WALKING}::text[]))${isGentle}
        union all
        select 'w' || id, from_node, to_node, kind, incline_pct, geom
          from ${studiedRows(city, 'footways')} as way
          where kind = any(${WALKED_WAYS}::text[])${isGentle}${isFree}
      ) as walked order by id collate "C" limit ${MOST_SECTIONS + 1}::bigint`,
  );
  refuseMoreThan(MOST_SECTIONS, rows.length, 'too-many-sections', 'street sections');
  return streetGraph(
    rows.flatMap(({ from_node, to_node, kind, incline_pct, wkb }): WalkedLine[] => {
      const geometry = readWkb(wkb);
      if (geometry.type !== 'LineString') return [];
      const places = geometry.coordinates.map(([e, n]): Xy => [e, n]);
      const slope = how.slopes ? feltOfIncline(incline_pct ?? 0) : 1;
      return [
        {
          ...{ fromNode: from_node, toNode: to_node, places },
          felt: kind === 'steps' ? STEPS_FELT : slope,
          extraM: kind === 'crossing' ? CROSSING_WAIT_M : 0,
        },
      ];
    }),
  );
}

/** With the number of the district that each point lies in; −1 outside all. */
const inDistrict = (city: SitedCity, points: Sql): Sql =>
  sql`select point.*, (select district.id from ${studiedRows(city, 'districts')} as district
      where ST_Covers(district.geom, ST_SetSRID(ST_MakePoint(point.e, point.n), ST_SRID(district.geom))) order by district.id limit 1)
      as district from (${points}) as point`;

async function demandOf(
  city: SitedCity,
  kind: SitedKind,
  districts: ReadonlyMap<string, number>,
): Promise<DemandPoints> {
  const layer = isStaff(city.view.who) ? 'building_residents' : 'population_cells';
  const rows = await city.read<{
    readonly id: string;
    readonly e: number;
    readonly n: number;
    readonly residents: number | null;
    readonly people: number | null;
    readonly district: string | null;
  }>(
    inDistrict(
      city,
      sql`select id, ST_X(at) as e, ST_Y(at) as n, residents, people from (
        select id, ST_Centroid(geom) as at, residents::float8 as residents, (${bandsOf(kind)})::float8 as people
        from ${studiedRows(city, layer)} as counted order by id limit ${MOST_POINTS + 1}::bigint) as counted`,
    ),
  );
  refuseMoreThan(MOST_POINTS, rows.length, 'too-many-places', 'places where people live');
  const known = (value: number | null) => Math.max(0, value ?? Number.NaN);
  return {
    id: rows.map(({ id }) => id),
    e: Float64Array.from(rows, ({ e }) => e),
    n: Float64Array.from(rows, ({ n }) => n),
    people: Float64Array.from(rows, ({ people }) => known(people)),
    residents: Float64Array.from(rows, ({ residents }) => residents ?? 0),
    district: Int32Array.from(rows, ({ district }) => districts.get(district ?? '') ?? -1),
  };
}

/** Dwellings that the scenario adds: by the floor area of its new dwelling houses. */
async function plannedOf(
  city: SitedCity,
  districts: ReadonlyMap<string, number>,
): Promise<readonly PlannedHome[]> {
  const homes = city.edits.flatMap(({ edit, objects }) => {
    const isBuilding = edit.kind === 'add-building' || edit.kind === 'add-model';
    if (!isBuilding || edit.function !== 'm') return [];
    const id = objects[0]?.id;
    return id === undefined ? [] : [{ id, storeys: edit.storeys }];
  });
  if (homes.length === 0) return [];
  const rows = await city.read<{
    readonly id: string;
    readonly e: number;
    readonly n: number;
    readonly footprint_m2: number;
    readonly storeys: number;
    readonly district: string | null;
  }>(
    inDistrict(
      city,
      sql`select building.id, ST_X(ST_Centroid(building.geom)) as e, ST_Y(ST_Centroid(building.geom)) as n,
          ST_Area(building.geom) as footprint_m2, home.storeys
        from ${studiedRows(city, 'buildings')} as building
        join unnest(${homes.map(({ id }) => id)}::text[], ${homes.map(({ storeys }) => storeys)}::float8[]) as home (id, storeys)
          on home.id = building.id order by building.id`,
    ),
  );
  return rows.map(({ id, e, n, footprint_m2, storeys, district }) => ({
    ...{ id, e, n, district: districts.get(district ?? '') ?? -1 },
    dwellings: Math.max(1, Math.round((footprint_m2 * storeys) / DWELLING_M2)),
  }));
}

/** Those open on the day asked of, and those that open later. */
async function existingOf(
  city: SitedCity,
  asked: Pick<AskedSites, 'kind' | 'forecastYear' | 'openOn'>,
): Promise<Pick<SitingFacts, 'existing' | 'toOpen' | 'openOn'>> {
  const { kind } = asked;
  const day = openDay(asked, city.view);
  const facilities = sql`select id, name, capacity, waiting, ST_X(geom) as e, ST_Y(geom) as n,
      coalesce(opened_on <= ${day}::date, true) as is_open
    from ${studiedRows(city, 'facilities')} as facility where kind = ${kind}::text`;
  const devices = sql` union all select id, place as name, null::integer as capacity, null::integer as waiting,
      ST_X(geom) as e, ST_Y(geom) as n, true as is_open
    from ${studiedRows(city, 'defibrillators')} as device`;
  const rows = await city.read<ExistingFacility & { readonly is_open: boolean }>(
    kind === 'defibrillator'
      ? sql`select * from (${facilities}${devices}) as known order by id`
      : sql`${facilities} order by id`,
  );
  const later = rows.filter(({ is_open }) => !is_open);
  return {
    openOn: day,
    existing: rows.filter(({ is_open }) => is_open).map(({ is_open: _, ...facility }) => facility),
    toOpen: {
      facilities: later.length,
      places: later.reduce((sum, { capacity }) => sum + (capacity ?? 0), 0),
    },
  };
}

/** The day on which facilities count as open. A run sees the city as of its data, so that it stays what it was. */
export const openDay = (
  { openOn, forecastYear }: Pick<AskedSites, 'openOn' | 'forecastYear'>,
  { at }: Pick<View, 'at'>,
): string =>
  openOn ??
  (forecastYear === undefined ? (at ?? new Date()).toISOString().slice(0, 10) : `${forecastYear}-12-31`);

async function forecastsOf(
  city: SitedCity,
  kind: SitedKind,
  districts: ReadonlyMap<string, number>,
): Promise<readonly ForecastYear[]> {
  const rows = await city.read<{
    readonly district: string;
    readonly year: number;
    readonly births: number;
    readonly people: number;
  }>(
    sql`select district_id as district, year, coalesce(births, 0) as births, (${bandsOf(kind)})::float8 as people
      from ${studiedRows(city, 'population_forecasts')} as forecast
      where district_id is not null and year is not null and (${bandsOf(kind)}) is not null
      order by district_id collate "C", year`,
  );
  return rows.flatMap(({ district, ...year }) => {
    const index = districts.get(district);
    return index === undefined ? [] : [{ district: index, ...year }];
  });
}

const bandsOf = (kind: SitedKind): Sql =>
  join(
    KIND_DECLARATIONS[kind].ages.map((band) => name(`age_${band}`)),
    ' + ',
  );

function refuseMoreThan(
  most: number,
  count: number,
  code: 'too-many-sections' | 'too-many-places',
  what: string,
): void {
  if (count <= most) return;
  throw sitingRefusal(
    code,
    `The city has more than ${most} ${what}; siting takes no more`,
    { most },
    'too-large',
  );
}

/** The parcel under each place, in their order; null where there is none. */
export async function parcelsUnder(
  city: Pick<SitedCity, 'layers' | 'view' | 'read'>,
  places: readonly { readonly e: number; readonly n: number }[],
): Promise<readonly (string | null)[]> {
  if (places.length === 0) return [];
  const rows = await city.read<{ readonly parcel: string | null }>(
    sql`select (select parcel.id from ${studiedRows(city, 'parcels')} as parcel
        where ST_Covers(parcel.geom, ST_SetSRID(ST_MakePoint(place.e, place.n), ST_SRID(parcel.geom))) order by parcel.id limit 1) as parcel
      from unnest(${places.map(({ e }) => e)}::float8[], ${places.map(({ n }) => n)}::float8[])
        with ordinality as place (e, n, ordinal) order by ordinal`,
  );
  return rows.map(({ parcel }) => parcel);
}
