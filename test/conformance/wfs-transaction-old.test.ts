/** Transactions of WFS 1.1 and 1.0, which clients send to servers of 2.0 too. Cases of ets-wfs11 bear its names. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import { childOf, descendantsOf } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/reader.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../support/sample-city.ts';
import { describeWithSharedData } from '../support/shared-data.ts';
import { oldXmlJudge, type XmlJudge } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const WFS = 'http://www.opengis.net/wfs';
const tree = (id: string): Feature => ({
  layer: 'trees',
  id,
  geometry: { type: 'Point', coordinates: [E + 5, N + 5] },
  properties: { species: 'lipa', height_m: 12.5, form: 'broadleaved' },
});

describeWithSharedData('Transaction', () => {
  let city: StoredCity;
  let judges: Readonly<Record<string, XmlJudge>>;
  beforeAll(async () => {
    city = await storedCity([...sampleFeatures(2), ...['T1', 'T2', 'T3', 'T4', 'T5', 'T6'].map(tree)]);
    judges = {
      '1.1.0': await oldXmlJudge({
        [WFS]: 'wfs/1.1.0/wfs.xsd',
        'http://www.opengis.net/ows': 'ows/1.0.0/owsAll.xsd',
      }),
      '1.0.0': await oldXmlJudge({ [WFS]: 'wfs/1.0.0/WFS-transaction.xsd' }),
      'fault of 1.0.0': await oldXmlJudge({ 'http://www.opengis.net/ogc': 'wfs/1.0.0/OGC-exception.xsd' }),
    };
  }, 60_000);
  afterAll(async () => {
    for (const judge of Object.values(judges)) await judge.close();
    await city.close();
  });

  async function transact(version: string, inside: string, who = 'anna') {
    const reply = await fetch(`${city.url}/wfs`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', authorization: who },
      body: `<wfs:Transaction service="WFS" version="${version}" xmlns:wfs="${WFS}" xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml" xmlns:bl="https://blizniak.pl/ns/1.0">${inside}</wfs:Transaction>`,
    });
    const text = await reply.text();
    const form = version === '1.0.0' && !reply.ok ? 'fault of 1.0.0' : version;
    expect(await judges[form]?.faults(text)).toBe('');
    const root = parseXml(text);
    const exception = childOf(root, 'Exception') ?? childOf(root, 'ServiceException');
    return {
      status: reply.status,
      totals: (childOf(root, 'TransactionSummary')?.children ?? []).map((total) => Number(total.text)),
      fids: [...descendantsOf(root)].flatMap(({ attributes }) => attributes['fid'] ?? []),
      isDone: [...descendantsOf(root)].some(({ local }) => local === 'SUCCESS'),
      code: exception?.attributes['exceptionCode'] ?? exception?.attributes['code'],
      locator: exception?.attributes['locator'],
    };
  }
  const featureId = (id: string) => `<ogc:Filter><ogc:FeatureId fid="trees-${id}"/></ogc:Filter>`;
  const update = (id: string, name: string, value: string, more = '') =>
    `<wfs:Update typeName="bl:trees" ${more}><wfs:Property><wfs:Name>${name}</wfs:Name>${value}</wfs:Property>${featureId(id)}</wfs:Update>`;
  const point = (numbers: string, srsName = 'urn:ogc:def:crs:EPSG::2177') =>
    `<bl:geom><gml:Point srsName="${srsName}"><gml:pos>${numbers}</gml:pos></gml:Point></bl:geom>`;
  const insert = (id: string, attributes = '') =>
    `<wfs:Insert ${attributes}><bl:trees gml:id="trees-${id}">${point(`${N + 1} ${E + 1}`)}</bl:trees></wfs:Insert>`;
  const treeNow = async (id: string) => {
    const reply = await fetch(
      `${city.url}/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=trees&resourceId=trees-${id}&outputFormat=json`,
    );
    return JSON.parse(await reply.text()).features[0];
  };

  it('wfs-1.1.0-Transaction-tc1.1, idgen-generate-new: lists the identifiers that it made', async () => {
    const { totals, fids } = await transact('1.1.0', insert('G1') + insert('G1', 'idgen="GenerateNew"'));
    expect(totals).toEqual([2, 0, 0]);
    expect(new Set(fids).size).toBe(2);
    expect(fids).not.toContain('trees-G1');
  });

  it('idgen-use-existing, idgen-use-existing-update: keeps a free identifier and refuses one that is taken', async () => {
    expect((await transact('1.1.0', insert('G2', 'idgen="UseExisting"'))).fids).toEqual(['trees-G2']);
    expect((await treeNow('G2')).id).toBe('G2');
    const taken = await transact('1.1.0', insert('G2', 'idgen="UseExisting"'));
    expect([taken.status, taken.code, taken.locator]).toEqual([403, 'OperationProcessingFailed', 'id']);
  });

  it('tc2.1, tc2.2: takes srsName of the whole, and refuses one that it does not know', async () => {
    const bare = `<bl:trees gml:id="trees-G3"><bl:geom><gml:Point><gml:pos>${E + 2} ${N + 3}</gml:pos></gml:Point></bl:geom></bl:trees>`;
    await transact('1.1.0', `<wfs:Insert idgen="UseExisting" srsName="EPSG:2177">${bare}</wfs:Insert>`);
    expect((await treeNow('G3')).geometry.coordinates).toEqual([E + 2, N + 3]);
    const unknown = await transact('1.1.0', `<wfs:Insert handle="h" srsName="EPSG:9">${bare}</wfs:Insert>`);
    expect([unknown.status, unknown.code, unknown.locator]).toEqual([400, 'InvalidValue', 'h']);
  });

  it('tc4.1, tc5.1, tc8.1, tc13.1: goes in order, and tells how many it changed and deleted', async () => {
    const all =
      '<ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>bl:species</ogc:PropertyName><ogc:Literal>sosna</ogc:Literal></ogc:PropertyIsEqualTo></ogc:Filter>';
    const { totals } = await transact(
      '1.1.0',
      update('T1', 'bl:species', '<wfs:Value>sosna</wfs:Value>') +
        update('T2', 'bl:species', '<wfs:Value>sosna</wfs:Value>') +
        `<wfs:Update typeName="bl:trees"><wfs:Property><wfs:Name>bl:form</wfs:Name><wfs:Value>coniferous</wfs:Value></wfs:Property><wfs:Property><wfs:Name>height_m</wfs:Name><wfs:Value>9</wfs:Value></wfs:Property>${all}</wfs:Update>` +
        `<wfs:Delete typeName="bl:trees">${featureId('T2')}</wfs:Delete>`,
    );
    expect(totals).toEqual([0, 4, 1]);
    expect((await treeNow('T1')).properties).toMatchObject({
      species: 'sosna',
      form: 'coniferous',
      height_m: 9,
    });
    expect(await treeNow('T2')).toBeUndefined();
  });

  it('tc11.1: takes a value away where none is given', async () => {
    await transact('1.1.0', update('T3', 'bl:species', ''));
    expect((await treeNow('T3')).properties.species).toBeNull();
  });

  it.each([
    ['tc6.1', '<wfs:Native vendorId="acme" safeToIgnore="false"/>', 400, 'InvalidParameterValue', 'vendorId'],
    ['tc9.1', update('T3', 'bl:geom', '', 'handle="h"'), 400, 'InvalidValue', 'h'],
    [
      'tc10.1',
      update('T3', 'bl:height_m', '<wfs:Value>tall</wfs:Value>', 'handle="h"'),
      400,
      'InvalidValue',
      'h',
    ],
    ['tc12.1', '<wfs:Delete typeName="bl:trees"/>', 400, 'MissingParameterValue', 'Filter'],
  ])('%s: refuses', async (_, action, status, code, locator) => {
    for (const version of ['1.1.0', '1.0.0']) {
      const answer = await transact(version, action);
      expect([answer.status, answer.code, answer.locator]).toEqual([status, code, locator]);
    }
  });

  it('reads WFS 1.0 as QGIS sends it: coordinates easting first beside a URN', async () => {
    const place = `<wfs:Value><gml:Point srsName="urn:ogc:def:crs:EPSG::2177"><gml:coordinates cs="," ts=" ">${E + 6.5},${N + 7.25}</gml:coordinates></gml:Point></wfs:Value>`;
    expect((await transact('1.0.0', update('T4', 'bl:geom', place))).isDone).toBe(true);
    expect((await treeNow('T4')).geometry.coordinates).toEqual([E + 6.5, N + 7.25]);
    const box = `<ogc:Filter><ogc:BBOX><ogc:PropertyName>bl:geom</ogc:PropertyName><gml:Box srsName="EPSG:2177"><gml:coordinates>${E + 6},${N + 7} ${E + 7},${N + 8}</gml:coordinates></gml:Box></ogc:BBOX></ogc:Filter>`;
    expect((await transact('1.0.0', `<wfs:Delete typeName="bl:trees">${box}</wfs:Delete>`)).isDone).toBe(
      true,
    );
    expect(await treeNow('T4')).toBeUndefined();
    const inserted = await transact(
      '1.0.0',
      `<wfs:Insert handle="h"><bl:trees><bl:id>Q1</bl:id>${point(`${E + 1} ${N + 1}`)}</bl:trees></wfs:Insert>`,
    );
    expect([inserted.fids, inserted.isDone]).toEqual([['trees-Q1'], true]);
  });

  it.each(['1.1.0', '1.0.0'])('asks for an account in the form of %s', async (version) => {
    const { status, code } = await transact(version, insert('N'), '');
    expect([status, code]).toEqual([401, 'OperationProcessingFailed']);
  });
});
