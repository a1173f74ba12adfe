import { afterAll, describe, expect, it } from 'vitest';
import { SAMPLE_DOCUMENT } from '../../test/support/sample-document.ts';
import { documentWriter } from '../documents/document-writer.ts';
import { openDocumentThreads } from './document-threads.ts';

const deaths: unknown[] = [];
const threads = openDocumentThreads({ threads: 1, onDeath: (cause) => deaths.push(cause) });
afterAll(() => threads.close());

describe('documents written in a thread', () => {
  it.each(['pdf', 'docx', 'html'] as const)('are the same bytes as written in place: %s', async (format) => {
    const [there, here] = await Promise.all([
      threads.write(SAMPLE_DOCUMENT, format),
      documentWriter.write(SAMPLE_DOCUMENT, format),
    ]);
    expect(there.headers).toEqual(here.headers);
    expect(Buffer.from(there.body)).toEqual(Buffer.from(here.body));
  });

  it('leave the main thread to others meanwhile', async () => {
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    await threads.write(SAMPLE_DOCUMENT, 'pdf');
    clearInterval(turning);
    expect(turns).toBeGreaterThan(3);
  });

  it('refuse as in place what cannot be written, and go on', async () => {
    const broken = { ...SAMPLE_DOCUMENT, blocks: [null] } as never;
    const refused = threads.write(broken, 'pdf');
    await expect(refused).rejects.toThrow();
    expect((await threads.write(SAMPLE_DOCUMENT, 'pdf')).body.length).toBeGreaterThan(1000);
    expect(deaths).toEqual([]);
  });
});
