/** Errors as ows:ExceptionReport (OGC 06-121r9, 8), which WFS and WMTS share but for their codes and versions. */
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
