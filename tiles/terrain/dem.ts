import { TwinError } from '../../core/errors.ts';
import { type Bbox, bboxesIntersect } from '../../core/geo/bbox.ts';
import { crsOf } from '../../core/geo/crs.ts';
import { type CellWindow, type GeoRaster, openGeoRaster, type RasterLevel } from './geo-raster.ts';
import { halve, statisticsOf } from './height-grid.ts';

/** Up to this many cells (64 MB) a raster is held in memory with its own pyramid. */
const MAX_HELD_CELLS = 16_777_216;

/** A digital terrain model: normal heights (PL-EVRF2007-NH), m, in a projected CRS. */
export interface Dtm {
  readonly srid: number;
  readonly extent: Bbox;
  /** Larger side of a cell, m. */
  readonly cellM: number;
  /** Lowest, highest and mean height; rough (from the coarsest overview) for a raster not held in memory. */
  readonly minM: number;
  readonly maxM: number;
  readonly meanM: number;
  /**
   * The heights of a box, ready to be sampled.
   * @param spacingM distance of the samples: the coarsest overview whose cells are not larger is read
   */
  window(bbox: Bbox, spacingM: number): Promise<HeightField>;
  close(): Promise<void>;
}

export interface HeightField {
  /** Bilinear height, m; NaN where the model has none and outside it. */
  heightM(easting: number, northing: number): number;
}

/**
 * Opens a terrain model.
 * @param given EPSG code of its CRS, for a file that names none; degrees only for pictures: all lengths are in its units
 * @throws TwinError as `openGeoRaster`; not-supported when its CRS is not projected in metres, or when it is too
 *   large to be held and has no overviews.
 */
export async function openDtm(path: string, given?: number): Promise<Dtm> {
  const raster = await openGeoRaster(path, 'terrain model');
  try {
    const srid = given ?? sridOf(raster, path);
    const [full] = raster.levels;
    const levels =
      full.width * full.height <= MAX_HELD_CELLS ? await heldPyramid(full) : filePyramid(raster, path);
    const coarsest = levels.at(-1) ?? full;
    const statistics = statisticsOf(await coarsest.read(wholeOf(coarsest)));
    const exact = levels[0] !== full;
    const all = exact ? statisticsOf(await (levels[0] ?? full).read(wholeOf(full))) : statistics;
    return {
      srid,
      extent: {
        minX: raster.left,
        minY: raster.top - full.height * full.cellY,
        maxX: raster.left + full.width * full.cellX,
        maxY: raster.top,
        srid,
      },
      cellM: Math.max(full.cellX, full.cellY),
      // Means hide peaks, so an overview's range is widened.
      minM: all.minM - (exact ? 0 : 50),
      maxM: all.maxM + (exact ? 0 : 50),
      meanM: all.meanM,
      window: (bbox, spacingM) => readField(raster, levelFor(levels, spacingM), bbox),
      close: () => raster.close(),
    };
  } catch (error) {
    await raster.close();
    throw error;
  }
}

function sridOf(raster: GeoRaster, path: string): number {
  if (raster.srid === undefined) {
    throw new TwinError(
      'not-supported',
      `The terrain model ${path} names no CRS by EPSG code; add it (gdal_edit -a_srs EPSG:2177)`,
    );
  }
  if (crsOf(raster.srid).unit !== 'm') {
    throw new TwinError(
      'not-supported',
      `The terrain model ${path} is in degrees (EPSG:${raster.srid}); warp it to metres (gdalwarp -t_srs EPSG:2177)`,
    );
  }
  return raster.srid;
}

const wholeOf = (level: RasterLevel): CellWindow => ({
  left: 0,
  top: 0,
  right: level.width,
  bottom: level.height,
});

async function heldPyramid(full: RasterLevel): Promise<readonly RasterLevel[]> {
  let grid = { width: full.width, height: full.height, cells: await full.read(wholeOf(full)) };
  let [cellX, cellY] = [full.cellX, full.cellY];
  const levels: RasterLevel[] = [];
  for (;;) {
    const { width, height, cells } = grid;
    levels.push({ width, height, cellX, cellY, read: async (window) => cut(cells, width, window) });
    if (Math.max(width, height) <= 64) return levels;
    grid = halve(grid);
    cellX *= 2;
    cellY *= 2;
  }
}

function cut(cells: Float32Array, width: number, { left, top, right, bottom }: CellWindow): Float32Array {
  const columns = right - left;
  const out = new Float32Array(columns * (bottom - top));
  for (let row = top; row < bottom; row++) {
    out.set(cells.subarray(row * width + left, row * width + right), (row - top) * columns);
  }
  return out;
}

function filePyramid(raster: GeoRaster, path: string): readonly RasterLevel[] {
  const coarsest = raster.levels.at(-1);
  if (!coarsest || coarsest.width * coarsest.height > MAX_HELD_CELLS / 16) {
    throw new TwinError(
      'not-supported',
      `The terrain model ${path} is too large to be read without overviews; add them (gdaladdo -r average ${path} 2 4 8 16 32 64)`,
    );
  }
  return raster.levels;
}

function levelFor(levels: readonly RasterLevel[], spacingM: number): RasterLevel {
  const fine = levels.filter(({ cellX, cellY }) => Math.max(cellX, cellY) <= spacingM);
  const level = fine.at(-1) ?? levels[0];
  if (!level) throw new Error('a raster has at least one level');
  return level;
}

const EMPTY_FIELD: HeightField = { heightM: () => Number.NaN };

async function readField(raster: GeoRaster, level: RasterLevel, bbox: Bbox): Promise<HeightField> {
  const { cellX, cellY, width, height } = level;
  const right = raster.left + width * cellX;
  const bottom = raster.top - height * cellY;
  const whole = { minX: raster.left, minY: bottom, maxX: right, maxY: raster.top, srid: bbox.srid };
  if (!bboxesIntersect(bbox, whole)) return EMPTY_FIELD;
  // One cell more on each side for the interpolation.
  const window = {
    left: Math.max(0, Math.floor((bbox.minX - raster.left) / cellX) - 1),
    top: Math.max(0, Math.floor((raster.top - bbox.maxY) / cellY) - 1),
    right: Math.min(width, Math.ceil((bbox.maxX - raster.left) / cellX) + 1),
    bottom: Math.min(height, Math.ceil((raster.top - bbox.minY) / cellY) + 1),
  };
  const cells = await level.read(window);
  const columns = window.right - window.left;
  const at = (column: number, row: number): number =>
    cells[(row - window.top) * columns + column - window.left] ?? Number.NaN;
  return {
    heightM: (easting, northing) => {
      if (!(easting >= raster.left && easting <= right && northing <= raster.top && northing >= bottom)) {
        return Number.NaN;
      }
      // Values stand at the centres of cells; half a cell inside the rim they are held constant.
      const x = clamp((easting - raster.left) / cellX - 0.5, window.left, window.right - 1);
      const y = clamp((raster.top - northing) / cellY - 0.5, window.top, window.bottom - 1);
      const column = Math.min(Math.floor(x), Math.max(window.left, window.right - 2));
      const row = Math.min(Math.floor(y), Math.max(window.top, window.bottom - 2));
      const [nextColumn, nextRow] = [
        Math.min(column + 1, window.right - 1),
        Math.min(row + 1, window.bottom - 1),
      ];
      return bilinearKnown(
        [at(column, row), at(nextColumn, row), at(column, nextRow), at(nextColumn, nextRow)],
        x - column,
        y - row,
      );
    },
  };
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

type Corners = readonly [number, number, number, number];

/** Bilinear over the corners that have a value; NaN when the nearest has none. */
function bilinearKnown(corners: Corners, u: number, v: number): number {
  const [a, b, c, d] = corners;
  const plain = (a * (1 - u) + b * u) * (1 - v) + (c * (1 - u) + d * u) * v;
  if (!Number.isNaN(plain)) return plain;
  const weights: Corners = [(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v];
  let [sum, weight, nearest] = [0, 0, -1];
  let isKnown = false;
  corners.forEach((value, i) => {
    const share = weights[i] ?? 0;
    const known = !Number.isNaN(value);
    if (share > nearest) [nearest, isKnown] = [share, known];
    if (known) [sum, weight] = [sum + value * share, weight + share];
  });
  return isKnown ? sum / weight : Number.NaN;
}
