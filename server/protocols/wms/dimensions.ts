/** Dimensions of layers by a property of their objects (WMS 1.3.0, annex C; 1.1.1, annex C). */
import type { Layer, LayerDimension } from '../../../core/feature/layer.ts';
import { allOf, type Filter } from '../../../core/filter/ast.ts';
import type { Kvp } from '../../http/kvp.ts';
import { WmsError } from './exceptions.ts';

export interface DimensionsAsked {
  readonly filter: Filter | undefined;
  /** Which values were taken for others, in the words of the standard (C.4.2). */
  readonly warnings: readonly string[];
}

/** @throws WmsError InvalidDimensionValue or MissingDimensionValue */
export function dimensionsAsked(kvp: Kvp, { dimensions = [] }: Layer): DimensionsAsked {
  const each = dimensions.map((dimension) => asked(kvp, dimension));
  return {
    filter: allOf(...each.map(({ filter }) => filter)),
    warnings: each.flatMap(({ warnings }) => warnings),
  };
}

function asked(kvp: Kvp, dimension: LayerDimension): DimensionsAsked {
  const { name, units } = dimension;
  const text = kvp.get(name)?.trim();
  if (text === undefined) {
    if (dimension.default === undefined) {
      throw new WmsError('MissingDimensionValue', `${name} is missing; values: ${dimension.extent}`, name);
    }
    return {
      filter: wanted(dimension, dimension.default).filter,
      warnings: [`99 Default value used: ${name}=${dimension.default} ${units}`],
    };
  }
  return wanted(dimension, text);
}

function wanted(dimension: LayerDimension, text: string): DimensionsAsked {
  const { name, units, property, range } = dimension;
  const parts = text.split(',').map((part) => part.trim());
  if (!dimension.multipleValues && (parts.length > 1 || text.includes('/'))) {
    throw invalid(dimension, `${name} takes one value`, text);
  }
  if (range) {
    const ranges = parts.map(
      (part): Filter => ({ op: 'between', property, ...ends(dimension, range, part) }),
    );
    return { filter: ranges.length > 1 ? { op: 'or', args: ranges } : ranges[0], warnings: [] };
  }
  const warnings: string[] = [];
  const values = parts.flatMap((part) => {
    if (part.includes('/')) return within(dimension, part);
    const { value, isNear } = valueNear(dimension, part);
    if (isNear) warnings.push(`99 Nearest value used: ${name}=${value} ${units}`);
    return [value];
  });
  return { filter: { op: 'in', property, values: [...new Set(values)] }, warnings };
}

/** The ends of a part of the range; a resolution behind them changes nothing. */
function ends(
  dimension: LayerDimension,
  { least, most, step }: NonNullable<LayerDimension['range']>,
  part: string,
): { readonly lower: number; readonly upper: number } {
  const numbers = part.split('/').map((end) => numberOf(dimension, end));
  const [from = Number.NaN, to = from] = numbers;
  if (!(from <= to) || numbers.length > 3 || numbers.some(Number.isNaN)) {
    throw invalid(dimension, 'the range cannot be read', part);
  }
  if (to < least || from > most) throw invalid(dimension, 'the range lies outside', part);
  return part.includes('/') ? { lower: from, upper: to } : { lower: from - step / 2, upper: from + step / 2 };
}

/** The values from one to another; a resolution behind them changes nothing. */
function within(dimension: LayerDimension, part: string): readonly string[] {
  const [from = Number.NaN, to = Number.NaN] = part.split('/').map((end) => numberOf(dimension, end));
  const inside = dimension.values.filter(
    (value) => numberOf(dimension, value) >= from && numberOf(dimension, value) <= to,
  );
  if (!(from <= to) || inside.length === 0) throw invalid(dimension, 'the interval holds no value', part);
  return inside;
}

function valueNear(
  dimension: LayerDimension,
  text: string,
): { readonly value: string; readonly isNear: boolean } {
  const wanted = numberOf(dimension, text);
  const off = (value: string) => Math.abs(numberOf(dimension, value) - wanted);
  const nearest = dimension.values.toSorted((a, b) => off(a) - off(b))[0];
  if (nearest === undefined || Number.isNaN(wanted))
    throw invalid(dimension, 'the value cannot be read', text);
  const isNear = off(nearest) > 0;
  if (isNear && !dimension.nearestValue) throw invalid(dimension, 'there is no such value', text);
  return { value: nearest, isNear };
}

const numberOf = ({ units }: LayerDimension, text: string): number =>
  units === 'ISO8601' ? Date.parse(text.trim()) : text.trim() === '' ? Number.NaN : Number(text);

const invalid = ({ name, extent }: LayerDimension, words: string, text: string) =>
  new WmsError(
    'InvalidDimensionValue',
    `${words}, got "${text.slice(0, 100)}"; values of ${name}: ${extent}`,
    name,
  );
