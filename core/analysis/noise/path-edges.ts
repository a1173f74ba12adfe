/** Which horizontal edges a path of sound is bent by. */
import { bowRadius, bowRise, detour } from './diffraction.ts';
import type { Air } from './ground-effect.ts';
import type { Spot } from './mean-plane.ts';
import { endsOf, type SoundPath } from './sound-path.ts';

export interface Edge {
  readonly spot: Spot;
  /** Place among the points of the path. */
  readonly index: number;
}

/** What may bend sound: tops of what stands there, and the relief. */
const candidates = ({ points }: SoundPath): readonly Edge[] =>
  points
    .slice(1, -1)
    .flatMap(({ alongM, topM, groundM, is }, k) =>
      is === 'corner' || is === 'mirror' ? [] : [{ spot: [alongM, topM ?? groundM] as const, index: k + 1 }],
    );

/** The rubber band from source to receiver over all that stands higher than the ray; empty where nothing does. */
export function edgesInTheWay(path: SoundPath, air: Air): readonly Edge[] {
  const [source, receiver] = endsOf(path);
  const radiusM = bowRadius(Math.hypot(receiver[0], receiver[1] - source[1]));
  // Seen along the bow, bows are straight.
  const straightened = ([x, z]: Spot): Spot =>
    air === 'favourable' ? [x, z - bowRise(source, receiver, x, radiusM)] : [x, z];
  const isAbove = (from: Spot, over: Spot, to: Spot) =>
    (over[1] - from[1]) * (to[0] - from[0]) > (to[1] - from[1]) * (over[0] - from[0]) + 1e-9;
  const [start, end] = [straightened(source), straightened(receiver)];
  const band: Edge[] = [];
  const ofBand = (k: number): Spot => (k < 0 ? start : straightened((band[k] as Edge).spot));
  const tighten = (next: Spot) => {
    while (band.length > 0 && !isAbove(ofBand(band.length - 2), ofBand(band.length - 1), next)) band.pop();
  };
  for (const edge of candidates(path)) {
    const spot = straightened(edge.spot);
    if (!isAbove(start, spot, end)) continue;
    tighten(spot);
    band.push(edge);
  }
  tighten(end);
  return band;
}

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
