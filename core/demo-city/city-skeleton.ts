/**
 * Larger towns: the hand-drawn district is their heart, and rings of quarters grow round it between the streets that
 * leave it. The river, the railway and the avenues run on to the edge; each precinct has a character of its own.
 */

import { add, between, distance, middleOf, type Xy } from '../geo/plane.ts';
import { smoothPath } from '../geo/polyline.ts';
import { characterOf, kindOf, wantsOf } from './city-characters.ts';
import { DISTRICT_RIM, districtNodeNames, districtSkeleton, riverEdge } from './district-skeleton.ts';
import { type Random, randomOf, smoothNoise } from './random.ts';
import type {
  CorridorKind,
  HalfEdge,
  QuarterBrief,
  Skeleton,
  SkeletonEdge,
  SkeletonNode,
} from './skeleton.ts';
import { riverX } from './terrain.ts';

export type LargeSize = 'city' | 'metropolis';

/** Rings round the district. Counts of parcels follow from it: about 120,000 and 1,000,000. */
const RINGS: Readonly<Record<LargeSize, number>> = { city: 10, metropolis: 28 };
const RING_WIDTH_M = 635;

/** What runs outwards from a node of a ring. */
type Line = Extract<CorridorKind, 'river' | 'railway' | 'avenue' | 'collector' | 'street'>;

interface RingNode {
  readonly node: number;
  readonly line: Line;
}

/** A quarter between two lines and two rings; `at` is on its outer side. */
interface Cell {
  readonly at: Xy;
  readonly ring: number;
  readonly lines: readonly [Line, Line];
  readonly leftOf: HalfEdge;
}

const RIM_LINES: Readonly<Record<string, Line>> = {
  rs: 'river',
  rn: 'river',
  s1: 'railway',
  n1: 'railway',
  s2: 'avenue',
  n2: 'avenue',
  w1: 'avenue',
  e2: 'avenue',
};

export function citySkeleton(size: LargeSize, seed: number): Skeleton {
  const district = districtSkeleton(seed);
  const names = districtNodeNames();
  const nodes: SkeletonNode[] = [...district.nodes];
  const edges: SkeletonEdge[] = [...district.edges];
  const random = randomOf(seed, 'rings');
  let ring = DISTRICT_RIM.map(
    (name): RingNode => ({ node: names.indexOf(name), line: RIM_LINES[name] ?? 'collector' }),
  );
  const cells: Cell[] = [];
  for (let k = 1; k <= RINGS[size]; k++) {
    ring = growRing({ nodes, edges, cells, seed, random }, ring, k);
  }
  return { nodes, edges, quarters: [...district.quarters, ...briefsOf(cells, seed)] };
}

interface Growth {
  readonly nodes: SkeletonNode[];
  readonly edges: SkeletonEdge[];
  readonly cells: Cell[];
  readonly seed: number;
  readonly random: Random;
}

/** Adds one ring: lines from the ring inside it, new nodes where they stand far apart, the ring street, the cells. */
function growRing(growth: Growth, inside: readonly RingNode[], k: number): RingNode[] {
  const { nodes, edges, random } = growth;
  const feet = spaced(
    thinned(nodes, inside).map(({ index, line }): Foot => {
      const from = nodes[(inside[index] as RingNode).node]?.at as Xy;
      return { index, line, from, end: lineEnd(growth, from, line, k) };
    }),
  ).map(({ index, line, end }) => {
    const from = (inside[index] as RingNode).node;
    const to = addNode(growth, end);
    edges.push(line === 'river' ? riverEdge(nodes, from, to) : street(growth, from, to, line, 0.06));
    return { node: to, line, index };
  });
  const outer: RingNode[] = [];
  const kind: CorridorKind = k % 3 === 0 ? 'avenue' : 'collector';
  feet.forEach((foot, i) => {
    const next = feet[(i + 1) % feet.length] as (typeof feet)[number];
    const [p, q] = [nodes[foot.node]?.at as Xy, nodes[next.node]?.at as Xy];
    const between = arcNodes(growth, p, q, k);
    const chain = [foot.node, ...between, next.node];
    const first = edges.length;
    chain.slice(1).forEach((to, j) => {
      edges.push(street(growth, chain[j] as number, to, kind, 0.03));
    });
    outer.push({ node: foot.node, line: foot.line });
    outer.push(
      ...between.map((node): RingNode => ({ node, line: random.chance(0.55) ? 'collector' : 'street' })),
    );
    // The ring runs counter-clockwise, so that the cell inside it lies at the left of its streets.
    const at = middleOf(chain.map((node) => nodes[node]?.at as Xy));
    growth.cells.push({ at, ring: k, lines: [foot.line, next.line], leftOf: 2 * first });
  });
  return outer;
}

/** Lines that go on outwards: those too near to the one before end at the ring. */
function thinned(
  nodes: readonly SkeletonNode[],
  inside: readonly RingNode[],
): { index: number; line: Line }[] {
  const at = (index: number) =>
    nodes[(inside[(index + inside.length) % inside.length] as RingNode).node]?.at as Xy;
  const kept: { index: number; line: Line }[] = [];
  inside.forEach(({ line }, index) => {
    const last = kept[kept.length - 1];
    const nearBefore = last !== undefined && distance(at(last.index), at(index)) < 430;
    const fixedAfter = [1, 2].some((step) => {
      const next = inside[(index + step) % inside.length] as RingNode;
      return mustStay(next.line) && distance(at(index), at(index + step)) < 430;
    });
    if (mustStay(line) || (!nearBefore && !fixedAfter)) kept.push({ index, line });
  });
  return kept;
}

/** A line that goes on outwards, and where it would end. */
interface Foot {
  readonly index: number;
  readonly line: Line;
  readonly from: Xy;
  readonly end: Xy;
}

const ROOM_M = 330;
const BANK_M = 380;

/** Leaves out lines that would come too near to the one before, to one that must stay, or to the river. */
function spaced(feet: readonly Foot[]): Foot[] {
  const kept: Foot[] = [];
  feet.forEach((foot, i) => {
    if (mustStay(foot.line)) {
      kept.push(foot);
      return;
    }
    const before = kept[kept.length - 1] ?? feet[feet.length - 1];
    const after = feet[(i + 1) % feet.length] as Foot;
    const rivals = [
      before,
      mustStay(after.line) ? after : undefined,
      i === feet.length - 1 ? kept[0] : undefined,
    ];
    const crowded = rivals.some((rival) => rival && rival !== foot && !leavesRoom(foot, rival));
    const wet = [0, 0.25, 0.5, 0.75, 1].some((t) => {
      const [x, y] = between(foot.from, foot.end, t);
      return Math.abs(x - riverX(y)) < 130;
    });
    if (!crowded && !wet) kept.push(foot);
  });
  return kept;
}

const mustStay = (line: Line): boolean => line === 'river' || line === 'railway' || line === 'avenue';

function leavesRoom(one: Foot, other: Foot): boolean {
  return [0.5, 1].every(
    (t) => distance(between(one.from, one.end, t), between(other.from, other.end, t)) >= ROOM_M,
  );
}

/** Distance of a ring from the middle: from the square of the district to a lobed round. */
function ringRadiusM(seed: number, k: number, angle: number): number {
  const square = 1010 / Math.max(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle)));
  const round = Math.min(1, k / 5);
  // The lobes turn a little from ring to ring near the middle; farther out rings must keep their distance.
  const phase = Math.min(k, 6) * 0.06;
  const lobe = smoothNoise(seed + 23, Math.cos(angle) * 2.1 + phase, Math.sin(angle) * 2.1 - phase);
  return (1 - round) * square + round * 1200 + k * RING_WIDTH_M * (1 + 0.16 * lobe * Math.min(1, k / 3));
}

function lineEnd({ seed, random }: Growth, from: Xy, line: Line, k: number): Xy {
  if (line === 'river') return riverAt(seed, k, from[1]);
  const turn = line === 'railway' ? 0 : random.between(-0.05, 0.05) / Math.sqrt(k);
  const angle = Math.atan2(from[1], from[0]) + turn;
  const radius = ringRadiusM(seed, k, angle);
  const end: Xy = [Math.cos(angle) * radius, Math.sin(angle) * radius];
  const drift = (channel: number) => smoothNoise(seed + channel, end[0] / 1300, end[1] / 1300) * 110;
  return asideOfRiver(from, add(end, [drift(21), drift(22)]));
}

/** A place kept on the bank that a line comes from, with room for a quarter along the river. */
function asideOfRiver(from: Xy, end: Xy): Xy {
  const bank = Math.sign(from[0] - riverX(from[1])) || 1;
  const room = bank * (end[0] - riverX(end[1]));
  return room >= BANK_M ? end : [end[0] + bank * (BANK_M - room), end[1]];
}

/** Where a ring crosses the river, beyond a place on it. */
function riverAt(seed: number, k: number, fromY: number): Xy {
  const sign = Math.sign(fromY);
  let y = fromY;
  for (let step = 0; step < 600; step++) {
    y += sign * 5;
    const x = riverX(y);
    if (Math.hypot(x, y) >= ringRadiusM(seed, k, Math.atan2(y, x))) break;
  }
  return [riverX(y), y];
}

function addNode({ nodes, random }: Growth, at: Xy): number {
  nodes.push(random.chance(0.06) ? { at, roundM: 26 } : { at });
  return nodes.length - 1;
}

/** Nodes on the ring between two line ends that stand far apart. */
function arcNodes(growth: Growth, p: Xy, q: Xy, k: number): number[] {
  const count = Math.max(0, Math.round(distance(p, q) / 660) - 1);
  const found: number[] = [];
  const [from, to] = [Math.atan2(p[1], p[0]), Math.atan2(q[1], q[0])];
  const sweep = to - from + (to < from - 1e-9 ? 2 * Math.PI : 0);
  for (let i = 1; i <= count; i++) {
    const t = i / (count + 1);
    const angle = from + sweep * t;
    const radius = Math.hypot(...p) * (1 - t) + Math.hypot(...q) * t;
    const at: Xy = [Math.cos(angle) * radius, Math.sin(angle) * radius];
    const swing = 40 + 2 * Math.min(k, 10);
    found.push(
      addNode(growth, add(at, [growth.random.between(-swing, swing), growth.random.between(-swing, swing)])),
    );
  }
  return found;
}

/** A street between two nodes, bowed a little to one side. */
function street(
  { nodes, random }: Growth,
  from: number,
  to: number,
  kind: CorridorKind,
  bow: number,
): SkeletonEdge {
  const [p, q] = [nodes[from]?.at as Xy, nodes[to]?.at as Xy];
  const side = random.between(-bow, bow);
  const bulge = (t: number): Xy => {
    const on = between(p, q, t);
    const share = side * 4 * t * (1 - t);
    return [on[0] - (q[1] - p[1]) * share, on[1] + (q[0] - p[0]) * share];
  };
  const path = smoothPath([p, bulge(0.3), bulge(0.7), q]);
  return { from, to, kind, path };
}

/** Precincts of two rings by an angle each, in the order of their numbers; every quarter is a map sheet. */
function briefsOf(cells: readonly Cell[], seed: number): QuarterBrief[] {
  const groups = new Map<string, { order: number; cells: Cell[] }>();
  for (const cell of cells) {
    const band = Math.floor((cell.ring - 1) / 2);
    const sectors = 5 + 5 * band;
    const turn = Math.atan2(cell.at[1], cell.at[0]) / (2 * Math.PI);
    const sector = Math.floor((turn < 0 ? turn + 1 : turn) * sectors);
    const key = `${band}.${sector}`;
    const group = groups.get(key) ?? { order: band * 10_000 + sector, cells: [] };
    group.cells.push(cell);
    groups.set(key, group);
  }
  const ordered = [...groups.values()].sort((a, b) => a.order - b.order);
  let houses = 0;
  return ordered.flatMap(({ cells: own }, i) => {
    // 0021 to 0025 are the district's.
    const precinct = String(i < 20 ? i + 1 : i + 6).padStart(4, '0');
    const character = characterOf(own[0]?.ring ?? 1, randomOf(seed, 'character', precinct));
    return own.map(({ at, ring, lines, leftOf }, k): QuarterBrief => {
      const random = randomOf(seed, 'kind', precinct, k);
      const kind = kindOf(character, ring, lines, random);
      if (kind === 'houses') houses++;
      const planted = kind === 'houses' && houses % 40 === 20;
      return { at, leftOf, kind, precinct, sheet: k + 1, civic: wantsOf(kind, random), planted };
    });
  });
}
