/** Whether a ring drawn by hand can be the outline of a building, and its clean form. */
import { invalidParameter } from '../errors.ts';
import { around, distance, distanceToSegment, meet, signedArea, subtract, type Xy } from '../geo/plane.ts';

const SMALLEST_M2 = 4;
const LARGEST_M2 = 100_000;
/** Corners nearer than this are one. */
const SAME_CORNER_M = 0.05;
/** A corner this near to the line between its neighbours is none. */
const STRAIGHT_M = 0.01;
/** An outline turns back on itself when a corner is nearer than this to another side. */
const TOUCH_M = 0.01;

/**
 * The outline open, counter-clockwise, in whole centimetres, without repeated corners.
 * @param footprint easting, northing (m); open or closed
 * @throws TwinError invalid-parameter saying what is wrong and where
 */
export function checkedFootprint(footprint: readonly Xy[], parameter = 'footprint'): readonly Xy[] {
  const refuse = (message: string) => invalidParameter(parameter, message);
  const odd = footprint.find(([e, n]) => !Number.isFinite(e) || !Number.isFinite(n));
  if (odd) throw refuse(`A corner of the building is not a number: ${odd.join(' ')}`);
  const ring = withoutRepeats(
    footprint.map(([e, n]): Xy => [Math.round(e * 100) / 100, Math.round(n * 100) / 100]),
  );
  if (ring.length < 3) {
    throw refuse(`The building has ${ring.length} different corners; draw at least 3, 5 cm apart or more`);
  }
  const crossing = selfCrossing(ring);
  if (crossing) {
    throw refuse(
      `The building is drawn across itself near easting ${crossing[0].toFixed(2)}, northing ${crossing[1].toFixed(2)}; draw it so that its sides do not meet`,
    );
  }
  const corners = ring.filter(
    (corner, i) => distanceToSegment(corner, around(ring, i - 1), around(ring, i + 1)) >= STRAIGHT_M,
  );
  const area = signedAreaM2(corners);
  const sizeM2 = Math.abs(area);
  if (sizeM2 < SMALLEST_M2 || sizeM2 > LARGEST_M2) {
    throw refuse(
      `The building covers ${sizeM2.toFixed(1)} m2; from ${SMALLEST_M2} to ${LARGEST_M2} m2 can be planned`,
    );
  }
  return area > 0 ? corners : corners.toReversed();
}

/** Positive for counter-clockwise outlines; counted from the first corner, since coordinates of millions would eat the decimals. */
export function signedAreaM2(ring: readonly Xy[]): number {
  const [origin = [0, 0] as const] = ring;
  return signedArea(ring.map((corner) => subtract(corner, origin)));
}

function withoutRepeats(ring: readonly Xy[]): Xy[] {
  const kept: Xy[] = [];
  for (const corner of ring) {
    const last = kept.at(-1);
    if (!last || distance(last, corner) >= SAME_CORNER_M) kept.push(corner);
  }
  while (kept.length > 1 && distance(around(kept, 0), around(kept, -1)) < SAME_CORNER_M) kept.pop();
  return kept;
}

/** Where two sides of the closed outline that are no neighbours meet, or a side runs back along its neighbour. */
export function selfCrossing(ring: readonly Xy[]): Xy | undefined {
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [around(ring, i), around(ring, i + 1)];
    for (let k = i + 1; k < ring.length; k++) {
      const [c, d] = [around(ring, k), around(ring, k + 1)];
      const areNeighbours = k === i + 1 || (i === 0 && k === ring.length - 1);
      const at = areNeighbours ? spike(a, b, c, d, k === i + 1) : contact(a, b, c, d);
      if (at) return at;
    }
  }
  return undefined;
}

/** Two sides with a common corner: the far end of one must not lie on the other. */
function spike(a: Xy, b: Xy, c: Xy, d: Xy, inOrder: boolean): Xy | undefined {
  const [shared, from, to] = inOrder ? [b, a, d] : [a, b, c];
  if (distanceToSegment(to, from, shared) < TOUCH_M) return to;
  return distanceToSegment(from, shared, to) < TOUCH_M ? from : undefined;
}

function contact(a: Xy, b: Xy, c: Xy, d: Xy): Xy | undefined {
  for (const [p, from, to] of [
    [a, c, d],
    [b, c, d],
    [c, a, b],
    [d, a, b],
  ] as const) {
    if (distanceToSegment(p, from, to) < TOUCH_M) return p;
  }
  const found = meet(a, subtract(b, a), c, subtract(d, c));
  if (!found || found.t < 0 || found.t > 1 || found.u < 0 || found.u > 1) return undefined;
  return [a[0] + (b[0] - a[0]) * found.t, a[1] + (b[1] - a[1]) * found.t];
}
