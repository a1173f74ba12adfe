/** Lines and shafts of networks as bodies: tubes along axes and upright cylinders. */
import type { LaidLine } from '../../core/analysis/dig/laid-line.ts';
import { add, dot, leftOf, subtract, unit, type Xy } from '../../core/geo/plane.ts';
import type { MeshGroup } from './building-mesh.ts';
import type { LocalMap } from './local-map.ts';

/** Sides of a tube; of a shaft. */
const TUBE_SIDES = 8;
const SHAFT_SIDES = 12;
/** A sharp bend widens a tube at most so much. */
const MOST_MITRE = 2;

type Xyz = readonly [number, number, number];

/** An upright body: manhole, valve, pole. Heights PL-EVRF2007-NH. */
export interface Shaft {
  readonly at: Xy;
  readonly topM: number;
  readonly bottomM: number;
  readonly diameterM: number;
}

/** Adds a tube with round normals and flat ends. A line without length adds nothing. */
export function addPipe(
  group: MeshGroup,
  { axis, widthM, heightM }: LaidLine,
  feature: number,
  map: LocalMap,
): void {
  const path = axis.filter((at, i) => i === 0 || !isSame(at, axis[i - 1] ?? at));
  if (path.length < 2) return;
  const rings = path.map(([e, n, z], i) => {
    const side = sideAt(path, i);
    return ringOf(TUBE_SIDES, (cos, sin) => {
      const [x, y] = add([e, n], side, (cos * widthM) / 2);
      return [x, y, z + (sin * heightM) / 2];
    });
  });
  const [start, end] = [path[0], path.at(-1)];
  if (!start || !end) return;
  const firsts = rings.map((ring, i) => addRing(group, ring, path[i] ?? start, feature, map));
  for (let i = 1; i < firsts.length; i++) join(group, firsts[i - 1] ?? 0, firsts[i] ?? 0, TUBE_SIDES);
  addCap(group, rings[0] ?? [], start, path[1] ?? end, feature, map, true);
  addCap(group, rings.at(-1) ?? [], end, path.at(-2) ?? start, feature, map, false);
}

/** Adds an upright cylinder. */
export function addShaft(group: MeshGroup, shaft: Shaft, feature: number, map: LocalMap): void {
  const { at, topM, bottomM, diameterM } = shaft;
  const levelOf = (z: number) =>
    ringOf(SHAFT_SIDES, (cos, sin): Xyz => [at[0] + (sin * diameterM) / 2, at[1] + (cos * diameterM) / 2, z]);
  const [low, high]: readonly [Xyz, Xyz] = [
    [...at, bottomM],
    [...at, topM],
  ];
  const [below, above] = [levelOf(bottomM), levelOf(topM)];
  const first = addRing(group, below, low, feature, map);
  join(group, first, addRing(group, above, high, feature, map), SHAFT_SIDES);
  addCap(group, below, low, high, feature, map, true);
  addCap(group, above, high, low, feature, map, false);
}

const isSame = (a: Xyz, b: Xyz): boolean => Math.hypot(a[0] - b[0], a[1] - b[1]) < 1e-3;

/** Level and square to the path, to its right; longer at bends, so that the tube keeps its width. */
function sideAt(path: readonly Xyz[], i: number): Xy {
  const flat = (k: number): Xy | undefined => {
    const at = path[k];
    return at && [at[0], at[1]];
  };
  const here: Xy = flat(i) ?? [0, 0];
  const [before, after] = [flat(i - 1), flat(i + 1)];
  const ways = [before && unit(subtract(here, before)), after && unit(subtract(after, here))].filter(
    (way) => way !== undefined,
  );
  const [one = [1, 0], two = one] = ways;
  const along = add(one, two);
  // A line that turns back upon itself has no side between.
  const middle = Math.hypot(...along) < 1e-6 ? one : unit(along);
  const [x, y] = leftOf(middle);
  const stretch = 1 / Math.max(1 / MOST_MITRE, dot(middle, one));
  return [-x * stretch, -y * stretch];
}

const ringOf = (sides: number, place: (cos: number, sin: number) => Xyz): readonly Xyz[] =>
  Array.from({ length: sides }, (_, k) =>
    place(Math.cos((2 * Math.PI * k) / sides), Math.sin((2 * Math.PI * k) / sides)),
  );

/** glTF axes: x east, y up, z south. */
function local(map: LocalMap, [x, y, z]: Xyz): [number, number, number] {
  const out = [0, 0, 0];
  map(x, y, z, out, 0);
  return [out[0] ?? 0, out[2] ?? 0, -(out[1] ?? 0)];
}

function towards(from: Xyz, to: Xyz): Xyz {
  const [x, y, z] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}

/** @returns number of its first vertex */
function addRing(
  group: MeshGroup,
  ring: readonly Xyz[],
  middle: Xyz,
  feature: number,
  map: LocalMap,
): number {
  const first = group.features.length;
  const centre = local(map, middle);
  for (const corner of ring) {
    const at = local(map, corner);
    group.positions.push(...at);
    group.normals.push(...towards(centre, at));
    group.features.push(feature);
  }
  return first;
}

/** The wall between two rings, counter-clockwise seen from outside. */
function join({ indices }: MeshGroup, first: number, second: number, sides: number): void {
  for (let k = 0; k < sides; k++) {
    const next = (k + 1) % sides;
    indices.push(first + k, second + k, first + next, first + next, second + k, second + next);
  }
}

/** A flat end. @param isStart whether the body goes on from it */
function addCap(
  group: MeshGroup,
  ring: readonly Xyz[],
  middle: Xyz,
  inside: Xyz,
  feature: number,
  map: LocalMap,
  isStart: boolean,
): void {
  const first = group.features.length;
  const outwards = towards(local(map, inside), local(map, middle));
  for (const corner of ring) {
    group.positions.push(...local(map, corner));
    group.normals.push(...outwards);
    group.features.push(feature);
  }
  for (let k = 1; k < ring.length - 1; k++) {
    if (isStart) group.indices.push(first, first + k, first + k + 1);
    else group.indices.push(first, first + k + 1, first + k);
  }
}
