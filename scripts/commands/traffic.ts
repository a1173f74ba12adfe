import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { assignTraffic, type Equilibrium } from '../../core/analysis/traffic/equilibrium.ts';
import { type RoadNetwork, repeatedLinks } from '../../core/analysis/traffic/road-network.ts';
import { missingParameter, TwinError, unavailable } from '../../core/errors.ts';
import { readGmns } from '../../core/formats/gmns/read-gmns.ts';
import { readTntpNetwork, readTntpTrips } from '../../core/formats/tntp/read-tntp.ts';
import { writeTntpFlows } from '../../core/formats/tntp/write-tntp.ts';
import { EXIT, reportFailure } from '../exit.ts';
import { trafficCountsCommand } from './traffic-counts.ts';
import { trafficDemandCommand } from './traffic-demand.ts';
import { trafficExportCommand } from './traffic-export.ts';

interface AssignFlags {
  readonly net?: string;
  readonly trips?: string;
  readonly gmns?: string;
  readonly gap: number;
  readonly tollFactor: number;
  readonly distanceFactor: number;
  readonly iterations: number;
  readonly system?: boolean;
  readonly flows?: string;
  readonly json?: boolean;
}

/** What `relativeGap` is; two other definitions are about. */
const GAP_DEFINITION = '(Σ trips·cost − Σ trips·least cost) / Σ trips·least cost';

/** `traffic assign`: a network and trips of files to equilibrium, no database needed. */
export function trafficCommand(): Command {
  const assign = new Command('assign')
    .description('lead trips over a road network to user equilibrium (files of TNTP or GMNS)')
    .option('--net <file>', 'links: *_net.tntp')
    .option('--trips <file>', 'trips from zone to zone: *_trips.tntp')
    .option('--gmns <folder>', 'instead of both: node.csv, link.csv and demand.csv, in metres and km/h')
    .option('--gap <gap>', 'relative gap to reach', zeroOrMore, 1e-6)
    .option('--toll-factor <n>', 'what a unit of toll costs, in units of time', zeroOrMore, 0)
    .option('--distance-factor <n>', 'what a unit of length costs, in units of time', zeroOrMore, 0)
    .option('--iterations <n>', 'most iterations', zeroOrMore, 500)
    .option('--system', 'the optimum of all together instead of the equilibrium of each for himself')
    .option('--flows <file>', 'write flow and cost of every link (TNTP)')
    .option('--json', 'print the result as one JSON document on standard output')
    .action(async (flags: AssignFlags) => {
      process.exitCode = await runAssign(flags);
    });
  return new Command('traffic')
    .description('traffic models')
    .addCommand(assign)
    .addCommand(trafficDemandCommand())
    .addCommand(trafficCountsCommand())
    .addCommand(trafficExportCommand());
}

/** @returns the exit status: 0 when the gap was reached */
async function runAssign(flags: AssignFlags): Promise<number> {
  try {
    const { network, demand } = await modelOf(flags);
    const fixedCost = network.toll.map(
      (toll, link) => flags.tollFactor * toll + flags.distanceFactor * (network.length[link] ?? 0),
    );
    const repeated = repeatedLinks(network);
    warnOfRepeated(network, repeated);
    const beganMs = performance.now();
    const result = assignTraffic(network, [{ name: 'car', demand, fixedCost, pcu: 1 }], {
      targetGap: flags.gap,
      maxIterations: flags.iterations,
      principle: flags.system ? 'system' : 'user',
      onIteration: ({ iteration, relativeGap, isCertain }) => {
        const about = isCertain ? ' ' : '≈';
        process.stderr.write(
          `iteration ${String(iteration).padStart(3)}  gap ${about}${relativeGap.toExponential(2)}\n`,
        );
      },
    });
    const seconds = (performance.now() - beganMs) / 1000;
    if (flags.flows !== undefined) await writeWhole(flags.flows, flowsOf(network, result, fixedCost));
    warnOfLost(result);
    const summary = {
      command: 'traffic assign',
      ok: result.isReached,
      relativeGap: result.relativeGap,
      gapDefinition: GAP_DEFINITION,
      targetGap: flags.gap,
      objective: result.objective,
      totalTravelTime: result.totalTravelTime,
      iterations: result.iterations,
      seconds,
      zones: network.zoneCount,
      nodes: network.nodeCount,
      links: network.linkCount,
      repeatedLinks: repeated.length,
      pairs: demand.trips.length,
      assignedTrips: sum(demand.trips) - result.lost.reduce((total, { trips }) => total + trips, 0),
      lostTrips: result.lost.map(({ origin, destination, trips }) => ({
        origin: origin + 1,
        destination: destination + 1,
        trips,
      })),
      intrazonalTrips: demand.intrazonalTrips,
    };
    process.stdout.write(flags.json ? `${JSON.stringify(summary)}\n` : describe(summary));
    return result.isReached ? 0 : EXIT.failure;
  } catch (error) {
    const status = reportFailure(error);
    if (flags.json) {
      const message = error instanceof TwinError ? error.message : 'internal error';
      process.stdout.write(`${JSON.stringify({ command: 'traffic assign', ok: false, error: message })}\n`);
    }
    return status;
  }
}

/** @throws TwinError missing-parameter, or what the readers throw */
async function modelOf({ net, trips, gmns }: AssignFlags) {
  if (gmns !== undefined) {
    const read = (file: string) => textOf(join(gmns, file));
    const model = readGmns({
      node: await read('node.csv'),
      link: await read('link.csv'),
      demand: await read('demand.csv'),
    });
    const { zones, trips: foreign } = model.foreign;
    if (zones.length > 0) {
      process.stderr.write(
        `${foreign} trips have zones that no node of node.csv has, and were not assigned: ${zones.slice(0, 10).join(', ')}\n`,
      );
    }
    return model;
  }
  if (net === undefined)
    throw missingParameter('--net', 'Name the links with --net, or a folder with --gmns');
  if (trips === undefined) throw missingParameter('--trips', 'Name the trips with --trips');
  return { network: readTntpNetwork(await textOf(net)), demand: readTntpTrips(await textOf(trips)) };
}

const describe = (summary: {
  readonly ok: boolean;
  readonly relativeGap: number;
  readonly objective: number;
  readonly totalTravelTime: number;
  readonly iterations: number;
  readonly seconds: number;
}) => `${summary.ok ? '✓ Equilibrium' : '✗ The gap was not reached'}
  relative gap       ${summary.relativeGap.toExponential(2)}  ${GAP_DEFINITION}
  objective          ${summary.objective}
  total travel time  ${summary.totalTravelTime}
  iterations         ${summary.iterations} in ${summary.seconds.toFixed(2)} s
`;

function warnOfRepeated({ tail, head }: RoadNetwork, repeated: ReturnType<typeof repeatedLinks>): void {
  const [example] = repeated;
  if (example === undefined) return;
  const { first, link } = example;
  process.stderr.write(
    `Links that repeat another in every value: ${repeated.length}, e.g. link ${link + 1} (${(tail[link] ?? 0) + 1} → ${(head[link] ?? 0) + 1}) and link ${first + 1}; both carry traffic as parallel streets: leave one out if its row was written twice\n`,
  );
}

function warnOfLost({ lost }: Equilibrium): void {
  if (lost.length === 0) return;
  const trips = lost.reduce((total, one) => total + one.trips, 0);
  const [first] = lost;
  process.stderr.write(
    `${trips} trips of ${lost.length} pairs have no path and were not assigned, e.g. zone ${(first?.origin ?? 0) + 1} to ${(first?.destination ?? 0) + 1}\n`,
  );
}

const flowsOf = (network: RoadNetwork, { flow, time }: Equilibrium, fixedCost: Float64Array): string =>
  writeTntpFlows(
    network,
    flow,
    time.map((t, link) => t + (fixedCost[link] ?? 0)),
  );

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw unavailable(`${path} cannot be read; check the path`, error);
  }
}

/** Under another name first, so that a file of this name is never half a file. */
async function writeWhole(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${process.pid}.part`;
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, path);
  } catch (error) {
    throw unavailable(`${path} cannot be written; check the folder and its free space`, error);
  }
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

function zeroOrMore(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && Number.isFinite(value)) || text.trim() === '') {
    throw new InvalidArgumentError('It must be a number, 0 or more.');
  }
  return value;
}
