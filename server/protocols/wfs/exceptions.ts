/** Errors as ows:ExceptionReport (OGC 06-121r9, 8; codes of 09-025r2, table 3). */
import { type ErrorKind, TwinError } from '../../../core/errors.ts';
import { markup } from '../../../core/xml/writer.ts';
import { XmlError } from '../../../core/xml/xml-error.ts';
import {
  type OwsCode,
  oldExceptionReport,
  owsExceptionReport,
  reportHeaders,
} from '../../http/ows-exception-report.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { EditFault } from '../../services/feature-edits.ts';
import { LockFault } from '../../services/feature-locks.ts';
import { versionSaid } from './versions.ts';

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
} as const satisfies Record<ErrorKind, OwsCode>;

/** 09-025r2, table 3 and table D.2; an object that is locked needs the name of its lock (15.2.3.1.2). */
const LOCK_CODES = {
  CannotLockAllFeatures: { status: 400, code: 'CannotLockAllFeatures' },
  InvalidLockId: { status: 400, code: 'InvalidLockId' },
  LockHasExpired: { status: 403, code: 'LockHasExpired' },
  locked: { status: 400, code: 'MissingParameterValue' },
} as const satisfies Record<LockFault['code'], OwsCode>;

/** Statuses of 09-025r2, table D.2. */
const SPECIAL_CODES = {
  OperationNotSupported: 400,
  VersionNegotiationFailed: 400,
  OperationParsingFailed: 400,
  DuplicateStoredQueryIdValue: 409,
  InvalidUpdateSequence: 400,
} as const;
type SpecialCode = keyof typeof SPECIAL_CODES;

/** An error for which the standard has a code of its own. */
export class WfsError extends TwinError {
  readonly code: SpecialCode;

  constructor(code: SpecialCode, message: string, locator?: string) {
    super('invalid-parameter', message, { parameter: locator });
    this.name = 'WfsError';
    this.code = code;
  }
}

/** What is wrong with one action of a transaction; the locator is its handle, when it has one (09-025r2, 15.4). */
export class ActionError extends TwinError {
  readonly answer: OwsCode;

  constructor(fault: EditFault, handle: string | undefined) {
    const place = handle === undefined ? '' : ` (${fault.parameter})`;
    super(fault.kind, `${fault.message}${place}`, { parameter: handle ?? fault.parameter });
    this.name = 'ActionError';
    this.answer =
      fault.code === 'value'
        ? { status: 400, code: 'InvalidValue' }
        : { status: 403, code: 'OperationProcessingFailed' };
  }
}

/** In the form of the version that was asked for. */
export function explainAsExceptionReport(error: TwinError, ask: Pick<Ask, 'query' | 'body'>): Reply {
  const version = versionSaid(ask);
  const answer = codeOf(error);
  if (version === '2.0.0') return owsExceptionReport(error, answer, version);
  return version === '1.1.0'
    ? oldExceptionReport(error, answer, { version: '1.1.0' })
    : serviceExceptionReport(error, answer);
}

function codeOf(error: TwinError): OwsCode {
  if (error instanceof ActionError) return error.answer;
  if (error instanceof LockFault) return LOCK_CODES[error.code];
  if (error instanceof WfsError) return { status: SPECIAL_CODES[error.code], code: error.code };
  if (error instanceof XmlError && error.kind === 'invalid-parameter') {
    return { status: 400, code: 'OperationParsingFailed' };
  }
  return CODES[error.kind];
}

/** Of WFS 1.0 (02-058, annex A). */
function serviceExceptionReport(error: TwinError, { status, code }: OwsCode): Reply {
  const locator = error.parameter === undefined ? undefined : markup` locator="${error.parameter}"`;
  const { text } = markup`<?xml version="1.0" encoding="UTF-8"?>
<ServiceExceptionReport xmlns="http://www.opengis.net/ogc" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/ogc http://schemas.opengis.net/wfs/1.0.0/OGC-exception.xsd" version="1.2.0">
<ServiceException code="${code}"${locator}>${error.message}</ServiceException>
</ServiceExceptionReport>
`;
  return { status, headers: reportHeaders(error), body: text };
}
