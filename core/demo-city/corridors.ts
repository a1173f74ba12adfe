/**
 * The ground between quarters: from the centre lines of a skeleton to the outlines of quarters and of the
 * corridor parcels between them, on shared corners in whole centimetres.
 */
import { add, around, between, distance, meet, subtract, type Xy } from '../geo/plane.ts';
import { parallel } from '../geo/polyline.ts';
import {
  CORRIDOR_RANK,
  edgeOf,
  facesOf,
  HALF_WIDTH_M,
  type HalfEdge,
  pathOf,
  type Skeleton,
  type SkeletonEdge,
  type SkeletonFaces,
  twinOf,
} from './skeleton.ts';
import type { Beyond } from './subdivision.ts';

export interface Corridors {
  readonly faces: SkeletonFaces;
  /** Outline of each face in centimetres (the outside face runs clockwise round the town). */
  readonly outlines: readonly Outline[];
  /** Ground of each edge with the junctions that belong to it. */
  readonly grounds: readonly CorridorGround[];
}

export interface Outline {
  readonly ringCm: readonly Xy[];
  readonly beyond: readonly Beyond[];
}

export interface CorridorGround {
  readonly edge: number;
  readonly ringCm: readonly Xy[];
  /** Faces whose corners may still fall on its sides. */
  readonly faces: readonly number[];
}

const toCm = ([x, y]: Xy): Xy => [Math.round(x * 100), Math.round(y * 100)];

export function corridorsOf(skeleton: Skeleton): Corridors {
  const faces = facesOf(skeleton);
  const sides: Xy[][] = [];
  const corners = new Map<HalfEdge, Xy[]>();
  const offsets = skeleton.edges.flatMap((_, edge) => [
    offsetOf(skeleton, 2 * edge),
    offsetOf(skeleton, 2 * edge + 1),
  ]);
  for (const face of faces.faces) {
    const turns = face.map((half, i) => turn(skeleton, offsets, half, around(face, i + 1)));
    face.forEach((half, i) => {
      const before = around(turns, i - 1);
      const after = around(turns, i);
      sides[half] = trim(offsets[half] as Xy[], before.leave, after.arrive);
      corners.set(around(face, i + 1), after.corner.map(toCm));
    });
  }
  const outlines = faces.faces.map((face) => outlineOf(skeleton, face, sides, corners));
  return { faces, outlines, grounds: groundsOf(skeleton, faces, sides, corners) };
}

/** The edge of the corridor at the left of a half-edge, untrimmed. */
function offsetOf(skeleton: Skeleton, half: HalfEdge): Xy[] {
  const { kind } = skeleton.edges[edgeOf(half)] as SkeletonEdge;
  return parallel(pathOf(skeleton, half), HALF_WIDTH_M[kind]);
}

/** A place on an offset line: segment and position on it, beyond 0..1 at the ends. */
interface OnLine {
  readonly segment: number;
  readonly t: number;
}
interface Turn {
  readonly arrive: OnLine;
  readonly leave: OnLine;
  /** Corner points between both, ends included. */
  readonly corner: readonly Xy[];
}

const pointOn = (line: readonly Xy[], { segment, t }: OnLine): Xy =>
  between(line[segment] as Xy, line[segment + 1] as Xy, t);

/** How the outline of a face turns from the half-edge it arrives by to the one it leaves by. */
function turn(skeleton: Skeleton, offsets: readonly Xy[][], arriving: HalfEdge, leaving: HalfEdge): Turn {
  const a = offsets[arriving] as Xy[];
  const b = offsets[leaving] as Xy[];
  const met = firstMeeting(a, b);
  const edges = [skeleton.edges[edgeOf(arriving)], skeleton.edges[edgeOf(leaving)]] as const;
  const node = skeleton.nodes[leaving & 1 ? (edges[1] as SkeletonEdge).to : (edges[1] as SkeletonEdge).from];
  if (!met) {
    const arrive = { segment: a.length - 2, t: 1 };
    const leave = { segment: 0, t: 0 };
    const [end, start] = [pointOn(a, arrive), pointOn(b, leave)];
    // Nearly straight on: one corner between both ends, unless the width changes.
    return { arrive, leave, corner: distance(end, start) < 3 ? [between(end, start, 0.5)] : [end, start] };
  }
  // A round square cuts only the corners that reach into it.
  const round = node?.roundM && distance(pointOn(a, met.onA), node.at) < node.roundM - 1 ? node.roundM : 0;
  const splayM = splayOf(edges[0], edges[1], met.angle);
  const cut = (line: readonly Xy[], from: OnLine, step: 1 | -1): OnLine =>
    round && node ? leaveCircle(line, from, step, node.at, round) : advance(line, from, step, splayM);
  const arrive = cut(a, met.onA, -1);
  const leave = cut(b, met.onB, 1);
  const [p, q] = [pointOn(a, arrive), pointOn(b, leave)];
  if (round && node && distance(p, q) > 3) return { arrive, leave, corner: arc(node.at, round, p, q) };
  return { arrive, leave, corner: distance(p, q) < 0.4 ? [p] : [p, q] };
}

/** The length cut off a street corner, after the custom of corner splays. */
function splayOf(one: SkeletonEdge | undefined, two: SkeletonEdge | undefined, angle: number): number {
  const open = (edge: SkeletonEdge | undefined) =>
    edge?.kind === 'avenue' || edge?.kind === 'collector' || edge?.kind === 'street' || edge?.kind === 'lane';
  if (!open(one) || !open(two) || angle < 0.35) return 0;
  if (one?.kind === 'lane' && two?.kind === 'lane') return 0;
  return one?.kind === 'lane' || two?.kind === 'lane' ? 2.5 : 5.5;
}

/** The meeting of two offset lines nearest to their node, the end segments prolonged. */
function firstMeeting(a: readonly Xy[], b: readonly Xy[]) {
  let best: { onA: OnLine; onB: OnLine; angle: number } | undefined;
  let bestScore = Infinity;
  const reach = 6;
  for (let i = a.length - 2; i >= Math.max(0, a.length - 2 - reach); i--) {
    for (let j = 0; j < Math.min(b.length - 1, reach + 1); j++) {
      const [p, q] = [a[i] as Xy, b[j] as Xy];
      const r = subtract(a[i + 1] as Xy, p);
      const s = subtract(b[j + 1] as Xy, q);
      const hit = meet(p, r, q, s);
      if (!hit) continue;
      const extraA = i === a.length - 2 ? 70 / Math.hypot(...r) : 0;
      const extraB = j === 0 ? 70 / Math.hypot(...s) : 0;
      if (hit.t < 0 || hit.t > 1 + extraA || hit.u > 1 || hit.u < -extraB) continue;
      const sine = Math.abs(r[0] * s[1] - r[1] * s[0]) / (Math.hypot(...r) * Math.hypot(...s));
      if (sine < 0.16 && r[0] * s[0] + r[1] * s[1] > 0) continue;
      const score = a.length - 2 - i + j + Math.max(0, hit.t - 1) + Math.max(0, -hit.u);
      if (score < bestScore) {
        bestScore = score;
        best = {
          onA: { segment: i, t: hit.t },
          onB: { segment: j, t: hit.u },
          angle: Math.asin(Math.min(1, sine)),
        };
      }
    }
  }
  return best;
}

/** A place some metres on or back along a line from another, never past two fifths of the line. */
function advance(line: readonly Xy[], from: OnLine, step: 1 | -1, metres: number): OnLine {
  const lengths = line.slice(1).map((p, i) => distance(line[i] as Xy, p));
  const before = lengths.slice(0, from.segment).reduce((sum, length) => sum + length, 0);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const start = before + from.t * (lengths[from.segment] as number);
  let left = start + step * Math.min(metres, 0.4 * total);
  for (let segment = 0; ; segment++) {
    const length = lengths[segment] as number;
    if (left <= length || segment === lengths.length - 1) return { segment, t: left / length };
    left -= length;
  }
}

/** Where a line leaves a circle round the node. */
function leaveCircle(line: readonly Xy[], from: OnLine, step: 1 | -1, centre: Xy, radiusM: number): OnLine {
  for (let segment = from.segment; segment >= 0 && segment < line.length - 1; segment += step) {
    const p = line[segment] as Xy;
    const d = subtract(line[segment + 1] as Xy, p);
    const f = subtract(p, centre);
    const [a, b, c] = [
      d[0] ** 2 + d[1] ** 2,
      d[0] * f[0] + d[1] * f[1],
      f[0] ** 2 + f[1] ** 2 - radiusM ** 2,
    ];
    const root = b * b - a * c;
    if (root < 0) return from;
    const t = (-b + step * Math.sqrt(root)) / a;
    if (t >= -0.001 && t <= 1.001) return { segment, t };
  }
  return from;
}

function arc(centre: Xy, radiusM: number, from: Xy, to: Xy): Xy[] {
  const start = Math.atan2(from[1] - centre[1], from[0] - centre[0]);
  let sweep = Math.atan2(to[1] - centre[1], to[0] - centre[0]) - start;
  // With the face at the left, its outline passes the node clockwise.
  while (sweep > 0) sweep -= 2 * Math.PI;
  while (sweep <= -2 * Math.PI) sweep += 2 * Math.PI;
  if (sweep < -1.7 * Math.PI) return [from, to];
  const steps = Math.max(2, Math.round((Math.abs(sweep) * radiusM) / 6));
  const points: Xy[] = [from];
  for (let i = 1; i < steps; i++) {
    const angle = start + (sweep * i) / steps;
    points.push(add(centre, [Math.cos(angle), Math.sin(angle)], radiusM));
  }
  return [...points, to];
}

/** Points of a line nearer to its corner than this are dropped. */
const NEAR_CORNER_CM = 160;

/** Points strictly between two places on a line. */
function trim(line: readonly Xy[], from: OnLine, to: OnLine): Xy[] {
  const start = pointOn(line, from);
  const end = pointOn(line, to);
  return line
    .slice(from.segment + 1, to.segment + 1)
    .map(toCm)
    .filter((p) => distance(p, toCm(start)) > NEAR_CORNER_CM && distance(p, toCm(end)) > NEAR_CORNER_CM);
}

/** Outline of a face: for each half-edge its corner, then its side. `corners` are kept by the leaving half-edge. */
function outlineOf(
  skeleton: Skeleton,
  face: readonly HalfEdge[],
  sides: readonly Xy[][],
  corners: ReadonlyMap<HalfEdge, readonly Xy[]>,
): Outline {
  const ringCm: Xy[] = [];
  const beyond: Beyond[] = [];
  for (const half of face) {
    const corner = corners.get(half) ?? [];
    const side = [...(corner.slice(-1) as Xy[]), ...(sides[half] as Xy[])];
    const kind = (skeleton.edges[edgeOf(half)] as SkeletonEdge).kind;
    for (const p of corner.slice(0, -1)) {
      ringCm.push(p);
      const side = beyondOf(kind);
      beyond.push(side === 'closed' || side === 'water' ? side : 'street');
    }
    for (const p of side) {
      ringCm.push(p);
      beyond.push(beyondOf(kind));
    }
  }
  return { ringCm, beyond };
}

function beyondOf(kind: SkeletonEdge['kind']): Beyond {
  if (kind === 'river' || kind === 'stream') return 'water';
  if (kind === 'railway') return 'closed';
  if (kind === 'path') return 'path';
  return kind === 'avenue' || kind === 'collector' ? 'avenue' : 'street';
}

function groundsOf(
  skeleton: Skeleton,
  faces: SkeletonFaces,
  sides: readonly Xy[][],
  corners: ReadonlyMap<HalfEdge, readonly Xy[]>,
): CorridorGround[] {
  const owner = faces.leaving.map((list) => edgeOf(ownerOf(skeleton, list)));
  return skeleton.edges.map((ends, edge) => {
    const near = new Set<number>([faces.faceOf[2 * edge] as number, faces.faceOf[2 * edge + 1] as number]);
    const cap = (node: number, half: HalfEdge): Xy[] => {
      if (owner[node] !== edge) return [leftStart(corners, half), rightStart(faces, corners, node, half)];
      for (const other of faces.leaving[node] ?? []) near.add(faces.faceOf[other] as number);
      return capRound(faces, corners, node, half);
    };
    const forward = 2 * edge;
    const ring = [
      ...(sides[twinOf(forward)] as Xy[]).toReversed(),
      ...cap(ends.to, twinOf(forward)),
      ...(sides[forward] as Xy[]).toReversed(),
      ...cap(ends.from, forward),
    ];
    near.delete(0);
    return { edge, ringCm: withoutRepeats(ring), faces: [...near] };
  });
}

function ownerOf(skeleton: Skeleton, leaving: readonly HalfEdge[]): HalfEdge {
  const rank = (half: HalfEdge) => CORRIDOR_RANK.indexOf((skeleton.edges[edgeOf(half)] as SkeletonEdge).kind);
  return leaving.reduce((best, half) => {
    const better = rank(half) - rank(best) || edgeOf(half) - edgeOf(best);
    return better < 0 ? half : best;
  });
}

/** The corner of the face at the left of a leaving half-edge, on the side of that half-edge. */
const leftStart = (corners: ReadonlyMap<HalfEdge, readonly Xy[]>, half: HalfEdge): Xy =>
  (corners.get(half) as readonly Xy[]).slice(-1)[0] as Xy;

/** The corner at the right: it belongs to the face between this and the next half-edge clockwise. */
function rightStart(
  faces: SkeletonFaces,
  corners: ReadonlyMap<HalfEdge, readonly Xy[]>,
  node: number,
  half: HalfEdge,
): Xy {
  const list = faces.leaving[node] as readonly HalfEdge[];
  const clockwise = around(list, list.indexOf(half) - 1);
  return (corners.get(clockwise) as readonly Xy[])[0] as Xy;
}

/** All corners round a junction, counter-clockwise from the left of a half-edge to its right. */
function capRound(
  faces: SkeletonFaces,
  corners: ReadonlyMap<HalfEdge, readonly Xy[]>,
  node: number,
  half: HalfEdge,
): Xy[] {
  const list = faces.leaving[node] as readonly HalfEdge[];
  const start = list.indexOf(half);
  return list.flatMap((_, i) => (corners.get(around(list, start + i)) as readonly Xy[]).toReversed());
}

function withoutRepeats(ring: readonly Xy[]): Xy[] {
  return ring.filter((p, i) => {
    const before = around(ring, i - 1);
    return p[0] !== before[0] || p[1] !== before[1];
  });
}
