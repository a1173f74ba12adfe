/** What comes in at `/api/scenarios`, checked. */
import type { z } from 'zod';
import { invalidParameter, missingParameter, TwinError } from '../../../core/errors.ts';
import { ANONYMOUS, isStaff } from '../../access/identity.ts';
import type { Ask } from '../../http/protocol.ts';

/** @throws TwinError unauthenticated or forbidden: writing needs staff */
export function requireStaff({ view }: Ask): void {
  if (isStaff(view.who)) return;
  if (view.who.who === ANONYMOUS.who) {
    throw new TwinError(
      'unauthenticated',
      'Scenarios are written by signed-in staff; reading needs no account',
    );
  }
  throw new TwinError('forbidden', `${view.who.who} is not staff; scenarios are written by staff`);
}

/**
 * The revision that a change was made from, out of `If-Match: "7"`.
 * @throws TwinError missing-parameter, invalid-parameter
 */
export function revisionOf({ headers }: Ask): number {
  const text = headers['if-match'];
  if (text === undefined) {
    throw missingParameter(
      'if-match',
      'Send If-Match with the revision that you changed, as in the ETag of the scenario: If-Match: "7"',
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

/**
 * The body as a schema has it.
 * @throws TwinError invalid-parameter naming the first member that does not fit
 */
export function parseBody<T>({ body }: Ask, schema: z.ZodType<T>): T {
  const read = schema.safeParse(jsonOf(body));
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
