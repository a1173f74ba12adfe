/** The parameter `datetime` (17-069r4, 7.15.4). */
import { invalidParameter } from '../../../core/errors.ts';
import { type Layer, type PropertyDeclaration, propertyOf } from '../../../core/feature/layer.ts';
import { allOf, type Filter } from '../../../core/filter/ast.ts';
import { typedLiteral } from '../../../core/filter/typed-literal.ts';

/** The time of an object is that of its version in the register; without an end it still holds. */
const TIME_PROPERTIES = { start: 'version_since', end: 'version_until' } as const;

const MOMENT: PropertyDeclaration = { name: 'datetime', type: 'datetime', label: { pl: '', en: '' } };

interface Interval {
  readonly start: string | undefined;
  readonly end: string | undefined;
}

/**
 * Objects whose time meets the instant or interval. Objects without a time always do, and so does every object
 * of a layer that has none.
 * @throws TwinError invalid-parameter
 */
export function datetimeFilter(text: string, layer: Layer): Filter | undefined {
  const { start, end } = parseInterval(text);
  if (!propertyOf(layer, TIME_PROPERTIES.start) || !propertyOf(layer, TIME_PROPERTIES.end)) return undefined;
  return allOf(
    end === undefined ? undefined : orUnknown(TIME_PROPERTIES.start, '<=', end),
    start === undefined ? undefined : orUnknown(TIME_PROPERTIES.end, '>=', start),
  );
}

function orUnknown(property: string, operator: '<=' | '>=', value: string): Filter {
  return {
    op: 'or',
    args: [
      { op: 'compare', operator, property, value },
      { op: 'is-null', property },
    ],
  };
}

function parseInterval(text: string): Interval {
  const parts = text.split('/');
  if (parts.length > 2) throw refusal(text);
  const [start, end] = parts.map((part) => bound(part, parts.length === 2, text));
  const interval: Interval =
    parts.length === 2 ? { start, end: endOfDay(end) } : { start, end: endOfDay(start) };
  if (interval.start !== undefined && interval.end !== undefined && interval.start > interval.end) {
    throw invalidParameter('datetime', `datetime ends before it starts: "${text.slice(0, 100)}"`);
  }
  return interval;
}

function bound(part: string, inInterval: boolean, whole: string): string | undefined {
  if (inInterval && (part === '' || part === '..')) return undefined;
  if (!/^\d{4}-\d{2}-\d{2}([T ].*)?$/i.test(part)) throw refusal(whole);
  try {
    typedLiteral(MOMENT, part);
  } catch {
    throw refusal(whole);
  }
  return /[T ]/i.test(part) ? String(typedLiteral(MOMENT, part)) : part;
}

/** A day as the end of an interval lasts until its last second. */
function endOfDay(text: string | undefined): string | undefined {
  return text?.length === 10 ? `${text}T23:59:59.999Z` : text;
}

const refusal = (text: string) =>
  invalidParameter(
    'datetime',
    `datetime must be a moment (2024-05-01T10:00:00Z), a day, or an interval with "/" and ".." for an open end, got "${text.slice(0, 100)}"`,
  );
