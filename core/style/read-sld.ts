/**
 * Styles that somebody hands in: Styled Layer Descriptor 1.1 (05-078r4) and 1.0 (02-070), of which is read what the
 * styles of the house can draw. Nothing is fetched and nothing is guessed: what is not drawn here is refused by name.
 */
import { invalidParameter, notSupported, tooLarge } from '../errors.ts';
import type { LayerDeclaration, LayerStyle } from '../feature/layer.ts';
import { allOf, type Filter } from '../filter/ast.ts';
import { type FesContext, parseFes } from '../filter/fes.ts';
import { childOf, childrenOf, childText, type XmlElement } from '../xml/element.ts';
import { parseXml } from '../xml/reader.ts';
import { readSymbolizer } from './read-symbolizer.ts';

/** One and the same for all symbolizers of a rule. */
export interface SldRule {
  /** Undefined where it has none. */
  readonly name: string | undefined;
  /** Its Title, else its Name; undefined where it has neither. */
  readonly title: string | undefined;
}

/** One symbolizer of one rule: what it draws, which objects, and between which scales. */
export interface SldDrawing {
  readonly rule: SldRule;
  readonly style: LayerStyle;
  readonly filter: Filter | undefined;
  readonly minScaleDenominator: number | undefined;
  readonly maxScaleDenominator: number | undefined;
}

export interface SldLayer {
  /** As in the catalogue. */
  readonly name: string;
  /** The first is meant where none is named. */
  readonly styles: readonly SldStyle[];
}

interface SldStyle {
  /** Undefined where it has none. */
  readonly name: string | undefined;
  /** Undefined: a style of the server's, by its name. */
  readonly rules: readonly XmlElement[] | undefined;
}

/** Characters of a document, and rules in it, at most. */
const LONGEST = 200_000;
export const MOST_RULES = 50;

/** @throws TwinError invalid-parameter, not-supported or too-large (parameter `sld_body`) that says what and where */
export function readSld(text: string): readonly SldLayer[] {
  if (text.length > LONGEST) {
    throw tooLarge(`SLD_BODY has ${text.length} characters; at most ${LONGEST} are read`, 'sld_body');
  }
  const root = rootOf(text);
  if (root.local !== 'StyledLayerDescriptor') {
    throw invalidParameter('sld_body', `SLD_BODY begins with ${root.local} instead of StyledLayerDescriptor`);
  }
  const layers = root.children.flatMap((element): SldLayer[] => {
    if (element.local === 'UserLayer' || element.local === 'UseSLDLibrary') {
      throw refusal(element, 'only layers of this service are drawn: use NamedLayer');
    }
    return element.local === 'NamedLayer' ? [namedLayer(element)] : [];
  });
  if (layers.length === 0) throw invalidParameter('sld_body', 'SLD_BODY has no NamedLayer');
  const rules = layers.flatMap(({ styles }) => styles.flatMap((style) => style.rules ?? [])).length;
  if (rules > MOST_RULES) {
    throw tooLarge(`SLD_BODY has ${rules} rules; at most ${MOST_RULES} are drawn in one map`, 'sld_body');
  }
  return layers;
}

function rootOf(text: string): XmlElement {
  try {
    return parseXml(text);
  } catch (error) {
    const words = error instanceof Error ? error.message : 'it cannot be read';
    throw invalidParameter('sld_body', `SLD_BODY is no sound XML: ${words}`);
  }
}

function namedLayer(element: XmlElement): SldLayer {
  const name = childText(element, 'Name');
  if (name === undefined) throw refusal(element, 'needs a Name');
  const constraints = childOf(element, 'LayerFeatureConstraints');
  if (constraints) throw refusal(constraints, 'put a Filter into the rules instead');
  const named = childrenOf(element, 'NamedStyle').map(
    (each): SldStyle => ({ name: childText(each, 'Name'), rules: undefined }),
  );
  const own = childrenOf(element, 'UserStyle').map(
    (each): SldStyle => ({
      name: childText(each, 'Name'),
      rules: childrenOf(each, 'FeatureTypeStyle').flatMap((type) => {
        const remote = childOf(type, 'OnlineResource');
        if (remote) throw refusal(remote, 'nothing is fetched for a style');
        return childrenOf(type, 'Rule');
      }),
    }),
  );
  return { name, styles: [...own, ...named] };
}

/** What the rules of a style draw of a layer, from the lowest. */
export function sldDrawings(
  rules: readonly XmlElement[],
  layer: LayerDeclaration,
  context: FesContext,
): readonly SldDrawing[] {
  const filters = rules.map((rule) => {
    const filter = childOf(rule, 'Filter');
    return filter && parseFes(asFes20(filter), context);
  });
  const named = filters.filter((filter) => filter !== undefined);
  return rules.flatMap((rule, index) => {
    const isElse = childOf(rule, 'ElseFilter') !== undefined;
    const others: Filter | undefined =
      named.length > 0 ? { op: 'not', arg: { op: 'or', args: named } } : undefined;
    const filter = isElse ? others : allOf(filters[index]);
    const shared = {
      rule: { name: childText(rule, 'Name'), title: titleOf(rule) },
      filter,
      minScaleDenominator: scaleOf(rule, 'MinScaleDenominator'),
      maxScaleDenominator: scaleOf(rule, 'MaxScaleDenominator'),
    };
    const symbolizers = rule.children.filter(({ local }) => local.endsWith('Symbolizer'));
    return symbolizers.map((symbolizer) => ({
      ...shared,
      style: readSymbolizer(symbolizer, layer, shared.maxScaleDenominator),
    }));
  });
}

/** SE 1.1 has it in a Description (05-077r4, 8.3), SLD 1.0 in the rule itself. */
const titleOf = (rule: XmlElement): string | undefined =>
  childText(childOf(rule, 'Description'), 'Title') ?? childText(rule, 'Title') ?? childText(rule, 'Name');

function scaleOf(rule: XmlElement, name: string): number | undefined {
  const text = childText(rule, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value >= 0 && Number.isFinite(value)) return value;
  throw refusal(rule, `${name} must be a number, got "${text.slice(0, 20)}"`);
}

/** Filters of 1.1 say PropertyName where those of 2.0 say ValueReference; 1.0 has another name for the escape sign. */
function asFes20(element: XmlElement): XmlElement {
  const { local, attributes, children } = element;
  const escapeChar = attributes['escapeChar'] ?? attributes['escape'];
  return {
    ...element,
    local: local === 'PropertyName' ? 'ValueReference' : local,
    attributes: escapeChar === undefined ? attributes : { ...attributes, escapeChar },
    children: children.map(asFes20),
  };
}

const refusal = ({ line, local }: XmlElement, words: string) =>
  notSupported(`Line ${line} of SLD_BODY, ${local}: ${words}`, 'sld_body');
