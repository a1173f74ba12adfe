/** Temporal functions of CQL2 (21-065r2, 7.6): each says how the ends of two times lie to each other. */
import { invalidParameter } from '../../errors.ts';
import type { PropertyDeclaration } from '../../feature/layer.ts';
import { type ComparisonOperator, type Filter, MIRRORED } from '../ast.ts';
import { compareValues } from '../compare-values.ts';
import { filterableProperty, typedLiteral } from '../typed-literal.ts';
import { constant } from './constant.ts';
import type { Cql2Context } from './cql2-context.ts';

type Condition = readonly ['a1' | 'a2', ComparisonOperator, 'b1' | 'b2'];

const CONDITIONS = {
  t_after: [['a1', '>', 'b2']],
  t_before: [['a2', '<', 'b1']],
  t_contains: [
    ['a1', '<', 'b1'],
    ['a2', '>', 'b2'],
  ],
  t_during: [
    ['a1', '>', 'b1'],
    ['a2', '<', 'b2'],
  ],
  t_equals: [
    ['a1', '=', 'b1'],
    ['a2', '=', 'b2'],
  ],
  t_finishedby: [
    ['a1', '<', 'b1'],
    ['a2', '=', 'b2'],
  ],
  t_finishes: [
    ['a1', '>', 'b1'],
    ['a2', '=', 'b2'],
  ],
  t_intersects: [
    ['a1', '<=', 'b2'],
    ['a2', '>=', 'b1'],
  ],
  t_meets: [['a2', '=', 'b1']],
  t_metby: [['a1', '=', 'b2']],
  t_overlappedby: [
    ['a1', '>', 'b1'],
    ['a1', '<', 'b2'],
    ['a2', '>', 'b2'],
  ],
  t_overlaps: [
    ['a1', '<', 'b1'],
    ['a2', '>', 'b1'],
    ['a2', '<', 'b2'],
  ],
  t_startedby: [
    ['a1', '=', 'b1'],
    ['a2', '>', 'b2'],
  ],
  t_starts: [
    ['a1', '=', 'b1'],
    ['a2', '<', 'b2'],
  ],
} as const satisfies Readonly<Record<string, readonly Condition[]>>;

/** JSON writes some names with capitals inside (`t_finishedBy`), text without a difference. */
export const isTemporal = (op: string): boolean =>
  Object.hasOwn(CONDITIONS, op.toLowerCase()) || op.toLowerCase() === 't_disjoint';

/** @throws TwinError invalid-parameter (parameter `filter`) */
export function temporalOfNode(op: string, args: readonly unknown[], context: Cql2Context): Filter {
  const [left, right, ...more] = args;
  if (right === undefined || more.length > 0) throw refusal(`${op} needs two arguments`);
  const [a, b] = [timeOf(left, context), timeOf(right, context)];
  const name = op.toLowerCase();
  if (name === 't_disjoint') {
    return {
      op: 'or',
      args: [...conditions(CONDITIONS.t_after, a, b), ...conditions(CONDITIONS.t_before, a, b)],
    };
  }
  // The moment of a property is equal to a day when it lies in it.
  if (name === 't_equals' && a.isInstant && b.isInstant) {
    return {
      op: 'and',
      args: conditions(
        [
          ['a1', '>=', 'b1'],
          ['a2', '<=', 'b2'],
        ],
        a,
        b,
      ),
    };
  }
  return { op: 'and', args: conditions(CONDITIONS[name as keyof typeof CONDITIONS], a, b) };
}

const refusal = (message: string): Error => invalidParameter('filter', message);

type End =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'property'; readonly property: PropertyDeclaration; readonly mayBeOpen: boolean }
  | { readonly kind: 'open' };

interface Time {
  readonly begin: End;
  readonly end: End;
  readonly isInstant: boolean;
}

function timeOf(node: unknown, context: Cql2Context): Time {
  if (typeof node === 'object' && node !== null && 'interval' in node) {
    const { interval } = node;
    if (!Array.isArray(interval) || interval.length !== 2) throw refusal('An interval needs two ends');
    return {
      begin: endOf(interval[0], true, context),
      end: endOf(interval[1], true, context),
      isInstant: false,
    };
  }
  const end = endOf(node, false, context);
  return { begin: end, end, isInstant: true };
}

function endOf(node: unknown, inInterval: boolean, { layer }: Cql2Context): End {
  if (inInterval && typeof node === 'string') {
    return node === '..' || node === '' ? { kind: 'open' } : { kind: 'literal', text: node };
  }
  if (typeof node === 'object' && node !== null) {
    if ('property' in node && typeof node.property === 'string') {
      const property = filterableProperty(layer, node.property, 'filter');
      if (property.type !== 'date' && property.type !== 'datetime') {
        throw refusal(`${property.name} holds neither days nor moments`);
      }
      return { kind: 'property', property, mayBeOpen: inInterval };
    }
    const text = 'date' in node ? node.date : 'timestamp' in node ? node.timestamp : undefined;
    if (typeof text === 'string') return { kind: 'literal', text };
  }
  throw refusal(
    `${(JSON.stringify(node) ?? '').slice(0, 100)} is no day, moment, interval or property of time`,
  );
}

function conditions(asked: readonly Condition[], a: Time, b: Time): readonly Filter[] {
  const ends = { a1: a.begin, a2: a.end, b1: b.begin, b2: b.end };
  return asked.map(([left, operator, right]) =>
    compared(ends[left], isBegin(left), operator, ends[right], isBegin(right)),
  );
}

const isBegin = (name: 'a1' | 'a2' | 'b1' | 'b2'): boolean => name.endsWith('1');

function compared(
  left: End,
  leftBegins: boolean,
  operator: ComparisonOperator,
  right: End,
  rightBegins: boolean,
): Filter {
  if (left.kind !== 'property') {
    if (right.kind === 'property') return compared(right, rightBegins, MIRRORED[operator], left, leftBegins);
    return constant(compareValues(numberOf(left, leftBegins), operator, numberOf(right, rightBegins)));
  }
  if (right.kind === 'property') throw refusal('Two properties cannot be compared with each other');
  const { property, mayBeOpen } = left;
  const unbounded = compareValues(leftBegins ? -Infinity : Infinity, operator, numberOf(right, rightBegins));
  const isNull: Filter = { op: 'is-null', property: property.name };
  if (right.kind === 'open') {
    // Every moment lies between the open ends; one that is unknown does only where it stands for such an end.
    const known = compareValues(0, operator, numberOf(right, rightBegins));
    if (known) return mayBeOpen && unbounded ? constant(true) : { op: 'not', arg: isNull };
    return mayBeOpen && unbounded ? isNull : constant(false);
  }
  const value = property.type === 'datetime' ? momentOf(right.text, rightBegins) : right.text;
  typedLiteral(property, value);
  const comparison: Filter = { op: 'compare', operator, property: property.name, value };
  return mayBeOpen && unbounded ? { op: 'or', args: [comparison, isNull] } : comparison;
}

/** A day begins at midnight UTC and lasts until its last moment. */
const momentOf = (text: string, begins: boolean): string =>
  text.length === 10 ? `${text}T${begins ? '00:00:00' : '23:59:59.999'}Z` : text;

function numberOf(end: Exclude<End, { kind: 'property' }>, begins: boolean): number {
  if (end.kind === 'open') return begins ? -Infinity : Infinity;
  const at = Date.parse(momentOf(end.text, begins));
  if (Number.isNaN(at)) throw refusal(`"${end.text.slice(0, 50)}" is no day or moment`);
  return at;
}
