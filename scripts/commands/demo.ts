import { Command, InvalidArgumentError, Option } from 'commander';
import type { DemoSize } from '../../core/demo-city/generate.ts';
import { loadDemo, mayHoldDemo, writeTruth } from '../../server/lifecycle/demo.ts';
import { EXIT, Interrupted, interruptible, reportFailure } from '../exit.ts';
import { openProgress } from '../progress.ts';
import { withDatabase } from '../with-database.ts';

interface DemoFlags {
  readonly size: DemoSize;
  readonly seed: number;
  readonly json?: boolean;
  readonly force?: boolean;
  readonly truth?: string;
  /** False with `--no-load`. */
  readonly load: boolean;
}

/** `demo`: the synthetic city into the database. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('load the synthetic demo city, labelled so wherever it is shown')
    .addOption(
      new Option('--size <size>', 'how large')
        .choices(['district', 'city', 'metropolis'])
        .default('district'),
    )
    .option('--seed <number>', 'the same seed makes the same city', wholeNumber, 1)
    .option('--force', 'load it beside what the city already holds')
    .option(
      '--truth <folder>',
      'write the ground truth beside: what limits each parcel, planted faults, totals',
    )
    .option('--no-load', 'write the ground truth only; needs no database')
    .option('--json', 'print the report as one JSON document on standard output')
    .action(async (flags: DemoFlags) => {
      process.exitCode = await demo(flags);
    });
}

async function demo(flags: DemoFlags): Promise<number> {
  const { size, seed, json, force, truth: truthFolder } = flags;
  try {
    if (!flags.load) return await truthOnly(flags);
    const report = await withDatabase(async ({ pool, progress, signal }) => {
      // Synthetic objects among real ones would be believed: that must be asked for.
      if (!force && !(await mayHoldDemo(pool, size, seed))) return undefined;
      return loadDemo({ pool, size, seed, truthFolder, progress, signal });
    });
    if (report === undefined) {
      process.stderr.write(
        '✗ The city already holds data: nothing was loaded. --force loads the demo city beside it; a new DATA_DIR begins anew.\n',
      );
      if (json)
        process.stdout.write(`${JSON.stringify({ command: 'demo', ok: false, error: 'not-empty' })}\n`);
      return EXIT.failure;
    }
    if (json) {
      process.stdout.write(`${JSON.stringify({ command: 'demo', ok: true, report })}\n`);
    } else {
      const { read, written, unchanged, rejected, seconds } = report;
      process.stdout.write(
        `✓ Demo city (synthetic), size ${size}, seed ${seed}: ${read} objects, ${written} written, ${unchanged} unchanged, ${rejected} rejected (${seconds} s)\n`,
      );
    }
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) process.stderr.write('\nNothing of the demo city was loaded.\n');
    const status = reportFailure(error);
    const message = error instanceof Error ? error.message : String(error);
    if (json) process.stdout.write(`${JSON.stringify({ command: 'demo', ok: false, error: message })}\n`);
    return status;
  }
}

/** Writes the ground truth without touching a database. */
async function truthOnly({ size, seed, json, truth: folder }: DemoFlags): Promise<number> {
  if (folder === undefined) {
    process.stderr.write('✗ --no-load writes the ground truth only: say where with --truth <folder>.\n');
    return EXIT.failure;
  }
  const progress = openProgress();
  const { signal, release } = interruptible();
  try {
    const truth = await writeTruth({ size, seed, folder, progress, signal });
    if (json) {
      process.stdout.write(`${JSON.stringify({ command: 'demo', ok: true, folder, truth })}\n`);
    } else {
      const objects = Object.values(truth.counts).reduce((sum, count) => sum + count, 0);
      process.stdout.write(
        `✓ Truth of the demo city, size ${size}, seed ${seed}: ${objects} objects, ${truth.defects.length} planted faults, in ${folder}\n`,
      );
    }
    return 0;
  } finally {
    progress.end();
    release();
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 0.');
  return Number(text);
}
