import { invalidParameter } from '../../core/errors.ts';
import { type Kvp, readKvp } from './kvp.ts';
import type { Ask } from './protocol.ts';

/** What a schema of a query has to do, whoever made it. */
interface QuerySchema<T> {
  safeParse(given: unknown):
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
        };
      };
}

/**
 * The query of a list that comes as JSON or CSV (`f`): the named parameters by their schema.
 * @param names the first stands for faults that are of no parameter
 * @throws TwinError invalid-parameter with the name at fault
 */
export function readListQuery<T>(
  { query }: Ask,
  schema: QuerySchema<T>,
  names: readonly string[],
): { readonly query: T; readonly format: 'json' | 'csv' } {
  const kvp = readKvp(query);
  const given = names.flatMap((name) => {
    const value = kvp.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const read = schema.safeParse(Object.fromEntries(given));
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = String(issue?.path[0] ?? names[0]);
    throw invalidParameter(where, `${where} cannot be used: ${issue?.message}`);
  }
  return { query: read.data, format: readListFormat(kvp) };
}

/** `f`. @throws TwinError invalid-parameter */
export function readListFormat(kvp: Kvp): 'json' | 'csv' {
  const format = kvp.get('f') ?? 'json';
  if (format === 'json' || format === 'csv') return format;
  throw invalidParameter('f', `f must be json or csv, got "${format.slice(0, 50)}"`);
}
