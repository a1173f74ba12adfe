/**
 * Siting without a database: `npm run bench:siting`. One thread. p-medians on graphs drawn like those of OR-Library
 * (a ring and random edges, n²/50 in all), and a generated city: 40,000 buildings, 80 facilities, 300 candidates.
 */
import { cpus, loadavg } from 'node:os';
import { floatingCatchment } from '../../core/analysis/access/floating-catchment.ts';
import { pathGraph } from '../../core/analysis/access/path-graph.ts';
import { type Doors, type WalkTable, walkTable } from '../../core/analysis/access/walk.ts';
import { solveMaximalCover } from '../../core/analysis/siting/maximal-cover.ts';
import { solvePMedian } from '../../core/analysis/siting/p-median.ts';
import { costsBetweenNodes } from '../../core/analysis/siting/site-costs.ts';
import { randomOf } from '../../core/demo-city/random.ts';

const MOST_S = 20;
const [BUILDINGS, EXISTING, CANDIDATES] = [40_000, 80, 300];
/** Blocks of 110 m: a city of some 14 km. */
const [SIDE, BLOCK_M] = [130, 110];
const REACH_M = 1_000;
const MEDIANS = [
  [300, 5],
  [300, 30],
  [300, 100],
  [400, 5],
  [400, 40],
  [500, 5],
  [600, 60],
  [700, 10],
  [900, 90],
] as const;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function timed<T>(work: (elapsedS: () => number) => T) {
  const before = process.cpuUsage();
  const began = performance.now();
  const result = work(() => (performance.now() - began) / 1000);
  const { user, system } = process.cpuUsage(before);
  const told = `${((user + system) / 1e6).toFixed(2)} s of CPU, ${((performance.now() - began) / 1000).toFixed(2)} s`;
  return { result, told };
}

say(
  `Siting, Node ${process.versions.node}; ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`,
);

for (const [nodeCount, p] of MEDIANS) {
  const { integer } = randomOf('bench siting', nodeCount, p);
  const from: number[] = [];
  const to: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    from.push(node);
    to.push((node + 1) % nodeCount);
  }
  while (from.length < (nodeCount * nodeCount) / 50) {
    from.push(integer(0, nodeCount - 1));
    to.push(integer(0, nodeCount - 1));
  }
  const edges = {
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    cost: Float64Array.from(from, () => integer(1, 100)),
  };
  let firstS = 0;
  let best = Number.POSITIVE_INFINITY;
  const { result, told } = timed((elapsedS) =>
    solvePMedian(
      { costs: costsBetweenNodes(pathGraph(nodeCount, edges)), p },
      {
        isWanted: () => elapsedS() < MOST_S,
        onBetter: (objective) => {
          if (objective < best) [best, firstS] = [objective, elapsedS()];
        },
      },
    ),
  );
  say(
    `${nodeCount} nodes, p ${p}: ${result.objective}, ${result.isProven ? 'proven' : `bound ${result.bound}`}, ${told}; best found after ${firstS.toFixed(2)} s`,
  );
}

const { integer, next } = randomOf('bench siting', 'city');
const from: number[] = [];
const to: number[] = [];
for (let node = 0; node < SIDE * SIDE; node++) {
  if ((node + 1) % SIDE !== 0) [from.push(node), to.push(node + 1)];
  if (node + SIDE < SIDE * SIDE) [from.push(node), to.push(node + SIDE)];
}
const ends = { from: Int32Array.from(from), to: Int32Array.from(to) };
const lengthM = Float64Array.from(from, () => BLOCK_M * (0.8 + 0.4 * next()));
const network = { ...ends, lengthM, graph: pathGraph(SIDE * SIDE, { ...ends, cost: lengthM }) };
const doors = (count: number): Doors => ({
  section: Int32Array.from({ length: count }, () => integer(0, from.length - 1)),
  along: Float64Array.from({ length: count }, next),
  offM: Float64Array.from({ length: count }, () => 25 * next()),
});
const buildings = doors(BUILDINGS);
const children = Float64Array.from({ length: BUILDINGS }, () => (next() < 0.4 ? integer(1, 6) : 0));
const sites = doors(EXISTING + CANDIDATES);
say(
  `\nCity: ${BUILDINGS} buildings, ${EXISTING} facilities, ${CANDIDATES} candidates, ${from.length} sections`,
);
const table = timed(() => walkTable(network, sites, buildings, REACH_M));
say(`  ways within ${REACH_M} m: ${table.result.customer.length}, ${table.told}`);
const places = Float64Array.from({ length: EXISTING }, () => integer(30, 150));
const access = timed(() =>
  floatingCatchment({ ...table.result, siteCount: EXISTING }, places, children, [
    { withinM: REACH_M, weight: 1 },
  ]),
);
const shared = access.result.access.reduce(
  (sum, each, c) => sum + each * (children[c] ?? 0),
  access.result.unreachedSupply,
);
const supply = places.reduce((sum, each) => sum + each, 0);
say(`  2SFCA: Σ demand · access is off by ${Math.abs(shared / supply - 1).toExponential(1)}, ${access.told}`);
const coverage = { siteCount: EXISTING + CANDIDATES, demand: children, ...byCustomer(table.result) };
const existing = Array.from({ length: EXISTING }, (_, site) => site);
for (const p of [1, 3, 5, 10]) {
  const cover = timed((elapsedS) =>
    solveMaximalCover({ coverage, p: EXISTING + p, existing }, { isWanted: () => elapsedS() < MOST_S }),
  );
  const { objective, bound, isProven } = cover.result;
  say(`  covering with ${p} more: ${objective}, ${isProven ? 'proven' : `bound ${bound}`}, ${cover.told}`);
}
say(`  memory ${Math.round(process.memoryUsage().rss / 1e6)} MB`);

function byCustomer({ siteCount, customerCount, start, customer }: WalkTable) {
  const reach: number[][] = Array.from({ length: customerCount }, () => []);
  for (let site = 0; site < siteCount; site++) {
    for (let k = start[site] ?? 0; k < (start[site + 1] ?? 0); k++) reach[customer[k] ?? 0]?.push(site);
  }
  const starts = new Int32Array(customerCount + 1);
  for (const [c, list] of reach.entries()) starts[c + 1] = (starts[c] ?? 0) + list.length;
  return { start: starts, site: reach.flat() };
}
