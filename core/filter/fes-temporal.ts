/** Temporal operators of FES 2.0 on properties that hold a moment or a day. */
import { invalidParameter } from '../errors.ts';
import type { LayerDeclaration } from '../feature/layer.ts';
import { childOf, childText, descendantsOf, type XmlElement } from '../xml/element.ts';
import type { Filter } from './ast.ts';
import { readValueReference } from './fes-value-reference.ts';
import { filterableProperty } from './typed-literal.ts';

interface Span {
  readonly begin: string;
  readonly end: string;
}

/** @throws TwinError invalid-parameter (parameter `filter`) */
export function temporalFilter(element: XmlElement, layer: LayerDeclaration): Filter {
  const property = momentProperty(element, layer);
  const { begin, end } = readSpan(element);
  switch (element.local) {
    case 'After':
      return { op: 'compare', operator: '>', property, value: end };
    case 'Before':
      return { op: 'compare', operator: '<', property, value: begin };
    case 'TEquals':
      return { op: 'between', property, lower: begin, upper: end };
    default:
      return {
        op: 'and',
        args: [
          { op: 'compare', operator: '>', property, value: begin },
          { op: 'compare', operator: '<', property, value: end },
        ],
      };
  }
}

function momentProperty(element: XmlElement, layer: LayerDeclaration): string {
  const text = childText(element, 'ValueReference');
  const target = text === undefined ? undefined : readValueReference(text, layer, false);
  if (target?.kind === 'property') {
    const property = filterableProperty(layer, target.name, 'filter');
    if (property.type === 'date' || property.type === 'datetime') return property.name;
  }
  throw invalidParameter(
    'filter',
    `Line ${element.line}: ${element.local} needs a ValueReference to a date or moment, got "${text ?? ''}"`,
  );
}

/** The operand: an instant (begin = end) or a period, in GML 3.2 or as a literal. */
function readSpan(element: XmlElement): Span {
  const instant = [...descendantsOf(element)].find(({ local }) => local === 'TimeInstant');
  const period = childOf(element, 'TimePeriod');
  if (period) {
    const begin = childText(period, 'beginPosition') ?? positionIn(childOf(period, 'begin'));
    const end = childText(period, 'endPosition') ?? positionIn(childOf(period, 'end'));
    if (begin !== undefined && end !== undefined) return { begin, end };
  }
  const moment = positionIn(instant) ?? childText(element, 'Literal');
  if (!period && moment !== undefined) return { begin: moment, end: moment };
  throw invalidParameter(
    'filter',
    `Line ${element.line}: ${element.local} needs a gml:TimeInstant or gml:TimePeriod`,
  );
}

function positionIn(element: XmlElement | undefined): string | undefined {
  if (!element) return undefined;
  const position = [...descendantsOf(element)].find(({ local }) => local === 'timePosition');
  return position?.text.trim() || undefined;
}
