import type { Expression } from './expression.ts';

/** The same expression with other paths. */
export function withPaths(
  expression: Expression,
  change: (steps: readonly string[]) => readonly string[],
): Expression {
  const again = (inner: Expression): Expression => withPaths(inner, change);
  switch (expression.kind) {
    case 'path':
      return { kind: 'path', steps: change(expression.steps) };
    case 'call':
      return { ...expression, args: expression.args.map(again) };
    case 'not':
    case 'negative':
      return { ...expression, arg: again(expression.arg) };
    case 'in':
      return { ...expression, left: again(expression.left), values: expression.values.map(again) };
    case 'and':
    case 'or':
    case 'compare':
    case 'arithmetic':
      return { ...expression, left: again(expression.left), right: again(expression.right) };
    default:
      return expression;
  }
}

/** The parts of a filter that must all hold, divided: those that speak of what one link leads to, and the others. */
export function dividedBy(
  link: string,
  filter: Expression | undefined,
): { readonly beyond: Expression | undefined; readonly here: Expression | undefined } {
  const parts = filter === undefined ? [] : conjuncts(filter);
  const isBeyond = (part: Expression): boolean => {
    const paths: (readonly string[])[] = [];
    withPaths(part, (steps) => {
      paths.push(steps);
      return steps;
    });
    return paths.length > 0 && paths.every(([first, ...rest]) => first === link && rest.length > 0);
  };
  const beyond = parts.filter(isBeyond).map((part) => withPaths(part, ([, ...rest]) => rest));
  return { beyond: allOf(beyond), here: allOf(parts.filter((part) => !isBeyond(part))) };
}

const conjuncts = (filter: Expression): readonly Expression[] =>
  filter.kind === 'and' ? [...conjuncts(filter.left), ...conjuncts(filter.right)] : [filter];

const allOf = ([first, ...others]: readonly Expression[]): Expression | undefined =>
  first && others.reduce<Expression>((left, right) => ({ kind: 'and', left, right }), first);
