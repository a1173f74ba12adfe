/** Facts of the model `consequences`: set-based reading of both states of the city over one area. */

import { GROUND } from '../../core/analysis/consequences/earthworks.ts';
import type {
  CityFacts,
  ConsequenceFacts,
  EarthworkFact,
  SettingFacts,
} from '../../core/analysis/consequences/facts.ts';
import { FLOOD_BOUND_M } from '../../core/analysis/consequences/flood.ts';
import { affectedBy, INDICATORS } from '../../core/analysis/consequences/indicators.ts';
import { POPULATION_CELL_M } from '../../core/catalogue/society.ts';
import type { ConsequenceParameters } from '../../core/wire/consequences.ts';
import type { View } from '../access/view.ts';
import { type ConsequenceArea, consequenceArea } from './consequence-area.ts';
import { checkFacts } from './consequence-checks.ts';
import { landFacts, parcelsIn } from './consequence-land.ts';
import { type LimitsRow, limitsOf, zoneAt, zonesSql } from './consequence-zones.ts';
import { CITY } from './dataset.ts';
import { lightFacts } from './light-facts.ts';
import { spreadOf } from './outline-spread.ts';
import { CHECKED_LAYERS } from './parcel-check-facts.ts';
import { type Sql, sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

/** Layers that the facts are read from. */
export const CONSEQUENCE_LAYERS: readonly string[] = [
  ...new Set([...INDICATORS.flatMap(({ layers, needs = [] }) => [...layers, ...needs]), ...CHECKED_LAYERS]),
]
  .filter((layer) => layer !== GROUND)
  .toSorted();

/** How far beyond the area hazard areas are read, so that the cut makes no edge near a building. */
const BEYOND_M = 200;

/**
 * Reads what the edits can have changed, and nothing else.
 * @param progress of the reading, 0 to 1
 * @throws TwinError too-large
 */
export async function gatherConsequences(
  city: StudiedCity,
  parameters: ConsequenceParameters,
  progress: (part: number) => void = () => {},
): Promise<ConsequenceFacts> {
  const earthworks = earthworksOf(city);
  const editedLayers = [
    ...(city.view.scenario?.layers ?? []),
    ...(earthworks.length > 0 ? [GROUND] : []),
  ].toSorted();
  const area = await consequenceArea(city, parameters);
  const head = { editedLayers, lawDate: city.lawDate };
  if (!area) {
    return { ...head, areaM2: 0, setting: { emptyLayers: [] }, before: {}, after: {} };
  }
  const wanted = wantedFacts(editedLayers);
  progress(0.1);
  const before = await factsOf(city, city.base, area, wanted);
  progress(0.4);
  const after = await factsOf(city, city.view, area, wanted);
  progress(0.6);
  const checks = wanted.has('checks') ? await checkFacts(city, area) : undefined;
  progress(0.9);
  return {
    ...head,
    bbox: area.bbox,
    areaM2: area.areaM2,
    setting: await settingFacts(city, area, wanted),
    before,
    after: earthworks.length > 0 ? { ...after, earthworks } : after,
    ...(checks && { checks }),
    ...(wanted.has('light') && (await lightFacts(city))),
  };
}

/** Groups of facts, by the names of the indicators that are made from them. */
const GROUPS = {
  light: [
    'neighbour-points-without-sun',
    'neighbour-points-obstructed',
    'ground-sun-hours',
    'shaded-ground',
    'sky-view',
  ],
  buildings: ['built-up-area', 'floor-area', 'residents', 'nursery-demand', 'nursery-balance'],
  land: ['parcels', 'intensity', 'built-share', 'bioactive-share'],
  solids: ['buildings-over-height'],
  checks: ['parcel-constraints'],
  flood: ['flood-exposed-buildings'],
  trees: ['trees', 'canopy-area', 'trees-under-permit'],
  facilities: ['facilities', 'nursery-places', 'nursery-balance'],
  roads: ['open-roads', 'closed-roads'],
  utilities: ['utility-lines'],
  people: ['residents', 'nursery-demand', 'nursery-balance'],
} as const;

function earthworksOf({ edits }: StudiedCity): readonly EarthworkFact[] {
  return edits.flatMap(({ earthwork }, index) => {
    if (!earthwork) return [];
    const { cutM3, fillM3, errorM3 } = earthwork;
    return [{ id: String(index), cutM3, fillM3, errorM3 }];
  });
}

type Wanted = ReadonlySet<keyof typeof GROUPS>;

function wantedFacts(editedLayers: readonly string[]): Wanted {
  const affected = new Set(affectedBy(editedLayers).map(({ name }) => name));
  const groups = Object.entries(GROUPS) as [keyof typeof GROUPS, readonly string[]][];
  return new Set(
    groups.filter(([, names]) => names.some((name) => affected.has(name))).map(([group]) => group),
  );
}

/** One state of the city. */
async function factsOf(
  city: StudiedCity,
  view: View,
  area: ConsequenceArea,
  wanted: Wanted,
): Promise<CityFacts> {
  return {
    ...(wanted.has('buildings') && { buildings: await buildings(city, view, area) }),
    ...(wanted.has('land') && area.probe && (await landFacts(city, view, area))),
    ...(wanted.has('solids') && { solids: await solids(city, view, area) }),
    ...(wanted.has('flood') && { flood: await flood(city, view, area) }),
    ...(wanted.has('trees') && { trees: await trees(city, view, area) }),
    ...(wanted.has('facilities') && { facilities: await facilities(city, view, area) }),
    ...(wanted.has('roads') && { roads: await roads(city, view, area) }),
    ...(wanted.has('utilities') && { utilities: await utilities(city, view, area) }),
  };
}

/** Objects of a layer with their inner point in the area. */
const within = (city: StudiedCity, view: View, layer: string, { geom }: ConsequenceArea): Sql =>
  sql`(select *, ST_PointOnSurface(geom) as inner_point from ${studiedRows(city, layer, view)} as state
    where geom && ${geom}) as object where ST_Intersects(inner_point, ${geom})`;

async function buildings(
  city: StudiedCity,
  view: View,
  area: ConsequenceArea,
): Promise<NonNullable<CityFacts['buildings']>> {
  const rows = await city.read<{
    id: string;
    kind: string | null;
    storeys: number | null;
    area_m2: number;
    wkb: Uint8Array;
  }>(sql`select id, kind, storeys_above as storeys, ST_Area(geom) as area_m2, ST_AsBinary(geom) as wkb
    from ${within(city, view, 'buildings', area)} order by id`);
  return rows.map(({ id, kind, storeys, area_m2, wkb }) => ({
    id,
    kind,
    storeys,
    areaM2: area_m2,
    spreadM2: spreadOf(wkb),
  }));
}

/** Models with the plan at the inner point of their register building, else at the middle of their box. */
async function solids(
  city: StudiedCity,
  view: View,
  { geom }: ConsequenceArea,
): Promise<NonNullable<CityFacts['solids']>> {
  const rows = await city.read<LimitsRow & { id: string; height_m: number | null }>(
    sql`with ${zonesSql(city, view, geom)},
      registered as materialized (
        select id, ST_PointOnSurface(geom) as place from ${studiedRows(city, 'buildings', view)} as state
        where geom && ${geom}
      ), placed as (
        select solid.id, solid.height_m, coalesce(registered.place, ST_Centroid(ST_Envelope(ST_Force2D(solid.geom)))) as place
        from ${studiedRows(city, 'buildings_3d', view)} as solid
        left join registered on registered.id = solid.building_id
        where solid.geom && ${geom}
      )
      select placed.id, placed.height_m, zone.* from placed ${zoneAt(sql`placed.place`)}
      where ST_Intersects(placed.place, ${geom}) order by placed.id`,
  );
  return rows.map((row) => ({ id: row.id, heightM: row.height_m, limits: limitsOf(row) }));
}

async function flood(
  city: StudiedCity,
  view: View,
  area: ConsequenceArea,
): Promise<NonNullable<CityFacts['flood']>> {
  const reach = sql`ST_Expand(ST_Envelope(${area.geom}), ${BEYOND_M}::float8)`;
  const rows = await city.read<{ building: string; is_inside: boolean; edge_m: number }>(
    sql`with hazard as materialized (
        select ST_UnaryUnion(ST_Collect(ST_Intersection(geom, ${reach}))) as geom
        from ${studiedRows(city, 'flood_zones', city.base)} as state
        where geom && ${reach} and probability in ('p1', 'p10')
      ), edge as materialized (select ST_Boundary(geom) as geom from hazard),
      near as (select id, geom from ${within(city, view, 'buildings', area)})
      select near.id as building, ST_Intersects(near.geom, hazard.geom) as is_inside,
        ST_Distance(near.geom, edge.geom) as edge_m
      from near, hazard, edge
      where ST_DWithin(near.geom, hazard.geom, ${FLOOD_BOUND_M}::float8) order by near.id`,
  );
  return rows.map(({ building, is_inside, edge_m }) => ({ building, isInside: is_inside, edgeM: edge_m }));
}

async function trees(
  city: StudiedCity,
  view: View,
  area: ConsequenceArea,
): Promise<NonNullable<CityFacts['trees']>> {
  return city.read(sql`select id, ST_X(geom) as e, ST_Y(geom) as n, crown_diameter_m as "crownM",
      girth_cm as "girthCm", species, species_latin as latin, form, protection
    from ${within(city, view, 'trees', area)} order by id`);
}

async function facilities(
  city: StudiedCity,
  view: View,
  area: ConsequenceArea,
): Promise<NonNullable<CityFacts['facilities']>> {
  return city.read(sql`select id, kind, capacity from ${within(city, view, 'facilities', area)} order by id`);
}

async function roads(
  city: StudiedCity,
  view: View,
  { geom }: ConsequenceArea,
): Promise<NonNullable<CityFacts['roads']>> {
  const road = city.layers.find(({ name, dataset }) => name === 'roads' && dataset === CITY);
  // Only a city whose roads can be closed says which are.
  const closedM = road?.properties.some(({ name }) => name === 'closed')
    ? sql`case when closed then greatest(0, least(ST_Length(geom), coalesce(closed_to_m, ST_Length(geom)))
        - coalesce(closed_from_m, 0)) else 0 end`
    : sql`0`;
  return city.read(sql`select id, class as kind, ST_Length(geom) as "lengthM", ${closedM} as "closedM"
    from ${studiedRows(city, 'roads', view)} as state
    where geom && ${geom} and ST_Intersects(geom, ${geom}) order by id`);
}

async function utilities(
  city: StudiedCity,
  view: View,
  { geom }: ConsequenceArea,
): Promise<NonNullable<CityFacts['utilities']>> {
  return city.read(sql`select id, network as kind, ST_Length(geom) as "lengthM", 0 as "closedM"
    from ${studiedRows(city, 'utility_lines', view)} as state
    where geom && ${geom} and ST_Intersects(geom, ${geom}) order by id`);
}

/** What is read from the base alone. */
async function settingFacts(city: StudiedCity, area: ConsequenceArea, wanted: Wanted): Promise<SettingFacts> {
  return {
    ...(wanted.has('people') && { cells: await cells(city, area), ages: await ages(city) }),
    ...(wanted.has('land') && area.probe && { cover: await cover(city, area) }),
    emptyLayers: await emptyLayers(city),
  };
}

const NEEDED = [...new Set(INDICATORS.flatMap(({ needs = [] }) => needs))];

async function emptyLayers(city: StudiedCity): Promise<readonly string[]> {
  const empty: string[] = [];
  for (const layer of NEEDED) {
    const rows = await city.read(sql`select 1 from ${studiedRows(city, layer, city.base)} as state limit 1`);
    if (rows.length === 0) empty.push(layer);
  }
  return empty;
}

async function cells(
  city: StudiedCity,
  { geom }: ConsequenceArea,
): Promise<NonNullable<SettingFacts['cells']>> {
  const side = sql`${POPULATION_CELL_M}::float8`;
  return city.read(sql`with cell as materialized (
      select id, residents, age_0_2, floor(ST_XMin(geom) / ${side} + 0.5) as x, floor(ST_YMin(geom) / ${side} + 0.5) as y
      from ${studiedRows(city, 'population_cells', city.base)} as state
      where geom && ${geom} and ST_Intersects(geom, ${geom})
    ), dwelling as (
      select ST_PointOnSurface(geom) as place, ST_Area(geom) * greatest(1, coalesce(storeys_above, 1)) as floor_m2
      from ${studiedRows(city, 'buildings', city.base)} as state
      where geom && ST_Expand(ST_Envelope(${geom}), ${side}) and kind = 'm'
    ), floors as (
      select floor(ST_X(place) / ${side}) as x, floor(ST_Y(place) / ${side}) as y, sum(floor_m2 order by floor_m2) as floor_m2
      from dwelling group by 1, 2
    )
    select residents, age_0_2 as "age0to2", coalesce(floor_m2, 0) as "residentialFloorM2"
    from cell left join floors using (x, y) order by cell.id`);
}

/** Of the whole city, where ages are published. */
async function ages(city: StudiedCity): Promise<NonNullable<SettingFacts['ages']>> {
  const [row] = await city.read<NonNullable<SettingFacts['ages']>>(
    sql`select coalesce(sum(residents), 0)::integer as residents, coalesce(sum(age_0_2), 0)::integer as children
      from ${studiedRows(city, 'population_cells', city.base)} as state where age_0_2 is not null`,
  );
  return row ?? { residents: 0, children: 0 };
}

async function cover(city: StudiedCity, area: ConsequenceArea): Promise<NonNullable<SettingFacts['cover']>> {
  return city.read(sql`with land as materialized (
      select ST_UnaryUnion(ST_Collect(geom)) as geom from ${parcelsIn(city, city.base, area)} as parcel
    )
    select ST_Area(ST_Intersection(cover.geom, land.geom)) as "areaM2", sealed_share_pct as "sealedPct"
    from ${studiedRows(city, 'land_cover', city.base)} as cover, land
    where cover.geom && ${area.geom} and ST_Intersects(cover.geom, land.geom) order by cover.id`);
}
