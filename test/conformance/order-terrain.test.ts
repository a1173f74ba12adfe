/** Terrain of an order, re-read by GDAL and held against the surface that it was taken from. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type HeightPosts,
  writeAsciiGrid,
  writeHeightPoints,
  writeLandXml,
} from '../../core/formats/terrain/height-texts.ts';
import { heightsWithin } from '../../core/formats/terrain/heights-within.ts';
import { wktOf } from '../../core/geo/crs-wkt.ts';
import { heightTiff } from '../../server/orders/writers/terrain.ts';
import { tool } from './outside-tools.ts';

const [COLUMNS, ROWS, STEP_M] = [300, 280, 2];
const ORIGIN = [6_427_000, 5_808_000] as const;
/** A triangle that leaves the upper left of the grid out. */
const AREA = {
  type: 'Polygon',
  coordinates: [
    [
      [6_427_001, 5_808_001],
      [6_427_597, 5_808_001],
      [6_427_597, 5_808_557],
      [6_427_001, 5_808_001],
    ],
  ],
} as const;
const surface = (column: number, row: number): number =>
  70 + 5 * Math.sin(column / 17) + 3 * Math.cos(row / 11) + column / 1000;

const all = Float32Array.from({ length: COLUMNS * ROWS }, (_, at) =>
  surface(at % COLUMNS, Math.floor(at / COLUMNS)),
);
const frame = { origin: ORIGIN, stepM: STEP_M, columns: COLUMNS, rows: ROWS };
const POSTS: HeightPosts = { ...frame, heights: heightsWithin(frame, all, AREA) };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'blizniak-terrain-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('is cut at the edge of the area, and nowhere else', () => {
  const known = [...POSTS.heights].map((height) => !Number.isNaN(height));
  const inside = known.map((_, at) => {
    const [x, y] = [(at % COLUMNS) * STEP_M, Math.floor(at / COLUMNS) * STEP_M];
    // The slanting edge runs from (1, 1) to (597, 557).
    return y >= 1 && x <= 597 && (y - 1) / (x - 1) <= 556 / 596 && x >= 1;
  });
  expect(known).toEqual(inside);
});

it.each(['tif', 'asc', 'xyz'] as const)(
  'as %s is the surface to GDAL: posts, heights to 1 mm',
  async (ending) => {
    const path = join(folder, `terrain.${ending}`);
    const bytes = {
      tif: () => [heightTiff(POSTS, 2177)],
      asc: () => writeAsciiGrid(POSTS),
      xyz: () => writeHeightPoints(POSTS),
    }[ending]();
    writeFileSync(path, Buffer.concat([...bytes]));
    if (ending === 'asc') writeFileSync(join(folder, 'terrain.prj'), wktOf(2177));
    const script = `
import json, sys
from osgeo import gdal
gdal.UseExceptions()
source = gdal.Open(sys.argv[1])
band = source.GetRasterBand(1)
left, width, _, top, _, height = source.GetGeoTransform()
values = band.ReadAsArray().tolist()
empty = band.GetNoDataValue()
reference = source.GetSpatialRef()
plan = reference.GetAuthorityCode('PROJCS') or reference.GetAttrValue('PROJCS') if reference else None
print(json.dumps({
  'crs': plan,
  'posts': [[left + (x + 0.5) * width, top + (y + 0.5) * height, value] for y, row in enumerate(values) for x, value in enumerate(row) if value != empty and value != 0],
}))`;
    const { crs, posts } = JSON.parse(await tool('/usr/bin/python3', ['-c', script, path])) as {
      crs: string | null;
      posts: readonly (readonly [number, number, number])[];
    };
    if (ending !== 'xyz') expect(crs).toMatch(/2177|CS2000/);
    expect(posts).toHaveLength(POSTS.heights.filter((height) => !Number.isNaN(height)).length);
    const off = posts.filter(([easting, northing, heightM]) => {
      const [column, row] = [(easting - ORIGIN[0]) / STEP_M, (northing - ORIGIN[1]) / STEP_M];
      return (
        Math.abs(heightM - surface(column, row)) > 0.001 ||
        !Number.isInteger(column) ||
        !Number.isInteger(row)
      );
    });
    expect(off).toEqual([]);
  },
);

it('as LandXML is well formed, and its faces lie on the surface, their corners counter-clockwise', async () => {
  const path = join(folder, 'terrain.xml');
  const text = Buffer.concat([...writeLandXml(POSTS, 2177, 'PL-EVRF2007-NH')]).toString();
  writeFileSync(path, text);
  await tool('xmllint', ['--nonet', '--noout', path]);
  expect(text).toContain('epsgCode="2177" verticalDatum="PL-EVRF2007-NH"');
  const points = new Map(
    [...text.matchAll(/<P id="(\d+)">(\S+) (\S+) (\S+)<\/P>/g)].map(([, id = '', n, e, h]) => [
      id,
      [Number(e), Number(n), Number(h)] as const,
    ]),
  );
  expect(points.size).toBe(POSTS.heights.filter((height) => !Number.isNaN(height)).length);
  for (const [e, n, h] of points.values()) {
    const wanted = surface((e - ORIGIN[0]) / STEP_M, (n - ORIGIN[1]) / STEP_M);
    if (Math.abs(h - wanted) > 0.001) throw new Error(`${e} ${n}: ${h}, not ${wanted}`);
  }
  const faces = [...text.matchAll(/<F>(\d+) (\d+) (\d+)<\/F>/g)];
  expect(faces.length).toBeGreaterThan(points.size);
  for (const [, ...ids] of faces) {
    const [a, b, c] = ids.map((id) => points.get(id));
    if (!a || !b || !c) throw new Error(`a face of ${ids} has no corners`);
    const twice = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
    if (twice !== STEP_M * STEP_M) throw new Error(`the face of ${ids} has ${twice / 2} m²`);
  }
});

it('as LandXML keeps the rules of its schema to a reader of its own, which sees what is planted', async () => {
  const path = join(folder, 'ruled.xml');
  const read = async (text: string) => {
    writeFileSync(path, text);
    const script = join(import.meta.dirname, 'read-solids.py');
    return JSON.parse(await tool('/usr/bin/python3', [script, 'landxml', path]));
  };
  const text = Buffer.concat([...writeLandXml(POSTS, 2177, 'PL-EVRF2007-NH')]).toString();
  const points = POSTS.heights.filter((height) => !Number.isNaN(height)).length;
  const faces = text.match(/<F>/g)?.length ?? 0;
  expect(await read(text)).toEqual({ faults: [], points, areaM2: (faces * STEP_M * STEP_M) / 2 });
  const planted = text
    .replace('linearUnit="meter"', 'linearUnit="metre"')
    .replace(/<F>(\d+) (\d+) (\d+)<\/F>/, '<F>$1 $3 $2</F>');
  expect((await read(planted)).faults).toEqual([
    'Metric: units',
    'F: counter-clockwise',
    'F: no edge twice the same way',
  ]);
});
