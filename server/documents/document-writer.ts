import { createHash } from 'node:crypto';
import type { DocumentWriter } from '../services/documents.ts';
import { DOCUMENT_STYLE } from './document-style.ts';
import { writeDocx } from './write-docx.ts';
import { writeHtml } from './write-html.ts';
import { writePdf } from './write-pdf.ts';

const STYLE_HASH = createHash('sha256').update(DOCUMENT_STYLE).digest('base64');
/** The page runs nothing and loads nothing; its own style is known by its digest. */
const HTML_POLICY = `default-src 'none'; img-src data:; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export const documentWriter: DocumentWriter = {
  write: async (document, format) => {
    switch (format) {
      case 'pdf':
        return { body: await writePdf(document), headers: { 'content-type': 'application/pdf' } };
      case 'docx':
        return { body: writeDocx(document), headers: { 'content-type': DOCX } };
      case 'html':
        return {
          body: writeHtml(document),
          headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': HTML_POLICY },
        };
    }
  },
};
