/**
 * WMS 1.3.0: assertions of OGC's own suite (ets-wms13) about the capabilities and what is asked by them, each under its
 * name. Those about pictures and their exceptions are in ../wms.test.ts, those about time in ../wms-time.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childOf, childrenOf, descendantsOf, hrefOf, type XmlElement } from '../../../core/xml/element.ts';
import { parseXml } from '../../../core/xml/reader.ts';
import { decodePicture } from '../../support/decoded-picture.ts';
import { SAMPLE_ORIGIN } from '../../support/sample-city.ts';
import { type StoredCity, storedCity } from '../stored-city.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;

let city: StoredCity;
let root: XmlElement;
beforeAll(async () => {
  city = await storedCity(57);
  root = parseXml(await (await ask({ request: 'GetCapabilities', version: '1.3.0' })).text());
});
afterAll(() => city.close());

type Parameters = Readonly<Record<string, string>>;
const ask = (parameters: Parameters) =>
  fetch(`${city.url}/wms?${new URLSearchParams({ service: 'WMS', ...parameters })}`);
const MAP: Parameters = {
  ...{ version: '1.3.0', request: 'GetMap', layers: 'parcels,buildings', styles: '' },
  ...{ crs: 'EPSG:2177', bbox: `${N},${E},${N + 100},${E + 100}` },
  ...{ width: '100', height: '100', format: 'image/png' },
};
const INFO: Parameters = {
  ...{ ...MAP, request: 'GetFeatureInfo', query_layers: 'parcels', i: '10', j: '89' },
  info_format: 'text/plain',
};
async function draws(changes: Parameters) {
  const reply = await ask({ ...MAP, ...changes });
  expect([changes, reply.headers.get('content-type')]).toEqual([changes, changes['format'] ?? 'image/png']);
  return decodePicture(await reply.arrayBuffer());
}
async function answers(changes: Parameters): Promise<string> {
  const reply = await ask({ ...INFO, ...changes });
  const isOf = reply.headers.get('content-type')?.split(';')[0];
  expect([changes, reply.status, isOf]).toEqual([changes, 200, changes['info_format'] ?? 'text/plain']);
  return reply.text();
}
async function refusal(changes: Parameters) {
  const reply = await ask({ ...INFO, ...changes });
  const exception = childOf(parseXml(await reply.text()), 'ServiceException');
  return [reply.headers.get('content-type'), exception?.attributes['code']];
}

/** A layer with all that it inherits. */
interface Found {
  readonly layer: XmlElement;
  readonly name: string | undefined;
  readonly above: readonly XmlElement[];
}
function layersUnder(layer: XmlElement, above: readonly XmlElement[]): readonly Found[] {
  const name = childOf(layer, 'Name')?.text;
  return [
    { layer, name, above },
    ...childrenOf(layer, 'Layer').flatMap((each) => layersUnder(each, [layer, ...above])),
  ];
}
const capability = () => childOf(root, 'Capability') ?? root;
const rootLayer = () => childOf(capability(), 'Layer') ?? root;
const layers = () => layersUnder(rootLayer(), []);
const named = () => layers().filter(({ name }) => name !== undefined);
/** Children of a name of the layer and of all above it. */
const inherited = ({ layer, above }: Found, local: string) =>
  [layer, ...above].flatMap((each) => childrenOf(each, local));
const all = (local: string) => [...descendantsOf(root)].filter((each) => each.local === local);
const addressOf = (element: XmlElement) => {
  const online = childOf(element, 'OnlineResource');
  return (online && hrefOf(online)) ?? '';
};
const formatsOf = (operation: string) =>
  childrenOf([...descendantsOf(capability())].find(({ local }) => local === operation) ?? root, 'Format').map(
    ({ text }) => text,
  );
const typeOf = async (address: string) => (await fetch(address)).headers.get('content-type')?.split(';')[0];
const formatsAreKept = async (local: string) => {
  const kept: (readonly [string, string | undefined])[] = [];
  const addresses = new Map(all(local).map((each) => [addressOf(each), childOf(each, 'Format')?.text]));
  // Each address is of the same door with another layer: a few of them say it of all.
  for (const [address, format] of [...addresses].slice(0, 6)) {
    expect([address, await typeOf(address)]).toEqual([address, format?.split(';')[0]]);
    kept.push([address, format]);
  }
  return kept;
};
const GEOGRAPHIC: ReadonlySet<string | undefined> = new Set(['EPSG:4326', 'EPSG:4258']);
const boxOf = (box: XmlElement) =>
  ['minx', 'miny', 'maxx', 'maxy'].map((name) => Number(box.attributes[name]));
const wholeBox = (found: Found, crs: string) =>
  inherited(found, 'BoundingBox').find(({ attributes }) => attributes['CRS'] === crs);
const NAMES = 'parcels,buildings,trees';

const CASES: Readonly<Record<string, () => Promise<void>>> = {
  'basic:gif-or-png': async () => {
    expect(formatsOf('GetMap')).toContain('image/png');
  },
  'basic_elements:escaped-chars': async () => {
    const plain = await (await ask(MAP)).text();
    const query = `SERVICE=%57MS&VERSION=1%2E3%2E0&REQUEST=Get%4dap&LAYERS=parcels%2cbuildings&STYLES=&CRS=EPSG%3A2177&BBOX=${MAP['bbox']?.replaceAll(',', '%2C')}&WIDTH=100&HEIGHT=100&FORMAT=image%2Fpng`;
    expect(await (await fetch(`${city.url}/wms?${query}`)).text()).toBe(plain);
  },
  'basic_elements:escaped-space': async () => {
    const answer = (format: string) =>
      fetch(
        `${city.url}/wms?service=WMS&request=GetCapabilities&version=1.3.0&format=${format}&vendor=a+b%20c`,
      );
    expect((await answer('text/xml')).status).toBe(200);
    const report = await (await ask({ ...MAP, layers: 'x' })).text();
    const spaced = await (
      await fetch(`${city.url}/wms?${new URLSearchParams({ service: 'WMS', ...MAP, layers: 'no such' })}`)
    ).text();
    expect(report).toContain('LayerNotDefined');
    expect(spaced).toContain('no such');
  },

  'getcapabilities:each-format': async () => {
    for (const format of formatsOf('GetCapabilities')) {
      const reply = await ask({ request: 'GetCapabilities', version: '1.3.0', format });
      expect([format, reply.headers.get('content-type')]).toEqual([format, format]);
    }
  },
  'getcapabilities:capability-onlineresource': async () => {
    for (const get of all('Get')) expect(addressOf(get)).toMatch(/^http.*[?&]$/);
  },
  'getcapabilities:capability-xml-getcapabilities-format': async () => {
    expect(formatsOf('GetCapabilities')).toContain('text/xml');
  },
  'getcapabilities:capability-xml-exception-format': async () => {
    expect(childrenOf(childOf(capability(), 'Exception') ?? root, 'Format')[0]?.text).toBe('XML');
  },
  'getcapabilities:resource-format': async () => {
    await formatsAreKept('LegendURL');
  },
  'getcapabilities:resource-size': async () => {
    for (const legend of all('LegendURL').slice(0, 8)) {
      const drawn = await decodePicture(await (await fetch(addressOf(legend))).arrayBuffer());
      expect([`${drawn.widthPx}`, `${drawn.heightPx}`]).toEqual([
        legend.attributes['width'],
        legend.attributes['height'],
      ]);
    }
  },
  'getcapabilities:bbox-crs-advertised': async () => {
    for (const found of layers()) {
      const known = new Set(inherited(found, 'CRS').map(({ text }) => text));
      for (const { attributes } of childrenOf(found.layer, 'BoundingBox')) {
        expect([found.name, attributes['CRS'], known.has(attributes['CRS'] ?? '')]).toEqual([
          found.name,
          attributes['CRS'],
          true,
        ]);
      }
    }
  },
  'getcapabilities:bbox-present': async () => {
    for (const found of named())
      expect([found.name, inherited(found, 'BoundingBox').length > 0]).toEqual([found.name, true]);
  },
  'getcapabilities:bbox-distinct-crs': async () => {
    for (const { name, layer } of layers()) {
      const told = childrenOf(layer, 'BoundingBox').map(({ attributes }) => attributes['CRS']);
      expect([name, new Set(told).size]).toEqual([name, told.length]);
    }
  },
  'getcapabilities:crs-auto2-declarations': async () => {
    for (const { text } of all('CRS')) expect(text).not.toMatch(/^AUTO2:\d+,/);
  },
  'getcapabilities:crs-present': async () => {
    for (const found of named())
      expect([found.name, inherited(found, 'CRS').length > 0]).toEqual([found.name, true]);
  },
  'getcapabilities:crs-for-all-layers': async () => {
    const common = new Set(childrenOf(rootLayer(), 'CRS').map(({ text }) => text));
    const lists = named().map((found) => new Set(inherited(found, 'CRS').map(({ text }) => text)));
    const everywhere = [...(lists[0] ?? [])].filter((crs) => lists.every((list) => list.has(crs)));
    expect([...common].sort()).toEqual(everywhere.sort());
  },
  'getcapabilities:ex_geobbox-present': async () => {
    for (const found of named()) {
      expect([found.name, inherited(found, 'EX_GeographicBoundingBox').length > 0]).toEqual([
        found.name,
        true,
      ]);
    }
  },
  'getcapabilities:ex_geobbox-coordinates': async () => {
    for (const box of all('EX_GeographicBoundingBox')) {
      const [west, east, south, north] = box.children.map(({ text }) => Number(text)) as [
        number,
        number,
        number,
        number,
      ];
      expect([west < east, south < north]).toEqual([true, true]);
    }
  },
  'getcapabilities:layer-extents': async () => {
    for (const { layer } of layers()) {
      for (const box of childrenOf(layer, 'BoundingBox')) {
        const [minx = 0, miny = 0, maxx = 0, maxy = 0] = boxOf(box);
        expect([maxx > minx, maxy > miny]).toEqual([true, true]);
        // Latitude first in the CRS of degrees that put it so.
        if (GEOGRAPHIC.has(box.attributes['CRS'])) expect([minx > 48, miny < 25]).toEqual([true, true]);
        if (box.attributes['CRS'] === 'CRS:84') expect([minx < 25, miny > 48]).toEqual([true, true]);
      }
    }
  },
  'getcapabilities:authorityurl-unique': async () => {
    for (const found of layers()) {
      const own = childrenOf(found.layer, 'AuthorityURL').map(({ attributes }) => attributes['name']);
      const above = found.above.flatMap((each) =>
        childrenOf(each, 'AuthorityURL').map(({ attributes }) => attributes['name']),
      );
      expect(own.filter((name) => above.includes(name))).toEqual([]);
    }
  },
  'getcapabilities:identifier-matches-authorityurl': async () => {
    for (const found of layers()) {
      const known = inherited(found, 'AuthorityURL').map(({ attributes }) => attributes['name']);
      for (const { attributes } of childrenOf(found.layer, 'Identifier'))
        expect(known).toContain(attributes['authority']);
    }
  },
  'getcapabilities:metadataurls': async () => {
    expect(await formatsAreKept('MetadataURL')).toHaveLength(6);
    const [first] = all('MetadataURL');
    const record = await (await fetch(first ? addressOf(first) : '')).text();
    expect([first?.attributes['type'], record.includes('<gmd:MD_Metadata')]).toEqual(['ISO19115:2003', true]);
  },
  'getcapabilities:dataurls': async () => {
    await formatsAreKept('DataURL');
  },
  'getcapabilities:featurelisturls': async () => {
    await formatsAreKept('FeatureListURL');
  },
  'getcapabilities:style-unique': async () => {
    const nameOf = (style: XmlElement) => childOf(style, 'Name')?.text;
    for (const { layer, above, name } of layers()) {
      const own = childrenOf(layer, 'Style').map(nameOf);
      const others = above.flatMap((each) => childrenOf(each, 'Style').map(nameOf));
      expect([name, own.filter((each) => others.includes(each))]).toEqual([name, []]);
    }
  },
  'getcapabilities:style-legendurls': async () => {
    expect((await formatsAreKept('LegendURL')).length).toBeGreaterThan(0);
  },
  'getcapabilities:style-stylesheeturls': async () => {
    await formatsAreKept('StyleSheetURL');
  },
  'getcapabilities:style-styleurls': async () => {
    await formatsAreKept('StyleURL');
  },
  'getcapabilities:dims-time': async () => {
    const times = all('Dimension').filter(({ attributes }) => attributes['name'] === 'time');
    expect(times.length).toBeGreaterThan(0);
    for (const { attributes } of times) expect(attributes['units']).toBe('ISO8601');
  },
  'getcapabilities:dims-no-redeclarations': async () => {
    for (const found of layers()) {
      const units = new Map<string, string | undefined>();
      for (const { attributes } of inherited(found, 'Dimension')) {
        const name = attributes['name'] ?? '';
        expect(units.get(name) ?? attributes['units']).toBe(attributes['units']);
        units.set(name, attributes['units']);
      }
    }
  },

  'getfeatureinfo:exceptions-default': async () => {
    expect(await refusal({ query_layers: 'nobody' })).toEqual(['text/xml', 'LayerNotDefined']);
  },
  'getfeatureinfo:exceptions-xml': async () => {
    expect(await refusal({ query_layers: 'nobody', exceptions: 'XML' })).toEqual([
      'text/xml',
      'LayerNotDefined',
    ]);
  },
  'getfeatureinfo:two-query_layers': async () => {
    expect(await answers({ query_layers: 'parcels,buildings' })).toContain('306401_1.0021');
  },
  'getfeatureinfo:three-query_layers': async () => {
    expect(await answers({ layers: NAMES, query_layers: NAMES })).toContain('306401_1.0021');
  },
  'getfeatureinfo:less-query_layers': async () => {
    expect(await answers({ layers: NAMES, query_layers: 'parcels' })).toContain('306401_1.0021');
  },
  'getfeatureinfo:query_layers-not-queryable': async () => {
    const dumb = named().filter(({ layer }) => layer.attributes['queryable'] !== '1');
    for (const { name = '' } of dumb) {
      expect([name, await refusal({ layers: name, query_layers: name })]).toEqual([
        name,
        ['text/xml', 'LayerNotQueryable'],
      ]);
    }
  },
  'getfeatureinfo:each-queryable-layer': async () => {
    for (const { name = '', layer } of named()) {
      if (layer.attributes['queryable'] === '1') await answers({ layers: name, query_layers: name });
    }
  },
  'queryable:getfeatureinfo-supported': async () => {
    expect(formatsOf('GetFeatureInfo').length).toBeGreaterThan(0);
  },
  'queryable:feature_count-default': async () => {
    expect((await answers({})).length).toBe((await answers({ feature_count: '1' })).length);
  },
  'queryable:feature_count-1': async () => {
    // The middle of the pixel is the corner of four parcels.
    const bbox = `${N - 0.5},${E - 0.5},${N + 99.5},${E + 99.5}`;
    const corner = { bbox, i: '20', j: '79', info_format: 'application/json' };
    const count = async (feature_count: string) =>
      JSON.parse(await answers({ ...corner, feature_count })).features.length;
    expect([await count('1'), await count('2')]).toEqual([1, 2]);
  },

  'getmap:bbox-direct': async () => {
    const found = named().find(({ name }) => name === 'parcels');
    const box = found && wholeBox({ ...found, above: [] }, 'EPSG:2177');
    expect((await draws({ layers: 'parcels', bbox: box ? boxOf(box).join() : '' })).widthPx).toBe(100);
  },
  'getmap:crs-direct': async () => {
    for (const { name = '', layer } of named().slice(0, 3)) {
      for (const { text } of childrenOf(layer, 'CRS'))
        await draws({ layers: name, crs: text, bbox: '0,0,1,1' });
    }
  },
  'getmap:crs-inherited': async () => {
    const found = named().find(({ name }) => name === 'parcels');
    for (const { text } of (found?.above ?? []).flatMap((each) => childrenOf(each, 'CRS'))) {
      await draws({ layers: 'parcels', crs: text, bbox: '0,0,1,1' });
    }
  },
  'getmap:each-layer-crs-combination, each-crs': async () => {
    for (const found of named().filter(({ layer }) => childrenOf(layer, 'Layer').length === 0)) {
      for (const { attributes } of inherited(found, 'BoundingBox').slice(0, 12)) {
        const box = wholeBox(found, attributes['CRS'] ?? '');
        const drawn = await draws({
          ...{ layers: found.name ?? '', crs: attributes['CRS'] ?? '', bbox: box ? boxOf(box).join() : '' },
          ...{ width: '8', height: '8' },
        });
        expect(drawn.widthPx).toBe(8);
      }
    }
  },
  'getmap:two-layers': async () => {
    expect((await draws({ layers: 'parcels,buildings' })).colours().size).toBeGreaterThan(2);
  },
  'getmap:three-layers': async () => {
    expect((await draws({ layers: NAMES })).colours().size).toBeGreaterThan(2);
  },
  'getmap:styles-direct': async () => {
    for (const { name = '', layer } of named()) {
      const style = childOf(childOf(layer, 'Style'), 'Name')?.text;
      if (style !== undefined) await draws({ layers: name, styles: style });
    }
  },
  'getmap:three-styles': async () => {
    const styles = NAMES.split(',').map((name) => {
      const found = named().find((each) => each.name === name);
      return childOf(found && inherited(found, 'Style')[0], 'Name')?.text ?? '';
    });
    await draws({ layers: NAMES, styles: styles.join() });
  },
  'getmap:each-style': async () => {
    for (const found of named()) {
      for (const style of inherited(found, 'Style')) {
        await draws({
          layers: found.name ?? '',
          styles: childOf(style, 'Name')?.text ?? '',
          width: '8',
          height: '8',
        });
      }
    }
  },

  'recommendations:service-keywords': async () => {
    expect(
      childrenOf(childOf(childOf(root, 'Service'), 'KeywordList') ?? root, 'Keyword').length,
    ).toBeGreaterThan(0);
  },
  'recommendations:service-contact-info': async () => {
    expect(childOf(childOf(root, 'Service'), 'ContactInformation')).toBeDefined();
  },
  'recommendations:png-getmap-format': async () => {
    expect(formatsOf('GetMap')).toContain('image/png');
  },
  'recommendations:layer-abstracts': async () => {
    for (const { layer, name } of layers())
      expect([name, childOf(layer, 'Abstract')?.text !== undefined]).toEqual([name, true]);
  },
  'recommendations:layer-keywordlists': async () => {
    for (const { layer, name } of layers())
      expect([name, childOf(layer, 'KeywordList') !== undefined]).toEqual([name, true]);
  },
  'recommendations:layer-crs': async () => {
    for (const found of layers()) expect(inherited(found, 'CRS').map(({ text }) => text)).toContain('CRS:84');
  },
  'recommendations:dims-no-whitespace': async () => {
    for (const { attributes } of all('Dimension')) expect(attributes['name']).toMatch(/^\S+$/);
  },
  'recommendations:dims-defaults': async () => {
    for (const { attributes } of all('Dimension')) expect(attributes['default']).toBeTruthy();
  },
};

describe('ets-wms13', () => {
  it.each(Object.keys(CASES))('%s', async (id) => {
    await CASES[id]?.();
  });
});
