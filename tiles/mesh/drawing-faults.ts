/** What is not sound in the body of a building, and what is done about it in tiles: nothing is lost without a word. */
import { volumeM3 } from '../../core/building/body.ts';
import type { Position, Ring } from '../../core/geo/geometry.ts';
import { addBuilding, emptyMesh } from './building-mesh.ts';
import type { Surfaces } from './surfaces.ts';

/**
 * `nothing-drawn`: no face has an area. `no-area`: faces without area are left out. `inside-out`: the whole body is
 * turned round. `reversed-face`: some faces look the other way than their neighbours; they are drawn, from both sides,
 * and lit as they look. `open`: the shell is not closed to the millimetre; it is drawn as it is.
 */
export const DRAWING_FAULTS = ['nothing-drawn', 'no-area', 'inside-out', 'reversed-face', 'open'] as const;
export type DrawingFault = (typeof DRAWING_FAULTS)[number];

/** @param surfaces in a metric CRS */
export function drawingFaults(surfaces: Surfaces, kinds: string): readonly DrawingFault[] {
  const mesh = emptyMesh();
  const leftOut = addBuilding(mesh, surfaces, kinds, 0, (x, y, z, out, at) => {
    out[at] = x - (surfaces.coordinates[0] ?? 0);
    out[at + 1] = y - (surfaces.coordinates[1] ?? 0);
    out[at + 2] = z;
  });
  const faces = facesOf(surfaces);
  const { isOpen, isUneven } = walkEdges(faces.flat());
  const found: Readonly<Record<DrawingFault, boolean>> = {
    'nothing-drawn': Object.values(mesh).every(({ indices }) => indices.length === 0),
    'no-area': leftOut > 0,
    'inside-out': volumeM3(faces) < 0,
    'reversed-face': isUneven,
    open: isOpen,
  };
  return DRAWING_FAULTS.filter((fault) => found[fault]);
}

function facesOf({ coordinates, ringEnds, polygonEnds }: Surfaces): Ring[][] {
  const positionAt = (i: number): Position => [
    coordinates[3 * i] ?? 0,
    coordinates[3 * i + 1] ?? 0,
    coordinates[3 * i + 2] ?? 0,
  ];
  const rings = Array.from(ringEnds, (end, ring): Ring => {
    const start = ring === 0 ? 0 : (ringEnds[ring - 1] ?? 0);
    return Array.from({ length: end - start }, (_, i) => positionAt(start + i));
  });
  return Array.from(polygonEnds, (end, face) => rings.slice(face === 0 ? 0 : polygonEnds[face - 1], end));
}

/** Edges to the millimetre: whether some are walked an odd number of times, or more often in one direction. */
function walkEdges(rings: readonly Ring[]): { readonly isOpen: boolean; readonly isUneven: boolean } {
  const walked = new Map<string, { times: number; balance: number }>();
  const key = (position: Position): string => position.map((value) => Math.round(value * 1000)).join(' ');
  for (const ring of rings) {
    ring.forEach((corner, i) => {
      const [a, b] = [key(corner), key(ring[(i + 1) % ring.length] ?? corner)];
      if (a === b) return;
      const edge = a < b ? `${a}|${b}` : `${b}|${a}`;
      const known = walked.get(edge) ?? { times: 0, balance: 0 };
      known.times++;
      known.balance += a < b ? 1 : -1;
      walked.set(edge, known);
    });
  }
  const edges = [...walked.values()];
  return {
    isOpen: edges.some(({ times }) => times % 2 === 1),
    isUneven: edges.some(({ times, balance }) => times % 2 === 0 && balance !== 0),
  };
}
