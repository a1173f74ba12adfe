/** Errors as problem details (RFC 9457). */
import type { ErrorKind, TwinError } from '../../core/errors.ts';
import type { Ask, Reply } from './protocol.ts';

const STATUS = {
  'invalid-parameter': { status: 400, title: 'Invalid parameter' },
  'missing-parameter': { status: 400, title: 'Missing parameter' },
  'not-supported': { status: 501, title: 'Not supported' },
  'not-found': { status: 404, title: 'Not found' },
  'not-acceptable': { status: 406, title: 'Not acceptable' },
  unauthenticated: { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Forbidden' },
  conflict: { status: 409, title: 'Conflict' },
  'too-large': { status: 413, title: 'Too large' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  timeout: { status: 504, title: 'Took too long' },
  unavailable: { status: 503, title: 'Unavailable for now' },
  internal: { status: 500, title: 'Internal error' },
} as const satisfies Record<ErrorKind, { status: number; title: string }>;

interface Status {
  readonly status: number;
  readonly title: string;
}

/** The kinds of refusal that HTTP itself has a status for. */
function statusOf({ kind, parameter }: TwinError): Status {
  if (kind === 'not-supported' && parameter === 'content-type') {
    return { status: 415, title: 'Unsupported media type' };
  }
  if (kind === 'not-supported' && parameter === 'method') return { status: 405, title: 'Method not allowed' };
  if (kind === 'too-large' && parameter === 'url') return { status: 414, title: 'Address too long' };
  return STATUS[kind];
}

export const RETRY_AFTER_S = '5';

/**
 * A problem+json reply; says the request id, so that the log line can be found.
 * @param as the status, where a protocol has one of its own for this error
 */
export function explainAsProblem(error: TwinError, ask: Pick<Ask, 'requestId'>, as?: Status): Reply {
  const { status, title } = as ?? statusOf(error);
  const problem = {
    ...error.members,
    type: 'about:blank',
    title,
    status,
    detail: error.message,
    ...(error.parameter === undefined ? {} : { parameter: error.parameter }),
    requestId: ask.requestId,
  };
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(error.kind === 'unavailable' ? { 'retry-after': RETRY_AFTER_S } : {}),
    },
    body: `${JSON.stringify(problem)}\n`,
  };
}
