/** Mismatches between the register and the 3D model, each planted once in a pair of small blocks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILDINGS } from '../../core/catalogue/buildings.ts';
import { BUILDINGS_3D } from '../../core/catalogue/buildings-3d.ts';
import type { Feature, PropertyValue } from '../../core/feature/feature.ts';
import type { LayerDeclaration } from '../../core/feature/layer.ts';
import type { Ring } from '../../core/geo/geometry.ts';
import { mismatchAnswerSchema, mismatchQuerySchema } from '../../core/wire/model-mismatches.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import type { View } from '../access/view.ts';
import { layersOf } from './layers.ts';
import { storeModelMismatches } from './model-mismatches.ts';

const STAFF_VIEW: View = { who: { who: 'staff', roles: ['public', 'staff'] } };
const WEST = 6_427_000;
const SOUTH = 5_806_500;
type Given = Readonly<Record<string, PropertyValue>>;

const whole = ({ properties }: LayerDeclaration, given: Given): Given =>
  Object.fromEntries(properties.map(({ name }) => [name, given[name] ?? null]));
const id = (n: number) => `306401_1.0021.${n}_BUD`;

/** A square of 10 m at the n-th place. */
function square(n: number, widthM = 10): readonly [number, number][] {
  const west = WEST + 40 * n;
  return [
    [west, SOUTH],
    [west + widthM, SOUTH],
    [west + widthM, SOUTH + 10],
    [west, SOUTH + 10],
    [west, SOUTH],
  ];
}

const registered = (n: number, given: Given = {}): Feature => ({
  layer: 'buildings',
  id: id(n),
  geometry: { type: 'MultiPolygon', coordinates: [[square(n)]] },
  properties: whole(BUILDINGS, { storeys_above: 2, ...given }),
});

/** A block of 6 m on ground at 60 m. */
function modelled(n: number, given: Given = {}, widthM = 10): Feature {
  const at = (heightM: number): Ring => square(n, widthM).map(([x, y]) => [x, y, heightM] as const);
  const [ground, roof] = [[...at(60)].reverse(), at(66)];
  const walls = at(60)
    .slice(1)
    .map((corner, index): Ring[] => {
      const before = at(60)[index] ?? corner;
      const up = ([x, y]: readonly number[]) => [x ?? 0, y ?? 0, 66] as const;
      return [[before, corner, up(corner), up(before), before]];
    });
  return {
    layer: 'buildings_3d',
    id: `model-${n}`,
    geometry: { type: 'MultiPolygon', coordinates: [[ground], [roof], ...walls] },
    properties: whole(BUILDINGS_3D, {
      ...{
        building_id: id(n),
        lod: 1,
        state: 'built',
        height_m: 6,
        storeys_above: 2,
        surface_kinds: 'GRWWWW',
      },
      ...given,
    }),
  };
}

describe('the register and the 3D model', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, [
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => registered(n)),
      modelled(1),
      modelled(3, {}, 11),
      modelled(4, { storeys_above: 4 }),
      modelled(5, { height_m: 9.5 }),
      modelled(6, { state: 'designed' }),
      modelled(7, { building_id: null }),
      modelled(8, { building_id: null, state: 'designed' }),
    ]);
  });
  afterAll(() => database.drop());

  const find = (query: object = {}) =>
    storeModelMismatches(() => database.pool, layersOf(database.pool)).find(
      mismatchQuerySchema.parse(query),
      STAFF_VIEW,
      new AbortController().signal,
    );

  it('differ where they were made to, and nowhere else', async () => {
    const answer = await find();
    expect(mismatchAnswerSchema.parse(answer)).toEqual(answer);
    expect(answer.linked).toBe(5);
    expect(answer.counts).toEqual({
      ...{ 'no-model': 2, 'no-register': 1, state: 1, footprint: 1, storeys: 1, height: 1 },
    });
    const told = answer.mismatches.map(({ kind, register, model, difference, candidate }) => [
      kind,
      register ?? model,
      difference,
      candidate,
    ]);
    expect(told).toEqual([
      ['no-model', id(2), null, null],
      ['no-model', id(7), null, 'model-7'],
      ['no-register', 'model-7', null, id(7)],
      ['state', id(6), null, null],
      ['footprint', id(3), 10, null],
      ['storeys', id(4), 2, null],
      ['height', id(5), 3.5, null],
    ]);
    expect(answer.mismatches[0]?.at).toEqual([WEST + 85, SOUTH + 5]);
  });

  it('are compared as loosely as is asked, by kind, and what is left out is counted', async () => {
    const loose = await find({ areaM2: '10', heightM: '3.5', storeys: '2' });
    expect(loose.counts).toMatchObject({ footprint: 0, storeys: 0, height: 0, 'no-model': 2 });
    const some = await find({ kind: 'no-model', limit: '1' });
    expect([some.mismatches.length, some.counts['no-model']]).toEqual([1, 2]);
  });

  it('come page by page, each once and in the order of the whole', async () => {
    const { mismatches } = await find();
    const paged: unknown[] = [];
    let after: string | null | undefined;
    do {
      const page = await find({ limit: '2', ...(after && { after }) });
      expect(page.mismatches.length).toBeLessThanOrEqual(2);
      paged.push(...page.mismatches);
      after = page.next;
    } while (after);
    expect(paged).toEqual(mismatches);
    expect(() => find({ after: 'x' })).toThrow('next');
  });

  it('are seen as they were at a moment: nothing is overwritten', async () => {
    const before = new Date();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await fill(database.pool, [modelled(6, { state: 'built' })]);
    const at = (view: View) =>
      storeModelMismatches(() => database.pool, layersOf(database.pool)).find(
        mismatchQuerySchema.parse({ kind: 'state' }),
        view,
        new AbortController().signal,
      );
    expect((await at(STAFF_VIEW)).counts.state).toBe(0);
    expect((await at({ ...STAFF_VIEW, at: before })).counts.state).toBe(1);
  });
});
