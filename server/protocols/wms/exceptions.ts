/** Errors as ServiceExceptionReport (WMS 1.3.0, 6.11 and table E.1; 1.1.1, annex A.3). */
import { type ErrorKind, TwinError } from '../../../core/errors.ts';
import { markup } from '../../../core/xml/writer.ts';
import { RETRY_AFTER_S } from '../../http/problem.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { type Version, versionGuess } from './versions.ts';

/** An error for which the standard has a code of its own. */
export type WmsCode =
  | 'InvalidFormat'
  | 'InvalidCRS'
  | 'LayerNotDefined'
  | 'StyleNotDefined'
  | 'LayerNotQueryable'
  | 'InvalidPoint'
  | 'InvalidDimensionValue'
  | 'MissingDimensionValue'
  | 'OperationNotSupported'
  | 'CurrentUpdateSequence'
  | 'InvalidUpdateSequence';

export class WmsError extends TwinError {
  readonly code: WmsCode;

  constructor(code: WmsCode, message: string, parameter: string) {
    super('invalid-parameter', message, { parameter });
    this.name = 'WmsError';
    this.code = code;
  }
}

interface Code {
  readonly status: number;
  readonly code?: string;
}

/**
 * A request that cannot be answered is told so with status 200: clients show the text of such a report, while of a
 * status of 400 and above they show the number alone. What a second attempt may mend keeps its status.
 */
const CODES = {
  'invalid-parameter': { status: 200, code: 'InvalidParameterValue' },
  'missing-parameter': { status: 200, code: 'MissingParameterValue' },
  'not-supported': { status: 200, code: 'OperationNotSupported' },
  'not-found': { status: 200, code: 'LayerNotDefined' },
  'not-acceptable': { status: 200, code: 'InvalidFormat' },
  unauthenticated: { status: 401 },
  forbidden: { status: 403 },
  conflict: { status: 409 },
  'too-large': { status: 200, code: 'InvalidParameterValue' },
  'too-many-requests': { status: 429 },
  timeout: { status: 504 },
  unavailable: { status: 503 },
  internal: { status: 500 },
} as const satisfies Record<ErrorKind, Code>;

const TYPES = { '1.3.0': 'text/xml', '1.1.1': 'application/vnd.ogc.se_xml' } as const;

/** The report in the form of the version that was asked for. */
export function explainAsServiceException(error: TwinError, ask: Pick<Ask, 'query'>): Reply {
  const version = versionGuess(ask.query);
  const { status, code }: Code =
    error instanceof WmsError ? { status: 200, code: codeIn(version, error.code) } : CODES[error.kind];
  const attribute = code && markup` code="${code}"`;
  // The form of 1.1.1 has no locator.
  const locator =
    version === '1.3.0' && error.parameter !== undefined ? markup` locator="${error.parameter}"` : '';
  const exception = markup`<ServiceException${attribute}${locator}>${error.message}</ServiceException>`;
  const body =
    version === '1.3.0'
      ? markup`<?xml version="1.0" encoding="UTF-8"?>
<ServiceExceptionReport version="1.3.0" xmlns="http://www.opengis.net/ogc" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/ogc http://schemas.opengis.net/wms/1.3.0/exceptions_1_3_0.xsd">
${exception}
</ServiceExceptionReport>
`
      : markup`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ServiceExceptionReport SYSTEM "http://schemas.opengis.net/wms/1.1.1/exception_1_1_1.dtd">
<ServiceExceptionReport version="1.1.1">
${exception}
</ServiceExceptionReport>
`;
  return {
    status,
    headers: {
      'content-type': TYPES[version],
      'cache-control': 'no-store',
      ...(error.kind === 'unavailable' ? { 'retry-after': RETRY_AFTER_S } : {}),
    },
    body: body.text,
  };
}

const codeIn = (version: Version, code: WmsCode): string =>
  version === '1.1.1' && code === 'InvalidCRS' ? 'InvalidSRS' : code;
