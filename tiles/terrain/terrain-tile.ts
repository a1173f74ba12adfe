import { enuAxes, geodeticToEcef } from '../../core/geo/ecef.ts';
import type { Undulation } from '../../core/geo/geoid.ts';
import { GRID_STEPS, latOfStep, lonOfStep, tileDegrees, tileRectangle } from './geographic-tiles.ts';
import type { GroundHeight } from './ground.ts';
import { QUANTIZED_MAX, type TerrainMesh, writeQuantizedMesh } from './quantized-mesh.ts';
import { type GridMesh, meshWithin, nodeErrors } from './rtin.ts';

/** What CesiumJS takes for the error of level 0 of such a pyramid (65 heights per side), m; halved per level. */
const LEVEL_ZERO_ERROR_M = 77_067;
const MIN_ERROR_M = 0.1;
const EARTH_RADIUS_M = 6_371_000;
const METRES_PER_DEGREE = 111_320;
const SIZE = GRID_STEPS + 1;
/** One step more on each side, for normals that agree between neighbours. */
const WIDE = SIZE + 2;

/** Largest distance of the mesh from the heights of a level, m; four times finer than what the viewer assumes. */
export const maxErrorM = (z: number): number => Math.max(MIN_ERROR_M, LEVEL_ZERO_ERROR_M / 2 ** z / 4);

export interface HeightRange {
  readonly minHeightM: number;
  readonly maxHeightM: number;
}

/** The bytes of one tile: ground plus undulation, as few triangles as the error of the level allows. */
export function makeTerrainTile(
  z: number,
  x: number,
  y: number,
  ground: GroundHeight,
  undulation: Undulation,
  range: HeightRange,
): Uint8Array {
  const wide = new Float64Array(WIDE * WIDE);
  for (let row = -1; row <= SIZE; row++) {
    const lat = Math.min(90, Math.max(-90, latOfStep(z, y * GRID_STEPS + row)));
    for (let column = -1; column <= SIZE; column++) {
      const lon = lonOfStep(z, x * GRID_STEPS + column);
      wide[(row + 1) * WIDE + column + 1] = ground(column, row) + undulation.undulationM(lon, lat);
    }
  }
  const heights = new Float64Array(SIZE * SIZE);
  for (let row = 0; row < SIZE; row++) {
    heights.set(wide.subarray((row + 1) * WIDE + 1, (row + 1) * WIDE + 1 + SIZE), row * SIZE);
  }
  const stepRadians = (tileDegrees(z) / GRID_STEPS) * (Math.PI / 180);
  const sagM = (span: number): number => EARTH_RADIUS_M * (1 - Math.cos((span * stepRadians) / 2));
  const mesh = meshWithin(SIZE, nodeErrors(SIZE, heights, sagM), maxErrorM(z));
  return writeQuantizedMesh(terrainMesh(z, x, y, mesh, wide, range));
}

function terrainMesh(
  z: number,
  x: number,
  y: number,
  { nodes, triangles }: GridMesh,
  wide: Float64Array,
  range: HeightRange,
): TerrainMesh {
  const count = nodes.length;
  const u = new Uint16Array(count);
  const v = new Uint16Array(count);
  const height = new Uint16Array(count);
  const positions = new Float64Array(3 * count);
  const normals = new Float32Array(3 * count);
  const { minHeightM, maxHeightM } = range;
  nodes.forEach((node, i) => {
    const [column, row] = [node % SIZE, Math.floor(node / SIZE)];
    const [lon, lat] = [lonOfStep(z, x * GRID_STEPS + column), latOfStep(z, y * GRID_STEPS + row)];
    const heightM = wide[(row + 1) * WIDE + column + 1] ?? 0;
    u[i] = Math.round((column * QUANTIZED_MAX) / GRID_STEPS);
    v[i] = Math.round((row * QUANTIZED_MAX) / GRID_STEPS);
    height[i] = quantize((heightM - minHeightM) / (maxHeightM - minHeightM));
    positions.set(geodeticToEcef(lon, lat, heightM), 3 * i);
    normals.set(normalAt(wide, column, row, lon, lat, tileDegrees(z) / GRID_STEPS), 3 * i);
  });
  return { ...tileRectangle(z, x, y), ...range, u, v, height, positions, normals, triangles };
}

const quantize = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * QUANTIZED_MAX);

/** Normal of the surface from the four neighbours, ECEF. */
function normalAt(
  wide: Float64Array,
  column: number,
  row: number,
  lon: number,
  lat: number,
  stepDegrees: number,
): [number, number, number] {
  const at = (c: number, r: number): number => wide[(r + 1) * WIDE + c + 1] ?? 0;
  const northM = 2 * stepDegrees * METRES_PER_DEGREE;
  const eastM = northM * Math.max(1e-3, Math.cos((lat * Math.PI) / 180));
  const slopeEast = (at(column + 1, row) - at(column - 1, row)) / eastM;
  const slopeNorth = (at(column, row + 1) - at(column, row - 1)) / northM;
  const length = Math.hypot(slopeEast, slopeNorth, 1);
  const { east, north, up } = enuAxes(lon, lat);
  const axis = (i: 0 | 1 | 2): number => (up[i] - slopeEast * east[i] - slopeNorth * north[i]) / length;
  return [axis(0), axis(1), axis(2)];
}
