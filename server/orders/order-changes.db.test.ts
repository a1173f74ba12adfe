/** Orders of changes: whoever replays them on an earlier order has the later one, byte for byte. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import type { OrderManifest } from '../../core/order/order-manifest.ts';
import { downloadSchema, newOrderSchema, type OrderRequest } from '../../core/wire/order.ts';
import { editSchema } from '../../core/wire/scenario.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { flatGround } from '../../test/support/flat-ground.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from '../../test/support/sample-city.ts';
import { ANONYMOUS, type Identity } from '../access/identity.ts';
import type { View } from '../access/view.ts';
import { documentWriter } from '../documents/document-writer.ts';
import { geoPackages } from '../geopackage/geo-packages.ts';
import type { Orders } from '../services/orders.ts';
import { storeCatalogue } from '../store/catalogue.ts';
import { storeClientAccounts } from '../store/client-accounts.ts';
import { layersOf } from '../store/layers.ts';
import { postgisMaps } from '../store/map-geometry.ts';
import { storeScenarios } from '../store/scenarios.ts';
import { sql } from '../store/sql.ts';
import { offerOrders } from './orders.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const LAYERS = ['parcels', 'buildings', 'buildings_3d'];
const PARCELS = 60;
/** Cuts through parcels and buildings. */
const BOX = {
  ...{ kind: 'polygon', srid: 2177 },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [E + 30, N + 8],
        [E + 230, N + 11],
        [E + 225, N + 50],
        [E + 30, N + 50],
        [E + 30, N + 8],
      ],
    ],
  },
};

let database: TestDatabase;
let orders: Orders;
/** Moments of the city, one after each load. */
const moments: Date[] = [];
let scenarioView: View;

/** Loads, takes away what is named, and notes the moment. */
async function settle(features: readonly Feature[], removed: readonly string[] = []): Promise<void> {
  await fill(database.pool, features);
  for (const table of [sql`city.parcel`, sql`city.building`]) {
    await database.pool.read(
      sql`update ${table} set valid_to = (select max(recorded_at) from twin.dataset_version)
        where id = any(${removed}::text[]) and valid_to is null`,
    );
  }
  const [now] = await database.pool.read<{ at: string }>(
    sql`select max(recorded_at) as at from twin.dataset_version`,
  );
  moments.push(new Date(now?.at ?? ''));
  await sleep(5);
}

beforeAll(async () => {
  database = await testDatabase();
  const layers = layersOf(database.pool);
  const place = {
    poolOf: () => database.pool,
    layers,
    catalogue: storeCatalogue(database.pool, layers),
    geoPackages,
    documents: documentWriter,
    maps: (view: View) => postgisMaps(database.pool, view),
    city: { name: { pl: 'Miasto', en: 'City' }, srid: 2177 },
    relief: () => undefined,
    oldHeights: undefined,
  };
  const scenarios = storeScenarios(database.pool, layers, flatGround(71));
  orders = offerOrders(place, database.pool, storeClientAccounts(database.pool), {
    sendsEmail: false,
    findScenario: scenarios.state,
  });
  const features = sampleFeatures(PARCELS);
  const parcelOf = (index: number) => features.find(({ id }) => id === sampleParcelId(index)) as Feature;
  const withUse = (index: number, use: string): Feature => {
    const parcel = parcelOf(index);
    return { ...parcel, properties: { ...parcel.properties, land_use: use } };
  };
  await settle(features.filter(({ id }) => id !== sampleParcelId(7)));
  // One comes, one is changed, one goes, and one takes another's place on the ground.
  await settle(
    [parcelOf(7), withUse(3, 'Bi'), { ...parcelOf(4), geometry: parcelOf(45).geometry }],
    [sampleParcelId(22), `306401_1.0021.4.1_BUD`],
  );
  // What was changed is as it was again, what was gone is back, and what came is gone.
  await settle([withUse(3, 'B'), parcelOf(22), withUse(9, 'dr')], [sampleParcelId(7)]);
  await settle([withUse(11, 'Ls'), parcelOf(4)], [sampleParcelId(26)]);

  const { id, revision } = await scenarios.create({ title: 'Dom', reason: '', access: 'link' }, STAFF);
  const house = editSchema.parse({
    ...{ kind: 'add-building', storeys: 2, roof: { shape: 'flat' }, function: 'm' },
    footprint: [
      [E + 84, N + 24],
      [E + 92, N + 24],
      [E + 92, N + 34],
      [E + 84, N + 34],
    ],
  });
  await scenarios.add(id, revision, [house], STAFF);
  const scenario = await scenarios.state(id, STAFF);
  if (!scenario) throw new Error('the scenario is gone');
  scenarioView = { who: ANONYMOUS, scenario };
}, 120_000);
afterAll(() => database.drop());

type Objects = ReadonlyMap<string, GeoJson>;
interface Packed {
  readonly manifest: OrderManifest;
  readonly objects: ReadonlyMap<string, readonly GeoJson[]>;
}
interface GeoJson {
  readonly id: string;
  readonly geometry: unknown;
  readonly properties: Readonly<Record<string, unknown>>;
}

async function packed(order: Partial<OrderRequest> | object, view: View): Promise<Packed> {
  const request = downloadSchema.parse({
    area: { kind: 'city' },
    layers: LAYERS,
    formats: ['geojson'],
    ...order,
  });
  const { bytes } = await orders.pack(request, view, new AbortController().signal);
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  const files = unzipSync(Buffer.concat(parts));
  const read = (name: string) => JSON.parse(new TextDecoder().decode(files[name]));
  return {
    manifest: read('manifest.json'),
    objects: new Map(
      LAYERS.map((layer) => [layer, read(`geojson/${layer}_EPSG2177_PL-EVRF2007-NH.geojson`).features]),
    ),
  };
}

const byId = (objects: readonly GeoJson[] = []): Objects => new Map(objects.map((each) => [each.id, each]));

/** As anybody may do it who has the files. */
function replayed(before: Objects, changes: readonly GeoJson[]): Objects {
  const after = new Map(before);
  for (const { properties, ...object } of changes) {
    const { change, version_before: _before, version_after: _after, ...rest } = properties;
    const isKnown = after.has(object.id);
    expect(isKnown, `${object.id} ${change}`).toBe(change !== 'added');
    if (change === 'removed') after.delete(object.id);
    else after.set(object.id, { ...object, properties: rest });
  }
  return after;
}

/** In order of ids, with members in one order. */
function hashOf(objects: Objects): string {
  const canonical = [...objects.values()].map(({ id, geometry, properties }) => [
    id,
    geometry,
    Object.entries(properties).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  ]);
  canonical.sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}

const at = (index: number): View => ({ who: ANONYMOUS, at: moments[index] as Date });

describe.each([
  ['the whole city', {}],
  ['a box of whole objects', { area: BOX, cut: 'whole' }],
  ['a box that cuts', { area: BOX, cut: 'clip' }],
])('changes of %s', (_, area) => {
  it('replayed one after another on the first state, and on into a scenario, give each later state', async () => {
    const states: readonly (readonly [since: number, View])[] = [
      [0, at(1)],
      [1, at(2)],
      [2, at(3)],
      [3, scenarioView],
    ];
    const first = await packed(area, at(0));
    for (const layer of LAYERS) {
      let objects = byId(first.objects.get(layer));
      for (const [since, view] of states) {
        const changes = await packed({ ...area, since: moments[since]?.toISOString() }, view);
        objects = replayed(objects, changes.objects.get(layer) ?? []);
        const full = await packed(area, view);
        expect(hashOf(objects)).toBe(hashOf(byId(full.objects.get(layer))));
      }
    }
  }, 60_000);

  it('of the whole time at once give the last state too', async () => {
    const [first, changes, last] = [
      await packed(area, at(0)),
      await packed({ ...area, since: moments[0]?.toISOString() }, scenarioView),
      await packed(area, scenarioView),
    ];
    for (const layer of LAYERS) {
      const objects = replayed(byId(first.objects.get(layer)), changes.objects.get(layer) ?? []);
      expect(hashOf(objects)).toBe(hashOf(byId(last.objects.get(layer))));
    }
  });
});

it('what came and went, or is the same again, is no change; versions tell the loads', async () => {
  const { objects, manifest } = await packed({ since: moments[0]?.toISOString() }, at(3));
  const told = objects
    .get('parcels')
    ?.map(({ id, properties }) => [
      id,
      ...['change', 'version_before', 'version_after'].map((name) => properties[name]),
    ]);
  expect(told).toEqual(
    [
      [sampleParcelId(9), 'changed', 1, 3],
      [sampleParcelId(11), 'changed', 1, 4],
      [sampleParcelId(3), 'changed', 1, 3],
      [sampleParcelId(26), 'removed', 1, null],
    ].toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
  expect(manifest.order.since).toBe(moments[0]?.toISOString());
  expect(manifest.layers[0]).toMatchObject({
    layer: 'parcels',
    objects: 4,
    loadedAt: moments[3]?.toISOString(),
  });
});

it('changes are left out of formats that cannot say them, and never lie after what they lead to', async () => {
  const since = moments[1]?.toISOString() ?? '';
  const order = { area: { kind: 'city' }, layers: ['parcels'], formats: ['dxf', 'csv'] };
  const { skipped } = await orders.estimate(
    newOrderSchema.parse({ ...order, since }),
    { who: ANONYMOUS },
    new AbortController().signal,
  );
  expect(skipped).toMatchObject([{ layer: 'parcels', format: 'dxf' }]);
  await expect(packed({ since }, at(0))).rejects.toThrow(/lie after the city/);
  await expect(packed({ since: 'yesterday' }, at(1))).rejects.toThrow(/since must be a day/);
});

/** Numbers from 0 to 1, the same for a seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// The last, because it goes on where the moments above end.
it.each([20261123, 7])(
  'a history by chance (seed %i) of comings, goings, returns and moved borders is replayed between any two moments',
  async (seed) => {
    const chance = seeded(seed);
    const features = sampleFeatures(PARCELS);
    const parcels = features.filter(({ layer }) => layer === 'parcels');
    const first = moments.length - 1;
    for (let round = 0; round < 5; round++) {
      const removed: string[] = [];
      const loaded: Feature[] = [];
      for (const parcel of parcels) {
        const draw = chance();
        const other = parcels[Math.floor(chance() * parcels.length)] ?? parcel;
        if (draw < 0.15) removed.push(parcel.id);
        else if (draw < 0.3) loaded.push(parcel);
        else if (draw < 0.4) loaded.push({ ...parcel, geometry: other.geometry });
        else if (draw < 0.5)
          loaded.push({ ...parcel, properties: { ...parcel.properties, land_use: `R${round}` } });
      }
      await settle(loaded, removed);
    }
    const indexes = Array.from({ length: moments.length - first }, (_, index) => first + index);
    for (const area of [{}, { area: BOX, cut: 'clip' }]) {
      const full = new Map<number, Packed>();
      for (const index of indexes) full.set(index, await packed(area, at(index)));
      const hashes = new Set<string>();
      for (const since of indexes) {
        for (const until of indexes.filter((index) => index > since)) {
          const changes = await packed({ ...area, since: moments[since]?.toISOString() }, at(until));
          const before = byId(full.get(since)?.objects.get('parcels'));
          const after = byId(full.get(until)?.objects.get('parcels'));
          hashes.add(hashOf(after));
          expect(hashOf(replayed(before, changes.objects.get('parcels') ?? [])), `${since} to ${until}`).toBe(
            hashOf(after),
          );
        }
      }
      expect(hashes.size).toBe(indexes.length - 1);
    }
  },
  120_000,
);
