/** Columns of a layer as somebody is told them. */
import type { CriticalDetail, Layer } from '../../core/feature/layer.ts';
import { join, name, type Sql, sql } from './sql.ts';

/**
 * The value of a property as SQL over the columns of the table: null where it is critical detail that the layer, as
 * this person may know it, keeps back.
 */
export function toldColumn({ critical }: Pick<Layer, 'critical'>, property: string): Sql {
  if (!critical?.properties.includes(property)) return name(property);
  return sql`case when ${isCriticalSql(critical)} then null else ${name(property)} end`;
}

/** `isCritical` of the core in SQL. */
function isCriticalSql({ objects }: CriticalDetail): Sql {
  const any = objects.map((conditions) => {
    const all = Object.entries(conditions).map(([property, values]) => hasOneOf(name(property), values));
    return sql`(${join(all, ' and ')})`;
  });
  return join(any, ' or ');
}

function hasOneOf(column: Sql, values: readonly (string | null)[]): Sql {
  const isKnown = sql`${column} = any(${values.filter((value) => value !== null)}::text[])`;
  return values.includes(null) ? sql`(${isKnown} or ${column} is null)` : isKnown;
}
