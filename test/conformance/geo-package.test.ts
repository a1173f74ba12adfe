/** GeoPackages of ours, read by GDAL; those of GDAL, read by us. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { geoPackages } from '../../server/geopackage/geo-packages.ts';
import type { GeoPackageLayer, GeoPackageRow } from '../../server/services/geo-packages.ts';

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

/** Looks into boxes by GDAL, then puts an object in, moves one and takes two away. */
const HOLD_INDEX = `
import json, sqlite3, sys
from osgeo import ogr
ogr.UseExceptions()
def asked(text):
    with sqlite3.connect(sys.argv[1]) as database:
        return database.execute(text).fetchone()[0]
checked = "select rtreecheck('rtree_parcels_geom')"
said = {"integrity": asked("pragma integrity_check"), "index": asked(checked), "indexed": asked("select count(*) from rtree_parcels_geom")}
source = ogr.Open(sys.argv[1], 1)
layer = source.GetLayer(0)
said["isUsed"] = bool(layer.TestCapability(ogr.OLCFastSpatialFilter))
places = [(feature.GetFID(), feature.GetGeometryRef().GetX(), feature.GetGeometryRef().GetY()) for feature in layer]
said["wrong"] = []
for step in range(0, 900, 90):
    west, south = 6427000 + step, 5808000 + step
    layer.SetSpatialFilterRect(west, south, west + 60.123, south + 40)
    found = sorted(feature.GetFID() for feature in layer)
    if found != sorted(fid for fid, x, y in places if west <= x <= west + 60.123 and south <= y <= south + 40):
        said["wrong"].append(step)
layer.SetSpatialFilter(None)
feature = ogr.Feature(layer.GetLayerDefn())
feature.SetGeometry(ogr.CreateGeometryFromWkt("POINT (6500000 5900000)"))
layer.CreateFeature(feature)
moved = layer.GetFeature(1)
moved.SetGeometry(ogr.CreateGeometryFromWkt("POINT (6400000 5700000)"))
layer.SetFeature(moved)
layer.DeleteFeature(2)
layer.DeleteFeature(3)
layer.SetSpatialFilterRect(6399999, 5699999, 6400001, 5700001)
found = layer.GetFeatureCount()
layer = source = None
said["afterEdits"] = {"index": asked(checked), "rows": asked("select count(*) from parcels"), "found": found, "counted": asked("select feature_count from gpkg_ogr_contents")}
print(json.dumps(said))`;

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
    writeFileSync(file, await geoPackages.writeSmall([LAYER], new Date('2026-06-30T10:00:00Z')));
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

  it('of ours has an index of rectangles that SQLite holds for right, and that GDAL finds by and keeps right', async () => {
    const file = join(folder, 'indexed.gpkg');
    const rows = Array.from({ length: 4_000 }, (_, index): GeoPackageRow => {
      const [x, y] = [6_427_000.123 + ((index * 7_919) % 1_000), 5_808_000.456 + ((index * 104_729) % 977)];
      return { geometry: { type: 'Point', coordinates: [x, y] }, values: [String(index), 0, index] };
    });
    writeFileSync(file, await geoPackages.writeSmall([{ ...LAYER, rows }], new Date('2026-06-30T10:00:00Z')));
    expect(JSON.parse(run('/usr/bin/python3', '-c', HOLD_INDEX, file))).toEqual({
      ...{ integrity: 'ok', index: 'ok', indexed: 4_000, isUsed: true, wrong: [] },
      afterEdits: { index: 'ok', rows: 3_999, found: 1, counted: 3_999 },
    });
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
