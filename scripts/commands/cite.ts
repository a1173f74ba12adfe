import { Command } from 'commander';
import { readConfig } from '../../server/config.ts';
import { openLog } from '../../server/log.ts';
import { startCite } from '../../server/parts/cite-app.ts';
import { interruptible } from '../exit.ts';

/** `cite`: the data of OGC's suite for WMS 1.3.0 behind the product's WMS, until Ctrl-C or SIGTERM. */
export function citeCommand(): Command {
  return new Command('cite')
    .description(
      'serve the data set of OGC’s test suite for WMS 1.3.0, so that the suite can be run unchanged',
    )
    .argument('<folder>', 'the folder of its GML files')
    .action(async (folder: string) => {
      const { port, host, publicUrl, logLevel, logFormat } = readConfig(process.env);
      const { signal, release } = interruptible();
      try {
        const server = await startCite(
          folder,
          { port, host, publicUrl },
          openLog({ level: logLevel, format: logFormat }),
        );
        process.stdout.write(
          `${publicUrl ?? server.url}/wms?service=WMS&version=1.3.0&request=GetCapabilities\n`,
        );
        if (!signal.aborted)
          await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        await server.close();
      } finally {
        release();
      }
    });
}
