import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../../core/feature/feature.ts';
import { dossierSchema } from '../../../core/wire/parcel-dossier.ts';
import { askProtocols } from '../../../test/support/ask-protocols.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { fill } from '../../../test/support/filled-database.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from '../../../test/support/sample-city.ts';
import { ANONYMOUS, type Identity } from '../../access/identity.ts';
import { storeCatalogue } from '../../store/catalogue.ts';
import { storeDossiers } from '../../store/dossier/dossiers.ts';
import { layersOf } from '../../store/layers.ts';
import { dossier } from './protocol.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const PARCEL = sampleParcelId(3);

/** A main along the border of parcels 2 and 3 (easting 60), then across parcel 3 for 20 m. */
const main = (id: string, from: readonly [number, number], to: readonly [number, number]): Feature => ({
  layer: 'utility_lines',
  id,
  geometry: { type: 'LineString', coordinates: [from, to] },
  properties: { network: 'gas', diameter_mm: 110, operator: 'Gazownia' },
});

const zone = (id: string, minE: number, maxE: number): Feature => ({
  layer: 'plan_zones',
  id,
  geometry: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [minE, N],
          [maxE, N],
          [maxE, N + 20],
          [minE, N + 20],
          [minE, N],
        ],
      ],
    ],
  },
  properties: { plan_kind: 'local', designation: id, symbol: 'MN', zone_kind: 'MN' },
});

const decided: Feature = {
  ...zone('C1', E + 60, E + 80),
  layer: 'cases',
  properties: {
    kind: 'building_permit',
    status: 'granted',
    number: 'UA.1.2025',
    applied_on: '2025-01-10',
    decided_on: '2025-03-20',
    final_on: '2025-04-03',
    valid_until: '2028-04-03',
  },
};

describe('the dossier of a parcel', () => {
  let database: TestDatabase;
  const read = async (parcel: string, who: Identity = ANONYMOUS) => {
    const layers = layersOf(database.pool);
    const dossiers = storeDossiers({
      poolFor: () => database.pool,
      layers,
      catalogue: storeCatalogue(database.pool, layers),
      sensors: { overview: async () => SENSORS },
    });
    const ask = askProtocols([dossier({ dossiers })]);
    const reply = await ask('GET', `/api/parcels/${parcel}/dossier`, undefined, who);
    return reply.status === 200 ? { ...reply, body: dossierSchema.parse(reply.body) } : reply;
  };
  const known = async (parcel: string, who?: Identity) => {
    const { status, body } = await read(parcel, who);
    expect(status).toBe(200);
    return dossierSchema.parse(body);
  };
  const layerOf = async (layer: string, who?: Identity) =>
    (await known(PARCEL, who)).groups.flatMap(({ layers }) => layers).find((entry) => entry.layer === layer);

  beforeAll(async () => {
    database = await testDatabase();
    const first = sampleFeatures(6);
    await fill(database.pool, [
      ...first,
      zone('1MN', E + 40, E + 65),
      zone('2MN', E + 65, E + 80),
      zone('3MN', E + 80, E + 90),
      decided,
      main('beside', [E + 60, N - 5], [E + 60, N - 1]),
      main('across', [E + 50, N + 2], [E + 75, N + 2]),
    ]);
    // The register raises a storey of the building; what a load does not name goes.
    await fill(
      database.pool,
      first.map((feature) =>
        feature.id === '306401_1.0021.4.1_BUD'
          ? { ...feature, properties: { ...feature.properties, storeys_above: 7 } }
          : feature,
      ),
    );
  });
  afterAll(() => database.drop());

  it('measures what lies on the parcel and leaves out what only touches its border', async () => {
    const { parcel } = await known(PARCEL);
    expect(parcel).toMatchObject({ id: PARCEL, areaM2: 400, perimeterM: 80, srid: 2177 });
    expect((await layerOf('plan_zones'))?.objects).toMatchObject([
      { id: '2MN', areaM2: 300 },
      { id: '1MN', areaM2: 100 },
    ]);
    expect((await layerOf('utility_lines'))?.objects).toMatchObject([{ id: 'across', lengthM: 15 }]);
    expect((await layerOf('buildings'))?.objects).toMatchObject([{ areaM2: 12 * 12 - 4 * 4 }]);
  });

  it('tells a register without data from one that has nothing there', async () => {
    expect(await layerOf('flood_zones')).toMatchObject({ state: 'no-data', count: 0, stale: true });
    expect(await layerOf('plan_zones')).toMatchObject({ state: 'known', synthetic: true, stale: false });
  });

  it('tells what changed on it, the newest first', async () => {
    const { history } = await known(PARCEL);
    expect(history.map(({ layer, change }) => `${layer} ${change}`)).toEqual([
      'buildings changed',
      ...(history[1]?.layer === 'parcels'
        ? ['parcels recorded', 'buildings recorded']
        : ['buildings recorded', 'parcels recorded']),
    ]);
    expect(history[0]?.differs).toEqual([{ property: 'storeys_above', before: 4, after: 7 }]);
  });

  it('tells cases and decisions in time, the newest first, and no longer that none are kept', async () => {
    const { timeline, notKept } = await known(PARCEL);
    expect(timeline.map(({ on, step }) => `${on} ${step}`)).toEqual([
      '2028-04-03 ends',
      '2025-04-03 final',
      '2025-03-20 decided',
      '2025-01-10 begun',
    ]);
    expect(timeline[0]).toMatchObject({
      layer: 'cases',
      id: 'C1',
      title: { pl: 'pozwolenie na budowę, UA.1.2025, decyzja pozytywna' },
    });
    expect(notKept.map(({ name }) => name)).not.toContain('decisions');
    expect((await known(sampleParcelId(1))).timeline).toEqual([]);
  });

  it('gives residents and staff the same objects, and says what residents are not told', async () => {
    const [resident, staff] = [await known(PARCEL), await known(PARCEL, STAFF)];
    const ids = ({ groups }: typeof resident) =>
      groups
        .flatMap(({ layers }) => layers)
        .filter(({ layer }) => layer !== 'building_residents')
        .map(({ layer, count, objects }) => [layer, count, objects.map(({ id }) => id)]);
    expect(ids(resident)).toEqual(ids(staff));
    expect(JSON.stringify(resident)).not.toContain('Gazownia');
    expect(JSON.stringify(staff)).toContain('Gazownia');
    expect(staff.reduced).toEqual([]);
    const hidden = resident.reduced.flatMap(({ layer, properties, whole }) =>
      whole ? [layer] : properties.map(({ name }) => `${layer}.${name}`),
    );
    expect(hidden).toEqual(
      expect.arrayContaining(['building_residents', 'parcels.register_group', 'utility_lines.operator']),
    );
  });

  it('names the sensors near it, the nearest first, and none that is far', async () => {
    const { sensors } = await known(PARCEL);
    expect(sensors.map(({ id, distanceM }) => [id, distanceM])).toEqual([
      [2, 0],
      [1, 100],
    ]);
  });

  it('is not there for a parcel that is not there', async () => {
    expect(await read('306401_1.0021.AR_10.99999')).toMatchObject({ status: 404 });
    const slip = await read(PARCEL.replace('306401', '304601'));
    expect(slip.body).toMatchObject({ suggestions: expect.arrayContaining([PARCEL]) });
  });
});

const sensor = (id: number, at: [number, number]) => ({
  id,
  title: { pl: `C${id}`, en: `S${id}` },
  description: '',
  kind: 'air',
  provider: null,
  synthetic: true,
  belongsTo: null,
  at,
  srid: 2177,
  datastreams: [],
});

const SENSORS = [sensor(1, [E + 180, N + 10]), sensor(2, [E + 70, N + 10]), sensor(3, [E + 900, N + 10])];
