/** Comma-separated values (RFC 4180) with a head line, also with another sign between cells. */
import { invalidParameter } from '../errors.ts';

export interface CsvRow {
  /** 1-based line of the file. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * @param file its name in messages
 * @param separator one sign
 * @throws TwinError invalid-parameter for a quote that does not end, or a row with more cells than the head
 */
export function readCsv(text: string, file: string, separator = ','): readonly CsvRow[] {
  const rows: { readonly line: number; readonly cells: string[] }[] = [];
  let [line, begun, cell, isQuoted] = [1, 1, '', false];
  let cells: string[] = [];
  const endRow = () => {
    cells.push(cell);
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: begun, cells });
    [cells, cell, begun] = [[], '', line];
  };
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  for (let at = 0; at < body.length; at++) {
    const character = body[at] as string;
    if (character === '\n') line++;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (body[at + 1] === '"') cell += body[++at];
      else isQuoted = false;
    } else if (character === '"' && cell === '') isQuoted = true;
    else if (character === separator) [cells, cell] = [[...cells, cell], ''];
    else if (character === '\n') endRow();
    else if (character !== '\r') cell += character;
  }
  if (isQuoted) throw invalidParameter(file, `${file}: the quote of the row at line ${begun} does not end`);
  if (cell !== '' || cells.length > 0) endRow();
  const [head, ...others] = rows;
  return others.map((row) => {
    if (row.cells.length > (head?.cells.length ?? 0)) {
      throw invalidParameter(
        file,
        `${file}: line ${row.line} has ${row.cells.length} cells, the head has ${head?.cells.length}`,
      );
    }
    return {
      line: row.line,
      cells: Object.fromEntries((head?.cells ?? []).map((name, at) => [name.trim(), row.cells[at] ?? ''])),
    };
  });
}

/** One line, with its end; quoted where it must be. */
export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells
    .map((cell) => {
      const text = cell === null ? '' : String(cell);
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(',')}\n`;
