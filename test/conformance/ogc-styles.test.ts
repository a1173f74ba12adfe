/** OGC API – Styles (draft 20-009), gone through by its links alone. */
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePicture } from '../support/decoded-picture.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(420);
});
afterAll(() => city.close());

interface Link {
  readonly rel: string;
  readonly href: string;
  readonly type: string;
}
interface Linked {
  readonly links: readonly Link[];
}
interface Styles extends Linked {
  readonly default: string;
  readonly styles: readonly (Linked & { readonly id: string })[];
}
interface MapStyle {
  readonly sprite?: string;
  readonly sources: Readonly<Record<string, { tiles: readonly string[]; minzoom: number; maxzoom: number }>>;
  readonly layers: readonly { readonly layout: Readonly<Record<string, unknown>> }[];
}

const REL = 'http://www.opengis.net/def/rel/ogc/1.0/styles';
const linksOf = ({ links }: Linked, rel: string): readonly Link[] => links.filter((link) => link.rel === rel);
async function read<T>(address = 'no such link'): Promise<T> {
  const reply = await fetch(address);
  expect([address, reply.status]).toEqual([address, 200]);
  return (await reply.json()) as T;
}
const list = async (): Promise<Styles> =>
  read<Styles>(linksOf(await read<Linked>(`${city.url}/ogc`), REL)[0]?.href);

describe('styles', () => {
  it('lead from the landing page to every stylesheet, of the type that its link says', async () => {
    const { styles, default: standard } = await list();
    const { collections } = await read<{ collections: readonly { id: string; itemType: string }[] }>(
      `${city.url}/ogc/collections`,
    );
    const layers = collections.filter(({ itemType }) => itemType === 'feature').map(({ id }) => id);
    expect(styles.map(({ id }) => id)).toEqual([standard, ...layers]);
    for (const style of styles) {
      const sheets = linksOf(style, 'stylesheet');
      expect(sheets).toHaveLength(style.id === standard ? 1 : 3);
      for (const { href, type } of sheets) {
        const reply = await fetch(href);
        expect([href, reply.status, reply.headers.get('content-type')]).toEqual([href, 200, type]);
        const etag = reply.headers.get('etag') ?? '';
        expect((await fetch(href, { headers: { 'if-none-match': etag } })).status).toBe(304);
        await reply.arrayBuffer();
      }
      const metadata = await read<{
        id: string;
        layers: readonly object[];
        stylesheets: readonly { link: Link }[];
      }>(linksOf(style, 'describedby')[0]?.href);
      expect(metadata.id).toBe(style.id);
      expect(metadata.stylesheets.map(({ link }) => link)).toEqual(sheets);
    }
  });

  it('lead from a collection to its own', async () => {
    const collection = await read<Linked>(`${city.url}/ogc/collections/buildings`);
    const { styles, default: standard } = await read<Styles>(linksOf(collection, REL)[0]?.href);
    expect([standard, styles.map(({ id }) => id)]).toEqual(['buildings', ['buildings']]);
  });

  it('of the whole map name tiles that are there, with the words of the reader, and every mark of the sprite', async () => {
    const address = `${city.url}/ogc/styles/map?f=mapbox&lang=en`;
    const style = await read<MapStyle>(address);
    expect(validateStyleMin(style as never)).toEqual([]);
    for (const { tiles, minzoom } of Object.values(style.sources)) {
      const z = Math.ceil(minzoom);
      const tile = (tiles[0] ?? '')
        .replace('{z}', `${z}`)
        .replace('{x}', `${(2 ** z) >> 1}`)
        .replace('{y}', '0');
      const { status } = await fetch(tile);
      expect([tile, status]).toEqual([tile, 204]);
    }
    const named = style.layers.flatMap(({ layout }) =>
      layout['icon-image'] ? [String(layout['icon-image'])] : [],
    );
    for (const [twice, pixelRatio] of [
      ['', 1],
      ['@2x', 2],
    ] as const) {
      const places = await read<Record<string, { x: number; y: number; width: number; height: number }>>(
        `${style.sprite}${twice}.json`,
      );
      expect(Object.keys(places).toSorted()).toEqual(named.toSorted());
      const reply = await fetch(`${style.sprite}${twice}.png`);
      const picture = await decodePicture(await reply.arrayBuffer());
      for (const [mark, { x, y, width, height, ...rest }] of Object.entries(places)) {
        expect([mark, rest]).toEqual([mark, { pixelRatio }]);
        const inside = [...Array(width).keys()].flatMap((dx) =>
          [...Array(height).keys()].map((dy) => picture.at(x + dx, y + dy)[3] ?? 0),
        );
        expect(Math.max(...inside)).toBeGreaterThan(200);
        expect([picture.at(x, y)[3], picture.at(x + width - 1, y + height - 1)[3]]).toEqual([0, 0]);
      }
    }
  });

  it.each([
    ['styles/streets', 404, 'styleId', 'There is no style "streets"'],
    ['styles/parcels?f=css', 400, 'f', 'mapbox or sld11 or qml'],
    ['styles/map?f=sld11', 400, 'f', 'draws one layer'],
    ['styles/parcels/resources/sprite.gif', 404, 'resourceId', 'no resources'],
    ['styles/trees/resources/sprite.json', 404, 'resourceId', 'no resources'],
    ['collections/streets/styles', 404, 'layer', 'There is no layer "streets"'],
  ])('say what is wrong with %s', async (path, status, parameter, words) => {
    const reply = await fetch(`${city.url}/ogc/${path}`);
    const problem = (await reply.json()) as { detail: string; parameter: string };
    expect([reply.status, problem.parameter]).toEqual([status, parameter]);
    expect(problem.detail).toContain(words);
  });
});
