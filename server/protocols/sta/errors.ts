/** Errors in the JSON that SensorThings clients know from FROST: `code`, `type`, `message`. */
import type { ErrorKind, TwinError } from '../../../core/errors.ts';
import { RETRY_AFTER_S } from '../../http/problem.ts';
import type { Ask, Reply } from '../../http/protocol.ts';

const STATUS = {
  'invalid-parameter': 400,
  'missing-parameter': 400,
  'not-supported': 501,
  'not-found': 404,
  'not-acceptable': 406,
  unauthenticated: 401,
  forbidden: 403,
  conflict: 409,
  'too-large': 413,
  'too-many-requests': 429,
  timeout: 504,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ErrorKind, number>;

export function explainAsSta(error: TwinError, ask: Pick<Ask, 'requestId'>): Reply {
  const status = error.kind === 'not-supported' && error.parameter === 'method' ? 405 : STATUS[error.kind];
  const document = {
    code: status,
    type: 'error',
    message: error.message,
    ...(error.parameter === undefined ? {} : { parameter: error.parameter }),
    requestId: ask.requestId,
  };
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(error.kind === 'unavailable' ? { 'retry-after': RETRY_AFTER_S } : {}),
    },
    body: `${JSON.stringify(document)}\n`,
  };
}
