import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { RULES } from '../../core/analysis/parcel-check/rules.ts';
import { type ParcelCheck, parcelCheckSchema } from '../../core/wire/parcel-check.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { fill } from '../support/filled-database.ts';
import { killAllProducts, runBlizniak } from '../support/product.ts';
import { sampleFeatures, sampleParcelId } from '../support/sample-city.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await fill(database.pool, sampleFeatures(6));
});
afterAll(() => database.drop());
afterEach(killAllProducts);

const IDS = Array.from({ length: 6 }, (_, i) => sampleParcelId(i)).toSorted();

async function check(...args: readonly string[]): Promise<string> {
  const run = runBlizniak(['check', ...args], { env: { DATABASE_URL: database.url } });
  expect([await run.ended, run.stderr()]).toEqual([0, expect.any(String)]);
  return run.stdout();
}

it('check writes a row for each finding of each parcel, and the same as JSON', async () => {
  const rows: readonly Record<string, string>[] = parse(await check('--law-date', '2026-11-20'), {
    columns: true,
  });
  expect([...new Set(rows.map((row) => row['parcel_id']))].toSorted()).toEqual(IDS);
  expect(new Set(rows.map((row) => row['rule'])).size).toBe(RULES.length);
  const checks: readonly ParcelCheck[] = (await check('--law-date', '2026-11-20', '--json'))
    .trimEnd()
    .split('\n')
    .map((line) => parcelCheckSchema.parse(JSON.parse(line)));
  expect(checks.map(({ parcel }) => parcel.id).toSorted()).toEqual(IDS);
  expect(checks.reduce((sum, { findings }) => sum + findings.length, 0)).toBe(rows.length);
});

it('check --refresh keeps what it finds, and has nothing to do the second time', async () => {
  const refresh = async () => JSON.parse(await check('--refresh', '--json', '--law-date', '2026-11-20'));
  expect(await refresh()).toMatchObject({ ok: true, parcels: 6, checked: 6 });
  expect(await refresh()).toMatchObject({
    ...{ parcels: 6, checked: 0 },
    rules: expect.arrayContaining([expect.objectContaining({ rule: 'landslides', notAssessed: 6 })]),
  });
});

it('check says what is no day', async () => {
  const run = runBlizniak(['check', '--law-date', 'yesterday'], { env: { DATABASE_URL: database.url } });
  expect(await run.ended).not.toBe(0);
  expect(run.stderr()).toContain('It must be a day such as 2026-06-30');
});
