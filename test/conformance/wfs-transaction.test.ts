/** WFS 2.0 Transaction. Cases that ets-wfs20 has bear its names; the judge of documents is xmllint with OGC's schemas. */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import { reproject } from '../../core/geo/crs.ts';
import { positionsOf } from '../../core/geo/geometry.ts';
import { childOf, childrenOf, descendantsOf } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/reader.ts';
import { sql } from '../../server/store/sql.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../support/sample-city.ts';
import { sharedData } from '../support/shared-data.ts';
import { type XmlJudge, xmlJudge } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const tree = (id: string, dx: number): Feature => ({
  layer: 'trees',
  id,
  geometry: { type: 'Point', coordinates: [E + dx, N + 5] },
  properties: { species: 'lipa', height_m: 12.5, form: 'broadleaved', last_inspection: '2024-05-01' },
});

let city: StoredCity;
let judge: XmlJudge | undefined;
beforeAll(async () => {
  city = await storedCity([...sampleFeatures(6), ...[1, 2, 3, 4, 5, 6].map((n) => tree(`T${n}`, n * 10))]);
  if (existsSync(sharedData('ogc-schemas'))) judge = await xmlJudge(await get('request=DescribeFeatureType'));
}, 60_000);
afterAll(async () => {
  await judge?.close();
  await city.close();
});

const get = async (query: string): Promise<string> =>
  (await fetch(`${city.url}/wfs?service=WFS&version=2.0.0&${query}`)).text();
const body = (inside: string) =>
  `<wfs:Transaction service="WFS" version="2.0.0" xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:kml="http://www.opengis.net/kml/2.2" xmlns:bl="https://blizniak.pl/ns/1.0">${inside}</wfs:Transaction>`;

/** Posts a transaction as anna of the staff; the answer is held to the schemas. */
async function transact(inside: string, who = 'anna') {
  const reply = await fetch(`${city.url}/wfs`, {
    method: 'POST',
    headers: { 'content-type': 'application/xml', authorization: who },
    body: body(inside),
  });
  const text = await reply.text();
  expect(await judge?.faults(text)).toBe(judge && '');
  const root = parseXml(text);
  const exception = childOf(root, 'Exception');
  return {
    status: reply.status,
    text,
    totals: (childOf(root, 'TransactionSummary')?.children ?? []).map((total) => Number(total.text)),
    rids: [...descendantsOf(root)].flatMap(({ attributes }) => attributes['rid'] ?? []),
    code: exception?.attributes['exceptionCode'],
    locator: exception?.attributes['locator'],
    message: exception ? childrenOf(exception, 'ExceptionText')[0]?.text : undefined,
  };
}

const rid = (...ids: readonly string[]) =>
  `<fes:Filter>${ids.map((id) => `<fes:ResourceId rid="trees-${id}"/>`).join('')}</fes:Filter>`;
const point = (dx: number, dy = 5) =>
  `<bl:geom><gml:Point gml:id="p" srsName="urn:ogc:def:crs:EPSG::2177"><gml:pos>${N + dy} ${E + dx}</gml:pos></gml:Point></bl:geom>`;
const insert = (id: string, dx: number, more = '') =>
  `<wfs:Insert><bl:trees gml:id="new"><bl:id>${id}</bl:id>${more}${point(dx)}</bl:trees></wfs:Insert>`;
const update = (id: string, property: string, value: string, attributes = '') =>
  `<wfs:Update typeName="bl:trees" ${attributes}><wfs:Property><wfs:ValueReference>${property}</wfs:ValueReference>${value}</wfs:Property>${rid(id)}</wfs:Update>`;
const value = (text: string) => `<wfs:Value>${text}</wfs:Value>`;
const treeNow = async (id: string) => {
  const reply = await fetch(`${city.url}/ogc/collections/trees/items/${id}?f=json`);
  return reply.status === 200 ? ((await reply.json()) as { properties: Record<string, unknown> }) : undefined;
};

describe('Transaction (ets-wfs20)', () => {
  it('TransactionCapabilitiesTests.capabilitiesDescribesTransactionalWFS', async () => {
    const root = parseXml(await get('request=GetCapabilities'));
    const metadata = childOf(root, 'OperationsMetadata');
    const named = (name: string) => metadata?.children.find(({ attributes }) => attributes['name'] === name);
    expect(childOf(named('ImplementsTransactionalWFS'), 'DefaultValue')?.text).toBe('TRUE');
    const doors = [...descendantsOf(named('Transaction') ?? root)].map(({ local }) => local);
    expect([doors.includes('Post'), doors.includes('Get')]).toEqual([true, false]);
  });

  it('InsertTests.insertSupportedFeature', async () => {
    const { totals, rids } = await transact(insert('N1', 70, '<bl:species>dąb &amp; „lipa”</bl:species>'));
    expect([totals, rids]).toEqual([[1, 0, 0, 0], ['trees-N1']]);
    expect((await treeNow('N1'))?.properties['species']).toBe('dąb & „lipa”');
  });

  it('gives an object without an identifier one that answers to GetFeatureById', async () => {
    const { rids } = await transact(
      `<wfs:Insert handle="a"><bl:trees>${point(71)}</bl:trees><bl:trees>${point(72)}</bl:trees></wfs:Insert>`,
    );
    expect(new Set(rids).size).toBe(2);
    for (const one of rids) {
      expect(
        await get(`request=GetFeature&storedQuery_id=urn:ogc:def:query:OGC-WFS::GetFeatureById&id=${one}`),
      ).toContain(`gml:id="${one}"`);
    }
  });

  it.each([
    [
      'InsertTests.insertInvalidFeature',
      `<wfs:Insert handle="x"><bl:dragons>${point(1)}</bl:dragons></wfs:Insert>`,
    ],
    [
      'Update.updateBoundedByWithKMLPoint',
      update(
        'T1',
        'gml:boundedBy',
        value('<kml:Point><kml:coordinates>1,2</kml:coordinates></kml:Point>'),
        'handle="x"',
      ),
    ],
    [
      'a geometry that is none of GML',
      update(
        'T1',
        'bl:geom',
        value('<kml:Point><kml:coordinates>1,2</kml:coordinates></kml:Point>'),
        'handle="x"',
      ),
    ],
    ['a value of another type', update('T1', 'height_m', value('tall'), 'handle="x"')],
    ['a code that its list does not have', update('T1', 'form', value('cactus'), 'handle="x"')],
    ['a property that the type does not have', update('T1', 'colour', value('red'), 'handle="x"')],
    ['no geometry', '<wfs:Insert handle="x"><bl:trees><bl:species>lipa</bl:species></bl:trees></wfs:Insert>'],
    ['elements where a text belongs', update('T1', 'species', value('<bl:a/>'), 'handle="x"')],
    [
      'an unknown CRS',
      `<wfs:Insert handle="x" srsName="EPSG:99999"><bl:trees><bl:geom><gml:Point><gml:pos>1 2</gml:pos></gml:Point></bl:geom></bl:trees></wfs:Insert>`,
    ],
  ])('refuses as InvalidValue and names the action (%s)', async (_, action) => {
    const answer = await transact(`${insert('NEVER', 1)}${action}`);
    expect([answer.status, answer.code, answer.locator]).toEqual([400, 'InvalidValue', 'x']);
    expect(await treeNow('NEVER')).toBeUndefined();
  });

  it.each([
    ['a ring that crosses itself', '0 0 10 10 10 0 0 10 0 0'],
    ['a ring that is open', '0 0 10 0 10 10 0 10'],
  ])(
    'refuses %s as OperationProcessingFailed, says where, and keeps nothing of the rest',
    async (_, ring) => {
      const numbers = ring
        .split(' ')
        .map((text, index) => Number(text) + (index % 2 === 0 ? N : E))
        .join(' ');
      const answer = await transact(
        `${insert('NEVER', 1)}<wfs:Insert handle="crooked"><bl:green_areas><bl:geom><gml:Polygon srsName="urn:ogc:def:crs:EPSG::2177"><gml:exterior><gml:LinearRing><gml:posList>${numbers}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></bl:geom></bl:green_areas></wfs:Insert>`,
      );
      expect([answer.status, answer.code, answer.locator]).toEqual([
        403,
        'OperationProcessingFailed',
        'crooked',
      ]);
      expect(answer.message).toMatch(/Line 1: geom: .*ring is not closed|Self-intersection at/);
      expect(await treeNow('NEVER')).toBeUndefined();
    },
  );

  it('Update.updateSimplePropertyValue', async () => {
    const { totals, rids } = await transact(update('T1', 'bl:species', value('klon')));
    expect([totals, rids]).toEqual([[0, 1, 0, 0], ['trees-T1']]);
    const { species, height_m } = (await treeNow('T1'))?.properties ?? {};
    expect([species, height_m]).toEqual(['klon', 12.5]);
  });

  it('refuses gml:name of a type that keeps none, and says so', async () => {
    const answer = await transact(update('T1', 'gml:name', value('x')));
    expect([answer.code, answer.locator]).toEqual(['InvalidValue', 'gml:name']);
  });

  it('takes a value away by leaving it out, by nil and by the action remove', async () => {
    const remove =
      '<wfs:Update typeName="bl:trees"><wfs:Property><wfs:ValueReference action="remove">bl:form</wfs:ValueReference></wfs:Property>' +
      `<wfs:Property><wfs:ValueReference>bl:height_m</wfs:ValueReference></wfs:Property>${rid('T2')}</wfs:Update>`;
    expect((await transact(remove)).totals).toEqual([0, 1, 0, 0]);
    const { form, height_m, species } = (await treeNow('T2'))?.properties ?? {};
    expect([form, height_m, species]).toEqual([null, null, 'lipa']);
  });

  it('moves an object in the CRS that the request names, by the order of its axes', async () => {
    const moved = `<gml:Point srsName="EPSG:2177"><gml:pos>${E + 33} ${N + 44}</gml:pos></gml:Point>`;
    await transact(update('T2', 'bl:geom', value(moved)));
    const found = await get('request=GetFeature&resourceId=trees-T2&outputFormat=json');
    expect(JSON.parse(found).features[0].geometry.coordinates).toEqual([E + 33, N + 44]);
  });

  it('ReplaceTests.replaceFeature', async () => {
    const replace = `<wfs:Replace handle="r"><bl:trees gml:id="trees-T3"><bl:id>T3</bl:id><bl:form>shrub</bl:form>${point(31)}</bl:trees>${rid('T3')}</wfs:Replace>`;
    const { totals, rids, text } = await transact(replace);
    expect([totals, rids]).toEqual([[0, 0, 1, 0], ['trees-T3']]);
    expect(text).toContain('ReplaceResults');
    const { form, species } = (await treeNow('T3'))?.properties ?? {};
    expect([form, species]).toEqual(['shrub', null]);
  });

  it('DeleteTests.deleteFeature', async () => {
    const { totals } = await transact(`<wfs:Delete typeName="bl:trees">${rid('T4')}</wfs:Delete>`);
    expect(totals).toEqual([0, 0, 0, 1]);
    expect(await treeNow('T4')).toBeUndefined();
    const reply = await fetch(
      `${city.url}/wfs?service=WFS&version=2.0.0&request=GetFeature&storedQuery_id=urn:ogc:def:query:OGC-WFS::GetFeatureById&id=trees-T4`,
    );
    expect(reply.status).toBe(404);
  });

  it('goes through its actions in their order, each seeing those before it', async () => {
    const where =
      '<fes:Filter><fes:PropertyIsEqualTo><fes:ValueReference>species</fes:ValueReference><fes:Literal>świerk</fes:Literal></fes:PropertyIsEqualTo></fes:Filter>';
    const { totals } = await transact(
      insert('O1', 80, '<bl:species>świerk</bl:species>') +
        insert('O2', 81, '<bl:species>świerk</bl:species>') +
        `<wfs:Update typeName="bl:trees"><wfs:Property><wfs:ValueReference>height_m</wfs:ValueReference>${value('7')}</wfs:Property>${where}</wfs:Update>` +
        `<wfs:Delete typeName="bl:trees">${rid('O1')}</wfs:Delete>` +
        `<wfs:Update typeName="bl:trees"><wfs:Property><wfs:ValueReference>form</wfs:ValueReference>${value('coniferous')}</wfs:Property>${where}</wfs:Update>`,
    );
    expect(totals).toEqual([2, 3, 0, 1]);
    expect(await treeNow('O1')).toBeUndefined();
    expect((await treeNow('O2'))?.properties).toMatchObject({ height_m: 7, form: 'coniferous' });
  });

  it('overwrites nothing: what was is there at its moment, and who changed it is written down', async () => {
    const before = new Date().toISOString();
    await transact(update('T5', 'species', value('grab')), 'bartek');
    await transact(`<wfs:Delete typeName="bl:trees">${rid('T5')}</wfs:Delete>`);
    const then = await fetch(`${city.url}/at/${before}/ogc/collections/trees/items/T5?f=json`);
    expect(JSON.parse(await then.text()).properties.species).toBe('lipa');
    const versions = await city.pool.read<{ species: string; who: string | null; is_current: boolean }>(
      sql`select species, valid_to is null as is_current, who from city.tree
        left join twin.feature_edit on version = dataset_version where id = 'T5' order by row_id`,
    );
    expect(versions).toEqual([
      { species: 'lipa', is_current: false, who: null },
      { species: 'grab', is_current: false, who: 'bartek' },
    ]);
    const [last] = await city.pool.read(
      sql`select who, door, layers, deleted from twin.feature_edit order by version desc limit 1`,
    );
    expect(last).toEqual({ who: 'anna', door: 'wfs', layers: ['trees'], deleted: 1 });
  });

  it.each([
    ['nobody', '', 401],
    ['somebody who is not staff', 'guest', 403],
  ])('takes nothing from %s', async (_, who, status) => {
    const answer = await transact(insert('NEVER', 1), who);
    expect([answer.status, answer.code]).toEqual([status, 'OperationProcessingFailed']);
    expect(await treeNow('NEVER')).toBeUndefined();
  });

  it.each([
    [
      'a layer that is kept elsewhere',
      `<wfs:Delete typeName="bl:parcels"><fes:Filter><fes:ResourceId rid="parcels-1"/></fes:Filter></wfs:Delete>`,
      403,
      'OperationProcessingFailed',
      'parcels',
    ],
    ['an identifier that is taken', insert('T6', 1), 403, 'OperationProcessingFailed', 'id'],
    ['a change of the identifier', update('T6', 'id', value('T7')), 403, 'OperationProcessingFailed', 'id'],
    [
      'to delete without a filter',
      '<wfs:Delete typeName="bl:trees"/>',
      400,
      'MissingParameterValue',
      'Filter',
    ],
    ['an action that nobody knows', '<wfs:Upsert/>', 400, 'OperationParsingFailed', 'Upsert'],
    [
      'a foreign action that may not be ignored',
      '<wfs:Native vendorId="acme" safeToIgnore="false"/>',
      400,
      'InvalidParameterValue',
      'vendorId',
    ],
    [
      'a second value',
      update('T6', 'species', value('x')).replace(
        '<wfs:ValueReference>',
        '<wfs:ValueReference action="insertAfter">',
      ),
      400,
      'InvalidParameterValue',
      'action',
    ],
    [
      'a format that it does not read',
      insert('NEVER', 1).replace('<wfs:Insert>', '<wfs:Insert inputFormat="application/json">'),
      400,
      'InvalidParameterValue',
      'inputFormat',
    ],
  ])('refuses %s', async (_, action, status, code, locator) => {
    const answer = await transact(action);
    expect([answer.status, answer.code, answer.locator]).toEqual([status, code, locator]);
  });

  it('leaves a foreign action out that may be ignored', async () => {
    const { totals } = await transact(
      '<wfs:Native vendorId="acme" safeToIgnore="true">ALTER SESSION</wfs:Native>',
    );
    expect(totals).toEqual([0, 0, 0, 0]);
  });

  it('says how to post what comes as key-value pairs', async () => {
    expect(await get('request=Transaction')).toContain('OptionNotSupported');
  });

  it('shows at every door at once, and changes only the tiles that it touches', async () => {
    const [[lon, lat] = [0, 0]] = [
      ...positionsOf(reproject({ type: 'Point', coordinates: [E + 60, N + 5] }, 2177, 4326)),
    ];
    const turn = (lat * Math.PI) / 180;
    const x = Math.floor(((lon + 180) / 360) * 2 ** 18);
    const y = Math.floor(((1 - Math.asinh(Math.tan(turn)) / Math.PI) / 2) * 2 ** 18);
    const tags = async (): Promise<readonly (string | null)[]> => {
      const replies = [x, x + 20].map((column) =>
        fetch(`${city.url}/tiles/vector/trees/18/${column}/${y}.mvt`),
      );
      const map = `${city.url}/wms?service=WMS&version=1.1.1&request=GetMap&layers=trees&styles=&srs=EPSG:2177&bbox=${E},${N},${E + 100},${N + 100}&width=100&height=100&format=image/png`;
      return (await Promise.all([...replies, fetch(map)])).map(({ headers }) => headers.get('etag'));
    };
    const [near, far, picture] = await tags();
    await transact(update('T6', 'species', value('jesion')));
    const [nearNow, farNow, pictureNow] = await tags();
    expect([near === nearNow, far === farNow, picture === pictureNow]).toEqual([false, true, false]);
    expect((await treeNow('T6'))?.properties['species']).toBe('jesion');
  });
});
