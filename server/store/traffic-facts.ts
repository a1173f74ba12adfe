/** Facts of the model `traffic-assignment`: streets and what makes trips, of both states of the whole city. */

import type { GroundBox } from '../../core/analysis/sun/ground-grid.ts';
import {
  type BuildingFact,
  type CityState,
  GENERATOR_CELL_M,
  type GeneratorFact,
  type RoadFact,
  type TrafficFacts,
} from '../../core/analysis/traffic/city-facts.ts';
import { type RuleColumns, roadRules } from '../../core/analysis/traffic/road-rules.ts';
import { tooLarge } from '../../core/errors.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import { scalesAt } from '../../core/wire/edits/demand.ts';
import type { TrafficParameters } from '../../core/wire/traffic-parameters.ts';
import type { View } from '../access/view.ts';
import { NOISE_GROUND_LAYERS, noiseGround } from './noise-ground.ts';
import { type Sql, sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';
import { storedCounts, storedDemand } from './traffic-book.ts';

export const TRAFFIC_LAYERS = [
  'roads',
  'population_cells',
  'buildings',
  'buildings_3d',
  'facilities',
  'districts',
  'obstructions',
  'plan_zones',
  ...NOISE_GROUND_LAYERS,
] as const;

const MOST_SECTIONS = 200_000;
/** Kinds of facilities where children are brought, with the cells' words for them. */
const SCHOOLS = ['nursery', 'kindergarten', 'primary_school', 'secondary_school'];

/** @throws TwinError too-large */
export async function gatherTraffic(
  city: StudiedCity,
  { obstructionsAt, hour }: Pick<TrafficParameters, 'obstructionsAt' | 'hour'>,
  progress: (part: number) => void = () => {},
): Promise<TrafficFacts> {
  const buildings = await buildingsOf(city, city.base);
  const streets = await stateOf(city, city.base);
  const box = boxAround(streets.roads, buildings);
  const ground = box && (await noiseGround(city, city.base, box));
  const before = { ...streets, buildings, ground };
  progress(0.5);
  const changed = city.view.scenario && {
    ...(await stateOf(city, city.view)),
    buildings: hasOther(city, BUILDING_LAYERS) ? await buildingsOf(city, city.view) : buildings,
    ground: box && hasOtherGround(city) ? await noiseGround(city, city.view, box) : ground,
  };
  const after = changed && { ...changed, cells: withNewcomers(before.cells, changed.cells) };
  return {
    before,
    after:
      obstructionsAt === undefined
        ? after
        : await obstructed(city, after ?? before, new Date(obstructionsAt)),
    lawDate: city.lawDate,
    demandEdits: city.edits.flatMap(({ edit }) =>
      edit.kind === 'scale-demand' && scalesAt(edit, hour) ? [edit] : [],
    ),
    stored: await storedDemand(city, hour),
    counts: await storedCounts(city, hour),
  };
}

async function stateOf(city: StudiedCity, view: View): Promise<Pick<CityState, 'roads' | 'cells'>> {
  return {
    roads: await roadsOf(city, view),
    cells: await cellsOf(city, view),
  };
}

/** Sections that are closed are so for all; of narrowed ones the register says how many lanes are left. */
async function obstructed(city: StudiedCity, state: CityState, at: Date): Promise<CityState> {
  const moment = at.toISOString();
  const rows = await city.read<{ roads: string; impact: string; lanes: number | null }>(
    sql`select road_ids as roads, impact, lanes_left as lanes from ${studiedRows(city, 'obstructions')} as obstruction
      where impact in ('closed', 'narrowed') and road_ids is not null and 'car' = any(string_to_array(modes, ', '))
        and starts_at <= ${moment}::timestamptz and (ends_at is null or ends_at > ${moment}::timestamptz)
      order by id`,
  );
  // The register names streets of the city: of one that a scenario cuts in two, it speaks of both parts.
  const cuts = city.edits.flatMap(({ road }) => road?.splits ?? []);
  const onRoad = new Map<string, { isClosed: boolean; lanes: number }>();
  for (const { roads, impact, lanes } of rows) {
    const named = new Set(roads.split(','));
    for (const { road, restId } of cuts) if (named.has(road)) named.add(restId);
    for (const road of named) {
      const known = onRoad.get(road) ?? { isClosed: false, lanes: Number.POSITIVE_INFINITY };
      onRoad.set(road, {
        isClosed: known.isClosed || impact === 'closed',
        lanes: Math.min(known.lanes, lanes ?? Number.POSITIVE_INFINITY),
      });
    }
  }
  return {
    ...state,
    roads: state.roads.map((road) => {
      const works = onRoad.get(road.id);
      if (!works) return road;
      const lanes = Math.min(road.lanes ?? Number.POSITIVE_INFINITY, works.lanes);
      return {
        ...road,
        isClosed: road.isClosed || works.isClosed,
        lanes: Number.isFinite(lanes) ? lanes : null,
      };
    }),
  };
}

async function roadsOf(city: StudiedCity, view: View): Promise<readonly RoadFact[]> {
  const rows = await city.read<Omit<RoadFact, 'path' | 'rules'> & { wkb: Uint8Array; rules: RuleColumns }>(
    sql`select id, class, name, lanes, speed_kmh as "speedKmH", surface, coalesce(oneway, false) as "isOneway",
        coalesce(closed, false) as "isClosed", ST_Length(geom) as "lengthM", ST_AsBinary(geom) as wkb,
        coalesce(from_node, ST_AsText(ST_StartPoint(geom), 2)) as "from",
        coalesce(to_node, ST_AsText(ST_EndPoint(geom), 2)) as "to",
        json_build_object('capacity', capacity_pcu_h, 'signalFrom', signal_from, 'signalTo', signal_to,
          'noTurnTo', no_turn_to, 'limitedVehicles', limited_vehicles, 'limitedSharePct', limited_share_pct,
          'entryChargePln', entry_charge_pln) as rules
      from ${studiedRows(city, 'roads', view)} as road order by id limit ${MOST_SECTIONS + 1}::bigint`,
  );
  if (rows.length > MOST_SECTIONS) {
    throw tooLarge(`The city has more than ${MOST_SECTIONS} sections of roads; the model takes no more`);
  }
  return rows.map(({ wkb, rules, ...road }) => ({ ...road, path: pathOf(wkb), rules: roadRules(rules) }));
}

function pathOf(wkb: Uint8Array): RoadFact['path'] {
  const geometry = readWkb(wkb);
  if (geometry.type !== 'LineString') throw new Error('neither road nor ring');
  return geometry.coordinates.map(([e, n]) => [e, n] as const);
}

/** What a fact of a building is made of. */
const BUILDING_LAYERS: ReadonlySet<string> = new Set([
  'buildings',
  'buildings_3d',
  'facilities',
  'plan_zones',
]);

const hasOther = ({ edits }: StudiedCity, layers: ReadonlySet<string>): boolean =>
  edits.some(({ objects }) => objects.some(({ layer }) => layers.has(layer)));

const hasOtherGround = (city: StudiedCity): boolean =>
  hasOther(city, new Set(NOISE_GROUND_LAYERS)) ||
  city.edits.some(({ edit }) => edit.kind === 'shape-terrain');

/** Sound of a street at the rim still passes over ground. */
const MARGIN_M = 50;

/** Undefined of a city without streets and buildings. */
function boxAround(roads: CityState['roads'], buildings: CityState['buildings']): GroundBox | undefined {
  let [minE, minN, maxE, maxN] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const path of [...roads.map((road) => road.path), ...buildings.map(({ outline }) => outline)]) {
    for (const [e, n] of path) {
      [minE, minN] = [Math.min(minE, e), Math.min(minN, n)];
      [maxE, maxN] = [Math.max(maxE, e), Math.max(maxN, n)];
    }
  }
  if (minE > maxE) return undefined;
  return [minE - MARGIN_M, minN - MARGIN_M, maxE + MARGIN_M, maxN + MARGIN_M];
}

const M_PER_STOREY = 3;

async function buildingsOf(city: StudiedCity, view: View): Promise<readonly BuildingFact[]> {
  const day = sql`${city.lawDate}::date`;
  const rows = await city.read<Omit<BuildingFact, 'outline'> & { readonly wkb: Uint8Array }>(
    sql`with solid as (
        select building_id, max(height_m) as height from ${studiedRows(city, 'buildings_3d', view)} as solid
        where building_id is not null and state is distinct from 'demolished' group by building_id
      ), place as (
        select building_id, min(case when kind = any(${SCHOOLS}::text[]) then 'children'
          when kind = 'hospital' then 'hospital' else 'care' end) as use
        from ${studiedRows(city, 'facilities', view)} as facility
        where building_id is not null and kind = any(${[...SCHOOLS, 'hospital', 'care_home']}::text[])
        group by building_id
      ), standing as materialized (
        select building.id, building.geom, ST_PointOnSurface(building.geom) as within, building.storeys_above,
          coalesce(place.use, case when building.kind = 'm' then 'dwelling' end) as use
        from ${studiedRows(city, 'buildings', view)} as building left join place on place.building_id = building.id
      ), planned as (
        select standing.id, array_agg(distinct symbol) as symbols
        from standing cross join lateral (
          select coalesce(symbol, zone_kind, '') as symbol from ${studiedRows(city, 'plan_zones', view)} as zone
          where zone.geom ~ standing.within and ST_Covers(zone.geom, standing.within)
            and plan_kind = 'local' and coalesce(status, 'legalForce') = 'legalForce'
            and coalesce(in_force_since, ${day}) <= ${day} and coalesce(in_force_until, ${day}) >= ${day}
          -- Kept apart, so that each building asks the index: joined, every zone is held against every building.
          offset 0
        ) as zone
        where standing.use is not null
        group by standing.id
      )
      select standing.id, use, coalesce(symbols, '{}') as "planSymbols",
        ST_Area(geom) * coalesce(storeys_above, 1) as "floorM2",
        coalesce(solid.height, coalesce(storeys_above, 1) * ${M_PER_STOREY}::float8) as "heightM",
        ST_AsBinary(ST_SimplifyPreserveTopology(ST_ExteriorRing(ST_GeometryN(geom, 1)), 1)) as wkb
      from standing left join solid on solid.building_id = standing.id left join planned on planned.id = standing.id
      order by standing.id`,
  );
  return rows.map(({ wkb, ...building }) => ({ ...building, outline: pathOf(wkb) }));
}

interface CellRow {
  readonly column: number;
  readonly row: number;
  readonly district: string | null;
  readonly residents: number;
  readonly schools: number;
  readonly nurseries: number;
  readonly floors: Readonly<Record<string, number>> | null;
}

async function cellsOf(city: StudiedCity, view: View): Promise<readonly GeneratorFact[]> {
  const grid = (point: Sql): Sql =>
    sql`floor(ST_X(${point}) / ${GENERATOR_CELL_M}::float8)::int as col,
      floor(ST_Y(${point}) / ${GENERATOR_CELL_M}::float8)::int as row`;
  const rows = await city.read<CellRow>(sql`
    with people as (
      select ${grid(sql`ST_Centroid(geom)`)}, residents from ${studiedRows(city, 'population_cells', view)} as cell
    ), floor_area as (
      select col, row, kind, sum(area) as area from (
        select ${grid(sql`ST_Centroid(geom)`)}, coalesce(kind, 'i') as kind,
          ST_Area(geom) * coalesce(storeys_above, 1) as area
        from ${studiedRows(city, 'buildings', view)} as building) as storeys
      group by col, row, kind
    ), place as (
      select ${grid(sql`geom`)}, capacity, kind from ${studiedRows(city, 'facilities', view)} as facility
      where kind = any(${SCHOOLS}::text[])
    ), cell as (
      select col, row, sum(residents) as residents, sum(schools) as schools, sum(nurseries) as nurseries,
        jsonb_object_agg(kind, area) filter (where kind is not null) as floors
      from (
        select col, row, residents, 0 as schools, 0 as nurseries, null::text as kind, null::float8 as area from people
        union all select col, row, 0, 0, 0, kind, area from floor_area
        union all select col, row, 0, coalesce(capacity, 0),
          case when kind = 'nursery' then coalesce(capacity, 0) else 0 end, null, null from place
      ) as part group by col, row
    )
    select col as "column", row, coalesce(residents, 0)::float8 as residents, coalesce(schools, 0)::float8 as schools,
      coalesce(nurseries, 0)::float8 as nurseries, floors,
      (select name from ${studiedRows(city, 'districts', view)} as district
        where ST_Contains(district.geom, ST_SetSRID(ST_Point((col + 0.5) * ${GENERATOR_CELL_M}::float8,
          (row + 0.5) * ${GENERATOR_CELL_M}::float8), ST_SRID(district.geom))) order by id limit 1) as district
    from cell order by col, row`);
  return rows.map(({ floors, schools, nurseries, ...cell }) => ({
    ...cell,
    schoolPlaces: schools,
    nurseryPlaces: nurseries,
    floorM2: floors ?? {},
  }));
}

/** m² of residential floor for each of its people, where the city has none to take it from. */
const M2_PER_RESIDENT = 38;

/** The grid of people knows nothing of planned buildings: they fill up as flats of the city are filled. */
function withNewcomers(
  before: readonly GeneratorFact[],
  after: readonly GeneratorFact[],
): readonly GeneratorFact[] {
  const dwelt = before.reduce((sum, { floorM2 }) => sum + (floorM2['m'] ?? 0), 0);
  const people = before.reduce((sum, { residents }) => sum + residents, 0);
  const m2 = people > 0 && dwelt > 0 ? dwelt / people : M2_PER_RESIDENT;
  const known = new Map(before.map((cell) => [`${cell.column} ${cell.row}`, cell]));
  return after.map((cell) => {
    const grown = (cell.floorM2['m'] ?? 0) - (known.get(`${cell.column} ${cell.row}`)?.floorM2['m'] ?? 0);
    return { ...cell, residents: Math.max(0, cell.residents + grown / m2) };
  });
}
