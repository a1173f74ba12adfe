/** The text form of CQL2 into the nodes of its JSON form, so that both mean the same. */
import { invalidParameter } from '../../errors.ts';
import { readWkt } from './read-wkt.ts';
import { TextScan } from './text-scan.ts';

/** Deeper nesting than anybody writes by hand; recursion stays far from the end of the stack. */
export const MOST_NESTED = 100;

/** @throws TwinError invalid-parameter (parameter `filter`) with the place in the text */
export function parseCql2Text(text: string): unknown {
  const scan = new TextScan(text);
  const node = disjunction(scan, 0);
  if (!scan.isAtEnd) throw scan.fault('cannot be understood; expected AND, OR or the end');
  return node;
}

function disjunction(scan: TextScan, depth: number): unknown {
  if (depth > MOST_NESTED)
    throw invalidParameter('filter', `The filter is nested more than ${MOST_NESTED} deep`);
  return chain(scan, 'or', () => chain(scan, 'and', () => negation(scan, depth)));
}

function chain(scan: TextScan, op: 'and' | 'or', part: () => unknown): unknown {
  const args = [part()];
  while (scan.word(op)) args.push(part());
  return args.length === 1 ? args[0] : { op, args };
}

function negation(scan: TextScan, depth: number): unknown {
  let isNegated = false;
  while (scan.word('not')) isNegated = !isNegated;
  const node = predicate(scan, depth);
  return isNegated ? not(node) : node;
}

const not = (node: unknown) => ({ op: 'not', args: [node] });

function predicate(scan: TextScan, depth: number): unknown {
  if (scan.sign('(')) {
    const node = disjunction(scan, depth + 1);
    scan.expectSign(')');
    return node;
  }
  if (scan.word('include')) return true;
  if (scan.word('exclude')) return false;
  return relation(scan) ?? comparison(scan, scalar(scan, depth), depth);
}

const SPATIAL = 'intersects|disjoint|within|contains|touches|crosses|overlaps|equals';
const RELATION = new RegExp(`(?:s_)?(${SPATIAL})`, 'y');

/** A predicate that is written as a function: spatial, temporal, or of distance. */
function relation(scan: TextScan): unknown {
  const spatial = scan.call(RELATION);
  if (spatial) {
    const args = pair(scan, spatialOperand);
    return { op: `s_${spatial.replace(/^s_/, '')}`, args };
  }
  const temporal = scan.call(/t_[a-z]+/y);
  if (temporal) return { op: temporal, args: pair(scan, temporalOperand) };
  const distance = scan.call(/dwithin|beyond/y);
  if (distance) {
    const args: unknown[] = [spatialOperand(scan)];
    scan.expectSign(',');
    args.push(spatialOperand(scan));
    scan.expectSign(',');
    args.push(scan.number());
    if (scan.sign(',')) args.push(scan.name());
    scan.expectSign(')');
    return { op: distance, args };
  }
  if (!scan.call(/bbox/y)) return undefined;
  const target = { property: scan.name() };
  scan.expectSign(',');
  const bbox = numbers(scan);
  const crs = scan.sign(',') ? scan.quoted() : undefined;
  scan.expectSign(')');
  return { op: 's_intersects', args: [target, { bbox, ...(crs === undefined ? {} : { crs }) }] };
}

function pair(scan: TextScan, operand: (scan: TextScan) => unknown): readonly unknown[] {
  const first = operand(scan);
  scan.expectSign(',');
  const second = operand(scan);
  scan.expectSign(')');
  return [first, second];
}

function spatialOperand(scan: TextScan): unknown {
  if (scan.call(/bbox/y)) {
    const bbox = numbers(scan);
    scan.expectSign(')');
    return { bbox };
  }
  return readWkt(scan) ?? { property: scan.name() };
}

function numbers(scan: TextScan): readonly number[] {
  const found = [scan.number()];
  while (scan.nextIsNumberAfterComma()) {
    scan.expectSign(',');
    found.push(scan.number());
  }
  return found;
}

function temporalOperand(scan: TextScan): unknown {
  if (scan.call(/interval/y)) {
    const interval = pair(scan, (inside) => {
      const end = instant(inside) ?? inside.maybeQuoted();
      return end ?? { property: inside.name() };
    });
    return { interval };
  }
  return instant(scan) ?? { property: scan.name() };
}

function instant(scan: TextScan): unknown {
  const kind = scan.call(/date|timestamp/y);
  if (!kind) return undefined;
  const text = scan.quoted();
  scan.expectSign(')');
  return { [kind]: text };
}

function comparison(scan: TextScan, left: unknown, depth: number): unknown {
  const operator = scan.operator();
  if (operator) return { op: operator, args: [left, scalar(scan, depth)] };
  const isNegated = scan.word('not');
  const asked = (node: unknown) => (isNegated ? not(node) : node);
  if (scan.word('like')) return asked({ op: 'like', args: [left, scalar(scan, depth)] });
  if (scan.word('ilike')) {
    const args = [left, scalar(scan, depth)].map((each) => ({ op: 'casei', args: [each] }));
    return asked({ op: 'like', args });
  }
  if (scan.word('between')) {
    const lower = scalar(scan, depth);
    if (!scan.word('and')) throw scan.fault('cannot be understood; BETWEEN needs AND');
    return asked({ op: 'between', args: [left, lower, scalar(scan, depth)] });
  }
  if (scan.word('in')) {
    scan.expectSign('(');
    const values = [scalar(scan, depth)];
    while (scan.sign(',')) values.push(scalar(scan, depth));
    scan.expectSign(')');
    return asked({ op: 'in', args: [left, values] });
  }
  if (!isNegated && scan.word('is')) {
    const isNot = scan.word('not');
    if (!scan.word('null')) throw scan.fault('cannot be understood; expected NULL');
    const node = { op: 'isNull', args: [left] };
    return isNot ? not(node) : node;
  }
  if (!isNegated && typeof left === 'boolean') return left;
  throw scan.fault('cannot be understood; expected =, <>, <, <=, >, >=, LIKE, BETWEEN, IN or IS NULL');
}

function scalar(scan: TextScan, depth: number): unknown {
  if (depth > MOST_NESTED)
    throw invalidParameter('filter', `The filter is nested more than ${MOST_NESTED} deep`);
  const folding = scan.call(/casei|accenti/y);
  if (folding) {
    const arg = scalar(scan, depth + 1);
    scan.expectSign(')');
    return { op: folding, args: [arg] };
  }
  const value = instant(scan) ?? scan.maybeQuoted() ?? scan.maybeNumber();
  if (value !== undefined) return value;
  if (scan.word('true')) return true;
  if (scan.word('false')) return false;
  const called = scan.call(/[a-z_]\w*/y);
  if (called) throw invalidParameter('filter', `The function ${called} is not known here`);
  return { property: scan.name() };
}
