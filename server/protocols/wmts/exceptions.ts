/** Errors as ows:ExceptionReport (07-057r7, 7.1.3 and 7.2.5; 06-121r9, 8). */
import { type ErrorKind, TwinError } from '../../../core/errors.ts';
import { type OwsCode, owsExceptionReport } from '../../http/ows-exception-report.ts';
import type { Reply } from '../../http/protocol.ts';

const CODES = {
  'invalid-parameter': { status: 400, code: 'InvalidParameterValue' },
  'missing-parameter': { status: 400, code: 'MissingParameterValue' },
  'not-supported': { status: 501, code: 'OperationNotSupported' },
  'not-found': { status: 404, code: 'InvalidParameterValue' },
  'not-acceptable': { status: 400, code: 'InvalidParameterValue' },
  unauthenticated: { status: 401, code: 'NoApplicableCode' },
  forbidden: { status: 403, code: 'NoApplicableCode' },
  conflict: { status: 409, code: 'NoApplicableCode' },
  'too-large': { status: 413, code: 'InvalidParameterValue' },
  'too-many-requests': { status: 429, code: 'NoApplicableCode' },
  timeout: { status: 504, code: 'NoApplicableCode' },
  unavailable: { status: 503, code: 'NoApplicableCode' },
  internal: { status: 500, code: 'NoApplicableCode' },
} as const satisfies Record<ErrorKind, OwsCode>;

/** An error for which the standard has a code of its own. */
export class WmtsError extends TwinError {
  readonly code:
    | 'OperationNotSupported'
    | 'VersionNegotiationFailed'
    | 'InvalidUpdateSequence'
    | 'TileOutOfRange';

  constructor(code: WmtsError['code'], message: string, parameter: string) {
    super('invalid-parameter', message, { parameter });
    this.name = 'WmtsError';
    this.code = code;
  }
}

export const explainAsOwsReport = (error: TwinError): Reply =>
  owsExceptionReport(error, codeOf(error), '1.1.0');

/** 501 for an operation that is not there, 400 else (07-057r7, table 24). */
function codeOf(error: TwinError): OwsCode {
  if (!(error instanceof WmtsError)) return CODES[error.kind];
  return { status: error.code === 'OperationNotSupported' ? 501 : 400, code: error.code };
}
