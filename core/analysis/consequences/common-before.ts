import type { ComparedRow } from '../../wire/consequences.ts';

/**
 * What an indicator is before any of the scenarios, with its bound as far as one is known. Undefined where nobody
 * measured it, and where it is not the same for all: on land, each scenario speaks of its own parcels.
 */
export function commonBefore({
  cells,
}: Pick<ComparedRow, 'cells'>): { readonly value: number; readonly bound: number | undefined } | undefined {
  const measured = cells.filter(({ before }) => before !== undefined);
  const [first] = measured;
  if (first?.before === undefined || measured.some(({ before }) => before !== first.before)) return undefined;
  return { value: first.before, bound: first.afterBound };
}
