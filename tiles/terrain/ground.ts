import { type Bbox, reprojectBbox } from '../../core/geo/bbox.ts';
import { type PositionTransform, transformBetween } from '../../core/geo/crs.ts';
import type { Dtm, HeightField } from './dem.ts';
import { GRID_STEPS, latOfStep, lonOfStep, type TileRectangle, tileDegrees } from './geographic-tiles.ts';

/** Beyond the model the ground falls from its rim to the geoid over this distance, so that no cliff stands there. */
const FADE_M = 5000;
/** From this level on, positions are projected at every eighth step and interpolated (0.2 m off at level 9). */
const INTERPOLATED_FROM = 9;
const COARSE_STEPS = 8;
const METRES_PER_DEGREE = 111_320;

/** Normal heights at the steps of one tile, counted from its south-western corner; −1 and 65 lie one step outside. */
export type GroundHeight = (column: number, row: number) => number;

/** The ground of the terrain model for one tile. Depends only on level and place, so that neighbours agree. */
export async function groundOf(dtm: Dtm, z: number, x: number, y: number): Promise<GroundHeight> {
  const toDtm = transformBetween(4326, dtm.srid);
  const reach = reachOf(dtm);
  const tile = rectangleWithMargin(z, x, y);
  if (!overlap(reach, tile)) return () => 0;
  const spacingM = (tileDegrees(z) * METRES_PER_DEGREE) / GRID_STEPS;
  const field = await dtm.window(windowOf(dtm, tile), spacingM);
  const place =
    z >= INTERPOLATED_FROM ? interpolatedPlace(toDtm, z, x, y) : exactPlace(toDtm, z, x, y, reach);
  return (column, row) => {
    const position = place(column, row);
    return position ? heightAt(dtm, field, position[0], position[1]) : 0;
  };
}

/** Where the model has a say: its extent and the fading belt, degrees. */
function reachOf({ extent, srid }: Dtm): TileRectangle {
  const belt = {
    minX: extent.minX - FADE_M,
    minY: extent.minY - FADE_M,
    maxX: extent.maxX + FADE_M,
    maxY: extent.maxY + FADE_M,
    srid,
  };
  const box = reprojectBbox(belt, 4326);
  return { west: box.minX, south: box.minY, east: box.maxX, north: box.maxY };
}

function rectangleWithMargin(z: number, x: number, y: number): TileRectangle {
  return {
    west: lonOfStep(z, x * GRID_STEPS - 1),
    south: latOfStep(z, y * GRID_STEPS - 1),
    east: lonOfStep(z, (x + 1) * GRID_STEPS + 1),
    north: latOfStep(z, (y + 1) * GRID_STEPS + 1),
  };
}

const overlap = (a: TileRectangle, b: TileRectangle): boolean =>
  a.west <= b.east && a.east >= b.west && a.south <= b.north && a.north >= b.south;

/** The part of the model that a tile samples, its rim where the tile reaches beyond. */
function windowOf(dtm: Dtm, tile: TileRectangle): Bbox {
  const reach = reachOf(dtm);
  const part = {
    minX: Math.max(tile.west, reach.west),
    minY: Math.max(tile.south, reach.south),
    maxX: Math.min(tile.east, reach.east),
    maxY: Math.min(tile.north, reach.north),
    srid: 4326,
  };
  const box = reprojectBbox(part, dtm.srid);
  const { extent, srid } = dtm;
  const clampX = (value: number): number => Math.min(Math.max(value, extent.minX), extent.maxX);
  const clampY = (value: number): number => Math.min(Math.max(value, extent.minY), extent.maxY);
  // The interpolated projection strays by decimetres.
  const slackM = 10;
  return {
    minX: clampX(box.minX - slackM),
    minY: clampY(box.minY - slackM),
    maxX: clampX(box.maxX + slackM),
    maxY: clampY(box.maxY + slackM),
    srid,
  };
}

type Place = (column: number, row: number) => readonly [number, number] | undefined;

function exactPlace(toDtm: PositionTransform, z: number, x: number, y: number, reach: TileRectangle): Place {
  return (column, row) => {
    const lon = lonOfStep(z, x * GRID_STEPS + column);
    const lat = latOfStep(z, y * GRID_STEPS + row);
    // Far away the projection of the model means nothing.
    if (lon < reach.west || lon > reach.east || lat < reach.south || lat > reach.north) return undefined;
    const [easting, northing] = toDtm([lon, lat]);
    return [easting, northing];
  };
}

function interpolatedPlace(toDtm: PositionTransform, z: number, x: number, y: number): Place {
  const nodes = new Map<number, readonly [number, number]>();
  // One coarse cell more on each side of the tile: −8 … 72.
  const perRow = GRID_STEPS / COARSE_STEPS + 3;
  const node = (column: number, row: number): readonly [number, number] => {
    const key = (row + 1) * perRow + column + 1;
    const known = nodes.get(key);
    if (known) return known;
    const [easting, northing] = toDtm([
      lonOfStep(z, x * GRID_STEPS + column * COARSE_STEPS),
      latOfStep(z, y * GRID_STEPS + row * COARSE_STEPS),
    ]);
    const made = [easting, northing] as const;
    nodes.set(key, made);
    return made;
  };
  return (column, row) => {
    const [left, bottom] = [Math.floor(column / COARSE_STEPS), Math.floor(row / COARSE_STEPS)];
    const [u, v] = [column / COARSE_STEPS - left, row / COARSE_STEPS - bottom];
    // A node that has no weight is not made: it may lie beyond the tile.
    const a = node(left, bottom);
    const b = u === 0 ? a : node(left + 1, bottom);
    const c = v === 0 ? a : node(left, bottom + 1);
    const d = u === 0 ? c : v === 0 ? b : node(left + 1, bottom + 1);
    const mix = (i: 0 | 1): number => (a[i] * (1 - u) + b[i] * u) * (1 - v) + (c[i] * (1 - u) + d[i] * u) * v;
    return [mix(0), mix(1)];
  };
}

function heightAt(dtm: Dtm, field: HeightField, easting: number, northing: number): number {
  const { minX, minY, maxX, maxY } = dtm.extent;
  const [x, y] = [Math.min(Math.max(easting, minX), maxX), Math.min(Math.max(northing, minY), maxY)];
  const measured = field.heightM(x, y);
  // A hole in the model is closed at its mean height.
  const heightM = Number.isNaN(measured) ? dtm.meanM : measured;
  const outsideM = Math.hypot(easting - x, northing - y);
  return outsideM === 0 ? heightM : heightM * fade(outsideM / FADE_M);
}

/** 1 at the rim, 0 at the end of the belt, level at both. */
function fade(share: number): number {
  if (share >= 1) return 0;
  const t = 1 - share;
  return t * t * (3 - 2 * t);
}
