/** The mean plane of ground under a path of sound (annex to Directive (EU) 2015/996, 2.5.3): least squares, exactly. */

/** Along the path and altitude, metres. */
export type Spot = readonly [alongM: number, altitudeM: number];

/** `altitude = slope · along + base`. */
export interface MeanPlane {
  readonly slope: number;
  readonly base: number;
}

/** @param ground from one end to the other; upright stretches count for nothing */
export function meanPlane(ground: readonly Spot[]): MeanPlane {
  const [from, to] = [ground[0] as Spot, ground.at(-1) as Spot];
  const c = to[0] - from[0];
  if (c < 1e-9) return { slope: 0, base: from[1] };
  let [a, b] = [0, 0];
  for (let k = 0; k + 1 < ground.length; k++) {
    const [x, z] = ground[k] as Spot;
    const [nextX, nextZ] = ground[k + 1] as Spot;
    if (nextX - x < 1e-9) continue;
    const slope = (nextZ - z) / (nextX - x);
    const base = z - slope * x;
    a += (2 / 3) * slope * (nextX ** 3 - x ** 3) + base * (nextX ** 2 - x ** 2);
    b += slope * (nextX ** 2 - x ** 2) + 2 * base * (nextX - x);
  }
  return {
    slope: (3 * (2 * a - b * (to[0] + from[0]))) / c ** 3,
    base: (2 * (to[0] ** 3 - from[0] ** 3) * b) / c ** 4 - (3 * (to[0] + from[0]) * a) / c ** 3,
  };
}

/** Square to the plane; below it is negative. */
export const heightOver = ({ slope, base }: MeanPlane, [x, z]: Spot): number =>
  (z - slope * x - base) / Math.hypot(1, slope);

/** Where a place is seen in the plane as in a mirror. */
export function mirrored(plane: MeanPlane, spot: Spot): Spot {
  const twice = (2 * heightOver(plane, spot)) / Math.hypot(1, plane.slope);
  return [spot[0] + twice * plane.slope, spot[1] - twice];
}

/** Distance of two places as projected on the plane. */
export const alongPlane = ({ slope }: MeanPlane, [x, z]: Spot, [toX, toZ]: Spot): number =>
  Math.abs(toX - x + slope * (toZ - z)) / Math.hypot(1, slope);
