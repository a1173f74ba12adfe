/**
 * Siting without a database: `npm run bench:siting`. One thread. A generated city (40,000 buildings, 80 facilities, 300
 * candidates) and pmed1 to pmed10 of OR-Library (from ../shared); with `-- --generated` also p-medians on graphs drawn like
 * those (a ring and random edges, n²/50 in all), some minutes. `siting-screen.ts` measures a moved marker in the browser.
 */
import { existsSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { floatingCatchment } from '../../core/analysis/access/floating-catchment.ts';
import { type Edges, pathGraph } from '../../core/analysis/access/path-graph.ts';
import { streetGraph, type WalkedLine } from '../../core/analysis/access/street-graph.ts';
import type { WalkTable } from '../../core/analysis/access/walk.ts';
import { chooseSites } from '../../core/analysis/siting/choose-sites.ts';
import { solvePMedian } from '../../core/analysis/siting/p-median.ts';
import { previewSites } from '../../core/analysis/siting/preview-sites.ts';
import { costsBetweenNodes } from '../../core/analysis/siting/site-costs.ts';
import type { SitingFacts } from '../../core/analysis/siting/siting-facts.ts';
import { sitingTask } from '../../core/analysis/siting/siting-task.ts';
import { sitingWorld, waysFrom } from '../../core/analysis/siting/siting-world.ts';
import { randomOf } from '../../core/demo-city/random.ts';
import { readPMedian } from '../../core/formats/or-library/read-p-median.ts';
import { sitingPreviewSchema, sitingQuestionSchema } from '../../core/wire/siting-question.ts';
import { loadHighs } from '../../server/workers/highs-solver.ts';

/** Of CPU. */
const MOST_S = 20;
const [BUILDINGS, EXISTING, CANDIDATES] = [40_000, 80, 300];
/** Blocks of 110 m: a city of some 14 km. */
const [SIDE, BLOCK_M] = [130, 110];
const REACH_M = 1_000;
const QUESTIONS = [
  ['coverage', 1],
  ['coverage', 2],
  ['coverage', 3],
  ['coverage', 4],
  ['coverage', 5],
  ['capacitated', 5],
  ['coverage', 10],
  ['equity', 5],
] as const;
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

/** @param work is told the CPU time spent so far, so that a busy machine does not end a search early */
function timed<T>(work: (spentS: () => number) => T) {
  const before = process.cpuUsage();
  const began = performance.now();
  const spentS = () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  const result = work(spentS);
  const told = `${spentS().toFixed(2)} s of CPU, ${((performance.now() - began) / 1000).toFixed(2)} s`;
  return { result, told };
}

function benchMedian(name: string, nodeCount: number, edges: Edges, p: number, published?: number): void {
  let firstS = 0;
  let best = Number.POSITIVE_INFINITY;
  const { result, told } = timed((spentS) =>
    solvePMedian(
      { costs: costsBetweenNodes(pathGraph(nodeCount, edges)), p },
      {
        isWanted: () => spentS() < MOST_S,
        onBetter: (objective) => {
          if (objective < best) [best, firstS] = [objective, spentS()];
        },
      },
    ),
  );
  const { objective, bound, isProven } = result;
  const gap = `bound ${bound}, gap ${((100 * (objective - bound)) / objective).toFixed(2)} %`;
  const known =
    published === undefined ? '' : objective === published ? ', as published' : `, NOT ${published}`;
  say(
    `${name}: ${objective}${known}, ${isProven ? 'proven' : gap}, ${told}; best found after ${firstS.toFixed(2)} s`,
  );
}

say(
  `Siting, Node ${process.versions.node}; ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`,
);

const { integer, next } = randomOf('bench siting', 'city');
const corner = (x: number, y: number) => [x * BLOCK_M, y * BLOCK_M] as const;
const line = (a: readonly [number, number], b: readonly [number, number]): WalkedLine => ({
  ...{ fromNode: null, toNode: null, places: [a, b], felt: 0.8 + 0.4 * next(), extraM: 0 },
});
const lines: WalkedLine[] = [];
for (let x = 0; x < SIDE; x++) {
  for (let y = 0; y < SIDE; y++) {
    if (x + 1 < SIDE) lines.push(line(corner(x, y), corner(x + 1, y)));
    if (y + 1 < SIDE) lines.push(line(corner(x, y), corner(x, y + 1)));
  }
}
const place = () => ({ e: next() * (SIDE - 1) * BLOCK_M, n: next() * (SIDE - 1) * BLOCK_M });
const homes = Array.from({ length: BUILDINGS }, place);
const people = Float64Array.from(homes, () => (next() < 0.4 ? integer(1, 6) : 0));
const facts: SitingFacts = {
  streets: streetGraph(lines),
  demand: {
    id: homes.map((_, k) => `h${k}`),
    e: Float64Array.from(homes, ({ e }) => e),
    n: Float64Array.from(homes, ({ n }) => n),
    people,
    residents: people.map((each) => 10 + each),
    district: Int32Array.from(homes, ({ e, n }) => Math.floor(e / 3600) + 4 * Math.floor(n / 3600)),
  },
  demandFrom: 'buildings',
  planned: [],
  districts: Array.from({ length: 16 }, (_, k) => ({ id: `d${k}`, name: `d${k}` })),
  existing: Array.from({ length: EXISTING }, (_, k) => ({
    id: `f${k}`,
    name: null,
    capacity: 120,
    waiting: null,
    ...place(),
  })),
  candidates: Array.from({ length: CANDIDATES }, (_, k) => ({
    ...{ id: `c${k}`, siteKind: 'parcel' as const, parcel: `c${k}`, areaM2: 2000, mostPlaces: null },
    ...place(),
  })),
  forecasts: [],
  toOpen: { facilities: 0, places: 0 },
  openOn: '2026-11-23',
  candidatesThatFit: CANDIDATES,
};
say(
  `City: ${BUILDINGS} buildings, ${EXISTING} facilities, ${CANDIDATES} candidates, ${lines.length} sections`,
);
const world = timed(() => sitingWorld(facts));
say(`  places found by the streets: ${world.told}`);
const matrix = timed(() =>
  [world.result.existing, world.result.candidates].map((doors) => waysFrom(world.result, doors, REACH_M)),
);
say(`  access matrix within ${REACH_M} m: ${matrix.told}`);
const [existing] = matrix.result;
const access = timed(() =>
  floatingCatchment(existing as WalkTable, Array(EXISTING).fill(120), people, [
    { withinM: REACH_M, weight: 1 },
  ]),
);
const shared = access.result.access.reduce(
  (sum, each, c) => sum + each * (people[c] ?? 0),
  access.result.unreachedSupply,
);
say(
  `  2SFCA: Σ demand · access is off by ${Math.abs(shared / (120 * EXISTING) - 1).toExponential(1)}, ${access.told}`,
);
const solve = await loadHighs();
const ASKED = { walkMinutes: REACH_M / 75, capacityPerSite: 120, tradeOff: false, sensitivityRuns: 0 };
for (const [objective, newSites] of QUESTIONS) {
  const task = sitingTask(facts, sitingQuestionSchema.parse({ ...ASKED, objective, newSites }));
  const found = timed((spentS) =>
    chooseSites({ ...task, withRival: false }, { isWanted: () => spentS() < MOST_S, solve }),
  );
  const { objective: value, bound, gap, isProven, unit } = found.result;
  say(
    `  ${objective}, ${newSites} more: ${value} ${unit}, ${isProven ? 'proven' : `bound ${bound}, gap ${gap.toExponential(1)}`}, ${found.told}`,
  );
}
const previewed = { world: world.result };
for (const which of ['first', 'second', 'third']) {
  const asked = sitingPreviewSchema.parse({ sites: [place()] });
  say(`  ${which} look at a moved site: ${timed(() => previewSites(previewed, asked, [null])).told}`);
}
say(`  memory ${Math.round(process.memoryUsage().rss / 1e6)} MB`);

const PMED = resolve(import.meta.dirname, '../../../shared/data/facility-location/pmed');
if (existsSync(PMED)) {
  for (const line of readFileSync(`${PMED}/pmedopt-1-10.txt`, 'utf8').split('\n')) {
    const [, name, optimum] = /^(pmed\d+)\s+(\d+)/.exec(line) ?? [];
    if (name === undefined) continue;
    const { nodeCount, p, edges } = readPMedian(readFileSync(`${PMED}/${name}.txt`, 'utf8'));
    benchMedian(name, nodeCount, edges, p, Number(optimum));
  }
} else say('pmed1 to pmed10 are left out: no shared test data');

if (process.argv.includes('--generated')) benchGenerated();

function benchGenerated(): void {
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
    benchMedian(`${nodeCount} nodes, p ${p}`, nodeCount, edges, p);
  }
}
