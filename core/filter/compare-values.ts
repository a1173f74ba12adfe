import type { ComparisonOperator } from './ast.ts';

/** Two values of one type, by the order of JavaScript: numbers by size, texts by code unit. */
export function compareValues<T extends string | number | boolean>(
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
