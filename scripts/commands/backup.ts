import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { type Config, readConfig } from '../../server/config.ts';
import { type Backup, backUp, restore } from '../../server/lifecycle/backup.ts';
import type { Progress } from '../../server/lifecycle/progress.ts';
import { type Log, openLog } from '../../server/log.ts';
import { reportFailure } from '../exit.ts';
import { openProgress } from '../progress.ts';

/** `backup`: the private database and the files beside it into a folder, while the service runs. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('copy the private database and the files of DATA_DIR into a new folder; the service may run')
    .requiredOption('--out <folder>', 'where to; must be empty or not there')
    .option('--json', 'print what was made as one JSON document on standard output')
    .action(async ({ out, json }: { out: string; json?: true }) => {
      process.exitCode = await run('backup', json, (config, place) => backUp(config, resolve(out), place));
    });
}

/** `restore`: a backup into a data folder that holds nothing. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('make a backup the state of DATA_DIR, which must hold no data')
    .requiredOption('--from <folder>', 'a folder made by backup')
    .option(
      '--at <moment>',
      'bring it further by the log of changes (DATABASE_ARCHIVE): to a moment such as 2026-06-30T12:00:00Z, or latest',
      momentOrLatest,
    )
    .option(
      '--timeline <number>',
      'which log of changes to follow, where a restore before left several',
      timelineNumber,
    )
    .option('--json', 'print what was restored as one JSON document on standard output')
    .action(async ({ from, json, ...wanted }: RestoreOptions) => {
      process.exitCode = await run('restore', json, (config, place) =>
        restore(config, resolve(from), { ...place, ...wanted }),
      );
    });
}

interface RestoreOptions {
  readonly from: string;
  readonly at?: Date | 'latest';
  readonly timeline?: number;
  readonly json?: true;
}

/** @returns the exit status */
async function run(
  command: 'backup' | 'restore',
  json: true | undefined,
  work: (config: Config, place: { log: Log; progress: Progress }) => Promise<Backup>,
): Promise<number> {
  const progress = openProgress();
  try {
    const config = readConfig(process.env);
    const log = openLog({ level: 'warn', format: config.logFormat, stream: process.stderr });
    const backup = await work(config, { log, progress });
    if (json) process.stdout.write(`${JSON.stringify({ command, ok: true, ...backup })}\n`);
    progress.ready(
      command === 'backup'
        ? `Backup of ${backup.madeAt}, ${Math.round(backup.bytes / 1e6)} MB`
        : `Restored to ${config.dataDir}: start the service`,
    );
    return 0;
  } catch (error) {
    if (json) {
      const message = error instanceof Error ? error.message : String(error);
      process.stdout.write(`${JSON.stringify({ command, ok: false, error: message })}\n`);
    }
    return reportFailure(error);
  } finally {
    progress.end();
  }
}

function momentOrLatest(text: string): Date | 'latest' {
  if (text === 'latest') return text;
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  if (!isMoment || Number.isNaN(Date.parse(text))) {
    throw new InvalidArgumentError('It must be latest, or a moment with its zone: 2026-06-30T12:00:00Z.');
  }
  return new Date(text);
}

function timelineNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}
