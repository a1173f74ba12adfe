import { expect, it } from 'vitest';
import { odDemand } from './demand.ts';
import { type ElasticLinks, elasticCost, elasticIntegral } from './elastic-demand.ts';
import { assignTraffic } from './equilibrium.ts';
import { type LinkDraft, roadNetwork } from './road-network.ts';

const street = (some: Partial<LinkDraft>): LinkDraft => ({
  tail: 0,
  head: 1,
  freeFlowTime: 10,
  capacity: 1,
  b: 0.1,
  power: 1,
  length: 1,
  toll: 0,
  ...some,
});
const elasticOf = (exponent: number, pcu = 1): ElasticLinks => ({
  first: 1,
  exponent,
  trips: Float64Array.of(12),
  cost: Float64Array.of(20),
  mostTrips: Float64Array.of(18),
  pcu: Float64Array.of(pcu),
});

it.each([0.4, 1, 2])('meets demand and cost where both curves cross, ε %f', (exponent) => {
  const network = roadNetwork({
    nodeCount: 2,
    zoneCount: 2,
    firstThruNode: 2,
    // 10 + v on the street.
    links: [street({}), street({ b: 0, power: 0 })],
    elastic: elasticOf(exponent),
  });
  const cars = { name: 'car', demand: odDemand(2, [{ origin: 0, destination: 1, trips: 18 }]), pcu: 1 };
  const { flow, relativeGap } = assignTraffic(network, [{ ...cars, fixedCost: new Float64Array(2) }], {
    targetGap: 1e-12,
  });
  const made = flow[0] as number;
  expect(relativeGap).toBeLessThan(1e-11);
  expect(made).toBeCloseTo(12 * ((10 + made) / 20) ** -exponent, 8);
});

it.each([0.4, 1, 2])('has the slope and the integral of its cost, ε %f', (exponent) => {
  for (const pcu of [1, 2]) {
    const links = elasticOf(exponent, pcu);
    const [at, step] = [7, 1e-5];
    const cost = (flow: number) => elasticCost(links, 0, flow).cost;
    const numeric = (cost(at + step) - cost(at - step)) / (2 * step);
    expect(elasticCost(links, 0, at).slope).toBeCloseTo(numeric, 5);
    const difference = elasticIntegral(links, 0, at + step) - elasticIntegral(links, 0, at - step);
    expect(difference / (2 * step)).toBeCloseTo(cost(at), 5);
  }
});
