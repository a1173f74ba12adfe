/** updateSequence in the capabilities of WMS (ets-wms13), WFS (1.0.0 to 2.0) and WMTS, over a city that is edited. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childOf, descendantsOf } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/reader.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../support/sample-city.ts';
import { describeWithSharedData } from '../support/shared-data.ts';
import { oldXmlJudge, type XmlJudge, xmlJudge } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity([
    ...sampleFeatures(2),
    { layer: 'trees', id: 'T1', geometry: { type: 'Point', coordinates: [E, N] }, properties: {} },
  ]);
}, 60_000);
afterAll(() => city.close());

const DOORS = {
  'WMS 1.3.0': 'wms?service=WMS&version=1.3.0',
  'WMS 1.1.1': 'wms?service=WMS&version=1.1.1',
  'WFS 2.0.0': 'wfs?service=WFS&version=2.0.0',
  'WFS 1.1.0': 'wfs?service=WFS&version=1.1.0',
  WMTS: 'wmts?service=WMTS&version=1.0.0',
} as const;
type Door = keyof typeof DOORS;
const capabilities = async (door: Door, updateSequence?: number | string) => {
  const more = updateSequence === undefined ? '' : `&UpdateSequence=${updateSequence}`;
  return (await fetch(`${city.url}/${DOORS[door]}&request=GetCapabilities${more}`)).text();
};
const rootOf = (text: string) => parseXml(text.replace(/<!DOCTYPE[^>]*>/, ''));
const told = async (door: Door) => Number(rootOf(await capabilities(door)).attributes['updateSequence']);
const codeOf = (text: string) =>
  [...descendantsOf(rootOf(text))].flatMap(
    ({ attributes }) => attributes['exceptionCode'] ?? attributes['code'] ?? [],
  )[0];
async function growTree(heightM: number): Promise<void> {
  const reply = await fetch(`${city.url}/wfs`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', authorization: 'anna' },
    body: `<wfs:Transaction service="WFS" version="2.0.0" xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0"><wfs:Update typeName="trees"><wfs:Property><wfs:ValueReference>height_m</wfs:ValueReference><wfs:Value>${heightM}</wfs:Value></wfs:Property><fes:Filter><fes:ResourceId rid="trees-T1"/></fes:Filter></wfs:Update></wfs:Transaction>`,
  });
  expect(reply.status).toBe(200);
}

describe('updateSequence as ets-wms13 asks for it', () => {
  it.each(['WMS 1.3.0', 'WMS 1.1.1'] as const)(
    'of %s tells what is new (getcapabilities:updatesequence-current, updatesequence-lower, updatesequence-higher)',
    async (door) => {
      const now = await told(door);
      expect(now).toBeGreaterThan(0);
      expect(codeOf(await capabilities(door, now))).toBe('CurrentUpdateSequence');
      expect(rootOf(await capabilities(door, now - 1)).attributes['updateSequence']).toBe(String(now));
      expect(codeOf(await capabilities(door, now + 1))).toBe('InvalidUpdateSequence');
      expect(codeOf(await capabilities(door, 'tomorrow'))).toBe('InvalidUpdateSequence');
    },
  );

  it.each(['WFS 2.0.0', 'WFS 1.1.0', 'WMTS'] as const)(
    'Server.KVP.GET.GetCapabilities.Request.UpdateSequence: %s says no more than the number where nothing is new',
    async (door) => {
      const now = await told(door);
      const root = parseXml(await capabilities(door, now));
      // The schema of WFS 1.1 wants the last part always.
      const parts = door === 'WFS 1.1.0' ? ['Filter_Capabilities'] : [];
      expect(root.children.map(({ local }) => local)).toEqual(parts);
      expect(root.attributes['updateSequence']).toBe(String(now));
      expect(parseXml(await capabilities(door, now - 1)).children.length).toBeGreaterThan(2);
      expect(codeOf(await capabilities(door, now + 1))).toBe('InvalidUpdateSequence');
    },
  );
});

it('rises at every door with an edit, in all languages, and not by itself', async () => {
  const doors = Object.keys(DOORS) as Door[];
  const before = await Promise.all(doors.map(told));
  expect(await Promise.all(doors.map(told))).toEqual(before);
  await growTree(7);
  const after = await Promise.all(doors.map(told));
  expect(after.map((number, index) => number > (before[index] ?? Infinity))).toEqual(doors.map(() => true));
  expect(await Promise.all(doors.map((door) => capabilities(door, before[0])))).not.toContain('Exception');
  const english = `${city.url}/${DOORS.WMTS}&request=GetCapabilities&language=en`;
  expect(parseXml(await (await fetch(english)).text()).attributes['updateSequence']).toBe(String(after[4]));
});

it('is taken from a posted request too, and told by WFS 1.0.0', async () => {
  const now = await told('WFS 2.0.0');
  const reply = await fetch(`${city.url}/wfs`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: `<wfs:GetCapabilities service="WFS" updateSequence="${now}" xmlns:wfs="http://www.opengis.net/wfs/2.0"/>`,
  });
  expect(parseXml(await reply.text()).children).toEqual([]);
  const oldest = await fetch(`${city.url}/wfs?service=WFS&version=1.0.0&request=GetCapabilities`);
  const root = parseXml(await oldest.text());
  expect([root.attributes['updateSequence'], childOf(root, 'Service')?.local]).toEqual([
    String(now),
    'Service',
  ]);
});

describeWithSharedData('what says that nothing is new is valid against the schemas of OGC', () => {
  let judges: Readonly<Partial<Record<Door, XmlJudge>>>;
  beforeAll(async () => {
    const types = await fetch(`${city.url}/wfs?service=WFS&version=2.0.0&request=DescribeFeatureType`);
    judges = {
      'WFS 2.0.0': await xmlJudge(await types.text()),
      'WFS 1.1.0': await oldXmlJudge({ 'http://www.opengis.net/wfs': 'wfs/1.1.0/wfs.xsd' }),
    };
  });
  afterAll(async () => {
    for (const judge of Object.values(judges)) await judge.close();
  });

  it.each(['WFS 2.0.0', 'WFS 1.1.0'] as const)('%s', async (door) => {
    expect(await judges[door]?.faults(await capabilities(door, await told(door)))).toBe('');
  });
});
