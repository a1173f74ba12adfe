/** Bodies of buildings as their writers need them: faces with their meaning, and whether they close. */
import type { Feature } from '../feature/feature.ts';
import { crsOf } from '../geo/crs.ts';
import { type Position, positionsOf, type Ring } from '../geo/geometry.ts';
import { deriveKinds, type SurfaceKind } from './citygml/surface-kinds.ts';
import { DECIMALS, HEIGHT_DECIMALS } from './coordinate-text.ts';

export interface BuildingFace {
  /** Shell, then holes; closed, with heights, counter-clockwise from outside. */
  readonly rings: readonly Ring[];
  readonly meaning: SurfaceMeaning;
}

/** Classes of CityGML 2.0 (12-019, 10.3.3) and CityJSON. */
export type SurfaceMeaning =
  | 'GroundSurface'
  | 'WallSurface'
  | 'RoofSurface'
  | 'OuterFloorSurface'
  | 'OuterCeilingSurface'
  | 'ClosureSurface';

const MEANINGS: Readonly<Record<Exclude<SurfaceKind, 'O'>, SurfaceMeaning>> = {
  ...{ G: 'GroundSurface', W: 'WallSurface', R: 'RoofSurface' },
};
/** What is none of these three, by the direction in which it looks. */
const OTHER_MEANINGS: Readonly<Record<SurfaceKind, SurfaceMeaning>> = {
  ...{ R: 'OuterFloorSurface', W: 'ClosureSurface', G: 'OuterCeilingSurface', O: 'OuterCeilingSurface' },
};

/** Faces of an object of `buildings_3d`; those that were not declared get their meaning from where they look. */
export function buildingFaces({ geometry, properties }: Feature, srid: number): readonly BuildingFace[] {
  if (geometry?.type !== 'MultiPolygon') return [];
  const faces = geometry.coordinates;
  const declared = String(properties['surface_kinds'] ?? '');
  const seen = deriveKinds(
    faces.map(([shell = []]) => shell),
    srid,
  );
  const isDeclared = declared.length === faces.length;
  return faces.map((rings, index) => {
    const looks = seen[index] ?? 'O';
    const kind = isDeclared ? (declared[index] as SurfaceKind) : looks;
    return { rings, meaning: kind === 'O' ? OTHER_MEANINGS[looks] : (MEANINGS[kind] ?? 'ClosureSurface') };
  });
}

/** Level of detail, 1 to 4. */
export function lodOf({ properties }: Feature): number {
  const lod = Number(properties['lod'] ?? 2);
  return lod >= 1 && lod <= 4 ? Math.trunc(lod) : 2;
}

/** Whether every edge is walked once in each direction, at the digits that are written. */
export function isClosedShell(faces: readonly BuildingFace[], srid: number): boolean {
  const [plan, up] = [10 ** DECIMALS[crsOf(srid).unit], 10 ** HEIGHT_DECIMALS];
  const corner = ([x, y, z = 0]: Position): string =>
    `${Math.round(x * plan)} ${Math.round(y * plan)} ${Math.round(z * up)}`;
  const edges = new Set<string>();
  for (const ring of faces.flatMap(({ rings }) => rings)) {
    const corners = ring.map(corner);
    for (let at = 1; at < corners.length; at++) {
      const edge = `${corners[at - 1]}>${corners[at]}`;
      if (edges.has(edge)) return false;
      edges.add(edge);
    }
  }
  return (
    edges.size > 0 &&
    [...edges].every((edge) => {
      const [from, to] = edge.split('>');
      return from !== to && edges.has(`${to}>${from}`);
    })
  );
}

export type Corner = readonly [easting: number, northing: number, heightM: number];

/** Whole metres below all corners of a building, from which its own coordinates are small; undefined without any. */
export function cornerBelow({ geometry }: Feature): Corner | undefined {
  let [e, n, h] = [Infinity, Infinity, Infinity];
  for (const [x, y, z = 0] of geometry ? positionsOf(geometry) : []) {
    [e, n, h] = [Math.min(e, x), Math.min(n, y), Math.min(h, z)];
  }
  return Number.isFinite(e) ? [Math.floor(e), Math.floor(n), Math.floor(h)] : undefined;
}
