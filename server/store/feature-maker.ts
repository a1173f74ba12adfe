import type { Feature, PropertyValue } from '../../core/feature/feature.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import type { Row } from './connection.ts';
import type { Relation } from './relation.ts';
import { rowProperties } from './rows-sql.ts';

/** How rows of `rowsSql` become features. */
export function featureMaker(relation: Relation, query: FeatureQuery): (row: Row) => Feature {
  const columns = rowProperties(relation, query).map(({ name }, index) => ({ name, key: `p${index}` }));
  const layer = relation.layer.name;
  return (row) => {
    const { id, geometry } = row;
    const properties: Record<string, PropertyValue> = {};
    for (const { name, key } of columns) properties[name] = (row[key] ?? null) as PropertyValue;
    return {
      layer,
      id: String(id),
      geometry: typeof geometry === 'string' ? readWkb(bytesOf(geometry)) : undefined,
      properties,
    };
  };
}

let scratch = Buffer.allocUnsafe(64 * 1024);

/** The bytes of a bytea in its text form, `\\x0102…`, in memory that the next call uses again. */
function bytesOf(text: string): Uint8Array {
  const length = (text.length - 2) >> 1;
  if (scratch.length < length) scratch = Buffer.allocUnsafe(length);
  scratch.write(text.slice(2), 0, length, 'hex');
  return scratch.subarray(0, length);
}
