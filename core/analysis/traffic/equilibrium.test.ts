import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { biConjugateFrankWolfe } from '../../../test/support/bi-conjugate-frank-wolfe.ts';
import { describeWithSharedData, sharedData } from '../../../test/support/shared-data.ts';
import { randomOf } from '../../demo-city/random.ts';
import { readTntpNetwork, readTntpTrips } from '../../formats/tntp/read-tntp.ts';
import { type OdDemand, odDemand, scaledDemand } from './demand.ts';
import { type AssignOptions, assignTraffic } from './equilibrium.ts';
import { type LinkDraft, type NetworkDraft, type RoadNetwork, roadNetwork } from './road-network.ts';
import type { TrafficClass } from './traffic-class.ts';

const link = (tail: number, head: number, some: Partial<LinkDraft> = {}): LinkDraft => ({
  tail,
  head,
  freeFlowTime: 1,
  capacity: 1,
  b: 0.15,
  power: 4,
  length: 1,
  toll: 0,
  ...some,
});
/** t = t0 + slope · v */
const linear = (tail: number, head: number, t0: number, slope: number) =>
  link(tail, head, { freeFlowTime: t0, b: slope / t0, power: 1 });
const networkOf = (links: readonly LinkDraft[], some: Partial<NetworkDraft> = {}) =>
  roadNetwork({ nodeCount: 4, zoneCount: 2, firstThruNode: 0, links, ...some });
const trip = (origin: number, destination: number, trips: number) => ({ origin, destination, trips });
const cars = (network: RoadNetwork, demand: OdDemand, some: Partial<TrafficClass> = {}): TrafficClass => ({
  name: 'car',
  demand,
  fixedCost: new Float64Array(network.linkCount),
  pcu: 1,
  ...some,
});
const assign = (network: RoadNetwork, demand: OdDemand, options: Partial<AssignOptions> = {}) =>
  assignTraffic(network, [cars(network, demand)], { targetGap: 1e-13, ...options });
/** Costs of links, those in the list closed. */
const closing = (network: RoadNetwork, closed: readonly number[]) =>
  new Float64Array(network.linkCount).map((_, at) => (closed.includes(at) ? Number.POSITIVE_INFINITY : 0));

/** A connected grid of streets with zones hung onto it, all by the seed. */
function randomCase(seed: number): { network: RoadNetwork; demand: OdDemand } {
  const { between, integer } = randomOf('traffic', seed);
  const [side, zoneCount] = [integer(3, 5), integer(3, 6)];
  const links: LinkDraft[] = [];
  const street = (tail: number, head: number) => {
    const [freeFlowTime, capacity, power] = [between(1, 5), between(5, 40), integer(1, 4)];
    links.push(link(tail, head, { freeFlowTime, capacity, power, b: between(0.1, 1) }));
  };
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const node = zoneCount + y * side + x;
      if (x + 1 < side) [street(node, node + 1), street(node + 1, node)];
      if (y + 1 < side) [street(node, node + side), street(node + side, node)];
    }
  }
  for (let zone = 0; zone < zoneCount; zone++) {
    for (const node of new Set([1, 2].map(() => zoneCount + integer(0, side * side - 1)))) {
      links.push(link(zone, node, { b: 0 }), link(node, zone, { b: 0 }));
    }
  }
  const pairs = Array.from({ length: zoneCount ** 2 }, (_, n) =>
    trip(Math.floor(n / zoneCount), n % zoneCount, between(0, 20)),
  );
  const network = roadNetwork({
    nodeCount: zoneCount + side * side,
    zoneCount,
    firstThruNode: zoneCount,
    links,
  });
  return { network, demand: odDemand(zoneCount, pairs) };
}

const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);

describe('traffic in equilibrium', () => {
  it('is slower for everybody with the bridge of Braess: 92 instead of 83', () => {
    const roads = [linear(0, 2, 1e-8, 10), linear(0, 3, 50, 1), linear(2, 1, 50, 1), linear(3, 1, 1e-8, 10)];
    const demand = odDemand(2, [trip(0, 1, 6)]);
    const without = assign(networkOf(roads), demand);
    const withBridge = assign(networkOf([...roads, linear(2, 3, 10, 1)]), demand);
    expect(without.totalTravelTime / 6).toBeCloseTo(83, 6);
    expect(withBridge.totalTravelTime / 6).toBeCloseTo(92, 6);
    // All together would not use it.
    const best = assign(networkOf([...roads, linear(2, 3, 10, 1)]), demand, { principle: 'system' });
    expect(best.totalTravelTime / 6).toBeCloseTo(83, 6);
  });

  it('splits trips between two roads as the closed form says', () => {
    // 10 + v = 4 + 2 (12 − v) gives v = 6, and the optimum 10 + 2 v = 4 + 4 (12 − v) gives v = 7.
    const network = networkOf([linear(0, 1, 10, 1), linear(0, 1, 4, 2)]);
    const demand = odDemand(2, [trip(0, 1, 12)]);
    expect(assign(network, demand).flow[0]).toBeCloseTo(6, 9);
    expect(assign(network, demand, { principle: 'system' }).flow[0]).toBeCloseTo(7, 9);
    expect(assign(network, demand, { principle: 'system' }).objective).toBeCloseTo(7 * 17 + 5 * 14, 9);
  });

  it('holds for conical delays: equal times, and the objective is their integral', () => {
    const roads = [1, 2].map((capacity) => link(0, 1, { capacity, power: 4, freeFlowTime: 3 }));
    const { flow, time, objective } = assign(
      networkOf(roads, { delay: 'conical' }),
      odDemand(2, [trip(0, 1, 6)]),
    );
    expect(time[0]).toBeCloseTo(time[1] ?? 0, 9);
    expect(flow[1]).toBeCloseTo(4, 9);
    const beta = 7 / 6;
    const delay = (x: number) => 3 * (2 + Math.hypot(4 * (1 - x), beta) - 4 * (1 - x) - beta);
    const steps = 20_000;
    const integral = (capacity: number, to: number) =>
      Array.from(
        { length: steps },
        (_, n) => (delay(((n + 0.5) * to) / steps / capacity) * to) / steps,
      ).reduce((a, b) => a + b);
    expect(objective).toBeCloseTo(integral(1, 2) + integral(2, 4), 5);
  });

  it('weighs a lorry by its car units and keeps it off roads that are closed to it', () => {
    const network = networkOf([linear(0, 1, 10, 1), linear(0, 1, 10, 1)]);
    const demand = odDemand(2, [trip(0, 1, 4)]);
    const lorries = cars(network, demand, { name: 'lorry', pcu: 2, fixedCost: closing(network, [1]) });
    const { flow, classFlow } = assignTraffic(network, [cars(network, demand), lorries], {
      targetGap: 1e-13,
    });
    expect([...(classFlow[1] ?? [])]).toEqual([4, 0]);
    // 8 units of lorries outweigh the 4 cars, which all take the other road.
    expect([...flow]).toEqual([8, 4]);
  });

  it('has an objective that its flows minimise, whichever cars and lorries change places', () => {
    const network = networkOf([linear(0, 1, 10, 1), linear(0, 1, 10, 1)]);
    const demand = odDemand(2, [trip(0, 1, 4)]);
    const toll = Float64Array.of(6, 0);
    const lorries = cars(network, demand, { name: 'lorry', pcu: 2, fixedCost: toll });
    const both = assignTraffic(network, [cars(network, demand, { fixedCost: toll }), lorries], {
      targetGap: 1e-13,
    });
    // 3 units pay the toll and 9 do not: 16 and 3 against 19; ∫ of both times is 34.5 + 130.5.
    expect([...both.flow].map((units) => Math.round(1e9 * units) / 1e9)).toEqual([3, 9]);
    expect(both.objective).toBeCloseTo(34.5 + 130.5 + 3 * 6, 9);
  });

  it('passes through no zone', () => {
    const throughZone = [
      link(0, 2),
      link(2, 1),
      link(0, 3, { freeFlowTime: 9 }),
      link(3, 1, { freeFlowTime: 9 }),
    ];
    const { flow } = assign(
      networkOf(throughZone, { zoneCount: 3, firstThruNode: 3 }),
      odDemand(3, [trip(0, 1, 1)]),
    );
    expect([...flow]).toEqual([0, 0, 1, 1]);
  });

  it('names trips that no road leads to their destination, and assigns the others', () => {
    const network = networkOf([link(0, 1)], { zoneCount: 3 });
    const { lost, flow } = assign(network, odDemand(3, [trip(0, 1, 2), trip(0, 2, 5), trip(1, 1, 7)]));
    expect(lost).toEqual([{ className: 'car', origin: 0, destination: 2, trips: 5 }]);
    expect([...flow]).toEqual([2]);
  });

  it.each([
    ['a capacity of 0', link(0, 1, { capacity: 0 }), /capacity is 0/],
    ['a negative time', link(0, 1, { freeFlowTime: -1 }), /free-flow time is negative/],
    ['a cost that falls with flow', link(0, 1, { b: -1 }), /B is negative/],
    ['a node that is none', link(0, 9), /node 10 is none of the 4/],
    ['no number', link(0, 1, { power: Number.NaN }), /power is not a number/],
  ])('refuses a link with %s', (_, bad, message) => {
    expect(() => networkOf([link(0, 1), bad])).toThrow(message);
    expect(() => networkOf([link(0, 1), bad])).toThrow(/^Link 2 /);
  });

  it('refuses trips of zones that the network does not have', () => {
    expect(() => assign(networkOf([link(0, 1)]), odDemand(5, [trip(0, 4, 1)]))).toThrow(
      /5 zones, the network has 2/,
    );
  });

  it('ends at once when it is cancelled', () => {
    const { network, demand } = randomCase(1);
    const controller = new AbortController();
    const cancelling = () =>
      assign(network, demand, {
        targetGap: 0,
        signal: controller.signal,
        onIteration: ({ iteration }) => iteration === 2 && controller.abort(new Error('enough')),
      });
    expect(cancelling).toThrow('enough');
  });

  it.each(SEEDS)('agrees with an independent solver on network %i', (seed) => {
    const { network, demand } = randomCase(seed);
    const ours = assign(network, demand, { targetGap: 1e-12 });
    const theirs = biConjugateFrankWolfe(network, demand, 400);
    expect(ours.relativeGap).toBeLessThanOrEqual(1e-12);
    expect(theirs.relativeGap).toBeLessThan(1e-3);
    // Neither is above the other by more than the gap of that other allows.
    expect(ours.objective).toBeLessThanOrEqual(theirs.objective * (1 + 1e-11));
    expect(theirs.objective).toBeLessThanOrEqual(ours.objective * (1 + 2 * theirs.relativeGap + 1e-12));
  });

  it.each(SEEDS)('keeps its laws on network %i: closing, growth, warm start, repetition', (seed) => {
    const { network, demand } = randomCase(seed);
    const today = assign(network, demand, { targetGap: 1e-11 });
    const again = assign(network, demand, { targetGap: 1e-11 });
    expect(again.flow).toEqual(today.flow);
    const busiest = today.flow.indexOf(Math.max(...today.flow.filter((_, at) => (network.b[at] ?? 0) > 0)));
    const closed = [cars(network, demand, { fixedCost: closing(network, [busiest]) })];
    const cold = assignTraffic(network, closed, { targetGap: 1e-11 });
    const warm = assignTraffic(network, closed, { targetGap: 1e-11, start: today.state() });
    expect(warm.flow[busiest]).toBe(0);
    expect(warm.isReached).toBe(true);
    expect(warm.objective / cold.objective).toBeCloseTo(1, 9);
    expect(warm.lost).toEqual(cold.lost);
    const warmAgain = assignTraffic(network, closed, { targetGap: 1e-11, start: today.state() });
    expect(warmAgain.flow).toEqual(warm.flow);
    expect(warmAgain.objective).toBe(warm.objective);
    // The reopened street carries what it did, by the paths of the closure.
    const reopened = assign(network, demand, { targetGap: 1e-11, start: warm.state() });
    expect(reopened.objective / today.objective).toBeCloseTo(1, 9);
    const systemCost = (classes: readonly TrafficClass[]) =>
      assignTraffic(network, classes, { targetGap: 1e-10, principle: 'system' }).objective;
    expect(systemCost(closed)).toBeGreaterThanOrEqual(systemCost([cars(network, demand)]) * (1 - 1e-9));
    const grown = assign(network, scaledDemand(demand, 1.3), { targetGap: 1e-11, start: today.state() });
    expect(grown.totalTravelTime).toBeGreaterThan(today.totalTravelTime * 1.3 * (1 - 1e-9));
  });
});

/** What is odd in public models: free connectors, times without delay, powers of 0 to 10, capacities of 1, parallels. */
function oddCase(seed: number): { network: RoadNetwork; demand: OdDemand } {
  const { network, demand } = randomCase(seed);
  const { integer, between, chance } = randomOf('odd traffic', seed);
  const links = Array.from({ length: network.linkCount }, (_, at): LinkDraft => {
    const isConnector = network.b[at] === 0;
    const capacity = chance(0.3) ? 1 : (network.capacity[at] ?? 1);
    const power = integer(0, 10);
    // Winnipeg writes b / capacity^power with a capacity of 1.
    const b = between(0.1, 1) / (capacity === 1 ? between(10, 40) ** power : 1);
    return link(network.tail[at] ?? 0, network.head[at] ?? 0, {
      freeFlowTime: isConnector || chance(0.1) ? 0 : (network.freeFlowTime[at] ?? 1),
      ...{ capacity, power, b: isConnector || chance(0.1) ? 0 : b },
    });
  });
  const twins = links.filter(({ b }, at) => b > 0 && at % 7 === 0);
  return { network: roadNetwork({ ...network, links: [...links, ...twins] }), demand };
}

describe('odd networks', () => {
  it.each(SEEDS)('come to the same equilibrium as by an independent solver, %i', (seed) => {
    const { network, demand } = oddCase(seed);
    const ours = assign(network, demand, { targetGap: 1e-6 });
    const theirs = biConjugateFrankWolfe(network, demand, 300);
    expect(ours.isReached).toBe(true);
    expect(ours.objective).toBeLessThanOrEqual(theirs.objective * (1 + 2e-6));
    expect(theirs.objective).toBeLessThanOrEqual(ours.objective * (1 + 2 * theirs.relativeGap + 1e-12));
  });

  it('holds ten times the trips, and the same from the paths of one time', () => {
    const { network, demand } = randomCase(3);
    const start = assign(network, demand, { targetGap: 1e-8 }).state();
    const tenfold = scaledDemand(demand, 10);
    const [cold, warm] = [
      assign(network, tenfold, { targetGap: 1e-9 }),
      assign(network, tenfold, { targetGap: 1e-9, start }),
    ];
    expect([cold.isReached, warm.isReached]).toEqual([true, true]);
    expect(Math.abs(warm.objective / cold.objective - 1)).toBeLessThan(1e-8);
  });
});

describeWithSharedData('published equilibria', () => {
  const read = (name: string, kind: string) =>
    readFileSync(sharedData('traffic-tntp', ...`${name}_${kind}.tntp`.split('/')), 'utf8');
  const solve = (name: string, targetGap: number) => {
    const network = readTntpNetwork(read(name, 'net'));
    return { network, ...assign(network, readTntpTrips(read(name, 'trips')), { targetGap }) };
  };

  it.each([
    // Published with the network; and computed from the best-known flows (the file has no objective).
    ['SiouxFalls/SiouxFalls', 4231335.28710744],
    ['Anaheim/Anaheim', 1286032.171096],
  ])('of %s are reached, objective and flows', (name, objective) => {
    const { network, flow, objective: ours } = solve(name, 1e-11);
    expect(Math.abs(ours / objective - 1)).toBeLessThan(1e-11);
    const known = new Map<string, number>();
    for (const row of read(name, 'flow').split('\n').slice(1)) {
      const [from, to, volume] = row.trim().split(/\s+/);
      if (volume !== undefined) known.set(`${from} ${to}`, Number(volume));
    }
    expect(known.size).toBe(network.linkCount);
    for (const [at, volume] of flow.entries()) {
      const best = known.get(`${(network.tail[at] ?? 0) + 1} ${(network.head[at] ?? 0) + 1}`) ?? Number.NaN;
      expect(Math.abs(volume - best)).toBeLessThanOrEqual(1e-4 * Math.max(1, best));
    }
  });

  it('of Braess is 92 for each of 6 drivers', () => {
    const { totalTravelTime } = solve('Braess-Example/Braess', 1e-12);
    expect(totalTravelTime / 6).toBeCloseTo(92, 6);
  });

  it('of Berlin-Friedrichshain, that nobody published, is what an independent solver finds', () => {
    const name = 'Berlin-Friedrichshain/friedrichshain-center';
    const { network, objective } = solve(name, 1e-12);
    const theirs = biConjugateFrankWolfe(network, readTntpTrips(read(name, 'trips')), 60);
    expect(Math.abs(theirs.objective / objective - 1)).toBeLessThan(2 * theirs.relativeGap);
    expect(theirs.relativeGap).toBeLessThan(1e-4);
  });
});
