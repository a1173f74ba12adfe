import { deflateSync } from 'node:zlib';
import { invalidParameter } from '../../core/errors.ts';
import type { Bbox } from '../../core/geo/bbox.ts';
import { CITY_HEIGHTS, type HeightSystem, VERTICAL_CRS } from '../../core/geo/height-systems.ts';
import {
  ascii,
  BLOCK_PX,
  double,
  evenly,
  geoKeys,
  short,
  type TiffField,
  tiffFile,
} from '../tiff/tiff-file.ts';
import { type HeightGrid, halve } from './height-grid.ts';

export interface DtmSpec {
  /** Box to cover, in a projected CRS in metres; widened to whole cells at the right and lower edge. */
  readonly extent: Bbox;
  readonly cellM: number;
  /** Normal height, m, asked at the centre of each cell; NaN for none. */
  readonly heightM: (easting: number, northing: number) => number;
  /** Usually that of the twin. */
  readonly heights?: HeightSystem;
  /** What the file says of itself and of its use, a line each; ends its description. */
  readonly note?: readonly string[];
}

const NO_DATA = -9999;
const MAX_CELLS = 200_000_000;

/**
 * A terrain model as a tiled, deflated float32 GeoTIFF with overviews, as `openDtm` and GDAL read it.
 * @throws TwinError invalid-parameter when the extent or the cell make no grid of a sensible size.
 */
export function writeDtm(spec: DtmSpec): Uint8Array {
  const { extent, cellM } = spec;
  const width = Math.ceil((extent.maxX - extent.minX) / cellM);
  const height = Math.ceil((extent.maxY - extent.minY) / cellM);
  if (!(width > 0 && height > 0 && width * height <= MAX_CELLS)) {
    throw invalidParameter('cellM', `A terrain model of ${width} × ${height} cells cannot be written`);
  }
  const levels: HeightGrid[] = [sample(spec, width, height)];
  for (let last = levels[0]; last && Math.max(last.width, last.height) > BLOCK_PX; last = levels.at(-1)) {
    levels.push(halve(last));
  }
  return Buffer.concat([
    ...tiffFile(
      levels.map((grid, index) => ({
        fields: fieldsOf(grid, index === 0 ? spec : undefined),
        blocks: blocksOf(grid),
      })),
    ),
  ]);
}

function sample({ extent, cellM, heightM }: DtmSpec, width: number, height: number): HeightGrid {
  const cells = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const northing = extent.maxY - (row + 0.5) * cellM;
    for (let column = 0; column < width; column++) {
      cells[row * width + column] = heightM(extent.minX + (column + 0.5) * cellM, northing);
    }
  }
  return { width, height, cells };
}

/** Deflated blocks of 256 × 256 cells; each padded to an even length so that the next stands on a word. */
function blocksOf({ width, height, cells }: HeightGrid): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let top = 0; top < height; top += BLOCK_PX) {
    for (let left = 0; left < width; left += BLOCK_PX) {
      const block = new Float32Array(BLOCK_PX * BLOCK_PX).fill(NO_DATA);
      for (let row = 0; row < Math.min(BLOCK_PX, height - top); row++) {
        for (let column = 0; column < Math.min(BLOCK_PX, width - left); column++) {
          const value = cells[(top + row) * width + left + column] ?? Number.NaN;
          if (!Number.isNaN(value)) block[row * BLOCK_PX + column] = value;
        }
      }
      const packed = deflateSync(new Uint8Array(block.buffer), { level: 6 });
      blocks.push(evenly(packed));
    }
  }
  return blocks;
}

/** TIFF 6.0 fields of one level; those that place it on the Earth only for the full one. */
function fieldsOf({ width, height }: HeightGrid, spec: DtmSpec | undefined): TiffField[] {
  const fields: TiffField[] = [
    { tag: 254, type: 4, values: [spec ? 0 : 1] },
    { tag: 256, type: 4, values: [width] },
    { tag: 257, type: 4, values: [height] },
    short(258, 32),
    short(259, 8),
    short(262, 1),
    short(277, 1),
    short(322, BLOCK_PX),
    short(323, BLOCK_PX),
    short(339, 3),
    ascii(42_113, String(NO_DATA)),
  ];
  if (spec) {
    const { extent, cellM, heights = CITY_HEIGHTS, note = [] } = spec;
    fields.push(
      ascii(270, [`Terrain model, normal heights ${heights} in metres`, ...note].join('\n')),
      double(33_550, cellM, cellM, 0),
      double(33_922, 0, 0, 0, extent.minX, extent.maxY, 0),
      geoKeys(extent.srid, VERTICAL_CRS[heights].srid),
    );
  }
  return fields;
}
