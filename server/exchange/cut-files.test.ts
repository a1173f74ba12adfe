import { describe, expect, it } from 'vitest';
import { XmlError } from '../../core/xml/xml-error.ts';
import { parcelMember, registerFile } from '../../test/support/register-gml.ts';
import { decodeText, EncodingError } from './decode-text.ts';
import { readerFor } from './exchange-formats.ts';

async function* oneChunk<T>(value: T): AsyncGenerator<T> {
  yield value;
}

/** What ends the reading of these bytes; undefined when they are a whole file. */
async function endOf(bytes: Uint8Array): Promise<unknown> {
  try {
    let text = '';
    for await (const part of decodeText(oneChunk(bytes))) text += part;
    const reader = readerFor(text);
    if (reader === undefined) return 'not recognised';
    for await (const _event of reader.read(oneChunk(text), {}));
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('a file cut at any byte', () => {
  it('is never taken for a whole one, and is called truncated', async () => {
    const bytes = Buffer.from(registerFile([parcelMember({ n: 1 })]));
    const whole = bytes.lastIndexOf('>') + 1;
    expect(await endOf(bytes)).toBeUndefined();
    expect(await endOf(bytes.subarray(0, whole))).toBeUndefined();
    const recognisedFrom = bytes.indexOf('xmlns:xlink');
    for (let cut = 0; cut < whole; cut++) {
      const end = await endOf(bytes.subarray(0, cut));
      const called =
        end instanceof XmlError
          ? end.fault
          : end instanceof EncodingError && end.truncated
            ? 'truncated'
            : end;
      if (cut < recognisedFrom && called === 'not recognised') continue;
      expect([cut, called]).toEqual([cut, 'truncated']);
    }
  });
});
