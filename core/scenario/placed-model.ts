/** A building modelled elsewhere that an edit stands in the city: its body there, and its rows in the registers. */

import { heightRange, kindsOf, openCorner, volumeM3 } from '../building/body.ts';
import { movedShape } from '../building/placed-solid.ts';
import { invalidParameter } from '../errors.ts';
import type { Feature } from '../feature/feature.ts';
import type { MultiPolygon, Position, Ring } from '../geo/geometry.ts';
import { hullOf, signedArea, type Xy } from '../geo/plane.ts';
import { measurePlane } from '../geo/plane-measures.ts';
import type { AddModel } from '../wire/edits/building-model.ts';
import { parcelWords } from './on-parcels.ts';
import { PLANNED_NAMESPACE } from './scenario-row.ts';

/** Of the city's cadastral CRS: only directions are read from it. */
const SRID = 2177;
const [LOWEST_M, HIGHEST_M] = [2, 300];
const [SMALLEST_M2, LARGEST_M2] = [4, 100_000];

export interface PlacedModel {
  /** Surfaces in the city's CRS; heights above the foot of the model. */
  readonly shape: MultiPolygon;
  /** One letter for each surface. */
  readonly kinds: string;
  /** Convex, open, easting and northing: what must lie in the city, and what the ground is read under. */
  readonly hull: readonly Xy[];
  /** From the lowest corner to the highest. */
  readonly heightM: number;
  /** Undefined for what is not one closed shell: walls and slabs with bodies of their own do not say what they enclose. */
  readonly volumeM3: number | undefined;
}

/**
 * The body of a model where the edit puts it.
 * @throws TwinError invalid-parameter when its surfaces do not make a building
 */
export function placeModel(edit: AddModel): PlacedModel {
  const { cornersMm, faces, surfaceKinds } = edit;
  if (surfaceKinds !== undefined && surfaceKinds.length !== faces.length) {
    throw invalidParameter(
      'surfaceKinds',
      `There are ${surfaceKinds.length} letters for ${faces.length} faces; give one for each`,
    );
  }
  const rings = faces.map((face, index) => face.map((ring): Ring => ringOf(ring, cornersMm, index)));
  const [lowM, highM] = heightRange(rings);
  const heightM = Math.round((highM - lowM) * 1000) / 1000;
  if (heightM < LOWEST_M || heightM > HIGHEST_M) {
    throw invalidParameter(
      'cornersMm',
      `The model is ${heightM} m high; from ${LOWEST_M} to ${HIGHEST_M} m can be planned. Corners are whole millimetres, z up`,
    );
  }
  const shape = movedShape(
    { type: 'MultiPolygon', coordinates: rings },
    { pivot: [0, 0], byM: edit.at, turnDeg: edit.turnDeg, raiseM: 0 },
  );
  const hull = hullOf(shape.coordinates.flat(2).map(([e, n]): Xy => [e, n]));
  const [first = [0, 0] as const] = hull;
  const coveredM2 = signedArea(hull.map(([e, n]): Xy => [e - first[0], n - first[1]]));
  if (coveredM2 < SMALLEST_M2 || coveredM2 > LARGEST_M2) {
    throw invalidParameter(
      'cornersMm',
      `The model covers ${coveredM2.toFixed(1)} m2; from ${SMALLEST_M2} to ${LARGEST_M2} m2 can be planned. Corners are whole millimetres`,
    );
  }
  const kinds = surfaceKinds ?? kindsOf(shape.coordinates, SRID);
  const isClosed = isOnePiece(faces) && openCorner(shape.coordinates) === undefined;
  return {
    shape,
    kinds,
    hull,
    heightM,
    volumeM3: isClosed ? Math.abs(volumeM3(shape.coordinates)) : undefined,
  };
}

/** Whether each face hangs together with every other by corners that they share. */
function isOnePiece(faces: AddModel['faces']): boolean {
  const above = new Map<number, number>();
  const rootOf = (corner: number): number => {
    let root = corner;
    for (let next = above.get(root); next !== undefined; next = above.get(root)) root = next;
    if (root !== corner) above.set(corner, root);
    return root;
  };
  for (const face of faces) {
    const [first = 0, ...others] = face.flat();
    for (const other of others) {
      const [a, b] = [rootOf(first), rootOf(other)];
      if (a !== b) above.set(b, a);
    }
  }
  return new Set(faces.map(([[first = 0] = []]) => rootOf(first))).size === 1;
}

function ringOf(ring: readonly number[], cornersMm: AddModel['cornersMm'], face: number): Ring {
  const corners = ring.map((index): Position => {
    const corner = cornersMm[index];
    if (!corner) {
      throw invalidParameter(
        'faces',
        `Face ${face} names corner ${index}; there are ${cornersMm.length}, counted from 0`,
      );
    }
    return [corner[0] / 1000, corner[1] / 1000, corner[2] / 1000];
  });
  return [...corners, corners[0] as Position];
}

/**
 * The rows of a placed model in `buildings` and `buildings_3d`.
 * @param groundHeightM what height 0 of the model stands on, PL-EVRF2007-NH
 * @param footprint what it covers
 */
export function modelFeatures(
  edit: AddModel,
  id: string,
  groundHeightM: number,
  footprint: MultiPolygon,
  parcelIds: readonly string[],
): readonly Feature[] {
  const { shape, kinds, heightM } = placeModel(edit);
  const footM = groundHeightM + edit.raiseM;
  const body = movedShape(shape, { pivot: [0, 0], byM: [0, 0], turnDeg: 0, raiseM: footM });
  return [
    {
      layer: 'buildings',
      id,
      geometry: footprint,
      properties: {
        kind: edit.function,
        storeys_above: edit.storeys,
        storeys_below: 0,
        built_area_m2: Math.round(measurePlane(footprint)?.areaM2 ?? 0),
        parcel_ids: parcelWords(parcelIds),
        iip_namespace: PLANNED_NAMESPACE,
        iip_local_id: id,
      },
    },
    {
      layer: 'buildings_3d',
      id,
      geometry: body,
      properties: {
        building_id: id,
        lod: 2,
        state: 'designed',
        function: edit.function,
        height_m: heightM,
        ground_height_m: Math.round(footM * 1000) / 1000,
        storeys_above: edit.storeys,
        surface_kinds: kinds,
        roof_source: 'scenario',
        geometry_source: `${edit.source.format}: ${edit.source.file}`,
        iip_namespace: PLANNED_NAMESPACE,
      },
    },
  ];
}
