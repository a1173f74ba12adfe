/**
 * A closed body cut in two by the upright plane over a line. Faces are cut one by one; where the plane goes through the
 * body, both sides get the same wall. Corners on the plane count as left of it, so that every crossing is one point that
 * all faces share; crossings are rounded to the millimetre, as the register keeps corners.
 */
import type { Position, Ring } from '../geo/geometry.ts';
import { isInside, signedArea, type Xy } from '../geo/plane.ts';
import type { Body, BodyFace } from './body.ts';

/** Whole millimetres in a frame near the body. */
type Mm = readonly [x: number, y: number, z: number];
type Loop = readonly Mm[];

/** A corner nearer to the plane than this lies on it, mm. */
const ON_PLANE_MM = 0.5;

export interface CutBody {
  /** Undefined: nothing of the body lies there. */
  readonly left: Body | undefined;
  readonly right: Body | undefined;
}

/**
 * @param body closed, plane CRS in metres
 * @param from @param to two places on the line, easting and northing; it is cut all the way through
 */
export function cutBody(body: Body, from: Xy, to: Xy): CutBody {
  const origin = [Math.floor(from[0]), Math.floor(from[1])] as const;
  const plane = planeThrough(from, to, origin);
  const sides = [true, false].map((isLeft): Body | undefined => {
    const faces: BodyFace[] = [];
    let kinds = '';
    const seam: (readonly [Mm, Mm])[] = [];
    body.faces.forEach((face, i) => {
      for (const piece of cutFace(
        face.map((ring) => toMm(ring, origin)),
        plane,
        isLeft,
        seam,
      )) {
        faces.push(piece.map((loop) => toRing(loop, origin)));
        kinds += body.kinds[i] ?? 'O';
      }
    });
    for (const wall of wallsOf(seam, plane, isLeft)) {
      faces.push(wall.map((loop) => toRing(loop, origin)));
      kinds += 'W';
    }
    return faces.length === 0 ? undefined : { faces, kinds };
  });
  return { left: sides[0], right: sides[1] };
}

interface Plane {
  /** Millimetres left of the line; negative on its right. */
  readonly distance: (p: Mm) => number;
  /** Millimetres along the line. */
  readonly along: (p: Mm) => number;
}

function planeThrough(from: Xy, to: Xy, [e0, n0]: Xy): Plane {
  const [x0, y0] = [(from[0] - e0) * 1000, (from[1] - n0) * 1000];
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  return {
    distance: ([x, y]) => ux * (y - y0) - uy * (x - x0),
    along: ([x, y]) => ux * (x - x0) + uy * (y - y0),
  };
}

const toMm = (ring: Ring, [e0, n0]: readonly [number, number]): Mm[] =>
  ring
    .slice(1)
    .map(([x, y, z = 0]) => [Math.round((x - e0) * 1000), Math.round((y - n0) * 1000), Math.round(z * 1000)]);

function toRing(loop: Loop, [e0, n0]: readonly [number, number]): Ring {
  const at = ([x, y, z]: Mm): Position => [(e0 * 1000 + x) / 1000, (n0 * 1000 + y) / 1000, z / 1000];
  return [...loop, loop[0] as Mm].map(at);
}

const same = (a: Mm, b: Mm): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2];

/** The same point whichever way the edge is walked. */
function crossing(p: Mm, q: Mm, { distance }: Plane): Mm {
  const isTurned = p[0] > q[0] || (p[0] === q[0] && (p[1] > q[1] || (p[1] === q[1] && p[2] > q[2])));
  const [a, b] = isTurned ? [q, p] : [p, q];
  const [da, db] = [distance(a), distance(b)];
  const t = Math.min(1, Math.max(0, da / (da - db)));
  const between = (axis: 0 | 1 | 2) => Math.round(a[axis] + (b[axis] - a[axis]) * t);
  return [between(0), between(1), between(2)];
}

/** A run of a ring on the wanted side: where it comes in, its corners, where it goes out. */
interface Run {
  readonly points: Mm[];
  readonly enter: Mm;
  readonly leave: Mm;
}

/** The pieces of a face on one side. @param seam gets the edges along the plane, each as its piece walks it */
function cutFace(
  rings: readonly Loop[],
  plane: Plane,
  isLeft: boolean,
  seam: (readonly [Mm, Mm])[],
): Loop[][] {
  const isWanted = (p: Mm) => plane.distance(p) > -ON_PLANE_MM === isLeft;
  const runs: Run[] = [];
  const whole: Loop[] = [];
  for (const ring of rings) {
    if (ring.every(isWanted)) whole.push(ring);
    else runs.push(...runsOf(ring, isWanted, plane));
  }
  if (runs.length === 0) return whole.length > 0 && whole[0] === rings[0] ? [[...whole]] : [];
  const loops = linked(runs, seam);
  return withHoles(loops, whole);
}

function runsOf(ring: Loop, isWanted: (p: Mm) => boolean, plane: Plane): Run[] {
  const start = ring.findIndex((p, i) => isWanted(p) && !isWanted(ring.at(i - 1) as Mm));
  if (start === -1) return [];
  const runs: Run[] = [];
  let run: Run | undefined;
  ring.forEach((_, i) => {
    const p = ring[(start + i) % ring.length] as Mm;
    const before = ring.at((start + i - 1) % ring.length) as Mm;
    if (isWanted(p)) {
      if (run) run.points.push(p);
      else run = { points: [p], enter: crossing(before, p, plane), leave: p };
    } else if (run) {
      runs.push({ ...run, leave: crossing(before, p, plane) });
      run = undefined;
    }
  });
  return runs;
}

/** Runs joined along the plane: between crossings, taken in order along it, the face lies in every second gap. */
function linked(runs: readonly Run[], seam: (readonly [Mm, Mm])[]): Loop[] {
  const ends = runs.flatMap((run) => [
    { run, at: run.enter, isEnter: true },
    { run, at: run.leave, isEnter: false },
  ]);
  const order = alongTheirLine(ends.map(({ at }) => at));
  const sorted = ends.map((end, i) => ({ ...end, place: order[i] ?? 0 })).sort((a, b) => a.place - b.place);
  const next = new Map<Run, Run>();
  while (sorted.length > 1) {
    const [a, b] = sorted.splice(0, 2) as [(typeof sorted)[0], (typeof sorted)[0]];
    // Of ends at one corner either may come first.
    const twin =
      a.isEnter === b.isEnter ? sorted.findIndex((c) => c.isEnter !== a.isEnter && same(c.at, b.at)) : -1;
    const other = twin === -1 ? b : (sorted.splice(twin, 1, b)[0] as typeof b);
    if (a.isEnter === other.isEnter) continue;
    const [leaving, entering] = a.isEnter ? [other, a] : [a, other];
    next.set(leaving.run, entering.run);
    if (!same(leaving.at, entering.at)) seam.push([leaving.at, entering.at]);
  }
  const loops: Loop[] = [];
  const left = new Set(runs);
  for (const first of runs) {
    if (!left.has(first)) continue;
    const loop: Mm[] = [];
    let run: Run | undefined = first;
    while (run && left.has(run)) {
      left.delete(run);
      loop.push(run.enter, ...run.points, run.leave);
      run = next.get(run);
    }
    const clean = withoutRepeats(loop);
    if (clean.length >= 3) loops.push(clean);
  }
  return loops;
}

/** How far each of some points of one line lies along it. */
function alongTheirLine(points: readonly Mm[]): number[] {
  const [a] = points as [Mm];
  const away = (p: Mm, q: Mm) => (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 + (p[2] - q[2]) ** 2;
  const end = points.reduce((far, p) => (away(p, a) > away(far, a) ? p : far), a);
  return points.map((p) => {
    const from = [p[0] - a[0], p[1] - a[1], p[2] - a[2]] as const;
    return from[0] * (end[0] - a[0]) + from[1] * (end[1] - a[1]) + from[2] * (end[2] - a[2]);
  });
}

const withoutRepeats = (loop: Loop): Mm[] => loop.filter((p, i) => !same(p, loop.at(i - 1) as Mm));

/** Each hole in the piece that it lies in. */
function withHoles(loops: readonly Loop[], holes: readonly Loop[]): Loop[][] {
  const pieces = loops.map((loop) => [loop]);
  for (const hole of holes) {
    const home = pieces.find(([shell = []]) => holds(shell, hole)) ?? pieces[0];
    home?.push(hole);
  }
  return pieces;
}

/** Looked at along the axis across which the face is widest. */
function holds(shell: Loop, inner: Loop): boolean {
  const dropped = flattestAxis(shell);
  const flat = (p: Mm): Xy => p.filter((_, axis) => axis !== dropped) as unknown as Xy;
  const [at] = inner;
  return at !== undefined && isInside(shell.map(flat), flat(at));
}

function flattestAxis(loop: Loop): number {
  const areas = [0, 1, 2].map((dropped) =>
    Math.abs(signedArea(loop.map((p) => p.filter((_, axis) => axis !== dropped) as unknown as Xy))),
  );
  return areas.indexOf(Math.max(...areas));
}

/** The walls that close one side, out of the edges that its faces have along the plane. */
function wallsOf(seam: readonly (readonly [Mm, Mm])[], { along }: Plane, isLeft: boolean): Loop[][] {
  const edges = new Map<string, (readonly [Mm, Mm])[]>();
  const key = ([x, y, z]: Mm) => `${x} ${y} ${z}`;
  const name = (a: Mm, b: Mm) => `${key(a)}|${key(b)}`;
  const counted = new Map<string, number>();
  for (const [a, b] of seam) counted.set(name(a, b), (counted.get(name(a, b)) ?? 0) + 1);
  for (const [a, b] of seam) {
    // The wall walks every edge against the face; what two faces walk both ways is closed already.
    const back = counted.get(name(b, a)) ?? 0;
    const here = counted.get(name(a, b)) ?? 0;
    if (here <= back) continue;
    counted.set(name(a, b), here - 1);
    edges.set(key(b), [...(edges.get(key(b)) ?? []), [b, a]]);
  }
  const flat = (p: Mm): Xy => [along(p), p[2]];
  const loops: Loop[] = [];
  for (const start of [...edges.values()].flat()) {
    const loop = chain(start, edges, key, flat, isLeft ? -1 : 1);
    if (loop.length >= 3) loops.push(loop);
  }
  // Along the line and up, the wall of the left side is counter-clockwise: so it looks to the right.
  const isShell = (loop: Loop) => signedArea(loop.map(flat)) > 0 === isLeft;
  const shells = loops.filter(isShell).map((loop) => [loop]);
  for (const hole of loops.filter((loop) => !isShell(loop))) {
    const [corner] = hole;
    const home = shells.find(([shell = []]) => corner && isInside(shell.map(flat), flat(corner)));
    home?.push(hole);
  }
  return shells;
}

/** The loop that begins with an edge; where several go on, the one that turns most to the side (1 right, -1 left). Takes its edges away. */
function chain(
  start: readonly [Mm, Mm],
  edges: Map<string, (readonly [Mm, Mm])[]>,
  key: (p: Mm) => string,
  flat: (p: Mm) => Xy,
  side: 1 | -1,
): Loop {
  const take = (edge: readonly [Mm, Mm]) => {
    const list = edges.get(key(edge[0])) ?? [];
    edges.set(
      key(edge[0]),
      list.filter((each) => each !== edge),
    );
  };
  if (!(edges.get(key(start[0])) ?? []).includes(start)) return [];
  const loop: Mm[] = [];
  let edge = start;
  for (;;) {
    take(edge);
    loop.push(edge[0]);
    if (same(edge[1], start[0])) return loop;
    const [from, at] = [flat(edge[0]), flat(edge[1])];
    const heading = Math.atan2(at[1] - from[1], at[0] - from[0]);
    const turn = ([, to]: readonly [Mm, Mm]) => {
      const [x, y] = flat(to);
      const angle = Math.atan2(y - at[1], x - at[0]) - heading;
      return ((angle + 3 * Math.PI) % (2 * Math.PI)) - Math.PI;
    };
    const [following] = (edges.get(key(edge[1])) ?? []).toSorted((a, b) => side * (turn(a) - turn(b)));
    if (!following) return [];
    edge = following;
  }
}
