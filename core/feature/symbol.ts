/** How one object of a layer is drawn: the one rule that the viewer, WMS pictures and legends share. */
import type { GeometryType } from '../geo/geometry.ts';
import type { LayerStyle, MarkerShape, StyleClass } from './layer.ts';

/** The drawing of one object at one scale, in the colours of the catalogue. */
export interface Symbol2d {
  /** Which class of the style it is; undefined = none. */
  readonly entry: StyleClass | undefined;
  readonly fill: string | undefined;
  readonly fillOpacity: number;
  readonly stroke: string;
  readonly strokeWidthPx: number;
  readonly strokeOpacity: number;
  readonly strokeDash: readonly number[] | undefined;
  /** Under all lines of the layer, wider than the line; undefined where it would only blacken the map. */
  readonly casing: { readonly color: string; readonly widthPx: number } | undefined;
  /** For points: shape and diameter. */
  readonly marker: { readonly shape: MarkerShape; readonly sizePx: number } | undefined;
}

/** What is needed of a layer to draw it. */
export interface DrawnLayer {
  readonly style: LayerStyle;
  readonly geometryType: GeometryType;
}

/** A text that values of a class begin with. */
export interface ClassTest {
  readonly prefix: string;
  readonly entry: StyleClass;
}

/** The tests of a style, longest text first: the first that a value begins with says its class. */
export function classTests({ classes }: LayerStyle): readonly ClassTest[] {
  const tests = (classes?.entries ?? []).flatMap((entry) =>
    entry.values.map((prefix) => ({ prefix, entry })),
  );
  return tests.toSorted((a, b) => b.prefix.length - a.prefix.length);
}

/** The class of an object by a flag, else by its value: a list of uses names the largest first, so its beginning decides. */
export function classOf(
  style: LayerStyle,
  properties: Readonly<Record<string, unknown>>,
): StyleClass | undefined {
  if (!style.classes) return undefined;
  const flagged = style.classes.entries.find(({ flag }) => flag !== undefined && isSet(properties[flag]));
  if (flagged) return flagged;
  const value = properties[style.classes.property];
  if (typeof value !== 'string') return undefined;
  let best: StyleClass | undefined;
  let length = 0;
  for (const entry of style.classes.entries) {
    for (const prefix of entry.values) {
      if (prefix.length > length && value.startsWith(prefix)) {
        best = entry;
        length = prefix.length;
      }
    }
  }
  return best;
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== false;

/** The ink of a class where it says something, else that of its layer. */
export function inkOf(style: LayerStyle, entry: StyleClass | undefined) {
  const { stroke = style.stroke, strokeWidthPx = style.strokeWidthPx } = entry ?? {};
  return { ...style, ...entry, stroke, strokeWidthPx };
}

/** Lines thin out and pale as the map gets smaller, so that a thousand parcels do not blacken it. */
const FULL_LINES_AT = 2500;

function lineFactor(scaleDenominator: number): number {
  const halvings = Math.log2(Math.max(1, scaleDenominator / FULL_LINES_AT));
  return Math.max(0.32, 1 - 0.24 * Math.round(halvings * 2) * 0.5);
}

/** Lines thinner than this have no casing. */
const THINNEST_CASED_PX = 1.8;
/** The common pixel of OGC standards, which scale denominators are counted by. */
export const PIXEL_M = 0.00028;

/** The symbol of a class of a layer. */
export function symbolOf(
  { style, geometryType }: DrawnLayer,
  entry: StyleClass | undefined,
  scaleDenominator: number,
): Symbol2d {
  const ink = inkOf(style, entry);
  const factor = lineFactor(scaleDenominator);
  const onGround = (metres = 0) => metres / (scaleDenominator * PIXEL_M);
  const isArea = geometryType.endsWith('Polygon');
  const isLine = geometryType.endsWith('LineString');
  const strokeWidthPx = Math.max(ink.strokeWidthPx * (0.5 + factor / 2), onGround(ink.strokeWidthM));
  const marker = ink.marker ?? { shape: 'circle', sizePx: 5 };
  return {
    entry,
    fill: ink.fill,
    fillOpacity: ink.fillOpacity ?? 1,
    stroke: ink.stroke,
    strokeWidthPx,
    strokeOpacity: isArea ? factor : 1,
    strokeDash: ink.strokeDash,
    casing:
      isLine && ink.casing && strokeWidthPx >= THINNEST_CASED_PX
        ? { color: ink.casing.color, widthPx: strokeWidthPx + 2 * ink.casing.widthPx }
        : undefined,
    marker: geometryType.endsWith('Point')
      ? { shape: marker.shape, sizePx: Math.max(marker.sizePx, onGround(marker.sizeM)) }
      : undefined,
  };
}

/** A symbol for a screen or a print of finer pixels: `times` as many of them for each. */
export const enlarged = (symbol: Symbol2d, times: number): Symbol2d =>
  times === 1
    ? symbol
    : {
        ...symbol,
        strokeWidthPx: symbol.strokeWidthPx * times,
        strokeDash: symbol.strokeDash?.map((length) => length * times),
        casing: symbol.casing && { ...symbol.casing, widthPx: symbol.casing.widthPx * times },
        marker: symbol.marker && { ...symbol.marker, sizePx: symbol.marker.sizePx * times },
      };

/** What is written into an object at a scale, or undefined. */
export function labelOf(
  { label }: LayerStyle,
  properties: Readonly<Record<string, unknown>>,
  scaleDenominator: number,
): string | undefined {
  if (!label || scaleDenominator > label.maxScaleDenominator) return undefined;
  const text = properties[label.property];
  if (text === undefined || text === null || text === '') return undefined;
  const suffix = label.suffixProperty ? properties[label.suffixProperty] : undefined;
  return `${label.signs?.[String(text)] ?? text}${suffix ?? ''}`;
}
