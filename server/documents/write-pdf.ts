/** Documents as tagged PDF with embedded fonts (ADR 27). */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { barPlaces, shortened } from '../../core/documents/bar-places.ts';
import type { Block, PrintDocument } from '../../core/documents/print-document.ts';
import { writeFigure } from './pdf-figure.ts';
import { type CellText, openSheet, PT_PER_MM, type Sheet } from './sheet.ts';

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

const SIZES = { 1: 20, 2: 14, 3: 11 } as const;
const INK = '#1f262d';
const QUIET = '#535c64';
const WARNING = '#8a4b00';
const RULE = '#b9b2a0';
const BAR = '#1659a8';
const TEXT = { sizePt: 9.5, colour: INK };
const SMALL = { sizePt: 8.5, colour: INK };

/**
 * The same document gives the same bytes.
 * @throws RangeError for a picture that is transparent or does not fit the paper at its scale
 */
export async function writePdf(document: PrintDocument): Promise<Uint8Array> {
  const sheet = openSheet(document);
  for (const [index, block] of document.blocks.entries()) {
    write(sheet, block, document.blocks.slice(index + 1, index + 3), document);
    // A long document takes a while: others are answered between its blocks.
    await nextTurn();
  }
  return sheet.close();
}

function write(sheet: Sheet, block: Block, next: readonly Block[], { language }: PrintDocument): void {
  switch (block.kind) {
    case 'heading':
      writeHeading(sheet, block, next);
      break;
    case 'paragraph':
      sheet.paragraph('P', block.text, block.tone === 'quiet' ? { ...TEXT, colour: QUIET } : TEXT);
      sheet.space(5);
      break;
    case 'note':
      writeNote(sheet, block);
      break;
    case 'list':
      writeList(sheet, block);
      break;
    case 'facts':
      writeFacts(sheet, block);
      break;
    case 'table':
      writeTable(sheet, block);
      break;
    case 'figure':
      writeFigure(sheet, block, language);
      break;
    case 'legend':
      writeLegend(sheet, block);
      break;
    case 'bars':
      writeBars(sheet, block);
      break;
    case 'page-break':
      sheet.newPage();
      break;
  }
}

function writeHeading(sheet: Sheet, { level, text }: Of<'heading'>, next: readonly Block[]): void {
  const sizePt = SIZES[level];
  sheet.space(level === 1 ? 0 : level === 2 ? 12 : 6);
  // A heading stays with what it heads, also with a figure behind a legend.
  const headsFigure =
    next[0]?.kind === 'figure' || (next[0]?.kind === 'legend' && next[1]?.kind === 'figure');
  sheet.keep(sizePt * 2 + (headsFigure ? sheet.heightPt * 0.45 : 60));
  sheet.bookmark(text, level);
  sheet.paragraph(`H${level}`, text, { sizePt, colour: INK, isBold: true });
  sheet.space(level === 1 ? 6 : 3);
}

function writeNote(sheet: Sheet, { tone, text }: Of<'note'>): void {
  const colour = tone === 'warning' ? WARNING : INK;
  const style = { ...TEXT, colour };
  const indentPt = 10;
  const heightPt = sheet.letters.linesOf(text, style, sheet.widthPt - indentPt).length * TEXT.sizePt * 1.32;
  sheet.space(3);
  sheet.keep(heightPt);
  if (heightPt < sheet.heightPt) {
    sheet.decoration(0, (file, x, top) => {
      file.rect(x, top, 2.5, heightPt).fill(tone === 'warning' ? WARNING : BAR);
    });
  }
  sheet.paragraph('P', text, style, undefined, indentPt);
  sheet.space(8);
}

function writeList(sheet: Sheet, { items }: Of<'list'>): void {
  const list = sheet.open('L');
  const signPt = 12;
  for (const text of items) {
    const cells: readonly CellText[] = [
      { tag: 'Lbl', text: '–', widthPt: signPt, style: TEXT },
      { tag: 'LBody', text, widthPt: sheet.widthPt - signPt, style: TEXT },
    ];
    sheet.row('LI', cells, { padPt: 1 }, list);
  }
  list.end();
  sheet.space(5);
}

function writeFacts(sheet: Sheet, { facts }: Of<'facts'>): void {
  const list = sheet.open('L');
  for (const { name, value } of facts) {
    const cells: readonly CellText[] = [
      { tag: 'Lbl', text: name, widthPt: 0.32 * sheet.widthPt, style: { ...TEXT, colour: QUIET } },
      { tag: 'LBody', text: value, widthPt: 0.68 * sheet.widthPt, style: TEXT },
    ];
    sheet.row('LI', cells, { padPt: 1.5 }, list);
  }
  list.end();
  sheet.space(6);
}

function writeTable(sheet: Sheet, { caption, columns, rows }: Of<'table'>): void {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const table = sheet.open('Table');
  const cellsOf = (texts: readonly string[], isHead: boolean): readonly CellText[] =>
    columns.map(({ share, isNumber = false }, index) => ({
      ...(isHead || index === 0 ? { tag: 'TH', scope: isHead ? 'Column' : 'Row' } : { tag: 'TD' }),
      text: texts[index] ?? '',
      widthPt: (share / whole) * sheet.widthPt,
      style: { ...SMALL, isBold: isHead },
      isAtEnd: isNumber,
    }));
  const titles = columns.map(({ title }) => title);
  sheet.keep(70);
  sheet.paragraph('Caption', caption, { ...SMALL, colour: QUIET }, table);
  sheet.row('TR', cellsOf(titles, true), { padPt: 3, rule: INK }, table);
  for (const texts of rows) {
    sheet.row('TR', cellsOf(texts, false), { padPt: 3, rule: RULE }, table, () =>
      repeatHead(sheet, cellsOf(titles, true)),
    );
  }
  table.end();
  sheet.space(10);
}

/** The head again on a new page, for eyes only: whoever listens has heard it. */
function repeatHead(sheet: Sheet, cells: readonly CellText[]): void {
  const padPt = 3;
  const lines = cells.map(({ text, style, widthPt }) =>
    sheet.letters.linesOf(text, style, widthPt - 2 * padPt),
  );
  const lineHeight = SMALL.sizePt * 1.32;
  const heightPt = Math.max(...lines.map(({ length }) => length)) * lineHeight + 2 * padPt;
  sheet.decoration(heightPt, (file, x, top) => {
    let left = x;
    for (const [index, cell] of cells.entries()) {
      for (const [n, line] of (lines[index] ?? []).entries()) {
        const shift = cell.isAtEnd ? cell.widthPt - 2 * padPt - sheet.letters.widthOf(line, cell.style) : 0;
        sheet.letters.words(line, left + padPt + shift, top + padPt + n * lineHeight, cell.style);
      }
      left += cell.widthPt;
    }
    file
      .moveTo(x, top + heightPt)
      .lineTo(x + sheet.widthPt, top + heightPt)
      .lineWidth(0.4)
      .stroke(INK);
  });
}

const SIGN_PT = { width: 8 * PT_PER_MM, height: 11 } as const;
const DASHES = { solid: [], dashed: [5, 2.5], dotted: [1, 2] } as const;

function writeLegend(sheet: Sheet, { entries }: Of<'legend'>): void {
  const list = sheet.open('L');
  for (const { label, stroke, line, fill, fillOpacity = 1 } of entries) {
    const top = SIGN_PT.height + 4;
    sheet.keep(top);
    sheet.decoration(0, (file, x, y) => {
      file.save().lineWidth(1.4).strokeColor(stroke);
      if (DASHES[line].length > 0) file.dash(DASHES[line][0] ?? 1, { space: DASHES[line][1] ?? 1 });
      if (fill === undefined)
        file
          .moveTo(x, y + 6)
          .lineTo(x + SIGN_PT.width, y + 6)
          .stroke();
      else {
        file.rect(x + 1, y + 1, SIGN_PT.width - 2, SIGN_PT.height - 2).fillOpacity(fillOpacity);
        file.fillAndStroke(fill, stroke);
      }
      file.restore();
    });
    const cells: readonly CellText[] = [
      { tag: 'Lbl', text: '', widthPt: SIGN_PT.width + 4, style: SMALL },
      { tag: 'LBody', text: label, widthPt: sheet.widthPt - SIGN_PT.width - 4, style: SMALL },
    ];
    sheet.row('LI', cells, { padPt: 1 }, list);
  }
  list.end();
  sheet.space(6);
}

const BAR_ROW_PT = 14;

function writeBars(sheet: Sheet, { title, bars }: Of<'bars'>): void {
  const heightPt = bars.length * BAR_ROW_PT;
  sheet.keep(heightPt + 24);
  sheet.paragraph('P', title, { ...SMALL, isBold: true });
  sheet.space(2);
  const alt = `${title}. ${bars.map(({ label, text }) => `${label}: ${text}`).join('; ')}`;
  const [left, right] = [0.3 * sheet.widthPt, 0.72 * sheet.widthPt];
  const places = barPlaces(bars, left, right);
  const draw = (file: Parameters<Parameters<Sheet['decoration']>[1]>[0], x: number, y: number) => {
    for (const [index, bar] of bars.entries()) {
      const place = places[index];
      if (!place) continue;
      const top = y + index * BAR_ROW_PT;
      const middle = top + BAR_ROW_PT / 2;
      sheet.letters.words(shortened(bar.label, 30), x, top + 2, SMALL);
      file.rect(x + place.from, top + 3, Math.max(0.1, place.to - place.from), BAR_ROW_PT - 6).fill(BAR);
      if (bar.bound > 0) {
        for (const end of [place.low, place.high])
          file.moveTo(x + end, middle - 3).lineTo(x + end, middle + 3);
        file
          .moveTo(x + place.low, middle)
          .lineTo(x + place.high, middle)
          .lineWidth(0.7)
          .stroke(INK);
      }
      file
        .moveTo(x + place.zero, top)
        .lineTo(x + place.zero, top + BAR_ROW_PT)
        .lineWidth(0.4)
        .stroke(QUIET);
      sheet.letters.words(bar.text, x + right + 6, top + 2, SMALL);
    }
  };
  sheet.drawing('Figure', heightPt, draw, undefined, { alt });
  sheet.space(9);
}
