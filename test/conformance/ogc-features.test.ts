/** OGC API – Features against the readers that people use and against PROJ. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import { CRS84_URI, crsUri } from '../../core/geo/crs.ts';
import { sql } from '../../server/store/sql.ts';
import { SAMPLE_LAYERS, sampleFeatures } from '../support/sample-city.ts';
import { projected, readByGdal, tool } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const PARCELS = 420;
const FEATURES = sampleFeatures(PARCELS);
const LAYERS = ['parcels', 'buildings', 'buildings_3d'] as const;
const featuresOf = (layer: string) => FEATURES.filter((feature) => feature.layer === layer);
const NORTHING_FIRST = new Set([2176, 2177, 2178, 2179, 2180, 4258, 4326]);

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(PARCELS);
});
afterAll(() => city.close());

interface Page {
  readonly numberMatched: number;
  readonly features: readonly {
    readonly id: string;
    readonly geometry: { readonly coordinates: number[][][][] };
    readonly properties: Readonly<Record<string, unknown>>;
  }[];
  readonly links: readonly { readonly rel: string; readonly href: string }[];
}

async function page(address: string): Promise<Page> {
  const reply = await fetch(address);
  expect(reply.status).toBe(200);
  return (await reply.json()) as Page;
}
const items = (layer: string, query: string) => page(`${city.url}/ogc/collections/${layer}/items?${query}`);
const nextOf = ({ links }: Page) => links.find(({ rel }) => rel === 'next')?.href;

const cornerOf = ({ geometry }: Feature): readonly number[] =>
  geometry?.type === 'MultiPolygon' ? (geometry.coordinates[0]?.[0]?.[0] ?? []) : [];

describe('GDAL', () => {
  it.each(LAYERS)('reads every object of %s where PROJ says that it is', async (layer) => {
    const { features } = await readByGdal(`OAPIF:${city.url}/ogc`, layer);
    const expected = featuresOf(layer);
    expect(features).toHaveLength(expected.length);
    const places = await projected(expected.map(cornerOf), 2177, 4326);
    // OAPIF gives no id to GDAL's GeoJSON that all versions agree on; places are unique.
    const read = features.map(({ geometry }) => geometry.coordinates.flat(2));
    const missed = places.filter(
      ([lon = 0, lat = 0]) =>
        !read.some((positions) =>
          positions.some(([x = 0, y = 0]) => Math.abs(x - lon) < 1e-8 && Math.abs(y - lat) < 1e-8),
        ),
    );
    expect(missed).toEqual([]);
  });
});

describe('OWSLib', () => {
  it('walks from the landing page to an object', async () => {
    const script = `
import json, sys
from owslib.ogcapi.features import Features
api = Features(sys.argv[1] + '/ogc/')
print(json.dumps({
  'layers': api.feature_collections(),
  'matched': api.collection_items('parcels', limit=1)['numberMatched'],
  'id': api.collection_item('parcels', '306401_1.0021.AR_10.1/4')['id'],
  'title': api.collection_queryables('parcels')['title'],
}))`;
    expect(JSON.parse(await tool('/usr/bin/python3', ['-c', script, city.url]))).toEqual({
      layers: SAMPLE_LAYERS.map(({ name }) => name),
      matched: PARCELS,
      id: '306401_1.0021.AR_10.1/4',
      title: 'Działki ewidencyjne',
    });
  });
});

describe('coordinates', () => {
  it.each([2177, 2180, 4258, 4326, 3857, 25833])(
    'in EPSG:%d are those of PROJ in the order of the authority',
    async (srid) => {
      const { features } = await items('parcels', `limit=10000&crs=${encodeURIComponent(crsUri(srid))}`);
      const byId = new Map(featuresOf('parcels').map((feature) => [feature.id, cornerOf(feature)]));
      const expected = await projected(
        features.map(({ id }) => byId.get(id) ?? []),
        2177,
        srid,
      );
      const tolerance = srid === 4326 || srid === 4258 ? 1e-8 : 0.001;
      const misplaced = features.filter(({ geometry }, index) => {
        const [x = Number.NaN, y = Number.NaN] = expected[index] ?? [];
        const [first, second] = NORTHING_FIRST.has(srid) ? [y, x] : [x, y];
        return !geometry.coordinates
          .flat(2)
          .some(([a = 0, b = 0]) => Math.abs(a - first) <= tolerance && Math.abs(b - second) <= tolerance);
      });
      expect(features).toHaveLength(PARCELS);
      expect(misplaced).toEqual([]);
    },
  );

  it('of a box are read in the order of its CRS', async () => {
    const target = featuresOf('parcels')[21];
    const [corner] = [target ? cornerOf(target) : []];
    for (const srid of [2177, 2180, 4258, 4326, 3857, 25833]) {
      const [[x = 0, y = 0] = []] = await projected([corner], 2177, srid);
      const margin = srid === 4326 || srid === 4258 ? 1e-5 : 1;
      const box = [x + margin, y + margin, x + 2 * margin, y + 2 * margin];
      const written = NORTHING_FIRST.has(srid) ? [box[1], box[0], box[3], box[2]] : box;
      const query = `bbox=${written.join(',')}&bbox-crs=${encodeURIComponent(crsUri(srid))}`;
      expect([srid, (await items('parcels', query)).features.map(({ id }) => id)]).toEqual([
        srid,
        [target?.id],
      ]);
    }
    const [[lon = 0, lat = 0] = []] = await projected([corner], 2177, 4326);
    const box = [lon + 1e-5, lat + 1e-5, lon + 2e-5, lat + 2e-5].join(',');
    const named = `bbox=${box}&bbox-crs=${encodeURIComponent(CRS84_URI)}`;
    for (const query of [`bbox=${box}`, named]) {
      expect((await items('parcels', query)).features.map(({ id }) => id)).toEqual([target?.id]);
    }
  });
});

describe('pages', () => {
  it('lose and repeat no row while others are written and deleted', async () => {
    const kept = new Set(featuresOf('parcels').map(({ id }) => id));
    const seen: string[] = [];
    const writer = await city.pool.connect();
    let address: string | undefined = `${city.url}/ogc/collections/parcels/items?limit=20`;
    for (let round = 0; address; round++) {
      const current = await page(address);
      seen.push(...current.features.map(({ id }) => id));
      address = nextOf(current);
      // Far before and far behind the place where the reader stands.
      const gone = `306401_1.0021.AR_10.${round + 2}`;
      if (round < 5 && kept.delete(gone)) {
        await writer.run(
          sql`update city.parcel set valid_to = now() where id = ${gone} and valid_to is null`,
        );
      }
      await writer.run(
        sql`insert into city.parcel (id, geom, valid_from, dataset_version, content_hash)
          select ${`000000_0.new.${round}`}, geom, now(), dataset_version, content_hash from city.parcel limit 1`,
      );
      // As every way of writing does.
      await writer.run(
        sql`update twin.layer_status set loaded_at = date_trunc('milliseconds', now()) + interval '1 ms'
          where layer = 'parcels'`,
      );
    }
    writer.release();
    expect(new Set(seen).size).toBe(seen.length);
    expect([...kept].filter((id) => !seen.includes(id))).toEqual([]);
  });
});

describe('WFS and OGC API', () => {
  it.each(LAYERS)('show the same objects of %s', async (layer) => {
    const wfs = (await (
      await fetch(
        `${city.url}/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=${layer}&outputFormat=application/json&srsName=CRS:84`,
      )
    ).json()) as Page;
    const api = await items(layer, 'limit=10000');
    expect(wfs.features).toEqual(api.features);
    expect(wfs.numberMatched).toBe(api.numberMatched);
  });
});

it('logs nothing worse than the access line', () => {
  expect(city.log.filter(({ level }) => level !== 'info')).toEqual([]);
});
