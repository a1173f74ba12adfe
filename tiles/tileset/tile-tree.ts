/** The quadtree under each cell of the first level: which tiles there are, round what, and what they lack. */
import type { Undulation } from '../../core/geo/geoid.ts';
import {
  type BuildingGrid,
  firstCellAbove,
  type LevelSizes,
  lastLevel,
  type PlaceInRoot,
  parentOf,
  placeInRoot,
  type TileCell,
} from './building-grid.ts';
import type { TileExtent } from './building-store.ts';
import { type Region, regionOf, unionOf } from './region.ts';

export interface TreeTile {
  readonly place: PlaceInRoot;
  /** Round its own objects and those of all tiles below. */
  readonly region: Region;
  /** Size of what is missing while the tiles below are not shown, m; 0 when there are none. */
  readonly geometricErrorM: number;
  /** Of its own objects; undefined when it only leads to others. */
  readonly content: { readonly region: Region; readonly count: number } | undefined;
}

/** What lies on which level, and from how far it is shown. */
export interface LevelTerms {
  readonly sizesM: LevelSizes;
  /** How many times its size an object is missed by while it is not shown. */
  readonly errorScale: number;
}

export interface TileTree {
  readonly root: TileCell;
  /** Parents before children, so the tile of the root first. */
  readonly tiles: readonly TreeTile[];
}

/**
 * @param extents all tiles with content
 * @param terms sizes of the levels, and how many times its size an object is missed by while it is not shown
 */
export function tileTrees(
  grid: BuildingGrid,
  extents: readonly TileExtent[],
  undulation: Undulation,
  terms: LevelTerms,
): readonly TileTree[] {
  const nodes = new Map<string, Node>();
  const nodeAt = (cell: TileCell): Node => {
    const known = nodes.get(keyOf(cell));
    if (known) return known;
    const node: Node = { cell, regions: [], hasChildren: false, content: undefined };
    nodes.set(keyOf(cell), node);
    if (cell.z > grid.firstLevel) nodeAt(parentOf(cell)).hasChildren = true;
    return node;
  };
  for (const { extent, count, ...cell } of extents) {
    const region = regionOf(extent, grid.srid, undulation);
    nodeAt(cell).content = { region, count };
    for (let above: TileCell = cell; above.z >= grid.firstLevel; above = parentOf(above)) {
      nodeAt(above).regions.push(region);
    }
  }
  const trees = new Map<string, { readonly root: TileCell; readonly tiles: TreeTile[] }>();
  for (const node of [...nodes.values()].toSorted(({ cell: a }, { cell: b }) => a.z - b.z)) {
    const root = firstCellAbove(grid, node.cell);
    const tree = trees.get(keyOf(root)) ?? { root, tiles: [] };
    trees.set(keyOf(root), tree);
    tree.tiles.push(treeTile(grid, node, terms));
  }
  return [...trees.values()].toSorted(({ root: a }, { root: b }) => a.y - b.y || a.x - b.x);
}

interface Node {
  readonly cell: TileCell;
  readonly regions: Region[];
  hasChildren: boolean;
  content: TreeTile['content'];
}

function treeTile(
  grid: BuildingGrid,
  { cell, regions, hasChildren, content }: Node,
  { sizesM, errorScale }: LevelTerms,
): TreeTile {
  // What is missing while the children are not shown: objects smaller than this level's.
  const missingM = cell.z < lastLevel(grid) ? (sizesM[cell.z - grid.firstLevel] ?? 0) : 0;
  return {
    place: placeInRoot(grid, cell),
    region: unionOf(regions),
    geometricErrorM: hasChildren ? missingM * errorScale : 0,
    content,
  };
}

const keyOf = ({ z, x, y }: TileCell): string => `${z}/${x}/${y}`;
