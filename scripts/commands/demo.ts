import { Command, InvalidArgumentError, Option } from 'commander';
import type { DemoSize } from '../../core/demo-city/generate.ts';
import { loadDemo, mayHoldDemo } from '../../server/lifecycle/demo.ts';
import { EXIT, Interrupted, reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';

interface DemoFlags {
  readonly size: DemoSize;
  readonly seed: number;
  readonly json?: boolean;
  readonly force?: boolean;
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
    .option('--json', 'print the report as one JSON document on standard output')
    .action(async (flags: DemoFlags) => {
      process.exitCode = await demo(flags);
    });
}

async function demo({ size, seed, json, force }: DemoFlags): Promise<number> {
  try {
    const report = await withDatabase(async ({ pool, progress, signal }) => {
      // Synthetic objects among real ones would be believed: that must be asked for.
      if (!force && !(await mayHoldDemo(pool, size, seed))) return undefined;
      return loadDemo({ pool, size, seed, progress, signal });
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

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 0.');
  return Number(text);
}
