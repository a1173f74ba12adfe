import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateDemoCity } from '../../core/demo-city/generate.ts';
import type { DemoObstructions } from '../../core/demo-city/obstructions.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import type { Identity } from '../access/identity.ts';
import { layersOf } from '../store/layers.ts';
import { storeObstructions } from '../store/obstructions.ts';
import { hasDemoObstructions, loadDemoObstructions } from './load-demo-obstructions.ts';

const STAFF: Identity = { who: 'anna', roles: ['public', 'staff'] };
/** Between two obstructions; what is near or cut off is not planted. */
const PAIRS = ['same-place', 'detour-blocked', 'blocks-detour', 'dig-once'];

describe('loadDemoObstructions', () => {
  let database: TestDatabase;
  let demo: DemoObstructions;
  beforeAll(async () => {
    database = await testDatabase();
    const roads = [...generateDemoCity({ size: 'district', seed: 1 }).features].filter(
      ({ layer }) => layer === 'roads',
    );
    await fill(database.pool, roads);
    demo = await loadDemoObstructions(database.pool, 1, Date.now());
  }, 60_000);
  afterAll(() => database.drop());

  it('fills the register through its own steps, once', async () => {
    const register = storeObstructions(database.pool, layersOf(database.pool));
    const { obstructions } = await register.list({ limit: 1000 }, STAFF);
    expect(obstructions.map(({ state }) => state).toSorted()).toEqual([
      'approved',
      'closed',
      'draft',
      ...Array(4).fill('published'),
      ...Array(3).fill('submitted'),
    ]);
    for (const { state, staff } of obstructions) {
      expect(staff?.history.at(-1)?.state).toBe(state);
      expect(staff?.approvedBy === undefined || staff.approvedBy !== staff.createdBy).toBe(true);
    }
    expect(await hasDemoObstructions(database.pool, 1)).toBe(true);
    await loadDemoObstructions(database.pool, 1, Date.now());
    expect((await register.list({ limit: 1000 }, STAFF)).obstructions).toEqual(obstructions);
  });

  it('has just the conflicts that were planted', async () => {
    const register = storeObstructions(database.pool, layersOf(database.pool));
    const ids = new Map<string, string>();
    for (const { externalId, content } of demo.obstructions) {
      ids.set((await register.draft(externalId, content, STAFF)).id, externalId);
    }
    const found: string[] = [];
    for (const [id, of] of ids) {
      for (const { code, others } of await register.conflicts(id)) {
        if (PAIRS.includes(code)) found.push(`${of} ${code} ${ids.get(others[0]?.id ?? '')}`);
      }
    }
    const [main, later] = ['blocks-detour', 'detour-blocked'];
    const planted = demo.planted.flatMap(({ of, code, other }) => [
      `${of} ${code} ${other}`,
      `${other} ${code === main ? later : code} ${of}`,
    ]);
    expect(demo.planted).toHaveLength(3);
    expect(found.toSorted()).toEqual(planted.toSorted());
  });
});
