import { ellipsoidLengthM, scaleFactorAt } from '../../core/geo/ellipsoid-length.ts';
import { measurePlane } from '../../core/geo/plane-measures.ts';
import type { Pointed } from './map-view.ts';

/** What the points of a measurement say. Plane values are those of EPSG:2177. */
export interface Measured {
  /** Of each part; the last closes an area. */
  readonly segmentsM: readonly number[];
  /** Sum of the parts: the length of a line, the perimeter of an area. */
  readonly lengthM: number;
  /** The same line on the ellipsoid GRS80. */
  readonly ellipsoidLengthM: number;
  /** Plane length ÷ length on the ellipsoid, at the first point. */
  readonly scaleFactor: number;
  /** The straight way through space, where both heights of every part are known. */
  readonly slopeLengthM: number | undefined;
  /** Height of the last point over the first, m. */
  readonly riseM: number | undefined;
  /** Undefined for an open line. */
  readonly areaM2: number | undefined;
  readonly ellipsoidAreaM2: number | undefined;
}

/** Undefined while there is nothing between two points yet. */
export function measuredOf(points: readonly Pointed[], closed: boolean): Measured | undefined {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return undefined;
  const isArea = closed && points.length > 2;
  const path = isArea ? [...points, first] : points;
  const parts = path.slice(1).map((to, index) => [path[index] ?? first, to] as const);
  const segmentsM = parts.map(([a, b]) => planeM(a, b));
  const lengthM = sum(segmentsM);
  const scaleFactor = scaleFactorAt(first.at, 2177);
  const areaM2 = isArea
    ? measurePlane({ type: 'Polygon', coordinates: [path.map(({ at }) => at)] })?.areaM2
    : undefined;
  const slopes = parts.map(([a, b]) => slopeM(a, b));
  return {
    segmentsM,
    lengthM,
    ellipsoidLengthM: sum(parts.map(([a, b]) => ellipsoidLengthM(a.at, b.at, 2177))),
    scaleFactor,
    slopeLengthM: slopes.every((slope) => slope !== undefined) ? sum(slopes) : undefined,
    riseM:
      first.heightM === undefined || last.heightM === undefined ? undefined : last.heightM - first.heightM,
    areaM2,
    ellipsoidAreaM2: areaM2 === undefined ? undefined : areaM2 / scaleFactor ** 2,
  };
}

const planeM = (a: Pointed, b: Pointed): number => Math.hypot(b.at[0] - a.at[0], b.at[1] - a.at[1]);

const slopeM = (a: Pointed, b: Pointed): number | undefined =>
  a.heightM === undefined || b.heightM === undefined
    ? undefined
    : Math.hypot(planeM(a, b), b.heightM - a.heightM);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
