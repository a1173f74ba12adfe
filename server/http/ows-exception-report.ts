/** Errors as ows:ExceptionReport (OGC 06-121r9, 8; of older services 05-008c1), which services share but for codes and versions. */
import type { TwinError } from '../../core/errors.ts';
import { markup } from '../../core/xml/writer.ts';
import { RETRY_AFTER_S } from './problem.ts';
import type { Reply } from './protocol.ts';

/** What a standard answers to one kind of error. */
export interface OwsCode {
  /** Of HTTP. */
  readonly status: number;
  readonly code: string;
}

/** The report of one error; `version` is that of the form, which each standard sets. */
export function owsExceptionReport(
  error: TwinError,
  { status, code }: OwsCode,
  version: '1.1.0' | '2.0.0',
): Reply {
  const locator = error.parameter === undefined ? '' : markup` locator="${error.parameter}"`;
  const report = markup`<?xml version="1.0" encoding="UTF-8"?>
<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/ows/1.1 http://schemas.opengis.net/ows/1.1.0/owsExceptionReport.xsd" version="${version}" xml:lang="en">
<ows:Exception exceptionCode="${code}"${locator}><ows:ExceptionText>${error.message}</ows:ExceptionText></ows:Exception>
</ows:ExceptionReport>
`;
  return { status, headers: reportHeaders(error), body: report.text };
}

/** The report of OWS Common 1.0, which WFS 1.1 and CSW 2.0.2 use. @param version that of the form */
export function oldExceptionReport(
  error: TwinError,
  { status, code }: OwsCode,
  { version }: { readonly version: '1.1.0' | '1.2.0' },
): Reply {
  const locator = error.parameter === undefined ? '' : markup` locator="${error.parameter}"`;
  const report = markup`<?xml version="1.0" encoding="UTF-8"?>
<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/ows http://schemas.opengis.net/ows/1.0.0/owsExceptionReport.xsd" version="${version}" language="en">
<ows:Exception exceptionCode="${code}"${locator}><ows:ExceptionText>${error.message}</ows:ExceptionText></ows:Exception>
</ows:ExceptionReport>
`;
  return { status, headers: reportHeaders(error), body: report.text };
}

export const reportHeaders = ({ kind }: TwinError): Readonly<Record<string, string>> => ({
  'content-type': 'application/xml',
  'cache-control': 'no-store',
  ...(kind === 'unavailable' && { 'retry-after': RETRY_AFTER_S }),
});
