/** Errors as ows:ExceptionReport (OGC 06-121r9, 8; codes of 09-025r2, table 3). */
import { type ErrorKind, TwinError } from '../../../core/errors.ts';
import { markup } from '../../../core/xml/writer.ts';
import { XmlError } from '../../../core/xml/xml-error.ts';
import { RETRY_AFTER_S } from '../../http/problem.ts';
import type { Reply } from '../../http/protocol.ts';

interface Code {
  readonly status: number;
  readonly code: string;
}

const CODES = {
  'invalid-parameter': { status: 400, code: 'InvalidParameterValue' },
  'missing-parameter': { status: 400, code: 'MissingParameterValue' },
  'not-supported': { status: 400, code: 'OptionNotSupported' },
  'not-found': { status: 404, code: 'NotFound' },
  'not-acceptable': { status: 400, code: 'InvalidParameterValue' },
  unauthenticated: { status: 401, code: 'OperationProcessingFailed' },
  forbidden: { status: 403, code: 'OperationProcessingFailed' },
  conflict: { status: 403, code: 'OperationProcessingFailed' },
  'too-large': { status: 413, code: 'OperationProcessingFailed' },
  'too-many-requests': { status: 429, code: 'OperationProcessingFailed' },
  timeout: { status: 504, code: 'NoApplicableCode' },
  unavailable: { status: 503, code: 'NoApplicableCode' },
  internal: { status: 500, code: 'NoApplicableCode' },
} as const satisfies Record<ErrorKind, Code>;

type SpecialCode = 'OperationNotSupported' | 'VersionNegotiationFailed' | 'OperationParsingFailed';

/** An error for which the standard has a code of its own. */
export class WfsError extends TwinError {
  readonly code: SpecialCode;

  constructor(code: SpecialCode, message: string, locator?: string) {
    super('invalid-parameter', message, { parameter: locator });
    this.name = 'WfsError';
    this.code = code;
  }
}

export function explainAsExceptionReport(error: TwinError): Reply {
  const { status, code } = codeOf(error);
  const locator = error.parameter === undefined ? '' : markup` locator="${error.parameter}"`;
  const report = markup`<?xml version="1.0" encoding="UTF-8"?>
<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/ows/1.1 http://schemas.opengis.net/ows/1.1.0/owsExceptionReport.xsd" version="2.0.0" xml:lang="en">
<ows:Exception exceptionCode="${code}"${locator}><ows:ExceptionText>${error.message}</ows:ExceptionText></ows:Exception>
</ows:ExceptionReport>
`;
  return {
    status,
    headers: {
      'content-type': 'application/xml',
      'cache-control': 'no-store',
      ...(error.kind === 'unavailable' ? { 'retry-after': RETRY_AFTER_S } : {}),
    },
    body: report.text,
  };
}

function codeOf(error: TwinError): Code {
  if (error instanceof WfsError) return { status: 400, code: error.code };
  if (error instanceof XmlError && error.kind === 'invalid-parameter') {
    return { status: 400, code: 'OperationParsingFailed' };
  }
  return CODES[error.kind];
}
