/** What the columns of a table hold, as far as it was looked at: enough to propose a mapping, and to check one. */
import type { ColumnSketch } from '../../wire/table-sketch.ts';
import type { Members } from './json-features.ts';
import { isEmpty } from './mapped-value.ts';

/** Values of a column that are kept; more are no list of codes. */
const MOST_VALUES = 60;
/** Longer texts are no codes, and no help to who looks at them. */
const LONGEST_VALUE = 100;

/** One sketch for each column that a row has, in the order in which they come. */
export function sketchColumns(rows: readonly Members[]): readonly ColumnSketch[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))].map((name) => {
    const given = rows.map((row) => row[name]).filter((value) => !isEmpty(value));
    const texts = [...new Set(given.map((value) => textOf(value).trim()))];
    return {
      name,
      kind: kindOf(given),
      filled: given.length,
      distinct: texts.length,
      values: texts.filter((text) => text.length <= LONGEST_VALUE).slice(0, MOST_VALUES),
    };
  });
}

const textOf = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

function kindOf(values: readonly unknown[]): ColumnSketch['kind'] {
  const [kind, ...others] = new Set(values.map((value) => typeof value));
  if (others.length > 0) return 'text';
  if (kind === undefined) return 'empty';
  return kind === 'number' || kind === 'boolean' ? kind : kind === 'object' ? 'nested' : 'text';
}
