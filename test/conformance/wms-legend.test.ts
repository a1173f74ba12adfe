/** Legends of WMS by rule and by scale, as pictures and as data (05-078r4, 12): each form is judged by the other. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PARCELS } from '../../core/catalogue/parcels.ts';
import { decodePicture } from '../support/decoded-picture.ts';
import { SAMPLE_LAYERS, SAMPLE_ORIGIN } from '../support/sample-city.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const { easting, northing } = SAMPLE_ORIGIN;
const VIEW = {
  ...{ crs: 'EPSG:2177', width: '200', height: '200' },
  bbox: `${northing},${easting},${northing + 100},${easting + 100}`,
};
const FARTHEST = PARCELS.maxScaleDenominator ?? Number.NaN;

interface Rule {
  readonly name: string;
  readonly title: string;
  readonly MaxScaleDenominator?: number;
  readonly symbolizers: readonly {
    readonly Polygon: { readonly fill: string; readonly 'fill-opacity': string; readonly stroke: string };
  }[];
}

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(50);
});
afterAll(() => city.close());

const ask = (changes: Readonly<Record<string, string>>) =>
  fetch(
    `${city.url}/wms?${new URLSearchParams({
      ...{ service: 'WMS', version: '1.3.0', request: 'GetLegendGraphic', layer: 'parcels' },
      ...changes,
    })}`,
  );

async function rules(changes: Readonly<Record<string, string>> = {}): Promise<readonly Rule[]> {
  const reply = await ask({ format: 'application/json', language: 'en', ...changes });
  expect(reply.headers.get('content-type')).toBe('application/json');
  const { Legend } = (await reply.json()) as { Legend: { layerName: string; rules: readonly Rule[] }[] };
  expect(Legend.map(({ layerName }) => layerName)).toEqual(['parcels']);
  return Legend[0]?.rules ?? [];
}

async function picture(changes: Readonly<Record<string, string>> = {}) {
  const reply = await ask({ format: 'image/png', ...changes });
  expect(reply.headers.get('content-type')).toBe('image/png');
  return decodePicture(await reply.arrayBuffer());
}
const rowsOf = ({ heightPx }: { readonly heightPx: number }) => (heightPx - 10) / 22;

/** A colour on white. */
const onWhite = (hex: string, opacity: number) =>
  [1, 3, 5].map((at) => 255 - (255 - Number.parseInt(hex.slice(at, at + 2), 16)) * opacity);

describe('a legend', () => {
  it('as JSON tells the classes by the names that RULE takes, in the colours of the picture', async () => {
    const told = await rules();
    expect(told.map(({ title }) => title)).toEqual(
      PARCELS.style.classes?.entries.map(({ label }) => label.en),
    );
    expect(told.every((rule) => rule.MaxScaleDenominator === FARTHEST)).toBe(true);
    for (const { name, symbolizers } of told) {
      const one = await picture({ rule: name });
      const { fill = '', 'fill-opacity': opacity = '' } = symbolizers[0]?.Polygon ?? {};
      const drawn = one.at(19, 16);
      const far = onWhite(fill, Number(opacity)).map((value, i) => Math.abs(value - (drawn[i] ?? -99)));
      expect([name, rowsOf(one), Math.max(...far) < 3]).toEqual([name, 1, true]);
    }
    const all = await picture();
    expect(rowsOf(all)).toBe(told.length);
    const sld = await (await fetch(`${city.url}/ogc/styles/parcels?f=sld11`)).text();
    for (const { name } of told) expect(sld).toContain(`<se:Name>${name}</se:Name>`);
    // Everything else is a rule too, though no row of the whole legend.
    expect(rowsOf(await picture({ rule: 'parcels' }))).toBe(1);
    expect((await rules({ rule: 'parcels' })).map(({ name }) => name)).toEqual(['parcels']);
  });

  it('of a view and of a scale has what is drawn there, in both forms', async () => {
    const inView = await rules(VIEW);
    expect(inView.length).toBe(rowsOf(await picture(VIEW)));
    const [there] = inView;
    const absent = (await rules()).find(({ name }) => inView.every((each) => each.name !== name));
    for (const [rule, rows] of [
      [there?.name ?? '', 1],
      [absent?.name ?? '', 0],
    ] as const) {
      expect([(await rules({ ...VIEW, rule })).length, rowsOf(await picture({ ...VIEW, rule }))]).toEqual([
        rows,
        rows,
      ]);
    }
    const all = (await rules()).length;
    for (const [scale, rows] of [
      [String(FARTHEST), all],
      ['1:500', all],
      [String(FARTHEST * 1.01), 0],
    ] as const) {
      expect([(await rules({ scale })).length, rowsOf(await picture({ scale }))]).toEqual([rows, rows]);
    }
  });

  it('of a style of one’s own is asked by the names of its rules', async () => {
    const rule = (name: string, colour: string) =>
      `<se:Rule><se:Name>${name}</se:Name><se:PolygonSymbolizer><se:Fill><se:SvgParameter name="fill">${colour}</se:SvgParameter></se:Fill></se:PolygonSymbolizer></se:Rule>`;
    const sld_body = `<sld:StyledLayerDescriptor version="1.1.0" xmlns:sld="http://www.opengis.net/sld" xmlns:se="http://www.opengis.net/se"><sld:NamedLayer><se:Name>parcels</se:Name><sld:UserStyle><se:FeatureTypeStyle>${rule('red', '#ff0000')}${rule('blue', '#0000ff')}</se:FeatureTypeStyle></sld:UserStyle></sld:NamedLayer></sld:StyledLayerDescriptor>`;
    const told = await rules({ sld_body });
    expect(told.map(({ name }) => name)).toEqual(['red', 'blue']);
    expect(told.map(({ symbolizers }) => symbolizers[0]?.Polygon.fill)).toEqual(['#ff0000', '#0000ff']);
    const blue = await picture({ sld_body, rule: 'blue' });
    expect([rowsOf(blue), blue.at(19, 16)]).toEqual([1, [0, 0, 255, 255]]);
    expect(await (await ask({ sld_body, rule: 'green' })).text()).toContain('its rules: red, blue');
  });

  it('of a group has the legends of its layers from the topmost, each under its title', async () => {
    const { group } = PARCELS;
    const layer = group.mapName ?? `group-${group.name}`;
    const reply = await ask({ layer, format: 'application/json', language: 'en' });
    const { Legend } = (await reply.json()) as {
      Legend: { layerName: string; title: string; rules: readonly Rule[] }[];
    };
    const members = SAMPLE_LAYERS.filter((each) => each.group.name === group.name)
      .toSorted((a, b) => b.drawOrder - a.drawOrder)
      .map(({ name }) => name);
    expect(members.length).toBeGreaterThan(1);
    expect(Legend.map(({ layerName }) => layerName)).toEqual(members);
    let heightPx = 0;
    for (const { layerName, title, rules: told } of Legend) {
      const one = await picture({ layer: layerName, language: 'en' });
      const saysTitle = told.every((rule) => rule.title === title);
      heightPx += one.heightPx + (saysTitle ? 0 : 27);
    }
    const whole = await picture({ layer, language: 'en' });
    expect(whole.heightPx).toBe(heightPx);
    const lowest = await picture({ layer: members.at(-1) ?? '', language: 'en' });
    // The legend of the lowest layer ends the picture, pixel by pixel.
    const swatch = (top: number) => [8, 13, 19].map((y) => y + top);
    expect(swatch(whole.heightPx - lowest.heightPx).map((y) => whole.at(19, y))).toEqual(
      swatch(0).map((y) => lowest.at(19, y)),
    );
    const inView = async (layer: string) => {
      const reply = await ask({ layer, format: 'application/json', ...VIEW });
      return ((await reply.json()) as { Legend: { layerName: string; rules: object[] }[] }).Legend;
    };
    const alone = (await Promise.all(members.map(inView))).flat();
    const met = alone.filter(({ rules: some }) => some.length > 0);
    expect(met.length).toBeGreaterThan(0);
    expect(met.length).toBeLessThan(members.length);
    expect(await inView(layer)).toEqual(met);
    const far = String(FARTHEST * 1.01);
    const distant = await ask({ layer, format: 'application/json', scale: far });
    const names = ((await distant.json()) as { Legend: { layerName: string }[] }).Legend.map(
      ({ layerName }) => layerName,
    );
    expect(names).not.toContain('parcels');
    expect(await (await ask({ layer, rule: 'parcels_1' })).text()).toContain(members.join(', '));
  });

  it('is refused in the form of WMS, which says what there is', async () => {
    for (const [changes, code, words] of [
      [{ rule: 'lawns' }, 'InvalidParameterValue" locator="rule', 'parcels_1'],
      [{ scale: 'far' }, 'InvalidParameterValue" locator="scale', 'as 2500'],
      [{ scale: '-1' }, 'InvalidParameterValue" locator="scale', 'as 2500'],
      [{ format: 'text/html' }, 'InvalidFormat" locator="format', 'application/json'],
    ] as const) {
      const text = await (await ask(changes)).text();
      expect(text).toContain(`code="${code}"`);
      expect(text).toContain(words);
    }
  });

  it.each([
    ['1.3.0', 'sld:GetLegendGraphic'],
    ['1.1.1', 'GetLegendGraphic'],
  ])('is offered as JSON in the capabilities of %s', async (version, operation) => {
    const text = await (
      await fetch(`${city.url}/wms?service=WMS&request=GetCapabilities&version=${version}`)
    ).text();
    const offered = text.split(`<${operation}>`)[1]?.split(`</${operation}>`)[0];
    expect(offered).toContain('<Format>application/json</Format>');
  });
});
