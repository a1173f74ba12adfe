import { fromFile, type GeoTIFF, type GeoTIFFImage } from 'geotiff';
import { TwinError } from '../../core/errors.ts';

/** A rectangle of cells: columns and rows from the upper left corner; the ends are exclusive. */
export interface CellWindow {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The raster at one resolution. Cells lie row by row from the north; NaN where there is no value. */
export interface RasterLevel {
  readonly width: number;
  readonly height: number;
  /** Cell size in units of the CRS. */
  readonly cellX: number;
  readonly cellY: number;
  read(window: CellWindow): Promise<Float32Array>;
}

/** A north-up raster of one band. */
export interface GeoRaster {
  /** EPSG code of the horizontal CRS, undefined when the file names none by code. */
  readonly srid: number | undefined;
  /** Upper left corner of the upper left cell, easting (longitude) and northing (latitude). */
  readonly left: number;
  readonly top: number;
  /** Finest first. */
  readonly levels: readonly [RasterLevel, ...RasterLevel[]];
  close(): Promise<void>;
}

/**
 * Opens a GeoTIFF of one band.
 * @param purpose what the file should be, for the message: `terrain model`
 * @throws TwinError unavailable when it cannot be read; not-supported when it is rotated, has several bands or
 *   is not placed on the Earth.
 */
export async function openGeoRaster(path: string, purpose: string): Promise<GeoRaster> {
  const refuse = (reason: string): TwinError =>
    new TwinError('not-supported', `The ${purpose} ${path} cannot be used: ${reason}`);
  const damaged = (cause: unknown): TwinError =>
    new TwinError('unavailable', `The ${purpose} ${path} is damaged; copy it again`, { cause });
  let tiff: GeoTIFF;
  try {
    tiff = await fromFile(path);
  } catch (cause) {
    throw new TwinError('unavailable', `The ${purpose} ${path} cannot be read as a GeoTIFF`, { cause });
  }
  try {
    const raster = await describe(tiff, refuse);
    const told = (level: RasterLevel): RasterLevel => ({
      ...level,
      read: (window) => level.read(window).catch((cause: unknown) => Promise.reject(damaged(cause))),
    });
    const [full, ...overviews] = raster.levels;
    return { ...raster, levels: [told(full), ...overviews.map(told)] };
  } catch (error) {
    await tiff.close();
    throw error instanceof TwinError ? error : damaged(error);
  }
}

async function describe(tiff: GeoTIFF, refuse: (reason: string) => TwinError): Promise<GeoRaster> {
  const images: GeoTIFFImage[] = [];
  for (let i = 0, count = await tiff.getImageCount(); i < count; i++) images.push(await tiff.getImage(i));
  const [main] = images;
  if (!main) throw refuse('it holds no image');
  const bands = main.getSamplesPerPixel();
  if (bands !== 1) throw refuse(`it has ${bands} bands where one band of heights is needed`);
  const { left, top, cellX, cellY } = placement(main, refuse);
  const [width, height] = [main.getWidth(), main.getHeight()];
  const noData = main.getGDALNoData();
  const levelOf = (image: GeoTIFFImage): RasterLevel => ({
    width: image.getWidth(),
    height: image.getHeight(),
    cellX: (cellX * width) / image.getWidth(),
    cellY: (cellY * height) / image.getHeight(),
    read: (window) => readCells(image, window, noData),
  });
  const overviews = images
    .slice(1)
    .filter((image) => image.getSamplesPerPixel() === 1 && image.getWidth() < width && !isMask(image))
    .sort((a, b) => b.getWidth() - a.getWidth());
  return {
    srid: sridOf(main),
    left,
    top,
    levels: [levelOf(main), ...overviews.map(levelOf)],
    close: async () => void (await tiff.close()),
  };
}

interface Placement {
  readonly left: number;
  readonly top: number;
  readonly cellX: number;
  readonly cellY: number;
}

/** OGC GeoTIFF 1.1, 7.1: one tie point and a scale, or a transformation matrix. */
function placement(image: GeoTIFFImage, refuse: (reason: string) => TwinError): Placement {
  const matrix = numbersOf(image, 'ModelTransformation');
  const scale = numbersOf(image, 'ModelPixelScale');
  const tie = numbersOf(image, 'ModelTiepoint');
  let [left, top, cellX, cellY] = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  if (matrix) {
    const [a = 0, b = 0, , d = 0, e = 0, f = 0, , h = 0] = matrix;
    if (b !== 0 || e !== 0) throw refuse('it is rotated; warp it to north-up first (gdalwarp)');
    [left, top, cellX, cellY] = [d, h, a, -f];
  } else if (scale && tie?.length === 6) {
    const [scaleX = 0, scaleY = 0] = scale;
    const [i = 0, j = 0, , x = 0, y = 0] = tie;
    [left, top, cellX, cellY] = [x - i * scaleX, y + j * scaleY, scaleX, scaleY];
  } else {
    throw refuse('it has no tie point with a cell size, so its place is unknown');
  }
  if (!(cellX > 0 && cellY > 0 && Number.isFinite(left) && Number.isFinite(top))) {
    throw refuse('its rows do not run from north to south; warp it to north-up first (gdalwarp)');
  }
  // With PixelIsPoint the tie point is the centre of the cell, not its corner (OGC GeoTIFF 1.1, 7.1.2.5).
  const isPoint = image.getGeoKeys()?.GTRasterTypeGeoKey === 2;
  return isPoint
    ? { left: left - cellX / 2, top: top + cellY / 2, cellX, cellY }
    : { left, top, cellX, cellY };
}

function numbersOf(
  image: GeoTIFFImage,
  tag: 'ModelTransformation' | 'ModelPixelScale' | 'ModelTiepoint',
): readonly number[] | undefined {
  const value: unknown = image.fileDirectory.hasTag(tag) ? image.fileDirectory.getValue(tag) : undefined;
  return value && typeof value === 'object' ? Array.from(value as ArrayLike<number>) : undefined;
}

/** Bit 2 of NewSubfileType marks a transparency mask. */
function isMask(image: GeoTIFFImage): boolean {
  const type: unknown = image.fileDirectory.hasTag('NewSubfileType')
    ? image.fileDirectory.getValue('NewSubfileType')
    : 0;
  return typeof type === 'number' && (type & 4) !== 0;
}

function sridOf(image: GeoTIFFImage): number | undefined {
  const keys = image.getGeoKeys();
  const code: unknown = keys?.ProjectedCSTypeGeoKey ?? keys?.GeographicTypeGeoKey;
  // 32767 says "user-defined".
  return typeof code === 'number' && code > 0 && code < 32_767 ? code : undefined;
}

async function readCells(
  image: GeoTIFFImage,
  { left, top, right, bottom }: CellWindow,
  noData: number | null,
): Promise<Float32Array> {
  const cells = Float32Array.from(
    await image.readRasters({ window: [left, top, right, bottom], samples: [0], interleave: true }),
  );
  if (noData === null || Number.isNaN(noData)) return cells;
  const missing = Math.fround(noData);
  // A double written as text (-3.4e+38) need not be the float in the file to the last bit.
  const tolerance = Math.abs(missing) * 1e-6;
  for (let i = 0; i < cells.length; i++) {
    if (Math.abs((cells[i] ?? 0) - missing) <= tolerance) cells[i] = Number.NaN;
  }
  return cells;
}
