/** The registers as features: parcels, buildings and 3D buildings of a planned town, in EPSG:2177. */

import type { Solid } from '../building/solid.ts';
import { footprintGeometry, solidGeometry, surfaceKinds } from '../building/solid-geometry.ts';
import { publicHolderOf } from '../catalogue/parcels.ts';
import type { Feature } from '../feature/feature.ts';
import type { Position, Ring } from '../geo/geometry.ts';
import { around, signedArea, type Xy } from '../geo/plane.ts';
import { randomOf, uuidOf } from './random.ts';
import { groundHeightM, ORIGIN_M } from './terrain.ts';
import { MUNICIPALITY, type PlannedBuilding, type PlannedParcel } from './town-plan.ts';

export const IIP_NAMESPACE = 'PL.PZGiK.3064.EGiB';
export const IIP_NAMESPACE_GESUT = 'PL.PZGiK.3064.GESUT';
export const IIP_NAMESPACE_BDOT500 = 'PL.PZGiK.3064.BDOT500';
export const IIP_NAMESPACE_3D = 'PL.PZGiK.3064.BUDYNKI3D';

/** Area in square metres from whole centimetres: exact up to the division. */
export const areaM2Of = (ringCm: readonly Xy[]): number => signedArea(ringCm) / 1e4;

export function parcelFeature(
  parcel: PlannedParcel,
  seed: number,
  ringCm = parcel.ringCm,
  areaFactor = 1,
): Feature {
  const group = registerGroup(parcel, seed);
  return {
    layer: 'parcels',
    id: parcel.id,
    geometry: { type: 'MultiPolygon', coordinates: [[closedRing(ringCm)]] },
    properties: {
      parcel_number: parcel.number,
      precinct_id: `${MUNICIPALITY}.${parcel.precinct}`,
      map_sheet: sheetName(parcel.sheet),
      registered_area_ha: Math.round(areaM2Of(parcel.ringCm) * areaFactor) / 1e4,
      area_precision: '1',
      land_use: parcel.landUse,
      register_group: group,
      public_holder: publicHolderOf(group),
      ...registerProperties(seed, parcel.id),
    },
  };
}

/** EGB_GrupaRejType: public ground is the city's, rails and rivers the state's, most lots are of persons. */
function registerGroup({ role, id, buildings }: PlannedParcel, seed: number): string {
  if (role === 'river' || role === 'stream' || role === 'railway') return '1';
  if (role !== 'lot' && role !== 'empty' && role !== 'field') return '4';
  const flats = buildings.some(({ design }) => design.pkob === '1122');
  return randomOf(seed, 'register group', id).pick(
    flats ? ['7', '8', '16', '5', '15'] : ['7', '7', '7', '7', '7', '7', '4', '5', '15'],
  );
}

export const sheetName = (sheet: number): string => `AR_${String(sheet).padStart(2, '0')}`;

export function buildingFeature(
  building: PlannedBuilding,
  solid: Solid,
  parcelId: string,
  seed: number,
): Feature {
  const { kind, storeysAbove, storeysBelow } = building.design;
  return {
    layer: 'buildings',
    id: building.id,
    geometry: footprintGeometry(solid, ORIGIN_M),
    properties: {
      kind,
      storeys_above: storeysAbove,
      storeys_below: storeysBelow,
      built_area_m2: Math.round(areaM2Of(solid.footprintCm)),
      parcel_ids: parcelId,
      ...registerProperties(seed, building.id),
    },
  };
}

/** What a planted fault does to a 3D building: lifts it, or stretches it. */
export interface SolidFault {
  readonly liftM?: number;
  readonly stretch?: number;
}

export const solidId = (seed: number, buildingId: string): string => uuidOf(seed, '3d', buildingId);

export function solidFeature(
  building: PlannedBuilding,
  solid: Solid,
  seed: number,
  fault: SolidFault = {},
): Feature {
  const { liftM = 0, stretch = 1 } = fault;
  const groundMm = Math.round(lowestGroundM(solid, seed) * 100) * 10 + liftM * 1000;
  const { version } = registerDates(seed, building.id);
  return {
    layer: 'buildings_3d',
    id: solidId(seed, building.id),
    geometry: solidGeometry(solid, ORIGIN_M, groundMm, stretch),
    properties: {
      building_id: building.id,
      lod: 2,
      state: 'built',
      state_since: null,
      function: building.design.pkob,
      roof_type: solid.simplified ? 'flat' : building.design.roofType,
      height_m: Math.round((solid.heightMm * stretch) / 10) / 100,
      ground_height_m: groundMm / 1000,
      storeys_above: building.design.storeysAbove,
      surface_kinds: surfaceKinds(solid),
      roof_source: 'synthetic',
      // Nobody measured it.
      geometry_source: null,
      accuracy_m: null,
      accuracy_basis: null,
      appearance: null,
      iip_namespace: IIP_NAMESPACE_3D,
      iip_version: version,
    },
  };
}

/** The lowest ground under the corners of an outline, metres PL-EVRF2007-NH. */
const lowestGroundM = ({ footprintCm }: Solid, seed: number): number =>
  Math.min(...footprintCm.map(([x, y]) => groundHeightM(seed, x / 100, y / 100)));

function closedRing(ringCm: readonly Xy[]): Ring {
  return closed(
    ringCm.map(([x, y]): Position => [(ORIGIN_M[0] * 100 + x) / 100, (ORIGIN_M[1] * 100 + y) / 100]),
  );
}

const closed = (ring: Position[]): Ring => [...ring, around(ring, 0)];

export function registerProperties(seed: number, id: string) {
  const { since, version } = registerDates(seed, id);
  return {
    iip_namespace: IIP_NAMESPACE,
    iip_local_id: uuidOf(seed, id),
    iip_version: version,
    object_since: since,
    version_since: version,
    version_until: null,
  };
}

/** Moments in the past: an object since 1994 at the earliest, its version never before it nor after May 2026. */
function registerDates(seed: number, id: string): { readonly since: string; readonly version: string } {
  const random = randomOf(seed, 'dates', id);
  const [first, last] = [Date.UTC(1994, 0, 3), Date.UTC(2026, 4, 29)];
  const since = first + random.next() ** 0.7 * (last - first);
  const version = since + random.next() ** 2 * (last - since);
  const text = (moment: number) =>
    `${new Date(Math.floor(moment / 1000) * 1000).toISOString().slice(0, 19)}Z`;
  return { since: text(since), version: text(version) };
}
