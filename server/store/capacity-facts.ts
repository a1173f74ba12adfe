/** Facts of the model `parcel-capacity`: the parcel cut by plans, and the ground that rules keep free of buildings. */
import type {
  CapacityFacts,
  GroundFact,
  PieceFact,
  StripFact,
} from '../../core/analysis/capacity/capacity-facts.ts';
import {
  borderDistances,
  CAPACITY_RULES,
  countsStrip,
  useFor,
  useOfZone,
} from '../../core/analysis/capacity/capacity-rules.ts';
import { OBSTRUCTION_MOST_M } from '../../core/analysis/capacity/light-rows.ts';
import { notFound } from '../../core/errors.ts';
import type { MultiPolygon } from '../../core/geo/geometry.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import type { CapacityParameters } from '../../core/wire/capacity.ts';
import { aroundGround } from './capacity-around.ts';
import { stripsSql } from './capacity-strips.ts';
import { spreadOf } from './outline-spread.ts';
import { shapesOfEdits } from './scenario-shapes.ts';
import { type Sql, sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';
import { FOR_PEOPLE, SCHOOLS } from './sun-facts.ts';

/** Layers that the facts are read from. */
export const CAPACITY_LAYERS = [
  'parcels',
  'buildings',
  'plan_zones',
  'building_lines',
  'utility_lines',
  'roads',
  'trees',
  'buildings_3d',
  'facilities',
  'flood_zones',
  'heritage_sites',
  'nature_areas',
] as const;

const NEEDED = [...new Set(CAPACITY_RULES.flatMap(({ needs }) => needs))];
/** Parts of a parcel smaller than this come from cutting borders that are the same. */
const SLIVER_M2 = 0.05;
const ALONG_BORDER_M = 0.02;
const SHORTEST_LINE_M = 0.5;

/** @throws TwinError not-found without such a parcel */
export async function gatherCapacity(
  city: StudiedCity,
  parameters: CapacityParameters,
): Promise<CapacityFacts> {
  const parcel = await parcelOf(city, parameters.parcel);
  const pieces = await piecesOf(city, parcel.geom);
  const { use } = useFor(parameters, pieces);
  const steps = borderDistances(use, parameters, city.lawDate).map(({ borderM }) => borderM);
  const strips = await stripsOf(city, parcel.geom, parcel.id, steps, use !== 'single-family');
  const counted = new Set(
    CAPACITY_RULES.filter((rule) => countsStrip(rule, parameters)).map(({ rule }) => rule),
  );
  const [ring] = parcel.geometry.coordinates.map(([shell]) => shell ?? []);
  const outline = (ring ?? []).map(([e, n]): [number, number] => [e, n]);
  const ground = await groundLeft(
    city,
    pieces,
    strips.filter(({ rule }) => counted.has(rule)),
    steps,
  );
  return {
    lawDate: city.lawDate,
    parcel: {
      id: parcel.id,
      geometry: parcel.geometry,
      areaM2: parcel.areaM2,
      spreadM2: parcel.spreadM2,
      landUse: parcel.landUse,
    },
    groundM: (await city.ground.lowestM(outline, shapesOfEdits(city.edits))) ?? null,
    pieces: pieces.map(({ wkb: _, ...piece }) => piece),
    ground: ground.map(({ wkb: _, ...left }) => left),
    strips: strips.map(({ wkb: _, ...strip }) => strip),
    standing: await standingOn(city, parcel.geom),
    obligatoryLines: await obligatoryLinesOn(city, parcel.geom),
    neighbours: await neighboursOf(city, parcel.geom, ground),
    around: await aroundGround(city, parcel.geom, ground),
    ...(await protections(city, parcel.geom)),
    emptyLayers: await emptyLayers(city),
  };
}

interface Parcel {
  readonly id: string;
  readonly geom: Sql;
  readonly geometry: MultiPolygon;
  readonly areaM2: number;
  readonly spreadM2: number;
  readonly landUse: string | null;
}

async function parcelOf(city: StudiedCity, id: string): Promise<Parcel> {
  const [row] = await city.read<{ id: string; area_m2: number; land_use: string | null; wkb: Buffer }>(
    sql`select id, ST_Area(geom) as area_m2, land_use, ST_AsBinary(ST_Multi(geom)) as wkb
      from ${studiedRows(city, 'parcels')} as state where id = ${id}::text`,
  );
  if (!row) throw notFound(`There is no parcel "${id.slice(0, 100)}" in this state of the city`, 'parcel');
  return {
    id: row.id,
    geom: geomOf(row.wkb),
    geometry: areasOf(row.wkb),
    areaM2: row.area_m2,
    spreadM2: spreadOf(row.wkb),
    landUse: row.land_use,
  };
}

type Piece = PieceFact & { readonly wkb: Buffer };

/** The parcel cut by the plans in force: local ones first, then the general one, then what none covers. */
async function piecesOf(city: StudiedCity, parcel: Sql): Promise<readonly Piece[]> {
  const rows = await city.read<Omit<Piece, 'spreadM2'>>(
    sql`with zone as materialized (
        select id, designation, zone_kind, plan_kind, max_height_m, min_intensity, max_intensity, max_built_share_pct,
          min_bioactive_share_pct, min_parking_per_dwelling, roof_shape,
          row_number() over (order by plan_kind is distinct from 'local', id) as place,
          ST_Intersection(geom, ${parcel}) as geom
        from ${studiedRows(city, 'plan_zones')} as state
        where geom && ${parcel} and ST_Intersects(geom, ${parcel}) and coalesce(status, 'legalForce') = 'legalForce'
          and coalesce(in_force_since, '-infinity') <= ${city.lawDate}::date
          and coalesce(in_force_until, 'infinity') >= ${city.lawDate}::date
      ), cut as (
        select zone.*, ST_Difference(zone.geom, coalesce(
          (select ST_Union(earlier.geom) from zone as earlier where earlier.place < zone.place),
          'SRID=2177;POLYGON EMPTY'::geometry)) as part
        from zone
        union all
        select null, null, null, null, null, null, null, null, null, null, null, 1000000, null,
          ST_Difference(${parcel}, coalesce((select ST_Union(geom) from zone), 'SRID=2177;POLYGON EMPTY'::geometry))
      ), part as (select *, ST_Multi(ST_CollectionExtract(part, 3)) as area from cut)
      select id as zone, designation, zone_kind as kind, plan_kind as "planKind", ST_Area(area) as "areaM2",
        max_height_m as "maxHeightM", min_intensity as "minIntensity", max_intensity as "maxIntensity",
        max_built_share_pct as "maxBuiltSharePct", min_bioactive_share_pct as "minBioactiveSharePct",
        min_parking_per_dwelling as "parkingPerDwelling", roof_shape as roof, ST_AsBinary(area) as wkb
      from part where ST_Area(area) > ${SLIVER_M2}::float8
        -- The parts along a border that two registers draw a little apart are no zones of this parcel.
        and 2 * ST_Area(area) / ST_Perimeter(area) > 0.1
      order by place`,
  );
  return rows.map((row) => ({ ...row, spreadM2: spreadOf(row.wkb) }));
}

type Strip = StripFact & { readonly wkb: Buffer | null };

async function stripsOf(
  city: StudiedCity,
  parcel: Sql,
  id: string,
  borders: readonly number[],
  withFire: boolean,
): Promise<readonly Strip[]> {
  const rows = await city.read<{
    rule: string;
    border_m: number | null;
    distance_m: number | null;
    taken_m2: number;
    objects: readonly string[];
    unknown: readonly string[];
    wkb: Buffer | null;
  }>(stripsSql(city, parcel, id, borders, withFire));
  return rows.map(({ rule, border_m, distance_m, taken_m2, objects, unknown, wkb }) => ({
    rule,
    ...(border_m !== null && { borderM: border_m }),
    distanceM: distance_m,
    takenM2: taken_m2,
    objects,
    unknown,
    geometry: wkb && areasOf(wkb),
    wkb,
  }));
}

async function groundLeft(
  city: StudiedCity,
  pieces: readonly Piece[],
  strips: readonly Strip[],
  borders: readonly number[],
): Promise<readonly (GroundFact & { readonly wkb: Buffer })[]> {
  const wanted = pieces.flatMap(({ kind, wkb }, piece) =>
    useOfZone(kind) === 'none' ? [] : borders.map((borderM) => ({ piece, borderM, wkb })),
  );
  if (wanted.length === 0) return [];
  const taking = strips.flatMap(({ borderM, wkb }) => (wkb ? [{ borderM: borderM ?? null, wkb }] : []));
  const hex = (all: readonly { readonly wkb: Buffer }[]) => all.map(({ wkb }) => wkb.toString('hex'));
  const rows = await city.read<{ piece: number; border_m: number; area_m2: number; wkb: Buffer }>(
    sql`with part as (
        select piece, border_m, ST_SetSRID(wkb::geometry, 2177) as geom
        from unnest(${wanted.map(({ piece }) => piece)}::integer[], ${wanted.map(({ borderM }) => borderM)}::float8[],
          ${hex(wanted)}::text[]) as wanted (piece, border_m, wkb)
      ), strip as (
        select border_m, ST_SetSRID(wkb::geometry, 2177) as geom
        from unnest(${taking.map(({ borderM }) => borderM)}::float8[], ${hex(taking)}::text[]) as taken (border_m, wkb)
      ), left_over as (
        select piece, border_m, ST_Multi(ST_CollectionExtract(ST_Difference(geom, coalesce(
          (select ST_Union(strip.geom) from strip where coalesce(strip.border_m, part.border_m) = part.border_m),
          'SRID=2177;POLYGON EMPTY'::geometry)), 3)) as geom
        from part
      )
      select piece, border_m, ST_Area(geom) as area_m2, ST_AsBinary(geom) as wkb from left_over
      order by piece, border_m`,
  );
  return rows.map(({ piece, border_m, area_m2, wkb }) => ({
    piece,
    borderM: border_m,
    geometry: areasOf(wkb),
    areaM2: area_m2,
    spreadM2: spreadOf(wkb),
    wkb,
  }));
}

/** Lines drawn along the border of the parcel count as on it. */
async function obligatoryLinesOn(city: StudiedCity, parcel: Sql): Promise<CapacityFacts['obligatoryLines']> {
  const rows = await city.read<{ id: string; length_m: number; wkb: Buffer }>(
    sql`with part as (
        select id, ST_CollectionExtract(ST_Intersection(geom, ST_Buffer(${parcel}, ${ALONG_BORDER_M}::float8)), 2) as geom
        from ${studiedRows(city, 'building_lines')} as state
        where geom && ${parcel} and kind = 'obligatory' and coalesce(status, 'legalForce') = 'legalForce'
          and coalesce(in_force_since, '-infinity') <= ${city.lawDate}::date
          and coalesce(in_force_until, 'infinity') >= ${city.lawDate}::date
      )
      select id, ST_Length(geom) as length_m, ST_AsBinary(ST_Multi(geom)) as wkb from part
      -- What only crosses the border at a corner is no line of this parcel.
      where ST_Length(geom) > ${SHORTEST_LINE_M}::float8 order by id`,
  );
  return rows.map(({ id, length_m, wkb }) => {
    const geometry = readWkb(wkb);
    return { id, lengthM: length_m, parts: geometry.type === 'MultiLineString' ? geometry.coordinates : [] };
  });
}

async function neighboursOf(
  city: StudiedCity,
  parcel: Sql,
  ground: readonly { readonly wkb: Buffer }[],
): Promise<CapacityFacts['neighbours']> {
  if (ground.length === 0) return [];
  return city.read(
    sql`with body as materialized (
        select ST_Union(ST_SetSRID(wkb::geometry, 2177)) as geom
        from unnest(${ground.map(({ wkb }) => wkb.toString('hex'))}::text[]) as left_over (wkb)
      )
      select building.id, ST_Distance(building.geom, body.geom) as "distanceM",
        building.kind = 'm' or exists (select from ${studiedRows(city, 'facilities')} as facility
          where facility.building_id = building.id and facility.kind = any(${SCHOOLS}::text[])) as "isSunAsked"
      from body join ${studiedRows(city, 'buildings')} as building
        on building.geom && ST_Expand(body.geom, ${OBSTRUCTION_MOST_M}::float8)
        and ST_DWithin(building.geom, body.geom, ${OBSTRUCTION_MOST_M}::float8)
      where building.kind = any(${FOR_PEOPLE}::text[])
        and ST_Area(ST_Intersection(building.geom, ${parcel})) < ST_Area(building.geom) / 2
      order by building.id`,
  );
}

async function standingOn(city: StudiedCity, parcel: Sql): Promise<CapacityFacts['standing']> {
  return city.read(
    sql`with met as (
        select id, storeys_above as storeys, ST_Area(ST_Intersection(geom, ${parcel})) as "areaM2"
        from ${studiedRows(city, 'buildings')} as state where geom && ${parcel} and ST_Intersects(geom, ${parcel})
      ) select * from met where "areaM2" >= 0.5 order by id`,
  );
}

async function protections(
  city: StudiedCity,
  parcel: Sql,
): Promise<Pick<CapacityFacts, 'floodM2' | 'protectedPlaces'>> {
  const [flood] = await city.read<{ m2: number }>(
    sql`select coalesce(ST_Area(ST_Union(ST_Intersection(geom, ${parcel}))), 0) as m2
      from ${studiedRows(city, 'flood_zones')} as state
      where geom && ${parcel} and ST_Intersects(geom, ${parcel}) and probability in ('p1', 'p10')`,
  );
  const places = await city.read<{ place: string }>(
    sql`select 'heritage_sites/' || id as place from ${studiedRows(city, 'heritage_sites')} as state
        where geom && ${parcel} and ST_Intersects(geom, ${parcel})
      union all
      select 'nature_areas/' || id from ${studiedRows(city, 'nature_areas')} as state
        where geom && ${parcel} and ST_Intersects(geom, ${parcel})
      order by 1 limit 20`,
  );
  return { floodM2: flood?.m2 ?? 0, protectedPlaces: places.map(({ place }) => place) };
}

async function emptyLayers(city: StudiedCity): Promise<readonly string[]> {
  const empty: string[] = [];
  for (const layer of NEEDED) {
    const rows = await city.read(sql`select 1 from ${studiedRows(city, layer)} as state limit 1`);
    if (rows.length === 0) empty.push(layer);
  }
  return empty;
}

const geomOf = (wkb: Buffer): Sql => sql`ST_SetSRID(${wkb.toString('hex')}::geometry, 2177)`;

function areasOf(wkb: Uint8Array): MultiPolygon {
  const geometry = readWkb(wkb);
  if (geometry.type !== 'MultiPolygon') throw new Error(`an area was wanted, ${geometry.type} came`);
  return geometry;
}
