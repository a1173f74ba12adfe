/** Bodies of buildings as the register keeps them: bounding surfaces with a letter for what each is. Plane CRS, metres. */
import { deriveKinds } from '../formats/citygml/surface-kinds.ts';
import { areaVector, type Vector3 } from '../geo/area-vector.ts';
import type { Position, Ring } from '../geo/geometry.ts';

/** Shell, then holes; closed rings of easting, northing, height. */
export type BodyFace = readonly Ring[];

export interface Body {
  readonly faces: readonly BodyFace[];
  /** One letter for each face, as in `surface_kinds`: G, W, R or O. */
  readonly kinds: string;
}

/** The letters of faces that nobody has told, by the direction in which they look. */
export const kindsOf = (faces: readonly BodyFace[], srid: number): string =>
  deriveKinds(
    faces.map(([shell = []]) => shell),
    srid,
  ).join('');

const mm = (value: number): number => Math.round(value * 1000);
const key = ([x, y, z = 0]: Position): string => `${mm(x)} ${mm(y)} ${mm(z)}`;

/**
 * A corner at which the body is open: an edge that its faces do not walk as often in one direction as in the other, to
 * the millimetre. Several closed bodies that touch are closed. Undefined: it is closed.
 */
export function openCorner(faces: readonly BodyFace[]): Position | undefined {
  const walked = new Map<string, { count: number; readonly at: Position }>();
  for (const ring of faces.flat()) {
    for (let i = 1; i < ring.length; i++) {
      const [from, to] = [ring[i - 1] as Position, ring[i] as Position];
      const [a, b] = [key(from), key(to)];
      if (a === b) continue;
      const edge = a < b ? `${a}|${b}` : `${b}|${a}`;
      const known = walked.get(edge) ?? { count: 0, at: from };
      known.count += a < b ? 1 : -1;
      walked.set(edge, known);
    }
  }
  for (const { count, at } of walked.values()) if (count !== 0) return at;
  return undefined;
}

/** m³ by the divergence theorem: positive where the faces of a closed body look outward. */
export function volumeM3(faces: readonly BodyFace[]): number {
  const [x0 = 0, y0 = 0, z0 = 0] = faces[0]?.[0]?.[0] ?? [];
  let six = 0;
  for (const rings of faces) {
    const local = rings.map((ring) => ring.map(([x, y, z = 0]): Vector3 => [x - x0, y - y0, z - z0]));
    const [corner] = local[0] ?? [];
    if (!corner) continue;
    for (const ring of local) {
      const area = areaVector(ring);
      six += 2 * (corner[0] * area[0] + corner[1] * area[1] + corner[2] * area[2]);
    }
  }
  return six / 6;
}

/** Lowest and highest height, metres. */
export function heightRange(faces: readonly BodyFace[]): readonly [lowM: number, highM: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const [, , z = 0] of faces.flat(2) as readonly Position[])
    [low, high] = [Math.min(low, z), Math.max(high, z)];
  return [low, high];
}

/** A block with upright walls over an outline: shell, then holes, closed, however they turn. */
export function blockBody(outline: readonly Ring[], groundM: number, heightM: number): Body {
  const level = (ring: Ring, z: number): Ring => ring.map(([x, y]) => [x, y, z] as const);
  const turned = outline.map((ring, i) => {
    const [, , upward] = areaVector(
      ring.map(([x, y]): Vector3 => [x - (ring[0]?.[0] ?? 0), y - (ring[0]?.[1] ?? 0), 0]),
    );
    // Seen from above the shell is counter-clockwise, holes are clockwise.
    return upward > 0 === (i === 0) ? ring : ring.toReversed();
  });
  const topM = groundM + heightM;
  const walls = turned.flatMap((ring) =>
    ring.slice(1).map((to, i): BodyFace => {
      const [[ax, ay], [bx, by]] = [ring[i] as Position, to];
      const foot = [ax, ay, groundM] as const;
      return [[foot, [bx, by, groundM], [bx, by, topM], [ax, ay, topM], foot]];
    }),
  );
  return {
    faces: [
      turned.map((ring) => level(ring, groundM).toReversed()),
      turned.map((ring) => level(ring, topM)),
      ...walls,
    ],
    kinds: `GR${'W'.repeat(walls.length)}`,
  };
}
