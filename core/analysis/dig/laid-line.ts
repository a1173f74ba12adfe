/** Where a utility line lies in space, and how well that is known. */
import type { Xy } from '../../geo/plane.ts';
import { between, distance } from '../../geo/plane.ts';
import { lengthOf } from '../../geo/polyline.ts';

/** A line as the register tells it: easting and northing of the city's CRS, heights PL-EVRF2007-NH. */
export interface NetworkLine {
  readonly network: string | null;
  readonly course: string | null;
  /** `gravity` or `pressure`, of sewers. */
  readonly flow: string | null;
  readonly diameterMm: number | null;
  readonly widthMm: number | null;
  readonly heightMm: number | null;
  readonly depthM: number | null;
  readonly startHeightM: number | null;
  readonly endHeightM: number | null;
  readonly path: readonly Xy[];
}

/**
 * Where the height of a line comes from. `heights`: both ends were levelled; `depth`: the register's depth below the
 * terrain model; `assumed`: the usual depth of such a line, since the register tells none.
 */
export const HEIGHT_SOURCES = ['heights', 'depth', 'assumed'] as const;
export type HeightSource = (typeof HEIGHT_SOURCES)[number];

export interface LaidLine {
  /** Easting, northing and height of the axis. */
  readonly axis: readonly (readonly [number, number, number])[];
  /** Outer width and height, m. */
  readonly widthM: number;
  readonly heightM: number;
  readonly isSizeKnown: boolean;
  readonly heightSource: HeightSource;
  /** Two standard deviations of its height, m; undefined where the height is assumed. */
  readonly heightBoundM: number | undefined;
}

interface Usual {
  /** Cover above a line (of a gravity sewer: depth of its invert), m. */
  readonly depthM: number;
  /** Outer width and height, m. */
  readonly sizeM: number;
}

/** What is usual in Polish towns where the register says nothing: assumptions, drawn and told as such. */
export const USUAL: Readonly<Record<string, Usual>> = {
  water: { depthM: 1.6, sizeM: 0.2 },
  sewer: { depthM: 2.5, sizeM: 0.3 },
  heat: { depthM: 1.2, sizeM: 0.4 },
  gas: { depthM: 1, sizeM: 0.15 },
  power: { depthM: 0.8, sizeM: 0.1 },
  telecom: { depthM: 0.8, sizeM: 0.1 },
};
const UNUSUAL: Usual = { depthM: 1.2, sizeM: 0.15 };
/** Wires hang about so high above the ground where nothing is known of them, m. */
const OVERHEAD_M = 8;

/** Two standard deviations of levelled ends (detail of group II, § 16 of Dz.U. 2020 poz. 1429: an assumption for depths). */
const LEVELLED_BOUND_M = 0.2;
/** Of a depth from the register below a terrain model of 1 m. */
const DEPTH_BOUND_M = 0.5;
/** The ground between two bends of a line is followed in steps of this, m. */
const STEP_M = 20;

/**
 * Heights and depths of the register speak of the invert of gravity sewers and of the top of everything else.
 * @param groundM height of the terrain, NaN where unknown
 * @returns undefined where the height is told by nothing: no heights, and no terrain on its way
 */
export function laidLine(line: NetworkLine, groundM: (at: Xy) => number): LaidLine | undefined {
  const { widthM, heightM, isSizeKnown } = sizeOf(line);
  const isGravity = line.network === 'sewer' && line.flow !== 'pressure';
  // From what the register levels to the axis.
  const toAxisM = (isGravity ? 1 : -1) * (heightM / 2);
  const shape = { widthM, heightM, isSizeKnown };
  const { startHeightM, endHeightM } = line;
  if (startHeightM !== null && endHeightM !== null) {
    const axis = alongHeights(line.path, startHeightM + toAxisM, endHeightM + toAxisM);
    return { ...shape, axis, heightSource: 'heights', heightBoundM: LEVELLED_BOUND_M };
  }
  const isTold = line.depthM !== null;
  const belowM = line.depthM ?? usualDepthM(line);
  const axis = stepped(line.path).map((at): readonly [number, number, number] => [
    at[0],
    at[1],
    groundM(at) - belowM + toAxisM,
  ]);
  if (axis.some(([, , z]) => !Number.isFinite(z))) return undefined;
  return isTold
    ? { ...shape, axis, heightSource: 'depth', heightBoundM: DEPTH_BOUND_M }
    : { ...shape, axis, heightSource: 'assumed', heightBoundM: undefined };
}

const usualOf = (network: string | null): Usual => USUAL[network ?? ''] ?? UNUSUAL;

function usualDepthM({ network, course }: NetworkLine): number {
  if (course === 'overhead') return -OVERHEAD_M;
  return course === 'surface' ? 0 : usualOf(network).depthM;
}

function sizeOf({ network, diameterMm, widthMm, heightMm }: NetworkLine) {
  const knownMm = [widthMm ?? diameterMm, heightMm ?? diameterMm];
  const [widthM, heightM] = knownMm.map((mm) => (mm === null || mm <= 0 ? undefined : mm / 1000));
  const usualM = usualOf(network).sizeM;
  return {
    widthM: widthM ?? usualM,
    heightM: heightM ?? usualM,
    isSizeKnown: widthM !== undefined && heightM !== undefined,
  };
}

function alongHeights(path: readonly Xy[], startM: number, endM: number): LaidLine['axis'] {
  const lengthM = lengthOf(path);
  let along = 0;
  return path.map((at, i) => {
    along += i === 0 ? 0 : distance(path[i - 1] ?? at, at);
    return [at[0], at[1], startM + (lengthM > 0 ? along / lengthM : 0) * (endM - startM)];
  });
}

/** The path with places between bends that lie far apart. */
function stepped(path: readonly Xy[]): readonly Xy[] {
  return path.flatMap((at, i) => {
    const next = path[i + 1];
    if (!next) return [at];
    const steps = Math.max(1, Math.ceil(distance(at, next) / STEP_M));
    return Array.from({ length: steps }, (_, k) => between(at, next, k / steps));
  });
}
