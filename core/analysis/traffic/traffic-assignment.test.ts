import { describe, expect, it } from 'vitest';
import { ROADS, road, STATE, trafficFacts } from '../../../test/support/traffic-facts.ts';
import type { TrafficResult } from '../../wire/traffic.ts';
import { trafficParametersSchema } from '../../wire/traffic-parameters.ts';
import { type Model, UNWATCHED } from '../model.ts';
import { resultText } from '../result-text.ts';
import type { TrafficFacts } from './city-facts.ts';
import { TRAFFIC_ASSIGNMENT } from './traffic-assignment.ts';

const run = (facts: TrafficFacts, asked: object = {}): TrafficResult =>
  TRAFFIC_ASSIGNMENT.run(facts, trafficParametersSchema.parse(asked), UNWATCHED);
const again = TRAFFIC_ASSIGNMENT.again as NonNullable<typeof TRAFFIC_ASSIGNMENT.again>;
const changed = (id: string, more: object) =>
  ROADS.map((each) => (each.id === id ? { ...each, ...more } : each));
const link = ({ links }: TrafficResult, id: string) => links.find((each) => each.id === id);
const BUSY = { tripFactor: 2 };

describe('traffic of a city', () => {
  it('is the same bytes each time, and the result as declared', () => {
    const [once, again] = [run(trafficFacts(ROADS)), run(trafficFacts(ROADS))];
    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
    expect(TRAFFIC_ASSIGNMENT.result.safeParse(once).error).toBeUndefined();
  });

  it('comes back when an edit is taken back: two turns round are none', () => {
    const turned = ROADS.map((each) =>
      each.id === 'north' ? { ...each, from: each.to, to: each.from, path: each.path.toReversed() } : each,
    );
    const back = turned.map((each) =>
      each.id === 'north' ? { ...each, from: each.to, to: each.from, path: each.path.toReversed() } : each,
    );
    expect(JSON.stringify(run(trafficFacts(back)))).toBe(JSON.stringify(run(trafficFacts(ROADS))));
  });

  it('never makes all together faster by closing a street, nor slower by one more', () => {
    const best = (roads: typeof ROADS) => {
      const { after } = run(trafficFacts(roads), { ...BUSY, principle: 'system', distanceCostSPerKm: 0 });
      return after?.convergence.objectiveVehH ?? Number.NaN;
    };
    const today = best(ROADS);
    // A yard of its own, so that no junction changes.
    const more = [...ROADS, { ...(ROADS[2] as (typeof ROADS)[number]), id: 'south-2', class: 'local' }];
    expect(best(more)).toBeLessThanOrEqual(today * (1 + 1e-7));
    const narrower = changed('south', { lanes: 1 });
    expect(best(narrower)).toBeGreaterThanOrEqual(today * (1 - 1e-7));
  });

  it('loses trips to a dearer way, and the more so the more they yield', () => {
    const slow = changed('east', { speedKmH: 10 });
    const made = [0, 0.5, 1].map(
      (elasticity) => run(trafficFacts(slow), { elasticity }).after?.totals.trips ?? 0,
    );
    const [fixed, some, more] = made as [number, number, number];
    expect(fixed).toBeCloseTo(run(trafficFacts(slow)).before.totals.trips, 1);
    expect(some).toBeLessThan(0.95 * fixed);
    expect(more).toBeLessThan(0.95 * some);
    // Where nothing changes nobody stays at home.
    const same = run(trafficFacts(ROADS), { elasticity: 1 });
    expect(same.after?.totals.trips).toBeCloseTo(same.before.totals.trips, 0);
    expect(Math.abs((link(same, 'north+')?.difference?.flowVehPerH ?? 9) - 0)).toBeLessThan(0.5);
    // Cars and lorries that change places on equal ways are no difference: at equilibrium only their sum is certain.
    expect(same.links.filter(({ difference }) => difference?.isBeyondNoise)).toEqual([]);
  });

  it('reports a zone that no street leads to, with the trips that are lost', () => {
    const island = {
      ...STATE.cells[0],
      column: 4,
      row: 40,
      residents: 900,
      district: null,
    } as (typeof STATE.cells)[0];
    const yard = road(
      'yard',
      ['a', 'b'],
      [
        [1000, 10_100],
        [1100, 10_100],
      ],
    );
    const state = { ...STATE, roads: [...ROADS, yard], cells: [...STATE.cells, island] };
    const result = run({ ...trafficFacts(), before: state });
    expect(result.before.totals.lostTrips).toBeGreaterThan(20);
    expect(result.lost.before[0]?.from ?? '').toMatch(/^Z/);
    expect(result.links.every(({ before }) => Number.isFinite(before?.flowVehPerH))).toBe(true);
  });

  it('refuses a city without streets, and one without anybody', () => {
    expect(() => run({ ...trafficFacts(), before: { ...STATE, roads: [] } })).toThrow(/no open roads/);
    expect(() => run({ ...trafficFacts(), before: { ...STATE, cells: [] } })).toThrow(/nobody drives/);
  });

  it('ends when nobody waits any more', () => {
    const parameters = trafficParametersSchema.parse(BUSY);
    const watch = { progress: () => {}, isWanted: () => false };
    expect(() => TRAFFIC_ASSIGNMENT.run(trafficFacts(), parameters, watch)).toThrow(/Nobody waits/);
  });

  it('holds ten times the demand, in the shape of both delays', () => {
    for (const delay of ['bpr', 'conical']) {
      const { before } = run(trafficFacts(), { delay, demandFactor: 10 });
      expect(before.convergence.isReached).toBe(true);
      expect(before.totals.overCapacityKm).toBeGreaterThan(1);
    }
  });

  it('tells of a link whose trips they are, of counts how far they are met, and all trips', () => {
    const counts = [
      { link: 'north+', vehPerH: 100 },
      { link: 'gone+', vehPerH: 10 },
    ];
    const result = run(trafficFacts(ROADS), { ...BUSY, counts, selectLinks: ['south+'], withMatrix: true });
    const [south] = result.selected;
    expect(south?.vehPerH).toBeCloseTo(link(result, 'south+')?.after?.flowVehPerH ?? -1, 0);
    expect(south?.pairs.reduce((sum, { vehPerH }) => sum + vehPerH, 0)).toBeCloseTo(south?.vehPerH ?? 0, 0);
    expect(south?.links.find(({ id }) => id === 'east+')?.vehPerH).toBeCloseTo(south?.vehPerH ?? 0, 0);
    const modelled = link(result, 'north+')?.before?.flowVehPerH ?? 0;
    expect(result.validation).toMatchObject({
      counts: [
        { link: 'north+', geh: expect.closeTo(Math.sqrt((2 * (modelled - 100) ** 2) / (modelled + 100)), 1) },
      ],
      all: { counts: 1, slope: expect.closeTo(modelled / 100, 6) },
      unknownLinks: ['gone+'],
    });
    const all = result.matrix?.carVehPerH.reduce((sum, each) => sum + each, 0) ?? 0;
    expect(all).toBeCloseTo(result.before.totals.trips - sumOf(result.matrix?.truckVehPerH), 0);
    expect(() => run(trafficFacts(), { selectLinks: ['gone+'] })).toThrow(/no link "gone\+"/);
  });

  it('tells by which ways those go round who drove over a link before it was closed', () => {
    const [detours] = run(trafficFacts(changed('north', { isClosed: true })), {
      ...BUSY,
      selectLinks: ['north+'],
    }).selected;
    const [before] = run(trafficFacts(), { ...BUSY, selectLinks: ['north+'] }).selected;
    expect(detours?.vehPerH).toBe(before?.vehPerH);
    expect(detours?.pairs).toEqual(before?.pairs);
    const on = (id: string) => detours?.links.find((each) => each.id === id)?.vehPerH;
    expect(on('north+')).toBeUndefined();
    expect(on('south+')).toBeCloseTo(detours?.vehPerH ?? -1, 0);
  });

  it('tells where the trips of a zone drive: those of all zones together are the flows', () => {
    const ids = run(trafficFacts(ROADS), BUSY).zones.map(({ id }) => id);
    const asked = Array.from({ length: Math.ceil(ids.length / 5) }, (_, n) => ids.slice(5 * n, 5 * n + 5));
    const results = asked.map((selectZones) => run(trafficFacts(ROADS), { ...BUSY, selectZones }));
    const told = results.flatMap(({ selectedZones }) => selectedZones);
    for (const { id, before } of results[0]?.links ?? []) {
      const own = told.flatMap(({ links }) => links.filter((each) => each.id === id));
      // Rounded to tenths, zone by zone.
      const within = 0.05 * (ids.length + 1);
      for (const each of ['fromVehPerH', 'toVehPerH'] as const) {
        const sum = sumOf(own.map((flow) => flow[each]));
        expect(Math.abs(sum - (before?.flowVehPerH ?? 0))).toBeLessThanOrEqual(within);
      }
    }
    for (const { zone, startsPerH, endsPerH } of told) {
      const known = results[0]?.zones.find(({ id }) => id === zone);
      expect(startsPerH).toBeCloseTo(known?.startsPerH ?? -1, 0);
      expect(endsPerH).toBeCloseTo(known?.endsPerH ?? -1, 0);
    }
    expect(() => run(trafficFacts(ROADS), { selectZones: ['nowhere'] })).toThrow(/no zone "nowhere"/);
  });

  it('answers from what an earlier run kept of its solution, to the same bytes as a run of its own', () => {
    const closed = trafficFacts(changed('north', { isClosed: true }));
    const cases = [
      { facts: { ...closed, after: undefined }, plain: BUSY, asked: { selectLinks: ['north+', 'west-'] } },
      { facts: closed, plain: BUSY, asked: { selectLinks: ['north+', 'south+'], withMatrix: true } },
      { facts: closed, plain: { ...BUSY, elasticity: 1 }, asked: { selectLinks: ['south+'] } },
    ];
    for (const { facts, plain, asked } of cases) {
      let solution = new Uint8Array();
      const keep = (bytes: Uint8Array) => {
        solution = bytes.slice();
      };
      const first = trafficParametersSchema.parse({ ...plain, selectLinks: ['east+'] });
      const known = TRAFFIC_ASSIGNMENT.run(facts as TrafficFacts, first, { ...UNWATCHED, keep });
      const wanted = { ...plain, ...asked, selectZones: known.zones.slice(0, 2).map(({ id }) => id) };
      const parameters = trafficParametersSchema.parse(wanted);
      expect(again.plain(parameters)).toEqual(again.plain(first));
      const answer = again.answer(known, solution, parameters);
      expect(resultText(TRAFFIC_ASSIGNMENT as Model, answer)).toBe(
        resultText(TRAFFIC_ASSIGNMENT as Model, run(facts as TrafficFacts, wanted)),
      );
      for (const { link: id, pairs } of answer.selected) {
        const { before, after } = link(answer, id) ?? {};
        // Each pair is rounded to tenths, and so is the flow.
        const off = sumOf(pairs.map(({ vehPerH }) => vehPerH)) - ((after ?? before)?.flowVehPerH ?? 0);
        expect(Math.abs(off)).toBeLessThanOrEqual(0.05 * (pairs.length + 1) + 1e-9);
      }
      const odd = { ...parameters, selectLinks: ['gone+'] };
      expect(() => again.answer(known, solution, odd)).toThrow(/no link "gone\+"/);
    }
  });

  it('finds by counts how many more trips there must be, and holds some counts out to judge that by', () => {
    const out = road(
      'out',
      ['work', 'edge'],
      [
        [3000, 100],
        [5000, 100],
      ],
      { class: 'main' },
    );
    const facts = { ...trafficFacts(), before: { ...STATE, roads: [...ROADS, out] } };
    const truth = run(facts, { tripFactor: 1.6, externalVehPerHPerLane: 250 });
    const counts = truth.links
      .filter(({ id }) => id.endsWith('+') || id === 'out-')
      .map(({ id, before }) => ({ link: id, vehPerH: before?.flowVehPerH ?? 0 }));
    const { demand, validation } = run({ ...facts, counts }, { fit: 'counts' });
    expect(demand.fit?.innerFactor).toBeCloseTo(1.6, 1);
    // Through traffic is scaled by both: half of 500 an hour, times 1.6.
    expect(demand.fit?.edgeFactor).toBeCloseTo(0.8, 1);
    expect(validation?.all.gehBelow5Pct).toBe(100);
    expect(validation?.heldOut).toBeNull();
    const more = [...counts, { link: 'west-', vehPerH: 1 }, { link: 'out', vehPerH: 900 }];
    expect(run({ ...facts, counts: more }).validation?.counts.map(({ link }) => link)).toContain('out');
    expect(run({ ...facts, counts: more }).demand.fit).toBeNull();
  });

  it('adds to stored trips what a scenario builds, and leaves them alone where nothing is built', () => {
    const zones = [
      { id: 'H', name: 'Homes', isGate: false, at: [125, 125] as const },
      { id: 'W', name: 'Work', isGate: false, at: [3125, 125] as const },
    ];
    const matrices = [{ purpose: 'work' as const, origins: [0], destinations: [1], vehPerH: [400] }];
    const stored = { source: 'survey', zones, matrices };
    const built = {
      ...STATE,
      cells: STATE.cells.map((cell) => ({ ...cell, residents: 1.5 * cell.residents })),
    };
    const same = run({ ...trafficFacts(ROADS), stored });
    expect(link(same, 'west+')?.before?.flowVehPerH).toBeCloseTo(400, 0);
    expect(link(same, 'west+')?.difference?.flowVehPerH).toBe(0);
    const grown = run({ ...trafficFacts(), stored, after: built });
    expect(grown.before.totals.trips).toBe(400);
    expect(grown.after?.totals.trips ?? 0).toBeGreaterThan(500);
    expect(run({ ...trafficFacts(ROADS), stored }, { demand: 'generated' }).demand.source).toBe('generated');
    expect(() => run(trafficFacts(), { demand: 'stored' })).toThrow(/keeps no trips of the hour/);
  });

  it('names a gate by the street that leads out there, and gives the others their district', () => {
    const out = road(
      'out',
      ['work', 'edge'],
      [
        [3000, 100],
        [5000, 100],
      ],
      { class: 'main', name: 'aleja Wschodnia' },
    );
    const { zones } = run({ ...trafficFacts(), before: { ...STATE, roads: [...ROADS, out] } });
    expect(zones.find(({ isGate }) => isGate)).toMatchObject({ street: 'aleja Wschodnia', district: null });
    expect(zones.find(({ isGate }) => !isGate)).toMatchObject({ street: null, district: 'West' });
  });

  it('warns of speeds that look like metres a second, and goes on', () => {
    const roads = changed('north', { class: 'main', speedKmH: 14 });
    expect(run({ ...trafficFacts(), before: { ...STATE, roads } }).warnings).toEqual([
      expect.objectContaining({ road: 'north' }),
    ]);
    expect(run(trafficFacts()).warnings).toEqual([]);
  });
});

const sumOf = (values: readonly number[] = []) => values.reduce((sum, each) => sum + each, 0);
