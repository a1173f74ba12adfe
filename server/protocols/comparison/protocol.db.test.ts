import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differencesReplySchema } from '../../../core/wire/differences.ts';
import { editSchema } from '../../../core/wire/scenario.ts';
import { askProtocols } from '../../../test/support/ask-protocols.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { fill } from '../../../test/support/filled-database.ts';
import { flatGround } from '../../../test/support/flat-ground.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleServices } from '../../../test/support/sample-city.ts';
import { ANONYMOUS, type Identity } from '../../access/identity.ts';
import type { Scenarios } from '../../services/scenarios.ts';
import { storeDifferences } from '../../store/differences.ts';
import { layersOf } from '../../store/layers.ts';
import { storeScenarios } from '../../store/scenarios.ts';
import { comparison } from './protocol.ts';

const CITY = { name: { pl: 'Próba', en: 'Sample' }, srid: 2177 };
const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
const { easting: E, northing: N } = SAMPLE_ORIGIN;
const BUILDING = sampleFeatures(1).find(({ layer }) => layer === 'buildings')?.id ?? '';
const HOUSE = editSchema.parse({
  kind: 'add-building',
  footprint: [
    [E + 24, N + 4],
    [E + 32, N + 4],
    [E + 32, N + 16],
  ],
  storeys: 1,
  roof: { shape: 'flat' },
  function: 'm',
});

describe('the differences of a scenario', () => {
  let database: TestDatabase;
  let scenarios: Scenarios;
  const read = async (id: string, who = ANONYMOUS) => {
    const layers = layersOf(database.pool);
    const differences = storeDifferences(() => database.pool, layers);
    const ask = askProtocols([comparison({ ...sampleServices(1), scenarios, differences }, CITY)]);
    return ask('GET', `/api/scenarios/${id}/differences`, undefined, who);
  };
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, sampleFeatures(6));
    scenarios = storeScenarios(database.pool, layersOf(database.pool), flatGround(undefined));
  });
  afterAll(() => database.drop());

  it('are what it adds and takes away, in every layer, and none without edits', async () => {
    let { id, revision } = await scenarios.create({ title: 'T', reason: '', access: 'link' }, STAFF);
    expect(differencesReplySchema.parse((await read(id)).body)).toMatchObject({ counts: {}, features: [] });

    const remove = editSchema.parse({ kind: 'remove-building', building: BUILDING });
    ({ revision } = await scenarios.add(id, revision, [HOUSE, remove], STAFF));
    const reply = differencesReplySchema.parse((await read(id)).body);
    expect(reply.counts).toEqual({
      buildings: { added: 1, removed: 1, changed: 0 },
      buildings_3d: { added: 1, removed: 1, changed: 0 },
    });
    const gone = reply.features.find(({ properties }) => properties.change === 'removed');
    expect(gone).toMatchObject({ id: BUILDING, properties: { layer: 'buildings' } });
    // Longitude first, somewhere in Poznań.
    const [lon = 0, lat = 0] = (gone?.geometry?.coordinates.flat(4) ?? []) as number[];
    expect([Math.round(lon), Math.round(lat)]).toEqual([17, 52]);

    ({ revision } = await scenarios.undo(id, revision, STAFF));
    await scenarios.undo(id, revision, STAFF);
    expect((await read(id)).body).toMatchObject({ counts: {}, features: [] });
  });

  it('are told only to who may read the scenario', async () => {
    const { id } = await scenarios.create({ title: 'T', reason: '', access: 'staff' }, STAFF);
    expect(await read(id)).toMatchObject({ status: 404 });
    expect(await read(id, STAFF)).toMatchObject({ status: 200 });
  });
});
