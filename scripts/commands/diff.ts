import { Argument, Command, InvalidArgumentError } from 'commander';
import type { VersionChange } from '../../core/wire/versions.ts';
import { OFFICE } from '../../server/orders/office-view.ts';
import { storeVersions } from '../../server/store/dataset-versions.ts';
import { layersOf } from '../../server/store/layers.ts';
import { withDatabase } from '../with-database.ts';

interface DiffFlags {
  readonly dataset: string;
  readonly layer?: string;
  readonly json?: true;
}

const PAGE = 1_000;

/** `diff`: what changed between two versions of a dataset. */
export function diffCommand(): Command {
  return new Command('diff')
    .description(
      'what changed between two versions of a dataset: counts by layer, or every object with --json, one a line',
    )
    .addArgument(new Argument('<from>', 'the earlier version; 0 = before the first').argParser(versionOf))
    .addArgument(new Argument('[to]', 'the later version (default: the newest)').argParser(versionOf))
    .option('--dataset <name>', 'the dataset', 'city')
    .option('--layer <name>', 'only this layer')
    .option('--json', 'every change as a line of JSON, in the CRS of the dataset, easting first')
    .action((from: number, to: number | undefined, flags: DiffFlags) => diff(from, to, flags));
}

async function diff(
  from: number,
  to: number | undefined,
  { dataset, layer, json }: DiffFlags,
): Promise<void> {
  await withDatabase(async ({ pool, signal }) => {
    const versions = storeVersions(() => pool, pool, layersOf(pool));
    const counts = new Map<string, Record<VersionChange['change'], number>>();
    let [after, last]: [string | undefined, number | undefined] = [undefined, to];
    do {
      const asked = { from, dataset, limit: PAGE, to: last, layer, after };
      const page = await versions.changes(asked, { who: OFFICE }, undefined, signal);
      for (const change of page.changes) {
        if (json) process.stdout.write(`${JSON.stringify(change)}\n`);
        const known = counts.get(change.layer) ?? { added: 0, changed: 0, removed: 0 };
        counts.set(change.layer, { ...known, [change.change]: known[change.change] + 1 });
      }
      // Later pages are of the same version, whatever is loaded meanwhile.
      [after, last] = [page.next ?? undefined, page.to];
    } while (after !== undefined);
    if (json) return;
    process.stdout.write(`${dataset}: version ${from} → ${last}\n`);
    if (counts.size === 0) process.stdout.write('  nothing differs\n');
    for (const [name, { added, changed, removed }] of counts) {
      process.stdout.write(`  ${name}: ${added} added, ${changed} changed, ${removed} removed\n`);
    }
  });
}

function versionOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a version is a whole number, as loads report it');
}
