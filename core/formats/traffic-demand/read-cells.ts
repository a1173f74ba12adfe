import { invalidParameter } from '../../errors.ts';
import type { CsvRow } from '../csv.ts';

/** The first of these columns that the row has; undefined when it has none, or nothing in it. */
export function cellOf({ cells }: CsvRow, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = cells[name]?.trim();
    if (text) return text;
  }
  return undefined;
}

/** @throws TwinError invalid-parameter naming file, line and columns */
export function neededCell(row: CsvRow, file: string, names: readonly string[]): string {
  const text = cellOf(row, names);
  if (text !== undefined) return text;
  throw invalidParameter(file, `${file}, line ${row.line}: ${names.join(' or ')} is missing`);
}

/** @throws TwinError invalid-parameter for what is no number, or below `least` */
export function numberCell(
  row: CsvRow,
  file: string,
  names: readonly string[],
  least = Number.NEGATIVE_INFINITY,
): number {
  const text = neededCell(row, file, names);
  const value = Number(text);
  if (Number.isFinite(value) && value >= least) return value;
  const must = least === Number.NEGATIVE_INFINITY ? 'a number' : `a number of ${least} or more`;
  throw invalidParameter(file, `${file}, line ${row.line}: ${names[0]} is "${text}"; it must be ${must}`);
}

/** @throws TwinError invalid-parameter for what is no hour of the day */
export function hourCell(row: CsvRow, file: string, usual: number | undefined): number {
  const text = cellOf(row, ['hour']) ?? (usual === undefined ? undefined : String(usual));
  if (text === undefined) {
    throw invalidParameter(file, `${file}, line ${row.line}: hour is missing; add the column or say --hour`);
  }
  const hour = Number(text);
  if (Number.isInteger(hour) && hour >= 0 && hour <= 23) return hour;
  throw invalidParameter(file, `${file}, line ${row.line}: hour is "${text}"; it must be 0 to 23`);
}
