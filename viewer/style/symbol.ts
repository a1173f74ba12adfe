import {
  classOf,
  type Symbol2d as PaperSymbol,
  symbolOf as paperSymbolOf,
} from '../../core/feature/symbol.ts';
import type { WireLayer } from '../../core/wire/city.ts';
import { inkFor, type Theme } from './ink.ts';

/** How one object is drawn, in plan and on the globe, in the colours of a theme. */
export interface Symbol2d extends PaperSymbol {
  /** Same text = same symbol; for caches. */
  readonly key: string;
}

/** The symbol of an object of a layer. */
export function symbolOf(
  layer: Pick<WireLayer, 'name' | 'style' | 'geometryType'>,
  properties: Readonly<Record<string, unknown>>,
  scaleDenominator: number,
  theme: Theme,
): Symbol2d {
  const { style } = layer;
  const entry = classOf(style, properties);
  const paper = paperSymbolOf(layer, entry, scaleDenominator);
  const index = entry && style.classes ? (style.classes.entries as readonly unknown[]).indexOf(entry) : -1;
  return {
    ...paper,
    // Scales differ in width; those of one tile level are alike.
    key: `${layer.name} ${index} ${scaleDenominator} ${theme}`,
    fill: paper.fill && inkFor(theme, paper.fill),
    stroke: inkFor(theme, paper.stroke),
    casing: paper.casing && { ...paper.casing, color: inkFor(theme, paper.casing.color) },
  };
}
