import type { RoadNetwork } from '../../analysis/traffic/road-network.ts';

/** `*_flow.tntp`: init node, term node (from 1), flow and cost of every link, in the order of the network. */
export function writeTntpFlows(network: RoadNetwork, flow: Float64Array, cost: Float64Array): string {
  const rows = ['From \tTo \tVolume \tCost '];
  for (let link = 0; link < network.linkCount; link++) {
    const ends = [network.tail[link], network.head[link]].map((node) => (node ?? 0) + 1);
    rows.push(`${ends.join(' \t')} \t${flow[link]} \t${cost[link]} `);
  }
  return `${rows.join('\n')}\n`;
}
