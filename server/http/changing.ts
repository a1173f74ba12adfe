/** What comes in with a change, checked: the revision that it was made from, and the body. */
import { invalidParameter, missingParameter, TwinError } from '../../core/errors.ts';
import type { Ask } from './protocol.ts';

/**
 * The revision that a change was made from, out of `If-Match: "7"`.
 * @throws TwinError missing-parameter, invalid-parameter
 */
export function revisionOf({ headers }: Ask): number {
  const text = headers['if-match'];
  if (text === undefined) {
    throw missingParameter(
      'if-match',
      'Send If-Match with the revision that you changed, as in the ETag of what you read: If-Match: "7"',
    );
  }
  const [, revision] = /^\s*(?:W\/)?"?(\d{1,15})"?\s*$/.exec(text) ?? [];
  if (revision === undefined) {
    throw invalidParameter(
      'if-match',
      `If-Match must be one revision such as "7", got ${text.slice(0, 100)}`,
    );
  }
  return Number(revision);
}

/** What of a schema is needed here. */
interface Schema<T> {
  safeParse(value: unknown):
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
        };
      };
}

/**
 * The body as a schema has it.
 * @throws TwinError invalid-parameter naming the first member that does not fit
 */
export const parseBody = <T>({ body }: Ask, schema: Schema<T>): T => checked(jsonOf(body), schema);

/**
 * The body as one of a kind, or as a list of them.
 * @throws TwinError invalid-parameter naming the first member that does not fit
 */
export function parseOneOrMore<T, M extends readonly T[]>(
  { body }: Ask,
  one: Schema<T>,
  more: Schema<M>,
): { readonly one: T } | { readonly more: M } {
  const value = jsonOf(body);
  return Array.isArray(value) ? { more: checked(value, more) } : { one: checked(value, one) };
}

function checked<T>(value: unknown, schema: Schema<T>): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.join('.') || 'body';
  throw invalidParameter(where, `${where} cannot be used: ${issue?.message}`);
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new TwinError('invalid-parameter', 'The body must be JSON in UTF-8; /api describes it', {
      parameter: 'body',
      cause: error,
    });
  }
}
