import { basename } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { invalidParameter, missingParameter } from '../../core/errors.ts';
import { readCounts } from '../../core/formats/traffic-demand/read-counts.ts';
import { detectorCounts } from '../../server/store/detector-counts.ts';
import { knownRoads, saveCounts } from '../../server/store/traffic-book.ts';
import { reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';
import { hourOf, textOf } from './traffic-demand.ts';

interface CountFlags {
  readonly file?: string;
  readonly fromDetectors?: boolean;
  readonly days: number;
  readonly hour?: number;
  readonly source?: string;
  readonly json?: boolean;
}

const DAY_MS = 86_400_000;

/** `traffic counts`: vehicles counted on streets into the database, from a file or from what detectors measured. */
export function trafficCountsCommand(): Command {
  return new Command('counts')
    .description('keep vehicles counted on streets; traffic is held against them from then on')
    .option('--file <file>', 'CSV: link (road id; with + or - one way), hour, veh_per_h, detector, days')
    .option('--from-detectors', 'means of working days of every detector of traffic flow')
    .option('--days <n>', 'how many days back detectors are asked', daysOf, 28)
    .option('--hour <n>', 'hour of the working day, of rows that name none', hourOf)
    .option('--source <words>', 'where the counts come from (default: the file name)')
    .option('--json', 'print the report as one JSON document on standard output')
    .action(async (flags: CountFlags) => {
      process.exitCode = await keepCounts(flags);
    });
}

/** @returns the exit status */
async function keepCounts(flags: CountFlags): Promise<number> {
  try {
    const report = flags.fromDetectors ? await ofDetectors(flags) : await ofFile(flags);
    const { version, counts, foreign, warnings } = report;
    process.stdout.write(
      flags.json
        ? `${JSON.stringify({ command: 'traffic counts', ok: true, ...report })}\n`
        : `✓ ${counts} counts: version ${version}\n`,
    );
    if (foreign.length > 0) {
      process.stderr.write(`Left out, on no street of the city: ${foreign.slice(0, 10).join(', ')}\n`);
    }
    for (const warning of warnings.slice(0, 10)) process.stderr.write(`Odd: ${warning}\n`);
    return 0;
  } catch (error) {
    return reportFailure(error);
  }
}

async function ofFile({ file, hour, source }: CountFlags) {
  if (file === undefined)
    throw missingParameter('--file', 'Name the counts with --file, or say --from-detectors');
  const [name, text] = [basename(file), await textOf(file)];
  return await withDatabase(async ({ pool }) => {
    const { counts, foreign, warnings } = readCounts(text, name, await knownRoads(pool), hour);
    if (counts.length === 0) {
      throw invalidParameter(
        'file',
        `${name} has no counts on streets of the city; link is the id of a road`,
      );
    }
    const header = { fileName: name, source: source ?? name, synthetic: false };
    return { version: await saveCounts(pool, header, counts), counts: counts.length, foreign, warnings };
  });
}

const ofDetectors = ({ days, source = `Detectors, working days of the last ${days} days` }: CountFlags) =>
  withDatabase(async ({ pool }) => {
    const { counts, astray } = await detectorCounts(pool, new Date(Date.now() - days * DAY_MS));
    if (counts.length === 0) {
      throw invalidParameter(
        'from-detectors',
        'No detector of traffic flow on a street has values of a working day',
      );
    }
    const header = { fileName: 'detectors', source, synthetic: false };
    const version = await saveCounts(pool, header, counts);
    return { version, counts: counts.length, foreign: astray, warnings: [] as readonly string[] };
  });

function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 1_000) return days;
  throw new InvalidArgumentError('It must be a number of days, 1 to 1000.');
}
