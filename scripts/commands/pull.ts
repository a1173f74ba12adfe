import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { loadFile } from '../../server/exchange/load-file.ts';
import { isTakenOver } from '../../server/exchange/load-report.ts';
import { pullWfs } from '../../server/loads/pull-wfs.ts';
import { EXIT } from '../exit.ts';
import { withDatabase } from '../with-database.ts';
import { describeReport } from './load.ts';

interface PullFlags {
  readonly type?: readonly string[];
  readonly dataset?: string;
  readonly allowOutside?: true;
  readonly allowPrivate?: true;
  readonly dryRun?: true;
  readonly whole?: true;
  readonly steward?: string;
  readonly licence?: string;
  readonly crs?: string;
  readonly keep?: string;
  readonly json?: true;
}

/** `pull`: EGiB of a county from its WFS. */
export function pullCommand(): Command {
  return new Command('pull')
    .description(
      'fetch parcels, buildings, precincts and units from the WFS of a county, page by page over one connection, and load them; called again it goes on where it broke off',
    )
    .argument('<wfs-url>', 'address of the service')
    .option(
      '--type <name...>',
      'types to fetch (default: dzialki, budynki, obreby, jednostki as it offers them)',
    )
    .option('--dataset <name>', 'dataset to load into (default: the city)')
    .option('--allow-outside', 'take objects that lie outside the city, into a dataset of their own CRS')
    .option('--whole', 'objects that the service no longer gives have ended (--scope all of load)')
    .option('--crs <code>', 'CRS of answers that name none')
    .option('--steward <words>', 'who answers for the data')
    .option('--licence <words>', 'on which terms the data may be used')
    .option('--keep <folder>', 'where pages are kept (default: a folder in DATA_DIR named after the address)')
    .option('--allow-private', 'the service may be in a private network, or on this machine')
    .option('--dry-run', 'fetch, compare and report, and keep nothing in the database')
    .option('--json', 'print the report as one JSON document on standard output')
    .action(async (url: string, flags: PullFlags) => {
      process.exitCode = await pull(url, flags);
    });
}

async function pull(url: string, flags: PullFlags): Promise<number> {
  const { keep, type: types, allowPrivate = false, whole, json, ...more } = flags;
  return withDatabase(async ({ pool, config, progress, signal }) => {
    const name = createHash('sha256').update(url).digest('hex').slice(0, 16);
    const folder = keep ?? join(config.dataDir, 'pulled', name);
    progress.step(`Fetching ${new URL(url).host}`);
    await pullWfs({
      ...{ url, folder, types, allowPrivate, signal },
      onRetry: (reason) => progress.note(reason),
      onPage: ({ type, pages, objects }) => progress.note(`${type}: ${objects} objects in ${pages} pages`),
    });
    progress.step('Storing');
    const report = await loadFile({
      ...more,
      ...{ pool, path: folder, signal, source: url, ...(whole && { scope: 'all' }) },
      onProgress: ({ done, total }) => progress.count(done, total),
    });
    // The next call shall fetch what the service has then.
    const isDone = isTakenOver(report) && !report.dryRun;
    if (isDone && keep === undefined) await rm(folder, { recursive: true });
    process.stdout.write(
      json
        ? `${JSON.stringify({ command: 'pull', ok: isTakenOver(report), ...report })}\n`
        : describeReport(report),
    );
    return isTakenOver(report) ? 0 : EXIT.failure;
  });
}
