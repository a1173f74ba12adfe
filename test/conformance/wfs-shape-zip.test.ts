/** Shapefiles of WFS: GDAL and QGIS read what GeoJSON has. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../support/sample-city.ts';
import { askQgis, HAS_QGIS, QGIS_NOTE } from './outside-qgis.ts';
import { readByGdal, tool } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const PARCELS = 30;
const TREES: readonly Feature[] = ['lipa drobnolistna', 'świerk', 'ż'.repeat(200)].map((species, index) => ({
  ...{ layer: 'trees', id: `Ł${index}`, properties: { species, height_m: 12.25 + index } },
  geometry: { type: 'Point', coordinates: [E + index, N + 0.125] },
}));

let city: StoredCity;
let folder: string;
beforeAll(async () => {
  city = await storedCity([...sampleFeatures(PARCELS), ...TREES]);
  folder = await mkdtemp(join(tmpdir(), 'blizniak-shp-'));
}, 60_000);
afterAll(async () => {
  await city.close();
  await rm(folder, { recursive: true });
});

const ask = (query: string) => fetch(`${city.url}/wfs?service=WFS&request=GetFeature&${query}`);
/** The archive of an answer, as a path of GDAL. */
async function saved(name: string, query: string): Promise<string> {
  const reply = await ask(`version=2.0.0&outputFormat=SHAPE-ZIP&${query}`);
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/zip']);
  const path = join(folder, `${name}.zip`);
  await writeFile(path, Buffer.from(await reply.arrayBuffer()));
  return path;
}
const textIn = (path: string, member: string) => tool('unzip', ['-p', path, member]);

describe('SHAPE-ZIP', () => {
  it('is the objects of GeoJSON to GDAL: areas, faces in space and points, with letters of Polish', async () => {
    for (const [layer, field] of [
      ['parcels', 'LAND_USE'],
      ['buildings_3d', 'BUILDING_I'],
      ['trees', 'SPECIES'],
    ] as const) {
      const path = await saved(layer, `typeNames=${layer}`);
      const { features } = await readByGdal(`/vsizip/${path}`, layer);
      const reply = await ask(`version=2.0.0&typeNames=${layer}&outputFormat=json`);
      const expected = (await reply.json()) as { features: Feature[] };
      const property = { LAND_USE: 'land_use', BUILDING_I: 'building_id', SPECIES: 'species' }[field];
      expect(features.map(({ properties }) => [properties['ID'], properties[field]])).toEqual(
        expected.features.map(({ id, properties }) => [id, inOneField(properties[property])]),
      );
      const numbers = (geometry: unknown) => new Set(JSON.stringify(geometry).match(/[\d.]+/g));
      expect(features.map(({ geometry }) => numbers(geometry.coordinates))).toEqual(
        expected.features.map(({ geometry }) =>
          numbers(geometry && 'coordinates' in geometry ? geometry.coordinates : []),
        ),
      );
      expect(await tool('ogrinfo', ['-al', '-so', `/vsizip/${path}`])).toContain('ID["EPSG",2177]');
      expect(await textIn(path, `${layer}.cpg`)).toBe('UTF-8');
    }
  });

  it('says what the names of its fields were, of which ten letters are left', async () => {
    const note = await textIn(await saved('note', 'typeNames=parcels'), 'parcels.note.txt');
    expect(note).toContain('REGISTERED = registered_area_ha: ');
    const table = await tool('ogrinfo', ['-al', '-so', `/vsizip/${join(folder, 'note.zip')}`, 'parcels']);
    const named = note.split('\r\n').flatMap((line) => /^(\w+) = /.exec(line)?.[1] ?? []);
    expect(named.length).toBeGreaterThan(10);
    for (const field of named) {
      expect(field.length).toBeLessThanOrEqual(10);
      expect(table).toContain(`${field}: `);
    }
  });

  it('has the CRS, the columns, the filter and the page that are asked for, in every version', async () => {
    const path = await saved(
      'some',
      'typeNames=parcels&srsName=urn:ogc:def:crs:EPSG::4326&propertyName=land_use,geom&count=4',
    );
    const { features } = await readByGdal(`/vsizip/${path}`, 'parcels');
    expect(features).toHaveLength(4);
    expect(Object.keys(features[0]?.properties ?? {})).toEqual(['ID', 'LAND_USE']);
    expect(
      features[0]?.geometry.coordinates
        .flat(2)
        .slice(0, 2)
        .map((degrees) => Math.round(Number(degrees))),
    ).toEqual([17, 52]);
    for (const version of ['1.1.0', '1.0.0']) {
      const reply = await ask(`version=${version}&typeName=parcels&maxFeatures=1&outputFormat=shape-zip`);
      expect(reply.headers.get('content-disposition')).toBe('attachment; filename="parcels.zip"');
      await reply.arrayBuffer();
    }
    const two = await ask('version=2.0.0&typeNames=(parcels)(buildings)&outputFormat=SHAPE-ZIP');
    expect([two.status, (await two.text()).includes('locator="typeNames"')]).toEqual([400, true]);
    const none = await saved('none', 'typeNames=parcels&bbox=1,1,2,2,EPSG:2177');
    expect((await readByGdal(`/vsizip/${none}`, 'parcels')).features).toEqual([]);
  });

  it.skipIf(!HAS_QGIS)(`is opened by QGIS${QGIS_NOTE}, with the style of the layer beside it`, async () => {
    const path = await saved('qgis', 'typeNames=trees');
    const answer = await askQgis<Record<string, unknown>>(
      `
layer = QgsVectorLayer('/vsizip/' + sys.argv[1] + '/trees.shp', 'trees', 'ogr')
answer = dict(valid=layer.isValid(), crs=layer.crs().authid(), species=sorted(f['SPECIES'] for f in layer.getFeatures())[:2], y=[f.geometry().asPoint().y() for f in layer.getFeatures()][0])`,
      [path],
    );
    expect(answer).toEqual({
      ...{ valid: true, crs: 'EPSG:2177', y: N + 0.125 },
      species: ['lipa drobnolistna', 'świerk'],
    });
    expect(await textIn(path, 'trees.qml')).toContain('<qgis');
  });
});

/** As dBASE keeps it: at most 254 bytes in a field, the rest in the next. */
const inOneField = (value: unknown) =>
  typeof value === 'string' && Buffer.byteLength(value) > 254 ? 'ż'.repeat(127) : value;
