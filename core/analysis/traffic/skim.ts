import type { RoadNetwork } from './road-network.ts';
import { shortestTrees } from './shortest-trees.ts';

/** Least cost from zone to zone, row by row; Infinity where no path leads, 0 within a zone. */
export function skim(network: RoadNetwork, cost: Float64Array): Float64Array {
  const { zoneCount } = network;
  const table = new Float64Array(zoneCount * zoneCount);
  const trees = shortestTrees(network);
  for (let origin = 0; origin < zoneCount; origin++) {
    trees.from(origin, cost);
    table.set(trees.distance.subarray(0, zoneCount), origin * zoneCount);
    table[origin * zoneCount + origin] = 0;
  }
  return table;
}
