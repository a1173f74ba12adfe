import { describe, expect, it } from 'vitest';
import type { Geometry } from './geometry.ts';
import { readWkb, writeEwkb } from './wkb.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

const SQUARE = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 0],
] as const;
const HOLE = [
  [1, 1],
  [2, 1],
  [2, 2],
  [1, 1],
] as const;

// Expected texts by PostGIS 3.3: select ST_AsHEXEWKB(…).
const EXAMPLES: readonly [Geometry, string][] = [
  [{ type: 'Point', coordinates: [1, 2] }, '010100002081080000000000000000F03F0000000000000040'],
  [
    { type: 'Point', coordinates: [1, 2, 3] },
    '01010000A081080000000000000000F03F00000000000000400000000000000840',
  ],
  [
    { type: 'MultiPoint', coordinates: [[1, 2]] },
    '010400002081080000010000000101000000000000000000F03F0000000000000040',
  ],
];

const OTHERS: readonly Geometry[] = [
  { type: 'LineString', coordinates: SQUARE },
  { type: 'MultiLineString', coordinates: [SQUARE, HOLE] },
  { type: 'Polygon', coordinates: [SQUARE, HOLE] },
  { type: 'MultiPolygon', coordinates: [[SQUARE, HOLE], [HOLE]] },
  { type: 'MultiPolygon', coordinates: [[SQUARE.map(([x, y]) => [x, y, 55.123] as const)]] },
  { type: 'MultiPolygon', coordinates: [] },
];

describe('writeEwkb', () => {
  it.each(EXAMPLES)('writes the bytes of PostGIS: %j', (geometry, expected) => {
    expect(hex(writeEwkb(geometry, 2177))).toBe(expected);
  });

  it('writes a mixture of heights and none in 2D', () => {
    const mixed: Geometry = {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1, 1],
      ],
    };
    expect(readWkb(writeEwkb(mixed, 2177))).toEqual({
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    });
  });
});

describe('readWkb', () => {
  it.each([...EXAMPLES.map(([geometry]) => geometry), ...OTHERS])(
    'reads what was written: %j',
    (geometry) => {
      expect(readWkb(writeEwkb(geometry, 2177))).toEqual(geometry);
    },
  );

  it('reads plain and ISO forms, either byte order', () => {
    expect(readWkb(bytes('0101000000000000000000F03F0000000000000040'))).toEqual({
      type: 'Point',
      coordinates: [1, 2],
    });
    expect(readWkb(bytes('00000003E93FF000000000000040000000000000004008000000000000'))).toEqual({
      type: 'Point',
      coordinates: [1, 2, 3],
    });
  });

  it('reads bytes in the middle of a buffer', () => {
    const inside = bytes('FFFF0101000000000000000000F03F0000000000000040').subarray(2);
    expect(readWkb(inside)).toEqual({ type: 'Point', coordinates: [1, 2] });
  });

  it.each(['0107000000', '01D1070000000000000000F03F00000000000000400000000000000840'])(
    'refuses what it does not know: %s',
    (text) => {
      expect(() => readWkb(bytes(text))).toThrow(/is not read here/);
    },
  );
});
