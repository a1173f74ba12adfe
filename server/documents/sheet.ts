/** Pages that text, rows and drawings are set on from top to bottom, each tagged for screen readers. */
import { type Paper, type PrintDocument, ROOM_MM } from '../../core/documents/print-document.ts';
import { type Lettering, LINE_HEIGHT, openLettering, type TextStyle } from './lettering.ts';
import { closePdf, openPdf, type PdfFile, type Tag, type TagOptions, tagOf } from './pdf-file.ts';

export const PT_PER_MM = 72 / 25.4;
const MARGIN_MM = 18;
const FOOT_STYLE = { sizePt: 8, colour: '#535c64' };
const FOOT_WORDS = {
  page: { pl: 'Strona', en: 'Page' },
  of: { pl: 'z', en: 'of' },
} as const;

export interface CellText {
  readonly tag: 'TH' | 'TD' | 'Lbl' | 'LBody';
  readonly scope?: 'Column' | 'Row';
  readonly text: string;
  readonly widthPt: number;
  readonly style: TextStyle;
  readonly isAtEnd?: boolean;
}

export interface RowStyle {
  readonly padPt: number;
  /** Colour of a line below the row. */
  readonly rule?: string;
}

/** A drawing on a page: `left` and `top` are its upper corner, in points of the page. */
export type Draw = (file: PdfFile, left: number, top: number) => void;

export interface Sheet {
  readonly widthPt: number;
  readonly heightPt: number;
  readonly letters: Lettering;
  /** Room before what follows; none at the top of a page. */
  space(heightPt: number): void;
  /** Begins a new page where less than this is left. @param onNewPage sets what heads it */
  keep(heightPt: number, onNewPage?: () => void): void;
  newPage(): void;
  /** An element that others go into. */
  open(type: string, parent?: Tag, options?: TagOptions): Tag;
  paragraph(type: string, text: string, style: TextStyle, parent?: Tag, indentPt?: number): void;
  /** Cells beside each other; a row that is higher than a page goes on over the next ones. */
  row(type: string, cells: readonly CellText[], style: RowStyle, parent?: Tag, onNewPage?: () => void): void;
  drawing(type: string, heightPt: number, draw: Draw, parent?: Tag, options?: TagOptions): void;
  /** What is on the page only for looks. */
  decoration(heightPt: number, draw: Draw): void;
  bookmark(text: string, level: 1 | 2 | 3): void;
  close(): Promise<Uint8Array>;
}

type Outline = PdfFile['outline'];

export function openSheet(document: PrintDocument): Sheet {
  const file = openPdf(document);
  const letters = openLettering(file);
  const marginPt = MARGIN_MM * PT_PER_MM;
  const { widthPt, heightPt } = roomOf(document.paper ?? 'A4');
  const bottom = marginPt + heightPt;
  const root = tagOf(file, 'Document');
  file.addStructure(root);
  const outlines: Outline[] = [file.outline];
  let y = marginPt;

  const newPage = () => {
    file.addPage();
    y = marginPt;
  };
  const isAtTop = () => y <= marginPt;
  const keep = (wantedPt: number, onNewPage?: () => void) => {
    if (y + wantedPt <= bottom || isAtTop()) return;
    newPage();
    onNewPage?.();
  };
  const open = (type: string, parent: Tag = root, options: TagOptions = {}): Tag => {
    const tag = tagOf(file, type, options);
    parent.add(tag);
    return tag;
  };
  const decoration = (decoratedPt: number, draw: Draw) => {
    file.markContent('Artifact', { type: 'Layout' });
    draw(file, marginPt, y);
    file.endMarkedContent();
    y += decoratedPt;
  };

  newPage();
  return {
    widthPt,
    heightPt,
    letters,
    space: (spacePt) => {
      if (!isAtTop()) y += spacePt;
    },
    keep,
    newPage: () => {
      if (!isAtTop()) newPage();
    },
    open,
    paragraph: (type, text, style, parent, indentPt = 0) => {
      const lines = letters.linesOf(text, style, widthPt - indentPt);
      const lineHeight = style.sizePt * LINE_HEIGHT;
      const tag = open(type, parent);
      for (let at = 0; at < lines.length; ) {
        // No line of a paragraph stands alone.
        keep(Math.min(lines.length - at, 2) * lineHeight);
        const room = Math.max(1, Math.floor((bottom - y) / lineHeight));
        const some = lines.slice(at, at + room);
        const top = y;
        tag.add(() => {
          for (const [index, line] of some.entries()) {
            letters.words(line, marginPt + indentPt, top + index * lineHeight, style);
          }
        });
        y += some.length * lineHeight;
        at += some.length;
      }
      tag.end();
    },
    row: (type, cells, { padPt, rule }, parent, onNewPage) => {
      const set = cells.map((cell) => ({
        cell,
        lines: letters.linesOf(cell.text, cell.style, cell.widthPt - 2 * padPt),
        lineHeight: cell.style.sizePt * LINE_HEIGHT,
      }));
      const tr = open(type, parent);
      const tags = set.map(({ cell: { tag, scope } }) => open(tag, tr, scope ? { scope } : {}));
      const lineHeight = Math.max(...set.map((each) => each.lineHeight));
      const count = Math.max(...set.map(({ lines }) => lines.length));
      // A row is parted only when it would not fit on a page of its own.
      if (count * lineHeight + 2 * padPt <= 0.8 * heightPt) keep(count * lineHeight + 2 * padPt, onNewPage);
      for (let at = 0; at < count; ) {
        keep(Math.min(count - at, 2) * lineHeight + 2 * padPt, onNewPage);
        const room = Math.max(1, Math.floor((bottom - y - 2 * padPt) / lineHeight));
        const until = Math.min(count, at + room);
        const top = y + padPt;
        let left = marginPt;
        for (const [index, { cell, lines }] of set.entries()) {
          const some = lines.slice(at, until);
          const cellLeft = left + padPt;
          if (some.length > 0) {
            tags[index]?.add(() => {
              for (const [n, line] of some.entries()) {
                const shift = cell.isAtEnd ? cell.widthPt - 2 * padPt - letters.widthOf(line, cell.style) : 0;
                letters.words(line, cellLeft + shift, top + n * lineHeight, cell.style);
              }
            });
          }
          left += cell.widthPt;
        }
        y += (until - at) * lineHeight + 2 * padPt;
        at = until;
      }
      tr.end();
      if (rule === undefined) return;
      decoration(0, (_, x, top) => {
        file
          .moveTo(x, top)
          .lineTo(x + widthPt, top)
          .lineWidth(0.4)
          .stroke(rule);
      });
    },
    drawing: (type, drawnPt, draw, parent, options = {}) => {
      keep(drawnPt);
      const top = y;
      const bbox = [marginPt, top, marginPt + widthPt, top + drawnPt] as const;
      const tag = open(type, parent, { ...options, bbox });
      tag.add(() => draw(file, marginPt, top));
      tag.end();
      y += drawnPt;
    },
    decoration,
    bookmark: (text, level) => {
      const above = outlines[level - 1] ?? file.outline;
      outlines.length = level;
      outlines[level] = above.addItem(text);
    },
    close: () => {
      const { start, count } = file.bufferedPageRange();
      for (let page = start; page < start + count; page++) {
        file.switchToPage(page);
        writeFoot(file, letters, document, page + 1, count);
      }
      root.end();
      return closePdf(file);
    },
  };
}

function roomOf(paper: Paper): { readonly widthPt: number; readonly heightPt: number } {
  const { widthMm, heightMm } = ROOM_MM[paper];
  return { widthPt: widthMm * PT_PER_MM, heightPt: heightMm * PT_PER_MM };
}

/** Below the text: the title, what the document wants said on every page, and which page it is. */
function writeFoot(
  file: PdfFile,
  letters: Lettering,
  { title, footer, language, paper = 'A4' }: PrintDocument,
  page: number,
  pages: number,
): void {
  const left = MARGIN_MM * PT_PER_MM;
  const { widthPt, heightPt } = roomOf(paper);
  const top = left + heightPt + 3 * PT_PER_MM;
  const number = `${FOOT_WORDS.page[language]} ${page} ${FOOT_WORDS.of[language]} ${pages}`;
  const numberPt = letters.widthOf(number, FOOT_STYLE);
  const said = footer === undefined ? title : `${title}  ·  ${footer}`;
  const [first = '', second] = letters.linesOf(said, FOOT_STYLE, widthPt - numberPt - 20);
  file.markContent('Artifact', { type: 'Pagination' });
  letters.words(second === undefined ? first : `${first}…`, left, top, FOOT_STYLE);
  letters.words(number, left + widthPt - numberPt, top, FOOT_STYLE);
  file.endMarkedContent();
}
