import {
  type Proxy as CesiumProxy,
  type Credit,
  Event,
  ImageryLayer,
  type ImageryProvider,
  Rectangle,
  type Request,
  RequestState,
  Resource,
  type TileDiscardPolicy,
  WebMercatorTilingScheme,
} from '@cesium/engine';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import type { WireLayer } from '../../core/wire/city.ts';
import { addressOf } from '../api/city-api.ts';
import { countTile } from '../state/stats.ts';
import { type Theme, withAlpha } from '../style/ink.ts';
import { type Symbol2d, symbolOf } from '../style/symbol.ts';

const TILE_PX = 512;
const MAX_LEVEL = 19;
/** The far half of a slanted view uses coarser tiles than its middle; they are drawn too. */
const SLANT = 4;
/** Metres per pixel of level 0 at the equator, 512-pixel tiles. */
const EQUATOR_M_PER_PX = (2 * Math.PI * 6_378_137) / TILE_PX;

/** A layer of the catalogue drawn from vector tiles onto the terrain. */
export function makeDrapedLayer(layer: WireLayer, theme: Theme, bounds: Rectangle): ImageryLayer {
  return new ImageryLayer(new VectorDrape(layer, theme, bounds) as unknown as ImageryProvider);
}

/** Draws Web Mercator vector tiles of one layer to canvases. Below the layer's scale range it asks for nothing. */
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
  readonly #layer: WireLayer;
  readonly #theme: Theme;
  readonly #cosLatitude: number;

  constructor(layer: WireLayer, theme: Theme, bounds: Rectangle) {
    this.#layer = layer;
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

  requestImage(
    x: number,
    y: number,
    level: number,
    request?: Request,
  ): Promise<HTMLCanvasElement> | undefined {
    const scale = (EQUATOR_M_PER_PX * this.#cosLatitude) / 2 ** level / 0.00028;
    const { maxScaleDenominator } = this.#layer;
    if (maxScaleDenominator !== undefined && scale > maxScaleDenominator * SLANT) {
      return Promise.resolve(clearTile());
    }
    const url = addressOf(`tiles/vector/${this.#layer.name}/${level}/${x}/${y}.mvt`);
    const waiting = new Resource({ url, ...(request ? { request } : {}) }).fetchArrayBuffer();
    // Undefined asks Cesium to come back when fewer requests are under way.
    return waiting?.then(
      (bytes) => {
        countTile('drape', 'loaded');
        return this.#draw(bytes, scale);
      },
      (error: unknown) => {
        // A request that Cesium itself called off is no failure.
        if (request?.state !== RequestState.CANCELLED) countTile('drape', 'failed');
        throw error;
      },
    );
  }

  #draw(bytes: ArrayBuffer, scale: number): HTMLCanvasElement {
    const tile = new VectorTile(new PbfReader(new Uint8Array(bytes)));
    const drawn = tile.layers[this.#layer.name];
    if (!drawn || drawn.length === 0) return clearTile();
    const canvas = document.createElement('canvas');
    canvas.width = TILE_PX;
    canvas.height = TILE_PX;
    const context = canvas.getContext('2d');
    if (!context) return canvas;
    const factor = TILE_PX / drawn.extent;
    const shapes: { readonly path: Path2D; readonly symbol: Symbol2d; readonly isArea: boolean }[] = [];
    for (let i = 0; i < drawn.length; i++) {
      const feature = drawn.feature(i);
      const path = new Path2D();
      const symbol = symbolOf(this.#layer, feature.properties, scale, this.#theme);
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
    return canvas;
  }
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
