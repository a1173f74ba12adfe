/** Ways of sound through a town: straight over roofs and relief, and around the corners of what bars them. */
import type { Xy } from '../../geo/plane.ts';
import { CARRIAGEWAY_M, heightOf, meanFactor, type NoiseGround, reliefKnots } from './noise-ground.ts';
import type { Crossing, Screens } from './screens.ts';
import type { CutPoint, SoundPath } from './sound-path.ts';

export interface NoiseTown {
  readonly screens: Screens;
  readonly ground: NoiseGround;
}

/** On the plane, and its height over the ground. */
export interface End {
  readonly at: Xy;
  readonly overGroundM: number;
}

/** A way around that is longer by more is not followed: at 1 kHz 27 dB are lost on it. */
const MOST_DETOUR_M = 5;
/** Whatever more stands in the way makes the ways around too long. */
const MOST_BARRING = 4;
/** What stands in the way of a way around is gone around as well, so many times. */
const MOST_TRIES = 3;

/** @returns undefined where the ground is as good as straight and nothing stands on it */
export function straightPath(
  { screens, ground }: NoiseTown,
  source: End,
  receiver: End,
  crossings: readonly Crossing[],
): SoundPath | undefined {
  const [from, to] = [source.at, receiver.at];
  const lengthM = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const knots = reliefKnots(ground, from, to, lengthM);
  if (knots.length === 0 && crossings.length === 0) return undefined;
  const placeAt = (alongM: number): Xy => {
    const share = alongM / lengthM;
    return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
  };
  const bare = (alongM: number): CutPoint => ({
    alongM,
    groundM: heightOf(ground, placeAt(alongM)),
    ground: 0,
  });
  const points: CutPoint[] = [bare(0)];
  if (lengthM > 2 * CARRIAGEWAY_M) points.push(bare(CARRIAGEWAY_M));
  const cuts = crossings.map(([share, building, isOut]): CutPoint => {
    const topM = screens.topM(building);
    return { ...bare(share * lengthM), is: isOut ? 'out' : 'in', topM };
  });
  for (const [alongM, groundM] of knots) points.push({ alongM, groundM, ground: 0 });
  points.push(...cuts, bare(lengthM));
  points.sort((a, b) => a.alongM - b.alongM);
  return {
    sourceM: heightOf(ground, from) + source.overGroundM,
    receiverM: heightOf(ground, to) + receiver.overGroundM,
    points: points.map((point, k): CutPoint => {
      const next = points[k + 1];
      // The first stretch is the carriageway.
      if (k === 0 || !next) return point;
      return { ...point, ground: meanFactor(ground, placeAt(point.alongM), placeAt(next.alongM)) };
    }),
  };
}

/** The shortest ways left and right of the buildings that bar the straight one. */
export function pathsAround(
  town: NoiseTown,
  source: End,
  receiver: End,
  crossings: readonly Crossing[],
): readonly SoundPath[] {
  const barring = new Set(crossings.map(([, building]) => building));
  if (barring.size > MOST_BARRING) return [];
  return ([1, -1] as const).flatMap((side) => {
    const corners = cornersAround(town.screens, source.at, receiver.at, barring, side);
    return corners ? [cornerPath(town.ground, source, receiver, corners)] : [];
  });
}

function cornersAround(
  screens: Screens,
  from: Xy,
  to: Xy,
  barring: ReadonlySet<number>,
  side: 1 | -1,
): readonly Xy[] | undefined {
  const passed = new Set(barring);
  const directM = Math.hypot(to[0] - from[0], to[1] - from[1]);
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const chain = band(
      from,
      to,
      [...passed].flatMap((building) => screens.outline(building)),
      side,
    );
    if (!chain) return undefined;
    let lengthM = 0;
    for (let k = 0; k + 1 < chain.length; k++) {
      const [a, b] = [chain[k] as Xy, chain[k + 1] as Xy];
      lengthM += Math.hypot(b[0] - a[0], b[1] - a[1]);
    }
    if (chain.length < 3 || lengthM - directM > MOST_DETOUR_M) return undefined;
    const before = passed.size;
    for (let k = 0; k + 1 < chain.length; k++) {
      for (const [, building] of screens.crossings(chain[k] as Xy, chain[k + 1] as Xy)) passed.add(building);
    }
    if (passed.size === before) return chain.slice(1, -1);
  }
  return undefined;
}

/**
 * A rubber band from end to end on one side of places (+1: left): their convex hull there. Undefined where something
 * reaches round an end.
 */
function band(from: Xy, to: Xy, places: readonly Xy[], side: 1 | -1): readonly Xy[] | undefined {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const along = ([x, y]: Xy) => ((x - from[0]) * dx + (y - from[1]) * dy) / length;
  const aside = ([x, y]: Xy) => (side * (dx * (y - from[1]) - dy * (x - from[0]))) / length;
  const beside = places
    .map((place) => ({ place, u: along(place), v: aside(place) }))
    .filter(({ v }) => v > 0)
    .sort((a, b) => a.u - b.u);
  if ((beside[0]?.u ?? 1) <= 0 || (beside.at(-1)?.u ?? 0) >= length) return undefined;
  const hull = [{ place: from, u: 0, v: 0 }];
  for (const next of [...beside, { place: to, u: length, v: 0 }]) {
    for (;;) {
      const [a, b] = [hull.at(-2), hull.at(-1)];
      if (!a || !b || (b.v - a.v) * (next.u - a.u) > (next.v - a.v) * (b.u - a.u)) break;
      hull.pop();
    }
    hull.push(next);
  }
  return hull.map(({ place }) => place);
}

/** Unfolded; it rises or falls evenly from end to end. */
function cornerPath(ground: NoiseGround, source: End, receiver: End, corners: readonly Xy[]): SoundPath {
  const places = [source.at, ...corners, receiver.at];
  const alongs = [0];
  for (let k = 1; k < places.length; k++) {
    const [a, b] = [places[k - 1] as Xy, places[k] as Xy];
    alongs.push((alongs[k - 1] as number) + Math.hypot(b[0] - a[0], b[1] - a[1]));
  }
  const lengthM = alongs.at(-1) as number;
  const [from, to] = [source.at, receiver.at];
  const sourceM = heightOf(ground, from) + source.overGroundM;
  const receiverM = heightOf(ground, to) + receiver.overGroundM;
  return {
    sourceM,
    receiverM,
    directM: Math.hypot(to[0] - from[0], to[1] - from[1]),
    points: places.map((place, k): CutPoint => {
      const [alongM, next] = [alongs[k] as number, places[k + 1]];
      const isCorner = k > 0 && next !== undefined;
      return {
        ...{ alongM, groundM: heightOf(ground, place) },
        ground: next ? meanFactor(ground, place, next) : 0,
        ...(isCorner && { is: 'corner', topM: sourceM + (alongM / lengthM) * (receiverM - sourceM) }),
      };
    }),
  };
}
