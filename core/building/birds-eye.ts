/**
 * Buildings seen from the air as parallel lines bring them to paper: lengths along one direction keep their ratio, and
 * nothing vanishes in the distance. Each stands on level ground, its foot at height nought; relief is left out.
 */
import { areaVector, type Vector3 } from '../geo/area-vector.ts';
import type { Geometry, Position, Ring } from '../geo/geometry.ts';
import { middleOf, type Xy } from '../geo/plane.ts';

/** What is drawn. Coordinates in metres, easting first; buildings with height. */
export interface BirdsEyeScene {
  readonly frame: BirdsEyeFrame;
  /** Polygons on the ground, the lowest first. */
  readonly ground: readonly { readonly geometry: Geometry; readonly ink: GroundInk }[];
  /** Surfaces of each building, their outer rings counter-clockwise from outside (as CityGML has them). */
  readonly buildings: readonly { readonly geometry: Geometry; readonly isMeant: boolean }[];
  readonly trees: readonly {
    readonly e: number;
    readonly n: number;
    readonly heightM: number;
    readonly crownM: number;
  }[];
}

export interface GroundInk {
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeWidthPx?: number;
}

/** A shape on paper, to be painted after those before it. */
export interface PaintedShape {
  /** x, y, x, y … from the upper left corner, ring after ring. */
  readonly positions: Float64Array;
  /** Where each ring ends in `positions`. */
  readonly ends: readonly number[];
  readonly fill: string | undefined;
  readonly stroke: string | undefined;
  readonly strokeWidthPx: number;
}

/** The paper, and the ground in the middle of it. */
export interface BirdsEyeFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly middle: readonly [easting: number, northing: number];
  /** Ground across the paper, metres. */
  readonly widthM: number;
}

/** From the south-south-west, as high as a look over roofs into yards needs. */
const BEARING = (25 * Math.PI) / 180;
const ELEVATION = (42 * Math.PI) / 180;
const [SIN_B, COS_B] = [Math.sin(BEARING), Math.cos(BEARING)];
const [SIN_E, COS_E] = [Math.sin(ELEVATION), Math.cos(ELEVATION)];
/** Towards the eye and towards the light, which falls from the west. */
const EYE: Vector3 = [-SIN_B * COS_E, -COS_B * COS_E, SIN_E];
const LIGHT: Vector3 = [-0.74, -0.3, 0.6];

const WALL = [216, 205, 190] as const;
const ROOF = [186, 108, 82] as const;
const MEANT_WALL = [247, 214, 160] as const;
const MEANT_ROOF = [226, 132, 40] as const;
const TREE = '#8fae78';
const EDGE = '#6b5d4d';
/** Of a roof's normal: what is steeper is a wall. */
const FLATTEST_WALL = 0.25;
const TREE_SIDES = 20;
/** Buildings of this height in front of the paper show on it. */
const TALL_M = 40;

type Rgb = readonly [number, number, number];

/** Shapes in the order in which they are painted: ground, then what stands on it, the farthest first. */
export function paintBirdsEye(scene: BirdsEyeScene): readonly PaintedShape[] {
  const place = placing(scene.frame);
  const ground = scene.ground.map(({ geometry, ink }) =>
    painted(ringsOf(geometry), place, 0, {
      fill: ink.fill,
      stroke: ink.stroke,
      strokeWidthPx: ink.strokeWidthPx ?? 1,
    }),
  );
  const standing = [
    ...scene.buildings.map(({ geometry, isMeant }) => buildingShapes(geometry, isMeant, place)),
    ...scene.trees.map((tree) => treeShape(tree, place)),
  ].toSorted((a, b) => b.awayM - a.awayM);
  return [...ground, ...standing.flatMap(({ shapes }) => shapes)];
}

/** Metres away from the eye, along the ground. */
const awayOf = (e: number, n: number): number => e * SIN_B + n * COS_B;
const acrossOf = (e: number, n: number): number => e * COS_B - n * SIN_B;

type Place = (position: Position, heightM: number) => readonly [xPx: number, yPx: number];

function placing({ widthPx, heightPx, middle, widthM }: BirdsEyeFrame): Place {
  const pxPerM = widthPx / widthM;
  const [midX, midY] = [acrossOf(...middle), awayOf(...middle)];
  return ([e, n], heightM) => [
    widthPx / 2 + (acrossOf(e, n) - midX) * pxPerM,
    heightPx / 2 - ((awayOf(e, n) - midY) * SIN_E + heightM * COS_E) * pxPerM,
  ];
}

/** West, south, east and north of all that may be seen: what stands before the paper's lower edge reaches into it. */
export function birdsEyeBox({ widthPx, heightPx, middle: [e, n], widthM }: BirdsEyeFrame) {
  const acrossM = widthM / 2;
  const awayM = (acrossM * heightPx) / widthPx / SIN_E;
  const reachE = acrossM * COS_B + (awayM + TALL_M) * SIN_B;
  const reachN = acrossM * SIN_B + (awayM + TALL_M) * COS_B;
  return [e - reachE, n - reachN, e + reachE, n + reachN] as const;
}

interface Standing {
  readonly awayM: number;
  readonly shapes: readonly PaintedShape[];
}

function buildingShapes(geometry: Geometry, isMeant: boolean, place: Place): Standing {
  const surfaces = geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  const corners = surfaces.flat(2);
  const footM = corners.reduce(
    (least, [, , heightM = 0]) => Math.min(least, heightM),
    Number.POSITIVE_INFINITY,
  );
  const [wall, roof] = isMeant ? [MEANT_WALL, MEANT_ROOF] : [WALL, ROOF];
  const seen = surfaces.flatMap((rings) => {
    const [shell = []] = rings;
    const normal = normalOf(shell);
    if (!normal || dot(normal, EYE) <= 0) return [];
    const fill = shaded(normal[2] > FLATTEST_WALL ? roof : wall, normal);
    const ink = { fill, stroke: EDGE, strokeWidthPx: 0.6 };
    return [{ awayM: depthOf(shell), shape: painted(rings, place, footM, ink) }];
  });
  return {
    awayM: awayOf(...middleOf(corners.map(onGround))),
    shapes: seen.toSorted((a, b) => b.awayM - a.awayM).map(({ shape }) => shape),
  };
}

function treeShape({ e, n, heightM, crownM }: BirdsEyeScene['trees'][number], place: Place): Standing {
  const middleM = Math.max(crownM / 2, heightM - crownM / 2);
  const [x, y] = place([e, n], middleM);
  const [edge] = place([e + (crownM / 2) * COS_B, n - (crownM / 2) * SIN_B], middleM);
  const radiusPx = Math.abs(edge - x);
  const positions = new Float64Array(2 * TREE_SIDES);
  for (let k = 0; k < TREE_SIDES; k++) {
    positions[2 * k] = x + radiusPx * Math.cos((2 * Math.PI * k) / TREE_SIDES);
    positions[2 * k + 1] = y + radiusPx * Math.sin((2 * Math.PI * k) / TREE_SIDES);
  }
  const ink = { fill: TREE, stroke: '#5f7d4c', strokeWidthPx: 0.6 };
  return { awayM: awayOf(e, n), shapes: [{ positions, ends: [positions.length], ...ink }] };
}

type Ink = Pick<PaintedShape, 'fill' | 'stroke' | 'strokeWidthPx'>;

/** @param footM height that stands on the ground */
function painted(rings: readonly Ring[], place: Place, footM: number, ink: Ink): PaintedShape {
  const positions = new Float64Array(2 * rings.reduce((sum, ring) => sum + ring.length, 0));
  const ends: number[] = [];
  let at = 0;
  for (const ring of rings) {
    for (const position of ring) {
      const [x, y] = place(position, (position[2] ?? footM) - footM);
      positions[at++] = x;
      positions[at++] = y;
    }
    ends.push(at);
  }
  return { positions, ends, ...ink };
}

function ringsOf(geometry: Geometry): readonly Ring[] {
  const polygons =
    geometry.type === 'MultiPolygon'
      ? geometry.coordinates
      : geometry.type === 'Polygon'
        ? [geometry.coordinates]
        : [];
  return polygons.flat().map((ring) => ring.map(onGround));
}

const onGround = ([e, n]: Position): Xy => [e, n];

const dot = (a: Vector3, b: Vector3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Of length 1; undefined for what has no face. */
function normalOf(ring: Ring): Vector3 | undefined {
  const [e0 = 0, n0 = 0, h0 = 0] = ring[0] ?? [];
  const [x, y, z] = areaVector(ring.map(([e, n, h = 0]) => [e - e0, n - n0, h - h0]));
  const length = Math.hypot(x, y, z);
  return length > 0 ? [x / length, y / length, z / length] : undefined;
}

/** Of the middle of a surface, from the eye: lower ones are farther away. */
function depthOf(ring: Ring): number {
  const sum = ring.reduce((all, [e, n, h = 0]) => all - (e * EYE[0] + n * EYE[1] + h * EYE[2]), 0);
  return sum / Math.max(1, ring.length);
}

function shaded(colour: Rgb, normal: Vector3): string {
  const light = 0.68 + 0.32 * Math.max(0, dot(normal, LIGHT));
  return `#${colour
    .map((part) =>
      Math.round(part * light)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
