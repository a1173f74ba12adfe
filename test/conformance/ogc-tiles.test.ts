/** OGC API – Tiles 1.0 (20-057), gone through by its links alone. GDAL 3.6 knows only the JSON of tile matrix sets before edition 2.0 (`supportedCRS`, `topLeftCorner`). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TILE_GRIDS, tilesInGrid } from '../../core/geo/tile-grid.ts';
import { SAMPLE_ORIGIN } from '../support/sample-city.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const { easting, northing } = SAMPLE_ORIGIN;
/** A wall of the first building, metres from the lower left corner. */
const [E, N] = [easting + 6, northing + 10];

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(420);
});
afterAll(() => city.close());

interface Linked {
  readonly links: readonly { readonly rel: string; readonly href: string }[];
}
const read = async <T>(address: string): Promise<T> => {
  const reply = await fetch(address);
  expect([address, reply.status]).toEqual([address, 200]);
  return (await reply.json()) as T;
};
const linkOf = ({ links }: Linked, rel: string): string =>
  links.find((link) => link.rel === rel)?.href ?? `no link ${rel}`;
const REL = 'http://www.opengis.net/def/rel/ogc/1.0';

describe.each([
  ['vector', 'application/vnd.mapbox-vector-tile'],
  ['map', 'image/png'],
])('tilesets of kind %s', (dataType, contentType) => {
  it('lead from the collection to tiles in every grid, the same as those of the other doors', async () => {
    const collection = await read<Linked>(`${city.url}/ogc/collections/buildings`);
    const list = await read<{ tilesets: readonly (Linked & { crs: string })[] }>(
      linkOf(collection, `${REL}/tilesets-${dataType}`),
    );
    expect(list.tilesets).toHaveLength(Object.keys(TILE_GRIDS).length);
    for (const each of list.tilesets) {
      const set = await read<Linked & { dataType: string; boundingBox: object }>(linkOf(each, 'self'));
      expect(set).toMatchObject({
        dataType,
        boundingBox: { lowerLeft: [expect.any(Number), expect.any(Number)] },
      });
      const scheme = await read<{ id: string; crs: string }>(linkOf(set, `${REL}/tiling-scheme`));
      expect(scheme.crs).toBe(each.crs);
    }
    const grid = TILE_GRIDS.EPSG2177;
    const range = tilesInGrid(grid, { minX: E, minY: N, maxX: E, maxY: N, srid: grid.srid }, 12);
    const set = list.tilesets.find(({ crs }) => crs.endsWith('/2177'));
    const template = set ? linkOf(set, 'item') : 'no set';
    const [x, y] = [`${range?.minX}`, `${range?.minY}`];
    const address = template.replace('{tileMatrix}', '12').replace('{tileRow}', y).replace('{tileCol}', x);
    const reply = await fetch(address);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, contentType]);
    const other =
      dataType === 'vector'
        ? `/tiles/vector/buildings/12/${x}/${y}.mvt?tms=EPSG2177`
        : `/wmts/1.0.0/buildings/default/EPSG2177/12/${y}/${x}.png`;
    const bytes = Buffer.from(await reply.arrayBuffer());
    expect(bytes.equals(Buffer.from(await (await fetch(`${city.url}${other}`)).arrayBuffer()))).toBe(true);
    const again = await fetch(address, { headers: { 'if-none-match': reply.headers.get('etag') ?? '' } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });
});

it('writes the origin of a grid in the order of its axes', async () => {
  const schemes = await read<{ tileMatrixSets: readonly (Linked & { id: string })[] }>(
    `${city.url}/ogc/tileMatrixSets`,
  );
  expect(schemes.tileMatrixSets.map(({ id }) => id)).toEqual(Object.keys(TILE_GRIDS));
  expect(await read(`${city.url}/ogc/tileMatrixSets/EPSG2177`)).toMatchObject({
    orderedAxes: ['N', 'E'],
    tileMatrices: expect.arrayContaining([
      expect.objectContaining({ id: '0', cellSize: 3200, pointOfOrigin: [6_219_200, 6_100_000] }),
    ]),
  });
});

it.each([
  ['/ogc/tileMatrixSets/toString', 404],
  ['/ogc/collections/nobody/tiles', 404],
  ['/ogc/collections/building_residents/tiles', 404],
  ['/ogc/collections/parcels/tiles/EPSG9', 404],
  ['/ogc/collections/parcels/tiles/EPSG2177/1/2/0', 404],
  ['/ogc/collections/parcels/tiles/EPSG2177/99/0/0', 404],
  ['/ogc/collections/parcels/tiles/EPSG2177/a/0/0', 400],
  ['/ogc/collections/nobody/map/tiles/EPSG2177/0/0/0', 404],
])('says that there is nothing at %s', async (path, status) => {
  const reply = await fetch(`${city.url}${path}`);
  expect([reply.status, reply.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
});
