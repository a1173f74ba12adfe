import { TwinError } from '../../core/errors.ts';
import type { Undulation } from '../../core/geo/geoid.ts';
import { openGeoRaster } from './geo-raster.ts';

/** CRS whose longitude and latitude are those of the house within centimetres: ETRS89, ETRF2000-PL, WGS 84. */
const GEOGRAPHIC = new Set([4258, 9701, 9702, 4326, 4937, 4979]);

/**
 * Reads a grid of undulations (GeoTIFF of one band in degrees, as in PROJ-data), bilinear between the nodes.
 * @param beyond what holds outside the grid and where it has no value
 * @throws TwinError as `openGeoRaster`, and not-supported when the grid is not in degrees.
 */
export async function readGeoidGrid(path: string, model: string, beyond: Undulation): Promise<Undulation> {
  const raster = await openGeoRaster(path, 'geoid grid');
  try {
    if (raster.srid !== undefined && !GEOGRAPHIC.has(raster.srid)) {
      throw new TwinError(
        'not-supported',
        `The geoid grid ${path} is in EPSG:${raster.srid}; it must be in degrees (ETRS89 or WGS 84)`,
      );
    }
    const [{ width, height, cellX, cellY, read }] = raster.levels;
    const cells = await read({ left: 0, top: 0, right: width, bottom: height });
    const [firstLon, firstLat] = [raster.left + cellX / 2, raster.top - cellY / 2];
    return {
      model,
      undulationM: (lonDeg, latDeg) => {
        const column = onGrid((lonDeg - firstLon) / cellX, width);
        const row = onGrid((firstLat - latDeg) / cellY, height);
        const value = bilinear(cells, width, height, column, row);
        return Number.isNaN(value) ? beyond.undulationM(lonDeg, latDeg) : value;
      },
    };
  } finally {
    await raster.close();
  }
}

/** A node of the rim stays on the grid although its degrees were rounded. */
function onGrid(position: number, nodes: number): number {
  const slack = 1e-6;
  if (!(position >= -slack && position <= nodes - 1 + slack)) return Number.NaN;
  return Math.min(Math.max(position, 0), nodes - 1);
}

/** NaN outside the nodes and next to a missing one. */
function bilinear(cells: Float32Array, width: number, height: number, column: number, row: number): number {
  if (Number.isNaN(column) || Number.isNaN(row)) return Number.NaN;
  const left = Math.min(Math.floor(column), width - 2);
  const top = Math.min(Math.floor(row), height - 2);
  const [u, v] = [column - left, row - top];
  const at = top * width + left;
  const upper = (cells[at] ?? Number.NaN) * (1 - u) + (cells[at + 1] ?? Number.NaN) * u;
  const lower = (cells[at + width] ?? Number.NaN) * (1 - u) + (cells[at + width + 1] ?? Number.NaN) * u;
  return upper * (1 - v) + lower * v;
}
