import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { CITY } from '../store/dataset.ts';
import { tableOf } from '../store/register-table.ts';
import { sql } from '../store/sql.ts';
import { type DemoStep, loadDemoCity } from './load-demo-city.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'blizniak-demo-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Current rows of every register that holds any. */
async function storedCounts(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const register of REGISTERS) {
    if (register.derivedFrom !== undefined) continue;
    const [row] = await database.pool.read<{ count: number }>(
      sql`select count(*) as count from ${tableOf({ ...register, dataset: CITY })} where valid_to is null`,
    );
    if (row && row.count > 0) counts[register.name] = row.count;
  }
  return counts;
}

describe('loadDemoCity', () => {
  it('keeps nothing when it is stopped', async () => {
    const stop = new AbortController();
    const loading = loadDemoCity({
      pool: database.pool,
      size: 'district',
      seed: 1,
      signal: stop.signal,
      onProgress: ({ done, total }) => done > total / 4 && stop.abort(new Error('stopped by hand')),
    });
    await expect(loading).rejects.toThrow('stopped by hand');
    expect(await storedCounts()).toEqual({});
  }, 120_000);

  it('fills the store with what the generator says it made, once, labelled synthetic', async () => {
    const steps: DemoStep[] = [];
    const dtmPath = join(folder, 'new', 'dtm.tif');
    const report = await loadDemoCity({
      pool: database.pool,
      size: 'district',
      seed: 1,
      dtmPath,
      onProgress: (step) => steps.push(step),
    });
    expect(report.problems).toEqual([]);
    expect(report.read).toBe(report.written);
    expect(await storedCounts()).toEqual(report.counts);
    const real = sql`select layer from twin.layer_status where not synthetic`;
    expect(await database.pool.read(real)).toEqual([]);
    const derived = sql`select layer from twin.layer_status where layer = any(${['parcel_land_uses', 'population_cells']}::text[]) and object_count > 0`;
    expect(await database.pool.read(derived)).toHaveLength(2);
    expect(report.counts.parcels).toBeGreaterThan(2000);
    expect(existsSync(dtmPath)).toBe(true);
    expect(new Set(steps.map(({ phase }) => phase))).toEqual(new Set(['terrain', 'generating', 'storing']));
    expect(steps.every(({ done, total }) => done <= total)).toBe(true);
    expect(steps.at(-1)).toMatchObject({ phase: 'storing' });

    const again = await loadDemoCity({ pool: database.pool, size: 'district', seed: 1 });
    expect(again).toMatchObject({ written: 0, unchanged: report.read, ended: 0, rejected: 0 });
  }, 240_000);
});
