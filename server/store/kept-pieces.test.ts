import { describe, expect, it } from 'vitest';
import { joinedPieces, KeptPieces } from './kept-pieces.ts';

const KB = 1024;
const bytesOf = (row: number) => Buffer.alloc(KB, row % 251);

describe('KeptPieces', () => {
  it('gives back what was kept while the row stands as it was', () => {
    const kept = new KeptPieces(2 ** 20);
    kept.keep('gml', 5, 100, Buffer.from('five'));
    kept.keep('json', 5, 100, Buffer.from('{5}'));
    const of = (form: string, stamp: number) => {
      const piece = kept.find(form, 5, stamp);
      return piece && joinedPieces([piece]).toString();
    };
    expect([of('gml', 100), of('json', 100), of('gml', 101), of('kml', 100)]).toEqual([
      'five',
      '{5}',
      undefined,
      undefined,
    ]);
  });

  it('never holds more than it may, and keeps what is asked for', () => {
    const kept = new KeptPieces(4 * KB * KB);
    kept.keep('gml', -1, 1, Buffer.from('asked for'));
    for (let row = 0; row < 20_000; row++) {
      kept.keep('gml', row, 1, bytesOf(row));
      if (row % 100 === 0) expect(kept.find('gml', -1, 1)).toBeDefined();
    }
    let held = 0;
    for (let row = 0; row < 20_000; row++) if (kept.find('gml', row, 1)) held++;
    expect(held).toBeGreaterThan(1_000);
    expect(held * KB).toBeLessThan(4 * KB * KB);
  });

  it('joins pieces in the order that is asked, wherever they lie', () => {
    const kept = new KeptPieces(8 * KB * KB);
    const pieces = Array.from({ length: 1_000 }, (_, row) => kept.keep('gml', row, 1, bytesOf(row)));
    const order = [999, 3, 4, 5, 700, 0, 0];
    const joined = joinedPieces(order.flatMap((row) => pieces[row] ?? []));
    expect(joined.equals(Buffer.concat(order.map(bytesOf)))).toBe(true);
  });
});
