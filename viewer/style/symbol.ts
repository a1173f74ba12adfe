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
}

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

/** Lines thin out and pale as the map gets smaller, so that a thousand parcels do not blacken it. */
const FULL_LINES_AT = 2500;

function lineFactor(scaleDenominator: number): number {
  const halvings = Math.log2(Math.max(1, scaleDenominator / FULL_LINES_AT));
  return Math.max(0.32, 1 - 0.24 * Math.round(halvings * 2) * 0.5);
}

/** The symbol of an object of a layer. */
export function symbolOf(
  { name, style }: Pick<WireLayer, 'name' | 'style'>,
  properties: Readonly<Record<string, unknown>>,
  scaleDenominator: number,
  theme: Theme,
): Symbol2d {
  const found = style.classes && classOf(style, properties[style.classes.property]);
  const fill = found?.fill ?? style.fill;
  const factor = lineFactor(scaleDenominator);
  return {
    key: `${name} ${fill} ${factor} ${theme}`,
    fill: fill && inkFor(theme, fill),
    fillOpacity: found?.fillOpacity ?? style.fillOpacity ?? 1,
    stroke: inkFor(theme, style.stroke),
    strokeWidthPx: style.strokeWidthPx * (0.5 + factor / 2),
    strokeOpacity: factor,
    strokeDash: style.strokeDash,
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
