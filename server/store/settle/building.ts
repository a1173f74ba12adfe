/** Settling edits of buildings. */
import { invalidParameter } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { Polygon, Position } from '../../../core/geo/geometry.ts';
import { around, signedArea, type Xy } from '../../../core/geo/plane.ts';
import { type PlannedSolid, planSolid } from '../../../core/scenario/planned-building.ts';
import { touched } from '../../../core/scenario/scenario-row.ts';
import type { AddBuilding, RemoveBuilding } from '../../../core/wire/edits/building.ts';
import type { Finding, Settled } from '../../../core/wire/scenario.ts';
import { plannedId } from '../random-name.ts';
import { ewkb } from '../settle-place.ts';
import { type Sql, sql } from '../sql.ts';
import {
  type EditedCity,
  namedIn,
  objectsSeen,
  refuseOutside,
  rowsSeen,
  type SettledEdit,
  tenths,
} from './edited-city.ts';
import { type Overlap, overlaps, SMALL_M2 } from './neighbours.ts';

export async function settleAddBuilding(city: EditedCity, edit: AddBuilding): Promise<SettledEdit> {
  const plan = planSolid(edit);
  const outline = outlineSql(plan.footprint);
  await refuseOutside(city, outline, plan.footprint, 'footprint');
  const groundHeightM = await city.ground.lowestM(plan.footprint);
  const built = await overlaps(city, 'buildings', outline);
  const parcels = await overlaps(city, 'parcels', outline);
  const id = plannedId();
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

export function buildingFindings(built: readonly Overlap[]): readonly Finding[] {
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
      ids: namedIn(built),
      areaM2,
    },
  ];
}

export function parcelFindings(parcels: readonly Overlap[], sizeM2: number): readonly Finding[] {
  const outsideM2 = tenths(sizeM2 - parcels.reduce((sum, { area_m2 }) => sum + area_m2, 0));
  const ids = namedIn(parcels);
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

export const TERRAIN_UNKNOWN: Finding = {
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

export async function settleRemoveBuilding(
  city: EditedCity,
  { building }: RemoveBuilding,
): Promise<SettledEdit> {
  const { registered, solids } = await buildingNamed(city, building);
  const objects = [
    ...registered.map((feature) => touched(feature, 'buildings', 'removed')),
    ...solids.map((feature) => touched(feature, 'buildings_3d', 'removed')),
  ];
  return { settled: { objects }, findings: [] };
}

/**
 * A building by its id in either layer: its rows in the register, and its solids.
 * @throws TwinError invalid-parameter when the scenario has none
 */
export async function buildingNamed(
  city: EditedCity,
  building: string,
): Promise<{ readonly registered: readonly Feature[]; readonly solids: readonly Feature[] }> {
  const { connection } = city;
  const wanted = building.replaceAll('\0', '');
  const models = rowsSeen(city, 'buildings_3d');
  const named = await connection.run<{ building_id: string | null }>(
    sql`select building_id from (${models}) as seen where id = ${wanted}::text`,
  );
  const candidates = [wanted, ...named.flatMap(({ building_id }) => building_id ?? [])];
  const registered = await objectsSeen(city, 'buildings', candidates);
  const ids = registered.map(({ id }) => id);
  const modelIds = await connection.run<{ id: string }>(
    sql`select id from (${models}) as seen where id = ${wanted}::text
      union select id from (${models}) as seen where building_id = any(${ids}::text[]) order by id`,
  );
  if (ids.length + modelIds.length === 0) {
    throw invalidParameter(
      'building',
      `There is no building "${wanted.slice(0, 100)}" in this scenario; it may have been removed already`,
    );
  }
  const solids = await objectsSeen(
    city,
    'buildings_3d',
    modelIds.map(({ id }) => id),
  );
  return { registered, solids };
}

function outlineSql(footprint: readonly Xy[]): Sql {
  const ring = [...footprint, around(footprint, 0)].map(([e, n]): Position => [e, n]);
  const polygon: Polygon = { type: 'Polygon', coordinates: [ring] };
  return ewkb(polygon);
}

const builtAreaM2 = ({ solid }: PlannedSolid): number => signedArea(solid.footprintCm) / 1e4;
