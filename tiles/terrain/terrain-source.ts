import { createHash } from 'node:crypto';
import { reprojectBbox } from '../../core/geo/bbox.ts';
import type { Undulation } from '../../core/geo/geoid.ts';
import type { ShapedGround } from '../../core/scenario/shaped-ground.ts';
import type { DocumentSource, Tile, TileId } from '../source.ts';
import type { Dtm } from './dem.ts';
import {
  type AvailableRange,
  GRID_STEPS,
  isInRange,
  tileDegrees,
  tileRectangle,
  tilesOver,
  wholeLevel,
} from './geographic-tiles.ts';
import { groundOf } from './ground.ts';
import { heightRangeOver, type Shaping, shapedDtm, shapesUnder } from './shaped-dtm.ts';
import { type HeightRange, makeTerrainTile } from './terrain-tile.ts';

/** `TileId.layer` and `TileId.grid` of the terrain. */
export const TERRAIN_LAYER = 'terrain';
export const TERRAIN_TILING = 'geographic';

/** The whole world is there to this level (tiles of 5.6°), flat on the geoid; deeper only over the model. */
const WORLD_LEVELS = 5;
const MAX_LEVEL = 16;
const MESH_TYPE = 'application/vnd.quantized-mesh';
const METRES_PER_DEGREE = 111_320;
/** Raised when the bytes made from the same model change. */
const FORMAT_VERSION = 1;

export interface TerrainOptions {
  /** None: the globe is flat on the geoid everywhere, and layer.json says so. */
  readonly dtm?: Dtm;
  /** Changes with the file of the model. */
  readonly version?: string;
  readonly undulation: Undulation;
}

/** Validator of a tile as the model of a version has it. @param version as `layer.json` names it */
export const terrainEtag = (version: string, { z, x, y }: Pick<TileId, 'z' | 'x' | 'y'>): string =>
  `"${version}-${z}-${x}-${y}"`;

/** Terrain for CesiumJS: quantized meshes made on demand; the document is `layer.json`. */
export interface TerrainPyramid {
  /** The ground as the model has it. */
  readonly source: DocumentSource;
  /**
   * The ground after shapes.
   * @param shaping asked for with every tile, since shapes come and go
   * @param base gives the tiles that no shape touches: those of `source`, with their validators
   */
  shaped(shaping: () => Promise<Shaping>, base: DocumentSource): DocumentSource;
}

export function terrainPyramid({ dtm, version = '', undulation }: TerrainOptions): TerrainPyramid {
  const available = availabilityOf(dtm);
  const ranges = available.map((range, z) => heightRangeOf(z, range, dtm, undulation));
  const stamp = createHash('sha256')
    .update([FORMAT_VERSION, version, undulation.model, JSON.stringify(dtm?.extent ?? null)].join('|'))
    .digest('base64url')
    .slice(0, 16);
  const rangeOf = ({ layer, grid, z, x, y }: TileId): HeightRange | undefined => {
    const range = available[z];
    if (layer !== TERRAIN_LAYER || grid !== TERRAIN_TILING || !range) return undefined;
    return Number.isInteger(x) && Number.isInteger(y) && isInRange(range, x, y) ? ranges[z] : undefined;
  };
  const document = (shown: string, knownEtag: string | undefined): Tile | 'unchanged' => {
    const etag = `"${shown}-layer"`;
    if (etag === knownEtag) return 'unchanged';
    const json = JSON.stringify(layerJson(available, dtm, undulation, shown));
    return { bytes: new TextEncoder().encode(json), contentType: 'application/json', etag };
  };

  return {
    source: {
      async get(tile, signal, knownEtag) {
        const { z, x, y } = tile;
        const range = rangeOf(tile);
        if (!range) return undefined;
        const etag = terrainEtag(stamp, tile);
        if (etag === knownEtag) return 'unchanged';
        const ground = dtm ? await groundOf(dtm, z, x, y) : () => 0;
        signal.throwIfAborted();
        const bytes = makeTerrainTile(z, x, y, ground, undulation, range);
        return { bytes, contentType: MESH_TYPE, etag };
      },
      async document(layer, signal, knownEtag) {
        signal.throwIfAborted();
        return layer === TERRAIN_LAYER ? document(stamp, knownEtag) : undefined;
      },
    },
    shaped: (shaping, base) => ({
      async get(tile, signal, knownEtag) {
        const { z, x, y } = tile;
        const range = rangeOf(tile);
        if (!range || !dtm) return base.get(tile, signal, knownEtag);
        const all = await shaping();
        const shapes = shapesUnder(all, z, x, y);
        if (shapes.length === 0) return base.get(tile, signal, knownEtag);
        const etag = `"${stamp}-${z}-${x}-${y}.${digestOf(shapes)}"`;
        if (etag === knownEtag) return 'unchanged';
        const model = shapedDtm(dtm, { ...all, shapes });
        const ground = await groundOf(model, z, x, y);
        signal.throwIfAborted();
        const span = heightRangeOver(range, model, undulation, z, x, y);
        const bytes = makeTerrainTile(z, x, y, ground, undulation, span);
        return { bytes, contentType: MESH_TYPE, etag };
      },
      async document(layer, signal, knownEtag) {
        const { shapes } = await shaping();
        if (layer !== TERRAIN_LAYER || !dtm || shapes.length === 0) {
          return base.document(layer, signal, knownEtag);
        }
        return document(`${stamp}.${digestOf(shapes)}`, knownEtag);
      },
    }),
  };
}

const digestOf = (shapes: readonly ShapedGround[]): string =>
  createHash('sha256').update(JSON.stringify(shapes)).digest('base64url').slice(0, 12);

function layerJson(
  available: readonly AvailableRange[],
  dtm: Dtm | undefined,
  undulation: Undulation,
  version: string,
) {
  const model = `undulation ${undulation.model}`;
  return {
    tilejson: '2.1.0',
    name: 'terrain',
    description: dtm
      ? `Terrain model of ${dtm.cellM} m cells (PL-EVRF2007-NH), ${model}; outside it no heights are known`
      : `No terrain model is configured: flat on the geoid, ${model}`,
    version,
    format: 'quantized-mesh-1.0',
    scheme: 'tms',
    projection: 'EPSG:4326',
    extensions: ['octvertexnormals'],
    tiles: ['{z}/{x}/{y}.terrain?v={version}'],
    bounds: [-180, -90, 180, 90],
    minzoom: 0,
    maxzoom: available.length - 1,
    available: available.map((range) => [range]),
  };
}

function availabilityOf(dtm: Dtm | undefined): readonly AvailableRange[] {
  const world = Array.from({ length: WORLD_LEVELS + 1 }, (_, z) => wholeLevel(z));
  if (!dtm) return world;
  const box = reprojectBbox(dtm.extent, 4326, 33);
  const rectangle = { west: box.minX, south: box.minY, east: box.maxX, north: box.maxY };
  const levels = Array.from({ length: finestLevel(dtm) - WORLD_LEVELS }, (_, i) => i + WORLD_LEVELS + 1);
  return [...world, ...levels.map((z) => tilesOver(z, rectangle))];
}

/** The first level whose steps are about as fine as the cells, at most 16 (steps of 4.8 m). */
function finestLevel({ cellM }: Dtm): number {
  for (let z = WORLD_LEVELS + 1; z < MAX_LEVEL; z++) {
    if ((tileDegrees(z) * METRES_PER_DEGREE) / GRID_STEPS <= 1.5 * cellM) return z;
  }
  return MAX_LEVEL;
}

/** One range for all tiles of a level: heights on a shared edge are then the same numbers in both tiles. */
function heightRangeOf(
  z: number,
  range: AvailableRange,
  dtm: Dtm | undefined,
  undulation: Undulation,
): HeightRange {
  const { west, south } = tileRectangle(z, range.startX, range.startY);
  const { east, north } = tileRectangle(z, range.endX, range.endY);
  const samples = 64;
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i <= samples; i++) {
    for (let j = 0; j <= samples; j++) {
      const value = undulation.undulationM(
        west + ((east - west) * i) / samples,
        south + ((north - south) * j) / samples,
      );
      [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
  }
  // Between samples the undulation strays: by metres over a tile, by tens over the world.
  const slackM = z <= WORLD_LEVELS ? 20 : 2;
  return {
    minHeightM: Math.floor(low + Math.min(0, dtm?.minM ?? 0) - slackM),
    maxHeightM: Math.ceil(high + Math.max(0, dtm?.maxM ?? 0) + slackM),
  };
}
