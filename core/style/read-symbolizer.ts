/** Symbolizers of Symbology Encoding 1.1 (05-077r4, 11) and of SLD 1.0 as styles of the house. */
import { invalidParameter, notSupported } from '../errors.ts';
import type { LayerDeclaration, LayerStyle, Marker, MarkerShape } from '../feature/layer.ts';
import { childOf, childrenOf, childText, textOf, type XmlElement } from '../xml/element.ts';
import { shapeOf } from './style-rules.ts';

/** Drawn on its own: nothing of it is inherited from the style of the layer. */
const UNSEEN: LayerStyle = { stroke: '#000000', strokeWidthPx: 0 };
const BLACK = '#000000';
const GREY = '#808080';
/** 05-077r4, 11.3.2: where a Graphic gives no size. */
const MARK_PX = 6;
const LARGEST_PX = 100;
const MARKS: Readonly<Record<string, MarkerShape>> = {
  ...{
    circle: 'circle',
    square: 'square',
    triangle: 'triangle',
    x: 'cross',
    cross: 'cross',
    diamond: 'diamond',
  },
};

/** @throws TwinError not-supported or invalid-parameter (parameter `sld_body`) that names the line */
export function readSymbolizer(
  symbolizer: XmlElement,
  layer: LayerDeclaration,
  maxScaleDenominator: number | undefined,
): LayerStyle {
  const shape = shapeOf(layer);
  const metres = /metre|meter/i.test(symbolizer.attributes['uom'] ?? '');
  if (/foot/i.test(symbolizer.attributes['uom'] ?? ''))
    throw refusal(symbolizer, 'widths are pixels or metres');
  switch (symbolizer.local) {
    case 'PolygonSymbolizer':
      if (shape !== 'area') throw refusal(symbolizer, `${layer.name} has no areas`);
      return { ...UNSEEN, ...fillOf(symbolizer), ...strokeOf(symbolizer, metres) };
    case 'LineSymbolizer':
      if (shape === 'point') throw refusal(symbolizer, `${layer.name} has points`);
      return { ...UNSEEN, ...strokeOf(symbolizer, metres) };
    case 'PointSymbolizer':
      if (shape !== 'point') throw refusal(symbolizer, `${layer.name} has no points`);
      return pointStyle(symbolizer, metres);
    case 'TextSymbolizer':
      return {
        ...UNSEEN,
        ...(shape === 'point' && NO_MARK),
        label: labelOf(symbolizer, layer, maxScaleDenominator),
      };
    default:
      throw refusal(symbolizer, 'use PolygonSymbolizer, LineSymbolizer, PointSymbolizer or TextSymbolizer');
  }
}

const NO_MARK = { marker: { shape: 'circle', sizePx: 0 } } as const;

function pointStyle(symbolizer: XmlElement, metres: boolean): LayerStyle {
  const graphic = childOf(symbolizer, 'Graphic');
  if (!graphic) return { ...UNSEEN, fill: GREY, marker: { shape: 'square', sizePx: MARK_PX } };
  const remote = childOf(graphic, 'ExternalGraphic');
  if (remote) throw refusal(remote, 'nothing is fetched for a style; use Mark');
  const mark = childOf(graphic, 'Mark');
  const name = childText(mark, 'WellKnownName') ?? 'square';
  const shape = MARKS[name];
  if (!shape)
    throw refusal(graphic, `there is no mark "${name.slice(0, 40)}"; use ${Object.keys(MARKS).join(', ')}`);
  const size = positive(graphic, childText(graphic, 'Size') ?? String(MARK_PX), LARGEST_PX);
  const isTurned = shape === 'square' && Number(childText(graphic, 'Rotation') ?? 0) % 90 === 45;
  const marker: Marker = {
    ...(isTurned ? { shape: 'diamond', sizePx: size * Math.SQRT2 } : { shape, sizePx: size }),
    ...(metres && { sizeM: size }),
  };
  return { ...UNSEEN, ...(mark && { ...fillOf(mark), ...strokeOf(mark, false) }), marker };
}

function fillOf(element: XmlElement): Pick<LayerStyle, 'fill' | 'fillOpacity'> {
  const fill = childOf(element, 'Fill');
  if (!fill) return {};
  const pattern = childOf(fill, 'GraphicFill');
  if (pattern) throw refusal(pattern, 'areas are filled with one colour');
  const parameters = parametersOf(fill);
  return {
    fill: colour(fill, parameters.get('fill') ?? GREY),
    fillOpacity: share(fill, parameters.get('fill-opacity') ?? '1'),
  };
}

function strokeOf(
  element: XmlElement,
  metres: boolean,
): Partial<Pick<LayerStyle, 'stroke' | 'strokeWidthPx' | 'strokeWidthM' | 'strokeDash'>> {
  const stroke = childOf(element, 'Stroke');
  if (!stroke) return {};
  const pattern = childOf(stroke, 'GraphicStroke') ?? childOf(stroke, 'GraphicFill');
  if (pattern) throw refusal(pattern, 'lines are drawn in one colour');
  const parameters = parametersOf(stroke);
  const width = positive(stroke, parameters.get('stroke-width') ?? '1', LARGEST_PX);
  const dash = parameters.get('stroke-dasharray')?.trim();
  return {
    stroke: colour(stroke, parameters.get('stroke') ?? BLACK),
    strokeWidthPx: metres ? Math.min(1, width) : width,
    ...(metres && { strokeWidthM: width }),
    ...(dash !== undefined && {
      strokeDash: dash
        .split(/[\s,]+/)
        .slice(0, 8)
        .map((length) => positive(stroke, length, 1_000)),
    }),
  };
}

function labelOf(
  symbolizer: XmlElement,
  layer: LayerDeclaration,
  maxScaleDenominator = Number.MAX_VALUE,
): LayerStyle['label'] {
  const label = childOf(symbolizer, 'Label');
  const names = label ? childrenOf(label, 'PropertyName') : [];
  const [property, suffix, ...more] = names.map((each) => (textOf(each) ?? '').replace(/^.*:/, ''));
  if (property === undefined || more.length > 0 || (label && textOf(label) !== undefined)) {
    throw refusal(symbolizer, 'Label must be one or two PropertyName');
  }
  for (const name of [property, suffix]) {
    if (name === undefined || layer.properties.some((each) => each.name === name)) continue;
    throw invalidParameter(
      'sld_body',
      `Line ${symbolizer.line} of SLD_BODY: ${layer.name} has no property "${name.slice(0, 60)}"`,
    );
  }
  const fill = childOf(symbolizer, 'Fill');
  return {
    property,
    ...(suffix !== undefined && { suffixProperty: suffix }),
    maxScaleDenominator,
    color: fill ? colour(fill, parametersOf(fill).get('fill') ?? BLACK) : BLACK,
  };
}

/** `SvgParameter` of 1.1 and `CssParameter` of 1.0. */
function parametersOf(element: XmlElement): ReadonlyMap<string, string> {
  const parameters = element.children.filter(
    ({ local }) => local === 'SvgParameter' || local === 'CssParameter',
  );
  return new Map(
    parameters.map((each) => {
      const [computed] = each.children.filter(({ local }) => local !== 'Literal');
      if (computed) throw refusal(computed, 'values are written as they are, not computed');
      return [each.attributes['name'] ?? '', childText(each, 'Literal') ?? textOf(each) ?? ''];
    }),
  );
}

function colour(element: XmlElement, text: string): string {
  if (/^#[0-9a-f]{6}$/i.test(text)) return text.toLowerCase();
  throw refusal(element, `a colour must look like #a0b1c2, got "${text.slice(0, 20)}"`);
}

function share(element: XmlElement, text: string): number {
  const value = Number(text);
  if (value >= 0 && value <= 1) return value;
  throw refusal(element, `an opacity lies between 0 and 1, got "${text.slice(0, 20)}"`);
}

function positive(element: XmlElement, text: string, most: number): number {
  const value = Number(text);
  if (value >= 0 && value <= most) return value;
  throw refusal(element, `a size lies between 0 and ${most}, got "${text.slice(0, 20)}"`);
}

const refusal = ({ line, local }: XmlElement, words: string) =>
  notSupported(`Line ${line} of SLD_BODY, ${local}: ${words}`, 'sld_body');
