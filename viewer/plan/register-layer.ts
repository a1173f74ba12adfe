import MVT from 'ol/format/MVT.js';
import VectorTileLayer from 'ol/layer/VectorTile.js';
import type RenderFeature from 'ol/render/Feature.js';
import VectorTileSource from 'ol/source/VectorTile.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import TileGrid from 'ol/tilegrid/TileGrid.js';
import { TILE_GRIDS } from '../../core/geo/tile-grid.ts';
import type { WireLayer } from '../../core/wire/city.ts';
import { addressOf } from '../api/city-api.ts';
import { countTile } from '../state/stats.ts';
import { theme } from '../state/theme.ts';
import { inkFor, withAlpha } from '../style/ink.ts';
import { labelOf, type Symbol2d, symbolOf } from '../style/symbol.ts';
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
  readonly drawn: VectorTileLayer;
  readonly outlines: VectorTileLayer;
  /** Draws again in the present theme. */
  restyle(): void;
  /** Outlines one object as it stands in the tiles, at once; undefined clears. */
  outline(id: string | undefined): void;
}

export function makeRegisterLayer(layer: WireLayer, zIndex: number): RegisterLayer {
  const source = new VectorTileSource({
    projection: registerPlanProjection(),
    tileGrid,
    format: new MVT(),
    url: addressOf(`tiles/vector/${layer.name}/`).concat('{z}/{x}/{y}.mvt?tms=EPSG2177'),
    overlaps: false,
    transition: 120,
  });
  source.on('tileloadend', () => countTile('plan', 'loaded'));
  source.on('tileloaderror', () => countTile('plan', 'failed'));
  const maxResolution =
    layer.maxScaleDenominator === undefined ? Infinity : resolutionOf(layer.maxScaleDenominator) * 1.0001;
  const drawn = new VectorTileLayer({
    source,
    zIndex,
    maxResolution,
    declutter: 'labels',
    renderBuffer: 24,
    renderMode: 'hybrid',
  });
  const restyle = () => drawn.setStyle(styleFunction(layer, () => drawn.changed()));
  restyle();
  let outlined: string | undefined;
  const outlines = new VectorTileLayer({
    source,
    zIndex: zIndex + 500,
    maxResolution,
    renderMode: 'vector',
    style: (feature) => (feature.get('id') === outlined ? outlineStyle() : undefined),
  });
  return {
    layer,
    drawn,
    outlines,
    restyle,
    outline: (id) => {
      if (id === outlined) return;
      outlined = id;
      outlines.changed();
    },
  };
}

function styleFunction(layer: WireLayer, redraw: () => void) {
  const shapes = new Map<string, Style>();
  const labels = new LabelOwners(redraw);
  return (feature: unknown, resolution: number): Style[] => {
    const rendered = feature as RenderFeature;
    const properties = rendered.getProperties();
    const scale = scaleOf(resolution);
    const symbol = symbolOf(layer, properties, scale, theme.peek());
    let shape = shapes.get(symbol.key);
    if (!shape) {
      shape = shapeStyle(symbol);
      shapes.set(symbol.key, shape);
    }
    const text = labelOf(layer, properties, scale);
    if (text === undefined || !labels.owns(rendered, resolution)) return [shape];
    return [shape, labelStyle(text, layer.style.label?.color ?? layer.style.stroke)];
  };
}

function shapeStyle(symbol: Symbol2d): Style {
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

function labelStyle(text: string, colour: string): Style {
  const dark = theme.peek() === 'dark';
  return new Style({
    text: new Text({
      text,
      font: "500 12px 'Source Sans 3 Variable', sans-serif",
      fill: new Fill({ color: inkFor(theme.peek(), colour) }),
      stroke: new Stroke({ color: dark ? 'rgba(27,34,43,.9)' : 'rgba(252,250,244,.9)', width: 3 }),
      overflow: true,
    }),
    zIndex: 10,
  });
}

let outlineCache: { readonly theme: string; readonly style: Style } | undefined;

function outlineStyle(): Style {
  if (outlineCache?.theme === theme.peek()) return outlineCache.style;
  const accent = theme.peek() === 'dark' ? '#7cb8f5' : '#1659a8';
  const style = new Style({
    fill: new Fill({ color: withAlpha(accent, 0.12) }),
    stroke: new Stroke({ color: withAlpha(accent, 0.75), width: 1.5 }),
  });
  outlineCache = { theme: theme.peek(), style };
  return style;
}
