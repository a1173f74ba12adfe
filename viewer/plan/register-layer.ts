import type { FeatureLike } from 'ol/Feature.js';
import MVT from 'ol/format/MVT.js';
import VectorTileLayer from 'ol/layer/VectorTile.js';
import type RenderFeature from 'ol/render/Feature.js';
import VectorTileSource from 'ol/source/VectorTile.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import RegularShape from 'ol/style/RegularShape.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import TileGrid from 'ol/tilegrid/TileGrid.js';
import type VectorTile from 'ol/VectorTile.js';
import { labelOf } from '../../core/feature/symbol.ts';
import { TILE_GRIDS } from '../../core/geo/tile-grid.ts';
import type { WireLayer } from '../../core/wire/city.ts';
import { ask } from '../api/ask.ts';
import { addressIn } from '../api/city-api.ts';
import type { LayerSetting } from '../state/link.ts';
import { tilePrefixOf } from '../state/shown-city.ts';
import { countTile } from '../state/stats.ts';
import { theme } from '../state/theme.ts';
import { inkFor, withAlpha } from '../style/ink.ts';
import { type Symbol2d, symbolOf } from '../style/symbol.ts';
import { LabelOwners } from './label-owners.ts';
import { registerPlanProjection, resolutionOf, scaleOf } from './projection.ts';

const GRID = TILE_GRIDS.EPSG2177;
/** Tiles are shown at twice their nominal size: half as many requests and fewer labels cut by an edge. */
const TILE_PX = 512;

const tileGrid = new TileGrid({
  origin: [GRID.originX, GRID.originY],
  tileSize: TILE_PX,
  resolutions: Array.from({ length: GRID.maxLevel + 1 }, (_, z) => GRID.rootSizeM / TILE_PX / 2 ** z),
});

/** A layer of the catalogue as vector tiles of EPSG:2177, drawn in its declared style. */
export interface RegisterLayer {
  readonly layer: WireLayer;
  readonly shapes: VectorTileLayer;
  /** Everything to put on the map: shapes, then labels above the shapes of all layers, then outlines. */
  readonly parts: readonly VectorTileLayer[];
  show(setting: LayerSetting): void;
  /**
   * Reads the tiles again where this key is another one than before; see `tilesKey`.
   * @param prefix in front of the paths of their city; by default of the one that is shown
   */
  renew(key: string, prefix?: string): void;
  /** Asks for its tiles again. */
  reload(): void;
  /** Draws again in the present theme. */
  restyle(): void;
  /** Outlines one object as it stands in the tiles, at once; undefined clears. */
  outline(id: string | undefined): void;
}

const LABELS_ABOVE = 200;
const OUTLINES_ABOVE = 500;

export function makeRegisterLayer(layer: WireLayer, zIndex: number): RegisterLayer {
  const source = openSource();
  const maxResolution =
    layer.maxScaleDenominator === undefined ? Infinity : resolutionOf(layer.maxScaleDenominator) * 1.0001;
  const shapes = new VectorTileLayer({ source, zIndex, maxResolution, renderMode: 'hybrid' });
  const labels = new VectorTileLayer({
    source,
    zIndex: zIndex + LABELS_ABOVE,
    // A tile of the next coarser level may stand in for the scale of the labels.
    maxResolution: resolutionOf(layer.style.label?.maxScaleDenominator ?? 0) * 1.1,
    declutter: 'labels',
    renderMode: 'vector',
  });
  let outlined: string | undefined;
  let known: string | undefined;
  const outlines = new VectorTileLayer({
    source,
    zIndex: zIndex + OUTLINES_ABOVE,
    maxResolution,
    renderMode: 'vector',
    style: (feature) => (feature.get('id') === outlined ? outlineStyle() : undefined),
  });
  const parts = layer.style.label ? [shapes, labels, outlines] : [shapes, outlines];
  const restyle = () => {
    shapes.setStyle(shapeStyles(layer));
    labels.setStyle(labelStyles(layer, () => labels.changed()));
  };
  restyle();
  return {
    layer,
    shapes,
    parts,
    restyle,
    reload: () => source.refresh(),
    show: ({ visible, opacity }) => {
      for (const part of parts) part.setVisible(visible);
      shapes.setOpacity(opacity);
    },
    renew: (key, prefix = tilePrefixOf(layer.name)) => {
      if (key === known) return;
      known = key;
      // What follows the # is not asked for: unchanged tiles are answered from the browser's cache.
      source.setUrl(
        `${addressIn(prefix, `tiles/vector/${layer.name}/`)}{z}/{x}/{y}.mvt?tms=EPSG2177#${encodeURIComponent(key)}`,
      );
    },
    outline: (id) => {
      if (id === outlined) return;
      outlined = id;
      outlines.changed();
    },
  };
}

function openSource(): VectorTileSource {
  const source = new VectorTileSource({
    projection: registerPlanProjection(),
    tileGrid,
    format: new MVT(),
    overlaps: false,
    tileLoadFunction: (tile, address) => readTile(tile as VectorTile<RenderFeature>, address),
    transition: 120,
  });
  source.on('tileloadend', () => countTile('plan', 'loaded'));
  source.on('tileloaderror', () => countTile('plan', 'failed'));
  return source;
}

/** As the service gives it to whoever is signed in. */
function readTile(tile: VectorTile<RenderFeature>, address: string): void {
  tile.setLoader((extent, _resolution, projection) => {
    ask(address)
      .then((reply) => reply.arrayBuffer())
      .then((bytes) => {
        const features = tile.getFormat().readFeatures(bytes, { extent, featureProjection: projection });
        tile.onLoad(features, projection);
      })
      .catch(() => tile.onError());
  });
}

/** Styles kept for one layer; each scale has its own widths. */
const MOST_STYLES = 500;

function shapeStyles(layer: WireLayer) {
  const known = new Map<string, Style | Style[]>();
  return (feature: FeatureLike, resolution: number): Style | Style[] => {
    const symbol = symbolOf(layer, feature.getProperties(), scaleOf(resolution), theme.peek());
    let style = known.get(symbol.key);
    if (!style) {
      if (known.size > MOST_STYLES) known.clear();
      style = shapeStyle(symbol);
      known.set(symbol.key, style);
    }
    return style;
  };
}

function labelStyles(layer: WireLayer, redraw: () => void) {
  const owners = new LabelOwners(redraw);
  const colour = layer.style.label?.color ?? layer.style.stroke;
  const isLine = layer.geometryType.endsWith('LineString');
  return (feature: FeatureLike, resolution: number): Style | undefined => {
    const text = labelOf(layer.style, feature.getProperties(), scaleOf(resolution));
    const piece = feature as RenderFeature;
    if (text === undefined || !owners.owns(piece, resolution)) return undefined;
    if (isLine && !owners.isApart(piece, text, resolution)) return undefined;
    return labelStyle(text, colour, layer.geometryType);
  };
}

function shapeStyle(symbol: Symbol2d): Style | Style[] {
  if (symbol.marker) return new Style({ image: markerImage(symbol, symbol.marker) });
  if (symbol.casing) {
    const { color, widthPx } = symbol.casing;
    return [
      new Style({ stroke: new Stroke({ color, width: widthPx }), zIndex: 0 }),
      new Style({ stroke: new Stroke({ color: symbol.stroke, width: symbol.strokeWidthPx }), zIndex: 1 }),
    ];
  }
  return new Style({
    // Fully clear fills still take clicks.
    fill: new Fill({ color: withAlpha(symbol.fill ?? '#ffffff', symbol.fill ? symbol.fillOpacity : 0.004) }),
    stroke: new Stroke({
      color: withAlpha(symbol.stroke, symbol.strokeOpacity),
      width: symbol.strokeWidthPx,
      ...(symbol.strokeDash ? { lineDash: [...symbol.strokeDash] } : {}),
    }),
  });
}

function markerImage(symbol: Symbol2d, { shape, sizePx }: NonNullable<Symbol2d['marker']>) {
  const fill = new Fill({
    color: withAlpha(symbol.fill ?? '#ffffff', symbol.fill ? symbol.fillOpacity : 0.004),
  });
  const stroke = new Stroke({ color: symbol.stroke, width: symbol.strokeWidthPx });
  const radius = sizePx / 2;
  switch (shape) {
    case 'circle':
      return new CircleStyle({ radius, fill, stroke });
    case 'square':
      return new RegularShape({ points: 4, radius: radius * Math.SQRT2, angle: Math.PI / 4, fill, stroke });
    case 'diamond':
      return new RegularShape({ points: 4, radius, fill, stroke });
    case 'triangle':
      return new RegularShape({ points: 3, radius, fill, stroke });
    case 'cross':
      return new RegularShape({ points: 4, radius, radius2: 0, angle: Math.PI / 4, stroke });
  }
}

function labelStyle(text: string, colour: string, type: WireLayer['geometryType']): Style {
  const dark = theme.peek() === 'dark';
  return new Style({
    text: new Text({
      text,
      font: "500 12px 'Source Sans 3 Variable', sans-serif",
      fill: new Fill({ color: inkFor(theme.peek(), colour) }),
      stroke: new Stroke({ color: dark ? 'rgba(27,34,43,.9)' : 'rgba(252,250,244,.9)', width: 3 }),
      overflow: true,
      ...(type.endsWith('LineString') ? { placement: 'line' as const, overflow: false } : {}),
      // Beside the mark, not on it.
      ...(type.endsWith('Point') ? { textAlign: 'left' as const, offsetX: 8 } : {}),
    }),
  });
}

let outlineCache: { readonly theme: string; readonly style: Style } | undefined;

function outlineStyle(): Style {
  if (outlineCache?.theme === theme.peek()) return outlineCache.style;
  const accent = theme.peek() === 'dark' ? '#7cb8f5' : '#1659a8';
  const style = new Style({
    fill: new Fill({ color: withAlpha(accent, 0.12) }),
    stroke: new Stroke({ color: withAlpha(accent, 0.75), width: 1.5 }),
    image: new CircleStyle({ radius: 9, stroke: new Stroke({ color: withAlpha(accent, 0.75), width: 2 }) }),
  });
  outlineCache = { theme: theme.peek(), style };
  return style;
}
