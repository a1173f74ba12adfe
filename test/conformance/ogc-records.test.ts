/** OGC API – Records Part 1 (20-004r1) and DCAT-AP, with OWSLib and RDFLib as readers over the demo district. */
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
  'queryables': sorted(api.collection_queryables('datasets')['properties']),
  'filtered': [each['id'] for each in api.collection_items('datasets', filter="title = 'Działki ewidencyjne'")['features']],
  'all': api.collection_items('datasets', limit=1)['numberMatched'],
}))`;
    const told = JSON.parse(await tool('/usr/bin/python3', ['-c', script, service.url]));
    const csw = await fetch(
      `${service.url}/csw?service=CSW&version=2.0.2&request=GetRecords&typeNames=csw:Record&resultType=hits`,
    );
    const matched = Number(/numberOfRecordsMatched="(\d+)"/.exec(await csw.text())?.[1]);
    expect(told).toMatchObject({ catalogues: ['datasets'], title: 'Działki ewidencyjne', all: matched });
    expect(told.ids).toContain('blizniak:parcels');
    expect(told.filtered).toEqual(['blizniak:parcels']);
    expect(told.queryables).toContain('updated');
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
    expect(conformsTo).toContain('http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/filtering');
    expect(conformsTo).toContain('http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/html');
    const page = await fetch(`${service.url}/ogc/collections/datasets/items/blizniak:parcels?f=html`);
    expect(await page.text()).toContain('<h1>Działki ewidencyjne</h1>');
    const record = await read('/ogc/collections/datasets/items/blizniak:parcels');
    for (const { href } of record.links) {
      expect([href, (await fetch(href)).status]).toEqual([href, 200]);
    }
  });

  it('is the same graph of DCAT in JSON-LD and in Turtle to RDFLib, whole and with ways that answer', async () => {
    const script = `
import sys, json, urllib.request
from rdflib import Graph, Namespace, RDF
from rdflib.compare import isomorphic
def read(accept, form):
    asked = urllib.request.Request(sys.argv[1] + '/dcat', headers={'Accept': accept})
    return Graph().parse(data=urllib.request.urlopen(asked).read().decode(), format=form)
jsonld, turtle = read('application/ld+json', 'json-ld'), read('text/turtle', 'turtle')
DCAT, DCT = Namespace('http://www.w3.org/ns/dcat#'), Namespace('http://purl.org/dc/terms/')
datasets = set(turtle.subjects(RDF.type, DCAT.Dataset))
lacking = [str(each) for each in datasets for want in (DCT.title, DCT.description, DCT.publisher, DCAT.contactPoint,
  DCT.accrualPeriodicity, DCT.modified, DCAT.distribution, DCT.accessRights) if (each, want, None) not in turtle]
listed = set(turtle.objects(None, DCAT.dataset))
parcels = next(each for each in datasets if 'blizniak%3Aparcels' in str(each))
ways = [str(turtle.value(each, DCAT.accessURL)) for each in turtle.objects(parcels, DCAT.distribution)]
terms = all((each, DCT.license, None) in turtle for each in turtle.objects(parcels, DCAT.distribution))
print(json.dumps({'same': isomorphic(jsonld, turtle), 'datasets': len(datasets), 'listed': listed == datasets,
  'lacking': lacking, 'ways': ways, 'terms': terms}))`;
    const told = JSON.parse(await tool('/usr/bin/python3', ['-c', script, service.url]));
    const items = await fetch(`${service.url}/ogc/collections/datasets/items?limit=1`);
    const { numberMatched } = (await items.json()) as { numberMatched: number };
    expect(told).toMatchObject({ same: true, listed: true, datasets: numberMatched, terms: true });
    // Layers that are empty in the district were never changed.
    expect(told.lacking.filter((each: string) => each.includes('parcels'))).toEqual([]);
    expect(told.ways).toHaveLength(3);
    for (const href of told.ways) {
      const reply = await fetch(href);
      await reply.body?.cancel();
      expect([href, reply.status]).toEqual([href, 200]);
    }
    expect((await fetch(`${service.url}/dcat?f=html`)).status).toBe(400);
  });
});
