import { invalidParameter } from '../../errors.ts';
import type { ElasticLinks } from './elastic-demand.ts';

/** How the time on a link grows with its flow. */
export type DelayKind = 'bpr' | 'conical';

/**
 * A directed road network for assignment, in typed arrays by node and link index (from 0). Zones are the first
 * `zoneCount` nodes. Units are those of the source and only have to agree with each other: flow and capacity in
 * the same vehicles per period, free-flow time in the unit of cost.
 */
export interface RoadNetwork {
  readonly nodeCount: number;
  readonly zoneCount: number;
  readonly linkCount: number;
  /** Nodes below this index begin and end trips and may not be passed through. */
  readonly firstThruNode: number;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  readonly freeFlowTime: Float64Array;
  readonly capacity: Float64Array;
  /** BPR: `t = t0 (1 + b (v/c)^power)`. Conical: `power` is Spiess's α > 1 and `b` is not used. */
  readonly b: Float64Array;
  readonly power: Float64Array;
  readonly length: Float64Array;
  readonly toll: Float64Array;
  readonly delay: DelayKind;
  /** Links for trips that are not made; without them demand is fixed. */
  readonly elastic?: ElasticLinks | undefined;
  /** Links that leave node n are `outLink[outStart[n]]` up to, without, `outLink[outStart[n + 1]]`. */
  readonly outStart: Int32Array;
  readonly outLink: Int32Array;
}

/** Of each link; nodes count from 0. */
export interface LinkDraft {
  readonly tail: number;
  readonly head: number;
  readonly freeFlowTime: number;
  readonly capacity: number;
  readonly b: number;
  readonly power: number;
  readonly length: number;
  readonly toll: number;
}

export interface NetworkDraft {
  readonly nodeCount: number;
  readonly zoneCount: number;
  readonly firstThruNode: number;
  readonly links: readonly LinkDraft[];
  readonly delay?: DelayKind;
  readonly elastic?: ElasticLinks | undefined;
}

/**
 * Builds the arrays.
 * @throws TwinError invalid-parameter naming the link (from 1, in the order given) and what is wrong with it: an end
 * that is no node, a capacity of 0 under a delay that divides by it, a cost that is negative or falls with flow
 */
export function roadNetwork({
  nodeCount,
  zoneCount,
  firstThruNode,
  links,
  delay = 'bpr',
  elastic,
}: NetworkDraft): RoadNetwork {
  if (zoneCount > nodeCount) {
    throw invalidParameter('net', `${zoneCount} zones cannot stand on ${nodeCount} nodes`);
  }
  for (const [n, link] of links.entries()) refuseBadLink(link, n + 1, nodeCount, delay);
  const column = (pick: (link: LinkDraft) => number) => Float64Array.from(links, pick);
  const tail = Int32Array.from(links, (link) => link.tail);
  const outStart = new Int32Array(nodeCount + 1);
  for (const node of tail) outStart[node + 1] = (outStart[node + 1] as number) + 1;
  for (let node = 0; node < nodeCount; node++) {
    outStart[node + 1] = (outStart[node + 1] as number) + (outStart[node] as number);
  }
  const next = outStart.slice();
  const outLink = new Int32Array(links.length);
  for (const [link, node] of tail.entries()) {
    const place = next[node] as number;
    outLink[place] = link;
    next[node] = place + 1;
  }
  return {
    nodeCount,
    zoneCount,
    linkCount: links.length,
    firstThruNode,
    tail,
    head: Int32Array.from(links, (link) => link.head),
    freeFlowTime: column((link) => link.freeFlowTime),
    capacity: column((link) => link.capacity),
    b: column((link) => link.b),
    power: column((link) => link.power),
    length: column((link) => link.length),
    toll: column((link) => link.toll),
    delay,
    elastic,
    outStart,
    outLink,
  };
}

/** Links that repeat an earlier one in every value: parallel streets, or rows that were written twice. */
export function repeatedLinks(
  network: RoadNetwork,
): readonly { readonly first: number; readonly link: number }[] {
  const { tail, head, freeFlowTime, capacity, b, power, length, toll } = network;
  const columns = [tail, head, freeFlowTime, capacity, b, power, length, toll];
  const known = new Map<string, number>();
  const repeated: { readonly first: number; readonly link: number }[] = [];
  for (let link = 0; link < network.linkCount; link++) {
    const key = columns.map((column) => column[link]).join(' ');
    const first = known.get(key);
    if (first === undefined) known.set(key, link);
    else repeated.push({ first, link });
  }
  return repeated;
}

function refuseBadLink(link: LinkDraft, number: number, nodeCount: number, delay: DelayKind): void {
  const refuse = (what: string) => {
    throw invalidParameter('net', `Link ${number} (${link.tail + 1} → ${link.head + 1}): ${what}`);
  };
  for (const node of [link.tail, link.head]) {
    if (!Number.isInteger(node) || node < 0 || node >= nodeCount) {
      refuse(`node ${node + 1} is none of the ${nodeCount} nodes of the network`);
    }
  }
  for (const [name, value] of [
    ['free-flow time', link.freeFlowTime],
    ['capacity', link.capacity],
    ['B', link.b],
    ['power', link.power],
    ['length', link.length],
    ['toll', link.toll],
  ] as const) {
    if (!Number.isFinite(value)) refuse(`its ${name} is not a number`);
    if (value < 0) refuse(`its ${name} is negative (${value}); flows need costs that are not negative`);
  }
  const growsWithFlow = delay === 'conical' || (link.b > 0 && link.power > 0 && link.freeFlowTime > 0);
  if (growsWithFlow && link.capacity === 0) {
    refuse('its capacity is 0; leave the link out to close it, or give it a capacity');
  }
  if (delay === 'conical' && link.power <= 1)
    refuse(`its α is ${link.power}; the conical function needs α > 1`);
  if (delay === 'bpr' && link.b > 0 && link.power > 0 && link.power < 1) {
    refuse(`its power is ${link.power}; below 1 the delay is infinitely steep at no flow`);
  }
}
