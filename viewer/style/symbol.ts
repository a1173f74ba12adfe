import type { WireLayer } from '../../core/wire/city.ts';
import { inkFor, type Theme } from './ink.ts';

/** How one object is drawn, in plan and on the globe. */
export interface Symbol2d {
  /** Same text = same symbol; for caches. */
  readonly key: string;
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

type MarkerShape = NonNullable<Style['marker']>['shape'];

type Style = WireLayer['style'];
export type StyleClass = NonNullable<Style['classes']>['entries'][number];

/** The class of a value: the entry with the longest text that the value is or begins with. */
export function classOf(style: Style, value: unknown): StyleClass | undefined {
  if (typeof value !== 'string') return undefined;
  // A list of uses names the largest first.
  const first = value.split(/[,;/\s]/, 1)[0] ?? value;
  let best: StyleClass | undefined;
  let length = 0;
  for (const entry of style.classes?.entries ?? []) {
    for (const text of entry.values) {
      if (text.length > length && first.startsWith(text)) {
        best = entry;
        length = text.length;
      }
    }
  }
  return best;
}

/** The ink of a class where it says something, else that of its layer. */
export function inkOf(style: Style, entry: StyleClass | undefined) {
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
const M_PER_PX = 0.00028;

/** The symbol of an object of a layer. */
export function symbolOf(
  { name, style, geometryType }: Pick<WireLayer, 'name' | 'style' | 'geometryType'>,
  properties: Readonly<Record<string, unknown>>,
  scaleDenominator: number,
  theme: Theme,
): Symbol2d {
  const found = style.classes && classOf(style, properties[style.classes.property]);
  const ink = inkOf(style, found);
  const factor = lineFactor(scaleDenominator);
  const onGround = (metres = 0) => metres / (scaleDenominator * M_PER_PX);
  const isArea = geometryType.endsWith('Polygon');
  const isLine = geometryType.endsWith('LineString');
  const strokeWidthPx = Math.max(ink.strokeWidthPx * (0.5 + factor / 2), onGround(ink.strokeWidthM));
  const marker = ink.marker ?? { shape: 'circle', sizePx: 5 };
  return {
    // Scales differ in width; those of one tile level are alike.
    key: `${name} ${style.classes?.entries.indexOf(found as StyleClass) ?? -1} ${scaleDenominator} ${theme}`,
    fill: ink.fill && inkFor(theme, ink.fill),
    fillOpacity: ink.fillOpacity ?? 1,
    stroke: inkFor(theme, ink.stroke),
    strokeWidthPx,
    strokeOpacity: isArea ? factor : 1,
    strokeDash: ink.strokeDash,
    casing:
      isLine && ink.casing && strokeWidthPx >= THINNEST_CASED_PX
        ? { color: inkFor(theme, ink.casing.color), widthPx: strokeWidthPx + 2 * ink.casing.widthPx }
        : undefined,
    marker: geometryType.endsWith('Point')
      ? { shape: marker.shape, sizePx: Math.max(marker.sizePx, onGround(marker.sizeM)) }
      : undefined,
  };
}

/** What is written into an object at a scale, or undefined. */
export function labelOf(
  { style }: Pick<WireLayer, 'style'>,
  properties: Readonly<Record<string, unknown>>,
  scaleDenominator: number,
): string | undefined {
  const { label } = style;
  if (!label || scaleDenominator > label.maxScaleDenominator) return undefined;
  const text = properties[label.property];
  if (text === undefined || text === null || text === '') return undefined;
  const suffix = label.suffixProperty ? properties[label.suffixProperty] : undefined;
  return `${text}${suffix ?? ''}`;
}
