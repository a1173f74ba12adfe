/** Links between pages show one state of a layer, whatever is inserted, changed and deleted while somebody reads. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import { childOf, childrenOf, childText, gmlIdOf } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/reader.ts';
import { SAMPLE_ORIGIN, sampleFeatures } from '../support/sample-city.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const TREES = 31;
const idOf = (index: number) => `T${String(index).padStart(3, '0')}`;
const tree = (index: number): Feature => ({
  layer: 'trees',
  id: idOf(index),
  geometry: { type: 'Point', coordinates: [E + index, N + 5] },
  properties: { species: `S${index % 4}`, form: 'broadleaved', height_m: index },
});
/** Id and height of each tree. */
type Row = readonly [string, number];
const FIRST_STATE: readonly Row[] = Array.from({ length: TREES }, (_, i): Row => [idOf(i), i]);
const inOrder = (rows: readonly Row[]): readonly Row[] =>
  rows.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

let city: StoredCity;
beforeEach(async () => {
  city = await storedCity([...sampleFeatures(1), ...FIRST_STATE.map((_, i) => tree(i))]);
}, 60_000);
afterEach(() => city.close());

interface Page {
  readonly rows: readonly Row[];
  readonly matched: string;
  readonly next: string | undefined;
  readonly previous: string | undefined;
}

async function wfsPage(address: string): Promise<Page> {
  const root = parseXml(await (await fetch(address)).text());
  expect(root.local).toBe('FeatureCollection');
  const trees = childrenOf(root, 'member').flatMap(({ children }) => children);
  return {
    rows: trees.map((each) => [
      (gmlIdOf(each) ?? '').replace('trees-', ''),
      Number(childText(each, 'height_m')),
    ]),
    matched: root.attributes['numberMatched'] ?? '',
    next: root.attributes['next'],
    previous: root.attributes['previous'],
  };
}

async function apiPage(address: string): Promise<Page> {
  const page = (await (await fetch(address)).json()) as {
    features: { id: string; properties: { height_m: number } }[];
    numberMatched: number;
    links: { rel: string; href: string }[];
  };
  const link = (wanted: string) => page.links.find(({ rel }) => rel === wanted)?.href;
  return {
    rows: page.features.map(({ id, properties }) => [id, properties.height_m]),
    matched: String(page.numberMatched),
    next: link('next'),
    previous: link('prev'),
  };
}

/** One tree more, one changed and one less, each before and behind the reader. */
async function write(round: number): Promise<void> {
  const rid = (index: number) => `<fes:Filter><fes:ResourceId rid="trees-${idOf(index)}"/></fes:Filter>`;
  const height = (value: number) =>
    `<wfs:Property><wfs:ValueReference>height_m</wfs:ValueReference><wfs:Value>${value}</wfs:Value></wfs:Property>`;
  const inserted = ['A', 'T0095', 'Z'].map(
    (start) =>
      `<bl:trees gml:id="x${start}${round}"><bl:species>S0</bl:species><bl:form>broadleaved</bl:form><bl:height_m>${round}</bl:height_m><bl:geom><gml:Point gml:id="p${start}" srsName="urn:ogc:def:crs:EPSG::2177"><gml:pos>${N} ${E}</gml:pos></gml:Point></bl:geom></bl:trees>`,
  );
  const reply = await fetch(`${city.url}/wfs`, {
    method: 'POST',
    headers: { 'content-type': 'application/xml', authorization: 'anna' },
    body: `<wfs:Transaction service="WFS" version="2.0.0" xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:bl="https://blizniak.pl/ns/1.0"><wfs:Insert>${inserted.join('')}</wfs:Insert>${[
      1, 29,
    ]
      .map((index) => `<wfs:Update typeName="bl:trees">${height(100 - round)}${rid(index)}</wfs:Update>`)
      .join('')}${[3 + round, 28 - round]
      .map((index) => `<wfs:Delete typeName="bl:trees">${rid(index)}</wfs:Delete>`)
      .join('')}</wfs:Transaction>`,
  });
  expect(reply.status, await reply.clone().text()).toBe(200);
}

/** Reads to the end while others write, and back again. */
async function readWhileWritten(address: string, pageOf: (address: string) => Promise<Page>) {
  const pages = [await pageOf(address)];
  for (let round = 0; pages.at(-1)?.next; round++) {
    if (round < 4) await write(round);
    pages.push(await pageOf(pages.at(-1)?.next ?? ''));
  }
  const back = [pages.at(-1)];
  while (back.at(-1)?.previous) back.push(await pageOf(back.at(-1)?.previous ?? ''));
  return { pages, back: back.toReversed().flatMap((page) => page?.rows ?? []) };
}

describe('pages of one moment', () => {
  it.each<[string, string, (address: string) => Promise<Page>]>([
    ['WFS by id', '/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=trees&count=7', wfsPage],
    [
      'WFS by height, tallest first',
      '/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=trees&count=7&sortBy=height_m DESC',
      wfsPage,
    ],
    [
      'WFS from a row on',
      '/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=trees&count=7&startIndex=0',
      wfsPage,
    ],
    ['OGC API by id', '/ogc/collections/trees/items?limit=7&f=json', apiPage],
    ['OGC API by height', '/ogc/collections/trees/items?limit=7&sortby=-height_m&f=json', apiPage],
  ])('%s: each row of the first page’s moment once, as it was then', async (_, path, pageOf) => {
    const { pages, back } = await readWhileWritten(`${city.url}${path}`, pageOf);
    const rows = pages.flatMap((page) => page.rows);
    expect(inOrder(rows)).toEqual(FIRST_STATE);
    expect(back).toEqual(rows);
    expect(new Set(pages.map(({ matched }) => matched))).toEqual(new Set([String(TREES)]));
    // Whoever asks anew sees what was written: four times three more and two less.
    const { matched } = await pageOf(`${city.url}${path}`);
    expect(matched).toBe(String(TREES + 4));
  });

  it('are announced as safe under transactions', async () => {
    const capabilities = parseXml(
      await (await fetch(`${city.url}/wfs?service=WFS&request=GetCapabilities`)).text(),
    );
    const safe = childrenOf(childOf(capabilities, 'OperationsMetadata') ?? capabilities, 'Constraint').find(
      ({ attributes }) => attributes['name'] === 'PagingIsTransactionSafe',
    );
    expect(childText(safe, 'DefaultValue')).toBe('TRUE');
  });
});
