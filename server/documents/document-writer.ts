import { createHash } from 'node:crypto';
import type { PrintDocument } from '../../core/documents/print-document.ts';
import type { DocumentFormat, DocumentWriter, WrittenDocument } from '../services/documents.ts';
import { DOCUMENT_STYLE } from './document-style.ts';
import { writeMapPdf } from './map-pdf/write-map-pdf.ts';
import { writeDocx } from './write-docx.ts';
import { writeHtml } from './write-html.ts';
import { writePdf } from './write-pdf.ts';

const STYLE_HASH = createHash('sha256').update(DOCUMENT_STYLE).digest('base64');
/** The page runs nothing and loads nothing; its own style is known by its digest. */
const HTML_POLICY = `default-src 'none'; img-src data:; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Formats that are files of bytes; their writing is worth a thread. */
export type BinaryFormat = Exclude<DocumentFormat, 'html'>;

export const bytesOf = async (document: PrintDocument, format: BinaryFormat): Promise<Uint8Array> =>
  format === 'pdf' ? writePdf(document) : writeDocx(document);

const HEADERS: Readonly<Record<DocumentFormat, WrittenDocument['headers']>> = {
  pdf: { 'content-type': 'application/pdf' },
  docx: { 'content-type': DOCX },
  html: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': HTML_POLICY },
};

export const headersOf = (format: DocumentFormat): WrittenDocument['headers'] => HEADERS[format];

/** Writes in place, on the thread that asks. */
export const documentWriter: DocumentWriter = {
  write: async (document, format) => ({
    body: format === 'html' ? writeHtml(document) : await bytesOf(document, format),
    headers: headersOf(format),
  }),
  writeMap: writeMapPdf,
};
