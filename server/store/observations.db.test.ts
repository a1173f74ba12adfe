import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObservationDraft, ObservationResult } from '../../core/live/sensor-things.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { sampleThing } from '../../test/support/sample-sensors.ts';
import { recordObservations, setAside } from './observations.ts';
import { storeSensorThings } from './sensor-things.ts';
import { sql } from './sql.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await storeSensorThings(database.pool, database.pool).createThing(sampleThing('one'));
});
afterAll(() => database.drop());

const record = (...drafts: ObservationDraft[]) => recordObservations(database.pool, drafts);
let made = 0;
/** Each of a time of its own, however quickly they are made. */
const value = (result: ObservationResult, agoMs = 0): ObservationDraft => ({
  datastreamId: 1,
  phenomenonTime: new Date(Date.now() - agoMs - 1_000 * made++),
  result,
});
const asides = () =>
  database.pool.read<object>(
    sql`select datastream_id, reason, sent, source, times from live.observation_aside order by id`,
  );

describe('an observation', () => {
  it('is read back as it was written, whatever its result is and with all that was said of it', async () => {
    const results = [1.5, 'dry', false, { red: 3 }, [1, null]];
    const whole = {
      ...value(-3),
      phenomenonEnd: new Date(Date.now() + 1),
      resultTime: new Date(),
      resultQuality: [{ code: 'ok' }],
      validTime: { from: new Date(0), to: new Date(1000) },
      parameters: { battery: 3.1 },
    };
    const drafts = [...results.map((result) => value(result)), whole];
    const recorded = await record(...drafts);
    expect(recorded).toMatchObject([
      ...results.map((result) => ({ outcome: 'written', observation: { result, flags: [] } })),
      {
        outcome: 'written',
        observation: {
          result: -3,
          resultQuality: [{ code: 'ok' }],
          validTime: { from: '1970-01-01T00:00:00Z', to: '1970-01-01T00:00:01Z' },
          parameters: { battery: 3.1 },
        },
      },
    ]);
    expect((await record(...drafts)).map(({ outcome }) => outcome)).toEqual(drafts.map(() => 'known'));
  });

  it('is flagged and kept when its time is odd, its value out of range, or its unit not said', async () => {
    await database.pool.read(sql`update live.datastream
      set properties = '{"validRange": [0, 200]}', unit_name = null, unit_symbol = null where id = 1`);
    const recorded = await record(value(-1, 10), value(201, 3_600_000), value(100, -600_000));
    expect(recorded).toMatchObject([
      { outcome: 'written', observation: { flags: ['out-of-range', 'unit-less'] } },
      { outcome: 'written', observation: { flags: ['late', 'out-of-range', 'unit-less'] } },
      { outcome: 'written', observation: { flags: ['future', 'unit-less'] } },
    ]);
  });

  it('of a forecast is no oddity for lying ahead, and counts among its values', async () => {
    const ahead = value(7, -3_600_000);
    await database.pool.read(sql`update live.datastream
      set properties = '{"method": "forecast"}', unit_name = 'degree', unit_symbol = '°C' where id = 1`);
    expect(await record(ahead)).toMatchObject([{ outcome: 'written', observation: { flags: [] } }]);
    await database.pool.read(
      sql`update live.datastream set properties = '{"method": "measured"}' where id = 1`,
    );
    expect(await record(value(7, -3_700_000))).toMatchObject([{ observation: { flags: ['future'] } }]);
  });
});

describe('what cannot be an observation', () => {
  it('is kept aside: another result of the same time, also within one batch, counted when it comes again', async () => {
    const first = value(1);
    const second = { ...first, result: 2 };
    expect(await record(first, second)).toMatchObject([
      { outcome: 'written' },
      { outcome: 'differs', observation: { result: 1 } },
    ]);
    expect(await record(second)).toMatchObject([{ outcome: 'differs', observation: { result: 1 } }]);
    expect(await asides()).toEqual([
      { datastream_id: 1, reason: 'differs', sent: '2', source: 'observation', times: 2 },
    ]);
  });

  it('is kept aside with its reason when it is rubbish, of a known datastream or of none', async () => {
    const rubbish = { reason: 'rejected', detail: 'no number', source: 'mqtt' } as const;
    await setAside(database.pool, [
      { ...rubbish, datastreamId: 1, sent: 'NaN\0' },
      { ...rubbish, datastreamId: 999, sent: 'x'.repeat(5_000) },
    ]);
    expect((await asides()).slice(1)).toEqual([
      { datastream_id: 1, reason: 'rejected', sent: 'NaN\u{fffd}', source: 'mqtt', times: 1 },
      { datastream_id: null, reason: 'rejected', sent: 'x'.repeat(2_000), source: 'mqtt', times: 1 },
    ]);
  });
});
