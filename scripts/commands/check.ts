import { Command, InvalidArgumentError } from 'commander';
import { CHECK_TABLE } from '../../core/analysis/parcel-check/check-table.ts';
import { lawDate as daySchema } from '../../core/wire/scenario-head.ts';
import { layersOf } from '../../server/store/layers.ts';
import { checkCity } from '../../server/store/parcel-batch.ts';
import { countFindings, refreshFindings } from '../../server/store/parcel-findings.ts';
import { reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';

interface CheckOptions {
  readonly lawDate?: string;
  readonly json?: true;
  readonly refresh?: true;
}

/** `check`: what constrains every parcel of the city, on standard output; progress on standard error. */
export function checkCommand(): Command {
  return new Command('check')
    .description('check every parcel of the city: a CSV of findings on standard output')
    .option('--law-date <day>', 'the day whose law applies, as 2026-06-30 (default: today)', dayOf)
    .option('--json', 'one JSON document a line instead, one for each parcel')
    .option(
      '--refresh',
      'bring the kept findings of all parcels up to date instead, where data or law have changed, and count them',
    )
    .action(async (options: CheckOptions) => {
      try {
        await (options.refresh ? refresh(options) : checkAll(options));
      } catch (error) {
        process.exitCode = reportFailure(error);
      }
    });
}

function dayOf(text: string): string {
  if (!daySchema.safeParse(text).success)
    throw new InvalidArgumentError('It must be a day such as 2026-06-30.');
  return text;
}

const checkAll = ({ lawDate, json }: CheckOptions): Promise<void> =>
  withDatabase(async ({ pool, progress, signal }) => {
    progress.step('Checking the parcels of the city');
    const onProgress = (done: number, total: number) => progress.count(done, total);
    if (!json) await written(CHECK_TABLE.head);
    for await (const checks of checkCity({ pool, layers: layersOf(pool), lawDate, signal, onProgress })) {
      const lines = checks.map((check) => (json ? `${JSON.stringify(check)}\n` : CHECK_TABLE.rows(check)));
      await written(lines.join(''));
    }
  });

const refresh = ({ lawDate, json }: CheckOptions): Promise<void> =>
  withDatabase(async ({ pool, progress, signal }) => {
    progress.step('Checking what has changed');
    const onProgress = (done: number, total: number) => progress.count(done, total);
    const report = await refreshFindings({ pool, layers: layersOf(pool), lawDate, signal, onProgress });
    const rules = await countFindings(pool);
    if (json) return written(`${JSON.stringify({ command: 'check', ok: true, ...report, rules })}\n`);
    const lines = rules.map(
      ({ rule, applies, touches, notAssessed }) =>
        `  ${rule}: applies to ${applies}, touches ${touches}, not assessed at ${notAssessed}\n`,
    );
    const { parcels, checked, lawDate: day } = report;
    await written(
      `✓ ${parcels} parcels by the law of ${day}, ${checked} of them checked now\n${lines.join('')}`,
    );
  });

/** A reader that is slow holds the work up instead of filling the memory. */
const written = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
