import type { Feature } from '../../core/feature/feature.ts';
import type { RoadSection } from '../../core/obstruction/road-section.ts';

/** South-west corner of the grid, EPSG:2177. */
export const GRID_ORIGIN = { easting: 6_427_000, northing: 5_808_000 } as const;
export const GRID_M = 100;

/** The section between two neighbouring junctions of a grid, named by column and row: `R00-10`. */
const idOf = (a: readonly [number, number], b: readonly [number, number]) => `R${a.join('')}-${b.join('')}`;

/**
 * A grid of streets, `size` × `size` junctions 100 m apart, with a dead end of 100 m going north from the junction in
 * the middle of its top row. Streets from west to east are called Pozioma 0, 1 …, from south to north Pionowa 0, 1 …
 */
export function roadGrid(size = 4): readonly RoadSection[] {
  const at = ([column, row]: readonly [number, number]) =>
    [GRID_ORIGIN.easting + column * GRID_M, GRID_ORIGIN.northing + row * GRID_M] as const;
  const section = (
    a: readonly [number, number],
    b: readonly [number, number],
    street: string,
  ): RoadSection => ({
    id: idOf(a, b),
    street,
    path: [at(a), at(b)],
    fromNode: `W${a.join('')}`,
    toNode: `W${b.join('')}`,
    lanes: 2,
    widthM: 6,
  });
  const roads: RoadSection[] = [];
  for (let column = 0; column < size; column++) {
    for (let row = 0; row < size; row++) {
      if (column + 1 < size) roads.push(section([column, row], [column + 1, row], `Pozioma ${row}`));
      if (row + 1 < size) roads.push(section([column, row], [column, row + 1], `Pionowa ${column}`));
    }
  }
  const middle = Math.floor(size / 2);
  return [...roads, section([middle, size - 1], [middle, size], 'Ślepa')];
}

export const roadFeatures = (roads: readonly RoadSection[]): readonly Feature[] =>
  roads.map(({ id, street, path, fromNode, toNode, lanes, widthM }) => ({
    layer: 'roads',
    id,
    geometry: { type: 'LineString', coordinates: path },
    properties: {
      class: 'local',
      name: street,
      lanes,
      width_m: widthM,
      from_node: fromNode,
      to_node: toNode,
    },
  }));
