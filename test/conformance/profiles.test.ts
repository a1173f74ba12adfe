/** EGiB and utility networks under the names of the national integrations: KIEG, its collective WFS, KIUT. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import type { Position, Ring } from '../../core/geo/geometry.ts';
import { decodePicture } from '../support/decoded-picture.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from '../support/sample-city.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';
import { tool } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const { easting, northing } = SAMPLE_ORIGIN;
const SIDE_M = 100;
const MIN: Position = [easting, northing];
const MAX: Position = [easting + SIDE_M, northing + SIDE_M];
const SQUARE: readonly Ring[] = [[MIN, [MAX[0], MIN[1]], MAX, [MIN[0], MAX[1]], MIN]];

const whole = (layer: string, id: string, properties: Feature['properties']): Feature => ({
  ...{ layer, id, properties },
  geometry: { type: 'MultiPolygon', coordinates: [SQUARE] },
});
const line = (id: string, network: string, atM: number): Feature => ({
  ...{ layer: 'utility_lines', id },
  properties: {
    network,
    line_type: `${network}_local`,
    role: 'connection',
    material: 'PE',
    iip_local_id: id,
    operator: 'Firma',
  },
  geometry: {
    type: 'LineString',
    coordinates: [
      [MIN[0], MIN[1] + atM],
      [MAX[0], MIN[1] + atM],
    ],
  },
});

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity([
    ...sampleFeatures(40),
    whole('precincts', '306401_1.0021', { name: 'Stare Miasto', precinct_number: '0021' }),
    whole('cadastral_units', '306401_1', { name: 'Poznań' }),
    line('w-1', 'water', 49.875),
    line('g-1', 'gas', 53.875),
  ]);
});
afterAll(() => city.close());

type Parameters = Readonly<Record<string, string>>;
const MAP = {
  ...{ service: 'WMS', version: '1.3.0', request: 'GetMap', styles: '', crs: 'EPSG:2177' },
  ...{ bbox: `${MIN[1]},${MIN[0]},${MAX[1]},${MAX[0]}`, width: '400', height: '400', format: 'image/png' },
};
const INFO = { request: 'GetFeatureInfo', info_format: 'text/xml', i: '40', j: '358' };
const asked = (path: string, parameters: Parameters, headers: Record<string, string> = {}) =>
  fetch(`${city.url}${path}?${new URLSearchParams(parameters)}`, { headers });
const wms = async (
  profile: string,
  layer: string,
  changes: Parameters = {},
  headers: Record<string, string> = {},
) => asked(`/${profile}/wms`, { ...MAP, layers: layer, query_layers: layer, ...changes }, headers);
const wfs = async (profile: string, changes: Parameters) =>
  (await asked(`/${profile}/wfs`, { service: 'WFS', version: '2.0.0', ...changes })).text();
const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name);
const memberNames = (gml: string) => new Set(namesIn(gml, /<(ms:\w+)[ >]/g));

describe('KIEG by WMS', () => {
  it('has the layers of the specification and leads to its own doors', async () => {
    const text = await (await asked('/kieg/wms', { service: 'WMS', request: 'GetCapabilities' })).text();
    expect(namesIn(text, /<Name>([^<]+)<\/Name>/g)).toEqual(
      expect.arrayContaining([
        'geoportal',
        'dzialki',
        'numery_dzialek',
        'budynki',
        'obreby',
        'jednostki',
        'uzytki',
      ]),
    );
    expect(text).not.toContain('parcels');
    for (const [, link = ''] of text.matchAll(/xlink:href="(http:[^"]+)"/g))
      expect(`${link}/`).toContain('/kieg');
    const legend =
      /xlink:href="([^"]*GetLegendGraphic[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await fetch(legend)).headers.get('content-type')).toBe('image/png');
  });

  it('tells of a parcel by the attributes of the specification', async () => {
    const reply = await wms('kieg', 'dzialki', INFO);
    expect(reply.headers.get('content-type')).toBe('text/xml');
    const text = await reply.text();
    expect(text).toContain('<GETFEATUREINFO>\n<DZIALKI>');
    expect(
      Object.fromEntries(
        [...text.matchAll(/<(\w+)>([^<]+)<\/\w+>/g)].map(([, name, value]) => [name, value]),
      ),
    ).toEqual({
      ...{ ID_DZIALKI: sampleParcelId(0), NUMER_DZIALKI: '1', NUMER_ARKUSZA: 'AR_10' },
      ...{
        NUMER_OBREBU: '0021',
        NUMER_JEDNOSTKI: '306401_1',
        NAZWA_OBREBU: 'Stare Miasto',
        NAZWA_GMINY: 'Poznań',
      },
      ...{ POLE_EWIDENCYJNE: '0.04', KLASOUZYTKI_EGIB: 'B', DATA: '2010-06-01' },
    });
  });

  it('tells staff who holds a parcel, by kind, and nobody else', async () => {
    const own = await (await wms('kieg', 'dzialki', INFO, { authorization: 'anna' })).text();
    expect(own).toMatch(/<GRUPA_REJESTROWA>\d+ - \p{L}/u);
    expect(await (await wms('kieg', 'dzialki', INFO)).text()).not.toContain('GRUPA');
    expect(own).not.toContain('KW');
  });

  it('draws outlines, numbers and all of it by one name', async () => {
    const colours = async (layer: string) =>
      (await decodePicture(await (await wms('kieg', layer)).arrayBuffer())).colours().size;
    expect(await colours('dzialki')).toBeGreaterThan(2);
    expect(await colours('numery_dzialek')).toBeGreaterThan(2);
    expect(await colours('geoportal')).toBeGreaterThan(await colours('dzialki'));
  });

  it('refuses a layer of the city by the code of the standard', async () => {
    expect(await (await wms('kieg', 'parcels')).text()).toContain('code="LayerNotDefined"');
  });
});

describe('EGiB by WFS', () => {
  it('has the feature types of the specification, of which OWSLib reads a parcel', async () => {
    const script = `
import sys
from owslib.wfs import WebFeatureService
wfs = WebFeatureService(sys.argv[1] + '/kieg/wfs', version='2.0.0')
print(sorted(wfs.contents))
print(b'<ms:ID_DZIALKI>306401_1.0021.AR_10.1/4<' in wfs.getfeature(typename=['ms:dzialki'], maxfeatures=5).read())`;
    const read = await tool('/usr/bin/python3', ['-c', script, city.url]);
    expect(read).toContain("'ms:budynki', 'ms:dzialki', 'ms:jednostki'");
    expect(read).toContain('True');
  });

  it('finds by filters on attributes, pages by them, and says what cannot be filtered', async () => {
    const filter = (property: string, value: string) =>
      `<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0"><fes:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!"><fes:ValueReference>${property}</fes:ValueReference><fes:Literal>${value}</fes:Literal></fes:PropertyIsLike></fes:Filter>`;
    const found = await wfs('egib', {
      ...{ request: 'GetFeature', typeNames: 'ms:dzialki', count: '3' },
      ...{
        filter: filter('id_dzialki', '306401_1.0021.*'),
        namespaces: 'xmlns(ms,http://mapserver.gis.umn.edu/mapserver)',
      },
    });
    expect(found).toContain('numberMatched="40" numberReturned="3"');
    expect(namesIn(found, /<ms:(\w+)>/g).slice(0, 3)).toEqual([
      'id_dzialki',
      'numer_dzialki',
      'numer_arkusza',
    ]);
    const next = /next="([^"]+)"/.exec(found)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(next).toContain('/egib/wfs');
    expect(await (await fetch(next)).text()).toContain('numberReturned="3"');
    const refused = await wfs('egib', {
      ...{ request: 'GetFeature', typeNames: 'ms:dzialki', filter: filter('nazwa_obrebu', 'Stare*') },
    });
    expect(refused).toContain('nazwa_obrebu is made from other data');
  });

  it('sorts, counts and gives values by its own names', async () => {
    const sorted = await wfs('kieg', {
      request: 'GetFeature',
      typeNames: 'dzialki',
      sortBy: 'NUMER_DZIALKI DESC',
      count: '1',
    });
    expect(sorted).toContain('<ms:NUMER_DZIALKI>9</ms:NUMER_DZIALKI>');
    const values = await wfs('kieg', {
      ...{ request: 'GetPropertyValue', typeNames: 'dzialki', valueReference: 'NAZWA_OBREBU', count: '2' },
    });
    expect(namesIn(values, /<ms:NAZWA_OBREBU>([^<]+)</g)).toEqual(['Stare Miasto', 'Stare Miasto']);
    expect(await wfs('kieg', { request: 'GetFeature', typeNames: 'dzialki', resultType: 'hits' })).toContain(
      'numberMatched="40"',
    );
  });
});

it('is read under these names, and not written', async () => {
  const body = `<wfs:Transaction service="WFS" version="2.0.0" xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0"><wfs:Delete typeName="dzialki"><fes:Filter><fes:ResourceId rid="dzialki.1"/></fes:Filter></wfs:Delete></wfs:Transaction>`;
  const headers = { 'content-type': 'text/xml', authorization: 'anna' };
  const reply = await fetch(`${city.url}/kieg/wfs`, { method: 'POST', headers, body });
  expect(await reply.text()).toContain('edit them at /wfs');
  const lock = await fetch(
    `${city.url}/kieg/wfs?service=WFS&version=2.0.0&request=LockFeature&typeNames=dzialki`,
    { headers },
  );
  expect(await lock.text()).toContain('edit them at /wfs');
});

describeWithSharedData('EGiB by WFS beside recorded answers of counties', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'blizniak-egib-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(['epodgik/gml_basic_building.xml', 'geoportal/gml_building_2180_crs.xml'])(
    'names a building as %s does',
    async (file) => {
      const recorded = await readFile(sharedData('egib-wfs', file), 'utf8');
      const ours = await wfs('kieg', { request: 'GetFeature', typeNames: 'ms:budynki' });
      const geometry = new Set(['ms:msGeometry']);
      const missing = [...memberNames(recorded)].filter(
        (name = '') => !geometry.has(name) && !memberNames(ours).has(name),
      );
      expect(missing).toEqual([]);
      expect(recorded).toContain(/xmlns:ms="[^"]+"/.exec(ours)?.[0]);
    },
  );

  it('is valid by its own schema', async () => {
    for (const types of ['ms:dzialki', 'ms:budynki']) {
      await writeFile(
        join(folder, 'types.xsd'),
        await wfs('kieg', { request: 'DescribeFeatureType', typeNames: types }),
      );
      const collection = await wfs('kieg', { request: 'GetFeature', typeNames: types, count: '1' });
      const [declarations = ''] = /xmlns:wfs.*?(?= timeStamp)/s.exec(collection) ?? [];
      const [member = ''] = /<ms:(?:dzialki|budynki) .*<\/ms:(?:dzialki|budynki)>/s.exec(collection) ?? [];
      await writeFile(join(folder, 'member.xml'), member.replace(' gml:id', ` ${declarations} gml:id`));
      const catalog = { XML_CATALOG_FILES: sharedData('ogc-schemas', 'catalog.xml') };
      const how = ['--nonet', '--noout', '--schema', join(folder, 'types.xsd'), join(folder, 'member.xml')];
      await tool('xmllint', how, catalog);
    }
  });
});

describe('KIUT', () => {
  it('draws each network in the colour of the state’s pictures and no other network with it', async () => {
    const water = await decodePicture(await (await wms('kiut', 'przewod_wodociagowy')).arrayBuffer());
    expect(water.at(200, 200).slice(0, 3)).toEqual([0x20, 0x20, 0xa0]);
    expect(water.at(200, 184)).toEqual([255, 255, 255, 255]);
    const gas = await decodePicture(await (await wms('kiut', 'gesut')).arrayBuffer());
    expect(gas.at(200, 184).slice(0, 3)).toEqual([0xdc, 0xdc, 0x32]);
  });

  it('tells attributes, where the state’s service says a fixed sentence, and never whose the line is', async () => {
    const text = await (await wms('kiut', 'gesut', { ...INFO, i: '200', j: '200' })).text();
    expect(text).toContain('<PRZEWOD_WODOCIAGOWY>');
    expect(text).toContain('<MATERIAL>PE</MATERIAL>');
    expect(text).not.toContain('Firma');
    expect(await (await wms('kiut', 'przewod_gazowy', { ...INFO, i: '200', j: '200' })).text()).not.toContain(
      'PE',
    );
  });

  it('gives one network by WFS', async () => {
    const gas = await wfs('kiut', { request: 'GetFeature', typeNames: 'ms:przewod_gazowy' });
    expect(gas).toContain('numberMatched="1"');
    expect(gas).toContain('<ms:ID_IIP>g-1</ms:ID_IIP>');
  });
});
