import { describe, expect, it } from 'vitest';
import { roadGrid } from '../../test/support/road-grid.ts';
import { lengthOf } from '../geo/polyline.ts';
import { findConflicts, type Other, type Planned } from './conflicts.ts';
import { stretchOf } from './stretches.ts';

const ROADS = roadGrid();
const SURROUNDINGS = { roads: ROADS, isRim: (node: string) => node === 'W00' };
const DAY_MS = 86_400_000;

const stretch = (id: string, fromM = 0, toM?: number) => {
  const road = ROADS.find((each) => each.id === id);
  if (!road) throw new Error(`no ${id} in the grid`);
  return stretchOf(road, fromM, toM ?? lengthOf(road.path));
};
const days = (from: number, to: number) => [{ fromMs: from * DAY_MS, toMs: to * DAY_MS }];

const other = (id: string, more: Partial<Other>): Other => ({
  id,
  name: `Utrudnienie ${id}`,
  kind: 'roadworks',
  impact: 'closed',
  modes: ['car'],
  network: undefined,
  lanesLeft: undefined,
  stretches: [],
  detourStretches: [],
  spans: days(0, 10),
  awayM: Number.POSITIVE_INFINITY,
  sharedM2: 0,
  isPast: false,
  ...more,
});
const planned = (more: Partial<Planned>): Planned => other('P', more);
const told = (one: Planned, others: readonly Other[]) =>
  findConflicts(one, others, SURROUNDINGS).map(({ code, severity, others: with_ }) =>
    [code, severity, ...with_.map(({ id }) => id)].join(' '),
  );

describe('findConflicts', () => {
  it('finds each kind where it was planted, and nothing beside it', () => {
    const here = [stretch('R01-11', 20, 80)];
    const one = planned({ stretches: here, detourStretches: [stretch('R00-10')] });
    const truth: readonly (readonly [Other, string | undefined])[] = [
      [other('A', { stretches: [stretch('R01-11', 60, 100)] }), 'same-place high A'],
      [other('B', { stretches: [stretch('R01-11', 80, 100)] }), undefined],
      [other('C', { stretches: here, spans: days(10, 20), kind: 'event' }), undefined],
      [other('D', { stretches: here, spans: days(9, 20), kind: 'event' }), 'same-place high D'],
      [other('E', { stretches: [stretch('R00-10', 10, 20)] }), 'detour-blocked high E'],
      [
        other('F', { stretches: [stretch('R00-10')], impact: 'narrowed', lanesLeft: 1 }),
        'detour-blocked medium F',
      ],
      [other('G', { stretches: [stretch('R00-10')], impact: 'hindered' }), undefined],
      [other('H', { stretches: [stretch('R23-33')], detourStretches: here }), 'blocks-detour high H'],
      [other('I', { stretches: here, spans: days(100, 110) }), 'dig-once low I'],
      [other('J', { stretches: here, spans: days(-300, -290), isPast: true }), 'dig-once low J'],
      [other('K', { stretches: here, spans: days(400, 410) }), undefined],
      [other('L', { stretches: here, spans: days(0, 10), isPast: true, kind: 'event' }), undefined],
      [other('M', { kind: 'event', stretches: [stretch('R02-12')], awayM: 94 }), 'nearby low M'],
      [other('N', { kind: 'event', stretches: [stretch('R03-13')], awayM: 194.2 }), undefined],
      [other('O', { kind: 'lane_occupation', stretches: [stretch('R02-12')], awayM: 94 }), undefined],
    ];
    for (const [each, expected] of truth) {
      // Beyond the reach the store gives no distance.
      const seen = { ...each, awayM: each.awayM > 150 ? Number.POSITIVE_INFINITY : each.awayM };
      expect(told(one, [seen])).toEqual(expected === undefined ? [] : [expected]);
    }
    const all = told(
      one,
      truth.map(([each]) => each).filter(({ awayM }) => !(awayM > 150 && awayM < 1e9)),
    );
    expect(all.toSorted()).toEqual(truth.flatMap(([, expected]) => expected ?? []).toSorted());
  });

  it('measures metres and hours, and says which', () => {
    const [found] = findConflicts(
      planned({ stretches: [stretch('R01-11', 20, 80)], spans: days(2, 12) }),
      [other('A', { stretches: [stretch('R01-11', 50, 100)] })],
      SURROUNDINGS,
    );
    expect(found).toMatchObject({
      lengthM: 30,
      hours: 192,
      streets: ['Pozioma 1'],
      from: '1970-01-03T00:00:00.000Z',
      to: '1970-01-11T00:00:00.000Z',
    });
    expect(found?.message.pl).toBe(
      'W tym samym miejscu i czasie: A „Utrudnienie A”; wspólne 30 m (Pozioma 1), przez 8 dni',
    );
  });

  it('calls a second dig for the same network graver', () => {
    const here = [stretch('R01-11')];
    const water = { stretches: here, network: 'water', kind: 'utility_works' } as const;
    expect(told(planned(water), [other('A', { ...water, spans: days(30, 40) })])).toEqual([
      'dig-once medium A',
    ]);
  });

  it('finds that closures together cut off a block, only while they run together', () => {
    // The corner W33 hangs on R32-33 and R23-33.
    const emergency = { impact: 'closed', modes: ['car', 'emergency'] } as const;
    const one = planned({ ...emergency, stretches: [stretch('R32-33', 20, 50)] });
    const far = (more: Partial<Other>) =>
      other('A', { ...emergency, stretches: [stretch('R23-33', 40, 60)], ...more });
    expect(told(one, [])).toEqual([]);
    expect(told(one, [far({})])).toEqual(['cut-off high A']);
    expect(told(one, [far({ spans: days(10, 20) })])).toEqual([]);
    expect(told(one, [far({ modes: ['car'] })])).toEqual(['cut-off medium A']);
    expect(told(one, [far({ impact: 'narrowed' })])).toEqual([]);
    const [found] = findConflicts(one, [far({})], SURROUNDINGS);
    expect(found).toMatchObject({ lengthM: 50 + 40, streets: ['Pionowa 3', 'Pozioma 3'] });
  });

  it('finds that one closure alone cuts off a dead end, and not what another one has cut off already', () => {
    const emergency = { impact: 'closed', modes: ['emergency'] } as const;
    const [alone] = findConflicts(
      planned({ ...emergency, stretches: [stretch('R23-24', 0, 30)] }),
      [],
      SURROUNDINGS,
    );
    expect(alone).toMatchObject({ code: 'cut-off', lengthM: 70, others: [], streets: ['Ślepa'] });
    const behind = planned({ ...emergency, stretches: [stretch('R01-11', 20, 30)] });
    expect(told(behind, [other('A', { ...emergency, stretches: [stretch('R23-24', 0, 30)] })])).toEqual([]);
  });
});
