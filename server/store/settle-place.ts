/** What the place of an obstruction means on the road network as it is recorded now. */
import { invalidParameter } from '../../core/errors.ts';
import type { Geometry, Polygon } from '../../core/geo/geometry.ts';
import type { Xy } from '../../core/geo/plane.ts';
import { lengthOf, partOf } from '../../core/geo/polyline.ts';
import { readWkb, writeEwkb } from '../../core/geo/wkb.ts';
import type { RoadSection } from '../../core/obstruction/road-section.ts';
import { matchLine, REACH_M, stretchesWithin, stretchOf } from '../../core/obstruction/stretches.ts';
import type { NewObstruction, Place, SettledPlace, Stretch } from '../../core/wire/obstruction.ts';
import type { Connection } from './connection.ts';
import { CITY } from './dataset.ts';
import { readRoads, smallLetters } from './road-sections.ts';
import { type Sql, sql } from './sql.ts';

const SRID = 2177;
/** What nobody has measured is taken to be as wide as a lane for each direction. */
const USUAL_WIDTH_M = 5.5;
const LONGEST_M = 20_000;
const LARGEST_M2 = 4_000_000;

/** @throws TwinError invalid-parameter saying which part of the place cannot be used, and why */
export async function settlePlace(
  connection: Connection,
  { place, detour }: Pick<NewObstruction, 'place' | 'detour'>,
): Promise<SettledPlace> {
  const { stretches, roads, ground } = await stretchesOf(connection, place);
  const lines = stretches.map((stretch) => lineOf(stretch, roads));
  const area = ground ?? (await groundUnder(connection, stretches, lines));
  const streets = stretches.flatMap(({ street }) => (street === null ? [] : [street]));
  return {
    stretches: [...stretches],
    streets: [...new Set(streets)],
    lengthM: Math.round(stretches.reduce((sum, { fromM, toM }) => sum + toM - fromM, 0)),
    lines: lines.map((line) => line.map(([x, y]) => [cm(x), cm(y)])),
    area,
    detourStretches: detour?.line ? await alongLine(connection, detour.line, 'detour.line') : [],
  };
}

const cm = (metres: number): number => Math.round(metres * 100) / 100;

interface Found {
  readonly stretches: readonly Stretch[];
  readonly roads: readonly RoadSection[];
  /** Where the place is ground itself. */
  readonly ground?: SettledPlace['area'];
}

async function stretchesOf(connection: Connection, place: Place): Promise<Found> {
  switch (place.kind) {
    case 'sections':
      return bySections(connection, place.sections);
    case 'street':
      return byStreet(connection, place.street);
    case 'line': {
      const stretches = await alongLine(connection, place.line, 'place.line');
      const ids = stretches.map(({ road }) => road);
      return { stretches, roads: await readRoads(connection, sql`id = any(${ids}::text[])`) };
    }
    case 'area':
      return withinArea(connection, place.outline);
  }
}

async function bySections(
  connection: Connection,
  sections: Extract<Place, { kind: 'sections' }>['sections'],
): Promise<Found> {
  const ids = [...new Set(sections.map(({ road }) => road))];
  const roads = await readRoads(connection, sql`id = any(${ids}::text[])`);
  const stretches = sections.map(({ road: id, fromM = 0, toM }, index) => {
    const where = `place.sections.${index}`;
    const road = roads.find((each) => each.id === id);
    if (!road) {
      throw invalidParameter(
        `${where}.road`,
        `There is no section "${id}" in the layer roads; look it up there`,
      );
    }
    const roadM = lengthOf(road.path);
    const endM = toM ?? roadM;
    if (!(fromM < endM && endM <= roadM + 0.1)) {
      throw invalidParameter(
        `${where}.toM`,
        `On ${id}, which is ${roadM.toFixed(2)} m long, fromM must be less than toM; got ${fromM} and ${endM}`,
      );
    }
    return stretchOf(road, fromM, Math.min(endM, roadM));
  });
  return { stretches, roads };
}

async function byStreet(connection: Connection, street: string): Promise<Found> {
  const roads = await readRoads(
    connection,
    sql`${smallLetters(sql`name`)} = ${smallLetters(sql`${street}::text`)}`,
    2_000,
  );
  if (roads.length === 0) {
    throw invalidParameter(
      'place.street',
      `There is no street "${street}" in the layer roads; write its name as there, without "ul."`,
    );
  }
  return { stretches: roads.map((road) => stretchOf(road, 0, lengthOf(road.path))), roads };
}

async function alongLine(connection: Connection, line: readonly Xy[], where: string): Promise<Stretch[]> {
  await refuseOutside(connection, line, where);
  const lineM = lengthOf(line);
  if (lineM < 1 || lineM > LONGEST_M) {
    throw invalidParameter(
      where,
      `The line is ${lineM.toFixed(1)} m long; from 1 m to ${LONGEST_M / 1000} km can be used`,
    );
  }
  const drawn = ewkb({ type: 'LineString', coordinates: line });
  const roads = await readRoads(connection, sql`ST_DWithin(geom, ${drawn}, ${REACH_M}::float8)`);
  const matched = matchLine(line, roads);
  if (!matched) {
    throw invalidParameter(
      where,
      `The line lies off the road network: less than half of its ${Math.round(lineM)} m runs within ${REACH_M} m along a street. Draw it along streets, or give an area`,
    );
  }
  return [...matched.stretches];
}

async function withinArea(connection: Connection, outline: readonly Xy[]): Promise<Found> {
  const where = 'place.outline';
  await refuseOutside(connection, outline, where);
  const [first = [0, 0]] = outline;
  const last = outline.at(-1) ?? first;
  const ring = first[0] === last[0] && first[1] === last[1] ? outline : [...outline, first];
  if (ring.length < 4) throw invalidParameter(where, 'An area needs at least three different corners');
  const polygon = ewkb({ type: 'Polygon', coordinates: [ring] });
  const [judged] = await connection.run<{ fault: string | null; area_m2: number; wkb: Uint8Array }>(
    sql`select case when not ST_IsValid(${polygon}) then (select format('%s at %s', reason, ST_AsText(location, 2))
          from ST_IsValidDetail(${polygon})) end as fault,
        ST_Area(${polygon}) as area_m2, ST_AsBinary(ST_ForcePolygonCCW(${polygon})) as wkb`,
  );
  if (!judged || judged.fault !== null) {
    throw invalidParameter(where, `The outline is not the edge of one area: ${judged?.fault}; draw it anew`);
  }
  if (judged.area_m2 < 1 || judged.area_m2 > LARGEST_M2) {
    throw invalidParameter(
      where,
      `The area has ${judged.area_m2.toFixed(1)} m2; from 1 m2 to 4 km2 can be taken`,
    );
  }
  const roads = await readRoads(connection, sql`ST_Intersects(geom, ${polygon})`, 2_000);
  const [walked] = await connection.run(
    sql`select from city.footway where valid_to is null and ST_Intersects(geom, ${polygon}) limit 1`,
  );
  if (roads.length === 0 && !walked) {
    throw invalidParameter(
      where,
      'The area touches neither a street nor a footway: nothing is obstructed there',
    );
  }
  const geometry = readWkb(judged.wkb) as Polygon;
  return { stretches: stretchesWithin(ring, roads), roads, ground: [plain(geometry.coordinates)] };
}

/** The city's dataset says how far it reaches; degrees by mistake lie far away from it. */
async function refuseOutside(connection: Connection, line: readonly Xy[], where: string): Promise<void> {
  if (line.every(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 180)) {
    throw invalidParameter(
      where,
      'Coordinates are easting, northing in metres (EPSG:2177); these look like degrees',
    );
  }
  const points = ewkb({ type: 'MultiPoint', coordinates: line });
  const [row] = await connection.run<{ is_outside: boolean }>(
    sql`select not coalesce(ST_Covers(area, ${points}), true) as is_outside
      from twin.dataset where name = ${CITY}::text`,
  );
  if (row?.is_outside) {
    throw invalidParameter(
      where,
      'A part of it lies outside the city; the register holds only what is in it',
    );
  }
}

const lineOf = ({ road, fromM, toM, reversed }: Stretch, roads: readonly RoadSection[]): readonly Xy[] => {
  const path = roads.find(({ id }) => id === road)?.path ?? [];
  const part = partOf(path, fromM, toM);
  return reversed ? part.reverse() : part;
};

/** The carriageways under stretches. */
async function groundUnder(
  connection: Connection,
  stretches: readonly Stretch[],
  lines: readonly (readonly Xy[])[],
): Promise<SettledPlace['area']> {
  const hex = lines.map((coordinates) => hexOf({ type: 'LineString', coordinates }));
  const halves = stretches.map(({ widthM }) => (widthM ?? USUAL_WIDTH_M) / 2);
  const [row] = await connection.run<{ wkb: Uint8Array }>(
    sql`select ST_AsBinary(ST_Multi(ST_ForcePolygonCCW(ST_CollectionExtract(ST_MakeValid(ST_SnapToGrid(ST_UnaryUnion(ST_Collect(
        ST_Buffer(ST_GeomFromEWKB(decode(line, 'hex')), half, 'endcap=flat join=round quad_segs=3'))), 0.01)), 3)))) as wkb
      from unnest(${hex}::text[], ${halves}::float8[]) as each (line, half)`,
  );
  const area = row && readWkb(row.wkb);
  if (area?.type !== 'MultiPolygon') throw new Error('a buffer is no area');
  return area.coordinates.map(plain);
}

const plain = (rings: Polygon['coordinates']): [number, number][][] =>
  rings.map((ring) => ring.map(([x, y]) => [x, y]));

const hexOf = (geometry: Geometry): string => Buffer.from(writeEwkb(geometry, SRID)).toString('hex');

/** A geometry of the city's CRS as a parameter. */
export const ewkb = (geometry: Geometry): Sql =>
  sql`ST_GeomFromEWKB(decode(${hexOf(geometry)}::text, 'hex'))`;
