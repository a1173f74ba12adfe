import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../../test/support/shared-data.ts';
import { type Dtm, openDtm } from './dem.ts';
import { openGeoRaster } from './geo-raster.ts';
import { writeDtm } from './write-dtm.ts';

const extent = { minX: 6_429_000, minY: 5_807_000, maxX: 6_431_000, maxY: 5_808_500, srid: 2177 };
const slope = (e: number, n: number): number => 60 + (e - extent.minX) * 0.01 + (n - extent.minY) * 0.02;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dtm-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const saved = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

describe('a terrain model written and read', () => {
  let path: string;
  let dtm: Dtm;
  beforeAll(async () => {
    path = saved('slope.tif', writeDtm({ extent, cellM: 2.5, heightM: slope }));
    dtm = await openDtm(path);
  });
  afterAll(() => dtm.close());

  it('keeps its extent, CRS, cell and range', () => {
    expect(dtm.extent).toEqual(extent);
    expect(dtm.srid).toBe(2177);
    expect(dtm.cellM).toBe(2.5);
    expect(dtm.minM).toBeCloseTo(slope(extent.minX + 1.25, extent.minY + 1.25), 3);
    expect(dtm.maxM).toBeCloseTo(slope(extent.maxX - 1.25, extent.maxY - 1.25), 3);
  });

  it('is exact on a slope between the centres of cells, at every overview', async () => {
    for (const spacingM of [1, 5, 11, 50]) {
      const field = await dtm.window(extent, spacingM);
      for (let i = 0; i < 50; i++) {
        const [e, n] = [extent.minX + 100 + i * 36.13, extent.minY + 100 + i * 26.3];
        expect(field.heightM(e, n)).toBeCloseTo(slope(e, n), 2);
      }
    }
  });

  it('has no height outside', async () => {
    const field = await dtm.window(extent, 1);
    expect(field.heightM(extent.minX - 1, extent.minY + 10)).toBeNaN();
    const far = await dtm.window({ ...extent, minX: 0, maxX: 10 }, 1);
    expect(far.heightM(5, extent.minY)).toBeNaN();
  });

  it('gives the same bits from two windows that overlap', async () => {
    const west = await dtm.window({ ...extent, maxX: extent.minX + 700 }, 2.5);
    const east = await dtm.window({ ...extent, minX: extent.minX + 700 }, 2.5);
    for (let n = extent.minY; n < extent.maxY; n += 13.7) {
      expect(west.heightM(extent.minX + 700, n)).toBe(east.heightM(extent.minX + 700, n));
    }
  });

  it('is read by GDAL with its CRS, place, overviews and heights', () => {
    const info = execFileSync('gdalinfo', [path], { encoding: 'utf8' });
    expect(info).toContain('ID["EPSG",2177]');
    expect(info).toContain('ID["EPSG",9651]');
    expect(info).toContain('Origin = (6429000.000000000000000,5808500.000000000000000)');
    expect(info).toContain('Pixel Size = (2.500000000000000,-2.500000000000000)');
    expect(info).toMatch(/Overviews: 400x300, 200x150/);
    const [e, n] = [extent.minX + 501.25, extent.minY + 401.25];
    const value = execFileSync('gdallocationinfo', ['-valonly', '-geoloc', path, String(e), String(n)], {
      encoding: 'utf8',
    });
    expect(Number(value)).toBeCloseTo(slope(e, n), 3);
    const checksum = execFileSync('gdalinfo', ['-checksum', path], { encoding: 'utf8' });
    expect(checksum).toMatch(/Checksum=\d+/);
  });

  it('leaves holes where there is no height and does not smear them', async () => {
    const hole = (e: number, n: number): number =>
      Math.hypot(e - 6_430_000, n - 5_807_700) < 100 ? Number.NaN : 70;
    const holed = await openDtm(saved('hole.tif', writeDtm({ extent, cellM: 5, heightM: hole })));
    const field = await holed.window(extent, 5);
    expect(field.heightM(6_430_000, 5_807_700)).toBeNaN();
    expect(field.heightM(6_430_150, 5_807_700)).toBe(70);
    expect(holed.minM).toBe(70);
    await holed.close();
  });
});

it('refuses a model in degrees, without a code, damaged, or missing', async () => {
  const tiny = { minX: 16, minY: 52, maxX: 17, maxY: 53, srid: 4326 };
  const degrees = saved('degrees.tif', writeDtm({ extent: tiny, cellM: 0.1, heightM: () => 1 }));
  await expect(openDtm(degrees)).rejects.toThrow(/in degrees/);
  const whole = writeDtm({ extent, cellM: 5, heightM: slope });
  await expect(openDtm(saved('cut.tif', whole.subarray(0, 3000)))).rejects.toThrow(/damaged|cannot be read/);
  await expect(openDtm(saved('text.tif', Buffer.from('not a raster')))).rejects.toThrow(/cannot be read/);
  await expect(openDtm(join(folder, 'absent.tif'))).rejects.toThrow(/absent.tif cannot be read/);
});

describeWithSharedData('rasters of others', () => {
  it('refuses a rotated raster and a picture of three bands, and says why', async () => {
    await expect(openDtm(sharedData('terrain', 'rotated.tif'))).rejects.toThrow(
      /rotated; warp it to north-up/,
    );
    await expect(openDtm(sharedData('terrain', 'RGB.byte.tif'))).rejects.toThrow(/3 bands where one band/);
    await expect(openDtm(sharedData('terrain', 'cogeo.tif'))).rejects.toThrow(/bands where one band/);
    await expect(openDtm(sharedData('terrain', 'float_nan.tif'))).rejects.toThrow(/cannot be used/);
  });

  it('reads the cells of an alpine raster as GDAL does', async () => {
    const path = sharedData('terrain', 'elev_vinschgau.tif');
    const raster = await openGeoRaster(path, 'terrain model');
    expect([raster.srid, raster.left, raster.top]).toEqual([32_632, 598_250, 5_193_000]);
    for (const [column, row] of [
      [0, 0],
      [120, 100],
      [250, 190],
    ] as const) {
      const [cell] = await raster.levels[0].read({
        left: column,
        top: row,
        right: column + 1,
        bottom: row + 1,
      });
      const text = execFileSync('gdallocationinfo', ['-valonly', path, String(column), String(row)], {
        encoding: 'utf8',
      });
      if (Number(text) < -1e38) expect(cell).toBeNaN();
      else expect(cell).toBeCloseTo(Number(text), 2);
    }
    await raster.close();
  });
});
