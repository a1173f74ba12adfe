/** How well the place of things is known, and what follows for areas and distances. */
import type { MultiPolygon, Position, Ring } from '../../geo/geometry.ts';
import { measurePlane } from '../../geo/plane-measures.ts';
import type { ParcelFacts, PointFact } from './facts.ts';

/** Bounds are twice the standard deviation. */
export const COVERAGE_FACTOR = 2;
/** Of a boundary point of which the register says nothing: an assumption, stated in every trace that uses it. */
export const UNKNOWN_POINT_SIGMA_M = 0.3;

/**
 * Standard deviation of an outline of a layer, metres. Plans are drawn at 1:1000 (0.5 m); buildings and trees are
 * details of groups I and II (§ 16, Dz.U. 2020 poz. 1429); the rest are assumptions, stated in every trace.
 */
const LAYER_SIGMA_M: Readonly<Record<string, number>> = {
  plan_zones: 0.5,
  plan_acts: 0.5,
  plan_areas: 0.5,
  building_lines: 0.5,
  flood_zones: 1,
  noise_zones: 2,
  heritage_sites: 0.5,
  nature_areas: 1,
  water: 0.5,
  green_areas: 0.5,
  obstructions: 1,
  landscape_areas: 0.5,
  cases: 0.1,
  dikes: 0.5,
  intake_zones: 1,
  landslides: 2,
  mining_areas: 1,
  restricted_use_areas: 1,
  airport_surfaces: 1,
  electromagnetic_fields: 1,
  buildings: 0.1,
  parcels: 0.1,
  trees: 0.3,
  roads: 0.5,
};

/** Of a network, by where its position comes from (GES_ZrodloType): assumptions beyond group II of § 16. */
const NETWORK_SIGMA_M: Readonly<Record<string, number>> = { O: 0.1, A: 0.3, M: 0.3, F: 0.5, D: 0.75 };
const NETWORK_UNKNOWN_M = 1;

export const sigmaOfNetwork = (positionSource: string | null): number =>
  NETWORK_SIGMA_M[positionSource ?? ''] ?? NETWORK_UNKNOWN_M;

export const sigmaOfLayer = (layer: string): number => LAYER_SIGMA_M[layer] ?? 1;

const keyOf = ([e, n]: Position): string => `${Math.round(e * 100)} ${Math.round(n * 100)}`;

export class ParcelAccuracy {
  readonly areaM2: number;
  readonly perimeterM: number;
  /** Standard deviation of the area, m². */
  readonly areaSigmaM2: number;
  /** Root mean square over the corners, metres. */
  readonly sigmaM: number;
  /** Corners of which the register gives no accuracy. */
  readonly unknownCorners: number;
  readonly #corners: ReadonlyMap<string, number>;

  constructor({
    parcel,
    points,
  }: Pick<ParcelFacts, 'points'> & { readonly parcel: Pick<ParcelFacts['parcel'], 'geometry'> }) {
    const known = new Map(points.map((point) => [keyOf([point.e, point.n]), point]));
    const corners = new Map<string, number>();
    let [unknown, squares] = [0, 0];
    for (const ring of parcel.geometry.coordinates.flat()) {
      for (const corner of ring.slice(0, -1)) {
        const sigmaM = sigmaOfPoint(known.get(keyOf(corner)));
        if (sigmaM === undefined) unknown++;
        corners.set(keyOf(corner), sigmaM ?? UNKNOWN_POINT_SIGMA_M);
        squares += (sigmaM ?? UNKNOWN_POINT_SIGMA_M) ** 2;
      }
    }
    const measures = measurePlane(parcel.geometry) ?? { areaM2: 0, perimeterM: 0 };
    this.areaM2 = measures.areaM2;
    this.perimeterM = measures.perimeterM;
    this.#corners = corners;
    this.unknownCorners = unknown;
    this.sigmaM = Math.sqrt(squares / Math.max(1, corners.size));
    this.areaSigmaM2 = Math.sqrt(varianceOf(parcel.geometry, (at) => corners.get(keyOf(at)) ?? 0));
  }

  /**
   * Standard deviation of an area that is part of the parcel, m²: corners of the parcel have their own accuracy, others
   * also that of what cut them.
   */
  sigmaOfCommon(common: MultiPolygon, otherSigmaM: number): number {
    const cut = Math.hypot(this.sigmaM, otherSigmaM);
    return Math.sqrt(varianceOf(common, (at) => this.#corners.get(keyOf(at)) ?? cut));
  }

  /** Standard deviation of a distance to something else, metres. */
  sigmaOfDistance(otherSigmaM: number): number {
    return Math.hypot(this.sigmaM, otherSigmaM);
  }
}

const sigmaOfPoint = (point: PointFact | undefined): number | undefined => point?.sigmaM ?? undefined;

/** ¼ Σ σᵢ²‖Pᵢ₊₁ − Pᵢ₋₁‖², the variance of the area by the shoelace formula when corners are independent. */
function varianceOf({ coordinates }: MultiPolygon, sigmaAt: (corner: Position) => number): number {
  return coordinates.flat().reduce((sum, ring) => sum + ringVariance(ring, sigmaAt), 0);
}

function ringVariance(ring: Ring, sigmaAt: (corner: Position) => number): number {
  // Closed: the last position repeats the first.
  const corners = ring.slice(0, -1);
  let sum = 0;
  for (const [i, corner] of corners.entries()) {
    const next = corners[(i + 1) % corners.length];
    const previous = corners[(i + corners.length - 1) % corners.length];
    if (!next || !previous) continue;
    sum += sigmaAt(corner) ** 2 * ((next[0] - previous[0]) ** 2 + (next[1] - previous[1]) ** 2);
  }
  return sum / 4;
}
