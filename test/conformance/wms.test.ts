/**
 * WMS 1.3.0 and 1.1.1. The names of cases are those of the assertions of OGC's own suite (ets-wms13); the judges are
 * xmllint with the schemas of OGC, OWSLib, GDAL and PROJ.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PARCELS } from '../../core/catalogue/parcels.ts';
import { LAYER_LIMIT, MAX_SIDE_PX } from '../../server/protocols/wms/map-request.ts';
import { type DecodedPicture, decodePicture } from '../support/decoded-picture.ts';
import { SAMPLE_LAYERS, SAMPLE_ORIGIN } from '../support/sample-city.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';
import { projected, tool } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const { easting, northing } = SAMPLE_ORIGIN;
/** The first 5 × 5 parcels in 2177, as 1.3.0 writes it: northing first. */
const BOX = `${northing},${easting},${northing + 100},${easting + 100}`;
const NORTHING_FIRST = new Set([2176, 2177, 2178, 2179, 2180, 4258, 4326]);
const SRIDS = [2176, 2177, 2178, 2179, 2180, 4258, 4326, 3857, 25833] as const;
/** A wall of the first building, and the yard inside it beside the number, metres from the lower left corner. */
const WALL = { e: 6, n: 10, colour: [214, 181, 149] } as const;
const YARD = { e: 8.7, n: 11.3, colour: [245, 239, 226] } as const;
const NOWHERE = { e: -30, n: 50, colour: [255, 255, 255] } as const;

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(420);
});
afterAll(() => city.close());

const STANDARD = {
  service: 'WMS',
  version: '1.3.0',
  request: 'GetMap',
  layers: 'parcels,buildings',
  styles: '',
  crs: 'EPSG:2177',
  bbox: BOX,
  width: '200',
  height: '200',
  format: 'image/png',
};
type Parameters = Readonly<Record<string, string | undefined>>;

function ask(parameters: Parameters, headers: Record<string, string> = {}): Promise<Response> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, value);
  return fetch(`${city.url}/wms?${query}`, { headers });
}
const map = (changes: Parameters = {}, headers: Record<string, string> = {}) =>
  ask({ ...STANDARD, ...changes }, headers);
const info = (changes: Parameters = {}) =>
  map({
    request: 'GetFeatureInfo',
    query_layers: 'parcels',
    i: '20',
    j: '179',
    info_format: 'text/plain',
    ...changes,
  });
const capabilities = async (changes: Parameters = {}) =>
  (await ask({ service: 'WMS', request: 'GetCapabilities', ...changes })).text();

async function picture(changes: Parameters = {}) {
  const reply = await map(changes);
  expect(reply.headers.get('content-type')).toBe(changes['format'] ?? 'image/png');
  return decodePicture(await reply.arrayBuffer());
}

/** The code of a report, in the form of 1.3.0. */
async function codeOf(reply: Response): Promise<string | undefined> {
  expect(reply.headers.get('content-type')).toBe('text/xml');
  return /<ServiceException code="(\w+)"/.exec(await reply.text())?.[1];
}

const isNear = (colour: readonly number[], expected: readonly number[]) =>
  expected.every((value, i) => Math.abs(value - (colour[i] ?? -99)) <= 3);

describe('ets-wms13', () => {
  const cases: Readonly<Record<string, () => Promise<void>>> = {
    'basic:bbox-exponential': async () => {
      const written = BOX.split(',').map((value) => Number(value).toExponential());
      expect(await (await map({ bbox: written.join() })).text()).toBe(await (await map()).text());
    },
    'basic:bbox-pixel-interpretation': async () => {
      // The middle of the picture is the border of the first parcel, a line of 0.8 pixels: 0.4 on either side.
      const bbox = `${northing + 2},${easting - 2},${northing + 6},${easting + 2}`;
      const drawn = await picture({ bbox, layers: 'parcels', width: '400', height: '400' });
      expect(isNear(drawn.at(198, 200), [255, 255, 255])).toBe(true);
      expect(isNear(drawn.at(199, 200), [165, 165, 164])).toBe(true);
      expect(isNear(drawn.at(200, 200), [159, 155, 146])).toBe(true);
      expect(isNear(drawn.at(201, 200), [245, 239, 226])).toBe(true);
    },
    'basic:no-bgcolor': async () => {
      const drawn = await picture({ bbox: `0,0,100,100` });
      expect(drawn.colours()).toEqual(new Set(['255,255,255,255']));
    },
    'basic:blue-bgcolor': async () => {
      const drawn = await picture({ bbox: `0,0,100,100`, bgcolor: '0x0000FF' });
      expect(drawn.colours()).toEqual(new Set(['0,0,255,255']));
    },
    'basic:transparent-true': async () => {
      const drawn = await picture({
        bbox: `${northing - 50},${easting - 50},${northing + 50},${easting + 50}`,
        transparent: 'TRUE',
      });
      expect(drawn.at(0, 0)).toEqual([0, 0, 0, 0]);
      expect(drawn.at(150, 30)[3]).toBeGreaterThan(100);
    },
    'getmap:transparent-default, getmap:transparent-false': async () => {
      for (const transparent of [undefined, 'FALSE']) {
        const drawn = await picture({
          bbox: `${northing - 50},${easting - 50},${northing + 50},${easting + 50}`,
          transparent,
        });
        expect([...drawn.colours()].every((colour) => colour.endsWith(',255'))).toBe(true);
      }
    },
    'basic:layer-order': async () => {
      const onTop = await picture({ layers: 'parcels,buildings' });
      const below = await picture({ layers: 'buildings,parcels' });
      expect(isNear(onTop.at(12, 180), WALL.colour)).toBe(true);
      expect(isNear(below.at(12, 180), WALL.colour)).toBe(false);
    },
    'basic:aspect-ratio': async () => {
      const drawn = await picture({ width: '400', height: '100' });
      expect([drawn.widthPx, drawn.heightPx]).toEqual([400, 100]);
      expect(isNear(drawn.at(24, 90), WALL.colour)).toBe(true);
    },
    'basic_elements:negotiate-no-version, negotiate-basic_elements-version, negotiate-higher-version, negotiate-lower-version':
      async () => {
        const versionOf = async (version?: string) =>
          / version="([\d.]+)"\s?(?:xmlns|>)/.exec(await capabilities({ version }))?.[1];
        expect(await versionOf()).toBe('1.3.0');
        expect(await versionOf('1.3.0')).toBe('1.3.0');
        expect(await versionOf('100.0.0')).toBe('1.3.0');
        expect(await versionOf('0.0.0')).toBe('1.1.1');
        expect(await versionOf('1.2.0')).toBe('1.1.1');
      },
    'basic_elements:extra-GetCapabilities-param, extra-GetMap-param, extra-GetFeatureInfo-param, param-rules':
      async () => {
        expect(await (await map({ Vendor: 'x' })).text()).toBe(await (await map()).text());
        const shouted = Object.fromEntries(
          Object.entries(STANDARD).map(([name, value]) => [name.toUpperCase(), value]),
        );
        expect(await (await ask(shouted)).text()).toBe(await (await map()).text());
        expect((await map({ service: undefined })).headers.get('content-type')).toBe('image/png');
        expect((await info({ Vendor: 'x' })).status).toBe(200);
      },
    'getcapabilities:no-format, invalid-format': async () => {
      for (const extra of [{}, { format: 'text/ufo' }]) {
        const reply = await ask({ service: 'WMS', request: 'GetCapabilities', ...extra });
        expect(reply.headers.get('content-type')).toBe('text/xml');
        expect(await reply.text()).toContain('<WMS_Capabilities');
      }
    },
    'getcapabilities:style-legendurls': async () => {
      const legends = [
        ...(await capabilities()).matchAll(
          /<LegendURL width="(\d+)" height="(\d+)">.*?xlink:href="([^"]+)"/g,
        ),
      ];
      expect(legends).toHaveLength(SAMPLE_LAYERS.length);
      for (const [, width, height, address = ''] of legends) {
        const drawn = await decodePicture(
          await (await fetch(address.replaceAll('&amp;', '&'))).arrayBuffer(),
        );
        expect([String(drawn.widthPx), String(drawn.heightPx)]).toEqual([width, height]);
        expect(drawn.colours().size).toBeGreaterThan(5);
      }
    },
    'getfeatureinfo:invalid-i, invalid-j': async () => {
      for (const wrong of [{ i: '200' }, { i: '-1' }, { j: '200' }, { j: 'x' }, { i: '1.5' }]) {
        expect([wrong, await codeOf(await info(wrong))]).toEqual([wrong, 'InvalidPoint']);
      }
    },
    'getfeatureinfo:invalid-info_format': async () => {
      expect(await codeOf(await info({ info_format: 'image/ufo' }))).toBe('InvalidFormat');
    },
    'getfeatureinfo:invalid-query_layers': async () => {
      expect(await codeOf(await info({ query_layers: 'nobody' }))).toBe('LayerNotDefined');
    },
    'getfeatureinfo:each-info_format, queryable:feature_count': async () => {
      const sizes: number[] = [];
      for (const feature_count of [undefined, '1', '2']) {
        // On the border of two parcels' trees and addresses nothing lies; two layers give two answers.
        const text = await (
          await info({ query_layers: 'parcels,buildings', i: '12', j: '180', feature_count })
        ).text();
        sizes.push(text.length);
      }
      expect(sizes[0]).toBe(sizes[1]);
      for (const format of [...(await capabilities()).matchAll(/<Format>([^<]+)<\/Format>/g)].map(
        ([, text = '']) => text,
      )) {
        if (!/text\/(plain|html)|json|gml/.test(format)) continue;
        const reply = await info({ info_format: format });
        expect(reply.headers.get('content-type')?.startsWith(format)).toBe(true);
        expect(await reply.text()).toContain('306401_1.0021');
      }
    },
    'getmap:bbox-minx-gt-maxx, bbox-minx-eq-maxx, bbox-miny-gt-maxy, bbox-miny-eq-maxy': async () => {
      const [n, e] = [northing, easting];
      for (const bbox of [
        `${n},${e + 1},${n + 1},${e}`,
        `${n},${e},${n + 1},${e}`,
        `${n + 1},${e},${n},${e + 1}`,
        `${n},${e},${n},${e + 1}`,
      ]) {
        expect(await codeOf(await map({ bbox }))).toBe('InvalidParameterValue');
      }
    },
    'getmap:bbox-no-overlap, bbox-outside-crs': async () => {
      for (const [crs, bbox] of [
        ['CRS:84', '-120,-40,-110,-30'],
        ['CRS:84', '-400,-200,-300,-100'],
        ['EPSG:3857', '9e7,9e7,1e8,1e8'],
      ]) {
        expect((await picture({ crs, bbox })).colours()).toEqual(new Set(['255,255,255,255']));
      }
    },
    'getmap:bbox-below-scale, bbox-above-scale': async () => {
      // Parcels are drawn up to 1:20 000, that is 5.6 m a pixel.
      const box = (side: number) => `${northing},${easting},${northing + side},${easting + side}`;
      const drawn = await picture({ layers: 'parcels', bbox: box(1100) });
      const hidden = await picture({ layers: 'parcels', bbox: box(1130) });
      expect(drawn.colours().size).toBeGreaterThan(2);
      expect(hidden.colours()).toEqual(new Set(['255,255,255,255']));
      expect(
        (await picture({ bbox: `${northing},${easting},${northing + 0.01},${easting + 0.01}` })).widthPx,
      ).toBe(200);
    },
    'getmap:invalid-crs': async () => {
      for (const crs of ['EPSG:9999', 'EPSG:31466', 'nonsense'])
        expect(await codeOf(await map({ crs }))).toBe('InvalidCRS');
    },
    'getmap:exceptions-default, exceptions-xml': async () => {
      for (const exceptions of [undefined, 'XML'])
        expect(await codeOf(await map({ layers: 'nobody', exceptions }))).toBe('LayerNotDefined');
    },
    'getmap:exceptions-inimage-mime, interactive:exceptions-inimage': async () => {
      const drawn = await picture({ layers: 'nobody', exceptions: 'INIMAGE' });
      expect(drawn.colours().size).toBeGreaterThan(5);
      expect([drawn.widthPx, drawn.heightPx]).toEqual([200, 200]);
    },
    'getmap:exceptions-blank-red': async () => {
      const drawn = await picture({
        layers: 'nobody',
        exceptions: 'BLANK',
        bgcolor: '0xFF0000',
        transparent: 'FALSE',
      });
      expect(drawn.colours()).toEqual(new Set(['255,0,0,255']));
    },
    'getmap:exceptions-blank-transparent, exceptions-blank-mime': async () => {
      const drawn = await picture({ layers: 'nobody', exceptions: 'BLANK', transparent: 'TRUE' });
      expect(drawn.colours()).toEqual(new Set(['0,0,0,0']));
    },
    'getmap:invalid-format': async () => {
      expect(await codeOf(await map({ format: 'image/ufo' }))).toBe('InvalidFormat');
    },
    'getmap:each-format': async () => {
      expect(isNear((await picture({ format: 'image/jpeg' })).at(20, 180), YARD.colour)).toBe(true);
      await picture({ format: 'image/png' });
    },
    'getmap:invalid-layer, first-layer-invalid, second-layer-invalid': async () => {
      for (const layers of ['nobody', 'nobody,parcels', 'parcels,nobody']) {
        expect(await codeOf(await map({ layers }))).toBe('LayerNotDefined');
      }
    },
    'getmap:invalid-style, first-style-invalid, second-style-invalid': async () => {
      for (const styles of ['nice', 'nice,default', 'default,nice']) {
        expect(await codeOf(await map({ styles }))).toBe('StyleNotDefined');
      }
    },
    'getmap:styles-default-single-layer, styles-default-multiple-layers, styles-default-commas, styles-some-default, two-styles':
      async () => {
        const plain = await (await map()).text();
        for (const styles of ['default,default', ',', 'default,', ',default']) {
          expect(await (await map({ styles })).text()).toBe(plain);
        }
      },
    'getmap:large-size, small-size': async () => {
      for (const [width, height] of [
        [1024, 768],
        [8, 5],
      ] as const) {
        const drawn = await picture({ width: String(width), height: String(height) });
        expect([drawn.widthPx, drawn.heightPx]).toEqual([width, height]);
      }
    },
    'getmap:layerlimit': async () => {
      const names = (count: number) => Array.from({ length: count }, () => 'parcels').join();
      expect((await picture({ layers: names(LAYER_LIMIT) })).widthPx).toBe(200);
      expect(await codeOf(await map({ layers: names(LAYER_LIMIT + 1) }))).toBe('InvalidParameterValue');
    },
    'getmap:no-version': async () => {
      expect(await codeOf(await map({ version: undefined }))).toBe('MissingParameterValue');
    },
    'getmap:each-layer': async () => {
      for (const { name } of SAMPLE_LAYERS) await picture({ layers: name });
    },
  };
  it.each(Object.keys(cases))('%s', async (id) => {
    await cases[id]?.();
  });
});

describe('axis order', () => {
  /** A square of 40 m around a place, in a CRS, easting first. */
  async function boxAround(srid: number, at: { e: number; n: number }) {
    const corners = [
      [easting + at.e - 20, northing + at.n - 20],
      [easting + at.e + 20, northing + at.n + 20],
    ];
    const [low = [], high = []] = await projected(corners, 2177, srid);
    return [...low, ...high].map(Number) as [number, number, number, number];
  }

  it.each(SRIDS)('of EPSG:%d is that of the authority in 1.3.0 and easting first in 1.1.1', async (srid) => {
    for (const place of [WALL, YARD, NOWHERE]) {
      const [a, b, c, d] = await boxAround(srid, place);
      const bbox = NORTHING_FIRST.has(srid) ? [b, a, d, c].join() : [a, b, c, d].join();
      const newer = await picture({ crs: `EPSG:${srid}`, bbox });
      const older = await picture({
        version: '1.1.1',
        crs: undefined,
        srs: `EPSG:${srid}`,
        bbox: [a, b, c, d].join(),
      });
      for (const drawn of [newer, older]) {
        expect([srid, place, isNear(drawn.at(100, 100), place.colour)]).toEqual([srid, place, true]);
      }
    }
  });

  it('CRS:84 and EPSG:4326 give the same picture of the same place', async () => {
    const [w, s, e, n] = await boxAround(4326, WALL);
    const lonFirst = await map({ crs: 'CRS:84', bbox: [w, s, e, n].join() });
    const latFirst = await map({ crs: 'EPSG:4326', bbox: [s, w, n, e].join() });
    expect(Buffer.from(await lonFirst.arrayBuffer()).equals(Buffer.from(await latFirst.arrayBuffer()))).toBe(
      true,
    );
  });

  it('stands in the boxes of the capabilities', async () => {
    const [low = [], high = []] = await projected(
      [
        [easting, northing],
        [easting + 400, northing + 420],
      ],
      2177,
      2180,
    );
    const boxOf = (document: string, attribute: string) =>
      new RegExp(
        `<Name>parcels</Name>.*?<BoundingBox ${attribute}="EPSG:2180" minx="([\\d.]+)" miny="([\\d.]+)" maxx="([\\d.]+)"`,
        's',
      )
        .exec(document)
        ?.slice(1)
        .map(Number) ?? [];
    const isAbout = (box: readonly number[], expected: readonly (number | undefined)[]) =>
      expected.every((value = 0, index) => Math.abs((box[index] ?? 0) - value) < 20);
    expect(isAbout(boxOf(await capabilities(), 'CRS'), [low[1], low[0], high[1]])).toBe(true);
    expect(isAbout(boxOf(await capabilities({ version: '1.1.1' }), 'SRS'), [low[0], low[1], high[0]])).toBe(
      true,
    );
  });
});

describe('GetFeatureInfo', () => {
  it('tells of what lies under the pointer, with labels, units and meanings in both languages', async () => {
    const text = await (await info({ query_layers: 'parcels,buildings', i: '12', j: '180' })).text();
    expect(text).toContain('Pole ewidencyjne: 0,04 ha');
    expect(text).toContain('Rodzaj według KŚT: mieszkalny (m)');
    expect(text).toContain('Powierzchnia zabudowy: 144,5 m2');
    const english = await (await info({ language: 'en', info_format: 'text/html' })).text();
    expect(english).toContain('<th scope="row">Registered area</th><td>0.04 ha</td>');
    expect(english).not.toMatch(/Grupa|Register group/);
  });

  it('finds one area inside, its neighbour never, and forgives three pixels beside an outer border', async () => {
    const idsAt = async (i: number, j: number, layer = 'parcels') => {
      const bbox = `${northing - 50},${easting - 50},${northing + 50},${easting + 50}`;
      const reply = await info({
        layers: layer,
        query_layers: layer,
        bbox,
        i: String(i),
        j: String(j),
        feature_count: '10',
        info_format: 'application/json',
      });
      return ((await reply.json()) as { features: { id: string }[] }).features.map(({ id }) => id);
    };
    // One pixel is half a metre; the first parcel begins at (100, 99) and goes 40 to the right and up.
    expect(await idsAt(138, 80)).toEqual(['306401_1.0021.AR_10.1/4']);
    expect(await idsAt(142, 80)).toEqual(['306401_1.0021.AR_10.2']);
    expect(await idsAt(97, 80)).toEqual(['306401_1.0021.AR_10.1/4']);
    expect(await idsAt(94, 80)).toEqual([]);
    // The yard of a building is not the building, nor is anything near it.
    expect(await idsAt(119, 80, 'buildings')).toEqual([]);
  });

  it('answers nothing, well formed, where nothing is drawn', async () => {
    const nowhere = { bbox: '0,0,100,100', i: '50', j: '50' };
    expect(await (await info(nowhere)).text()).toContain('Brak obiektów');
    expect(await (await info({ ...nowhere, info_format: 'application/json' })).json()).toMatchObject({
      features: [],
    });
    const hidden = { bbox: `${northing},${easting},${northing + 5000},${easting + 5000}`, i: '1', j: '198' };
    expect(await (await info(hidden)).text()).toContain('Brak obiektów');
  });
});

describe('filters and groups', () => {
  /** The same pixels, whatever filter led to them. */
  const same = async (changes: Parameters, others: Parameters) =>
    Buffer.from(await (await map(changes)).arrayBuffer()).equals(
      Buffer.from(await (await map(others)).arrayBuffer()),
    );
  const fes = (property: string, value: string) =>
    `<Filter><PropertyIsEqualTo><ValueReference>${property}</ValueReference><Literal>${value}</Literal></PropertyIsEqualTo></Filter>`;

  it('draw and find only what CQL_FILTER and FILTER select, in each layer its own', async () => {
    const all = { layers: 'parcels,buildings' };
    expect(await same({ ...all, cql_filter: 'INCLUDE;INCLUDE' }, all)).toBe(true);
    expect(await same({ ...all, cql_filter: "INCLUDE;kind = 'none; of them'" }, { layers: 'parcels' })).toBe(
      true,
    );
    expect(await same({ ...all, filter: `(${fes('land_use', 'none')})(<Filter/>)` }, all)).toBe(false);
    const text = { layers: 'parcels', cql_filter: "land_use = 'B'" };
    expect(await same(text, { layers: 'parcels', filter: fes('land_use', 'B') })).toBe(true);
    expect(await same(text, { layers: 'parcels' })).toBe(false);
    const wall = `DWITHIN(geom, SRID=2177;POINT(${easting + WALL.e} ${northing + WALL.n}), 1, m)`;
    expect(await same({ layers: 'buildings', cql_filter: wall }, { layers: 'buildings' })).toBe(false);
    const found = async (cql_filter: string) => {
      const reply = await info({ layers: 'parcels', cql_filter, info_format: 'application/json' });
      return ((await reply.json()) as { features: unknown[] }).features.length;
    };
    expect([await found("parcel_number = '1'"), await found("parcel_number <> '1'")]).toEqual([1, 0]);
  });

  it('are told apart by the ETag', async () => {
    const etag = async (cql_filter: string) =>
      (await map({ layers: 'parcels', cql_filter })).headers.get('etag');
    expect(await etag("land_use = 'B'")).not.toBe(await etag("land_use = 'C'"));
  });

  it('say what is wrong with a filter', async () => {
    const words = async (changes: Parameters) => (await map(changes)).text();
    expect(await words({ cql_filter: 'INCLUDE' })).toContain('1 filter(s) for 2 layer(s)');
    expect(await words({ layers: 'parcels', cql_filter: 'land_use = ' })).toContain('At character 12');
    expect(await words({ layers: 'parcels', cql_filter: "register_group = '7'" })).toContain('no property');
    expect(await words({ layers: 'parcels', filter: '<Filter>' })).toContain('<ServiceException');
  });

  it('draw and find all layers of a group by its name, the lowest first', async () => {
    const names = SAMPLE_LAYERS.filter(({ group }) => group.name === 'land_register')
      .toSorted((a, b) => a.drawOrder - b.drawOrder)
      .map(({ name }) => name);
    expect(await same({ layers: 'group-land_register' }, { layers: names.join() })).toBe(true);
    const found = await info({ layers: 'group-land_register', query_layers: 'group-land_register' });
    expect(await found.text()).toContain('Działki ewidencyjne');
    expect(await capabilities()).toContain('<Name>group-land_register</Name>');
  });

  it('come as WebP, clear where the map is clear', async () => {
    const reply = await map({ format: 'image/webp', layers: 'buildings', transparent: 'TRUE' });
    expect(reply.headers.get('content-type')).toBe('image/webp');
    const drawn = await decodePicture(await reply.arrayBuffer());
    expect([drawn.widthPx, drawn.heightPx]).toEqual([200, 200]);
    const png = await picture({ layers: 'buildings', transparent: 'TRUE' });
    const alphas = [...Array(40).keys()].map((i) => [drawn.at(5 * i, 170)[3], png.at(5 * i, 170)[3]]);
    expect(alphas.filter(([webp, wanted]) => webp !== wanted)).toEqual([]);
    expect(new Set(alphas.flat())).toContain(0);
    const at = [2 * WALL.e, 200 - 2 * WALL.n] as const;
    expect(isNear(drawn.at(...at).slice(0, 3), png.at(...at).slice(0, 3))).toBe(true);
  });
});

describe('the legend of a view', () => {
  const legend = { request: 'GetLegendGraphic', layer: 'parcels' };
  const heightOf = async (changes: Parameters) => (await picture({ ...legend, ...changes })).heightPx;

  it('has only the classes that are drawn there', async () => {
    const rowsOf = async (changes: Parameters) => ((await heightOf(changes)) - 10) / 22;
    const uses = PARCELS.style.classes?.entries.length ?? 0;
    expect(await rowsOf({ bbox: undefined })).toBe(uses);
    const inView = await rowsOf({});
    expect([inView > 0, inView < uses]).toEqual([true, true]);
    expect(await rowsOf({ width: '20', height: '20', srcwidth: '200', srcheight: '200' })).toBe(inView);
    expect(await rowsOf({ bbox: '0,0,100,100' })).toBe(0);
  });

  it('is refused without the CRS of its box', async () => {
    expect(await codeOf(await map({ ...legend, crs: undefined }))).toBe('MissingParameterValue');
  });
});

describe('dots per inch', () => {
  /** How far a picture of 400 pixels, four of them for one, is from that of 200: 0 to 255 on average. */
  async function distanceFromCoarse(changes: Parameters): Promise<number> {
    const [coarse, fine] = [await picture(), await picture({ width: '400', height: '400', ...changes })];
    let sum = 0;
    for (let y = 0; y < 200; y++) {
      for (let x = 0; x < 200; x++) {
        const four = [0, 1].flatMap((dx) => [0, 1].map((dy) => fine.at(2 * x + dx, 2 * y + dy)));
        const [wanted = 0] = coarse.at(x, y);
        sum += Math.abs(four.reduce((total, [red = 0]) => total + red, 0) / 4 - wanted);
      }
    }
    return sum / 40_000;
  }

  it('draw lines, marks and letters as large as on a coarser picture, by the words of any client', async () => {
    const far = await distanceFromCoarse({});
    for (const changes of [{ dpi: '192' }, { map_resolution: '192' }, { format_options: 'dpi:192' }]) {
      expect(await distanceFromCoarse(changes)).toBeLessThan(far / 3);
    }
    const bytes = async (changes: Parameters) => Buffer.from(await (await map(changes)).arrayBuffer());
    expect((await bytes({ dpi: '96', map_resolution: '96' })).equals(await bytes({}))).toBe(true);
  });

  it('reach as far around a pointer as is drawn', async () => {
    // Three pixels of the style beside an outer border are six of such a picture.
    const bbox = `${northing - 50},${easting - 50},${northing + 50},${easting + 50}`;
    const fine = { layers: 'parcels', bbox, width: '400', height: '400', j: '160' };
    const found = async (i: number, changes: Parameters = {}) => {
      const reply = await info({ ...fine, ...changes, i: String(i), info_format: 'application/json' });
      return ((await reply.json()) as { features: unknown[] }).features.length;
    };
    expect([await found(195, { dpi: '192' }), await found(195), await found(189, { dpi: '192' })]).toEqual([
      1, 0, 0,
    ]);
  });

  it('enlarge the legend', async () => {
    const legend = { request: 'GetLegendGraphic', layer: 'parcels', bbox: undefined };
    const [coarse, fine] = [await picture(legend), await picture({ ...legend, dpi: '192' })];
    expect([fine.widthPx, fine.heightPx]).toEqual([2 * coarse.widthPx, 2 * coarse.heightPx]);
  });
});

/** Of the worst channel of each pixel, 0 to 255. */
function meanDistance(a: DecodedPicture, b: DecodedPicture): number {
  let sum = 0;
  for (let y = 0; y < a.heightPx; y++) {
    for (let x = 0; x < a.widthPx; x++) {
      const other = b.at(x, y);
      sum += Math.max(...a.at(x, y).map((value, i) => Math.abs(value - (other[i] ?? 0))));
    }
  }
  return sum / (a.widthPx * a.heightPx);
}

describe('a map as SVG', () => {
  it.each<Parameters>([{}, { width: '400', height: '400', dpi: '192' }, { transparent: 'TRUE' }])(
    'shows what the picture shows: %o',
    async (changes) => {
      const reply = await map({ ...changes, format: 'image/svg+xml' });
      expect(reply.headers.get('content-type')).toBe('image/svg+xml');
      const bytes = Buffer.from(await reply.arrayBuffer());
      const folder = await mkdtemp(join(tmpdir(), 'blizniak-svg-'));
      await writeFile(join(folder, 'map.svg'), bytes);
      await tool('xmllint', ['--nonet', '--noout', join(folder, 'map.svg')]);
      await rm(folder, { recursive: true });
      const [drawn, wanted] = [await decodePicture(bytes), await picture(changes)];
      expect([drawn.widthPx, drawn.heightPx]).toEqual([wanted.widthPx, wanted.heightPx]);
      // Smoothing of edges and letters is theirs; what is missing would be further off.
      const off = meanDistance(drawn, wanted);
      expect(meanDistance(drawn, await picture({ ...changes, layers: 'parcels' }))).toBeGreaterThan(3 * off);
    },
  );

  it('is offered for maps and not for legends', async () => {
    expect(await capabilities()).toContain('<Format>image/svg+xml</Format>');
    const legend = {
      request: 'GetLegendGraphic',
      layer: 'parcels',
      bbox: undefined,
      format: 'image/svg+xml',
    };
    expect(await codeOf(await map(legend))).toBe('InvalidFormat');
  });
});

describe('a map of 256 colours', () => {
  it.each(['image/png; mode=8bit', 'image/png8'])('is nearly the same picture as %s', async (format) => {
    const reply = await map({ format, layers: 'parcels,buildings' });
    expect(reply.headers.get('content-type')).toBe('image/png; mode=8bit');
    const bytes = Buffer.from(await reply.arrayBuffer());
    // The colour type in the head of the file: a palette.
    expect(bytes[25]).toBe(3);
    const [drawn, wanted] = [await decodePicture(bytes), await picture({ layers: 'parcels,buildings' })];
    expect(meanDistance(drawn, wanted)).toBeLessThan(1);
  });
});

describe('a map as PDF', () => {
  const pdf = async (changes: Parameters = {}) => {
    const reply = await map({ ...changes, format: 'application/pdf' });
    expect(reply.headers.get('content-type')).toBe('application/pdf');
    const folder = await mkdtemp(join(tmpdir(), 'blizniak-map-'));
    const file = join(folder, 'map.pdf');
    try {
      await writeFile(file, Buffer.from(await reply.arrayBuffer()));
      await tool('pdftoppm', ['-r', '96', '-png', '-singlefile', file, join(folder, 'page')]);
      return {
        text: await tool('pdftotext', ['-layout', file, '-']),
        size: /Page size:\s+([\d.]+) x ([\d.]+) pts/.exec(await tool('pdfinfo', [file])),
        page: await decodePicture(await readFile(join(folder, 'page.png'))),
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

  it('is in scale, with title, scale, date, system, source and legend', async () => {
    // 756 pixels of 96 to the inch are 200 mm; 100 m on them are 1:500.
    const { text, page, size } = await pdf({
      width: '756',
      height: '756',
      title: 'Próba żółta',
      language: 'pl',
    });
    for (const word of [
      'Próba żółta',
      'Skala 1:500',
      'Stan danych',
      'EPSG:2177',
      'Źródło',
      'Objaśnienia',
      '20 m',
    ])
      expect(text).toContain(word);
    expect(text).toContain('Wydruk informacyjny');
    expect(Number(size?.[1])).toBeCloseTo((220 / 25.4) * 72, 0);
    // The frame begins 10 mm from the edges; the yard of the first building lies there as in the picture.
    const margin = (10 / 25.4) * 96;
    const place = [margin + (YARD.e / 100) * 756, margin + 756 - (YARD.n / 100) * 756].map(Math.round);
    expect(isNear(page.at(place[0] ?? 0, place[1] ?? 0), YARD.colour)).toBe(true);
  });

  it('is of twice the scale at twice the dots, and English where that is asked', async () => {
    const { text } = await pdf({ width: '1512', height: '1512', dpi: '192', language: 'en' });
    expect(text).toContain('Scale 1:500');
    expect(text).toContain('Data of');
  });

  it('is refused where there is no one scale, with what to do', async () => {
    for (const wrong of [
      { width: '400', height: '100' },
      { crs: 'CRS:84', bbox: '16.9,52.4,17,52.5' },
      { crs: 'EPSG:3857', bbox: '1881000,6870000,1882000,6871000' },
    ]) {
      expect(await codeOf(await map({ ...wrong, format: 'application/pdf' }))).toBe('InvalidParameterValue');
    }
  });

  it('is told apart by its title and language in the ETag', async () => {
    const etag = async (changes: Parameters) =>
      (await map({ format: 'application/pdf', ...changes })).headers.get('etag');
    const first = await etag({});
    expect(await etag({})).toBe(first);
    expect(await etag({ title: 'Inna' })).not.toBe(first);
    expect(await etag({ language: 'en' })).not.toBe(first);
  });
});

describe('what is kept', () => {
  it('is told by an ETag of the picture that was asked for', async () => {
    const first = await map();
    const etag = first.headers.get('etag') ?? '';
    await first.arrayBuffer();
    const again = await map({}, { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await map({ width: '201' }, { 'if-none-match': etag })).status).toBe(200);
    expect((await map({ layers: 'parcels' }, { 'if-none-match': etag })).status).toBe(200);
  });
});

describe('bad requests', () => {
  it.each([
    [{ width: '100000' }, 'InvalidParameterValue', String(MAX_SIDE_PX)],
    [{ height: '1e9' }, 'InvalidParameterValue', 'whole number'],
    [{ width: '0' }, 'InvalidParameterValue', 'whole number'],
    [{ width: '31623', height: '31623' }, 'InvalidParameterValue', 'limit'],
    [{ bbox: 'NaN,0,1,1' }, 'InvalidParameterValue', 'numbers'],
    [{ bbox: '0,0,Infinity,1' }, 'InvalidParameterValue', 'numbers'],
    [{ bbox: '0,0,1' }, 'InvalidParameterValue', 'numbers'],
    [{ bbox: '-1e308,-1e308,1e308,1e308' }, 'InvalidParameterValue', 'large'],
    [{ layers: '' }, 'MissingParameterValue', 'layers'],
    [{ layers: ',,,' }, 'LayerNotDefined', 'no layer'],
    [{ transparent: 'perhaps' }, 'InvalidParameterValue', 'TRUE or FALSE'],
    [{ dpi: '0' }, 'InvalidParameterValue', 'dots per inch'],
    [{ format_options: 'dpi:many' }, 'InvalidParameterValue', 'dots per inch'],
    [{ bgcolor: 'blue' }, 'InvalidParameterValue', '0xFFFFFF'],
    [{ version: '1.2.3' }, 'InvalidParameterValue', '1.3.0'],
    [{ request: 'Explode' }, 'OperationNotSupported', 'GetMap'],
    [{ service: 'WFS' }, 'OperationNotSupported', 'WMS'],
    [{ request: undefined }, 'MissingParameterValue', 'request'],
    [{ crs: undefined }, 'MissingParameterValue', 'crs'],
    [{ format: undefined }, 'MissingParameterValue', 'format'],
    [{ layers: 'building_residents' }, 'LayerNotDefined', 'no layer'],
    [{ request: 'GetLegendGraphic', layer: 'nobody' }, 'LayerNotDefined', 'nobody'],
    [
      { request: 'GetFeatureInfo', query_layers: 'parcels', i: '1', j: '1', feature_count: '0' },
      'InvalidParameterValue',
      'feature_count',
    ],
  ])('%o: %s', async (changes: Parameters, code, words) => {
    const reply = await map(changes);
    const text = await reply.text();
    expect([reply.status, /code="(\w+)"/.exec(text)?.[1]]).toEqual([200, code]);
    expect(text).toContain(words);
  });

  it('more layers than an address can hold are refused by its length', async () => {
    const reply = await map({ layers: 'parcels,'.repeat(1300) });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([414, 'text/xml']);
  });

  it('a picture that nobody waits for is given up', async () => {
    const gone = new AbortController();
    const query = new URLSearchParams({
      ...STANDARD,
      layers: Array.from({ length: 60 }, () => 'parcels').join(),
    });
    const left = fetch(`${city.url}/wms?${query}`, { signal: gone.signal });
    setTimeout(() => gone.abort(), 20);
    await expect(left).rejects.toThrow();
    expect((await map()).status).toBe(200);
  });
});

describeWithSharedData('documents are valid by the schemas of OGC (ets-wms13)', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'blizniak-wms-'));
    await writeFile(
      join(folder, 'wms.xsd'),
      `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<xsd:import namespace="http://www.opengis.net/wms" schemaLocation="http://schemas.opengis.net/wms/1.3.0/capabilities_1_3_0.xsd"/>
<xsd:import namespace="http://www.opengis.net/sld" schemaLocation="http://schemas.opengis.net/sld/1.1.0/sld_capabilities.xsd"/>
<xsd:import namespace="http://www.opengis.net/ogc" schemaLocation="http://schemas.opengis.net/wms/1.3.0/exceptions_1_3_0.xsd"/>
</xsd:schema>`,
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const catalog = { XML_CATALOG_FILES: sharedData('ogc-schemas', 'catalog.xml') };
  async function faults(document: string, ...how: readonly string[]): Promise<string> {
    const file = join(folder, 'document.xml');
    await writeFile(file, document);
    try {
      await tool('xmllint', ['--nonet', '--noout', ...how, file], catalog);
      return '';
    } catch (error) {
      return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    }
  }
  const bySchema = (document: string) => faults(document, '--schema', join(folder, 'wms.xsd'));
  const byDtd = (document: string) =>
    faults(document.replace('http://schemas.opengis.net', sharedData('ogc-schemas', 'ogc')), '--valid');

  it('capabilities of 1.3.0 (getcapabilities:xml-validation) and 1.1.1 in both languages', async () => {
    for (const language of ['pl', 'en']) {
      expect(await bySchema(await capabilities({ language }))).toBe('');
      expect(await byDtd(await capabilities({ language, version: '1.1.1' }))).toBe('');
    }
    const broken = (await capabilities()).replace('<LayerLimit>', '<LayerLimit>many');
    expect(await bySchema(broken)).toContain('LayerLimit');
  });

  it('reports of errors of 1.3.0 and 1.1.1', async () => {
    expect(await bySchema(await (await map({ layers: '<nobody>&"' })).text())).toBe('');
    const older = await map({ version: '1.1.1', srs: 'EPSG:1', crs: undefined });
    expect(older.headers.get('content-type')).toBe('application/vnd.ogc.se_xml');
    const text = await older.text();
    expect(text).toContain('code="InvalidSRS"');
    expect(await byDtd(text)).toBe('');
  });

  it('GML of GetFeatureInfo', async () => {
    const gml = await (
      await info({ query_layers: 'parcels,buildings', info_format: 'application/vnd.ogc.gml' })
    ).text();
    const types = await (
      await fetch(
        `${city.url}/wfs?service=WFS&version=2.0.0&request=DescribeFeatureType&typeNames=parcels,buildings`,
      )
    ).text();
    await writeFile(join(folder, 'types.xsd'), types);
    expect(await faults(gml, '--schema', join(folder, 'types.xsd'))).toBe('');
  });
});

describe('OWSLib', () => {
  it.each(['1.1.1', '1.3.0'])('reads every layer by %s', async (version) => {
    const script = `
import json, sys
from owslib.wms import WebMapService
wms = WebMapService(sys.argv[1] + '/wms', version=sys.argv[2])
out = {}
for name, layer in wms.contents.items():
    picture = wms.getmap(layers=[name], styles=[''], srs='EPSG:2180', bbox=layer.boundingBoxWGS84 if False else (360000, 505000, 361000, 506000), size=(64, 64), format='image/png', transparent=True)
    out[name] = [layer.title, picture.read()[1:4].decode(), len(layer.crsOptions), list(layer.styles)]
print(json.dumps(out))`;
    const read = JSON.parse(await tool('/usr/bin/python3', ['-c', script, city.url, version]));
    const groups = new Set(SAMPLE_LAYERS.map(({ group }) => `group-${group.name}`));
    expect(Object.keys(read).toSorted()).toEqual(
      [...SAMPLE_LAYERS.map(({ name }) => name), ...groups].toSorted(),
    );
    expect(read.parcels).toEqual(['Działki ewidencyjne', 'PNG', 10, ['default']]);
  });
});

describe('GDAL', () => {
  it.each([
    ['1.3.0', 2180],
    ['1.3.0', 4326],
    ['1.1.1', 2177],
    ['1.1.1', 4326],
  ])('reads the picture by its WMS driver, version %s, EPSG:%d', async (version, srid) => {
    const [[w = 0, s = 0] = [], [e = 0, n = 0] = []] = await projected(
      [
        [easting + WALL.e - 20, northing + WALL.n - 20],
        [easting + WALL.e + 20, northing + WALL.n + 20],
      ],
      2177,
      srid,
    );
    const isNewer = version === '1.3.0';
    const order = isNewer && NORTHING_FIRST.has(srid) ? 'yxYX' : 'xyXY';
    const service = `<GDAL_WMS><Service name="WMS"><Version>${version}</Version><ServerUrl>${city.url}/wms?</ServerUrl>
<${isNewer ? 'CRS' : 'SRS'}>EPSG:${srid}</${isNewer ? 'CRS' : 'SRS'}><ImageFormat>image/png</ImageFormat><Layers>parcels,buildings</Layers><Styles></Styles><BBoxOrder>${order}</BBoxOrder></Service>
<DataWindow><UpperLeftX>${w}</UpperLeftX><UpperLeftY>${n}</UpperLeftY><LowerRightX>${e}</LowerRightX><LowerRightY>${s}</LowerRightY><SizeX>200</SizeX><SizeY>200</SizeY></DataWindow>
<Projection>EPSG:${srid}</Projection><BlockSizeX>200</BlockSizeX><BlockSizeY>200</BlockSizeY><BandsCount>3</BandsCount></GDAL_WMS>`;
    const folder = await mkdtemp(join(tmpdir(), 'blizniak-gdal-'));
    try {
      const file = join(folder, 'map.png');
      await tool('gdal_translate', ['-q', '-of', 'PNG', service, file]);
      const drawn = await decodePicture(await readFile(file));
      expect(isNear(drawn.at(100, 100), WALL.colour)).toBe(true);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

it('logs nothing worse than the access line', () => {
  expect(city.log.filter(({ level }) => level !== 'info').map(({ message }) => message)).toEqual([]);
});
