import { type ErrorKind, TwinError } from '../errors.ts';

/**
 * Why a document cannot be used: `malformed` is not well-formed XML, `truncated` ends too early, `forbidden`
 * carries a DTD, `too-large` goes beyond a limit.
 */
export type XmlFault = 'malformed' | 'truncated' | 'forbidden' | 'too-large';

const KIND: Record<XmlFault, ErrorKind> = {
  malformed: 'invalid-parameter',
  truncated: 'invalid-parameter',
  forbidden: 'invalid-parameter',
  'too-large': 'too-large',
};

/** A document that is refused; the message names the line and column. */
export class XmlError extends TwinError {
  readonly fault: XmlFault;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in characters. */
  readonly column: number;

  constructor(fault: XmlFault, message: string, line: number, column: number) {
    super(KIND[fault], `XML line ${line}, column ${column}: ${message}`);
    this.name = 'XmlError';
    this.fault = fault;
    this.line = line;
    this.column = column;
  }
}
