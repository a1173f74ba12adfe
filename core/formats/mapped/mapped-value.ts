/** What stands in a column of somebody else's table, as a value of a property of ours. */
import type { PropertyDeclaration } from '../../feature/layer.ts';
import { mainUse } from '../../plan/main-use.ts';
import type { MappedValue } from '../../wire/feature-mapping.ts';
import type { Members } from './json-features.ts';

/** Whether a table says nothing there. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

type Made = string | number | boolean | null | { readonly fault: string };

/** What a column becomes in a property; null where it is empty. */
export function mappedValue(value: MappedValue, columns: Members, declaration: PropertyDeclaration): Made {
  if (typeof value === 'object' && 'value' in value) return value.value;
  if (typeof value === 'object' && 'join' in value) {
    const parts = value.join.map((column) => columns[column]).filter((part) => !isEmpty(part));
    return parts.length === 0 ? null : typed(parts.join(''), value.join.join(' + '), declaration);
  }
  const { column, codes, take } = typeof value === 'string' ? { column: value } : value;
  const written = columns[column];
  if (isEmpty(written)) return null;
  if (typeof written === 'object') return { fault: `${column}: it holds a list or an object, not one value` };
  const { type } = declaration;
  // Of a format with types of its own.
  if (typeof written === 'number' && (type === 'number' || type === 'integer') && !codes) return written;
  const text = String(written);
  const coded = codes && Object.hasOwn(codes, text.trim()) ? codes[text.trim()] : undefined;
  if (coded !== undefined) return coded;
  const taken = take === 'main-use' ? mainUse(text) : text;
  return taken === null
    ? { fault: `${column}: no known use begins "${text}"` }
    : typed(taken, column, declaration);
}

/**
 * Numbers with a decimal comma or point, thousands apart, and the unit of the property behind them; days as 2026-01-31 or
 * 31.01.2026, moments with or without a zone (UTC).
 */
function typed(written: string, column: string, { name, type, unit, codelist }: PropertyDeclaration): Made {
  const text = written.trim();
  if (type === 'number' || type === 'integer') return numberOf(text, column, unit);
  if (type === 'date') return dayOf(text) ?? { fault: `${column}: "${text}" is not a day` };
  if (type === 'datetime') return momentOf(text) ?? { fault: `${column}: "${text}" is not a moment` };
  if (type === 'boolean') {
    return YES_OR_NO[text.toLowerCase()] ?? { fault: `${column}: "${text}" is neither yes nor no` };
  }
  if (codelist && !codelist.some(({ code }) => code === text)) {
    return {
      fault: `${column}: "${text}" is none of the codes of ${name} (${codelist.map(({ code }) => code).join(', ')}); name it in codes`,
    };
  }
  return codelist ? text : written;
}

const NUMBER =
  /^([+-]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+|[+-]?\d+)(?:[.,](\d+))?(e[+-]?\d+)?\s*(\p{L}[\p{L}\d²³/]*|%)?$/iu;

/** A number in another unit is no number of this property: nothing is converted by guessing. */
function numberOf(text: string, column: string, unit: string | undefined): Made {
  const [, whole, fraction = '0', power = '', said] = NUMBER.exec(text) ?? [];
  if (whole === undefined) return { fault: `${column}: "${text}" is not a number` };
  if (said !== undefined && plainUnit(said) !== plainUnit(unit ?? '')) {
    return {
      fault: `${column}: "${text}" is in ${said}, ${unit === undefined ? 'a number without a unit' : unit} is needed`,
    };
  }
  return Number(`${whole.replaceAll(/[ \u00a0\u202f]/g, '')}.${fraction}${power}`);
}

const plainUnit = (unit: string): string => unit.toLowerCase().replace('²', '2').replace('³', '3');

function dayOf(text: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text) ?? [];
  if (year !== undefined) return `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  return /^(\d{4})[-/](\d{2})[-/](\d{2})/.exec(text)?.slice(1, 4).join('-');
}

const MOMENT =
  /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

function momentOf(text: string): string | undefined {
  const [, year, month, day, time, zone] = MOMENT.exec(text) ?? [];
  if (year === undefined) return undefined;
  const offset = zone !== undefined && zone.length === 3 ? `${zone}:00` : zone;
  return `${year}-${month}-${day}T${time ?? '00:00:00'}${offset ?? 'Z'}`;
}

const YES_OR_NO: Readonly<Record<string, boolean>> = {
  ...{ tak: true, t: true, yes: true, y: true, true: true, '1': true },
  ...{ nie: false, n: false, no: false, false: false, f: false, '0': false },
};
