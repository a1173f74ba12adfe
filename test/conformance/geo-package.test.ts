/** GeoPackages of ours, read by GDAL; those of GDAL, read by us. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { geoPackages } from '../../server/geopackage/geo-packages.ts';
import type { GeoPackageLayer } from '../../server/services/geo-packages.ts';

const SQUARE = [
  [6_427_000, 5_808_000],
  [6_427_030, 5_808_000],
  [6_427_030, 5_808_040],
  [6_427_000, 5_808_040],
  [6_427_000, 5_808_000],
] as const;
const LAYER: GeoPackageLayer = {
  name: 'parcels',
  title: 'Działki',
  geometryType: 'GEOMETRY',
  srid: 2177,
  columns: [
    { name: 'parcel_id', type: 'TEXT' },
    { name: 'area_m2', type: 'REAL' },
    { name: 'applies', type: 'INTEGER' },
  ],
  rows: [
    { geometry: { type: 'Polygon', coordinates: [SQUARE] }, values: ['306401_1.0021.AR_10.169/4', 1_200, 7] },
    { geometry: undefined, values: ['żółta', null, null] },
  ],
};

describe('a GeoPackage', () => {
  const folder = mkdtempSync(join(tmpdir(), 'blizniak-gpkg-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (program: string, ...args: string[]): string => {
    const { stdout, stderr, status, error } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 });
    if (error || status !== 0) throw new Error(`${program}: ${error?.message ?? stderr}`);
    expect(stderr).toBe('');
    return stdout;
  };

  it('of ours is read by GDAL without a warning: CRS, extent, columns, letters, areas', async () => {
    const file = join(folder, 'ours.gpkg');
    writeFileSync(file, await geoPackages.write([LAYER], new Date('2026-06-30T10:00:00Z')));
    const told = run('ogrinfo', '-ro', '-al', file);
    for (const part of [
      'Feature Count: 2',
      'Extent: (6427000.000000, 5808000.000000) - (6427030.000000, 5808040.000000)',
      'ID["EPSG",2177]',
      'area_m2: Real',
      'applies: Integer64',
      'parcel_id (String) = 306401_1.0021.AR_10.169/4',
      'parcel_id (String) = żółta',
    ]) {
      expect(told).toContain(part);
    }
    const sql = 'select st_area(geom) as m2 from parcels where fid = 1';
    expect(run('ogrinfo', '-ro', '-dialect', 'sqlite', '-sql', sql, file)).toContain('m2 (Real) = 1200');
  });

  it('of GDAL is read by us, also in another CRS with an index of rectangles', async () => {
    const [from, file] = [join(folder, 'places.csv'), join(folder, 'gdal.gpkg')];
    writeFileSync(from, 'name,lon,lat\nRynek,16.9346,52.4081\n');
    const place = ['-oo', 'X_POSSIBLE_NAMES=lon', '-oo', 'Y_POSSIBLE_NAMES=lat', '-a_srs', 'EPSG:4326'];
    run('ogr2ogr', '-f', 'GPKG', file, from, ...place);
    const [layer] = await geoPackages.read(readFileSync(file), 10);
    expect(layer).toMatchObject({ name: 'places', srid: 4326 });
    expect(layer?.rows).toMatchObject([
      { geometry: { type: 'Point', coordinates: [16.9346, 52.4081] }, values: { name: 'Rynek' } },
    ]);
  });
});
