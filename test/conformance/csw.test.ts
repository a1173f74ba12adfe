/** CSW 2.0.2 (07-006r1). The judges are xmllint with the schemas of OGC and ISO, and OWSLib as client. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';
import { schemasByPlace, tool } from './outside-tools.ts';

/** Of schemas.opengis.net, what documents of the catalogue stand on. */
const PARTS = ['csw', 'filter', 'gml', 'iso', 'ows', 'xlink'];
const schemas = (root: string) => `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="http://www.opengis.net/cat/csw/2.0.2" schemaLocation="${root}/csw/2.0.2/CSW-publication.xsd"/>
<xs:import namespace="http://www.isotc211.org/2005/gmx" schemaLocation="${root}/iso/19139/20070417/gmx/gmx.xsd"/>
<xs:import namespace="http://www.isotc211.org/2005/gmd" schemaLocation="${root}/iso/19139/20070417/gmd/gmd.xsd"/>
</xs:schema>`;
const GMD = 'http://www.isotc211.org/2005/gmd';

let service: WholeService;
let folder: string;
beforeAll(async () => {
  service = await startWholeService();
  folder = await mkdtemp(join(tmpdir(), 'blizniak-csw-'));
}, 120_000);
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (query: Readonly<Record<string, string>>) =>
  fetch(`${service.url}/csw?${new URLSearchParams({ service: 'CSW', version: '2.0.2', ...query })}`);
const text = async (query: Readonly<Record<string, string>>) => (await get(query)).text();
const post = (body: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${service.url}/csw`, {
    method: 'POST',
    headers: { 'content-type': 'application/xml', ...headers },
    body,
  });
const records = (query: Readonly<Record<string, string>>) =>
  text({
    request: 'GetRecords',
    typeNames: 'csw:Record',
    resultType: 'results',
    maxRecords: '500',
    ...query,
  });
const identifiers = (document: string) =>
  [...document.matchAll(/<dc:identifier>([^<]*)</g)].map(([, id]) => id);
const transaction = (content: string) =>
  `<csw:Transaction xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:ogc="http://www.opengis.net/ogc" service="CSW" version="2.0.2">${content}</csw:Transaction>`;
const byOwsLib = (script: string) => tool('/usr/bin/python3', ['-c', script, `${service.url}/csw`]);

describe('the catalogue', () => {
  it('finds layers by words, dates and place, in both languages of constraints and in pages that neither lose nor repeat', async () => {
    const all = identifiers(await records({}));
    expect(all).toContain('blizniak:parcels');
    const pages: (string | undefined)[] = [];
    for (let next = 1; next !== 0; ) {
      const page = await records({ maxRecords: '7', startPosition: String(next) });
      pages.push(...identifiers(page));
      next = Number(/nextRecord="(\d+)"/.exec(page)?.[1]);
    }
    expect(pages).toEqual(all);
    const filter =
      '<ogc:Filter xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml"><ogc:And><ogc:PropertyIsLike wildCard="%" singleChar="_" escapeChar="\\" matchCase="false"><ogc:PropertyName>csw:AnyText</ogc:PropertyName><ogc:Literal>%działki%</ogc:Literal></ogc:PropertyIsLike><ogc:BBOX><ogc:PropertyName>ows:BoundingBox</ogc:PropertyName><gml:Envelope><gml:lowerCorner>16.9 52.3</gml:lowerCorner><gml:upperCorner>17 52.5</gml:upperCorner></gml:Envelope></ogc:BBOX></ogc:And></ogc:Filter>';
    const byFilter = identifiers(await records({ constraintLanguage: 'FILTER', constraint: filter }));
    const cql = "AnyText ILIKE '%działki%' AND BBOX(ows:BoundingBox, 16.9, 52.3, 17, 52.5)";
    const byCql = identifiers(await records({ constraintLanguage: 'CQL_TEXT', constraint: cql }));
    expect(byFilter).toEqual(byCql);
    expect(byFilter).toContain('blizniak:parcels');
    expect(byFilter.length).toBeLessThan(all.length);
    const elsewhere = "dc:type = 'dataset' AND BBOX(ows:BoundingBox, 20, 50, 21, 51)";
    expect(identifiers(await records({ constraint: elsewhere }))).toEqual([]);
    const sorted = await records({ sortBy: 'dc:title:D' });
    const titles = [...sorted.matchAll(/<dc:title>([^<]*)</g)].map(([, title]) => title ?? '');
    expect(titles).toEqual(titles.toSorted().reverse());
  });

  it('is read by OWSLib, in its English: operations, records, their boxes and their documents of ISO 19139', async () => {
    const read = JSON.parse(
      await byOwsLib(`
import sys, json
from owslib.csw import CatalogueServiceWeb
from owslib.fes import PropertyIsLike
c = CatalogueServiceWeb(sys.argv[1])
c.getrecords2(constraints=[PropertyIsLike('dc:title', '%uildings%')], esn='full', maxrecords=50)
found = {k: [r.title, r.bbox.minx if r.bbox else None, r.bbox.miny if r.bbox else None] for k, r in c.records.items()}
c.getrecordbyid(id=['blizniak:parcels'], outputschema='${GMD}', esn='full')
iso = c.records['blizniak:parcels']
print(json.dumps(dict(operations=[o.name for o in c.operations], found=found, title=iso.identification[0].title if isinstance(iso.identification, list) else iso.identification.title)))`),
    );
    expect(read.operations).toContain('Transaction');
    expect(Object.keys(read.found)).toContain('blizniak:buildings');
    const [title, ...corner] = read.found['blizniak:buildings'];
    expect(title).toContain('Buildings');
    expect(corner.map((value: string) => Math.floor(Number(value))).toSorted()).toEqual([16, 52]);
    expect(read.title).toBe('Działki ewidencyjne');
  });

  it('takes no change of who is not staff, and says which', async () => {
    const insert = transaction('<csw:Insert><a xmlns="urn:a"/></csw:Insert>');
    const notRecord = await post(insert, service.staff);
    expect(notRecord.status).toBe(400);
    expect(await notRecord.text()).toContain('gmd:MD_Metadata');
    const remove = transaction(
      '<csw:Delete><csw:Constraint version="1.1.0"><ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>dc:identifier</ogc:PropertyName><ogc:Literal>blizniak:parcels</ogc:Literal></ogc:PropertyIsEqualTo></ogc:Filter></csw:Constraint></csw:Delete>',
    );
    const anonymous = await post(remove);
    expect([anonymous.status, anonymous.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('Basic'),
    ]);
    const ofLayer = await post(remove, service.staff);
    expect([ofLayer.status, await ofLayer.text()]).toEqual([400, expect.stringContaining('tells of itself')]);
    expect(identifiers(await records({}))).toContain('blizniak:parcels');
  });

  it.each([
    ['an unknown operation', { request: 'Harvest' }, 400, 'OperationNotSupported'],
    ['another service', { request: 'GetRecords', service: 'WFS' }, 400, 'InvalidParameterValue'],
    ['an unknown schema', { request: 'GetRecords', outputSchema: 'urn:x' }, 400, 'InvalidParameterValue'],
    [
      'an unknown queryable',
      { request: 'GetRecords', constraint: "owner = 'x'" },
      400,
      'InvalidParameterValue',
    ],
    [
      'a broken filter',
      { request: 'GetRecords', constraint: '<a', constraintLanguage: 'FILTER' },
      400,
      'InvalidParameterValue',
    ],
    ['no id', { request: 'GetRecordById' }, 400, 'MissingParameterValue'],
    ['another version', { request: 'GetRecords', version: '3.0.0' }, 400, 'InvalidParameterValue'],
  ])('answers %s by ows:ExceptionReport', async (_, query, status, code) => {
    const reply = await get(query);
    const told = await reply.text();
    expect([reply.status, told]).toEqual([status, expect.stringContaining(`exceptionCode="${code}"`)]);
  });
});

describeWithSharedData('the catalogue by the schemas and with the record of a real plan', () => {
  beforeAll(async () => {
    const root = join(folder, 'ogc');
    await schemasByPlace(root, PARTS);
    await writeFile(join(folder, 'all.xsd'), schemas(root));
  });

  const valid = async (...documents: readonly string[]) => {
    const files = documents.map((_, index) => join(folder, `document-${index}.xml`));
    await Promise.all(files.map((file, index) => writeFile(file, documents[index] ?? '')));
    const catalog = { XML_CATALOG_FILES: sharedData('ogc-schemas', 'catalog.xml') };
    await tool('xmllint', ['--nonet', '--noout', '--schema', join(folder, 'all.xsd'), ...files], catalog);
  };

  it('writes documents that are valid by the schemas of CSW 2.0.2 and ISO 19139', async () => {
    const documents = await Promise.all([
      text({ request: 'GetCapabilities' }),
      text({ request: 'DescribeRecord' }),
      text({ request: 'GetDomain', propertyName: 'dc:type,dc:title' }),
      ...['brief', 'summary', 'full'].map((elementSetName) => records({ elementSetName })),
      records({ outputSchema: GMD, elementSetName: 'full' }),
      text({ request: 'GetRecordById', id: 'blizniak:parcels,blizniak:trees', elementSetName: 'full' }),
    ]);
    for (const document of documents) expect(document).not.toContain('ExceptionReport');
    await valid(...documents);
  }, 240_000);

  it('keeps the record of a plan that is handed in, finds it, replaces it and lets it go', async () => {
    const given = await readFile(sharedData('planning-app', 'test_metadata.xml'), 'utf8');
    const record = given.replace(/^\s*<\?xml[^>]*\?>/, '');
    const id = /<gmd:fileIdentifier>\s*<gco:CharacterString>([^<]*)</.exec(record)?.[1] ?? '';
    const inserted = await post(transaction(`<csw:Insert>${record}</csw:Insert>`), service.staff);
    const answer = await inserted.text();
    expect([inserted.status, answer]).toEqual([200, expect.stringContaining('<csw:totalInserted>1<')]);
    await valid(answer);
    const again = await post(transaction(`<csw:Insert>${record}</csw:Insert>`), service.staff);
    expect([again.status, await again.text()]).toEqual([409, expect.stringContaining('send Update')]);
    const found = await records({ constraint: "dc:title ILIKE '%mazowieckiego%'", elementSetName: 'full' });
    expect(identifiers(found)).toEqual([id]);
    const iso = await text({ request: 'GetRecordById', id, outputSchema: GMD });
    expect(iso).toContain('Departament Cyfryzacji, Geodezji i Kartografii');
    const changed = record.replaceAll('województwa mazowieckiego', 'województwa wielkopolskiego');
    const updated = await post(transaction(`<csw:Update>${changed}</csw:Update>`), service.staff);
    expect(await updated.text()).toContain('<csw:totalUpdated>1<');
    expect(identifiers(await records({ constraint: "dc:title ILIKE '%wielkopolskiego%'" }))).toEqual([id]);
    const remove = `<csw:Delete><csw:Constraint version="1.1.0"><csw:CqlText>dc:identifier = '${id}'</csw:CqlText></csw:Constraint></csw:Delete>`;
    expect(await (await post(transaction(remove), service.staff)).text()).toContain('<csw:totalDeleted>1<');
    expect(identifiers(await records({ constraint: `dc:identifier = '${id}'` }))).toEqual([]);
  }, 240_000);
});
