/**
 * Sound from a point to a point by CNOSSOS-EU (annex to Directive (EU) 2015/996, 2.5, as amended by 2021/1226):
 * divergence, air, ground under its mean plane, edges of screens, roofs and relief, corners of buildings, mirrors; in
 * homogeneous and in downward-refracting air.
 */
import {
  bowRadius,
  bowRise,
  detour,
  edgeLoss,
  groundBesideEdge,
  MOST_BY_EDGE_DB,
  WAVELENGTHS_M,
} from './diffraction.ts';
import { type Air, groundEffect } from './ground-effect.ts';
import { alongPlane, heightOver, type MeanPlane, meanPlane, mirrored, type Spot } from './mean-plane.ts';
import { OCTAVES_HZ } from './noise-coefficients.ts';
import { type Edge, edgesInTheWay, nearestEdge } from './path-edges.ts';
import { decibels, power } from './road-emission.ts';
import { type CutPoint, endsOf, groundProfile, meanGround, type SoundPath } from './sound-path.ts';

export interface SoundLevels {
  readonly homogeneous: readonly number[];
  readonly favourable: readonly number[];
}

/** dB/km at 10 °C, 70 % humidity and 101.325 kPa (ISO 9613-1, at the exact middles of the octaves). */
const AIR_DB_PER_KM = [0.1217, 0.411, 1.0434, 1.9279, 3.6577, 9.6639, 32.7701, 116.882] as const;

/**
 * Levels at the receiver, dB by octave, of a source whose power is given by octave.
 * @param downwind the path of rays in bows, where it is another one: around corners; null where there is none: sound
 *   goes round a thing only in air in which the way over it is barred (`isBarred`)
 */
export function soundLevels(
  sourcePower: readonly number[],
  path: SoundPath,
  downwind: SoundPath | null = path,
): SoundLevels {
  const level = (lost: readonly number[] | undefined) =>
    OCTAVES_HZ.map(
      (_, octave) =>
        (sourcePower[octave] ?? Number.NEGATIVE_INFINITY) - (lost?.[octave] ?? Number.POSITIVE_INFINITY),
    );
  return {
    homogeneous: level(soundLoss(path, 'homogeneous')),
    favourable: level(downwind ? soundLoss(downwind, 'favourable') : undefined),
  };
}

/** The long-term level of both, which each hold for a share of the time. */
export const longTerm = ({ homogeneous, favourable }: SoundLevels, favourableShare = 0.5): number[] =>
  homogeneous.map((level, octave) =>
    decibels(favourableShare * power(favourable[octave] ?? 0) + (1 - favourableShare) * power(level)),
  );

/** All that is lost on a path, dB by octave. */
export function soundLoss(path: SoundPath, air: Air): number[] {
  const [source, receiver] = endsOf(path);
  const corners = path.points.filter(({ is }) => is === 'corner');
  const slantM = Math.max(1, Math.hypot(path.directM ?? receiver[0], receiver[1] - source[1]));
  const airKm = (corners.length > 0 ? Math.hypot(receiver[0], receiver[1] - source[1]) : slantM) / 1000;
  const spread = 20 * Math.log10(slantM) + 11;
  const bounded = corners.length > 0 ? aroundCorners(path, corners, air) : overEdges(path, air);
  const inMirrors = lostInMirrors(path, air);
  return OCTAVES_HZ.map(
    (_, octave) =>
      spread +
      (AIR_DB_PER_KM[octave] as number) * airKm +
      (bounded[octave] as number) +
      (inMirrors[octave] as number),
  );
}

/** Of the edges in the way; without them of the ground, save where a wave is bent by an edge that it passes closely. */
function overEdges(path: SoundPath, air: Air): readonly number[] {
  const edges = edgesInTheWay(path, air);
  if (edges.length > 0) return bent(path, edges, air).loss;
  const [source, receiver] = endsOf(path);
  const open = groundOf(path.points, source, receiver, air, true).effect;
  const near = nearestEdge(path);
  if (!near) return open;
  const { loss, detourM, mirroredDetourM } = bent(path, [near], air);
  // Rayleigh's criterion, octave by octave.
  return open.map((level, octave) => {
    const wavelengthM = WAVELENGTHS_M[octave] as number;
    const isBent = detourM > -wavelengthM / 20 && detourM > wavelengthM / 4 - mirroredDetourM;
    return isBent ? (loss[octave] as number) : level;
  });
}

interface Bent {
  readonly loss: readonly number[];
  readonly detourM: number;
  /** Of the mirror images of both ends. */
  readonly mirroredDetourM: number;
}

/** 2.5.29: the edges, and the ground before and after them. */
function bent(path: SoundPath, edges: readonly Edge[], air: Air): Bent {
  const [source, receiver] = endsOf(path);
  const [first, last] = [edges[0] as Edge, edges.at(-1) as Edge];
  const spots = edges.map(({ spot }) => spot);
  const lossFrom = (from: Spot, to: Spot) => {
    const { detourM, betweenM } = detour(from, spots, to, air);
    return { detourM, loss: edgeLoss(detourM, betweenM) };
  };
  const { detourM, loss } = lossFrom(source, receiver);
  const before = groundOf(path.points.slice(0, first.index + 1), source, first.spot, air, true);
  const after = groundOf(path.points.slice(last.index), last.spot, receiver, air, false);
  const [image, imageOfReceiver] = [mirrored(before.plane, source), mirrored(after.plane, receiver)];
  const beside = (
    { effect, plane }: GroundOf,
    end: Spot,
    ofImage: ReturnType<typeof lossFrom>,
  ): readonly number[] =>
    heightOver(plane, end) <= 0 ? effect : groundBesideEdge(effect, ofImage.loss, loss);
  const atSource = beside(before, source, lossFrom(image, receiver));
  const atReceiver = beside(after, receiver, lossFrom(source, imageOfReceiver));
  return {
    detourM,
    mirroredDetourM: lossFrom(image, imageOfReceiver).detourM,
    loss: loss.map(
      (level, octave) =>
        Math.min(MOST_BY_EDGE_DB, level) + (atSource[octave] as number) + (atReceiver[octave] as number),
    ),
  };
}

/** 2.5.33: around vertical edges, with the ground of the whole way. */
function aroundCorners(path: SoundPath, corners: readonly CutPoint[], air: Air): readonly number[] {
  const [source, receiver] = endsOf(path);
  const places = [
    source,
    ...corners.map(({ alongM, topM, groundM }): Spot => [alongM, topM ?? groundM]),
    receiver,
  ];
  const legs = places
    .slice(1)
    .map(([x, z], k) => Math.hypot(x - (places[k] as Spot)[0], z - (places[k] as Spot)[1]));
  const sum = (lengths: readonly number[]) => lengths.reduce((all, each) => all + each, 0);
  const directM = Math.hypot(path.directM ?? receiver[0], receiver[1] - source[1]);
  const loss = edgeLoss(sum(legs) - directM, sum(legs.slice(1, -1)));
  const ground = groundOf(path.points, source, receiver, air, true).effect;
  return ground.map((level, octave) => level + (loss[octave] as number));
}

interface GroundOf {
  readonly effect: readonly number[];
  readonly plane: MeanPlane;
}

function groundOf(
  points: readonly CutPoint[],
  from: Spot,
  to: Spot,
  air: Air,
  isAtSource: boolean,
): GroundOf {
  const plane = meanPlane(groundProfile(points));
  const effect = groundEffect(
    {
      sourceM: Math.max(0, heightOver(plane, from)),
      receiverM: Math.max(0, heightOver(plane, to)),
      distanceM: alongPlane(plane, from, to),
      groundOnPath: meanGround(points),
      groundAtSource: isAtSource ? (points[0] as CutPoint).ground : undefined,
    },
    air,
  );
  return { effect, plane };
}

/** What mirrors swallow, and what escapes over their upper edge (retrodiffraction, 2.5.37). */
function lostInMirrors(path: SoundPath, air: Air): readonly number[] {
  const lost = OCTAVES_HZ.map(() => 0);
  const mirrors = path.points.filter(({ is }) => is === 'mirror');
  if (mirrors.length === 0) return lost;
  const [source, receiver] = endsOf(path);
  const radiusM = bowRadius(Math.hypot(receiver[0], receiver[1] - source[1]));
  const band = [source, ...edgesInTheWay(path, air).map(({ spot }) => spot), receiver];
  for (const { alongM, topM, absorption } of mirrors) {
    const next = band.findIndex(([x]) => x > alongM);
    const [from, to] = [band[next - 1] ?? source, band[next] ?? receiver];
    const escaped = topM === undefined ? undefined : escapedOver([alongM, topM], from, to, air, radiusM);
    for (const octave of OCTAVES_HZ.keys()) {
      const kept = 1 - Math.min(0.999, absorption?.[octave] ?? 0);
      lost[octave] = (lost[octave] as number) - 10 * Math.log10(kept) + (escaped?.[octave] ?? 0);
    }
  }
  return lost;
}

/** Infinite where the ray passes over the edge of the mirror. */
function escapedOver(edge: Spot, from: Spot, to: Spot, air: Air, radiusM: number): readonly number[] {
  const share = (edge[0] - from[0]) / (to[0] - from[0]);
  const rise = air === 'favourable' ? bowRise(from, to, edge[0], radiusM) : 0;
  const rayM = from[1] + share * (to[1] - from[1]) + rise;
  if (rayM > edge[1]) return OCTAVES_HZ.map(() => Number.POSITIVE_INFINITY);
  return edgeLoss(-detour(from, [edge], to, air, radiusM).detourM, 0);
}
