import { streetGraph, type WalkedLine } from '../../core/analysis/access/street-graph.ts';
import { KIND_DECLARATIONS } from '../../core/analysis/siting/sited-kinds.ts';
import type {
  CandidateSite,
  DemandPoints,
  PlannedHome,
  SitingFacts,
  Streets,
} from '../../core/analysis/siting/siting-facts.ts';
import { tooLarge } from '../../core/errors.ts';
import type { Xy } from '../../core/geo/plane.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import type { SitedKind, SitingAvoided, SitingQuestion } from '../../core/wire/siting.ts';
import { isStaff } from '../access/identity.ts';
import { TOUCHED } from './site-table.ts';
import { join, name, type Sql, sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

export const SITING_LAYERS = [
  'roads',
  'footways',
  'population_cells',
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

/** What is read of the city; the rest of it does not count. */
export type SitedCity = Pick<StudiedCity, 'layers' | 'view' | 'edits' | 'read'>;

/** Nobody walks along these. */
const NOT_FOR_WALKING = ['motorway', 'express', 'main_fast'];
/** Pavements and cycleways run beside streets, whose middle stands for them. */
const WALKED_WAYS = ['path', 'steps', 'crossing'];
/** Stairs are felt as so much longer; a crossing is waited at. */
const STEPS_FELT = 1.8;
const CROSSING_WAIT_M = 15;
/** Register group (EGiB) of land that belongs to the municipality. */
const MUNICIPAL = '4';
/** Land uses on which nothing is put: roads, railways, water. */
const NO_SITE = '^(dr|Tk|Ti|Tp|Wp|Ws|Wm)';
/** Gross floor area above ground for each new dwelling, m². */
const DWELLING_M2 = 80;
const MOST_POINTS = 200_000;
const MOST_SECTIONS = 400_000;

type Asked = Pick<
  SitingQuestion,
  'kind' | 'candidates' | 'avoid' | 'minParcelM2' | 'maxParcelM2' | 'mostCandidates'
>;

/**
 * Streets, people, facilities and candidates of the whole city. People stand in their building where the view may read
 * that, else in the middle of the published cells.
 * @throws TwinError too-large
 */
export async function gatherSiting(city: SitedCity, asked: Asked): Promise<SitingFacts> {
  const districts = await city.read<{ id: string; name: string }>(
    sql`select id, coalesce(name, id) as name from ${studiedRows(city, 'districts')} as district order by id`,
  );
  const place = new Map(districts.map(({ id }, index) => [id, index]));
  const { candidates, fit } = await candidatesOf(city, asked);
  return {
    streets: await streetsOf(city),
    demand: await demandOf(city, asked.kind, place),
    demandFrom: isStaff(city.view.who) ? 'buildings' : 'cells',
    planned: await plannedOf(city, place),
    districts,
    existing: await existingOf(city, asked.kind),
    candidates,
    parcelsThatFit: fit,
  };
}

/** @throws TwinError too-large */
export async function streetsOf(city: SitedCity): Promise<Streets> {
  interface Row {
    readonly from_node: string | null;
    readonly to_node: string | null;
    readonly kind: string;
    readonly wkb: Buffer;
  }
  const rows = await city.read<Row>(
    sql`select from_node, to_node, kind, ST_AsBinary(geom) as wkb from (
        select 'r' || id as id, from_node, to_node, 'street' as kind, geom from ${studiedRows(city, 'roads')} as road
          where class is null or class <> all(${NOT_FOR_WALKING}::text[])
        union all
        select 'w' || id, from_node, to_node, kind, geom from ${studiedRows(city, 'footways')} as way
          where kind = any(${WALKED_WAYS}::text[])
      ) as walked order by id collate "C" limit ${MOST_SECTIONS + 1}::bigint`,
  );
  refuseMoreThan(MOST_SECTIONS, rows.length, 'street sections');
  return streetGraph(
    rows.flatMap(({ from_node, to_node, kind, wkb }): WalkedLine[] => {
      const geometry = readWkb(wkb);
      if (geometry.type !== 'LineString') return [];
      const places = geometry.coordinates.map(([e, n]): Xy => [e, n]);
      return [
        {
          ...{ fromNode: from_node, toNode: to_node, places },
          felt: kind === 'steps' ? STEPS_FELT : 1,
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
  const bands = join(
    KIND_DECLARATIONS[kind].ages.map((band) => name(`age_${band}`)),
    ' + ',
  );
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
        select id, ST_Centroid(geom) as at, residents::float8 as residents, (${bands})::float8 as people
        from ${studiedRows(city, layer)} as counted order by id limit ${MOST_POINTS + 1}::bigint) as counted`,
    ),
  );
  refuseMoreThan(MOST_POINTS, rows.length, 'places where people live');
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
    if (edit.kind !== 'add-building' || edit.function !== 'm') return [];
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

async function existingOf(city: SitedCity, kind: SitedKind): Promise<SitingFacts['existing']> {
  const facilities = sql`select id, name, capacity, ST_X(geom) as e, ST_Y(geom) as n
    from ${studiedRows(city, 'facilities')} as facility where kind = ${kind}::text`;
  const devices = sql` union all select id, place as name, null::integer as capacity, ST_X(geom) as e, ST_Y(geom) as n
    from ${studiedRows(city, 'defibrillators')} as device`;
  return city.read(
    kind === 'defibrillator'
      ? sql`select * from (${facilities}${devices}) as known order by id`
      : sql`${facilities} order by id`,
  );
}

/** The same places as the finder of sites leaves out. */
const outside = (city: SitedCity, avoided: readonly SitingAvoided[]): Sql =>
  join(
    TOUCHED.filter(([exclusion]) => avoided.some((each) => each === exclusion)).map(
      ([, layer, which]) => sql` and not exists (select from ${studiedRows(city, layer)} as place
        where ST_Intersects(place.geom, parcel.geom) and ${which})`,
    ),
    '',
  );

async function candidatesOf(
  city: SitedCity,
  { kind, candidates, avoid, minParcelM2, maxParcelM2, mostCandidates }: Asked,
): Promise<{ readonly candidates: readonly CandidateSite[]; readonly fit: number }> {
  if (candidates?.length === 0) return { candidates: [], fit: 0 };
  const [least, most] = KIND_DECLARATIONS[kind].parcelM2;
  const fitting = candidates
    ? sql`id = any(${[...new Set(candidates)]}::text[])`
    : sql`register_group = ${MUNICIPAL}::text and coalesce(land_use, '') !~ ${NO_SITE}::text
        and ST_Area(geom) between ${minParcelM2 ?? least}::float8 and ${maxParcelM2 ?? most}::float8${outside(city, avoid ?? KIND_DECLARATIONS[kind].avoid)}`;
  const rows = await city.read<CandidateSite & { readonly fit: number }>(
    sql`select id, area_m2 as "areaM2", round(ST_X(at)::numeric, 2)::float8 as e, round(ST_Y(at)::numeric, 2)::float8 as n, fit
      from (select id, area_m2, ST_PointOnSurface(geom) as at, fit from (
        select id, geom, ST_Area(geom) as area_m2, count(*) over ()::int as fit
        from ${studiedRows(city, 'parcels')} as parcel where ${fitting}
        order by area_m2 desc, id limit ${candidates ? candidates.length : mostCandidates}::bigint
      ) as largest) as placed order by id`,
  );
  return {
    candidates: rows.map(({ id, areaM2, e, n }) => ({ id, areaM2, e, n })),
    fit: rows[0]?.fit ?? 0,
  };
}

function refuseMoreThan(most: number, count: number, what: string): void {
  if (count > most) throw tooLarge(`The city has more than ${most} ${what}; siting takes no more`, 'kind');
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
