/** The tile grid of terrain: EPSG:4326, two square tiles of 180° at level 0, row 0 in the south (TMS). */

/** Steps along the side of a tile; a vertex may stand at each. */
export const GRID_STEPS = 64;

export interface TileRectangle {
  /** Degrees. */
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Columns and rows, inclusive, as layer.json lists them. */
export interface AvailableRange {
  readonly startX: number;
  readonly startY: number;
  readonly endX: number;
  readonly endY: number;
}

export const tileDegrees = (z: number): number => 180 / 2 ** z;

/** Longitude of a step counted from the date line; exact, so neighbours agree to the last bit. */
export const lonOfStep = (z: number, step: number): number => -180 + step * (tileDegrees(z) / GRID_STEPS);
/** Latitude of a step counted from the south pole. */
export const latOfStep = (z: number, step: number): number => -90 + step * (tileDegrees(z) / GRID_STEPS);

export function tileRectangle(z: number, x: number, y: number): TileRectangle {
  return {
    west: lonOfStep(z, x * GRID_STEPS),
    south: latOfStep(z, y * GRID_STEPS),
    east: lonOfStep(z, (x + 1) * GRID_STEPS),
    north: latOfStep(z, (y + 1) * GRID_STEPS),
  };
}

/** Every tile of a level. */
export const wholeLevel = (z: number): AvailableRange => ({
  startX: 0,
  startY: 0,
  endX: 2 ** (z + 1) - 1,
  endY: 2 ** z - 1,
});

/** The tiles of a level that share area with a rectangle. */
export function tilesOver(z: number, { west, south, east, north }: TileRectangle): AvailableRange {
  const size = tileDegrees(z);
  const all = wholeLevel(z);
  const column = (lon: number): number => Math.min(all.endX, Math.max(0, Math.floor((lon + 180) / size)));
  const row = (lat: number): number => Math.min(all.endY, Math.max(0, Math.floor((lat + 90) / size)));
  return { startX: column(west), startY: row(south), endX: column(east), endY: row(north) };
}

export function isInRange({ startX, startY, endX, endY }: AvailableRange, x: number, y: number): boolean {
  return x >= startX && x <= endX && y >= startY && y <= endY;
}
