import type { PaperMapFile } from '../../core/documents/map-sheet.ts';
import type { PrintDocument } from '../../core/documents/print-document.ts';
import { type BinaryFormat, documentWriter, headersOf } from '../documents/document-writer.ts';
import type { DocumentWriter } from '../services/documents.ts';
import { openWorkerPool, type WorkerPoolOptions } from './worker-pool.ts';

export interface DocumentThreads extends DocumentWriter {
  close(): Promise<void>;
}

export type DocumentOrder =
  | { readonly document: PrintDocument; readonly format: BinaryFormat }
  | { readonly map: PaperMapFile };

/** Writes files beside the main thread: a report with many maps takes a second. HTML is text that is only put together. */
export function openDocumentThreads(options: WorkerPoolOptions): DocumentThreads {
  const module = new URL('./document-thread.ts', import.meta.url);
  const pool = openWorkerPool<DocumentOrder, Uint8Array>(module, options);
  // A document is written to its end: the next who asks gets the same bytes.
  const { signal } = new AbortController();
  return {
    write: async (document, format) =>
      format === 'html'
        ? documentWriter.write(document, format)
        : { body: await pool.run({ document, format }, [], signal), headers: headersOf(format) },
    writeMap: (map) => pool.run({ map }, [], signal),
    close: () => pool.close(),
  };
}
