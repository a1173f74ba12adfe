/** Where something new could stand: municipal parcels, buildings of the city's, vacant ground floors. */
import { KIND_DECLARATIONS } from '../../core/analysis/siting/sited-kinds.ts';
import type { CandidateSite } from '../../core/analysis/siting/siting-facts.ts';
import type { SitingAvoided, SitingQuestion } from '../../core/wire/siting-question.ts';
import { IS_MUNICIPAL, STREET_USES, TOUCHED } from './site-table.ts';
import { join, type Sql, sql, trusted } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

/** What is read of the city; the rest of it does not count. */
export type SitedCity = Pick<StudiedCity, 'layers' | 'view' | 'edits' | 'read'>;

export type AskedSites = Pick<
  SitingQuestion,
  | 'kind'
  | 'candidates'
  | 'siteKinds'
  | 'avoid'
  | 'minParcelM2'
  | 'maxParcelM2'
  | 'mostCandidates'
  | 'forecastYear'
  | 'openOn'
  | 'slopes'
  | 'stepFree'
>;

/** The same places as the finder of sites leaves out. */
const outside = (city: SitedCity, avoided: readonly SitingAvoided[]): Sql =>
  join(
    TOUCHED.filter(([exclusion]) => avoided.some((each) => each === exclusion)).map(
      ([, layer, which]) => sql` and not exists (select from ${studiedRows(city, layer)} as avoided
        where ST_Intersects(avoided.geom, place.geom) and ${which})`,
    ),
    '',
  );

interface CandidateRow extends Omit<CandidateSite, 'mostPlaces'> {
  /** Of floors within; null on bare ground. */
  readonly floorM2: number | null;
  readonly fit: number;
}

/** Buildings and premises are fewer, and would be left out beside large parcels: they have a share of their own. */
const INDOOR_SHARE = 1 / 3;
/** Of the floors of a building, what can be used. */
const USABLE = 0.7;
/** A smaller place is not worth opening. */
const LEAST_PLACES = 10;

/** The largest first where there are more than are asked for. */
export async function candidatesOf(
  city: SitedCity,
  asked: AskedSites,
): Promise<{ readonly candidates: readonly CandidateSite[]; readonly fit: number }> {
  const { kind, candidates, mostCandidates } = asked;
  if (candidates?.length === 0) return { candidates: [], fit: 0 };
  const { siteKinds: usual, floorM2PerPlace } = KIND_DECLARATIONS[kind];
  const siteKinds = asked.siteKinds ?? usual;
  const most = candidates?.length ?? mostCandidates;
  const indoors = Math.floor(most * (candidates || !siteKinds.includes('parcel') ? 1 : INDOOR_SHARE));
  const leastM2 = candidates ? 0 : LEAST_PLACES * floorM2PerPlace;
  const premises = siteKinds.includes('premises') ? await premisesOf(city, asked, leastM2, indoors) : [];
  const buildings = siteKinds.includes('building')
    ? await buildingsOf(city, asked, leastM2, indoors - premises.length)
    : [];
  const left = most - premises.length - buildings.length;
  const parcels = siteKinds.includes('parcel') ? await parcelsOf(city, asked, left) : [];
  return {
    candidates: [...parcels, ...buildings, ...premises].map(({ fit: _, floorM2, ...row }) => ({
      ...row,
      mostPlaces: floorM2 === null ? null : Math.max(1, Math.floor(floorM2 / floorM2PerPlace)),
    })),
    fit: [parcels, buildings, premises].reduce((sum, [first]) => sum + (first?.fit ?? 0), 0),
  };
}

const atPoint = trusted('round(ST_X(at)::numeric, 2)::float8 as e, round(ST_Y(at)::numeric, 2)::float8 as n');

const avoidedOf = ({ kind, avoid }: AskedSites) => avoid ?? KIND_DECLARATIONS[kind].avoid;
const named = (candidates: readonly string[]): Sql => sql`id = any(${[...new Set(candidates)]}::text[])`;

function parcelsOf(city: SitedCity, asked: AskedSites, most: number): Promise<readonly CandidateRow[]> {
  const { kind, candidates, minParcelM2, maxParcelM2 } = asked;
  const [least, largest] = KIND_DECLARATIONS[kind].parcelM2;
  const fitting = candidates
    ? named(candidates)
    : sql`${IS_MUNICIPAL} and coalesce(land_use, '') !~ ${STREET_USES}::text
        and ST_Area(geom) between ${minParcelM2 ?? least}::float8 and ${maxParcelM2 ?? largest}::float8${outside(city, avoidedOf(asked))}`;
  return city.read(
    sql`select id, 'parcel' as "siteKind", id as parcel, area_m2 as "areaM2", null as "floorM2", ${atPoint}, fit
      from (select id, area_m2, ST_PointOnSurface(geom) as at, fit from (
        select id, geom, ST_Area(geom) as area_m2, count(*) over ()::int as fit
        from ${studiedRows(city, 'parcels')} as place where ${fitting}
        order by area_m2 desc, id limit ${most}::bigint
      ) as largest) as placed order by id`,
  );
}

/** The parcel under a point. */
const parcelAt = (city: Pick<SitedCity, 'layers' | 'view'>, at: Sql): Sql =>
  sql`(select parcel.id from ${studiedRows(city, 'parcels')} as parcel
    where ST_Covers(parcel.geom, ${at}) order by parcel.id limit 1)`;

/** Of education, health, offices and trade, on land of the municipality, in which the register knows no facility. */
function buildingsOf(
  city: SitedCity,
  asked: AskedSites,
  leastM2: number,
  most: number,
): Promise<readonly CandidateRow[]> {
  const fitting = asked.candidates
    ? named(asked.candidates)
    : sql`kind in ('k', 'z', 'b', 'h') and not exists (select from ${studiedRows(city, 'facilities')} as facility
          where facility.building_id = place.id and facility.kind <> 'vacant_premises')
        and exists (select from ${studiedRows(city, 'parcels')} as parcel where ${IS_MUNICIPAL}
          and ST_Covers(parcel.geom, ST_PointOnSurface(place.geom)))${outside(city, avoidedOf(asked))}`;
  return city.read(
    sql`select id, 'building' as "siteKind", ${parcelAt(city, trusted('at'))} as parcel,
        floor_m2 as "areaM2", floor_m2 as "floorM2", ${atPoint}, fit
      from (select *, count(*) over ()::int as fit from (
        select id, ST_PointOnSurface(geom) as at,
          ST_Area(geom) * greatest(1, coalesce(storeys_above, 1)) * ${USABLE}::float8 as floor_m2
        from ${studiedRows(city, 'buildings')} as place where ${fitting}) as floors
        where floor_m2 >= ${leastM2}::float8 order by floor_m2 desc, id limit ${Math.max(0, most)}::bigint
      ) as placed order by id`,
  );
}

/** Ground floors of the city's that stand empty. */
function premisesOf(
  city: SitedCity,
  asked: AskedSites,
  leastM2: number,
  most: number,
): Promise<readonly CandidateRow[]> {
  const fitting = asked.candidates
    ? named(asked.candidates)
    : sql`coalesce(ownership, 'municipal') = 'municipal' and coalesce(area_m2, 0) >= ${leastM2}::float8${outside(city, avoidedOf(asked))}`;
  return city.read(
    sql`select id, 'premises' as "siteKind", ${parcelAt(city, trusted('at'))} as parcel,
        area_m2 as "areaM2", area_m2 as "floorM2", ${atPoint}, fit
      from (select id, geom as at, coalesce(area_m2, 0) as area_m2, count(*) over ()::int as fit
        from ${studiedRows(city, 'facilities')} as place where kind = 'vacant_premises' and ${fitting}
        order by area_m2 desc, id limit ${Math.max(0, most)}::bigint) as placed order by id`,
  );
}
