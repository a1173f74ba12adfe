import { Command } from 'commander';
import { checkTable } from '../../core/analysis/parcel-check/check-table.ts';
import { layersOf } from '../../server/store/layers.ts';
import { checkCity } from '../../server/store/parcel-batch.ts';
import { reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';

interface CheckOptions {
  readonly lawDate?: string;
  readonly json?: true;
}

/** `check`: what constrains every parcel of the city, on standard output; progress on standard error. */
export function checkCommand(): Command {
  return new Command('check')
    .description('check every parcel of the city: a CSV of findings on standard output')
    .option('--law-date <day>', 'the day whose law applies, as 2026-06-30 (default: today)')
    .option('--json', 'one JSON document a line instead, one for each parcel')
    .action(async (options: CheckOptions) => {
      try {
        await checkAll(options);
      } catch (error) {
        process.exitCode = reportFailure(error);
      }
    });
}

const checkAll = ({ lawDate, json }: CheckOptions): Promise<void> =>
  withDatabase(async ({ pool, progress, signal }) => {
    progress.step('Checking the parcels of the city');
    const onProgress = (done: number, total: number) => progress.count(done, total);
    const table = checkTable();
    if (!json) await written(table.head);
    for await (const checks of checkCity({ pool, layers: layersOf(pool), lawDate, signal, onProgress })) {
      const lines = checks.map((check) => (json ? `${JSON.stringify(check)}\n` : table.rows(check)));
      await written(lines.join(''));
    }
  });

/** A reader that is slow holds the work up instead of filling the memory. */
const written = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
