/** What an edit means in the city as the scenario has it: the objects that it touches, and what a planner should know. */
import { randomBytes } from 'node:crypto';
import { invalidParameter } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { Polygon, Position } from '../../core/geo/geometry.ts';
import { around, signedArea, type Xy } from '../../core/geo/plane.ts';
import { writeEwkb } from '../../core/geo/wkb.ts';
import { type PlannedSolid, planSolid } from '../../core/scenario/planned-building.ts';
import type { AddBuilding, Edit, Finding, RemoveBuilding, Settled } from '../../core/wire/scenario.ts';
import type { View } from '../access/view.ts';
import type { Connection } from './connection.ts';
import { CITY } from './dataset.ts';
import { relationFor, rowsOf } from './relation.ts';
import { type Sql, sql } from './sql.ts';

/** The ground that buildings are put on. */
export interface Ground {
  /**
   * Lowest height within an outline (easting, northing of the city's CRS), metres PL-EVRF2007-NH; undefined where
   * the terrain is not known.
   */
  lowestM(outline: readonly Xy[]): Promise<number | undefined>;
}

/** The city that an edit is made in. */
export interface EditedCity {
  readonly connection: Connection;
  readonly view: View;
  readonly layers: readonly Layer[];
  readonly ground: Ground;
}

interface SettledEdit {
  readonly settled: Settled;
  readonly findings: readonly Finding[];
}

/** Overlaps below this are drawing tolerance. */
const SMALL_M2 = 0.5;
/** As many objects are named in a finding. */
const MOST_NAMED = 50;

/** @throws TwinError invalid-parameter when the edit cannot be made in this city */
export async function settleEdit(city: EditedCity, edit: Edit): Promise<SettledEdit> {
  return edit.kind === 'add-building' ? settleAddition(city, edit) : settleRemoval(city, edit);
}

async function settleAddition(city: EditedCity, edit: AddBuilding): Promise<SettledEdit> {
  const plan = planSolid(edit);
  const outline = outlineSql(plan.footprint, layerNamed(city, 'buildings').srid);
  await refuseOutside(city.connection, outline, plan);
  const groundHeightM = await city.ground.lowestM(plan.footprint);
  const built = await overlaps(city, 'buildings', outline);
  const parcels = await overlaps(city, 'parcels', outline);
  const id = `PLAN.${randomName(10).toUpperCase()}`;
  const settled: Settled = {
    objects: (['buildings', 'buildings_3d'] as const).map((layer) => ({ layer, id, change: 'added' })),
    // To the millimetre, as it is stored.
    groundHeightM: Math.round((groundHeightM ?? 0) * 1000) / 1000,
    heightM: plan.heightM,
    parcelIds: parcels.map((parcel) => parcel.id),
  };
  const findings = [
    ...buildingFindings(built),
    ...parcelFindings(parcels, builtAreaM2(plan)),
    ...(groundHeightM === undefined ? [TERRAIN_UNKNOWN] : []),
    ...(plan.solid.simplified ? [ROOF_SIMPLIFIED] : []),
  ];
  return { settled, findings };
}

interface Overlap {
  readonly id: string;
  readonly area_m2: number;
}

function overlaps(
  { connection, ...city }: EditedCity,
  layerName: string,
  outline: Sql,
): Promise<readonly Overlap[]> {
  return connection.run<Overlap>(
    sql`select id, area_m2 from (
        select id, ST_Area(ST_Intersection(geom, ${outline})) as area_m2
        from (${rowsSeen(city, layerName)}) as seen where geom && ${outline} and ST_Intersects(geom, ${outline})
      ) as met where area_m2 >= ${SMALL_M2}::float8 order by area_m2 desc, id`,
  );
}

function buildingFindings(built: readonly Overlap[]): readonly Finding[] {
  if (built.length === 0) return [];
  const areaM2 = tenths(built.reduce((sum, { area_m2 }) => sum + area_m2, 0));
  return [
    {
      code: 'overlaps-building',
      severity: 'warning',
      message: {
        pl: `Budynek zachodzi na istniejące (${built.length}), razem ${areaM2} m²; usuń je w scenariuszu albo przesuń obrys`,
        en: `The building overlaps others (${built.length}), ${areaM2} m² in all; remove them in the scenario or move the outline`,
      },
      ids: built.slice(0, MOST_NAMED).map(({ id }) => id),
      areaM2,
    },
  ];
}

function parcelFindings(parcels: readonly Overlap[], sizeM2: number): readonly Finding[] {
  const outsideM2 = tenths(sizeM2 - parcels.reduce((sum, { area_m2 }) => sum + area_m2, 0));
  const ids = parcels.slice(0, MOST_NAMED).map(({ id }) => id);
  const crosses: Finding = {
    code: 'crosses-parcels',
    severity: 'warning',
    message: {
      pl: `Budynek stoi na ${parcels.length} działkach`,
      en: `The building stands on ${parcels.length} parcels`,
    },
    ids,
  };
  const outside: Finding = {
    code: 'outside-parcels',
    severity: 'warning',
    message: {
      pl: `Poza działkami ewidencji leży ${outsideM2} m² budynku`,
      en: `${outsideM2} m² of the building lie outside any parcel of the register`,
    },
    ids,
    areaM2: outsideM2,
  };
  return [...(parcels.length > 1 ? [crosses] : []), ...(outsideM2 >= SMALL_M2 ? [outside] : [])];
}

const TERRAIN_UNKNOWN: Finding = {
  code: 'terrain-unknown',
  severity: 'warning',
  message: {
    pl: 'Rzędna terenu w tym miejscu nie jest znana; budynek stoi na 0 m',
    en: 'The height of the ground is not known here; the building stands at 0 m',
  },
  ids: [],
};

const ROOF_SIMPLIFIED: Finding = {
  code: 'roof-simplified',
  severity: 'warning',
  message: {
    pl: 'Nad tym obrysem taki dach się nie domyka; budynek ma dach płaski w połowie jego wysokości',
    en: 'Such a roof does not close over this outline; the building has a flat one at half its height',
  },
  ids: [],
};

async function refuseOutside(
  connection: Connection,
  outline: Sql,
  { footprint }: PlannedSolid,
): Promise<void> {
  const [row] = await connection.run<{ is_inside: boolean }>(
    sql`select area is null or ST_Covers(area, ${outline}) as is_inside from twin.dataset where name = ${CITY}::text`,
  );
  if (row?.is_inside) return;
  const [e = 0, n = 0] = footprint[0] ?? [];
  throw invalidParameter(
    'footprint',
    `The building lies outside the city (easting ${e.toFixed(2)}, northing ${n.toFixed(2)}); corners are easting, northing in its cadastral CRS`,
  );
}

async function settleRemoval(
  { connection, ...city }: EditedCity,
  { building }: RemoveBuilding,
): Promise<SettledEdit> {
  const wanted = building.replaceAll('\0', '');
  const models = rowsSeen(city, 'buildings_3d');
  const named = await connection.run<{ building_id: string | null }>(
    sql`select building_id from (${models}) as seen where id = ${wanted}::text`,
  );
  const candidates = [wanted, ...named.flatMap(({ building_id }) => building_id ?? [])];
  const registered = await connection.run<{ id: string }>(
    sql`select id from (${rowsSeen(city, 'buildings')}) as seen where id = any(${candidates}::text[]) order by id`,
  );
  const ids = registered.map(({ id }) => id);
  const solids = await connection.run<{ id: string }>(
    sql`select id from (${models}) as seen where id = ${wanted}::text
      union select id from (${models}) as seen where building_id = any(${ids}::text[]) order by id`,
  );
  if (ids.length + solids.length === 0) {
    throw invalidParameter(
      'building',
      `There is no building "${wanted.slice(0, 100)}" in this scenario; it may have been removed already`,
    );
  }
  const gone = (layer: 'buildings' | 'buildings_3d') => (id: string) => ({
    layer,
    id,
    change: 'removed' as const,
  });
  const objects = [...ids.map(gone('buildings')), ...solids.map(({ id }) => gone('buildings_3d')(id))];
  return { settled: { objects }, findings: [] };
}

type Seen = Pick<EditedCity, 'view' | 'layers'>;

function rowsSeen(city: Seen, layerName: string): Sql {
  const relation = relationFor(layerNamed(city, layerName), city.view);
  if (!relation) throw new Error(`The layer ${layerName} is hidden`);
  return rowsOf(relation);
}

function layerNamed({ layers }: Pick<Seen, 'layers'>, wanted: string): Layer {
  const layer = layers.find(({ name }) => name === wanted);
  if (!layer) throw new Error(`There is no layer ${wanted}`);
  return layer;
}

function outlineSql(footprint: readonly Xy[], srid: number): Sql {
  const ring = [...footprint, around(footprint, 0)].map(([e, n]): Position => [e, n]);
  const polygon: Polygon = { type: 'Polygon', coordinates: [ring] };
  return sql`${Buffer.from(writeEwkb(polygon, srid)).toString('hex')}::geometry`;
}

const builtAreaM2 = ({ solid }: PlannedSolid): number => signedArea(solid.footprintCm) / 1e4;

const tenths = (value: number): number => Math.round(value * 10) / 10;

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** A random name of 5 bits a character. */
export const randomName = (length: number): string =>
  Array.from(randomBytes(length), (byte) => ALPHABET[byte & 31]).join('');
