import { invalidParameter } from '../../core/errors.ts';

/**
 * The corners of `e,n,e,n,…`, open; what is no number is NaN, and a closed outline loses its last corner.
 * @throws TwinError invalid-parameter for half a corner
 */
export function readOutline(text: string): readonly (readonly number[])[] {
  const numbers = text.split(/[\s,]+/).map((part) => (part === '' ? Number.NaN : Number(part)));
  if (numbers.length % 2 !== 0) {
    throw invalidParameter(
      'outline',
      'outline must be easting,northing of each corner: an even number of numbers',
    );
  }
  const outline = Array.from({ length: numbers.length / 2 }, (_, i) => numbers.slice(2 * i, 2 * i + 2));
  const [first, last] = [outline[0], outline.at(-1)];
  const isClosed = outline.length > 3 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
  return isClosed ? outline.slice(0, -1) : outline;
}
