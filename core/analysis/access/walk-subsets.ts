import type { WalkTable } from './walk.ts';

/** Those ways of a table that are no longer. */
export function within(table: WalkTable, boundM: number): WalkTable {
  const start = new Int32Array(table.siteCount + 1);
  let size = 0;
  for (const way of table.metres) if (way <= boundM) size++;
  const customer = new Int32Array(size);
  const metres = new Float64Array(size);
  size = 0;
  for (let site = 0; site < table.siteCount; site++) {
    for (let k = table.start[site] as number; k < (table.start[site + 1] as number); k++) {
      if ((table.metres[k] as number) > boundM) continue;
      customer[size] = table.customer[k] as number;
      metres[size++] = table.metres[k] as number;
    }
    start[site + 1] = size;
  }
  return { ...table, start, customer, metres };
}

/** The ways of some sites alone, in their order. */
export function ofSites(table: WalkTable, sites: readonly number[]): WalkTable {
  const start = new Int32Array(sites.length + 1);
  for (const [at, site] of sites.entries()) {
    start[at + 1] = (start[at] as number) + (table.start[site + 1] as number) - (table.start[site] as number);
  }
  const customer = new Int32Array(start[sites.length] as number);
  const metres = new Float64Array(start[sites.length] as number);
  for (const [at, site] of sites.entries()) {
    const [from, to] = [table.start[site] as number, table.start[site + 1] as number];
    customer.set(table.customer.subarray(from, to), start[at] as number);
    metres.set(table.metres.subarray(from, to), start[at] as number);
  }
  return { customerCount: table.customerCount, siteCount: sites.length, start, customer, metres };
}

/** The sites of two tables of the same customers, those of the first before those of the second. */
export function joinedWays(first: WalkTable, second: WalkTable): WalkTable {
  const size = first.customer.length;
  const start = new Int32Array(first.siteCount + second.siteCount + 1);
  start.set(first.start);
  for (let site = 1; site <= second.siteCount; site++) {
    start[first.siteCount + site] = size + (second.start[site] as number);
  }
  const customer = new Int32Array(size + second.customer.length);
  customer.set(first.customer);
  customer.set(second.customer, size);
  const metres = new Float64Array(customer.length);
  metres.set(first.metres);
  metres.set(second.metres, size);
  const { customerCount } = first;
  return { customerCount, siteCount: first.siteCount + second.siteCount, start, customer, metres };
}

/** By customer the sites within the table: those of customer c are `site[start[c]]` up to, without, `site[start[c + 1]]`. */
export interface SitesByCustomer {
  readonly start: Int32Array;
  readonly site: Int32Array;
  readonly metres: Float64Array;
}

export function byCustomer({
  siteCount,
  customerCount,
  start,
  customer,
  metres,
}: WalkTable): SitesByCustomer {
  const starts = new Int32Array(customerCount + 1);
  for (const c of customer) starts[c + 1] = (starts[c + 1] as number) + 1;
  for (let c = 0; c < customerCount; c++) {
    starts[c + 1] = (starts[c + 1] as number) + (starts[c] as number);
  }
  const next = starts.slice();
  const site = new Int32Array(customer.length);
  const ways = new Float64Array(customer.length);
  for (let s = 0; s < siteCount; s++) {
    for (let k = start[s] as number; k < (start[s + 1] as number); k++) {
      const c = customer[k] as number;
      const place = next[c] as number;
      next[c] = place + 1;
      site[place] = s;
      ways[place] = metres[k] as number;
    }
  }
  return { start: starts, site, metres: ways };
}
