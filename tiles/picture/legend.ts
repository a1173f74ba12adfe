/** The legend of a layer as a picture: a symbol and words for each class. */
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Language, Layer, LayerStyle, StyleClass } from '../../core/feature/layer.ts';
import { enlarged, type Symbol2d, symbolOf } from '../../core/feature/symbol.ts';
import type { GeometryType } from '../../core/geo/geometry.ts';
import type { Colour } from './colour.ts';
import { drawAreas } from './draw-areas.ts';
import { drawLines } from './draw-lines.ts';
import { drawMarkers } from './draw-markers.ts';
import { mapFont } from './font.ts';
import type { PixelShapes } from './pixel-shapes.ts';
import { Raster } from './raster.ts';

const FONT_PX = 13;
const ROW_PX = 22;
const PAD_PX = 5;
const SWATCH_PX = { width: 28, height: 16 } as const;
const GAP_PX = 8;
const INK = '#2b2a27';
/** How names look. */
const LETTERS = 'Aa';
/** Symbols are shown as at the scale where streets are as wide as their line on paper. */
const SCALE = 2500;
/** Wider lines would fill the swatch. */
const WIDEST_PX = 6;

interface Row {
  readonly text: string;
  /** From the lowest. */
  readonly symbols: readonly Symbol2d[];
  /** The colour of names, where nothing but names is drawn. */
  readonly letters?: string | undefined;
}

type LegendLayer = Pick<Layer, 'style' | 'geometryType' | 'title'>;

/** The title that stands over the legend of one layer among several. */
export function drawLegendTitle(title: string, { background, pixelRatio = 1 }: LegendGround): Raster {
  const widthPx = Math.ceil((2 * PAD_PX + scratch().measureText(title).width) * pixelRatio);
  const heightPx = Math.ceil((PAD_PX + ROW_PX) * pixelRatio);
  const canvas = createCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d');
  context.scale(pixelRatio, pixelRatio);
  context.font = mapFont(FONT_PX);
  context.textBaseline = 'middle';
  context.fillStyle = INK;
  context.fillText(title, PAD_PX, PAD_PX + ROW_PX / 2);
  const raster = new Raster(widthPx, heightPx, background);
  raster.lay(canvas.data());
  return raster;
}

/** Pictures one below the other, at the left, on a ground of one colour. */
export function stacked(parts: readonly Raster[], background: Colour): Raster {
  const widthPx = Math.max(1, ...parts.map((part) => part.widthPx));
  const heightPx = Math.max(
    1,
    parts.reduce((sum, part) => sum + part.heightPx, 0),
  );
  const whole = new Raster(widthPx, heightPx, background);
  let top = 0;
  for (const part of parts) {
    const rowBytes = part.widthPx * 4;
    for (let row = 0; row < part.heightPx; row++) {
      const from = row * rowBytes;
      whole.pixels.set(part.pixels.subarray(from, from + rowBytes), (top + row) * widthPx * 4);
    }
    top += part.heightPx;
  }
  return whole;
}

/** How large the legend of a layer comes out. */
export const legendSize = (layer: LegendLayer, language: Language) => sizeOf(rowsOf(layer, language));

function sizeOf(rows: readonly Row[]) {
  const context = scratch();
  const widest = Math.max(0, ...rows.map(({ text }) => context.measureText(text).width));
  return {
    widthPx: Math.ceil(2 * PAD_PX + SWATCH_PX.width + GAP_PX + widest),
    heightPx: 2 * PAD_PX + ROW_PX * rows.length,
  };
}

export interface LegendGround {
  readonly background: Colour;
  /** Pixels of the picture along one of the style. Default 1. */
  readonly pixelRatio?: number;
}

export interface LegendLook extends LegendGround {
  /** Which classes it has, by their index in the style, -1 for objects of none of them. Default all. */
  readonly shown?: ReadonlySet<number> | undefined;
  /** Denominator of the scale that symbols are as large as at. Default 2,500. */
  readonly scale?: number | undefined;
}

/** Draws the legend of a layer on a ground of one colour. */
export function drawLegend(
  layer: LegendLayer,
  language: Language,
  { shown, scale, ...ground }: LegendLook,
): Raster {
  return drawRows(rowsOf(layer, language, shown, scale), layer.geometryType, ground);
}

/** A rule of a style that somebody hands in, drawn by one symbolizer or several. */
export interface LegendRule {
  readonly title: string;
  readonly styles: readonly LayerStyle[];
}

/** How large the legend of such rules comes out, in pixels of the style. */
export const rulesLegendSize = (rules: readonly LegendRule[], geometryType: GeometryType) =>
  sizeOf(rowsOfRules(rules, geometryType));

/** Draws a row for each rule. */
export const drawRulesLegend = (
  rules: readonly LegendRule[],
  geometryType: GeometryType,
  ground: LegendGround,
): Raster => drawRows(rowsOfRules(rules, geometryType), geometryType, ground);

function drawRows(
  rows: readonly Row[],
  geometryType: GeometryType,
  { background, pixelRatio = 1 }: LegendGround,
): Raster {
  const size = sizeOf(rows);
  const [widthPx, heightPx] = [Math.ceil(size.widthPx * pixelRatio), Math.ceil(size.heightPx * pixelRatio)];
  const raster = new Raster(widthPx, heightPx, background);
  const canvas = createCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d');
  context.scale(pixelRatio, pixelRatio);
  context.font = mapFont(FONT_PX);
  context.textBaseline = 'middle';
  for (const [index, { text, symbols, letters }] of rows.entries()) {
    const top = PAD_PX + index * ROW_PX;
    const corner = { left: PAD_PX, top: top + (ROW_PX - SWATCH_PX.height) / 2 };
    for (const symbol of symbols) drawSwatch(raster, geometryType, symbol, corner, pixelRatio);
    if (letters !== undefined) {
      context.fillStyle = letters;
      context.fillText(LETTERS, PAD_PX + GAP_PX, top + ROW_PX / 2);
    }
    context.fillStyle = INK;
    context.fillText(text, PAD_PX + SWATCH_PX.width + GAP_PX, top + ROW_PX / 2);
  }
  raster.lay(canvas.data());
  return raster;
}

function rowsOf(
  layer: LegendLayer,
  language: Language,
  shown?: ReadonlySet<number>,
  scale = SCALE,
): readonly Row[] {
  const { style, title } = layer;
  const row = (text: string, entry?: StyleClass): Row => ({
    text,
    symbols: [swatchSymbol(symbolOf(layer, entry, scale))],
  });
  const entries = style.classes?.entries ?? [];
  if (entries.length === 0) return shown?.size === 0 ? [] : [row(title[language])];
  return entries
    .filter((_, index) => shown?.has(index) ?? true)
    .map((entry) => row(entry.label[language], entry));
}

const rowsOfRules = (rules: readonly LegendRule[], geometryType: GeometryType): readonly Row[] =>
  rules.map(({ title, styles }) => ({
    text: title,
    symbols: styles.map((style) => swatchSymbol(symbolOf({ style, geometryType }, undefined, SCALE))),
    letters: styles.every(({ label }) => label) ? styles[0]?.label?.color : undefined,
  }));

const swatchSymbol = (symbol: Symbol2d): Symbol2d => ({
  ...symbol,
  strokeWidthPx: Math.min(symbol.strokeWidthPx, WIDEST_PX),
  casing: symbol.casing && { ...symbol.casing, widthPx: Math.min(symbol.casing.widthPx, WIDEST_PX + 2) },
  marker: symbol.marker && { ...symbol.marker, sizePx: Math.min(symbol.marker.sizePx, SWATCH_PX.height - 2) },
});

/** A small object of the layer: a field, a bent line or a mark. */
function drawSwatch(
  raster: Raster,
  geometryType: GeometryType,
  small: Symbol2d,
  { left, top }: { readonly left: number; readonly top: number },
  pixelRatio: number,
): void {
  const symbol = enlarged(small, pixelRatio);
  const { width, height } = SWATCH_PX;
  const at = (...pairs: readonly (readonly [number, number])[]) =>
    Float64Array.from(pairs.flatMap(([x, y]) => [(left + x) * pixelRatio, (top + y) * pixelRatio]));
  if (geometryType.endsWith('Polygon')) {
    const field = at([1.5, 1.5], [width - 1.5, 1.5], [width - 1.5, height - 1.5], [1.5, height - 1.5]);
    drawAreas(raster, [{ symbol, shapes: oneShape(field) }]);
  } else if (geometryType.endsWith('LineString')) {
    const line = at([2, height - 4], [width * 0.4, 5], [width - 2, height / 2]);
    drawLines(raster, [{ symbol, shapes: oneShape(line) }]);
  } else drawMarkers(raster, [{ symbol, shapes: oneShape(at([width / 2, height / 2])) }]);
}

const oneShape = (positions: Float64Array): PixelShapes => ({
  positions,
  ends: Int32Array.of(positions.length),
  features: Int32Array.of(1),
});

let kept: SKRSContext2D | undefined;

/** A canvas for measuring. */
function scratch(): SKRSContext2D {
  kept ??= createCanvas(1, 1).getContext('2d');
  kept.font = mapFont(FONT_PX);
  return kept;
}
