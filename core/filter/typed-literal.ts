import { invalidParameter } from '../errors.ts';
import type { LayerDeclaration, PropertyDeclaration, PropertyType } from '../feature/layer.ts';
import { propertyOf } from '../feature/layer.ts';
import { remembered } from '../remembered.ts';
import type { Literal } from './ast.ts';

/** The business id can be filtered and sorted by like a property. */
const ID: PropertyDeclaration = {
  name: 'id',
  type: 'text',
  label: { pl: 'Identyfikator', en: 'Identifier' },
};

/**
 * The property of a layer that a filter or sort key names; `id` is one.
 * @throws TwinError invalid-parameter when the layer has (or shows) no such property.
 */
export function filterableProperty(
  layer: LayerDeclaration,
  name: string,
  parameter: string,
): PropertyDeclaration {
  const property = name === 'id' ? ID : propertyOf(layer, name);
  if (!property) {
    const known = layer.properties.map((each) => each.name).join(', ');
    throw invalidParameter(parameter, `Layer ${layer.name} has no property "${name}"; it has: id, ${known}`);
  }
  return property;
}

/**
 * A literal in the type of the property that it is compared with: grammars without types (FES, KVP) give
 * text. Dates come back as `YYYY-MM-DD`, moments as UTC ISO 8601; a moment without a zone is taken as UTC.
 * @throws TwinError invalid-parameter when the literal cannot be one.
 */
export function typedLiteral(property: PropertyDeclaration, literal: Literal): Literal {
  if (literal === null) return null;
  const typed = CONVERSIONS[property.type](literal);
  if (typed === undefined) {
    throw invalidParameter(
      'filter',
      `"${String(literal).slice(0, 100)}" is not a value for ${property.name}, which is ${WORDS[property.type]}`,
    );
  }
  return typed;
}

const WORDS = {
  text: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date (YYYY-MM-DD)',
  datetime: 'a moment (YYYY-MM-DDThh:mm:ssZ)',
} as const satisfies Record<PropertyType, string>;

type Conversion = (literal: string | number | boolean) => Literal | undefined;

const CONVERSIONS = {
  text: (literal) => String(literal),
  integer: asNumber,
  number: asNumber,
  boolean: asBoolean,
  date: (literal) => asMoment(literal)?.slice(0, 10),
  datetime: (literal) => asMoment(literal),
} as const satisfies Record<PropertyType, Conversion>;

function asNumber(literal: string | number | boolean): number | undefined {
  if (typeof literal === 'boolean' || (typeof literal === 'string' && literal.trim() === ''))
    return undefined;
  const number = Number(literal);
  return Number.isFinite(number) ? number : undefined;
}

function asBoolean(literal: string | number | boolean): boolean | undefined {
  if (typeof literal === 'boolean') return literal;
  const word = String(literal).trim().toLowerCase();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : undefined;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

const asMoment = (literal: string | number | boolean): string | undefined => momentOf(String(literal));

const momentOf = remembered((literal) => {
  const text = literal.trim().replace(' ', 'T');
  const match = MOMENT.exec(text);
  if (!match) return undefined;
  const zoned = match[1] === undefined && text.length > 10 ? `${text}Z` : text;
  const moment = new Date(zoned);
  if (Number.isNaN(moment.getTime())) return undefined;
  // Date takes 31 February for 3 March; a date that does not come back was none.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text.slice(0, 10)) return undefined;
  return utcText(moment);
});

/** `2024-05-01T10:00:00Z`: how moments leave every source; milliseconds only when there are some. */
export function utcText(moment: Date): string {
  return moment.toISOString().replace('.000Z', 'Z');
}
