/** The map as pixels, re-read by GDAL: where it lies, what is drawn where, and that strips leave no seam. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { writeEwkb } from '../../core/geo/wkb.ts';
import { type DataOrder, newOrderSchema } from '../../core/wire/order.ts';
import { mapFrameOf } from '../../server/orders/area-box.ts';
import { rasterMap } from '../../server/orders/writers/map-raster.ts';
import { colourOf } from '../../tiles/picture/colour.ts';
import { drawPicture, type Picture } from '../../tiles/picture/draw-picture.ts';
import { tool } from './outside-tools.ts';

const [WEST, SOUTH] = [6_427_000.02, 5_808_000.07];
const ring = (x: number, y: number, width: number, height: number): Geometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
      [x, y],
    ],
  ],
});
const orderOf = (map: object): DataOrder['order'] =>
  newOrderSchema.parse({ area: { kind: 'city' }, layers: ['parcels'], formats: ['map-tif'], map });
const areaOf = (widthM: number, heightM: number) => ({
  shape: Buffer.from(writeEwkb(ring(WEST, SOUTH, widthM, heightM), 2177)),
  areaM2: widthM * heightM,
  lon: 17,
});

const folder = mkdtempSync(join(tmpdir(), 'blizniak-raster-'));
afterAll(() => rmSync(folder, { recursive: true }));

const LOOK = `
import json, sys
from osgeo import gdal, osr
gdal.UseExceptions()
source = gdal.Open(sys.argv[1])
reference = source.GetSpatialRef()
bands = [source.GetRasterBand(1 + each).ReadAsArray() for each in range(source.RasterCount)]
place = source.GetGeoTransform()
dark = (bands[0] < 200) & (bands[1] < 200)
columns, rows = dark.sum(axis=0), dark.sum(axis=1)
said = {
    "place": place, "size": [source.RasterXSize, source.RasterYSize], "bands": len(bands), "crs": reference.GetAuthorityCode(None),
    "block": source.GetRasterBand(1).GetBlockSize(), "note": source.GetMetadataItem("TIFFTAG_IMAGEDESCRIPTION"),
    "pixelIs": source.GetMetadataItem("AREA_OR_POINT"), "packing": source.GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE"),
    "uprights": [place[0] + (i + 0.5) * place[1] for i in range(len(columns)) if columns[i] > 0.6 * rows.size],
    "levels": [place[3] + (i + 0.5) * place[5] for i in range(len(rows)) if rows[i] > 0.6 * columns.size],
    "sum": int(sum(band.astype("int64").sum() for band in bands)),
}
print(json.dumps(said))`;

it.each([
  [500, 127, 0.1],
  [500, 254, 0.05],
  [1000, 254, 0.1],
])(
  'at 1:%i and %i dpi lies where it says by GDAL, lines within two pixels of their places',
  async (scale, dpi, pixelM) => {
    const frame = mapFrameOf(orderOf({ scale, dpi }), areaOf(60, 45), 2177);
    const register = REGISTERS.find(({ name }) => name === 'parcels');
    if (!register) throw new Error('no parcels');
    const style = { stroke: '#000000', strokeWidthPx: 1 };
    // A cross through the whole map, whose lines are wider than it.
    const cross: Geometry[] = [
      ring(WEST - 90, SOUTH - 90, 90 + 20, 300),
      ring(WEST - 90, SOUTH - 90, 300, 90 + 15),
    ];
    const classes = [
      { entry: -1, wkb: Buffer.concat(cross.map((each) => writeEwkb(each, undefined))), labels: [] },
    ];
    const picture: Picture = {
      ...{ frame, background: colourOf('#ffffff') },
      layers: [{ layer: { style, geometryType: 'MultiPolygon', srid: 2177 }, area: frame.bbox, classes }],
    };
    const chunks: Uint8Array[] = [];
    const { signal } = new AbortController();
    for await (const chunk of rasterMap(picture, [], ['Sprawa GK.1, żółć'], signal)) chunks.push(chunk);
    const path = join(folder, `${scale}-${dpi}.tif`);
    writeFileSync(path, Buffer.concat(chunks));
    const said = JSON.parse(await tool('/usr/bin/python3', ['-c', LOOK, path]));
    expect(said).toMatchObject({
      ...{ bands: 3, crs: '2177', block: [256, 256], pixelIs: 'Area', packing: 'DEFLATE' },
      ...{ size: [frame.widthPx, frame.heightPx], note: 'Sprawa GK.1, żółć' },
    });
    const [left, stepX, , top, , stepY] = said.place;
    expect([stepX, -stepY]).toEqual([pixelM, pixelM].map((each) => expect.closeTo(each, 9)));
    // Corners on whole pixels, a millimetre at most from where they are said to be, and the ground within them.
    expect(Math.abs(left / pixelM - Math.round(left / pixelM)) * pixelM).toBeLessThan(0.001);
    expect([left <= WEST, left > WEST - pixelM, top >= SOUTH + 45, top < SOUTH + 45 + pixelM]).toEqual(
      Array.from({ length: 4 }, () => true),
    );
    for (const [found, place] of [
      [said.uprights, WEST + 20],
      [said.levels, SOUTH + 15],
    ]) {
      expect(found.length).toBeGreaterThan(0);
      for (const each of found) expect(Math.abs(each - place)).toBeLessThan(2 * pixelM);
    }
    // Strip by strip it is the picture drawn at once.
    const whole = drawPicture(picture);
    let sum = 0;
    for (let at = 0; at < whole.pixels.length; at++) if (at % 4 !== 3) sum += whole.pixels[at] ?? 0;
    // Lines may be rounded by a step where a strip begins elsewhere.
    expect(Math.abs(said.sum - sum)).toBeLessThanOrEqual(3 * (frame.widthPx + frame.heightPx));
  },
);

it('is refused where it is too large, with a scale that would do', () => {
  const asked = (scale: number) => () => mapFrameOf(orderOf({ scale }), areaOf(900, 900), 2177);
  expect(asked(500)).toThrow(/18001 × 18001 pixels.*take 1:1000/);
  expect(asked(1000)).not.toThrow();
  expect(() => mapFrameOf(orderOf({}), { ...areaOf(1, 1), shape: undefined }, 2177)).toThrow(
    /part of the city/,
  );
});
