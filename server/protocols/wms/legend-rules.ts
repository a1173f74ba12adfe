/** RULE and SCALE of GetLegendGraphic (05-078r4, 12): which rows of a legend are meant. */
import { invalidParameter } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import type { SldDrawing } from '../../../core/style/read-sld.ts';
import { styleRules } from '../../../core/style/style-rules.ts';
import type { Kvp } from '../../http/kvp.ts';

/** The denominator of SCALE, with or without "1:". @throws TwinError invalid-parameter */
export function scaleAsked(kvp: Kvp): number | undefined {
  const text = kvp.get('scale');
  if (text === undefined) return undefined;
  const scale = Number(text.trim().replace(/^1\s*:\s*/, ''));
  if (Number.isFinite(scale) && scale > 0) return scale;
  throw invalidParameter(
    'scale',
    `SCALE must be the denominator of a scale, as 2500, got "${text.slice(0, 50)}"`,
  );
}

/** A layer with the classes of its style that a legend shows; undefined = all. */
export interface LegendClasses {
  readonly layer: Layer;
  readonly shown: ReadonlySet<number> | undefined;
}

/**
 * @param inView classes that a map shows, -1 for objects of none of them; undefined: no map is meant
 * @throws TwinError invalid-parameter for a rule that the style does not have
 */
export function legendClasses(
  layer: Layer,
  rule: string | undefined,
  inView: ReadonlySet<number> | undefined,
): LegendClasses {
  if (rule === undefined) return { layer, shown: inView };
  const rules = styleRules(layer);
  const bare = rule.replace(/_ground$/, '').replace(/_edge$/, '');
  const index = rules.findIndex(({ name }) => name === rule || name === bare);
  if (index < 0)
    throw unknownRule(
      rule,
      layer,
      rules.map(({ name }) => name),
    );
  if (rules[index]?.entry) {
    return { layer, shown: new Set(inView === undefined || inView.has(index) ? [index] : []) };
  }
  const { classes: _, ...style } = layer.style;
  const isThere = inView === undefined || inView.has(-1);
  return { layer: { ...layer, style }, shown: isThere ? undefined : new Set() };
}

/** @throws TwinError invalid-parameter for a rule that the document does not have */
export function drawingsOfRule(
  drawings: readonly SldDrawing[],
  layer: Layer,
  rule: string | undefined,
): readonly SldDrawing[] {
  if (rule === undefined) return drawings;
  const names = new Set(drawings.flatMap(({ rule: { name } }) => name ?? []));
  if (!names.has(rule)) throw unknownRule(rule, layer, [...names]);
  return drawings.filter((each) => each.rule.name === rule);
}

const NAMED_AT_MOST = 60;

const unknownRule = (rule: string, layer: Layer, names: readonly string[]) =>
  invalidParameter(
    'rule',
    `The style of ${layer.name} has no rule "${rule.slice(0, 100)}"; its rules: ${names.slice(0, NAMED_AT_MOST).join(', ') || 'none with a name'}`,
  );
