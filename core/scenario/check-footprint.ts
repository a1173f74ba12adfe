/** Whether a ring drawn by hand can be the outline of a building, of a zone or of shaped ground, and its clean form. */
import { invalidParameter } from '../errors.ts';
import { around, distance, distanceToSegment, meet, signedArea, subtract, type Xy } from '../geo/plane.ts';

/** What is drawn, as messages say it, and how large it may be. */
export interface Drawn {
  readonly what: string;
  readonly smallestM2: number;
  readonly largestM2: number;
}

const BUILDING: Drawn = { what: 'building', smallestM2: 4, largestM2: 100_000 };
/** Corners nearer than this are one. */
const SAME_CORNER_M = 0.05;
/** A corner this near to the line between its neighbours is none. */
const STRAIGHT_M = 0.01;
/** An outline turns back on itself when a corner is nearer than this to another side. */
const TOUCH_M = 0.01;

/**
 * The outline of a building; see `checkedOutline`.
 * @param footprint easting, northing (m); open or closed
 * @throws TwinError invalid-parameter saying what is wrong and where
 */
export const checkedFootprint = (footprint: readonly Xy[], parameter = 'footprint'): readonly Xy[] =>
  checkedOutline(footprint, BUILDING, parameter);

/**
 * The outline open, counter-clockwise, in whole centimetres, without repeated corners.
 * @param outline easting, northing (m); open or closed
 * @throws TwinError invalid-parameter saying what is wrong and where
 */
export function checkedOutline(
  outline: readonly Xy[],
  { what, smallestM2, largestM2 }: Drawn,
  parameter = 'outline',
): readonly Xy[] {
  const refuse = (message: string) => invalidParameter(parameter, message);
  const odd = outline.find(([e, n]) => !Number.isFinite(e) || !Number.isFinite(n));
  if (odd) throw refuse(`A corner of the ${what} is not a number: ${odd.join(' ')}`);
  const ring = withoutRepeats(
    outline.map(([e, n]): Xy => [Math.round(e * 100) / 100, Math.round(n * 100) / 100]),
  );
  if (ring.length < 3) {
    throw refuse(`The ${what} has ${ring.length} different corners; draw at least 3, 5 cm apart or more`);
  }
  const crossing = selfCrossing(ring);
  if (crossing) {
    throw refuse(
      `The ${what} is drawn across itself near easting ${crossing[0].toFixed(2)}, northing ${crossing[1].toFixed(2)}; draw it so that its sides do not meet`,
    );
  }
  const corners = ring.filter(
    (corner, i) => distanceToSegment(corner, around(ring, i - 1), around(ring, i + 1)) >= STRAIGHT_M,
  );
  const area = signedAreaM2(corners);
  const sizeM2 = Math.abs(area);
  if (sizeM2 < smallestM2 || sizeM2 > largestM2) {
    throw refuse(
      `The ${what} covers ${sizeM2.toFixed(1)} m2; from ${smallestM2} to ${largestM2} m2 can be planned`,
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
