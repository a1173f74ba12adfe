/**
 * A second way to user equilibrium, to check the first by: bi-conjugate Frank–Wolfe (Mitradjieva and Lindberg, The
 * Stiff Is Moving, Transportation Science 47, 2013). It shares nothing with the solver under test but the arrays of
 * the network: BPR only, paths by a plain Dijkstra without a heap.
 */
import type { OdDemand } from '../../core/analysis/traffic/demand.ts';
import type { RoadNetwork } from '../../core/analysis/traffic/road-network.ts';

interface Outcome {
  readonly flow: number[];
  readonly objective: number;
  readonly relativeGap: number;
}

export function biConjugateFrankWolfe(network: RoadNetwork, demand: OdDemand, iterations: number): Outcome {
  const links = Array.from({ length: network.linkCount }, (_, link) => ({
    t0: network.freeFlowTime[link] ?? 0,
    c: network.capacity[link] ?? 1,
    b: network.b[link] ?? 0,
    p: network.power[link] ?? 0,
  }));
  const timeAt = (x: readonly number[]) =>
    links.map(({ t0, c, b, p }, a) => t0 * (1 + b * ((x[a] ?? 0) / c) ** p));
  const slopeAt = (x: readonly number[]) =>
    links.map(({ t0, c, b, p }, a) => (p === 0 ? 0 : (t0 * b * p * ((x[a] ?? 0) / c) ** (p - 1)) / c));
  const objectiveAt = (x: readonly number[]) =>
    links.reduce(
      (sum, { t0, c, b, p }, a) =>
        sum + t0 * (x[a] ?? 0) + (t0 * b * c * ((x[a] ?? 0) / c) ** (p + 1)) / (p + 1),
      0,
    );
  const mix = (...parts: (readonly [number, readonly number[]])[]) =>
    links.map((_, a) => parts.reduce((sum, [weight, values]) => sum + weight * (values[a] ?? 0), 0));
  const minus = (x: readonly number[], y: readonly number[]) => mix([1, x], [-1, y]);

  let flow = allOrNothing(network, demand, timeAt(links.map(() => 0)));
  let before: readonly number[] | undefined;
  let beforeThat: readonly number[] | undefined;
  let step = 0;
  let relativeGap = Number.POSITIVE_INFINITY;
  for (let iteration = 0; iteration < iterations; iteration++) {
    const time = timeAt(flow);
    const cheapest = allOrNothing(network, demand, time);
    const [total, least] = [dot(flow, time), dot(cheapest, time)];
    relativeGap = (total - least) / least;
    const slope = slopeAt(flow);
    const curved = (x: readonly number[], y: readonly number[]) =>
      links.reduce((sum, _, a) => sum + (slope[a] ?? 0) * (x[a] ?? 0) * (y[a] ?? 0), 0);
    const down = minus(cheapest, flow);
    let target: readonly number[] = cheapest;
    if (before !== undefined && beforeThat !== undefined && step < 1) {
      const last = minus(before, flow);
      const mixed = mix([step, before], [1 - step, beforeThat], [-1, flow]);
      const mu = positive(-curved(mixed, down) / curved(mixed, minus(beforeThat, before)));
      const nu = positive(-curved(last, down) / curved(last, last) + (mu * step) / (1 - step));
      const share = 1 / (1 + mu + nu);
      target = mix([share, cheapest], [nu * share, before], [mu * share, beforeThat]);
    }
    let direction = minus(target, flow);
    if (dot(direction, time) >= 0) {
      target = cheapest;
      direction = down;
    }
    step = bestStep((length) => dot(timeAt(mix([1, flow], [length, direction])), direction));
    flow = mix([1, flow], [step, direction]);
    [before, beforeThat] = [target, before];
  }
  return { flow, objective: objectiveAt(flow), relativeGap };
}

const dot = (x: readonly number[], y: readonly number[]) =>
  x.reduce((sum, value, n) => sum + value * (y[n] ?? 0), 0);
const positive = (value: number) => (value > 0 && Number.isFinite(value) ? value : 0);

/** Where the objective is flat along the direction, by halving. */
function bestStep(derivative: (length: number) => number): number {
  let [low, high] = [0, 1];
  if (derivative(high) <= 0) return high;
  for (let n = 0; n < 60; n++) {
    const middle = (low + high) / 2;
    if (derivative(middle) > 0) high = middle;
    else low = middle;
  }
  return low;
}

function allOrNothing(network: RoadNetwork, demand: OdDemand, time: readonly number[]): number[] {
  const flow = time.map(() => 0);
  for (let origin = 0; origin < demand.zoneCount; origin++) {
    const into = cheapestInto(network, origin, time);
    for (let od = demand.start[origin] ?? 0; od < (demand.start[origin + 1] ?? 0); od++) {
      for (let node = demand.destination[od] ?? 0; node !== origin; ) {
        const link = into[node];
        if (link === undefined) break;
        flow[link] = (flow[link] ?? 0) + (demand.trips[od] ?? 0);
        node = network.tail[link] ?? 0;
      }
    }
  }
  return flow;
}

function cheapestInto(network: RoadNetwork, origin: number, time: readonly number[]): (number | undefined)[] {
  const cost = Array.from({ length: network.nodeCount }, () => Number.POSITIVE_INFINITY);
  const into: (number | undefined)[] = cost.map(() => undefined);
  const open = new Set([origin]);
  cost[origin] = 0;
  const done = new Set<number>();
  while (open.size > 0) {
    const node = [...open].reduce((a, b) => ((cost[b] ?? 0) < (cost[a] ?? 0) ? b : a));
    open.delete(node);
    done.add(node);
    if (node < network.firstThruNode && node !== origin) continue;
    for (let at = network.outStart[node] ?? 0; at < (network.outStart[node + 1] ?? 0); at++) {
      const link = network.outLink[at] ?? 0;
      const to = network.head[link] ?? 0;
      const through = (cost[node] ?? 0) + (time[link] ?? 0);
      if (done.has(to) || through >= (cost[to] ?? 0)) continue;
      cost[to] = through;
      into[to] = link;
      open.add(to);
    }
  }
  return into;
}
