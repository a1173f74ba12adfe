/** Styles as documents of the MapLibre Style Specification, version 8, over vector tiles in Web Mercator. */
import type { Language, Layer } from '../feature/layer.ts';
import { PIXEL_M, type Symbol2d, symbolOf } from '../feature/symbol.ts';
import { MERCATOR_SHARE, resolutionM, TILE_GRIDS } from '../geo/tile-grid.ts';
import { filterArray } from './filter-text.ts';
import { type StyleRule, shapeOf, short, styleRules } from './style-rules.ts';

/** Tiles of a style are twice as wide as those of the grid: level `z` of a style has the pixels of level `z + 1`. */
const SCALE_AT_0 = (resolutionM(TILE_GRIDS.WebMercatorQuad, 1) * MERCATOR_SHARE) / PIXEL_M;
/** Widths are given at each of these levels and run evenly in between. */
const NEAREST_LEVEL = 22;
const FARTHEST_LEVEL = 8;
/** Of the vector tiles; nearer levels are drawn from these. */
const DEEPEST_TILES = 18;
/** Of the reader's own; a name with a number in it is not understood there. */
const LABEL_FONT = 'sans-serif';
const LABEL_PX = 11;

/** Where a client finds what a style draws with; absolute addresses. */
export interface StyleAddresses {
  /** Template with `{z}`, `{x}` and `{y}`. */
  readonly tiles: (layer: string) => string;
  /** Without the ending that a client adds. */
  readonly sprite: string;
}

/** A mark of the sprite, by the name that the style gives it. */
export interface SpriteMark {
  readonly name: string;
  readonly symbol: Symbol2d;
}

type StyleLayer = Readonly<Record<string, unknown>>;

/**
 * One document that draws some layers, the lowest first. Text is drawn with fonts of the reader: glyphs are not served.
 * @param layers at least one
 */
export function mapLibreOf(
  layers: readonly Layer[],
  name: string,
  language: Language,
  addresses: StyleAddresses,
) {
  const drawn = layers.toSorted((a, b) => a.drawOrder - b.drawOrder);
  const isAlone = layers.length === 1;
  return {
    version: 8,
    name,
    ...(spriteMarks(layers).length === 0 ? {} : { sprite: addresses.sprite }),
    sources: Object.fromEntries(drawn.map((layer) => [layer.name, sourceOf(layer, language, addresses)])),
    layers: [
      ...drawn.flatMap((layer) => shapeLayers(layer).map((each) => withVisibility(each, layer, isAlone))),
      // Words over everything.
      ...drawn.flatMap((layer) => labelLayers(layer).map((each) => withVisibility(each, layer, isAlone))),
    ],
  };
}

export const spriteMarks = (layers: readonly Layer[]): readonly SpriteMark[] =>
  layers
    .filter((layer) => shapeOf(layer) === 'point')
    .flatMap((layer) =>
      styleRules(layer)
        .filter(isPicture)
        .map((rule) => {
          const symbol = symbolAt(layer, rule, NEAREST_LEVEL);
          return { name: rule.name, symbol: { ...symbol, marker: rule.ink.marker } };
        }),
    );

function sourceOf(
  { name, steward, licence, ...layer }: Layer,
  language: Language,
  { tiles }: StyleAddresses,
) {
  return {
    type: 'vector',
    tiles: [tiles(name)],
    minzoom: Math.floor(farthest(layer)),
    maxzoom: DEEPEST_TILES,
    attribution: `${steward[language]}; ${licence[language]}`,
  };
}

/** Level from which the layer is drawn. */
const farthest = ({ maxScaleDenominator }: Pick<Layer, 'maxScaleDenominator'>): number =>
  maxScaleDenominator === undefined ? 0 : levelOf(maxScaleDenominator);

const levelOf = (scaleDenominator: number): number =>
  Math.max(0, short(Math.log2(SCALE_AT_0 / scaleDenominator)));

const symbolAt = (layer: Layer, { entry }: StyleRule, level: number): Symbol2d =>
  symbolOf(layer, entry, SCALE_AT_0 / 2 ** level);

/** In a document of many layers those are shown that a viewer shows before anybody has chosen. */
function withVisibility(drawn: StyleLayer, layer: Layer, isAlone: boolean): StyleLayer {
  const visibility = isAlone || layer.initiallyVisible ? 'visible' : 'none';
  return { ...drawn, layout: { ...(drawn['layout'] as object | undefined), visibility } };
}

function shapeLayers(layer: Layer): readonly StyleLayer[] {
  const rules = styleRules(layer);
  const cased = rules.filter(({ ink }) => shapeOf(layer) === 'line' && ink.casing);
  return [
    ...cased.map((rule) => edgeLayer(layer, rule)),
    ...rules.flatMap((rule) => ruleLayers(layer, rule)),
  ];
}

function ruleLayers(layer: Layer, rule: StyleRule): readonly StyleLayer[] {
  switch (shapeOf(layer)) {
    case 'area':
      return [...fillLayer(layer, rule), lineLayer(layer, rule)];
    case 'line':
      return [lineLayer(layer, rule)];
    case 'point':
      return [isPicture(rule) ? markLayer(layer, rule) : circleLayer(layer, rule)];
  }
}

/** Circles are drawn by the client, other marks are pictures of the sprite. */
const isPicture = ({ ink }: StyleRule): boolean => ink.marker !== undefined && ink.marker.shape !== 'circle';

/** What all layers of a document have that draw a rule. */
const base = (layer: Layer, { filter }: Pick<StyleRule, 'filter'>) => ({
  source: layer.name,
  'source-layer': layer.name,
  ...(layer.maxScaleDenominator === undefined ? {} : { minzoom: farthest(layer) }),
  ...(filter === undefined ? {} : { filter: filterArray(filter) }),
});

const fillLayer = (layer: Layer, rule: StyleRule): readonly StyleLayer[] =>
  rule.ink.fill === undefined
    ? []
    : [
        {
          ...{ id: `${rule.name}-fill`, type: 'fill', ...base(layer, rule) },
          paint: { 'fill-color': rule.ink.fill, 'fill-opacity': rule.ink.fillOpacity ?? 1 },
        },
      ];

function lineLayer(layer: Layer, rule: StyleRule): StyleLayer {
  const { stroke, strokeDash, strokeWidthPx } = rule.ink;
  return {
    ...{ id: `${rule.name}-line`, type: 'line', ...base(layer, rule) },
    layout: { 'line-join': 'round', 'line-cap': strokeDash ? 'butt' : 'round' },
    paint: {
      'line-color': stroke,
      'line-width': byLevel(layer, rule, (symbol) => symbol.strokeWidthPx),
      'line-opacity': byLevel(layer, rule, (symbol) => symbol.strokeOpacity),
      // Told in widths of the line.
      ...(strokeDash && { 'line-dasharray': strokeDash.map((px) => short(px / strokeWidthPx)) }),
    },
  };
}

const edgeLayer = (layer: Layer, rule: StyleRule): StyleLayer => ({
  ...{ id: `${rule.name}-edge`, type: 'line', ...base(layer, rule) },
  layout: { 'line-join': 'round', 'line-cap': 'round' },
  paint: {
    'line-color': rule.ink.casing?.color,
    'line-width': byLevel(layer, rule, (symbol) => symbol.casing?.widthPx ?? 0),
  },
});

const circleLayer = (layer: Layer, rule: StyleRule): StyleLayer => ({
  ...{ id: `${rule.name}-circle`, type: 'circle', ...base(layer, rule) },
  paint: {
    'circle-radius': byLevel(layer, rule, ({ marker }) => (marker?.sizePx ?? 0) / 2),
    'circle-color': rule.ink.fill ?? rule.ink.stroke,
    'circle-opacity': rule.ink.fill === undefined ? 0 : (rule.ink.fillOpacity ?? 1),
    'circle-stroke-color': rule.ink.stroke,
    'circle-stroke-width': byLevel(layer, rule, (symbol) => symbol.strokeWidthPx),
  },
});

const markLayer = (layer: Layer, rule: StyleRule): StyleLayer => ({
  ...{ id: `${rule.name}-mark`, type: 'symbol', ...base(layer, rule) },
  layout: {
    'icon-image': rule.name,
    'icon-allow-overlap': true,
    'icon-size': byLevel(layer, rule, ({ marker }) => (marker?.sizePx ?? 0) / (rule.ink.marker?.sizePx ?? 1)),
  },
});

function labelLayers(layer: Layer): readonly StyleLayer[] {
  const { label } = layer.style;
  if (!label) return [];
  const { property, suffixProperty, signs, maxScaleDenominator, color } = label;
  const value = ['to-string', ['get', property]];
  const text = signs ? ['match', ['get', property], ...Object.entries(signs).flat(), value] : value;
  return [
    {
      ...{ id: `${layer.name}-label`, type: 'symbol', ...base(layer, { filter: undefined }) },
      minzoom: Math.max(farthest(layer), levelOf(maxScaleDenominator)),
      filter: ['!=', value, ''],
      layout: {
        'text-field': suffixProperty ? ['concat', text, ['to-string', ['get', suffixProperty]]] : text,
        'text-font': [LABEL_FONT],
        'text-size': LABEL_PX,
        ...(shapeOf(layer) === 'line' && { 'symbol-placement': 'line' }),
        ...(shapeOf(layer) === 'point' && { 'text-anchor': 'left', 'text-offset': [0.7, 0] }),
      },
      paint: { 'text-color': color, 'text-halo-color': '#ffffff', 'text-halo-width': 1 },
    },
  ];
}

/** A number where it is the same at every level, else an expression of the level. Ground widths double with each. */
function byLevel(layer: Layer, rule: StyleRule, read: (symbol: Symbol2d) => number): unknown {
  const from = Math.max(FARTHEST_LEVEL, Math.floor(farthest(layer)));
  const levels = Array.from({ length: NEAREST_LEVEL - from + 1 }, (_, index) => from + index);
  const values = levels.map((level) => short(read(symbolAt(layer, rule, level))));
  if (values.every((value) => value === values[0])) return values[0];
  const isGround = rule.ink.strokeWidthM !== undefined || rule.ink.marker?.sizeM !== undefined;
  const curve = isGround ? ['exponential', 2] : ['linear'];
  return ['interpolate', curve, ['zoom'], ...levels.flatMap((level, index) => [level, values[index]])];
}
