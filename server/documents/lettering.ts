/** Letters on a page of a PDF: how wide they are, where lines break, and setting them. */
import { runsOf } from './font-runs.ts';
import { fontName, type PdfFile } from './pdf-file.ts';

export interface TextStyle {
  readonly sizePt: number;
  /** `#rrggbb`. */
  readonly colour: string;
  readonly isBold?: boolean;
  /** An edge around the letters that parts them from what lies below. */
  readonly halo?: { readonly colour: string; readonly widthPt: number };
}

export interface Lettering {
  widthOf(text: string, style: TextStyle): number;
  /** Words in lines; a word that is too long by itself is cut. */
  linesOf(text: string, style: TextStyle, widthPt: number): readonly string[];
  /** Sets one line. */
  words(text: string, x: number, top: number, style: TextStyle): void;
}

export const LINE_HEIGHT = 1.32;

export function openLettering(file: PdfFile): Lettering {
  const measured = (text: string, { sizePt, isBold = false }: TextStyle) =>
    runsOf(text).map(({ subset, text: part }) => {
      const font = fontName(subset, isBold ? 'bold' : 'normal');
      return { font, part, widthPt: file.font(font).fontSize(sizePt).widthOfString(part) };
    });
  const widthOf = (text: string, style: TextStyle): number =>
    measured(text, style).reduce((sum, { widthPt }) => sum + widthPt, 0);
  const cut = (word: string, style: TextStyle, widthPt: number): readonly string[] => {
    if (widthOf(word, style) <= widthPt) return [word];
    const parts: string[] = [];
    let part = '';
    for (const letter of word) {
      if (part !== '' && widthOf(part + letter, style) > widthPt) {
        parts.push(part);
        part = '';
      }
      part += letter;
    }
    return [...parts, part];
  };
  return {
    widthOf,
    linesOf(text, style, widthPt) {
      const spacePt = widthOf(' ', style);
      const lines: string[] = [];
      for (const paragraph of text.split('\n')) {
        let line = '';
        let linePt = 0;
        for (const word of paragraph.split(' ').flatMap((each) => cut(each, style, widthPt))) {
          const wordPt = widthOf(word, style);
          if (line !== '' && linePt + spacePt + wordPt > widthPt) {
            lines.push(line);
            [line, linePt] = [word, wordPt];
          } else if (line === '') [line, linePt] = [word, wordPt];
          else [line, linePt] = [`${line} ${word}`, linePt + spacePt + wordPt];
        }
        lines.push(line);
      }
      return lines;
    },
    words(text, x, top, { sizePt, colour, isBold = false, halo }) {
      let left = x;
      if (halo) {
        file.lineWidth(halo.widthPt).lineJoin('round').strokeColor(halo.colour);
        for (const { font, part, widthPt } of measured(text, { sizePt, colour, isBold })) {
          file.font(font).fontSize(sizePt);
          file.text(part, left, top, { lineBreak: false, stroke: true, fill: false });
          left += widthPt;
        }
        left = x;
      }
      for (const { font, part, widthPt } of measured(text, { sizePt, colour, isBold })) {
        file.font(font).fontSize(sizePt).fillColor(colour).text(part, left, top, { lineBreak: false });
        left += widthPt;
      }
    },
  };
}
