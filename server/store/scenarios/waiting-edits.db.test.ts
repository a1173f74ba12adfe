/** Edits made together are what they would be one after the other, although their rows are written in batches. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomOf } from '../../../core/demo-city/random.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import { CHANGEABLE_LAYERS } from '../../../core/wire/edits/changeable-layers.ts';
import { type Edit, editSchema } from '../../../core/wire/scenario.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { editableCity } from '../../../test/support/editable-city.ts';
import { fill } from '../../../test/support/filled-database.ts';
import { flatGround } from '../../../test/support/flat-ground.ts';
import { anyEdit } from '../../../test/support/random-edits.ts';
import { SAMPLE_ORIGIN } from '../../../test/support/sample-city.ts';
import type { Identity } from '../../access/identity.ts';
import type { Scenarios } from '../../services/scenarios.ts';
import { postgisSource } from '../features.ts';
import { layersOf } from '../layers.ts';
import { relationFor } from '../relation.ts';
import { storeScenarios } from '../scenarios.ts';

const ANNA: Identity = { who: 'anna', roles: ['public', 'staff'] };
const CITY = editableCity(60);
const { easting: E, northing: N } = SAMPLE_ORIGIN;

describe('edits made together', () => {
  let database: TestDatabase;
  let scenarios: Scenarios;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, CITY);
    scenarios = storeScenarios(database.pool, layersOf(database.pool), flatGround(70));
  });
  afterAll(() => database.drop());

  const begin = () => scenarios.create({ title: 'T', reason: '', access: 'link' }, ANNA);

  /** The stack and what it makes of the city, with objects drawn by lot named in the order of the stack. */
  async function outcome(id: string): Promise<unknown> {
    const { edits } = await scenarios.read(id, ANNA);
    const scenario = await scenarios.state(id, ANNA);
    const source = postgisSource(database.pool, layersOf(database.pool), (layer) =>
      relationFor(layer, { who: ANNA, ...(scenario && { scenario }) }),
    );
    const features: Feature[] = [];
    for (const layer of CHANGEABLE_LAYERS) {
      for await (const feature of source.query({ layer }, new AbortController().signal))
        features.push(feature);
    }
    const names = new Map<string, string>();
    const named = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value).replaceAll(/PLAN\.[A-Z2-7]{10}/g, (drawn) => {
          if (!names.has(drawn)) names.set(drawn, `drawn ${names.size}`);
          return names.get(drawn) ?? drawn;
        }),
      );
    const stack = edits.map(({ id: _id, madeAt: _madeAt, ...rest }) => named(inOrder(rest)));
    const rows = features.map((feature) => JSON.stringify(named(feature)));
    return { stack, rows: rows.toSorted() };
  }

  /** What one edit changed is told in the order of ids, which the lot decides for drawn ones: here in that of the rest. */
  function inOrder(value: unknown): unknown {
    if (Array.isArray(value)) {
      const items = value.map(inOrder);
      const isOfChanges = items.every((item) => typeof item === 'object' && item && 'change' in item);
      return isOfChanges ? items.toSorted((a, b) => (withoutLot(a) < withoutLot(b) ? -1 : 1)) : items;
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inOrder(each)]));
  }
  const withoutLot = (value: unknown): string =>
    JSON.stringify(value).replaceAll(/PLAN\.[A-Z2-7]{10}/g, 'PLAN');

  it.each([1, 2, 3])('are what they are one after the other, seed %d', async (seed) => {
    const random = randomOf(seed, 'together');
    const apart = await begin();
    const made: Edit[] = [];
    let { revision } = apart;
    while (made.length < 60) {
      const edit = anyEdit(random, (layer) => CITY.filter((feature) => feature.layer === layer));
      // Some cannot be made after the others: what they name is gone.
      const isMade = await scenarios.add(apart.id, revision, [edit], ANNA).then(
        () => true,
        () => false,
      );
      if (!isMade) continue;
      made.push(edit);
      revision++;
    }
    const together = await begin();
    await scenarios.add(together.id, together.revision, made, ANNA);
    expect(await outcome(together.id)).toEqual(await outcome(apart.id));
  });

  it('know of one another what lies near: a house on a parcel that was divided just before', async () => {
    const { id, revision } = await begin();
    const divided = editSchema.parse({
      kind: 'split-parcel',
      parcel: CITY.find(({ layer }) => layer === 'parcels')?.id,
      line: [
        [E + 10, N - 1],
        [E + 10, N + 21],
      ],
    });
    const house = editSchema.parse({
      kind: 'add-building',
      footprint: [
        [E + 1, N + 1],
        [E + 7, N + 1],
        [E + 7, N + 6],
      ],
      storeys: 1,
      roof: { shape: 'flat' },
      function: 'g',
    });
    const { added } = await scenarios.add(id, revision, [divided, house], ANNA);
    const part = added[0]?.edit.objects.find(({ change }) => change === 'added')?.id;
    expect(added[1]?.settled.parcelIds).toEqual([part]);
  });
});
