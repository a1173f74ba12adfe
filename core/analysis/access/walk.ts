import { nearestFirst } from './nearest-first.ts';
import type { PathGraph } from './path-graph.ts';

/**
 * Where somebody steps onto the network: along the section between two nodes, `along` of its length from the first;
 * `offM` is the straight way to it. In lists of one length.
 */
export interface Doors {
  readonly section: Int32Array;
  readonly along: Float64Array;
  readonly offM: Float64Array;
}

/** Sections between nodes, walked both ways. */
export interface WalkNetwork {
  readonly graph: PathGraph;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly lengthM: Float64Array;
}

/** Ways on foot no longer than a bound: from site s to customer `customer[k]` it is `metres[k]`, k from `start[s]`. */
export interface WalkTable {
  readonly customerCount: number;
  readonly siteCount: number;
  readonly start: Int32Array;
  readonly customer: Int32Array;
  readonly metres: Float64Array;
}

/** Exact ways along the network from every site to every customer within the bound: one search for each site. */
export function walkTable(network: WalkNetwork, sites: Doors, customers: Doors, boundM: number): WalkTable {
  const siteCount = sites.section.length;
  const customerCount = customers.section.length;
  const search = nearestFirst(network.graph);
  const start = new Int32Array(siteCount + 1);
  let customer = new Int32Array(1024);
  let metres = new Float64Array(1024);
  let size = 0;
  for (let site = 0; site < siteCount; site++) {
    const section = sites.section[site] as number;
    const length = network.lengthM[section] as number;
    const along = sites.along[site] as number;
    const off = sites.offM[site] as number;
    search.from([network.from[section] as number, network.to[section] as number], boundM, [
      off + along * length,
      off + (1 - along) * length,
    ]);
    for (let c = 0; c < customerCount; c++) {
      const own = customers.section[c] as number;
      const ownLength = network.lengthM[own] as number;
      const ownAlong = customers.along[c] as number;
      let way = Math.min(
        (search.distance[network.from[own] as number] as number) + ownAlong * ownLength,
        (search.distance[network.to[own] as number] as number) + (1 - ownAlong) * ownLength,
      );
      if (own === section) way = Math.min(way, off + Math.abs(ownAlong - along) * length);
      way += customers.offM[c] as number;
      if (!(way <= boundM)) continue;
      if (size === customer.length) [customer, metres] = [grown(customer), grownMetres(metres)];
      customer[size] = c;
      metres[size++] = way;
    }
    start[site + 1] = size;
  }
  return {
    customerCount,
    siteCount,
    start,
    customer: customer.slice(0, size),
    metres: metres.slice(0, size),
  };
}

function grown(list: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * list.length);
  larger.set(list);
  return larger;
}

function grownMetres(list: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * list.length);
  larger.set(list);
  return larger;
}
