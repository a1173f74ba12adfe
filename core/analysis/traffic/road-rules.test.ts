/** What the rules of the road do to traffic: homes in the west, work in the east, a way round in north and in south. */
import { describe, expect, it } from 'vitest';
import { ROADS, trafficFacts } from '../../../test/support/traffic-facts.ts';
import type { TrafficResult } from '../../wire/traffic.ts';
import { trafficParametersSchema } from '../../wire/traffic-parameters.ts';
import { UNWATCHED } from '../model.ts';
import { type EntryLimit, type RoadRules, roadRules } from './road-rules.ts';
import { TRAFFIC_ASSIGNMENT } from './traffic-assignment.ts';
import { isLimited, vehicleGroups } from './vehicle-groups.ts';

const NO_RULES: RoadRules = {
  capacityPcuPerH: null,
  signalFrom: null,
  signalTo: null,
  noTurnTo: [],
  limit: null,
};
const ruled = (rules: Readonly<Record<string, Partial<RoadRules>>>) =>
  ROADS.map((road) => ({ ...road, ...(rules[road.id] && { rules: { ...NO_RULES, ...rules[road.id] } }) }));
const run = (rules: Readonly<Record<string, Partial<RoadRules>>>, asked: object = {}): TrafficResult =>
  TRAFFIC_ASSIGNMENT.run(
    trafficFacts(ruled(rules)),
    trafficParametersSchema.parse({ tripFactor: 2, ...asked }),
    UNWATCHED,
  );
const flows = ({ links }: TrafficResult, id: string) => {
  const link = links.find((each) => each.id === id);
  return {
    was: link?.before?.flowVehPerH ?? Number.NaN,
    is: link?.after?.flowVehPerH ?? Number.NaN,
  };
};
const zone = (share: number, more: Partial<EntryLimit> = {}): Partial<RoadRules> => ({
  limit: { vehicles: 'all', share, chargePln: null, ...more },
});

describe('rules of the road', () => {
  it('leave traffic as it is where they say nothing', () => {
    const plain = TRAFFIC_ASSIGNMENT.run(trafficFacts(ROADS), trafficParametersSchema.parse({}), UNWATCHED);
    const ofNothing = TRAFFIC_ASSIGNMENT.run(
      trafficFacts(ruled({ north: {}, south: {} })),
      trafficParametersSchema.parse({}),
      UNWATCHED,
    );
    expect(ofNothing.after?.totals).toEqual(plain.after?.totals);
  });

  it('send all who may not turn another way, and those alone', () => {
    const result = run({ west: { noTurnTo: ['north'] } });
    const [north, south, back] = [flows(result, 'north+'), flows(result, 'south+'), flows(result, 'north-')];
    expect(north.was).toBeGreaterThan(100);
    expect(north.is).toBe(0);
    expect(south.is).toBeCloseTo(north.was + south.was, 0);
    // The other direction turns out of north, not into it.
    expect(back.is).toBeCloseTo(back.was, 0);
    expect(result.after?.totals.lostTrips).toBe(0);
  });

  it('make turning round cost time next to a banned turn, so that nobody goes round it for nothing', () => {
    // Straight on to the east and back would be the way to the north.
    const result = run({ south: { noTurnTo: ['east'] } });
    expect(flows(result, 'south+').is).toBeLessThan(1);
    expect(flows(result, 'north+').is).toBeCloseTo(
      flows(result, 'north+').was + flows(result, 'south+').was,
      0,
    );
  });

  it('wait at signals for the red, and let by what the green lets by', () => {
    const result = run({ north: { signalTo: { greenS: 45, cycleS: 90 } } });
    const link = result.links.find(({ id }) => id === 'north+');
    // C/2 (1 − g/C)² = 11.25 s in place of the 8 s of a collector, 1800 · g/C pcu/h.
    expect(link?.after?.capacityVehPerH).toBe(900);
    expect(link?.state).toBe('changed');
    expect(result.links.find(({ id }) => id === 'north-')?.state).toBe('open');
    const quiet = run({ north: { signalTo: { greenS: 10, cycleS: 120 } } });
    expect(flows(quiet, 'north+').is).toBeLessThan(flows(result, 'north+').is);
  });

  it('take the capacity that is set', () => {
    const result = run({ north: { capacityPcuPerH: 200 } });
    expect(result.links.find(({ id }) => id === 'north-')?.after?.capacityVehPerH).toBe(200);
    expect(flows(result, 'north+').is).toBeLessThan(0.8 * flows(result, 'north+').was);
  });

  it('keep the dirtiest out of a zone, and the others in', () => {
    const none = run({});
    const some = run({ north: zone(0.3) });
    const all = run({ north: zone(1) });
    const total = flows(none, 'north+').is + flows(none, 'south+').is;
    expect(flows(some, 'south+').is).toBeGreaterThan(0.3 * total - 1);
    expect(flows(some, 'north+').is + flows(some, 'south+').is).toBeCloseTo(total, 0);
    expect(flows(all, 'north+').is).toBe(0);
  });

  it('limit by the share of the dirtiest: who may not enter the laxer zone may not enter the stricter', () => {
    const limits = [zone(0.2), zone(0.5, { vehicles: 'car' })].flatMap(({ limit }) => limit ?? []);
    const groups = vehicleGroups(limits);
    const told = groups.map((group) => [
      group.name,
      group.part,
      limits.map((limit) => isLimited(group, limit)),
    ]);
    expect(told).toEqual([
      ['car', 0.2, [true, true]],
      ['car', 0.3, [false, true]],
      ['car', 0.5, [false, false]],
      ['truck', 0.2, [true, false]],
      ['truck', 0.8, [false, false]],
    ]);
    expect(vehicleGroups([]).map(({ part }) => part)).toEqual([1, 1]);
  });

  it('let those pay who come into a zone: the dearer, the fewer do', () => {
    const [cheap, dear, ban] = [
      run({ north: zone(0.5, { chargePln: 0.2 }) }),
      run({ north: zone(0.5, { chargePln: 500 }) }),
      run({ north: zone(0.5) }),
    ];
    expect(flows(cheap, 'north+').is).toBeGreaterThanOrEqual(flows(dear, 'north+').is);
    expect(flows(dear, 'north+').is).toBeCloseTo(flows(ban, 'north+').is, 0);
    // Time is worth more: the same charge deters less.
    const rich = run({ north: zone(0.5, { chargePln: 1 }) }, { valueOfTimePlnPerH: 1_000 });
    expect(flows(rich, 'north+').is).toBeGreaterThanOrEqual(
      flows(run({ north: zone(0.5, { chargePln: 1 }) }), 'north+').is,
    );
  });

  it('lose no trip that has to get into a zone: it is made by a clean vehicle', () => {
    const result = run({ east: zone(0.4), west: zone(0.2) });
    expect(result.after?.totals.lostTrips).toBe(0);
    expect(flows(result, 'east+').is).toBeCloseTo(flows(result, 'east+').was, 0);
  });

  it('are read from the columns of a road, and what makes no sense is as if it were not said', () => {
    const nothing = {
      capacity: null,
      signalFrom: null,
      signalTo: null,
      noTurnTo: null,
      limitedVehicles: null,
      limitedSharePct: null,
      entryChargePln: null,
    };
    expect(roadRules(nothing)).toBeUndefined();
    expect(
      roadRules({
        ...nothing,
        capacity: 0,
        signalTo: '40/90',
        signalFrom: '90/40',
        noTurnTo: 'a,b',
        limitedVehicles: 'car',
        limitedSharePct: 130,
      }),
    ).toEqual({
      ...NO_RULES,
      signalTo: { greenS: 40, cycleS: 90 },
      noTurnTo: ['a', 'b'],
      limit: { vehicles: 'car', share: 1, chargePln: null },
    });
  });
});
