import { expect, it } from 'vitest';
import { cross, subtract } from '../../geo/plane.ts';
import { districtSkeleton } from '../district-skeleton.ts';
import { cornerRules } from './junction-rules.ts';

it('gives every arm of a junction its signal, and bans only left turns between arms of one', () => {
  const { nodes, edges } = districtSkeleton(1);
  const rules = cornerRules({ nodes, edges, quarters: [] });
  const atNode = nodes.map((): string[] => []);
  const bans: (readonly [edge: number, node: number, into: number])[] = [];
  for (const [edge, ends] of rules) {
    const { from, to } = edges[edge] ?? { from: -1, to: -1 };
    for (const [node, { signal, noTurnTo }] of [
      [from, ends.from],
      [to, ends.to],
    ] as const) {
      if (signal) atNode[node]?.push(signal);
      if (noTurnTo) bans.push([edge, node, Number(/^UL-S(\d+)-1$/.exec(noTurnTo)?.[1])]);
    }
  }
  const busy = atNode.filter((signals) => signals.length > 0);
  expect(busy.length).toBeGreaterThanOrEqual(8);
  for (const signals of busy) {
    expect(signals.length).toBeGreaterThanOrEqual(3);
    expect(signals.filter((signal) => signal === '49/90').length).toBeGreaterThanOrEqual(2);
  }
  expect(bans.length).toBeGreaterThanOrEqual(2);
  for (const [edge, node, into] of bans) {
    const [coming, leaving] = [edges[edge], edges[into]];
    expect(leaving?.from).toBe(node);
    const [a, b] = (coming?.from === node ? coming.path.toReversed() : (coming?.path ?? [])).slice(-2);
    const [c, d] = leaving?.path ?? [];
    expect(a && b && c && d && cross(subtract(b, a), subtract(d, c))).toBeGreaterThan(0);
  }
});
