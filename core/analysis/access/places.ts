import { flowNetwork } from '../network/greatest-flow.ts';
import type { WalkTable } from './walk.ts';
import { byCustomer } from './walk-subsets.ts';

export interface AssignedPlaces {
  /** People with a place, by site. */
  readonly bySite: Float64Array;
  /** People with a place, by customer; those with the same sites within reach share alike. */
  readonly byCustomer: Float64Array;
}

/**
 * How many people get a place when places are given out as well as can be: the greatest flow from customers to the
 * sites within reach.
 * @param capacity places by site
 * @param demand people by customer
 */
export function assignPlaces(
  table: WalkTable,
  capacity: ArrayLike<number>,
  demand: ArrayLike<number>,
): AssignedPlaces {
  const { siteCount, customerCount } = table;
  const { groupOf, groups } = customerGroups(table, demand);
  const [source, sink] = [0, 1 + groups.length + siteCount];
  const network = flowNetwork(sink + 1);
  const pipes = groups.map(({ people, sites }, g) => {
    const pipe = network.link(source, 1 + g, people);
    for (const site of sites) network.link(1 + g, 1 + groups.length + site, people);
    return pipe;
  });
  const taps = Array.from({ length: siteCount }, (_, site) =>
    network.link(1 + groups.length + site, sink, capacity[site] as number),
  );
  network.flow(source, sink);
  const part = pipes.map((pipe, g) => network.through(pipe) / (groups[g]?.people ?? 1));
  return {
    bySite: Float64Array.from(taps, network.through),
    byCustomer: Float64Array.from({ length: customerCount }, (_, c) => {
      const group = groupOf[c] as number;
      return group === -1 ? 0 : (demand[c] as number) * (part[group] as number);
    }),
  };
}

export interface CustomerGroup {
  readonly people: number;
  /** In rising order. */
  readonly sites: Int32Array;
}

/** Customers who have the same sites within the table are one; −1 are those without people or without a site. */
export function customerGroups(
  table: WalkTable,
  demand: ArrayLike<number>,
): { readonly groupOf: Int32Array; readonly groups: readonly CustomerGroup[] } {
  const { start, site } = byCustomer(table);
  const groupOf = new Int32Array(table.customerCount).fill(-1);
  const groups: { people: number; readonly sites: Int32Array }[] = [];
  const known = new Map<string, number>();
  for (let c = 0; c < table.customerCount; c++) {
    const [from, to] = [start[c] as number, start[c + 1] as number];
    if (from === to || !((demand[c] as number) > 0)) continue;
    const sites = site.subarray(from, to);
    const key = sites.join();
    const group = known.get(key) ?? groups.length;
    if (group === groups.length) {
      known.set(key, group);
      groups.push({ people: 0, sites });
    }
    groupOf[c] = group;
    (groups[group] as { people: number }).people += demand[c] as number;
  }
  return { groupOf, groups };
}
