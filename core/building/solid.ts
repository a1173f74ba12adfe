/**
 * A building as a closed solid (CityGML LOD2): one ground surface, upright walls, roof faces. Corners are shared
 * to the millimetre, every edge has exactly two faces, and every face is counter-clockwise seen from outside.
 */

import { around, clipConvex, distance, middleOf, signedArea, type Xy } from '../geo/plane.ts';
import type { BuildingPart } from './building-part.ts';
import { flatRoof, heightOn, lowest } from './roofs.ts';

export type SurfaceKind = 'G' | 'W' | 'R';
/** Millimetres in the frame of the parts; heights above the building's ground. */
export type XyzMm = readonly [x: number, y: number, z: number];

export interface Surface {
  readonly kind: SurfaceKind;
  readonly ring: readonly XyzMm[];
}

export interface Solid {
  /** Outline in whole centimetres, counter-clockwise, open. */
  readonly footprintCm: readonly Xy[];
  readonly surfaces: readonly Surface[];
  readonly heightMm: number;
  /** Whether the roof could not be closed as designed and was made level. */
  readonly simplified: boolean;
}

/** Places nearer than this are one (mm). */
const SAME_MM = 24;
/** A place nearer than this to an edge is on it (mm). */
const ON_EDGE_MM = 14;

/** Places of one building, and the heights at which something happens at each. */
class Places {
  readonly at: Xy[] = [];
  readonly heights: number[][] = [];

  index([x, y]: Xy): number {
    const known = this.at.findIndex((p) => Math.abs(p[0] - x) < SAME_MM && Math.abs(p[1] - y) < SAME_MM);
    if (known !== -1) return known;
    this.at.push([Math.round(x), Math.round(y)]);
    this.heights.push([0]);
    return this.at.length - 1;
  }

  /** A height at a place, joined with a known one less than 3 cm away. */
  height(place: number, zMm: number): number {
    const list = this.heights[place] as number[];
    const known = list.find((z) => Math.abs(z - zMm) < 30);
    if (known !== undefined) return known;
    list.push(Math.round(zMm));
    return Math.round(zMm);
  }

  /** The ring with every known place that lies on one of its edges. */
  noded(ring: readonly number[]): number[] {
    return ring.flatMap((a, i) => [a, ...this.#onEdge(a, around(ring, i + 1))]);
  }

  #onEdge(a: number, b: number): number[] {
    const [p, q] = [this.at[a] as Xy, this.at[b] as Xy];
    const length = distance(p, q);
    if (length < 1) return [];
    const found: { place: number; t: number }[] = [];
    this.at.forEach((r, place) => {
      if (place === a || place === b) return;
      const t = ((r[0] - p[0]) * (q[0] - p[0]) + (r[1] - p[1]) * (q[1] - p[1])) / length;
      if (t <= 0 || t >= length) return;
      const away = Math.abs((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])) / length;
      if (away < ON_EDGE_MM) found.push({ place, t });
    });
    return found.sort((one, two) => one.t - two.t).map(({ place }) => place);
  }
}

interface Body {
  readonly part: BuildingPart;
  /** Ring of the part with the corners of its neighbours. */
  ring: readonly number[];
  faces: readonly (readonly number[])[];
  /** Height of the roof at each place of its ring and faces. */
  readonly top: Map<number, number>;
}

/** The solid of a building; a roof that does not close (a handful in a hundred thousand) is made level. */
export function buildSolid(parts: readonly BuildingPart[]): Solid {
  const solid = attempt(parts);
  if (solid && isClosed(solid.surfaces) && solid.surfaces.every(isFlat)) return solid;
  const level = parts.map(({ ring, planes }) => ({ ring, planes: flatRoof(levelOf(ring, planes)) }));
  return { ...solidOf(level), simplified: true };
}

function attempt(parts: readonly BuildingPart[]): Solid | undefined {
  try {
    return solidOf(parts);
  } catch (error) {
    if (error instanceof OpenRoof) return undefined;
    throw error;
  }
}

/** A roof whose faces do not meet. */
class OpenRoof extends Error {}

/** Whether the corners of a surface lie within a centimetre and a half of one plane. */
function isFlat({ kind, ring }: Surface): boolean {
  if (kind === 'G' || ring.length < 4) return true;
  const [ox, oy, oz] = ring[0] as XyzMm;
  const local = ring.map(([x, y, z]): XyzMm => [x - ox, y - oy, z - oz]);
  let [a, b, c] = [0, 0, 0];
  local.forEach((p, i) => {
    const q = around(local, i + 1);
    a += (p[1] - q[1]) * (p[2] + q[2]);
    b += (p[2] - q[2]) * (p[0] + q[0]);
    c += (p[0] - q[0]) * (p[1] + q[1]);
  });
  const length = Math.hypot(a, b, c);
  const heights = local.map(([x, y, z]) => (a * x + b * y + c * z) / length);
  return Math.max(...heights) - Math.min(...heights) < 15;
}

/** Half way between the eaves and the top. */
function levelOf(ring: readonly Xy[], planes: BuildingPart['planes']): number {
  const eaves = Math.min(...ring.map((p) => lowest(planes, p)));
  const top = Math.max(...ring.map((p) => lowest(planes, p)), lowest(planes, middleOf(ring)));
  return (eaves + top) / 2;
}

/** Whether every edge is walked once in each direction. */
function isClosed(surfaces: readonly Surface[]): boolean {
  const [ox, oy] = surfaces[0]?.ring[0] ?? [0, 0];
  const ids = new Map<number, number>();
  const id = (p: XyzMm) => {
    // 18 bits for each of x and y from the first corner (131 m either way), 17 for the height.
    const key = ((p[0] - ox + 131072) * 262144 + (p[1] - oy + 131072)) * 131072 + p[2];
    const known = ids.get(key) ?? ids.size;
    ids.set(key, known);
    return known;
  };
  const edges = new Set<number>();
  for (const { ring } of surfaces) {
    const corners = ring.map(id);
    for (const [i, a] of corners.entries()) {
      const edge = a * 65536 + around(corners, i + 1);
      if (edges.has(edge)) return false;
      edges.add(edge);
    }
  }
  for (const edge of edges) if (!edges.has((edge % 65536) * 65536 + Math.floor(edge / 65536))) return false;
  return true;
}

/** @throws Error when the parts do not make one outline: a fault of the design, not of its data. */
function solidOf(parts: readonly BuildingPart[]): Solid {
  const places = new Places();
  const bodies: Body[] = parts.map((part) => ({
    part,
    ring: dropRepeats(
      part.ring.map(([x, y]) => places.index([Math.round(x * 100) * 10, Math.round(y * 100) * 10])),
    ),
    faces: [],
    top: new Map(),
  }));
  if (parts.length > 1) for (const body of bodies) body.ring = places.noded(body.ring);
  const outline = outlineOf(bodies.map(({ ring }) => ring));
  for (const body of bodies) body.faces = roofFaces(places, body);
  for (const body of bodies) body.faces = body.faces.map((face) => places.noded(face));
  for (const body of bodies) setHeights(places, body);

  const surfaces: Surface[] = [
    { kind: 'G', ring: outline.toReversed().map((place) => xyz(places, place, 0)) },
    ...walls(places, bodies, new Set(outline)),
    ...bodies.flatMap((body) =>
      body.faces.map(
        (face): Surface => ({ kind: 'R', ring: face.map((p) => xyz(places, p, body.top.get(p) as number)) }),
      ),
    ),
  ];
  const noded = surfaces.map((surface) => ({
    kind: surface.kind,
    ring: withHeightsBetween(places, surface.ring),
  }));
  return {
    footprintCm: outline.map((place) => {
      const [x, y] = places.at[place] as Xy;
      return [Math.round(x / 10), Math.round(y / 10)];
    }),
    surfaces: noded,
    heightMm: Math.max(...noded.flatMap(({ ring }) => ring.map(([, , z]) => z))),
    simplified: false,
  };
}

const xyz = (places: Places, place: number, z: number): XyzMm => {
  const [x, y] = places.at[place] as Xy;
  return [x, y, z];
};

/** A side between two places of one building as a number. */
const sideOf = (a: number, b: number): number => a * 65536 + b;

const dropRepeats = (ring: readonly number[]): number[] =>
  ring.filter((place, i) => place !== around(ring, i - 1));

/** The faces of a roof: for each plane the ground over which it is the lowest. */
function roofFaces(places: Places, { part, ring }: Body): number[][] {
  if (part.planes.length === 1) return [[...ring]];
  const ground = ring.map((place): Xy => {
    const [x, y] = places.at[place] as Xy;
    return [x / 1000, y / 1000];
  });
  const faces: number[][] = [];
  part.planes.forEach((plane, i) => {
    let face: Xy[] = ground;
    part.planes.forEach((other, k) => {
      if (k === i || face.length < 3) return;
      const tie = k < i ? 1e-9 : 0;
      face = clipConvex(face, other.a - plane.a, other.b - plane.b, other.c - plane.c - tie);
    });
    const corners = dropRepeats(face.map(([x, y]) => places.index([x * 1000, y * 1000])));
    const shape = dropSpikes(corners);
    if (shape.length >= 3 && signedArea(shape.map((place) => places.at[place] as Xy)) > 50) faces.push(shape);
  });
  return faces;
}

/** Removes corners at which a ring turns back on itself. */
function dropSpikes(ring: readonly number[]): number[] {
  let current = [...ring];
  for (let i = 0; i < current.length && current.length >= 3; i++) {
    if (around(current, i - 1) !== around(current, i + 1)) continue;
    current = dropRepeats(current.filter((_, k) => k !== i));
    i = -1;
  }
  return current;
}

function setHeights(places: Places, { part, ring, faces, top }: Body): void {
  for (const place of new Set([...ring, ...faces.flat()])) {
    const [x, y] = places.at[place] as Xy;
    const at: Xy = [x / 1000, y / 1000];
    const plane = part.planes[0];
    const z = part.planes.length === 1 && plane ? heightOn(plane, at) : lowest(part.planes, at);
    top.set(place, places.height(place, z * 1000));
  }
}

function allSides(rings: readonly (readonly number[])[]): Set<number> {
  const sides = new Set<number>();
  for (const ring of rings) {
    for (const [i, a] of ring.entries()) sides.add(sideOf(a, around(ring, i + 1)));
  }
  return sides;
}

/** Sides that no other ring walks backwards, chained to one outline. */
function outlineOf(rings: readonly (readonly number[])[]): number[] {
  const sides = new Map<number, number[]>();
  const has = allSides(rings);
  for (const ring of rings) {
    ring.forEach((a, i) => {
      const b = around(ring, i + 1);
      if (!has.has(sideOf(b, a))) sides.set(a, [...(sides.get(a) ?? []), b]);
    });
  }
  const start = Math.min(...sides.keys());
  const outline: number[] = [];
  let here = start;
  do {
    const next = sides.get(here)?.[0];
    if (next === undefined || outline.length > 500)
      throw new Error('The parts of a building make no outline');
    outline.push(here);
    here = next;
  } while (here !== start);
  if (outline.length !== sides.size) throw new Error('The parts of a building fall apart or leave a court');
  return outline;
}

function walls(places: Places, bodies: readonly Body[], outline: ReadonlySet<number>): Surface[] {
  const sides = bodies.map(({ faces }) => boundaryOf(faces));
  const beyond = new Map<number, number>();
  sides.forEach((list, body) => {
    for (const [a, b] of list) beyond.set(sideOf(a, b), body);
  });
  const surfaces: Surface[] = [];
  bodies.forEach(({ top }, index) => {
    const heightOf = (place: number) => top.get(place) as number;
    const outer: [number, number][] = [];
    for (const [a, b] of sides[index] as [number, number][]) {
      const other = beyond.get(sideOf(b, a));
      if (other === undefined) outer.push([a, b]);
      else stepWall(places, a, b, heightOf, bodies[other] as Body, surfaces);
    }
    for (const chain of chainsBetween(outer, outline)) {
      const first = chain[0] as number;
      const last = chain[chain.length - 1] as number;
      const ring = [
        xyz(places, first, 0),
        xyz(places, last, 0),
        ...chain.toReversed().map((place) => xyz(places, place, heightOf(place))),
      ];
      surfaces.push({ kind: 'W', ring });
    }
  });
  return surfaces;
}

/** The wall by which a taller body rises over its neighbour. */
function stepWall(
  places: Places,
  a: number,
  b: number,
  heightOf: (place: number) => number,
  { top }: Body,
  into: Surface[],
): void {
  const [lowA, lowB] = [top.get(a) as number, top.get(b) as number];
  const [highA, highB] = [heightOf(a), heightOf(b)];
  if (highA < lowA || highB < lowB) {
    if (highA > lowA || highB > lowB) throw new OpenRoof('Two roofs cross between the corners of their seam');
    return;
  }
  if (highA === lowA && highB === lowB) return;
  const ring = [xyz(places, a, lowA), xyz(places, b, lowB)];
  if (highB !== lowB) ring.push(xyz(places, b, highB));
  if (highA !== lowA) ring.push(xyz(places, a, highA));
  into.push({ kind: 'W', ring });
}

/** Sides of faces that have no face behind them. */
function boundaryOf(faces: readonly (readonly number[])[]): [number, number][] {
  const has = allSides(faces);
  const boundary: [number, number][] = [];
  for (const face of faces) {
    for (const [i, a] of face.entries()) {
      const b = around(face, i + 1);
      if (!has.has(sideOf(b, a))) boundary.push([a, b]);
    }
  }
  return boundary;
}

/** Sides joined where they pass a place that is no corner of the outline. */
function chainsBetween(sides: readonly [number, number][], corners: ReadonlySet<number>): number[][] {
  const next = new Map(sides);
  return sides
    .filter(([a]) => corners.has(a))
    .map(([a, b]) => {
      const chain = [a, b];
      for (let here = b; !corners.has(here); ) {
        const following = next.get(here);
        if (following === undefined) throw new OpenRoof('A wall has no end');
        chain.push(following);
        here = following;
      }
      return chain;
    });
}

/** Upright edges get the heights at which neighbours end on them. */
function withHeightsBetween(places: Places, ring: readonly XyzMm[]): XyzMm[] {
  return ring.flatMap((p, i) => {
    const q = around(ring, i + 1);
    if (p[0] !== q[0] || p[1] !== q[1]) return [p];
    const place = places.index([p[0], p[1]]);
    const low = Math.min(p[2], q[2]);
    const high = Math.max(p[2], q[2]);
    const inner = (places.heights[place] as number[])
      .filter((z) => z > low && z < high)
      .sort((a, b) => a - b);
    if (q[2] < p[2]) inner.reverse();
    return [p, ...inner.map((z): XyzMm => [p[0], p[1], z])];
  });
}
