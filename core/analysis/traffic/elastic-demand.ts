/**
 * Demand that yields to cost, T = T₀ (c / c₀)^−ε, as fixed demand: trips that are not made take a link of their own from
 * origin to destination, whose cost is what they would be made at (Gartner, Optimal traffic assignment with elastic
 * demands, Transportation Science 14, 1980).
 */

/** Links at the end of a network, one for each pair of a class. */
export interface ElasticLinks {
  /** Index of the first of them. */
  readonly first: number;
  readonly exponent: number;
  /** By pair: trips and cost of the base, and the most trips that there can be. */
  readonly trips: Float64Array;
  readonly cost: Float64Array;
  readonly mostTrips: Float64Array;
  /** What a vehicle counts in flows. */
  readonly pcu: Float64Array;
}

/** Trips never fall quite to none: at no cost whatever all stay at home. */
const LEAST_SHARE = 1e-9;

const shareMade = ({ trips, mostTrips, pcu }: ElasticLinks, pair: number, flow: number): number =>
  Math.max(
    LEAST_SHARE,
    ((mostTrips[pair] as number) - flow / (pcu[pair] as number)) / (trips[pair] as number),
  );

/** The cost at which just so many trips stay at home, and its derivative by flow. */
export function elasticCost(
  links: ElasticLinks,
  pair: number,
  flow: number,
): { readonly cost: number; readonly slope: number } {
  const share = shareMade(links, pair, flow);
  const cost = (links.cost[pair] as number) * share ** (-1 / links.exponent);
  const trips = (links.trips[pair] as number) * (links.pcu[pair] as number);
  return { cost, slope: cost / (links.exponent * share * trips) };
}

/** ∫ of the cost from no flow to this flow. */
export function elasticIntegral(links: ElasticLinks, pair: number, flow: number): number {
  const { exponent, cost, trips, mostTrips, pcu } = links;
  const scale = (cost[pair] as number) * (trips[pair] as number) * (pcu[pair] as number);
  const from = shareMade(links, pair, flow);
  const to = (mostTrips[pair] as number) / (trips[pair] as number);
  const power = 1 - 1 / exponent;
  if (Math.abs(power) < 1e-12) return scale * Math.log(to / from);
  return (scale * (to ** power - from ** power)) / power;
}
