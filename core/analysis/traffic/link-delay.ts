import { elasticCost, elasticIntegral } from './elastic-demand.ts';
import type { RoadNetwork } from './road-network.ts';

/** Whose cost drivers follow: their own (user equilibrium) or also what they add to others (system optimum). */
export type Principle = 'user' | 'system';

/** Cost of links by flow, kept in arrays that a solver reads and refreshes link by link. */
export interface LinkCosts {
  /** Time on the link at its flow; under `system` with what one vehicle more adds to all others. */
  readonly time: Float64Array;
  /** Derivative of `time` by flow. */
  readonly slope: Float64Array;
  /** Brings `time` and `slope` of one link up to its flow. */
  refresh(link: number): void;
  refreshAll(): void;
}

/**
 * Bureau of Public Roads `t0 (1 + b x^p)`, and Spiess's conical delay
 * `t0 (2 + √(α²(1−x)² + β²) − α(1−x) − β)`, β = (2α−1)/(2α−2), with x = flow / capacity (Spiess, Conical
 * volume-delay functions, Transportation Science 24, 1990). Under `system` the marginal cost t + v t′ stands for t.
 */
export function linkCosts(
  network: RoadNetwork,
  flow: Float64Array,
  principle: Principle = 'user',
): LinkCosts {
  const { linkCount } = network;
  const time = new Float64Array(linkCount);
  const slope = new Float64Array(linkCount);
  const ofStreets =
    network.delay === 'bpr'
      ? bprRefresh(network, flow, principle, time, slope)
      : conicalRefresh(network, flow, principle, time, slope);
  const { elastic } = network;
  const refresh = elastic
    ? (link: number) => {
        if (link < elastic.first) return ofStreets(link);
        const made = elasticCost(elastic, link - elastic.first, flow[link] as number);
        time[link] = made.cost;
        slope[link] = made.slope;
      }
    : ofStreets;
  const refreshAll = () => {
    for (let link = 0; link < linkCount; link++) refresh(link);
  };
  refreshAll();
  return { time, slope, refresh, refreshAll };
}

function bprRefresh(
  { freeFlowTime, capacity, b, power, linkCount }: RoadNetwork,
  flow: Float64Array,
  principle: Principle,
  time: Float64Array,
  slope: Float64Array,
): (link: number) => void {
  // t = t0 + k (v/c)^p; the marginal cost of BPR is BPR with b (p + 1) for b.
  const steepness = new Float64Array(linkCount);
  const perCapacity = new Float64Array(linkCount);
  for (let link = 0; link < linkCount; link++) {
    const p = power[link] as number;
    const k = (freeFlowTime[link] as number) * (b[link] as number) * (principle === 'system' ? p + 1 : 1);
    steepness[link] = p === 0 ? 0 : k;
    perCapacity[link] = k === 0 || p === 0 ? 0 : 1 / (capacity[link] as number);
  }
  // What does not depend on flow: with power 0 the whole of it.
  const fixed = Float64Array.from(freeFlowTime, (t0, link) =>
    power[link] === 0 ? t0 * (1 + (b[link] as number)) : t0,
  );
  return (link) => {
    const k = steepness[link] as number;
    if (k === 0) {
      time[link] = fixed[link] as number;
      slope[link] = 0;
      return;
    }
    const p = power[link] as number;
    const scale = perCapacity[link] as number;
    const x = (flow[link] as number) * scale;
    // x^(p-1); the usual power of 4 is worth its own line.
    const below = p === 4 ? x * x * x : p === 1 ? 1 : x ** (p - 1);
    time[link] = (fixed[link] as number) + k * below * x;
    slope[link] = k * p * below * scale;
  };
}

function conicalRefresh(
  { freeFlowTime, capacity, power }: RoadNetwork,
  flow: Float64Array,
  principle: Principle,
  time: Float64Array,
  slope: Float64Array,
): (link: number) => void {
  return (link) => {
    const t0 = freeFlowTime[link] as number;
    const c = capacity[link] as number;
    const alpha = power[link] as number;
    const beta = (2 * alpha - 1) / (2 * alpha - 2);
    const v = flow[link] as number;
    const rest = alpha * (1 - v / c);
    const root = Math.sqrt(rest * rest + beta * beta);
    const t = t0 * (2 + root - rest - beta);
    const first = (t0 * alpha * (1 - rest / root)) / c;
    if (principle === 'user') {
      time[link] = t;
      slope[link] = first;
      return;
    }
    const second = (t0 * alpha * alpha * beta * beta) / (root * root * root * c * c);
    time[link] = t + v * first;
    slope[link] = 2 * first + v * second;
  };
}

/**
 * What an equilibrium minimises, without fixed costs: ∫ t of every link from no flow to its flow (Beckmann, McGuire
 * and Winsten, 1956); for the system optimum, the total travel time Σ v t(v).
 */
export function delayObjective(network: RoadNetwork, flow: Float64Array, principle: Principle): number {
  const { linkCount, freeFlowTime, capacity, b, power, delay } = network;
  if (principle === 'system') {
    const { time } = linkCosts(network, flow);
    return flow.reduce((sum, v, link) => sum + v * (time[link] as number), 0);
  }
  let sum = 0;
  for (let link = 0; link < linkCount; link++) {
    if (network.elastic && link >= network.elastic.first) {
      sum += elasticIntegral(network.elastic, link - network.elastic.first, flow[link] as number);
      continue;
    }
    const t0 = freeFlowTime[link] as number;
    const v = flow[link] as number;
    const p = power[link] as number;
    if (delay === 'bpr') {
      const k = t0 * (b[link] as number);
      const x = k === 0 ? 0 : p === 0 ? 1 : v / (capacity[link] as number);
      sum += t0 * v + (k === 0 ? 0 : (k * v * x ** p) / (p + 1));
    } else {
      sum += conicalIntegral(t0, capacity[link] as number, p, v);
    }
  }
  return sum;
}

function conicalIntegral(t0: number, capacity: number, alpha: number, flow: number): number {
  const beta = (2 * alpha - 1) / (2 * alpha - 2);
  // ∫ √(r² + β²) dr with r = α (1 − x), dx = −dr / α.
  const ofRoot = (r: number) => 0.5 * (r * Math.hypot(r, beta) + beta * beta * Math.asinh(r / beta));
  const x = flow / capacity;
  const rest = alpha * (1 - x);
  const rooted = (ofRoot(alpha) - ofRoot(rest)) / alpha;
  return t0 * capacity * ((2 - beta) * x + rooted - alpha * (x - (x * x) / 2));
}
