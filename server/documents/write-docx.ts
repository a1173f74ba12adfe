/** Documents as WordprocessingML (ISO/IEC 29500, transitional), the files of word processors (ADR 32). */
import { strToU8 } from 'fflate';
import type { PrintDocument } from '../../core/documents/print-document.ts';
import { sameZip } from '../../core/formats/same-zip.ts';
import type { Markup } from '../../core/xml/writer.ts';
import { DocxBody } from './docx-body.ts';
import {
  bodyPart,
  bodyRelations,
  contentTypes,
  footerPart,
  NUMBERING_PART,
  PACKAGE_RELATIONS,
  propertiesPart,
  stylesPart,
} from './docx-parts.ts';

/**
 * The same document gives the same bytes.
 * @throws RangeError for a picture that is transparent or does not fit the paper at its scale
 */
export function writeDocx(document: PrintDocument): Uint8Array {
  const body = new DocxBody(document);
  const blocks = document.blocks.map((block) => body.block(block));
  const xml = (part: Markup) => strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${part}`);
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': xml(contentTypes()),
    '_rels/.rels': xml(PACKAGE_RELATIONS),
    'docProps/core.xml': xml(propertiesPart(document)),
    'word/document.xml': xml(bodyPart(document, blocks)),
    'word/_rels/document.xml.rels': xml(bodyRelations(body.pictures)),
    'word/styles.xml': xml(stylesPart(document)),
    'word/numbering.xml': xml(NUMBERING_PART),
    'word/footer1.xml': xml(footerPart(document)),
  };
  for (const { name, file } of body.pictures) files[`word/${name}`] = file;
  return sameZip(files);
}
