/** A building that is only planned: the solid that an edit describes, and its rows in the registers. */
import type { BuildingPart, RoofPlane } from '../building/building-part.ts';
import { flatRoof, hippedRoof, planeOver } from '../building/roofs.ts';
import { buildSolid, type Solid } from '../building/solid.ts';
import { footprintGeometry, solidGeometry, surfaceKinds } from '../building/solid-geometry.ts';
import { invalidParameter } from '../errors.ts';
import type { Feature } from '../feature/feature.ts';
import { inBox, isConvex, signedArea, turnedBox, type Xy } from '../geo/plane.ts';
import type { AddBuilding } from '../wire/edits/building.ts';
import { checkedFootprint } from './check-footprint.ts';
import { parcelWords } from './on-parcels.ts';
import { PLANNED_NAMESPACE } from './scenario-row.ts';

const HIGHEST_M = 300;
/** Twice the area (m2) by which a corner may lean inwards and the outline still count as convex. */
const CONVEX_TOLERANCE = 0.05;
const DEFAULT_PITCH_DEG = { flat: 0, gabled: 35, hipped: 30, pent: 10 } as const;
/** Words of the layer `buildings_3d`. */
const ROOF_TYPES = { flat: 'flat', gabled: 'gabled', hipped: 'hipped', pent: 'shed' } as const;

export interface PlannedSolid {
  readonly solid: Solid;
  /** Easting and northing of its frame, whole metres. */
  readonly origin: Xy;
  /** Open, counter-clockwise, easting and northing. */
  readonly footprint: readonly Xy[];
  /** From the ground to the highest point. */
  readonly heightM: number;
}

/**
 * The closed solid of a planned building.
 * @throws TwinError invalid-parameter when the outline, the roof or the height cannot be built
 */
export function planSolid(edit: AddBuilding): PlannedSolid {
  const footprint = checkedFootprint(edit.footprint);
  const [first = [0, 0] as const] = footprint;
  const origin: Xy = [Math.floor(first[0]), Math.floor(first[1])];
  const ring = footprint.map(([e, n]): Xy => [e - origin[0], n - origin[1]]);
  const eavesM = edit.eavesHeightM ?? edit.storeys * edit.storeyHeightM;
  const part: BuildingPart = { ring, planes: roofOver(ring, edit, eavesM) };
  const solid = buildSolid([part]);
  const heightM = solid.heightMm / 1000;
  if (heightM > HIGHEST_M) {
    throw invalidParameter(
      edit.eavesHeightM === undefined ? 'storeys' : 'eavesHeightM',
      `The building would be ${heightM.toFixed(1)} m high; at most ${HIGHEST_M} m can be planned`,
    );
  }
  return { solid, origin, footprint, heightM };
}

function roofOver(ring: readonly Xy[], { roof }: AddBuilding, eavesM: number): readonly RoofPlane[] {
  const { shape, pitchDeg = DEFAULT_PITCH_DEG[shape] } = roof;
  const slope = Math.tan((pitchDeg * Math.PI) / 180);
  if (shape === 'flat') return flatRoof(eavesM);
  const box = turnedBox(ring);
  const corner = (along: 0 | 1, across: 0 | 1): Xy => inBox(box, along * box.lengthM, across * box.widthM);
  const front = planeOver(corner(0, 0), corner(1, 0), eavesM, slope);
  if (shape === 'pent') return [front];
  if (!isConvex(ring, CONVEX_TOLERANCE)) {
    throw invalidParameter(
      'roof.shape',
      `A ${shape} roof needs an outline without inner corners; choose flat or pent, or draw each wing as a building`,
    );
  }
  if (shape === 'hipped') return hippedRoof(ring, eavesM, slope);
  return [front, planeOver(corner(1, 1), corner(0, 1), eavesM, slope)];
}

/**
 * The rows of a planned building in `buildings` and `buildings_3d`.
 * @param groundHeightM lowest ground under it, PL-EVRF2007-NH
 */
export function plannedFeatures(
  edit: AddBuilding,
  { solid, origin, heightM }: PlannedSolid,
  id: string,
  groundHeightM: number,
  parcelIds: readonly string[],
): readonly Feature[] {
  const groundMm = Math.round(groundHeightM * 1000);
  return [
    {
      layer: 'buildings',
      id,
      geometry: footprintGeometry(solid, origin),
      properties: {
        kind: edit.function,
        storeys_above: edit.storeys,
        storeys_below: 0,
        built_area_m2: Math.round(signedArea(solid.footprintCm) / 1e4),
        parcel_ids: parcelWords(parcelIds),
        iip_namespace: PLANNED_NAMESPACE,
        iip_local_id: id,
      },
    },
    {
      layer: 'buildings_3d',
      id,
      geometry: solidGeometry(solid, origin, groundMm),
      properties: {
        building_id: id,
        lod: 2,
        state: 'designed',
        function: edit.function,
        roof_type: solid.simplified ? 'flat' : ROOF_TYPES[edit.roof.shape],
        height_m: heightM,
        ground_height_m: groundMm / 1000,
        storeys_above: edit.storeys,
        surface_kinds: surfaceKinds(solid),
        roof_source: 'scenario',
        iip_namespace: PLANNED_NAMESPACE,
      },
    },
  ];
}
