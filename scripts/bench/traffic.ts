/**
 * Traffic assignment on generated networks: `npx tsx scripts/bench/traffic.ts`. One thread, no database. The peer is
 * what `../shared/reference/what-if.md` A4 measured of tap-b (C) and of a prototype on networks of these sizes.
 */
import { cpus, loadavg } from 'node:os';
import { type OdDemand, odDemand, type Trips } from '../../core/analysis/traffic/demand.ts';
import { type AssignmentState, assignTraffic } from '../../core/analysis/traffic/equilibrium.ts';
import { type LinkDraft, type RoadNetwork, roadNetwork } from '../../core/analysis/traffic/road-network.ts';
import { randomOf } from '../../core/demo-city/random.ts';

interface Model {
  readonly name: string;
  /** Streets form a grid of so many nodes each way. */
  readonly side: number;
  readonly zones: number;
  readonly pairs: number;
  readonly trips: number;
  readonly connectors: number;
  /** Part of the small streets that are there. */
  readonly kept: number;
  /** Seconds that are asked for, to 1e-6 and to 1e-10; after a closure 1e-4 within 1.5 s, 1e-6 within 0.6 of cold. */
  readonly within: readonly [to6: number, to10: number | undefined];
}

const MODELS: readonly Model[] = [
  {
    name: 'sketch',
    side: 24,
    zones: 400,
    pairs: 93_000,
    trips: 90_000,
    connectors: 1,
    kept: 0.9,
    within: [5, 15],
  },
  {
    name: 'sketch, crowded',
    side: 24,
    zones: 400,
    pairs: 93_000,
    trips: 180_000,
    connectors: 1,
    kept: 0.9,
    within: [5, 15],
  },
  {
    name: 'large city',
    side: 110,
    zones: 865,
    pairs: 50_000,
    trips: 150_000,
    connectors: 4,
    kept: 0.55,
    within: [20, undefined],
  },
];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Small streets, arterials every 6 and fast roads every 24 of them, zones hung onto the nearest nodes. */
function modelOf({ name, side, zones, pairs, trips, connectors, kept }: Model): {
  network: RoadNetwork;
  demand: OdDemand;
} {
  const { between, chance } = randomOf('bench traffic', name);
  const nodes = Array.from(
    { length: side * side },
    (_, n) => [(n % side) + between(-0.3, 0.3), Math.floor(n / side) + between(-0.3, 0.3)] as const,
  );
  const centres = Array.from({ length: zones }, () => [between(0, side - 1), between(0, side - 1)] as const);
  const apart = (a: readonly [number, number], b: readonly [number, number]) =>
    Math.hypot(a[0] - b[0], a[1] - b[1]);
  const links: LinkDraft[] = [];
  const street = (from: number, to: number, capacity: number, speed: number) => {
    const length = apart(nodes[from] ?? [0, 0], nodes[to] ?? [0, 0]);
    const time = length / speed;
    links.push({
      tail: zones + from,
      head: zones + to,
      capacity,
      length,
      freeFlowTime: time,
      b: 0.15,
      power: 4,
      toll: 0,
    });
  };
  for (let node = 0; node < side * side; node++) {
    const [x, y] = [node % side, Math.floor(node / side)];
    for (const [to, across, isInside] of [
      [node + 1, y, x + 1 < side],
      [node + side, x, y + 1 < side],
    ] as const) {
      if (!isInside) continue;
      const [isFast, isArterial] = [across % 24 === 12, across % 6 === 0];
      if (!isFast && !isArterial && !chance(kept)) continue;
      const [capacity, speed] = isFast ? [4000, 2.2] : isArterial ? [1800, 1.3] : [600, 0.8];
      street(node, to, capacity, speed);
      if (isFast || isArterial || chance(0.85)) street(to, node, capacity, speed);
    }
  }
  for (const [zone, centre] of centres.entries()) {
    const near = [...nodes.keys()].sort(
      (a, b) => apart(nodes[a] ?? [0, 0], centre) - apart(nodes[b] ?? [0, 0], centre),
    );
    for (const node of near.slice(0, connectors)) {
      const time = 0.3 + apart(nodes[node] ?? [0, 0], centre);
      const connector = { capacity: 1, length: time, freeFlowTime: time, b: 0, power: 0, toll: 0 };
      links.push(
        { ...connector, tail: zone, head: zones + node },
        { ...connector, tail: zones + node, head: zone },
      );
    }
  }
  const middle = [side / 2, side / 2] as const;
  const weights = centres.map((centre) => Math.exp(between(-1.5, 1.5) - (2 * apart(centre, middle)) / side));
  const wanted: Trips[] = centres.flatMap((from, origin) =>
    centres.map((to, destination) => ({
      origin,
      destination,
      trips:
        origin === destination
          ? 0
          : (weights[origin] ?? 0) *
            (weights[destination] ?? 0) *
            Math.exp(-apart(from, to) / (0.3 * side)) *
            between(0, 1),
    })),
  );
  const most = wanted.sort((a, b) => b.trips - a.trips).slice(0, pairs);
  const sum = most.reduce((total, one) => total + one.trips, 0);
  const network = roadNetwork({
    nodeCount: zones + side * side,
    zoneCount: zones,
    firstThruNode: zones,
    links,
  });
  return {
    network,
    demand: odDemand(
      zones,
      most.map((one) => ({ ...one, trips: (one.trips * trips) / sum })),
    ),
  };
}

function solve(
  network: RoadNetwork,
  demand: OdDemand,
  targetGap: number,
  closed?: number,
  start?: AssignmentState,
) {
  const fixedCost = new Float64Array(network.linkCount);
  if (closed !== undefined) fixedCost[closed] = Number.POSITIVE_INFINITY;
  const before = process.cpuUsage();
  const began = performance.now();
  const result = assignTraffic(network, [{ name: 'car', demand, fixedCost, pcu: 1 }], { targetGap, start });
  const { user, system } = process.cpuUsage(before);
  return { ...result, cpuS: (user + system) / 1e6, wallS: (performance.now() - began) / 1000 };
}

const timed = ({ cpuS, wallS, iterations, relativeGap }: ReturnType<typeof solve>) =>
  `${cpuS.toFixed(2)} s of CPU, ${wallS.toFixed(2)} s (${iterations} iterations, ${relativeGap.toExponential(1)})`;

say(
  `Traffic assignment, one thread; ${cpus()[0]?.model}, Node ${process.versions.node}, load ${loadavg()[0]?.toFixed(1)}`,
);
for (const model of MODELS) {
  const { network, demand } = modelOf(model);
  say(
    `\n${model.name}: ${network.nodeCount} nodes, ${network.linkCount} links, ${demand.trips.length} pairs`,
  );
  const cold = solve(network, demand, 1e-6);
  const [to6, to10] = model.within;
  say(`  to 1e-6                       ${timed(cold)}, asked ${to6} s`);
  const further = timed(solve(network, demand, 1e-10));
  say(`  to 1e-10                      ${further}${to10 === undefined ? '' : `, asked ${to10} s`}`);
  const state = cold.state();
  const busiest = [...cold.flow.keys()]
    .filter((link) => (network.b[link] ?? 0) > 0)
    .sort((a, b) => (cold.flow[b] ?? 0) - (cold.flow[a] ?? 0));
  for (const rank of [0, 10, 100]) {
    const closed = busiest[rank] ?? 0;
    const anew = solve(network, demand, 1e-6, closed);
    const first = solve(network, demand, 1e-4, closed, state);
    const warm = solve(network, demand, 1e-6, closed, state);
    say(`  rank ${String(rank).padStart(3)} closed, 1e-4 warm     ${timed(first)}, asked 1.5 s`);
    say(
      `                  1e-6 warm     ${timed(warm)}, ${(warm.cpuS / anew.cpuS).toFixed(2)} of cold, asked 0.6`,
    );
  }
  say(`  memory ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
}
