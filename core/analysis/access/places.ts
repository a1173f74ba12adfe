import type { WalkTable } from './walk.ts';

/**
 * How many people get a place when places are given out as well as can be: the greatest flow from customers to the
 * sites within reach, along shortest chains of people who move on to another site (Edmonds and Karp 1972).
 * @param capacity places by site
 * @param demand people by customer
 * @returns people with a place, by site
 */
export function assignPlaces(
  { siteCount, customerCount, start, customer }: WalkTable,
  capacity: ArrayLike<number>,
  demand: ArrayLike<number>,
): Float64Array {
  const left = Float64Array.from(demand);
  const free = Float64Array.from(capacity);
  const edgeCount = customer.length;
  const given = new Float64Array(edgeCount);
  const siteOf = new Int32Array(edgeCount);
  const edgesOf: number[][] = Array.from({ length: customerCount }, () => []);
  for (let site = 0; site < siteCount; site++) {
    for (let k = start[site] as number; k < (start[site + 1] as number); k++) {
      siteOf[k] = site;
      (edgesOf[customer[k] as number] as number[]).push(k);
    }
  }
  /** By which edge a customer or a site was come to, −1 when not; customers first. */
  const cameBy = new Int32Array(customerCount + siteCount);
  const findChain = (): number => {
    cameBy.fill(-1);
    const queue: number[] = [];
    const isSource = new Uint8Array(customerCount);
    for (let c = 0; c < customerCount; c++) {
      if ((left[c] as number) > 0) {
        isSource[c] = 1;
        queue.push(c);
      }
    }
    for (let at = 0; at < queue.length; at++) {
      const node = queue[at] as number;
      if (node < customerCount) {
        for (const k of edgesOf[node] as number[]) {
          const site = siteOf[k] as number;
          if (cameBy[customerCount + site] !== -1) continue;
          cameBy[customerCount + site] = k;
          if ((free[site] as number) > 0) return site;
          queue.push(customerCount + site);
        }
        continue;
      }
      const site = node - customerCount;
      for (let k = start[site] as number; k < (start[site + 1] as number); k++) {
        const c = customer[k] as number;
        if ((given[k] as number) > 0 && isSource[c] === 0 && cameBy[c] === -1) {
          cameBy[c] = k;
          queue.push(c);
        }
      }
    }
    return -1;
  };
  for (let end = findChain(); end !== -1; end = findChain()) {
    const forward: number[] = [];
    const back: number[] = [];
    let amount = free[end] as number;
    let first = -1;
    for (let site = end; ; ) {
      const taken = cameBy[customerCount + site] as number;
      forward.push(taken);
      first = customer[taken] as number;
      const before = cameBy[first] as number;
      if (before === -1) break;
      back.push(before);
      amount = Math.min(amount, given[before] as number);
      site = siteOf[before] as number;
    }
    amount = Math.min(amount, left[first] as number);
    for (const k of forward) given[k] = (given[k] as number) + amount;
    for (const k of back) given[k] = (given[k] as number) - amount;
    left[first] = (left[first] as number) - amount;
    free[end] = (free[end] as number) - amount;
  }
  return Float64Array.from(
    { length: siteCount },
    (_, site) => (capacity[site] as number) - (free[site] as number),
  );
}
