import type { LocalMap } from './local-map.ts';
import type { Surfaces } from './surfaces.ts';
import { type Facet, triangulate } from './triangulate.ts';

/** Materials in the order in which they are written. `O` stands for outer floors, ceilings and closures. */
export const SURFACE_KINDS = ['R', 'W', 'G', 'O'] as const;
export type SurfaceKind = (typeof SURFACE_KINDS)[number];

/** Triangles of one material; positions and normals in glTF axes (x east, y up, z south), metres. */
export interface MeshGroup {
  readonly positions: number[];
  readonly normals: number[];
  /** Row of the building in the property table, one for each vertex. */
  readonly features: number[];
  readonly indices: number[];
}

/** Triangles that show a picture; u, v of glTF, two for each vertex. */
export interface TexturedGroup extends MeshGroup {
  readonly textureCoordinates: number[];
}

/** All buildings of a tile, grouped by material. */
export type BuildingMesh = Readonly<Record<SurfaceKind, MeshGroup>> & { readonly textured: TexturedGroup };

/** u, v for each position of a polygon, or one for all of them; undefined where it shows no picture. */
export type TextureOf = (polygon: number) => Float32Array | undefined;

const emptyGroup = (): MeshGroup => ({ positions: [], normals: [], features: [], indices: [] });

export const emptyMesh = (): BuildingMesh => ({
  R: emptyGroup(),
  W: emptyGroup(),
  G: emptyGroup(),
  O: emptyGroup(),
  textured: { ...emptyGroup(), textureCoordinates: [] },
});

/**
 * Adds one building with flat normals. Surfaces of a body turned inside out are turned back.
 * @param kinds one letter for each polygon; where it is missing the slope decides
 * @returns the number of surfaces without area, which are left out
 */
export function addBuilding(
  mesh: BuildingMesh,
  surfaces: Surfaces,
  kinds: string,
  feature: number,
  map: LocalMap,
  textureOf: TextureOf = () => undefined,
): number {
  const facets = facetsOf(inFrame(surfaces, map), surfaces);
  const isInsideOut = signedVolume(facets) < 0;
  let dropped = 0;
  facets.forEach((facet, polygon) => {
    if (!facet) {
      dropped++;
      return;
    }
    const texture = textureOf(polygon);
    if (!texture) {
      append(mesh[kindOf(kinds[polygon], facet, isInsideOut)], facet, feature, isInsideOut);
      return;
    }
    append(mesh.textured, facet, feature, isInsideOut);
    const first = surfaces.ringEnds[(surfaces.polygonEnds[polygon - 1] ?? 0) - 1] ?? 0;
    for (const position of facet.positions) {
      const at = texture.length === 2 ? 0 : 2 * (position - first);
      mesh.textured.textureCoordinates.push(texture[at] ?? 0, texture[at + 1] ?? 0);
    }
  });
  return dropped;
}

function inFrame({ coordinates }: Surfaces, map: LocalMap): Float64Array {
  const local = new Float64Array(coordinates.length);
  for (let i = 0; i < coordinates.length; i += 3) {
    map(coordinates[i] ?? 0, coordinates[i + 1] ?? 0, coordinates[i + 2] ?? 0, local, i);
  }
  return local;
}

function facetsOf(local: Float64Array, { ringEnds, polygonEnds }: Surfaces): (Facet | undefined)[] {
  const facets: (Facet | undefined)[] = [];
  let [ring, start] = [0, 0];
  for (const lastRing of polygonEnds) {
    const rings: [number, number][] = [];
    for (; ring < lastRing; ring++) {
      const end = ringEnds[ring] ?? start;
      rings.push([start, end]);
      start = end;
    }
    facets.push(triangulate(local, rings));
  }
  return facets;
}

/** Six times the volume enclosed; negative when the normals point inwards. Near 0 for an open shell. */
function signedVolume(facets: readonly (Facet | undefined)[]): number {
  const origin = facets.find((facet) => facet !== undefined)?.corners ?? [];
  const [x0 = 0, y0 = 0, z0 = 0] = origin;
  let volume = 0;
  for (const facet of facets) {
    if (!facet) continue;
    const { corners, triangles } = facet;
    for (let i = 0; i < triangles.length; i += 3) {
      const [a, b, c] = [3 * (triangles[i] ?? 0), 3 * (triangles[i + 1] ?? 0), 3 * (triangles[i + 2] ?? 0)];
      const [ax, ay, az] = [(corners[a] ?? 0) - x0, (corners[a + 1] ?? 0) - y0, (corners[a + 2] ?? 0) - z0];
      const [bx, by, bz] = [(corners[b] ?? 0) - x0, (corners[b + 1] ?? 0) - y0, (corners[b + 2] ?? 0) - z0];
      const [cx, cy, cz] = [(corners[c] ?? 0) - x0, (corners[c + 1] ?? 0) - y0, (corners[c + 2] ?? 0) - z0];
      volume += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
    }
  }
  return volume;
}

const isKind = (letter: string | undefined): letter is SurfaceKind =>
  letter === 'R' || letter === 'W' || letter === 'G' || letter === 'O';

function kindOf(letter: string | undefined, { normal }: Facet, isInsideOut: boolean): SurfaceKind {
  if (isKind(letter)) return letter;
  const up = isInsideOut ? -normal[2] : normal[2];
  // Steeper than 75° reads as a wall.
  return up > 0.26 ? 'R' : up < -0.26 ? 'G' : 'W';
}

function append(group: MeshGroup, facet: Facet, feature: number, isInsideOut: boolean): void {
  const { corners, triangles, normal } = facet;
  const first = group.features.length;
  const sign = isInsideOut ? -1 : 1;
  const [nx, ny, nz] = [sign * normal[0], sign * normal[2], -sign * normal[1]];
  for (let i = 0; i < corners.length; i += 3) {
    group.positions.push(corners[i] ?? 0, corners[i + 2] ?? 0, -(corners[i + 1] ?? 0));
    group.normals.push(nx, ny, nz);
    group.features.push(feature);
  }
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = [triangles[i] ?? 0, triangles[i + 1] ?? 0, triangles[i + 2] ?? 0];
    if (isInsideOut) group.indices.push(first + a, first + c, first + b);
    else group.indices.push(first + a, first + b, first + c);
  }
}
