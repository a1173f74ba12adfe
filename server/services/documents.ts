import type { PaperMapFile } from '../../core/documents/map-sheet.ts';
import type { PrintDocument } from '../../core/documents/print-document.ts';

export const DOCUMENT_FORMATS = ['pdf', 'html', 'docx'] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

export interface WrittenDocument {
  readonly body: string | Uint8Array;
  /** Type and, of HTML, what the page may load: nothing. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Writes documents as files. */
export interface DocumentWriter {
  /**
   * The same document gives the same bytes.
   * @throws RangeError for a picture that is transparent or does not fit the paper at its scale
   */
  write(document: PrintDocument, format: DocumentFormat): Promise<WrittenDocument>;
  /** A map in scale as PDF, a page for each sheet. The same map gives the same bytes. */
  writeMap(map: PaperMapFile): Promise<Uint8Array>;
}
