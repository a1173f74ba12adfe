import { describe, expect, it } from 'vitest';
import { STATE, trafficFacts } from '../../../test/support/traffic-facts.ts';
import type { TrafficResult } from '../../wire/traffic.ts';
import { trafficParametersSchema } from '../../wire/traffic-parameters.ts';
import { UNWATCHED } from '../model.ts';
import type { StoredDemand, TrafficFacts } from './city-facts.ts';
import { TRAFFIC_ASSIGNMENT } from './traffic-assignment.ts';

const run = (facts: TrafficFacts, parameters: object = {}): TrafficResult =>
  TRAFFIC_ASSIGNMENT.run(facts, trafficParametersSchema.parse(parameters), UNWATCHED);

const ZONES = [
  { id: 'H', name: 'Homes', isGate: false, at: [100, 100] as const },
  { id: 'F', name: 'Fork', isGate: false, at: [500, 100] as const },
  { id: 'J', name: 'Join', isGate: false, at: [2600, 100] as const },
  { id: 'W', name: 'Work', isGate: false, at: [3000, 100] as const },
];
/** From homes to work and to the join, from the fork to work, and home again. */
const trips = (vehPerH: readonly number[]): StoredDemand => ({
  source: 'survey',
  zones: ZONES,
  matrices: [{ purpose: 'work', origins: [0, 0, 1, 3], destinations: [3, 2, 3, 0], vehPerH }],
});

describe('an estimate of trips from counts', () => {
  const truth = run({ ...trafficFacts(), stored: trips([300, 100, 100, 50]) });
  const counts = truth.links
    .filter(({ id }) => id.endsWith('+'))
    .map(({ id, before }) => ({ link: id, vehPerH: before?.flowVehPerH ?? 0 }));
  const facts = { ...trafficFacts(), stored: trips([150, 200, 100, 50]), counts };
  const pair = ({ matrix }: TrafficResult, from: string, to: string) =>
    matrix?.carVehPerH[matrix.from.findIndex((each, at) => each === from && matrix.to[at] === to)] ?? 0;

  it('comes to the counts that two factors cannot meet, and tells how it changed the matrix', () => {
    const factors = run(facts, { fit: 'counts' });
    const matrix = run(facts, { fit: 'matrix', priorWeight: 0.01, withMatrix: true });
    expect(factors.demand.fit?.matrix).toBeNull();
    expect(factors.validation?.all.rmsePct).toBeGreaterThan(5);
    expect(matrix.validation?.all.rmsePct).toBeLessThan(1);
    expect(matrix.validation?.fit?.before.rmsePct).toBeGreaterThan(10);
    expect(pair(matrix, 'H', 'W')).toBeGreaterThan(pair(matrix, 'H', 'J'));
    const change = matrix.demand.fit?.matrix;
    expect(change?.movedPct).toBeGreaterThan(20);
    // Nobody counted those who drive home.
    const { innerFactor = 0 } = matrix.demand.fit ?? {};
    expect(pair(matrix, 'W', 'H')).toBeCloseTo(50 * innerFactor, 1);
    expect(change?.unseenPct).toBeCloseTo(10, 0);
    expect(change?.atBoundPct).toBe(0);
  });

  it('stays nearer to the prior the more it is believed, and within its bounds whatever was counted', () => {
    const moved = [0.01, 1, 100].map(
      (priorWeight) => run(facts, { fit: 'matrix', priorWeight }).demand.fit?.matrix?.movedPct ?? 0,
    );
    expect(moved).toEqual(moved.toSorted((a, b) => b - a));
    expect(moved.at(-1)).toBeLessThan(3);
    const absurd = {
      ...facts,
      counts: counts.map((each) => ({ ...each, vehPerH: each.link === 'west+' ? 9_000 : 0 })),
    };
    const { change } = { change: run(absurd, { fit: 'matrix', priorWeight: 0.01 }).demand.fit?.matrix };
    expect(change?.largestFactor).toBeLessThanOrEqual(4);
    expect(change?.leastFactor).toBeGreaterThanOrEqual(0.25);
  });
});

describe('a gravity model', () => {
  it('finds the falling off of trips for a mean trip that is asked for, and tells where there is none', () => {
    // More work beside the homes than far away, so that the mean can be anything between.
    const cells = STATE.cells.flatMap((cell) => [
      cell,
      { ...cell, column: cell.column === 0 ? 8 : 4, district: null },
    ]);
    const city = { ...trafficFacts(), before: { ...STATE, cells } };
    const work = (parameters: object) =>
      run(city, parameters).demand.purposes.find(({ purpose }) => purpose === 'work');
    const usual = work({});
    expect(usual).toMatchObject({ perMinute: 0.07, targetMinutes: null });
    const target = (usual?.meanMinutes ?? 0) * 0.98;
    const found = work({ tripMinutes: { work: target } });
    expect(found?.meanMinutes).toBeCloseTo(target, 1);
    expect(found?.perMinute).toBeGreaterThan(0.07);
    const beyond = work({ tripMinutes: { work: 60 } });
    expect(beyond).toMatchObject({ perMinute: 0, targetMinutes: 60 });
    expect(beyond?.meanMinutes).toBeLessThan(10);
  });
});
