/** Which tiles of somebody else's grid show a frame. */
import type { Bbox } from '../geo/bbox.ts';
import type { TileMatrixSet } from '../wire/cascade.ts';

type Level = TileMatrixSet['levels'][number];

/** Tiles of one level, all inclusive. */
export interface TileBlock {
  readonly level: Level;
  readonly minColumn: number;
  readonly maxColumn: number;
  readonly minRow: number;
  readonly maxRow: number;
}

/** More tiles would be a picture of another scale. */
const MOST_TILES = 48;

/**
 * The tiles of the level whose pixels are nearest to those of the frame, or of a coarser one where those would be too many.
 * @param box in the CRS of the set
 * @param perPx of the frame, units of that CRS
 * @param limits by the id of the level: first and last row, first and last column
 * @returns undefined where the grid has nothing there
 */
export function tilesOfFrame(
  { levels }: TileMatrixSet,
  box: Bbox,
  perPx: number,
  limits: Readonly<Record<string, readonly number[]>> = {},
): TileBlock | undefined {
  const steps = (level: Level) => Math.abs(Math.log2(level.perPx / perPx));
  const nearest = levels.reduce(
    (best, level) => (steps(level) < steps(best) ? level : best),
    levels[0] as Level,
  );
  for (const level of levels.slice(0, levels.indexOf(nearest) + 1).toReversed()) {
    const block = blockOf(level, box, limits[level.id]);
    if (!block) return undefined;
    if (countOf(block) <= MOST_TILES) return block;
  }
  return undefined;
}

const countOf = ({ minColumn, maxColumn, minRow, maxRow }: TileBlock): number =>
  (maxColumn - minColumn + 1) * (maxRow - minRow + 1);

function blockOf(level: Level, box: Bbox, limits: readonly number[] | undefined): TileBlock | undefined {
  const { perPx, minX, maxY, tileWidthPx, tileHeightPx, columns, rows } = level;
  const [width, height] = [tileWidthPx * perPx, tileHeightPx * perPx];
  const [firstRow = 0, lastRow = rows - 1, firstColumn = 0, lastColumn = columns - 1] = limits ?? [];
  // A box that ends on an edge does not show the tile behind it.
  const block = {
    level,
    minColumn: Math.max(firstColumn, Math.floor((box.minX - minX) / width + EDGE)),
    maxColumn: Math.min(lastColumn, Math.ceil((box.maxX - minX) / width - EDGE) - 1),
    minRow: Math.max(firstRow, Math.floor((maxY - box.maxY) / height + EDGE)),
    maxRow: Math.min(lastRow, Math.ceil((maxY - box.minY) / height - EDGE) - 1),
  };
  return block.minColumn <= block.maxColumn && block.minRow <= block.maxRow ? block : undefined;
}

/** Of a tile: scale denominators are rounded. */
const EDGE = 1e-6;

/** What a block shows, in the CRS of its set. */
export function boxOfBlock({ level, minColumn, maxColumn, minRow, maxRow }: TileBlock, srid: number): Bbox {
  const { perPx, minX, maxY, tileWidthPx, tileHeightPx } = level;
  const [width, height] = [tileWidthPx * perPx, tileHeightPx * perPx];
  return {
    ...{ minX: minX + minColumn * width, maxX: minX + (maxColumn + 1) * width },
    ...{ minY: maxY - (maxRow + 1) * height, maxY: maxY - minRow * height, srid },
  };
}

/** @param template with the places of WMTS */
export function tileAddress(
  template: string,
  set: string,
  level: string,
  row: number,
  column: number,
): string {
  const values: Readonly<Record<string, string>> = {
    ...{ TileMatrixSet: set, TileMatrix: level, TileRow: String(row), TileCol: String(column) },
  };
  return template.replaceAll(/\{(\w+)\}/g, (place, name: string) =>
    values[name] === undefined ? place : encodeURIComponent(values[name]),
  );
}
