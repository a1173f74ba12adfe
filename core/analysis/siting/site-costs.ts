import { nearestFirst } from '../access/nearest-first.ts';
import type { PathGraph } from '../access/path-graph.ts';

/**
 * What it costs to serve each customer from each site: customer c from site s costs `cost[s * customerCount + c]`,
 * already multiplied by how many people it stands for; Infinity where no path leads.
 */
export interface SiteCosts {
  readonly customerCount: number;
  readonly siteCount: number;
  readonly cost: Float64Array;
}

/** Every node of the graph is a customer and may be a site. */
export function costsBetweenNodes(graph: PathGraph): SiteCosts {
  const { nodeCount } = graph;
  const cost = new Float64Array(nodeCount * nodeCount);
  const search = nearestFirst(graph);
  for (let site = 0; site < nodeCount; site++) {
    search.from([site]);
    cost.set(search.distance, site * nodeCount);
  }
  return { customerCount: nodeCount, siteCount: nodeCount, cost };
}

/** The sites of each customer, cheapest first: customer c has places `c * siteCount` up to, without, the next one's. */
export interface NearLists {
  readonly site: Int32Array;
  readonly cost: Float64Array;
}

export function nearLists({ customerCount, siteCount, cost }: SiteCosts): NearLists {
  const site = new Int32Array(customerCount * siteCount);
  const sorted = new Float64Array(customerCount * siteCount);
  const own = new Float64Array(siteCount);
  const order = new Int32Array(siteCount);
  for (let customer = 0; customer < customerCount; customer++) {
    for (let s = 0; s < siteCount; s++) {
      own[s] = cost[s * customerCount + customer] as number;
      order[s] = s;
    }
    order.sort((a, b) => (own[a] as number) - (own[b] as number) || a - b);
    for (let k = 0; k < siteCount; k++) {
      const place = customer * siteCount + k;
      site[place] = order[k] as number;
      sorted[place] = own[order[k] as number] as number;
    }
  }
  return { site, cost: sorted };
}
