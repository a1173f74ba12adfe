import type { MultiPolygon, Position } from '../../geo/geometry.ts';
import type { BuildingShape, Corner } from '../sun/building-shape.ts';

/** An upright body over an outline, metres of the city's CRS: floor, roof and a wall for each side, seen from outside. */
export function bodyShape(
  id: string,
  { coordinates }: MultiPolygon,
  footM: number,
  topM: number,
): BuildingShape {
  const surfaces: Corner[][][] = [];
  let surfaceKinds = '';
  const add = (kind: string, rings: Corner[][]) => {
    surfaces.push(rings);
    surfaceKinds += kind;
  };
  for (const polygon of coordinates) {
    const rings = polygon.map((ring, index) => turned(openRing(ring), index === 0));
    const at = (heightM: number) => rings.map((ring) => ring.map(([e, n]): Corner => [e, n, heightM]));
    add('G', at(footM));
    add('R', at(topM));
    for (const ring of rings) {
      for (const [i, [e, n]] of ring.entries()) {
        const [e2, n2] = ring[(i + 1) % ring.length] ?? [e, n];
        add('W', [
          [
            [e, n, footM],
            [e2, n2, footM],
            [e2, n2, topM],
            [e, n, topM],
          ],
        ]);
      }
    }
  }
  return { id, surfaceKinds, surfaces };
}

type Place = readonly [easting: number, northing: number];

function openRing(ring: readonly Position[]): readonly Place[] {
  return ring.slice(0, -1).map(([e, n]): Place => [e, n]);
}

/** Outlines counter-clockwise and holes clockwise, so that walls look out of the body. */
function turned(ring: readonly Place[], isOutline: boolean): readonly Place[] {
  const [e0, n0] = ring[0] ?? [0, 0];
  const doubled = ring.reduce((sum, [e, n], i) => {
    const [e2, n2] = ring[(i + 1) % ring.length] ?? [e, n];
    return sum + (e - e0) * (n2 - n0) - (e2 - e0) * (n - n0);
  }, 0);
  return doubled > 0 === isOutline ? ring : ring.toReversed();
}
