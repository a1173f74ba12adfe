/** Which horizontal edges a path of sound is bent by. */
import { bowRadius, bowRise, detour } from './diffraction.ts';
import type { Air } from './ground-effect.ts';
import type { Spot } from './mean-plane.ts';
import { type CutPoint, endsOf, type SoundPath } from './sound-path.ts';

export interface Edge {
  readonly spot: Spot;
  /** Place among the points of the path. */
  readonly index: number;
}

/** What may bend sound: tops of what stands there, and the relief. */
function candidates({ points }: SoundPath): readonly Edge[] {
  const edges: Edge[] = [];
  for (let index = 1; index + 1 < points.length; index++) {
    const { alongM, topM, groundM, is } = points[index] as CutPoint;
    if (is !== 'corner' && is !== 'mirror') edges.push({ spot: [alongM, topM ?? groundM], index });
  }
  return edges;
}

/** The rubber band from source to receiver over all that stands higher than the ray; empty where nothing does. */
export function edgesInTheWay(path: SoundPath, air: Air): readonly Edge[] {
  const [source, receiver] = endsOf(path);
  const radiusM = bowRadius(Math.hypot(receiver[0], receiver[1] - source[1]));
  // Seen along the bow, bows are straight.
  const straightened = (spot: Spot): Spot =>
    air === 'favourable' ? [spot[0], spot[1] - bowRise(source, receiver, spot[0], radiusM)] : spot;
  const [start, end] = [straightened(source), straightened(receiver)];
  const band: Edge[] = [];
  const knots: Spot[] = [start];
  const tighten = (next: Spot) => {
    while (band.length > 0 && !isAbove(knots.at(-2) ?? start, knots.at(-1) ?? start, next)) {
      band.pop();
      knots.pop();
    }
  };
  for (const edge of candidates(path)) {
    const knot = straightened(edge.spot);
    if (!isAbove(start, knot, end)) continue;
    tighten(knot);
    band.push(edge);
    knots.push(knot);
  }
  tighten(end);
  return band;
}

/** Whether anything stands higher than the ray, so that sound also goes around it. */
export const isBarred = (path: SoundPath, air: Air): boolean => edgesInTheWay(path, air).length > 0;

const isAbove = (from: Spot, over: Spot, to: Spot): boolean =>
  (over[1] - from[1]) * (to[0] - from[0]) > (to[1] - from[1]) * (over[0] - from[0]) + 1e-9;

/** Of the edges below the ray, that which it passes most closely. */
export function nearestEdge(path: SoundPath): Edge | undefined {
  const [source, receiver] = endsOf(path);
  let [nearest, longestM] = [undefined as Edge | undefined, Number.NEGATIVE_INFINITY];
  for (const edge of candidates(path)) {
    const { detourM } = detour(source, [edge.spot], receiver, 'homogeneous');
    if (detourM > longestM) [nearest, longestM] = [edge, detourM];
  }
  return nearest;
}
