/** Predicates that say the same of every feature. */
import { type ComparisonOperator, EVERYTHING, type Filter, NOTHING } from '../ast.ts';

export const constant = (isTrue: boolean): Filter => (isTrue ? EVERYTHING : NOTHING);

export function compareConstants<T extends string | number | boolean>(
  left: T,
  operator: ComparisonOperator,
  right: T,
): boolean {
  switch (operator) {
    case '=':
      return left === right;
    case '<>':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}
