import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { notFound } from '../../core/errors.ts';
import { readConfig } from '../../server/config.ts';
import { openDatabase } from '../../server/lifecycle/open-database.ts';
import { openLog } from '../../server/log.ts';
import { startCiteWfs } from '../../server/parts/cite-wfs-app.ts';
import { interruptible } from '../exit.ts';
import { openProgress } from '../progress.ts';

/** How long a database that is given may be away. */
const PATIENCE_MS = 30_000;

/** `cite-wfs`: the data of OGC's suites for WFS behind the product's WFS, until Ctrl-C or SIGTERM. */
export function citeWfsCommand(): Command {
  return new Command('cite-wfs')
    .description(
      'serve the data set of OGC’s test suites for WFS from a database of its own, so that the suite for WFS 2.0 can be run unchanged',
    )
    .argument('<file>', 'dataset-sf0-insert.xml of ets-wfs11')
    .action(async (file: string) => {
      const given = readConfig(process.env);
      // Never into the cluster of the city.
      const config = { ...given, dataDir: join(given.dataDir, 'cite-wfs') };
      const log = openLog({ level: config.logLevel, format: config.logFormat });
      const document = await readFile(file, 'utf8').catch(() => {
        throw notFound(`There is no file ${file}; name dataset-sf0-insert.xml of ets-wfs11`, 'file');
      });
      const progress = openProgress();
      const { signal, release } = interruptible();
      try {
        const database = await openDatabase(config, { progress, log, signal, patienceMs: PATIENCE_MS });
        try {
          const server = await startCiteWfs(document, database.pool, config, log);
          progress.end();
          process.stdout.write(
            `${config.publicUrl ?? server.url}/wfs?service=WFS&version=2.0.0&request=GetCapabilities\n`,
          );
          if (!signal.aborted)
            await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
          await server.close();
        } finally {
          await database.close();
        }
      } finally {
        progress.end();
        release();
      }
    });
}
