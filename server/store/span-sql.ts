/** How two times lie to each other. A stretch of time holds its beginning and not its end, as in FROST. */
import { invalidParameter } from '../../core/errors.ts';
import { type Operand, scalarOrNothing, wordFor } from './operand.ts';
import { type Sql, sql } from './sql.ts';

type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type SpanRelation =
  | Comparison
  | 'before'
  | 'after'
  | 'meets'
  | 'during'
  | 'overlaps'
  | 'starts'
  | 'finishes';

/** Functions of `$filter` that take two times. */
export const SPAN_FUNCTIONS: Readonly<Record<string, SpanRelation>> = {
  before: 'before',
  after: 'after',
  meets: 'meets',
  during: 'during',
  overlaps: 'overlaps',
  starts: 'starts',
  finishes: 'finishes',
};

interface Ends {
  readonly from: Sql;
  readonly to: Sql;
  readonly isSpan: boolean;
}

export function compareSpans(relation: SpanRelation, left: Operand, right: Operand, inWhat: string): Sql {
  return relate(relation, endsOf(left, inWhat), endsOf(right, inWhat));
}

function endsOf(operand: Operand, inWhat: string): Ends {
  if (operand.type === 'span') return { from: operand.from, to: operand.to, isSpan: true };
  const moment = scalarOrNothing(operand, 'moment');
  if (moment !== undefined) return { from: moment, to: moment, isSpan: false };
  throw invalidParameter(
    '$filter',
    `${inWhat} takes times, such as 2026-06-01T10:00:00Z or two with / between them, not ${wordFor(operand)}`,
  );
}

function relate(relation: SpanRelation, a: Ends, b: Ends): Sql {
  switch (relation) {
    case 'eq':
      return sql`(${a.from} = ${b.from} and ${a.to} = ${b.to})`;
    case 'ne':
      return sql`(${a.from} <> ${b.from} or ${a.to} <> ${b.to})`;
    case 'gt':
    case 'after':
      // Redundant where `b` is a moment; two comparisons of one column cost nothing.
      return sql`(${a.from} > ${b.from} and ${a.from} >= ${b.to})`;
    case 'ge':
      return sql`(${a.from} >= ${b.from} and ${a.to} >= ${b.to})`;
    case 'lt':
    case 'before':
      return sql`(${a.from} < ${b.from} and ${a.to} <= ${b.from})`;
    case 'le':
      return sql`(${a.from} <= ${b.from} and ${a.to} <= ${b.to})`;
    case 'meets':
      return sql`(${a.from} = ${b.to} or ${a.to} = ${b.from})`;
    case 'during':
      return sql`(${a.from} >= ${b.from} and ${a.from} < ${b.to} and ${a.to} <= ${b.to})`;
    case 'overlaps':
      return sql`((${a.from} < ${b.to} and ${b.from} < ${a.to}) or ${a.from} = ${b.from}${inside(a, b)}${inside(b, a)})`;
    case 'starts':
      return sql`(${a.from} = ${b.from})`;
    case 'finishes':
      return sql`(${a.to} = ${b.to})`;
  }
}

/** A moment in a stretch of time that may have no length. */
const inside = (moment: Ends, span: Ends): Sql =>
  moment.isSpan ? sql`` : sql` or (${span.from} <= ${moment.from} and ${moment.from} < ${span.to})`;
