import { type Config, readConfig } from '../server/config.ts';
import { type Database, openDatabase } from '../server/lifecycle/open-database.ts';
import type { Progress } from '../server/lifecycle/progress.ts';
import { type Log, openLog } from '../server/log.ts';
import { interruptible } from './exit.ts';
import { openProgress } from './progress.ts';

/** A command waits this long for a database that does not answer; the service itself waits as long as it takes. */
const PATIENCE_MS = 5_000;

interface Workplace {
  readonly pool: Database['pool'];
  readonly publicPool: Database['publicPool'];
  readonly config: Config;
  readonly log: Log;
  readonly progress: Progress;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

/** Runs a command's work on the configured database, joining the private one when it is already running. */
export async function withDatabase<T>(work: (place: Workplace) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  // Standard output is for the result.
  const log = openLog({ level: 'warn', format: config.logFormat, stream: process.stderr });
  const progress = openProgress();
  const { signal, release } = interruptible();
  try {
    const database = await openDatabase(config, { progress, log, signal, patienceMs: PATIENCE_MS });
    try {
      return await work({
        ...{ pool: database.pool, publicPool: database.publicPool },
        config,
        log,
        progress,
        signal,
      });
    } finally {
      await database.close();
    }
  } finally {
    progress.end();
    release();
  }
}
