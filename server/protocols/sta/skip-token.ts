import { invalidParameter } from '../../../core/errors.ts';
import type { PageEnd } from '../../services/sensor-things.ts';

/** Where a page ended, as an opaque text for `@iot.nextLink`. */
export const writeSkipToken = (end: PageEnd): string =>
  Buffer.from(JSON.stringify(end)).toString('base64url');

/** @throws TwinError invalid-parameter when it was not made by `writeSkipToken` */
export function readSkipToken(text: string): PageEnd {
  try {
    const end: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(end) && end.length <= 30 && end.every(isEnd)) return end;
  } catch {
    // Falls through: not ours.
  }
  throw invalidParameter('$skiptoken', '$skiptoken is broken; follow @iot.nextLink without changing it');
}

const isEnd = (value: unknown): value is string | null =>
  value === null || (typeof value === 'string' && !value.includes('\0'));
