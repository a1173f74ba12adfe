/**
 * Traffic assignment on generated networks: `npx tsx scripts/bench/traffic.ts`. One thread, no database. The peer is
 * what `../shared/reference/what-if.md` A4 measured of tap-b (C) and of a prototype on networks of these sizes.
 */
import { cpus, loadavg } from 'node:os';
import type { AssignmentState } from '../../core/analysis/traffic/assignment-state.ts';
import type { OdDemand } from '../../core/analysis/traffic/demand.ts';
import { assignTraffic } from '../../core/analysis/traffic/equilibrium.ts';
import type { RoadNetwork } from '../../core/analysis/traffic/road-network.ts';
import { randomOf } from '../../core/demo-city/random.ts';
import { type GeneratedModel, modelOf } from './traffic-model.ts';

interface Model extends GeneratedModel {
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

/** `npm run bench:traffic -- 10 sketch`: so many streets closed, of the networks whose name begins so. */
const CLOSURES = Number(process.argv[2] ?? 30);
const NAMED = process.argv[3] ?? '';

/** Streets drawn at random, as likely as they carry flow. */
function streetsByFlow({ b }: RoadNetwork, flow: Float64Array): readonly number[] {
  const { between } = randomOf('closed streets', flow.length);
  const streets = [...flow.keys()].filter((link) => (b[link] ?? 0) > 0);
  const all = streets.reduce((sum, link) => sum + (flow[link] ?? 0), 0);
  return Array.from({ length: CLOSURES }, () => {
    let rest = between(0, all);
    for (const link of streets) {
      rest -= flow[link] ?? 0;
      if (rest <= 0) return link;
    }
    return streets.at(-1) ?? 0;
  });
}

const range = (values: readonly number[], unit = ''): string => {
  const sorted = values.toSorted((a, b) => a - b);
  const [median, worst] = [sorted[sorted.length >> 1] ?? Number.NaN, sorted.at(-1) ?? Number.NaN];
  return `median ${median.toFixed(2)}${unit}, worst ${worst.toFixed(2)}${unit}`;
};

say(
  `Traffic assignment, one thread; ${cpus()[0]?.model}, Node ${process.versions.node}, load ${loadavg()[0]?.toFixed(1)}`,
);
for (const model of MODELS.filter(({ name }) => name.startsWith(NAMED))) {
  const { network, demand } = modelOf(model);
  say(
    `\n${model.name}: ${network.nodeCount} nodes, ${network.linkCount} links, ${demand.trips.length} pairs`,
  );
  const cold = solve(network, demand, 1e-6);
  const [to6, to10] = model.within;
  say(`  to 1e-6                 ${timed(cold)}, asked ${to6} s`);
  const further = timed(solve(network, demand, 1e-10));
  say(`  to 1e-10                ${further}${to10 === undefined ? '' : `, asked ${to10} s`}`);
  const state = cold.state();
  const closed = streetsByFlow(network, cold.flow).map((street) => {
    const timeOf = (gap: number, start?: AssignmentState) => {
      const { cpuS, iterations } = solve(network, demand, gap, street, start);
      return { cpuS, iterations };
    };
    return { anew: timeOf(1e-6), first: timeOf(1e-4, state), warm: timeOf(1e-6, state) };
  });
  const told = (pick: (each: (typeof closed)[number]) => number, unit = '') => range(closed.map(pick), unit);
  say(`  ${CLOSURES} streets closed, one by one, drawn as likely as they carry flow; seconds of CPU:`);
  say(`    1e-6 anew             ${told(({ anew }) => anew.cpuS, ' s')}`);
  say(`    1e-4 from the base    ${told(({ first }) => first.cpuS, ' s')}, asked 1.5 s`);
  say(`    1e-6 from the base    ${told(({ warm }) => warm.cpuS, ' s')}`);
  say(
    `      of the same anew    ${told(({ anew, warm }) => warm.cpuS / anew.cpuS)}, asked 0.6 everywhere, aim 0.3`,
  );
  say(`      iterations          ${told(({ warm }) => warm.iterations)}`);
  say(`  memory ${Math.round(process.memoryUsage().rss / 1e6)} MB, asked 1,000 MB`);
}
