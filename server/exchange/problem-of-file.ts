import { TwinError } from '../../core/errors.ts';
import type { LoadProblem } from '../../core/formats/reader.ts';
import { XmlError } from '../../core/xml/xml-error.ts';
import { EncodingError } from './decode-text.ts';

/**
 * The one problem of a file that is refused as a whole.
 * @throws the fault again when it is none of the file (a disk that fails, an error in the program).
 */
export function problemOfFile(fault: unknown): LoadProblem {
  const none = { objectId: undefined, objectClass: undefined };
  if (fault instanceof XmlError) {
    const truncated = fault.fault === 'truncated';
    const message = truncated
      ? `The file is cut off: ${fault.message}; nothing was loaded. Fetch it again`
      : `${fault.message}; nothing was loaded`;
    return { ...none, code: truncated ? 'truncated-file' : 'broken-file', message, line: fault.line };
  }
  if (fault instanceof EncodingError) {
    const code = fault.truncated ? 'truncated-file' : 'broken-file';
    const message = `${fault.message}; nothing was loaded`;
    return { ...none, code, message, ...(fault.line === undefined ? {} : { line: fault.line }) };
  }
  if (fault instanceof TwinError && fault.kind === 'not-supported') {
    return { ...none, code: 'broken-file', message: fault.message };
  }
  throw fault;
}
