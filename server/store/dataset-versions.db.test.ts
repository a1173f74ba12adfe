/** Versions of a dataset, and the feed of changes between any two of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import type { ChangePage, VersionPage } from '../../core/wire/versions.ts';
import { askProtocols } from '../../test/support/ask-protocols.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { sampleFeatures } from '../../test/support/sample-city.ts';
import { ANONYMOUS } from '../access/identity.ts';
import { changes, versions } from '../protocols/versions/protocol.ts';
import { storeVersions } from './dataset-versions.ts';
import { postgisSource } from './features.ts';
import { layersOf } from './layers.ts';
import { beginLoad } from './load.ts';
import { relationFor } from './relation.ts';

let database: TestDatabase;
const loaded: number[] = [];

/** The same numbers from 0 to 1 in every run. */
function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const SAMPLE = sampleFeatures(12).filter(({ layer }) => layer === 'parcels' || layer === 'buildings');

/** Everything that stands in the dataset from now on; what is absent ends. */
async function load(features: readonly Feature[]): Promise<number> {
  const transaction = await beginLoad(database.pool, {
    ...{ dataset: 'city', srid: 2177, fileName: 'drawn.gml', format: 'drawn', source: 'a test' },
    ...{
      steward: 'the office',
      licence: 'CC0',
      synthetic: false,
      dryRun: false,
      allowOutside: true,
      scope: 'all',
    },
  });
  for (const feature of features) await transaction.write(feature, 2177, false);
  const { version } = await transaction.finish();
  return version ?? 0;
}

beforeAll(async () => {
  database = await testDatabase();
  const draw = drawn(7);
  for (let n = 0; n < 6; n++) {
    // One object of each register always stays, so that absence is told of both.
    const features = SAMPLE.filter(
      ({ id }, index) => index === 0 || id === SAMPLE.at(-1)?.id || draw() < 0.6,
    ).map((feature) =>
      feature.layer === 'parcels' && draw() < 0.5
        ? { ...feature, properties: { ...feature.properties, registered_area_ha: Math.ceil(draw() * 3) } }
        : feature,
    );
    loaded.push(await load(features));
  }
});
afterAll(() => database.drop());

const offered = () => storeVersions(() => database.pool, database.pool, layersOf(database.pool));
const ask = async <T>(address: string): Promise<{ status: number; body: T }> =>
  askProtocols([versions({ versions: offered() }), changes({ versions: offered() })])(
    'GET',
    address,
    undefined,
    ANONYMOUS,
  );

type City = ReadonlyMap<string, string>;
const textOf = (properties: object, geometry: unknown) =>
  JSON.stringify([Object.entries(properties).toSorted(([a], [b]) => (a < b ? -1 : 1)), geometry]);

/** The city as the twin knew it then, by every door's own relation. */
async function stateAt(version: number): Promise<City> {
  if (version === 0) return new Map();
  const at = new Date((await offered().read(version)).recordedAt);
  const source = postgisSource(database.pool, layersOf(database.pool), (layer) =>
    relationFor(layer, { who: ANONYMOUS, at }),
  );
  const city = new Map<string, string>();
  for (const { name } of await source.layers()) {
    for await (const { id, properties, geometry } of source.query(
      { layer: name },
      new AbortController().signal,
    )) {
      city.set(`${name}/${id}`, textOf(properties, geometry ?? null));
    }
  }
  return city;
}

async function feed(from: number, to: number, limit: number): Promise<readonly ChangePage[]> {
  const pages: ChangePage[] = [];
  let after = '';
  do {
    const query = new URLSearchParams({ from: String(from), to: String(to), limit: String(limit), after });
    const { body } = await ask<ChangePage>(`/api/changes?${query}`);
    pages.push(body);
    after = body.next ?? '';
  } while (after !== '');
  return pages;
}

function replayed(city: City, pages: readonly ChangePage[]): City {
  const next = new Map(city);
  for (const { layer, id, change, properties, geometry } of pages.flatMap((page) => page.changes)) {
    const key = `${layer}/${id}`;
    expect([key, change === 'added']).toEqual([key, !next.has(key)]);
    if (change === 'removed') next.delete(key);
    else next.set(key, textOf(properties, geometry));
  }
  return next;
}

const sorted = (city: City) => [...city].toSorted(([a], [b]) => (a < b ? -1 : 1));

describe('the feed of changes', () => {
  it('replayed over any version gives any later one, page by page', async () => {
    const states = new Map<number, City>();
    for (const version of [0, ...loaded]) states.set(version, await stateAt(version));
    expect(new Set([...states.values()].map((city) => JSON.stringify(sorted(city)))).size).toBe(
      loaded.length + 1,
    );
    for (const from of [0, ...loaded]) {
      for (const to of loaded.filter((version) => version > from)) {
        const pages = await feed(from, to, 3);
        expect(sorted(replayed(states.get(from) ?? new Map(), pages))).toEqual(
          sorted(states.get(to) ?? new Map()),
        );
      }
    }
  }, 60_000);

  it('is empty between a version and itself, and told of one layer alone', async () => {
    const [first = 0] = loaded;
    expect((await feed(first, first, 10)).flatMap((page) => page.changes)).toEqual([]);
    const { body } = await ask<ChangePage>(`/api/changes?from=0&to=${first}&layer=buildings`);
    expect(new Set(body.changes.map(({ layer }) => layer))).toEqual(new Set(['buildings']));
  });

  it('comes as GeoJSON on the globe, with the versions that each object is of', async () => {
    const last = loaded.at(-1) ?? 0;
    const { body } = await ask<{ features: { properties: object; geometry: { coordinates: object } }[] }>(
      '/api/changes?from=0&f=geojson&layer=parcels&limit=1',
    );
    expect(body).toMatchObject({ type: 'FeatureCollection', to: last, srid: 4326 });
    expect(body.features[0]?.properties).toMatchObject({
      change: 'added',
      layer: 'parcels',
      version_before: null,
    });
    const [lon = 0] = [body.features[0]?.geometry.coordinates].flat(9).map(Number);
    expect(lon).toBeGreaterThan(16);
    expect(lon).toBeLessThan(18);
  });

  it('names what cannot be answered', async () => {
    const [first = 0, second = 0] = loaded;
    expect(await ask('/api/changes')).toMatchObject({ status: 400, body: { parameter: 'from' } });
    expect(await ask(`/api/changes?from=${second}&to=${first}`)).toMatchObject({
      status: 400,
      body: { parameter: 'to' },
    });
    expect((await ask('/api/changes?from=0&to=999999')).status).toBe(404);
    expect((await ask('/api/changes?from=0&dataset=nowhere')).status).toBe(404);
    expect((await ask('/api/changes?from=0&layer=nothing')).status).toBe(404);
    expect((await ask('/api/changes?from=0&after=x')).status).toBe(400);
  });
});

describe('the versions of a dataset', () => {
  it('are told the newest first, page by page, with whose they are and what they brought', async () => {
    const first = await ask<VersionPage>('/api/versions?dataset=city&limit=4');
    expect(first.body.versions.map(({ version }) => version)).toEqual(loaded.toReversed().slice(0, 4));
    const { body } = await ask<VersionPage>(`/api/versions?dataset=city&before=${first.body.next}`);
    expect(body).toMatchObject({ next: null, versions: [{ version: loaded[1] }, { version: loaded[0] }] });
    expect(body.versions[1]).toMatchObject({
      ...{ steward: 'the office', licence: 'CC0', srid: 2177, changed: 0, added: body.versions[1]?.written },
      ...{
        sha256: null,
        extent: [expect.any(Number), expect.any(Number), expect.any(Number), expect.any(Number)],
      },
    });
  });
});
