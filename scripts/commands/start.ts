import { Command } from 'commander';
import { readConfig } from '../../server/config.ts';
import { openLog } from '../../server/log.ts';
import { startServer } from '../../server/main.ts';
import { interruptible } from '../exit.ts';
import { openProgress } from '../progress.ts';

/** `start`: the service, until Ctrl-C or SIGTERM. */
export function startCommand(): Command {
  return new Command('start')
    .description('start the service; an empty database is filled with the demo city first')
    .action(async () => {
      const config = readConfig(process.env);
      const log = openLog({ level: config.logLevel, format: config.logFormat });
      const progress = openProgress();
      const { signal, release } = interruptible();
      try {
        const service = await startServer(config, { progress, log, signal });
        progress.ready(`Blizniak is ready: ${config.publicUrl ?? service.url}`);
        await service.ended;
      } finally {
        progress.end();
        release();
      }
    });
}
