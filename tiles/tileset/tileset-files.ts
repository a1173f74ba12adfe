/** All files of a tileset, as a service gives them one by one: for servers of plain files. */
import type { CancelSignal } from '../../core/cancel.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { DocumentSource, Tile } from '../source.ts';
import { addressBelow, buildingGrid, firstCellAbove, placeInRoot } from './building-grid.ts';
import type { TileExtent } from './building-store.ts';
import type { TileFile } from './tile-archive.ts';
import { BUILDING_TILING, SUBTREE_TILING } from './tileset-source.ts';

/**
 * The document, then subtrees, then tiles from the coarsest level down.
 * @param extents all tiles with content
 */
export async function* tilesetFiles(
  source: DocumentSource,
  layer: Layer,
  extents: readonly TileExtent[],
  signal: CancelSignal,
): AsyncGenerator<TileFile> {
  const grid = buildingGrid(layer.srid);
  yield { path: 'tileset.json', bytes: bytesOf(await source.document(layer.name, signal)) };
  const roots = new Map(
    extents.map((tile) => {
      const root = firstCellAbove(grid, tile);
      return [addressBelow(root, { level: 0, x: 0, y: 0 }), root] as const;
    }),
  );
  for (const [address, root] of roots) {
    const subtree = await source.get({ layer: layer.name, grid: SUBTREE_TILING, ...root }, signal);
    yield { path: `${address}.subtree`, bytes: bytesOf(subtree) };
  }
  for (const { z, x, y } of extents.toSorted((a, b) => a.z - b.z || a.y - b.y || a.x - b.x)) {
    const cell = { z, x, y };
    const tile = await source.get({ layer: layer.name, grid: BUILDING_TILING, ...cell }, signal);
    const path = `${addressBelow(firstCellAbove(grid, cell), placeInRoot(grid, cell))}.glb`;
    yield { path, bytes: bytesOf(tile) };
  }
}

function bytesOf(made: Tile | 'unchanged' | undefined): Uint8Array {
  if (!made || made === 'unchanged') throw new TypeError('a tile that was listed is not there');
  return made.bytes;
}
