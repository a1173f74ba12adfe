import { TwinError } from '../../core/errors.ts';

/** A file whose bytes are not in the encoding that it declares. */
export class EncodingError extends TwinError {
  /** 1-based, where known. */
  readonly line: number | undefined;
  /** The file ends in the middle of a character. */
  readonly truncated: boolean;

  constructor(message: string, line?: number, truncated = false) {
    super('invalid-parameter', message);
    this.name = 'EncodingError';
    this.line = line;
    this.truncated = truncated;
  }
}

/** The spellings of XML declarations, and the decoder for each. */
const DECODERS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'iso-8859-1',
  'iso-8859-2': 'iso-8859-2',
  'windows-1250': 'windows-1250',
  cp1250: 'windows-1250',
  'windows-1252': 'windows-1252',
};

interface Encoding {
  readonly decoder: string;
  /** How it is called in messages. */
  readonly name: string;
}

/**
 * Text of a file in the encoding of its byte order mark or XML declaration, UTF-8 when it has neither.
 * @throws EncodingError for an encoding that is not read, for bytes that are not in the one declared, and for
 *   a one-byte declaration over what is plainly another encoding.
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: Decoder | undefined;
  for await (const chunk of chunks) {
    decoder ??= makeDecoder(encodingOf(chunk));
    yield decoder.decode(chunk);
  }
  if (decoder !== undefined) yield decoder.end();
}

/** From the first bytes of a file (XML 1.0, appendix F). */
function encodingOf(head: Uint8Array): Encoding {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { decoder: 'utf-8', name: 'UTF-8' };
  if (a === 0xff && b === 0xfe) return { decoder: 'utf-16le', name: 'UTF-16' };
  if (a === 0xfe && b === 0xff) return { decoder: 'utf-16be', name: 'UTF-16' };
  if ((a === 0x50 && b === 0x4b && c === 3) || (a === 0x1f && b === 0x8b)) {
    throw new EncodingError('The file is compressed; unpack it first');
  }
  if (a === 0x3c && b === 0) return { decoder: 'utf-16le', name: 'UTF-16' };
  if (a === 0 && b === 0x3c) return { decoder: 'utf-16be', name: 'UTF-16' };
  const start = Buffer.from(head.subarray(0, 400)).toString('latin1');
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(start)?.[1];
  if (declared === undefined) return { decoder: 'utf-8', name: 'UTF-8' };
  const decoder = DECODERS[declared.toLowerCase()];
  if (decoder === undefined) {
    const reason = /^utf-?16/i.test(declared)
      ? `The file declares ${declared} but is written in single bytes`
      : `The file declares the encoding "${declared.slice(0, 40)}", which is not read`;
    throw new EncodingError(`${reason}; save it as UTF-8 and declare that`, 1);
  }
  return { decoder, name: declared };
}

interface Decoder {
  decode(chunk: Uint8Array): string;
  end(): string;
}

function makeDecoder({ decoder, name }: Encoding): Decoder {
  const strict = new TextDecoder(decoder, { fatal: true });
  const check = decoder.startsWith('utf') ? undefined : oneByteCheck(name);
  let line = 1;
  const guarded = (chunk: Uint8Array | undefined): string => {
    try {
      const text = chunk === undefined ? strict.decode() : strict.decode(chunk, { stream: true });
      check?.(chunk, text, line);
      line += countLines(text);
      return text;
    } catch (error) {
      if (error instanceof EncodingError) throw error;
      throw notInEncoding(decoder, name, chunk, line);
    }
  };
  return { decode: guarded, end: () => guarded(undefined) };
}

function notInEncoding(
  decoder: string,
  name: string,
  chunk: Uint8Array | undefined,
  line: number,
): EncodingError {
  if (chunk === undefined) return new EncodingError('The file ends in the middle of a character', line, true);
  const lenient = new TextDecoder(decoder).decode(chunk);
  const at = line + countLines(lenient.slice(0, lenient.indexOf('\ufffd')));
  return new EncodingError(
    `Line ${at} is not ${name}, which the file declares or implies; it may be windows-1250: correct the encoding in its first line or save it as UTF-8`,
    at,
  );
}

/**
 * One-byte encodings take any byte, so a wrong one is told by its traces: control characters that nobody
 * writes, or a whole file of well-formed UTF-8.
 */
function oneByteCheck(name: string): (chunk: Uint8Array | undefined, text: string, line: number) => void {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let couldBeUtf8 = true;
  let beyondAscii = false;
  return (chunk, text, line) => {
    const control = text.search(/[\u0080-\u0084\u0086-\u009f]/);
    if (control >= 0) {
      const at = line + countLines(text.slice(0, control));
      throw new EncodingError(
        `Line ${at} has characters that ${name} does not have; the file is probably windows-1250: correct the encoding in its first line`,
        at,
      );
    }
    beyondAscii ||= chunk?.some((byte) => byte > 0x7f) ?? false;
    try {
      if (couldBeUtf8) utf8.decode(chunk, { stream: chunk !== undefined });
    } catch {
      couldBeUtf8 = false;
    }
    if (chunk === undefined && beyondAscii && couldBeUtf8) {
      throw new EncodingError(
        `The file declares ${name} but its letters are UTF-8: correct the encoding in its first line`,
        1,
      );
    }
  };
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
