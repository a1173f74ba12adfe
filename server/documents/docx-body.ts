/** The blocks of a document as paragraphs, tables and pictures of a word processor. */
import { hundredths, shortened } from '../../core/documents/bar-places.ts';
import { type Block, type Figure, type PrintDocument, ROOM_MM } from '../../core/documents/print-document.ts';
import { lengthText, scaleBarM } from '../../core/documents/scale-bar.ts';
import { type Markup, markup } from '../../core/xml/writer.ts';
import type { DocxPicture } from './docx-parts.ts';
import { barsTable, factsTable, legendTable, rowsTable, scaleTable } from './docx-tables.ts';
import { paragraph } from './docx-text.ts';
import { checkPicture, scaleWords } from './picture-file.ts';

const EMU_PER_MM = 36_000;
const LONGEST_NAME = 60;
/** What stands below a picture on its page. */
const CAPTION_MM = 14;

/** Makes blocks one after another and keeps the pictures that they show. */
export class DocxBody {
  readonly pictures: DocxPicture[] = [];
  readonly #document: PrintDocument;

  constructor(document: PrintDocument) {
    this.#document = document;
  }

  block(block: Block): Markup {
    const { widthMm } = ROOM_MM[this.#document.paper ?? 'A4'];
    switch (block.kind) {
      case 'heading':
        return paragraph(`Heading${block.level}`, block.text);
      case 'paragraph':
        return paragraph(block.tone === 'quiet' ? 'Quiet' : 'Normal', block.text);
      case 'note':
        return paragraph(block.tone === 'warning' ? 'NoteWarning' : 'NoteInfo', block.text);
      case 'list':
        return markup`${block.items.map((item) => paragraph('ListBullet', item))}`;
      case 'facts':
        return factsTable(block, widthMm);
      case 'table':
        return rowsTable(block, widthMm);
      case 'figure':
        return this.#figure(block);
      case 'legend':
        return legendTable(block, widthMm);
      case 'bars':
        return barsTable(block, widthMm);
      case 'page-break':
        return markup`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`;
    }
  }

  #figure({ picture, alt, caption, widthMm, scaleDenominator }: Figure): Markup {
    const { language, paper = 'A4' } = this.#document;
    const room = ROOM_MM[paper];
    const wantedMm = widthMm ?? room.widthMm;
    const heightMm = (wantedMm * picture.heightPx) / picture.widthPx;
    const fits = Math.min(1, room.widthMm / wantedMm, (room.heightMm - CAPTION_MM) / heightMm);
    if (scaleDenominator !== undefined && fits < 0.999) {
      throw new RangeError(
        `A map of ${Math.round(wantedMm)} × ${Math.round(heightMm)} mm at 1:${scaleDenominator} does not fit the paper`,
      );
    }
    const relation = this.#keep(picture.file);
    const [cx, cy] = [wantedMm, heightMm].map((mm) => Math.round(mm * fits * EMU_PER_MM));
    const id = this.pictures.length;
    const name = shortened(alt, LONGEST_NAME);
    const drawing = markup`<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${cx}" cy="${cy}"/><wp:docPr id="${id}" name="${name}" descr="${alt}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="${id}" name="${name}" descr="${alt}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${cx}" cy="${cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
    if (scaleDenominator === undefined) return markup`${drawing}${paragraph('Caption', caption)}`;
    const lengthM = scaleBarM((wantedMm * scaleDenominator) / 3_000);
    const bar = scaleTable(hundredths((lengthM / scaleDenominator) * 1_000), lengthText(lengthM), wantedMm);
    return markup`${drawing}${bar}${paragraph('Caption', `${caption} ${scaleWords(scaleDenominator, language)}`)}`;
  }

  #keep(file: Uint8Array): string {
    const extension = checkPicture(file) === 'image/png' ? 'png' : 'jpg';
    const number = this.pictures.length + 1;
    const relation = `picture${number}`;
    this.pictures.push({ name: `media/${relation}.${extension}`, relation, file });
    return relation;
  }
}
