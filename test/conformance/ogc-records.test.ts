/** OGC API – Records Part 1 (20-004r1), with OWSLib as client over the demo district. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWholeService, type WholeService } from '../support/whole-service.ts';
import { tool } from './outside-tools.ts';

let service: WholeService;
beforeAll(async () => {
  service = await startWholeService();
}, 120_000);
afterAll(() => service.close());

describe('the catalogue for machines', () => {
  it('is found and searched by OWSLib, which reads the same datasets as CSW tells', async () => {
    const script = `
import sys, json
from owslib.ogcapi.records import Records
api = Records(sys.argv[1] + '/ogc/')
found = api.collection_items('datasets', q='działki', limit=100)
print(json.dumps({
  'catalogues': api.records(),
  'matched': found['numberMatched'],
  'ids': [each['id'] for each in found['features']],
  'title': api.collection_item('datasets', 'blizniak:parcels')['properties']['title'],
  'all': api.collection_items('datasets', limit=1)['numberMatched'],
}))`;
    const told = JSON.parse(await tool('/usr/bin/python3', ['-c', script, service.url]));
    const csw = await fetch(
      `${service.url}/csw?service=CSW&version=2.0.2&request=GetRecords&typeNames=csw:Record&resultType=hits`,
    );
    const matched = Number(/numberOfRecordsMatched="(\d+)"/.exec(await csw.text())?.[1]);
    expect(told).toMatchObject({ catalogues: ['datasets'], title: 'Działki ewidencyjne', all: matched });
    expect(told.ids).toContain('blizniak:parcels');
    expect(told.matched).toBe(told.ids.length);
  });

  it('is linked from the landing page and declared, and its links lead to data', async () => {
    interface Document {
      readonly links: readonly { readonly rel: string; readonly href: string }[];
      readonly conformsTo: readonly string[];
    }
    const read = async (path: string) =>
      (await fetch(new URL(path, service.url))).json() as Promise<Document>;
    const landing = await read('/ogc?f=json');
    expect(landing.links.map(({ rel }) => rel)).toContain(
      'http://www.opengis.net/def/rel/ogc/1.0/ogc-catalog',
    );
    const { conformsTo } = await read('/ogc/conformance?f=json');
    expect(conformsTo).toContain('http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core');
    const record = await read('/ogc/collections/datasets/items/blizniak:parcels');
    for (const { href } of record.links) {
      expect([href, (await fetch(href)).status]).toEqual([href, 200]);
    }
  });
});
