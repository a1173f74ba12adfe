/** Errors as ows:ExceptionReport of OWS 1.0.0, which CSW 2.0.2 uses (07-006r1, 10.3.7). */
import { type ErrorKind, TwinError } from '../../../core/errors.ts';
import { oldExceptionReport } from '../../http/ows-exception-report.ts';
import type { Reply } from '../../http/protocol.ts';

const CODES = {
  'invalid-parameter': { status: 400, code: 'InvalidParameterValue' },
  'missing-parameter': { status: 400, code: 'MissingParameterValue' },
  'not-supported': { status: 400, code: 'NoApplicableCode' },
  'not-found': { status: 404, code: 'InvalidParameterValue' },
  'not-acceptable': { status: 400, code: 'InvalidParameterValue' },
  unauthenticated: { status: 401, code: 'NoApplicableCode' },
  forbidden: { status: 403, code: 'NoApplicableCode' },
  conflict: { status: 409, code: 'TransactionFailed' },
  'too-large': { status: 413, code: 'NoApplicableCode' },
  'too-many-requests': { status: 429, code: 'NoApplicableCode' },
  timeout: { status: 504, code: 'NoApplicableCode' },
  unavailable: { status: 503, code: 'NoApplicableCode' },
  internal: { status: 500, code: 'NoApplicableCode' },
} as const satisfies Record<ErrorKind, { status: number; code: string }>;

/** An error for which the standard has a code of its own. */
export class CswError extends TwinError {
  readonly code: 'OperationNotSupported' | 'VersionNegotiationFailed';

  constructor(code: CswError['code'], message: string, parameter: string) {
    super('invalid-parameter', message, { parameter });
    this.name = 'CswError';
    this.code = code;
  }
}

export function explainAsCswReport(error: TwinError): Reply {
  const { status, code } = error instanceof CswError ? { status: 400, code: error.code } : CODES[error.kind];
  const reply = oldExceptionReport(error, { status, code }, { version: '1.2.0' });
  // Programs that edit metadata ask for a password only when they are told to.
  const challenge =
    error.kind === 'unauthenticated' ? { 'www-authenticate': 'Basic realm="Blizniak", charset="UTF-8"' } : {};
  return { ...reply, headers: { ...reply.headers, ...challenge } };
}
