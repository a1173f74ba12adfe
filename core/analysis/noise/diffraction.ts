/** Sound over edges (annex to Directive (EU) 2015/996, 2.5.6 as amended by 2021/1226). */
import type { Air } from './ground-effect.ts';
import type { Spot } from './mean-plane.ts';
import { OCTAVES_HZ, SOUND_M_PER_S } from './noise-coefficients.ts';

/** Of the term that leads over horizontal edges. */
export const MOST_BY_EDGE_DB = 25;
/** Edges nearer to each other are one. */
const ONE_EDGE_M = 0.3;
/** Below it an edge bends nothing: 40 δ / λ. */
const LEAST_DETOUR = -2;

/** By octave of 63 to 8000 Hz, metres. */
export const WAVELENGTHS_M: readonly number[] = OCTAVES_HZ.map((hz) => SOUND_M_PER_S / hz);

/** Radius of the bow of a ray downwind, metres. */
export const bowRadius = (distanceM: number): number => Math.max(1000, 8 * distanceM);

/** Length of a ray from place to place: straight, or a bow of the given radius. */
const rayLength = ([x, z]: Spot, [toX, toZ]: Spot, radiusM: number | undefined): number => {
  const chord = Math.hypot(toX - x, toZ - z);
  return radiusM === undefined ? chord : 2 * radiusM * Math.asin(Math.min(1, chord / (2 * radiusM)));
};

/** How far above the straight line from one end to the other a bow runs there. */
export const bowRise = ([x]: Spot, [toX]: Spot, atX: number, radiusM: number): number =>
  ((atX - x) * (toX - atX)) / (2 * radiusM);

/**
 * How much longer the way over the edges is than the direct one, metres; negative where the one edge lies below it.
 * @param edges in order; more than one only where they are in the way
 * @param radiusM of bows, where the two ends are not those of the whole path
 */
export function detour(
  source: Spot,
  edges: readonly Spot[],
  receiver: Spot,
  air: Air,
  radiusM: number = bowRadius(Math.hypot(receiver[0] - source[0], receiver[1] - source[1])),
): { readonly detourM: number; readonly betweenM: number } {
  const radius = air === 'favourable' ? radiusM : undefined;
  const ray = (from: Spot, to: Spot) => rayLength(from, to, radius);
  const [first, last] = [edges[0] as Spot, edges.at(-1) as Spot];
  let betweenM = 0;
  for (let k = 0; k + 1 < edges.length; k++) betweenM += ray(edges[k] as Spot, edges[k + 1] as Spot);
  const around = ray(source, first) + betweenM + ray(last, receiver);
  const direct = ray(source, receiver);
  if (edges.length > 1) return { detourM: around - direct, betweenM };
  const share = (first[0] - source[0]) / (receiver[0] - source[0]);
  const straightZ = source[1] + share * (receiver[1] - source[1]);
  // Above the straight line, but below the bow, it is negative by itself.
  if (first[1] >= straightZ) return { detourM: around - direct, betweenM };
  // 2.5.26: below both it is measured by where the straight line passes over it.
  const over: Spot = [first[0], straightZ];
  return radius === undefined
    ? { detourM: direct - around, betweenM }
    : { detourM: 2 * (ray(source, over) + ray(over, receiver)) - around - direct, betweenM };
}

/** Loss by octave, dB; not bounded above. @param betweenM from the first to the last edge */
export function edgeLoss(detourM: number, betweenM: number): number[] {
  const lost: number[] = [];
  for (const wavelengthM of WAVELENGTHS_M) {
    const several = betweenM > ONE_EDGE_M ? ((5 * wavelengthM) / betweenM) ** 2 : undefined;
    const c = several === undefined ? 1 : (1 + several) / (1 / 3 + several);
    const term = (40 / wavelengthM) * c * detourM;
    lost.push(term < LEAST_DETOUR ? 0 : Math.max(0, 10 * Math.log10(3 + term)));
  }
  return lost;
}

/** 2.5.31: what the ground beside an edge does, given the loss of its mirror image and that of the ray itself. */
export function groundBesideEdge(
  ground: readonly number[],
  imageLoss: readonly number[],
  loss: readonly number[],
): number[] {
  const beside: number[] = [];
  for (let octave = 0; octave < ground.length; octave++) {
    const further = (imageLoss[octave] as number) - (loss[octave] as number);
    const echo = (10 ** (-(ground[octave] as number) / 20) - 1) * 10 ** (-further / 20);
    beside.push(-20 * Math.log10(1 + echo));
  }
  return beside;
}
