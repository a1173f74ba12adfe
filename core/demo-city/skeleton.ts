/** The skeleton of a town: what runs between its quarters (streets, river, railway) and the quarters themselves. */
import { around, boxAround, isInside, signedArea, subtract, type Xy } from '../geo/plane.ts';

export type CorridorKind =
  | 'river'
  | 'stream'
  | 'railway'
  | 'avenue'
  | 'collector'
  | 'street'
  | 'lane'
  | 'path';

export type QuarterKind =
  | 'market-square'
  | 'old-town'
  | 'tenements'
  | 'inner-blocks'
  | 'villas'
  | 'houses'
  | 'older-houses'
  | 'terraces'
  | 'slab-estate'
  | 'new-estate'
  | 'industry'
  | 'retail'
  | 'allotments'
  | 'park'
  | 'riverside'
  | 'campus'
  | 'village'
  | 'fields'
  | 'forest';

/** What a quarter of houses keeps a block for. */
export type Civic = 'school' | 'church' | 'kindergarten' | 'health' | 'square' | 'shops';

export interface SkeletonNode {
  readonly at: Xy;
  /** Radius of a roundabout or round square, metres. */
  readonly roundM?: number;
}

export interface SkeletonEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: CorridorKind;
  /** Centre line in metres, both nodes included. */
  readonly path: readonly Xy[];
}

/** What is known of a quarter before it is planned. */
export interface QuarterBrief {
  /** The face at the left of this half-edge; without it the face that holds `at`. */
  readonly leftOf?: HalfEdge;
  readonly at: Xy;
  readonly kind: QuarterKind;
  readonly precinct: string;
  readonly sheet: number;
  readonly civic?: readonly Civic[];
  /** Whether faults are planted here on purpose. */
  readonly planted?: boolean;
}

export interface Skeleton {
  readonly nodes: readonly SkeletonNode[];
  readonly edges: readonly SkeletonEdge[];
  /** In the order in which quarters are planned and written. */
  readonly quarters: readonly QuarterBrief[];
}

/** Half the width of the land that a corridor takes, metres. */
export const HALF_WIDTH_M: Readonly<Record<CorridorKind, number>> = {
  river: 27,
  stream: 5,
  railway: 13,
  avenue: 16,
  collector: 9.5,
  street: 6.5,
  lane: 4.6,
  path: 3,
};

/** Who owns the ground where corridors meet: the first in this list. */
export const CORRIDOR_RANK: readonly CorridorKind[] = [
  'river',
  'railway',
  'avenue',
  'collector',
  'street',
  'stream',
  'lane',
  'path',
];

/** An edge walked in one of its two directions: `2·edge` forwards, `2·edge + 1` backwards. */
export type HalfEdge = number;
export const edgeOf = (half: HalfEdge): number => half >> 1;
export const twinOf = (half: HalfEdge): HalfEdge => half ^ 1;

/** Faces of a skeleton and the order of corridors round its nodes. */
export interface SkeletonFaces {
  /** Half-edges of each face with the face at their left; the first face is the outside. */
  readonly faces: readonly (readonly HalfEdge[])[];
  readonly faceOf: readonly number[];
  /** Half-edges leaving each node, counter-clockwise. */
  readonly leaving: readonly (readonly HalfEdge[])[];
}

export const startOf = (skeleton: Skeleton, half: HalfEdge): number => {
  const edge = skeleton.edges[edgeOf(half)] as SkeletonEdge;
  return half & 1 ? edge.to : edge.from;
};

/** The centre line in the direction walked. */
export function pathOf(skeleton: Skeleton, half: HalfEdge): readonly Xy[] {
  const { path } = skeleton.edges[edgeOf(half)] as SkeletonEdge;
  return half & 1 ? path.toReversed() : path;
}

export function facesOf(skeleton: Skeleton): SkeletonFaces {
  const leaving: HalfEdge[][] = skeleton.nodes.map(() => []);
  for (let half = 0; half < 2 * skeleton.edges.length; half++) leaving[startOf(skeleton, half)]?.push(half);
  for (const list of leaving) {
    const angle = (half: HalfEdge) => {
      const path = pathOf(skeleton, half);
      const [x, y] = subtract(path[1] as Xy, path[0] as Xy);
      return Math.atan2(y, x);
    };
    list.sort((a, b) => angle(a) - angle(b));
  }
  const faceOf: number[] = new Array(2 * skeleton.edges.length).fill(-1);
  const faces: HalfEdge[][] = [];
  let outside = -1;
  for (let half = 0; half < faceOf.length; half++) {
    if (faceOf[half] !== -1) continue;
    const face: HalfEdge[] = [];
    for (let walk = half; faceOf[walk] === -1; walk = nextOnFace(skeleton, leaving, walk)) {
      faceOf[walk] = faces.length;
      face.push(walk);
    }
    if (signedArea(face.flatMap((walk) => pathOf(skeleton, walk).slice(0, -1))) < 0) {
      if (outside !== -1) throw new Error('The skeleton falls into pieces');
      outside = faces.length;
    }
    faces.push(face);
  }
  return putOutsideFirst(faces, faceOf, outside, leaving);
}

/** Having arrived at a node, the next half-edge of the face at the left is the one just clockwise. */
function nextOnFace(skeleton: Skeleton, leaving: readonly (readonly HalfEdge[])[], half: HalfEdge): HalfEdge {
  const node = startOf(skeleton, twinOf(half));
  const list = leaving[node] as readonly HalfEdge[];
  return around(list, list.indexOf(twinOf(half)) - 1);
}

function putOutsideFirst(
  faces: HalfEdge[][],
  faceOf: readonly number[],
  outside: number,
  leaving: readonly (readonly HalfEdge[])[],
): SkeletonFaces {
  const order = [outside, ...faces.map((_, face) => face).filter((face) => face !== outside)];
  const rank = new Map(order.map((face, i) => [face, i]));
  return {
    faces: order.map((face) => faces[face] as HalfEdge[]),
    faceOf: faceOf.map((face) => rank.get(face) as number),
    leaving,
  };
}

/** The face of each quarter. */
export function facesOfQuarters(skeleton: Skeleton, { faces, faceOf }: SkeletonFaces): number[] {
  const rings = faces.map((face) => face.flatMap((half) => pathOf(skeleton, half).slice(0, -1)));
  const boxes = rings.map(boxAround);
  const taken = new Set<number>();
  const found = skeleton.quarters.map(({ at, leftOf }) => {
    const known = leftOf === undefined ? undefined : faceOf[leftOf];
    const face =
      known ??
      rings.findIndex((ring, i) => {
        const [minX, minY, maxX, maxY] = boxes[i] as (typeof boxes)[number];
        return i > 0 && at[0] > minX && at[0] < maxX && at[1] > minY && at[1] < maxY && isInside(ring, at);
      });
    if (face === -1 || taken.has(face)) throw new Error(`No free face of the skeleton at ${at.join(', ')}`);
    taken.add(face);
    return face;
  });
  if (taken.size !== faces.length - 1) {
    const missing = rings.findIndex((_, i) => i > 0 && !taken.has(i));
    throw new Error(`The face of the skeleton at ${rings[missing]?.[0]?.join(', ')} has no quarter`);
  }
  return found;
}
