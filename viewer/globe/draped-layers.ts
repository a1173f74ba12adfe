import {
  type Proxy as CesiumProxy,
  type Credit,
  Event,
  ImageryLayer,
  type ImageryProvider,
  Rectangle,
  type TileDiscardPolicy,
  WebMercatorTilingScheme,
} from '@cesium/engine';
import { VectorTile, type VectorTileLayer } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import type { WireLayer } from '../../core/wire/city.ts';
import { ask } from '../api/ask.ts';
import { addressIn } from '../api/city-api.ts';
import { tilePrefixOf, tilesKey } from '../state/shown-city.ts';
import { countTile } from '../state/stats.ts';
import { type Theme, withAlpha } from '../style/ink.ts';
import { type Symbol2d, symbolOf } from '../style/symbol.ts';

const TILE_PX = 512;
const MAX_LEVEL = 19;
/** The far half of a slanted view uses coarser tiles than its middle; they are drawn too. */
const SLANT = 4;
/** Metres per pixel of level 0 at the equator, 512-pixel tiles. */
const EQUATOR_M_PER_PX = (2 * Math.PI * 6_378_137) / TILE_PX;

/** A layer as it is laid on the terrain. */
export interface Drape {
  readonly layer: WireLayer;
  readonly opacity: number;
}

/**
 * Layers of the catalogue drawn from vector tiles onto the terrain, the first lowest. All in one picture: each
 * picture costs the globe a texture and a pass, each layer in it only a drawing.
 */
export function makeDrapedLayers(
  drapes: readonly Drape[],
  theme: Theme,
  bounds: Rectangle,
  tiles: TilesOf = SHOWN,
): ImageryLayer {
  return new ImageryLayer(new VectorDrape(drapes, theme, bounds, tiles) as unknown as ImageryProvider);
}

/** Where the tiles of a layer come from: in front of their paths, and what tells one state of them from another. */
export interface TilesOf {
  prefix(layer: string): string;
  key(layer: string): string;
}

const SHOWN: TilesOf = { prefix: tilePrefixOf, key: tilesKey };

/** Pictures that may wait for their tiles at once; Cesium asks again for the others. */
const MOST_WAITING = 8;

/** Draws Web Mercator vector tiles to canvases. For a layer below its scale range it asks for nothing. */
class VectorDrape {
  readonly tilingScheme = new WebMercatorTilingScheme();
  readonly rectangle: Rectangle;
  readonly tileWidth = TILE_PX;
  readonly tileHeight = TILE_PX;
  readonly minimumLevel = 0;
  readonly maximumLevel = MAX_LEVEL;
  readonly hasAlphaChannel = true;
  readonly errorEvent = new Event();
  readonly credit: Credit | undefined = undefined;
  readonly proxy: CesiumProxy | undefined = undefined;
  readonly tileDiscardPolicy: TileDiscardPolicy | undefined = undefined;
  readonly #drapes: readonly Drape[];
  readonly #theme: Theme;
  readonly #cosLatitude: number;
  readonly #tiles: TilesOf;
  #waiting = 0;

  constructor(drapes: readonly Drape[], theme: Theme, bounds: Rectangle, tiles: TilesOf) {
    this.#tiles = tiles;
    this.#drapes = drapes;
    this.#theme = theme;
    this.rectangle = bounds;
    this.#cosLatitude = Math.cos(Rectangle.center(bounds).latitude);
  }

  getTileCredits(): undefined {
    return undefined;
  }

  pickFeatures(): undefined {
    return undefined;
  }

  requestImage(x: number, y: number, level: number): Promise<HTMLCanvasElement> | undefined {
    const scale = (EQUATOR_M_PER_PX * this.#cosLatitude) / 2 ** level / 0.00028;
    const inRange = this.#drapes.filter(
      ({ layer }) => scale <= (layer.maxScaleDenominator ?? Number.POSITIVE_INFINITY) * SLANT,
    );
    if (inRange.length === 0) return Promise.resolve(clearTile());
    if (this.#waiting >= MOST_WAITING) return undefined;
    this.#waiting++;
    return Promise.all(inRange.map(({ layer }) => tileOf(this.#tiles, layer, level, x, y)))
      .then((tiles) => this.#draw(inRange, tiles, scale))
      .finally(() => {
        this.#waiting--;
      });
  }

  #draw(
    drapes: readonly Drape[],
    tiles: readonly (VectorTileLayer | undefined)[],
    scale: number,
  ): HTMLCanvasElement {
    if (tiles.every((tile) => tile === undefined)) return clearTile();
    const canvas = document.createElement('canvas');
    canvas.width = TILE_PX;
    canvas.height = TILE_PX;
    const context = canvas.getContext('2d');
    if (!context) return canvas;
    for (const [index, { layer, opacity }] of drapes.entries()) {
      const tile = tiles[index];
      if (!tile) continue;
      context.globalAlpha = opacity;
      drawLayer(context, tile, (properties) => symbolOf(layer, properties, scale, this.#theme));
    }
    return canvas;
  }
}

/** Tiles that were read, so that showing another layer draws again without asking for the rest. */
const MOST_KEPT = 1_500;
const kept = new Map<string, Promise<VectorTileLayer | undefined>>();

function tileOf(
  tiles: TilesOf,
  layer: WireLayer,
  z: number,
  x: number,
  y: number,
): Promise<VectorTileLayer | undefined> {
  const path = `tiles/vector/${layer.name}/${z}/${x}/${y}.mvt`;
  const key = `${path} ${layer.status.version} ${tiles.key(layer.name)}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const reading = readTile(addressIn(tiles.prefix(layer.name), path), layer.name);
  for (const oldest of kept.keys()) {
    if (kept.size < MOST_KEPT) break;
    kept.delete(oldest);
  }
  kept.set(key, reading);
  reading.then(
    () => countTile('drape', 'loaded'),
    () => {
      kept.delete(key);
      countTile('drape', 'failed');
    },
  );
  return reading;
}

async function readTile(address: string, layerName: string): Promise<VectorTileLayer | undefined> {
  const response = await ask(address);
  const tile = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer())));
  const layer = tile.layers[layerName];
  return layer && layer.length > 0 ? layer : undefined;
}

function drawLayer(
  context: CanvasRenderingContext2D,
  drawn: VectorTileLayer,
  symbolFor: (properties: Readonly<Record<string, unknown>>) => Symbol2d,
): void {
  const factor = TILE_PX / drawn.extent;
  const shapes: { readonly path: Path2D; readonly symbol: Symbol2d; readonly isArea: boolean }[] = [];
  for (let i = 0; i < drawn.length; i++) {
    const feature = drawn.feature(i);
    const path = new Path2D();
    const symbol = symbolFor(feature.properties);
    shapes.push({ path, symbol, isArea: feature.type !== LINE });
    for (const ring of feature.loadGeometry()) {
      if (symbol.marker) {
        for (const { x, y } of ring) addMarker(path, x * factor, y * factor, symbol.marker);
        continue;
      }
      for (const [at, { x, y }] of ring.entries()) {
        if (at === 0) path.moveTo(x * factor, y * factor);
        else path.lineTo(x * factor, y * factor);
      }
    }
  }
  for (const { path, symbol } of shapes) paintCasing(context, path, symbol);
  for (const { path, symbol, isArea } of shapes) paint(context, path, symbol, isArea);
}

/** Type of a feature in a vector tile. */
const LINE = 2;

function addMarker(
  path: Path2D,
  x: number,
  y: number,
  { shape, sizePx }: NonNullable<Symbol2d['marker']>,
): void {
  const r = sizePx / 2;
  if (shape === 'circle') {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, 2 * Math.PI);
  } else if (shape === 'cross') {
    path.moveTo(x - r, y - r);
    path.lineTo(x + r, y + r);
    path.moveTo(x + r, y - r);
    path.lineTo(x - r, y + r);
  } else {
    for (const [at, [dx, dy]] of CORNERS[shape].entries()) {
      if (at === 0) path.moveTo(x + dx * r, y + dy * r);
      else path.lineTo(x + dx * r, y + dy * r);
    }
    path.closePath();
  }
}

/** In half sizes, y downwards. */
const CORNERS: Readonly<Record<'square' | 'triangle' | 'diamond', readonly (readonly [number, number])[]>> = {
  square: [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ],
  triangle: [
    [0, -1],
    [0.87, 0.5],
    [-0.87, 0.5],
  ],
  diamond: [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ],
};

function paintCasing(context: CanvasRenderingContext2D, path: Path2D, { casing }: Symbol2d): void {
  if (!casing) return;
  context.strokeStyle = casing.color;
  context.lineWidth = casing.widthPx;
  context.setLineDash([]);
  context.stroke(path);
}

function paint(context: CanvasRenderingContext2D, path: Path2D, symbol: Symbol2d, isArea: boolean): void {
  if (symbol.fill && isArea) {
    context.fillStyle = withAlpha(symbol.fill, symbol.fillOpacity);
    context.fill(path, 'evenodd');
  }
  context.strokeStyle = withAlpha(symbol.stroke, symbol.strokeOpacity);
  // Seen at an angle, hairlines flicker; a little more body keeps them calm.
  context.lineWidth = symbol.casing ? symbol.strokeWidthPx : symbol.strokeWidthPx * 1.5;
  context.setLineDash([...(symbol.strokeDash ?? [])]);
  context.stroke(path);
}

let clear: HTMLCanvasElement | undefined;

function clearTile(): HTMLCanvasElement {
  if (!clear) {
    clear = document.createElement('canvas');
    clear.width = 4;
    clear.height = 4;
  }
  return clear;
}
