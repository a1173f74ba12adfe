import { invalidParameter } from '../../core/errors.ts';

/** Where a page of a listing by key starts: after the row `after`, which was the `before`-th of the listing. */
export interface Cursor {
  readonly after: string;
  readonly before: number;
}

/** An opaque text for links. */
export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.before, cursor.after])).toString('base64url');
}

/** @throws TwinError invalid-parameter when it was not made by `writeCursor` */
export function readCursor(text: string): Cursor {
  try {
    const [before, after] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Number.isSafeInteger(before) && before >= 0 && typeof after === 'string' && !after.includes('\0')) {
      return { before, after };
    }
  } catch {
    // Falls through: not ours.
  }
  throw invalidParameter(
    'cursor',
    'The cursor is broken; follow the links of a listing without changing them',
  );
}
