/** Rows of sun and sky over a street whose shadows are known, and against the models that study them one by one. */
import { describe, expect, it } from 'vitest';
import { blockAt } from '../../../test/support/sample-street.ts';
import { type ConsequenceRow, consequenceParametersSchema } from '../../wire/consequences.ts';
import { UNWATCHED } from '../model.ts';
import { SUN_HOURS, sunHoursParametersSchema } from '../sun/sun-hours.ts';
import { BARE } from '../sun/surroundings.ts';
import { CONSEQUENCES } from './consequences.ts';
import type { ConsequenceFacts, EarthworkFact, LightFacts } from './facts.ts';

const HERE = [6_426_900, 5_808_700] as const;
const house = blockAt('house', HERE, [12, 8], 6);
const garage = blockAt('garage', [HERE[0] + 20, HERE[1]], [6, 6], 3);
/** High and long, south of both; and the same north of them. */
const southern = blockAt('slab', [HERE[0] - 40, HERE[1] - 22], [160, 10], 30);
const northern = blockAt('slab', [HERE[0] - 40, HERE[1] + 20], [160, 10], 30);

const light = (before: LightFacts['before'], after: LightFacts['after']): LightFacts => ({
  place: { srid: 2177, position: HERE },
  around: [HERE[0] - 60, HERE[1] - 60, HERE[0] + 60, HERE[1] + 60],
  ...{ before, after, changed: ['slab'] },
  targets: [
    { id: 'house', registerId: 'R.1_BUD', rooms: 'dwelling', isForPeople: true, storeys: 2 },
    { id: 'garage', registerId: null, rooms: null, isForPeople: false, storeys: 1 },
    { id: 'slab', registerId: null, rooms: 'dwelling', isForPeople: true, storeys: 10 },
  ],
});

const findingsOf = (more: Partial<ConsequenceFacts>) => tableOf(more).findings;

function tableOf(more: Partial<ConsequenceFacts>) {
  const facts: ConsequenceFacts = {
    ...{ areaM2: 1, editedLayers: ['buildings_3d'], lawDate: '2026-06-30' },
    ...{ setting: { emptyLayers: [] }, before: {}, after: {}, ...more },
  };
  return CONSEQUENCES.run(facts, consequenceParametersSchema.parse({}), UNWATCHED);
}

function rowsOf(more: Partial<ConsequenceFacts>): (name: string) => ConsequenceRow {
  const { rows } = tableOf(more);
  return (name) => {
    const found = rows.find((row) => row.name === name);
    if (!found) throw new Error(`no row ${name}`);
    return found;
  };
}

describe('rows of light', () => {
  it('count what a slab in the south takes from its neighbours', () => {
    const row = rowsOf({ light: light([house, garage], [house, garage, southern]) });
    // Of 28 points the 8 of the north wall have no three hours; behind the slab none has. Garages are not asked.
    expect(row('neighbour-points-without-sun')).toMatchObject({
      ...{ before: 8, after: 28, delta: 20, deltaBound: 0, significance: 'beyond-error' },
      scope: 'surroundings',
    });
    // The walls that face it, and those that see it aslant within 35 m.
    const obstructed = row('neighbour-points-obstructed');
    expect(obstructed.before).toBe(0);
    expect(obstructed.after).toBeGreaterThanOrEqual(8);
    expect(row('ground-sun-hours').delta).toBeLessThan(-1);
    expect(row('shaded-ground').delta).toBeGreaterThan(1000);
    expect(row('sky-view').delta).toBeLessThan(-5);
    for (const name of ['ground-sun-hours', 'shaded-ground', 'sky-view'])
      expect([name, row(name).significance]).toEqual([name, 'beyond-error']);
  });

  it('name the neighbours that lose what the law asks, and those that get it back', () => {
    const built = findingsOf({ light: light([house, garage], [house, garage, southern]) });
    expect(built).toMatchObject([
      {
        ...{ code: 'neighbour-loses-sun', change: 'appears', layer: 'buildings', id: 'R.1_BUD' },
        ...{ before: 'met', after: 'breach', limit: 180, unit: 'min', measured: 0 },
      },
      { code: 'neighbour-loses-open-sector', change: 'appears', after: 'breach', unit: 'm' },
    ]);
    expect(built[0]?.message.en).toContain('20 of 28 points');
    const gone = findingsOf({ light: light([house, southern], [house]) });
    expect(gone.map(({ code, change, before, after }) => [code, change, before, after])).toEqual([
      ['neighbour-loses-sun', 'vanishes', 'breach', 'met'],
      ['neighbour-loses-open-sector', 'vanishes', 'breach', 'met'],
    ]);
    expect(findingsOf({ light: light([house], [house]) })).toEqual([]);
  });

  it('take no sun for a slab in the north, but sky', () => {
    const row = rowsOf({ light: light([house, garage], [house, garage, northern]) });
    expect(row('neighbour-points-without-sun')).toMatchObject({ before: 8, after: 8, significance: 'none' });
    expect(row('neighbour-points-obstructed').delta).toBeGreaterThanOrEqual(8);
    expect(row('sky-view').delta).toBeLessThan(-5);
  });

  it('give back what goes with a building: the same table with the other sign', () => {
    const built = rowsOf({ light: light([house], [house, southern]) });
    const gone = rowsOf({ light: light([house, southern], [house]) });
    for (const name of ['neighbour-points-without-sun', 'ground-sun-hours', 'shaded-ground', 'sky-view']) {
      const [{ delta = 0 }, back] = [built(name), gone(name)];
      expect([name, back.delta]).toEqual([name, expect.closeTo(-delta, 1)]);
    }
  });

  it('hold in their bounds what trees may take, and say so', () => {
    const oaks = [0, 1, 2].map((n) => ({
      ...{ id: `oak${n}`, e: HERE[0] + 4 + 8 * n, n: HERE[1] - 8, heightM: 15, crownM: 8 },
    }));
    const around = { trees: oaks };
    const facts = {
      ...light([house, garage], [house, garage, southern]),
      surroundings: { before: around, after: around, isChanged: false, unsizedTrees: 0 },
    };
    const [leafy, bare] = [rowsOf({ light: facts }), rowsOf({ light: { ...facts, surroundings: BARE } })];
    for (const name of ['neighbour-points-without-sun', 'ground-sun-hours', 'shaded-ground', 'sky-view']) {
      const [among, without] = [leafy(name), bare(name)];
      expect([name, among.before, among.after]).toEqual([name, without.before, without.after]);
      expect(among.beforeBound).toBeGreaterThan(without.beforeBound ?? 0);
      expect(among.notes.some(({ en }) => en.includes('each of the 3 within reach a wall'))).toBe(true);
    }
  });

  it('mean the hours that the map of hours has', () => {
    const facts = light([house, garage], [house, garage, southern]);
    const map = SUN_HOURS.run(
      { ...facts, lawDate: '2026-06-30' },
      sunHoursParametersSchema.parse({ bbox: facts.around, cellM: 2, reachM: 300, grid: false }),
      UNWATCHED,
    );
    const row = rowsOf({ light: facts })('ground-sun-hours');
    // The map counts the ground of each state, the row that of both.
    const openM2 = map.after.groundM2;
    expect(row.after).toBeCloseTo(map.after.meanHours, 1);
    expect(openM2).toBeLessThan(map.before.groundM2);
  });

  it('say why they know nothing', () => {
    const reason = { pl: 'za daleko', en: 'too far' };
    expect(rowsOf({ light: { reason } })('sky-view')).toMatchObject({ state: 'not-assessed', reason });
    const before2018 = rowsOf({ light: light([house], [house, southern]), lawDate: '2017-06-30' });
    expect(before2018('neighbour-points-without-sun')).toMatchObject({ state: 'not-assessed' });
    expect(before2018('ground-sun-hours')).toMatchObject({ state: 'computed' });
    expect(rowsOf({ editedLayers: ['trees'] })('sky-view')).toMatchObject({ state: 'unchanged' });
  });
});

it('earth that is moved adds up over the edits', () => {
  const earthworks: readonly EarthworkFact[] = [
    { id: '0', cutM3: 120.4, fillM3: 0, errorM3: 2.2 },
    { id: '3', cutM3: 10, fillM3: 55.5, errorM3: 1 },
  ];
  const row = rowsOf({ editedLayers: ['terrain'], after: { earthworks } });
  expect(row('cut-volume')).toMatchObject({ before: 0, after: 130, delta: 130, deltaBound: 4, unit: 'm3' });
  expect(row('fill-volume')).toMatchObject({ after: 56, significance: 'beyond-error', scope: 'edits' });
});
