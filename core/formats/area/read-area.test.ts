/** Areas out of files: what is read, and what is refused with its place. */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { PARCELS } from '../../catalogue/parcels.ts';
import type { Feature } from '../../feature/feature.ts';
import type { Position } from '../../geo/geometry.ts';
import { writeShapefile } from '../shapefile/write-shapefile.ts';
import { readArea } from './read-area.ts';

const SQUARE: readonly Position[] = [
  [6427000, 5809000],
  [6427100, 5809000],
  [6427100, 5809100],
  [6427000, 5809100],
  [6427000, 5809000],
];
const read = (text: string) => readArea(strToU8(text));
const corners = (area: ReturnType<typeof readArea>) =>
  area.polygons.map((rings) => rings.map((ring) => ring.length));

async function shapefile(rings: readonly (readonly Position[])[]): Promise<Record<string, Uint8Array>> {
  const feature: Feature = {
    ...{ layer: 'parcels', id: 'p', properties: {} },
    geometry: { type: 'MultiPolygon', coordinates: [rings] },
  };
  const layer = { ...PARCELS, dataset: 'city', srid: 2177 };
  async function* one() {
    yield feature;
  }
  const files: Record<string, Uint8Array> = {};
  for await (const { ending, bytes } of writeShapefile(one, layer, 2177)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes) pieces.push(piece);
    files[`../../../etc/teren.${ending}`] = Buffer.concat(pieces);
  }
  return files;
}

describe('an area is read out of', () => {
  it('a zipped Shapefile with a hole, its zone by the .prj; names in the archive lead nowhere', async () => {
    const hole: Position[] = [
      [6427010, 5809010],
      [6427010, 5809020],
      [6427020, 5809020],
      [6427010, 5809010],
    ];
    const area = readArea(zipSync(await shapefile([SQUARE, hole])));
    expect([area.form, area.srid, corners(area)]).toEqual(['Shapefile', 2177, [[5, 4]]]);
    expect(area.polygons[0]?.[0]).toEqual(expect.arrayContaining([[6427100, 5809100]]));
  });

  it('DXF: closed polylines, with arcs as chords; other things are counted', () => {
    const circle = `0\nSECTION\n2\nENTITIES\n0\nLINE\n10\n0\n20\n0\n0\nLWPOLYLINE\n90\n3\n70\n1\n10\n10\n20\n0\n42\n1\n10\n-10\n20\n0\n42\n1\n10\n10\n20\n0\n0\nPOLYLINE\n66\n1\n70\n1\n10\n0\n20\n0\n0\nVERTEX\n10\n0\n20\n0\n0\nVERTEX\n10\n5\n20\n0\n0\nVERTEX\n10\n5\n20\n5\n0\nSEQEND\n0\nENDSEC\n0\nEOF\n`;
    const area = read(circle);
    expect([area.form, area.srid, area.leftOut, area.polygons.length]).toEqual(['DXF', undefined, 1, 2]);
    for (const [x, y] of area.polygons[0]?.[0] ?? []) expect(Math.hypot(x, y)).toBeCloseTo(10, 9);
    expect(area.polygons[1]).toEqual([
      [
        [0, 0],
        [5, 0],
        [5, 5],
        [0, 0],
      ],
    ]);
  });

  it.each([
    [
      'GeoJSON',
      `{"type":"Feature","geometry":{"type":"Polygon","coordinates":[${JSON.stringify(SQUARE)}]}}`,
      4326,
    ],
    [
      'KML',
      '<kml><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>16.9,52.4 17,52.4,0 17,52.5</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>',
      4326,
    ],
    ['WKT', `SRID=2177;MULTIPOLYGON (((${SQUARE.map((p) => p.join(' ')).join(', ')})))`, 2177],
    [
      'list of coordinates',
      '1\t5809000,5\t6427000\n2 5809000 6427100 71.2 # słup\n3;5809100;6427100',
      undefined,
    ],
  ])('%s', (form, text, srid) => {
    const area = read(text);
    expect([area.form, area.srid, area.polygons.length]).toEqual([form, srid, 1]);
    const ring = area.polygons[0]?.[0] ?? [];
    expect(ring.at(-1)).toEqual(ring[0]);
    if (form === 'list of coordinates') expect(ring[0]).toEqual([6427000, 5809000.5]);
  });
});

describe('refused, in words that say why:', () => {
  it.each([
    ['', 'The file is empty'],
    ['{"type":"Point","coordinates":[1,2]}', 'holds no polygon; it holds 1 other objects'],
    ['{"type":', 'begins like GeoJSON and cannot be read'],
    ['6427000 5809000\nróg drugi', 'Line 2 is no corner: "róg drugi"'],
    ['POLYGON ((1 2, 3))', '"3" is no position'],
    [
      '0\nSECTION\n2\nENTITIES\n0\nLWPOLYLINE\n70\n0\n10\n0\n20\n0\n10\n1\n20\n0\n10\n1\n20\n1\n0\nEOF',
      'holds no polygon',
    ],
  ])('%j', (text, words) => {
    expect(() => read(text)).toThrow(words);
  });

  it('an archive that unpacks without end', () => {
    const bomb = zipSync({ 'teren.shp': [new Uint8Array(80_000_000), { level: 9 }] });
    expect(bomb.length).toBeLessThan(200_000);
    expect(() => readArea(bomb)).toThrow('unpacks to more than');
  });

  it('one that is cut off, and one without an area', async () => {
    const whole = zipSync(await shapefile([SQUARE]));
    expect(() => readArea(whole.subarray(0, 60))).toThrow(/damaged|holds no/);
    expect(() => readArea(zipSync({ 'a.txt': strToU8('x') }))).toThrow('holds no .shp');
  });

  it('more corners than are read', () => {
    const corner = (n: number) => `${6_427_000 + n} ${5_809_000 + (n % 7)}`;
    const many = Array.from({ length: 200_001 }, (_, n) => corner(n)).join('\n');
    expect(() => read(many)).toThrow('200002 vertices; up to 200000');
  });
});
