/** Maps in styles that come with the request: what is drawn, and what is refused by which words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePicture } from '../support/decoded-picture.ts';
import { SAMPLE_ORIGIN } from '../support/sample-city.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const { easting, northing } = SAMPLE_ORIGIN;
let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(40);
});
afterAll(() => city.close());

type Parameters = Readonly<Record<string, string>>;
const MAP = {
  ...{ service: 'WMS', version: '1.3.0', request: 'GetMap', crs: 'EPSG:2177', format: 'image/png' },
  ...{ bbox: `${northing},${easting},${northing + 100},${easting + 100}`, width: '200', height: '200' },
};
const map = (changes: Parameters) =>
  fetch(`${city.url}/wms`, { method: 'POST', body: new URLSearchParams({ ...MAP, ...changes }) });
const drawn = async (changes: Parameters) => {
  const reply = await map(changes);
  if (reply.headers.get('content-type') !== 'image/png') throw new Error(await reply.text());
  return decodePicture(await reply.arrayBuffer());
};
const refusal = async (changes: Parameters) => {
  const reply = await map(changes);
  expect(reply.headers.get('content-type')).toBe('text/xml');
  return (await reply.text()).replace(/.*<ServiceException/s, '').replace(/<\/ServiceException>.*/s, '');
};

/** A document of 1.1 around rules for a layer. */
const sld = (rules: string, layer = 'parcels') =>
  `<StyledLayerDescriptor version="1.1.0" xmlns="http://www.opengis.net/sld" xmlns:se="http://www.opengis.net/se" xmlns:ogc="http://www.opengis.net/ogc"><NamedLayer><se:Name>${layer}</se:Name><UserStyle><se:Name>mine</se:Name><se:FeatureTypeStyle>${rules}</se:FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>`;
const fill = (colour: string) =>
  `<se:PolygonSymbolizer><se:Fill><se:SvgParameter name="fill">${colour}</se:SvgParameter></se:Fill></se:PolygonSymbolizer>`;
const rule = (inside: string) => `<se:Rule>${inside}</se:Rule>`;
const equals = (property: string, value: string) =>
  `<ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>${property}</ogc:PropertyName><ogc:Literal>${value}</ogc:Literal></ogc:PropertyIsEqualTo></ogc:Filter>`;
const [RED, GREEN, WHITE] = [
  [255, 0, 0, 255],
  [0, 255, 0, 255],
  [255, 255, 255, 255],
];
/** Middles of the first and second parcel, 40 pixels wide. */
const [FIRST, SECOND] = [
  [20, 180],
  [60, 180],
] as const;

describe('a style of one’s own', () => {
  it('draws the objects of each rule in its colours, and the rest by ElseFilter', async () => {
    const body = sld(
      rule(equals('parcel_number', '1') + fill('#ff0000')) + rule(`<se:ElseFilter/>${fill('#00ff00')}`),
    );
    const picture = await drawn({ sld_body: body });
    expect(picture.at(...FIRST)).toEqual(RED);
    expect(picture.at(...SECOND)).toEqual(GREEN);
    expect(
      await drawn({ sld_body: body, layers: 'parcels', styles: 'mine' }).then((p) => p.at(...FIRST)),
    ).toEqual(RED);
  });

  it('is read in the words of SLD 1.0 too, with patterns and lines', async () => {
    const body = `<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc"><NamedLayer><Name>parcels</Name><UserStyle><FeatureTypeStyle><Rule><ogc:Filter><ogc:PropertyIsLike wildCard="*" singleChar="?" escape="!"><ogc:PropertyName>land_use</ogc:PropertyName><ogc:Literal>R*</ogc:Literal></ogc:PropertyIsLike></ogc:Filter><LineSymbolizer><Stroke><CssParameter name="stroke">#00ff00</CssParameter><CssParameter name="stroke-width">8</CssParameter></Stroke></LineSymbolizer></Rule></FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>`;
    const picture = await drawn({ sld_body: body });
    expect(picture.at(41, 180)).toEqual(GREEN);
    expect(picture.at(...SECOND)).toEqual(WHITE);
    expect(picture.at(1, 180)).toEqual(WHITE);
  });

  it('is drawn between its scales only', async () => {
    // The map is 1:1786.
    const at = (limits: string) => drawn({ sld_body: sld(rule(limits + fill('#ff0000'))) });
    expect((await at('<se:MaxScaleDenominator>1000</se:MaxScaleDenominator>')).at(...FIRST)).toEqual(WHITE);
    expect((await at('<se:MinScaleDenominator>1000</se:MinScaleDenominator>')).at(...FIRST)).toEqual(RED);
  });

  it('that this service writes draws what this service draws', async () => {
    const own = await (await fetch(`${city.url}/ogc/styles/buildings?f=sld11`)).text();
    expect(own).toContain('<se:FeatureTypeStyle>');
    const [ours, theirs] = [await drawn({ layers: 'buildings' }), await drawn({ sld_body: own })];
    // A wall and the yard in it; letters and the paling of lines differ.
    for (const [x, y] of [
      [12, 180],
      [16, 178],
    ] as const) {
      const [a, b] = [ours.at(x, y), theirs.at(x, y)];
      expect(Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? 0))))).toBeLessThanOrEqual(24);
    }
  });

  it('says which objects are found, and is told apart in the ETag', async () => {
    const body = sld(rule(equals('parcel_number', '1') + fill('#ff0000')));
    const info = (i: string) =>
      map({
        ...{ sld_body: body, request: 'GetFeatureInfo', layers: 'parcels', query_layers: 'parcels' },
        i,
        j: '180',
      });
    expect(await (await info('20')).text()).toContain('306401_1.0021');
    expect(await (await info('60')).text()).toContain('Brak');
    const other = sld(rule(equals('parcel_number', '1') + fill('#00ff00')));
    const etag = async (text: string) => (await map({ sld_body: text })).headers.get('etag');
    expect(await etag(body)).not.toBe(await etag(other));
  });

  it('works under the names of a profile', async () => {
    const body = sld(rule(equals('NUMER_DZIALKI', '1') + fill('#ff0000')), 'dzialki');
    const reply = await fetch(`${city.url}/kieg/wms?${new URLSearchParams({ ...MAP, sld_body: body })}`);
    expect((await decodePicture(await reply.arrayBuffer())).at(...FIRST)).toEqual(RED);
  });
});

describe('the legend of a style of one’s own', () => {
  const named = (title: string, inside: string) =>
    rule(`<se:Description><se:Title>${title}</se:Title></se:Description>${inside}`);
  const body = sld(
    named('First', equals('parcel_number', '1') + fill('#ff0000')) +
      named('None', equals('parcel_number', 'none') + fill('#0000ff')) +
      named('Small', `<se:MaxScaleDenominator>1000</se:MaxScaleDenominator>${fill('#000000')}`) +
      named('Rest', `<se:ElseFilter/>${fill('#00ff00')}`),
  );
  const LEGEND = { request: 'GetLegendGraphic', layer: 'parcels', sld_body: body };
  const { width, height } = MAP;
  const whole = (changes: Parameters) => {
    const { bbox: _, ...query } = { ...MAP, ...LEGEND, ...changes };
    return fetch(`${city.url}/wms`, { method: 'POST', body: new URLSearchParams(query) });
  };
  const picture = async (reply: Response) => {
    if (reply.headers.get('content-type') !== 'image/png') throw new Error(await reply.text());
    return decodePicture(await reply.arrayBuffer());
  };
  /** The middle of the swatch of a row. */
  const swatch = (row: number) => [19, 16 + 22 * row] as const;
  const rowsOf = ({ heightPx }: { readonly heightPx: number }) => (heightPx - 10) / 22;

  it('has a row of colour and title for each rule', async () => {
    const legend = await picture(await whole({}));
    expect(rowsOf(legend)).toBe(4);
    expect([0, 1, 3].map((row) => legend.at(...swatch(row)))).toEqual([RED, [0, 0, 255, 255], GREEN]);
    const longer = await picture(
      await whole({ sld_body: body.replace('First', 'First of all the parcels') }),
    );
    expect(longer.widthPx).toBeGreaterThan(legend.widthPx);
  });

  it('of a view has only the rules that are drawn there', async () => {
    const legend = await picture(await map({ ...LEGEND, srcwidth: width, srcheight: height }));
    expect(rowsOf(legend)).toBe(2);
    expect([0, 1].map((row) => legend.at(...swatch(row)))).toEqual([RED, GREEN]);
  });

  it('is refused within the limits of maps', async () => {
    const words = async (changes: Parameters) => (await whole(changes)).text();
    expect(await words({ sld: 'http://169.254.169.254/style.sld' })).toContain('not fetched');
    expect(await words({ sld_body: sld('<se:Rule/>'.repeat(51)) })).toContain('at most 50 are drawn');
    expect(await words({ style: 'theirs' })).toMatch(/code="StyleNotDefined" locator="style"/);
    expect(await words({ sld_body: body.replace('First', 'W'.repeat(5_000)), dpi: '1200' })).toContain(
      'at most 4096',
    );
  });
});

describe('a style that is refused', () => {
  const text = (property: string) =>
    `<se:TextSymbolizer><se:Label><ogc:PropertyName>${property}</ogc:PropertyName></se:Label></se:TextSymbolizer>`;
  const cases: Readonly<Record<string, readonly [Parameters, string]>> = {
    'from another address': [{ sld: 'http://169.254.169.254/style.sld' }, 'not fetched'],
    'with a document type': [
      { sld_body: `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${sld('')}` },
      'DOCTYPE',
    ],
    'that is no XML': [{ sld_body: '<StyledLayerDescriptor>' }, 'no sound XML'],
    'that is something else': [{ sld_body: '<html/>' }, 'instead of StyledLayerDescriptor'],
    'of a million rules': [{ sld_body: sld('<se:Rule/>'.repeat(15_000)) }, 'at most 50 are drawn'],
    'that is huge': [{ sld_body: sld(' '.repeat(300_000)) }, 'at most 200000 are read'],
    'with a remote picture': [
      {
        sld_body: sld(
          rule(
            '<se:PolygonSymbolizer><se:Fill><se:GraphicFill><se:Graphic><se:ExternalGraphic/></se:Graphic></se:GraphicFill></se:Fill></se:PolygonSymbolizer>',
          ),
        ),
      },
      'filled with one colour',
    ],
    'with a computed colour': [
      {
        sld_body: sld(
          rule(
            '<se:PolygonSymbolizer><se:Fill><se:SvgParameter name="fill"><ogc:Function name="x"/></se:SvgParameter></se:Fill></se:PolygonSymbolizer>',
          ),
        ),
      },
      'not computed',
    ],
    'of an unknown layer': [{ sld_body: sld('', 'nobody') }, 'LayerNotDefined'],
    'of an unknown property': [{ sld_body: sld(rule(text('owner'))) }, 'has no property &quot;owner&quot;'],
    'of a property for staff': [{ sld_body: sld(rule(text('register_group'))) }, 'has no property'],
    'that filters by a property for staff': [
      { sld_body: sld(rule(equals('register_group', '7') + fill('#ff0000'))) },
      'register_group',
    ],
    'that draws points of areas': [{ sld_body: sld(rule('<se:PointSymbolizer/>')) }, 'has no points'],
    'of rasters': [{ sld_body: sld(rule('<se:RasterSymbolizer/>')) }, 'use PolygonSymbolizer'],
    'by a name that it has not': [
      { sld_body: sld(''), layers: 'parcels', styles: 'theirs' },
      'StyleNotDefined',
    ],
    'with a colour in words': [{ sld_body: sld(rule(fill('red'))) }, '#a0b1c2'],
  };
  it.each(Object.entries(cases))('%s', async (_, [parameters, words]) => {
    expect(await refusal(parameters)).toContain(words);
  });

  it('costs no more than reading it', async () => {
    const nested = `${'<se:Rule>'.repeat(20_000)}`;
    expect(await refusal({ sld_body: sld(nested) })).toContain('no sound XML');
    expect(city.log.filter(({ level }) => level !== 'info')).toEqual([]);
  });
});
