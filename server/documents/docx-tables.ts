/** Tables of a word processor, and what is drawn with them: signs of a legend, bars, the bar of a scale. */
import { barPlaces } from '../../core/documents/bar-places.ts';
import type { Block, LegendEntry } from '../../core/documents/print-document.ts';
import { type Markup, markup, raw } from '../../core/xml/writer.ts';
import { INK, onWhite, RULE_BLUE } from './docx-ink.ts';
import { twips } from './docx-parts.ts';
import { paragraph } from './docx-text.ts';

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

/** Between a table and what follows, which would else be one table with the next. */
const AFTER = paragraph('After', '');

interface TableFrame {
  readonly style: 'Rows' | 'Bare';
  readonly widthsMm: readonly number[];
  /** For who does not see it. */
  readonly caption?: string;
}

function table({ style, widthsMm, caption }: TableFrame, rows: readonly Markup[]): Markup {
  const whole = widthsMm.reduce((sum, mm) => sum + mm, 0);
  const named = caption === undefined ? '' : markup`<w:tblCaption w:val="${caption}"/>`;
  return markup`<w:tbl><w:tblPr><w:tblStyle w:val="${style}"/><w:tblW w:w="${twips(whole)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:firstColumn="1"/>${named}</w:tblPr><w:tblGrid>${widthsMm.map((mm) => markup`<w:gridCol w:w="${twips(mm)}"/>`)}</w:tblGrid>${rows}</w:tbl>`;
}

const row = (cells: readonly Markup[], properties = ''): Markup =>
  markup`<w:tr><w:trPr><w:cantSplit/>${raw(properties)}</w:trPr>${cells}</w:tr>`;

const cell = (widthMm: number, content: Markup, properties = ''): Markup =>
  markup`<w:tc><w:tcPr><w:tcW w:w="${twips(widthMm)}" w:type="dxa"/>${raw(properties)}</w:tcPr>${content}</w:tc>`;

const shade = (colour: string): string => `<w:shd w:val="clear" w:color="auto" w:fill="${colour}"/>`;

export function rowsTable({ caption, columns, rows }: Of<'table'>, widthMm: number): Markup {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const widthsMm = columns.map(({ share }) => (share / whole) * widthMm);
  const cellsOf = (texts: readonly string[], isHead: boolean) =>
    columns.map(({ isNumber }, index) => {
      const text = paragraph(isHead ? 'CellHead' : 'Cell', texts[index] ?? '', isNumber);
      return cell(widthsMm[index] ?? 0, text);
    });
  const head = row(
    cellsOf(
      columns.map(({ title }) => title),
      true,
    ),
    '<w:tblHeader/>',
  );
  const body = rows.map((texts) => row(cellsOf(texts, false)));
  return markup`${paragraph('TableCaption', caption)}${table({ style: 'Rows', widthsMm, caption }, [head, ...body])}${AFTER}`;
}

export function factsTable({ facts }: Of<'facts'>, widthMm: number): Markup {
  const [nameMm, valueMm] = [0.32 * widthMm, 0.68 * widthMm];
  const rows = facts.map(({ name, value }) =>
    row([cell(nameMm, paragraph('CellName', name)), cell(valueMm, paragraph('CellValue', value))]),
  );
  return markup`${table({ style: 'Bare', widthsMm: [nameMm, valueMm] }, rows)}${AFTER}`;
}

const SIGN_MM = 9;
const SPACE_MM = 3;
const LINES = { solid: 'single', dashed: 'dashed', dotted: 'dotted' } as const;

export function legendTable({ entries }: Of<'legend'>, widthMm: number): Markup {
  const labelMm = widthMm - SIGN_MM - SPACE_MM;
  const widthsMm = [SIGN_MM, SPACE_MM, labelMm];
  const between = row(
    widthsMm.map((mm) => cell(mm, paragraph('After', ''))),
    '<w:trHeight w:val="50" w:hRule="exact"/>',
  );
  const rows = entries.flatMap((entry, index) => [
    ...(index === 0 ? [] : [between]),
    row([
      signOf(entry),
      cell(SPACE_MM, paragraph('Cell', '')),
      cell(labelMm, paragraph('Cell', entry.label)),
    ]),
  ]);
  return markup`${table({ style: 'Bare', widthsMm }, rows)}${AFTER}`;
}

/** An area is a cell with its edge and fill; a line the lower edge of a paragraph. */
function signOf({ stroke, line, fill, fillOpacity = 1 }: LegendEntry): Markup {
  const edge = (side: string) =>
    `<w:${side} w:val="${LINES[line]}" w:sz="12" w:space="0" w:color="${stroke.replace('#', '')}"/>`;
  if (fill !== undefined) {
    const edges = ['top', 'left', 'bottom', 'right'].map(edge).join('');
    const filled = shade(onWhite(fill, fillOpacity));
    return cell(SIGN_MM, paragraph('Cell', ''), `<w:tcBorders>${edges}</w:tcBorders>${filled}`);
  }
  const drawn = markup`<w:p><w:pPr><w:pStyle w:val="After"/><w:pBdr>${raw(edge('bottom'))}</w:pBdr></w:pPr></w:p>`;
  return cell(SIGN_MM, drawn);
}

/** A bar as long as its length at the scale of the map above it, and which way is north. */
export function scaleTable(barMm: number, length: string, widthMm: number): Markup {
  const [northMm, gapMm] = [12, 2];
  const halfMm = barMm / 2;
  const lengthMm = widthMm - barMm - gapMm - northMm;
  const edges = `<w:tcBorders>${['top', 'left', 'bottom', 'right'].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="${INK}"/>`).join('')}</w:tcBorders>`;
  const widthsMm = [halfMm, halfMm, gapMm, lengthMm, northMm];
  const thin = paragraph('After', '');
  const cells = [
    cell(halfMm, thin, edges + shade(INK)),
    cell(halfMm, thin, edges),
    cell(gapMm, thin),
    cell(lengthMm, paragraph('Scale', length)),
    cell(northMm, paragraph('Scale', 'N ↑', true)),
  ];
  return table({ style: 'Bare', widthsMm }, [row(cells, '<w:trHeight w:val="240" w:hRule="exact"/>')]);
}

/** Columns that the bars are drawn with. */
const STEPS = 60;
const DOUBT = onWhite(`#${RULE_BLUE}`, 0.28);
const SURE = RULE_BLUE;
const OVERLAP = onWhite(`#${RULE_BLUE}`, 0.62);

/** Each bar is a row of cells: full where the value is sure, pale as far as it may be off. */
export function barsTable({ title, bars }: Of<'bars'>, widthMm: number): Markup {
  const [labelMm, textMm] = [0.3 * widthMm, 0.27 * widthMm];
  const stepMm = (widthMm - labelMm - textMm) / STEPS;
  const widthsMm = [labelMm, ...Array<number>(STEPS).fill(stepMm), textMm];
  const places = barPlaces(bars, 0, STEPS);
  const rows = bars.map(({ label, text }, index) => {
    const { from, to, low, high } = places[index] ?? { from: 0, to: 0, low: 0, high: 0 };
    const ends = [0, from, to, low, high, STEPS].map((at) => Math.round(at)).toSorted((a, b) => a - b);
    const pieces = ends.slice(1).flatMap((end, piece) => {
      const start = ends[piece] ?? 0;
      if (end === start) return [];
      const middle = (start + end) / 2;
      const [isBar, isDoubt] = [middle > from && middle < to, middle > low && middle < high];
      const fill = isBar ? shade(isDoubt ? OVERLAP : SURE) : isDoubt ? shade(DOUBT) : '';
      const span = end - start;
      return [cell(span * stepMm, paragraph('Cell', ''), `<w:gridSpan w:val="${span}"/>${fill}`)];
    });
    return row([
      cell(labelMm, paragraph('Cell', label)),
      ...pieces,
      cell(textMm, paragraph('Cell', text, true)),
    ]);
  });
  return markup`${paragraph('TableCaption', title)}${table({ style: 'Bare', widthsMm, caption: title }, rows)}${AFTER}`;
}
