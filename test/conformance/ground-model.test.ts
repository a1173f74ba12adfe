/** The model of the ground at the doors of maps: a slope that rises by a metre in ten to the east, from 50 to 90 m. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groundModelOf } from '../../server/parts/ground-model.ts';
import { type DecodedPicture, decodePicture } from '../support/decoded-picture.ts';
import { type RunningApp, runApp } from '../support/running-app.ts';
import { SAMPLE_ORIGIN, sampleServices } from '../support/sample-city.ts';

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const SIDE_M = 400;
const extent = { minX: E, minY: N, maxX: E + SIDE_M, maxY: N + SIDE_M, srid: 2177 };
const MODEL = groundModelOf(
  {
    ...{ version: '1', extent, cellM: 1, minM: 50, maxM: 90 },
    window: async () => ({
      heightM: (easting, northing) =>
        easting >= E && easting <= E + SIDE_M && northing >= N && northing <= N + SIDE_M
          ? 50 + (easting - E) / 10
          : Number.NaN,
    }),
  },
  { dataset: 'city', source: 'slope', synthetic: true },
);

let app: RunningApp;
beforeAll(async () => {
  app = await runApp({ ...sampleServices(25), groundModel: () => MODEL });
});
afterAll(() => app.close());

type Parameters = Readonly<Record<string, string>>;
const wms = (parameters: Parameters, before = '') =>
  fetch(
    `${app.url}${before}/wms?${new URLSearchParams({ service: 'WMS', version: '1.3.0', ...parameters })}`,
  );
const MAP = {
  ...{ request: 'GetMap', layers: 'ground_heights', styles: '', crs: 'EPSG:2177' },
  ...{ bbox: [N, E, N + SIDE_M, E + SIDE_M].join(','), width: '400', height: '400' },
  ...{ format: 'image/png', transparent: 'TRUE' },
};
async function drawn(changes: Parameters = {}): Promise<DecodedPicture> {
  const reply = await wms({ ...MAP, ...changes });
  if (reply.headers.get('content-type') !== 'image/png') throw new Error(await reply.text());
  return decodePicture(await reply.arrayBuffer());
}
/** Columns that are painted in the middle row, as ranges. */
function painted(picture: DecodedPicture, y = 200): readonly string[] {
  const columns = Array.from({ length: picture.widthPx }, (_, x) => x).filter(
    (x) => (picture.at(x, y)[3] ?? 0) > 0,
  );
  const starts = columns.filter((x) => !columns.includes(x - 1));
  return starts.map((start) => {
    let end = start;
    while (columns.includes(end + 1)) end++;
    return `${start}-${end}`;
  });
}

describe('the model of the ground', () => {
  it('is drawn in bands of height as its legend tells them, by the place in any CRS', async () => {
    const picture = await drawn();
    expect(painted(picture)).toEqual(['0-399']);
    const at = (x: number) => picture.at(x, 200).join();
    expect([at(10), at(51)]).toEqual([at(48), at(98)]);
    expect(new Set([10, 60, 110, 160, 210, 260, 310, 360].map(at)).size).toBe(8);
    const legend = await (
      await wms({
        ...{ request: 'GetLegendGraphic', sld_version: '1.1.0', layer: 'ground_heights' },
        ...{ format: 'application/json', language: 'en' },
      })
    ).text();
    for (let heightM = 50; heightM < 90; heightM += 5)
      expect(legend).toContain(`${heightM}–${heightM + 5} m`);
    const web = await drawn({ crs: 'CRS:84', bbox: '16,52,18,53', width: '200', height: '100' });
    expect(painted(web, 0)).toEqual([]);
    const near = await drawn({ crs: 'EPSG:2180', bbox: '507600,357500,508600,358500' });
    expect(painted(near).length).toBeLessThanOrEqual(1);
  });

  it('shows of the heights those that ELEVATION or a filter chooses', async () => {
    expect(painted(await drawn({ elevation: '60/70' }))).toEqual(['100-199']);
    expect(painted(await drawn({ elevation: '52,60/70,85/200' }))).toEqual(['15-24', '100-199', '350-399']);
    expect(painted(await drawn({ cql_filter: 'height_m > 80' }))).toEqual(['300-399']);
    expect(painted(await drawn({ cql_filter: 'height_m > 80', elevation: '50/82' }))).toEqual(['300-319']);
    const refused = await (await wms({ ...MAP, elevation: '200' })).text();
    expect(refused).toMatch(
      /code="InvalidDimensionValue".*the range lies outside, got &quot;200&quot;.*50\/90\/1/s,
    );
  });

  it('tells its range of heights and their datum, and is valid in the capabilities', async () => {
    const text = await (await wms({ request: 'GetCapabilities' })).text();
    expect(text).toContain(
      '<Dimension name="elevation" units="EPSG:9651" unitSymbol="m" default="50/90" multipleValues="1" nearestValue="0" current="0">50/90/1</Dimension>',
    );
  });

  it('tells the height at a pixel', async () => {
    const at = (i: string, format: string) =>
      wms({
        ...{ ...MAP, request: 'GetFeatureInfo', query_layers: 'ground_heights', i, j: '200' },
        ...{ info_format: format, language: 'en' },
      });
    expect(await (await at('123', 'text/plain')).text()).toContain('Height of the ground: 62.35 m');
    const json = JSON.parse(await (await at('123', 'application/json')).text());
    expect(json.features).toMatchObject([{ properties: { height_m: 62.35 } }]);
    expect(await (await at('123', 'application/gml+xml; version=3.2')).text()).toContain(
      '<bl:height_m>62.35</bl:height_m>',
    );
  });

  it('has in the legend of a map only the bands in view', async () => {
    const reply = await wms({
      ...{ request: 'GetLegendGraphic', sld_version: '1.1.0', layer: 'ground_heights', language: 'en' },
      ...{ format: 'application/json', crs: 'EPSG:2177', srcwidth: '100', srcheight: '400' },
      bbox: [N, E, N + SIDE_M, E + 90].join(','),
    });
    const text = await reply.text();
    expect([text, text.match(/\d+–\d+ m/g)]).toEqual([text, ['50–55 m', '55–60 m']]);
  });

  it('is cut into tiles of WMTS', async () => {
    const reply = await fetch(`${app.url}/wmts/1.0.0/ground_heights/default/EPSG2177/3/2/3.png`);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/png']);
    const etag = reply.headers.get('etag') ?? '';
    const again = await fetch(`${app.url}/wmts/1.0.0/ground_heights/default/EPSG2177/3/2/3.png`, {
      headers: { 'if-none-match': etag },
    });
    expect(again.status).toBe(304);
  });

  it('is as it is in a map of a moment, and at no address of a state of which no model is kept', async () => {
    const both = { layers: 'ground_heights,parcels', time: '2025-01-01T00:00:00Z' };
    expect(painted(await drawn(both), 10)).toEqual(['0-399']);
    const moment = await (await wms({ request: 'GetCapabilities' }, '/at/2025-01-01T00:00:00Z')).text();
    expect(moment).toContain('<Name>parcels</Name>');
    expect(moment).not.toContain('ground_heights');
  });

  it('cannot be lines', async () => {
    const reply = await wms({ ...MAP, format: 'image/svg+xml' });
    expect(await reply.text()).toContain('is pictures of heights, which image/svg+xml cannot hold');
  });
});
