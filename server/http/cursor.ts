import { invalidParameter } from '../../core/errors.ts';

/** Where a page of a listing starts: after the row `after`, which was the `before`-th, or after so many rows. */
export interface Cursor {
  readonly after: string | undefined;
  readonly before: number;
  /** How many rows the listing has, where it is known: it stays the same from page to page. */
  readonly matched?: number | undefined;
}

/** An opaque text for links. */
export function writeCursor(cursor: Cursor): string {
  const { before, after = null, matched } = cursor;
  const said = matched === undefined ? [before, after] : [before, after, matched];
  return Buffer.from(JSON.stringify(said)).toString('base64url');
}

/** @throws TwinError invalid-parameter when it was not made by `writeCursor` */
export function readCursor(text: string): Cursor {
  try {
    const [before, after, matched] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const isPlace = after === null || (typeof after === 'string' && !after.includes('\0'));
    if (isCount(before) && isPlace && (matched === undefined || isCount(matched))) {
      return { before, after: after ?? undefined, matched };
    }
  } catch {
    // Falls through: not ours.
  }
  throw invalidParameter(
    'cursor',
    'The cursor is broken; follow the links of a listing without changing them',
  );
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
