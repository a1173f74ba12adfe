import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { pathGraph } from '../../core/analysis/access/path-graph.ts';
import { solvePMedian } from '../../core/analysis/siting/p-median.ts';
import { costsBetweenNodes } from '../../core/analysis/siting/site-costs.ts';
import { TwinError, tooLarge, unavailable } from '../../core/errors.ts';
import { readPMedian } from '../../core/formats/or-library/read-p-median.ts';
import { reportFailure } from '../exit.ts';

interface PMedianFlags {
  readonly instance: string;
  readonly p?: number;
  readonly seconds: number;
  readonly seed: number;
  readonly json?: boolean;
}

/** Costs between all pairs of nodes are held in memory, twice. */
const MOST_NODES = 6000;

/** `siting p-median`: an OR-Library instance to its proven optimum, no database needed. */
export function sitingCommand(): Command {
  const pMedian = new Command('p-median')
    .description('choose p nodes so that all nodes together are nearest to theirs (OR-Library file)')
    .requiredOption('--instance <file>', 'nodes, edges, p; then node, node, cost of each edge')
    .option('--p <n>', 'another number of medians than the file says', positiveWhole)
    .option('--seconds <n>', 'most time; then the best so far is printed with its bound', positive, 60)
    .option('--seed <n>', 'of the random exchanges', positiveWhole, 1)
    .option('--json', 'print the result as one JSON document on standard output')
    .action(async (flags: PMedianFlags) => {
      process.exitCode = await runPMedian(flags);
    });
  return new Command('siting').description('where to put facilities').addCommand(pMedian);
}

/** @returns the exit status: 0 when there is a solution, proven or not */
async function runPMedian(flags: PMedianFlags): Promise<number> {
  const beganMs = performance.now();
  const elapsed = () => (performance.now() - beganMs) / 1000;
  try {
    const instance = readPMedian(await textOf(flags.instance));
    const { nodeCount, edges, repeated } = instance;
    if (nodeCount > MOST_NODES) {
      throw tooLarge(`The instance has ${nodeCount} nodes; ${MOST_NODES} are the most`, 'instance');
    }
    const p = flags.p ?? instance.p;
    const noun = repeated === 1 ? 'edge was' : 'edges were';
    process.stderr.write(`${nodeCount} nodes, ${edges.cost.length} edges, p ${p}`);
    process.stderr.write(repeated > 0 ? `; ${repeated} ${noun} given again, the last cost counts\n` : '\n');
    const answer = solvePMedian(
      { costs: costsBetweenNodes(pathGraph(nodeCount, edges)), p, seed: flags.seed },
      {
        isWanted: () => elapsed() < flags.seconds,
        onBetter: (objective, bound) => {
          const at = elapsed().toFixed(2).padStart(7);
          process.stderr.write(`${at} s  best ${objective}  bound ${bound > 0 ? bound.toFixed(2) : '–'}\n`);
        },
      },
    );
    const result = {
      objective: answer.objective,
      bound: answer.bound,
      proven: answer.isProven,
      gap: answer.gap,
      seconds: elapsed(),
      medians: answer.sites.map((node) => node + 1),
      runnerUp: answer.runnerUp && {
        objective: answer.runnerUp.objective,
        medians: answer.runnerUp.sites.map((node) => node + 1),
      },
    };
    process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : describe(result));
    return 0;
  } catch (error) {
    const status = reportFailure(error);
    if (flags.json) {
      const message = error instanceof TwinError ? error.message : 'internal error';
      process.stdout.write(`${JSON.stringify({ error: message })}\n`);
    }
    return status;
  }
}

const describe = (result: {
  readonly objective: number;
  readonly bound: number;
  readonly proven: boolean;
  readonly gap: number;
  readonly seconds: number;
  readonly medians: readonly number[];
  readonly runnerUp: { readonly objective: number } | undefined;
}) => `${result.proven ? '✓ Optimum, proven' : '✗ Best so far; time was up before the proof'}
  objective  ${result.objective}
  bound      ${result.bound}
  gap        ${(100 * result.gap).toFixed(4)} %
  time       ${result.seconds.toFixed(2)} s
  medians    ${result.medians.join(' ')}
  runner-up  ${result.runnerUp ? `${result.runnerUp.objective}, one median exchanged` : 'none'}
`;

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw unavailable(`${path} cannot be read; check the path`, error);
  }
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) {
    throw new InvalidArgumentError('It must be a number greater than 0.');
  }
  return value;
}

function positiveWhole(text: string): number {
  const value = positive(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}
