import type { Position } from './geometry.ts';

/** Largest distance between an arc and its chords, in units of a metric CRS. */
const CHORD_TOLERANCE_M = 0.001;
const MAX_CHORDS = 10_000;

/**
 * An arc through three positions as short chords that stay within 1 mm of it. The three positions themselves
 * are kept exactly; heights run evenly between them. A straight "arc" comes back as it is.
 * @param full goes on from the third position around to the first: a circle
 * @returns positions from the first to the last, both included; undefined for a straight circle
 */
export function strokeArc(a: Position, b: Position, c: Position, full = false): Position[] | undefined {
  const centre = centreOf(a, b, c);
  if (centre === undefined) return full ? undefined : [a, b, c];
  const counterClockwise = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0;
  const leg = (from: Position, to: Position) => chords(centre, from, to, counterClockwise);
  return [...leg(a, b), ...leg(b, c), ...(full ? leg(c, a) : []), full ? a : c];
}

function centreOf(a: Position, b: Position, c: Position): readonly [number, number] | undefined {
  // Relative to `a`, so that coordinates of millions do not eat the digits.
  const [bx, by] = [b[0] - a[0], b[1] - a[1]];
  const [cx, cy] = [c[0] - a[0], c[1] - a[1]];
  const d = 2 * (bx * cy - by * cx);
  const size = Math.max(Math.hypot(bx, by), Math.hypot(cx, cy));
  if (Math.abs(d) < 1e-9 * size * size) return undefined;
  const bb = bx * bx + by * by;
  const cc = cx * cx + cy * cy;
  return [a[0] + (cy * bb - by * cc) / d, a[1] + (bx * cc - cx * bb) / d];
}

/** From `from` up to but without `to`. */
function chords(
  [cx, cy]: readonly [number, number],
  from: Position,
  to: Position,
  counterClockwise: boolean,
): Position[] {
  const radius = Math.hypot(from[0] - cx, from[1] - cy);
  const begin = Math.atan2(from[1] - cy, from[0] - cx);
  const turn = Math.atan2(to[1] - cy, to[0] - cx) - begin;
  const fullTurn = 2 * Math.PI;
  const sweep = counterClockwise ? (turn + fullTurn) % fullTurn : (turn - fullTurn) % fullTurn;
  const stepAngle = 2 * Math.acos(Math.max(0, 1 - CHORD_TOLERANCE_M / radius));
  const count = Math.min(MAX_CHORDS, Math.max(1, Math.ceil(Math.abs(sweep) / stepAngle)));
  const positions: Position[] = [from];
  for (let i = 1; i < count; i++) {
    const angle = begin + (sweep * i) / count;
    const [x, y] = [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
    const [z0, z1] = [from[2], to[2]];
    positions.push(z0 === undefined || z1 === undefined ? [x, y] : [x, y, z0 + ((z1 - z0) * i) / count]);
  }
  return positions;
}
