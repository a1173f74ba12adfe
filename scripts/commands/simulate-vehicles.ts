import { createServer } from 'node:http';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type DemoSize, generateDemoCity } from '../../core/demo-city/generate.ts';
import { demoTransit } from '../../core/demo-city/transit.ts';
import { demoTraffic } from '../../core/demo-city/transit-day.ts';
import { TwinError } from '../../core/errors.ts';
import { writeRealtimeFeed } from '../../core/live/adapters/gtfs-realtime.ts';
import { demoGtfs } from '../../server/exchange/load-demo-timetable.ts';
import { interruptible, reportFailure } from '../exit.ts';

interface VehicleFlags {
  readonly size: DemoSize;
  readonly seed: number;
  readonly port: number;
}

/** `simulate vehicles`: the demo city's timetable and its vehicles, served as an operator would. */
export function simulateVehiclesCommand(): Command {
  const whole = (text: string): number => {
    if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 0.');
    return Number(text);
  };
  return new Command('vehicles')
    .description(
      'serve the demo city’s GTFS and GTFS-Realtime, by the timetable with seeded delays, until Ctrl-C',
    )
    .addOption(
      new Option('--size <size>', 'of which demo city')
        .choices(['district', 'city', 'metropolis'])
        .default('district'),
    )
    .option('--seed <number>', 'of the demo city and its delays', whole, 1)
    .option('--port <number>', 'port to serve on', whole, 8090)
    .action(async (flags: VehicleFlags) => {
      process.exitCode = await serve(flags);
    });
}

async function serve({ size, seed, port }: VehicleFlags): Promise<number> {
  const { signal, release } = interruptible();
  const transit = demoTransit(generateDemoCity({ size, seed }).skeleton);
  const documents: Readonly<Record<string, () => Uint8Array>> = {
    '/gtfs.zip': () => demoGtfs({ size, seed }),
    '/realtime.pb': () => writeRealtimeFeed(demoTraffic(transit, seed, new Date())),
  };
  const server = createServer(({ url = '' }, reply) => {
    const make = documents[url.split('?')[0] ?? ''];
    if (make === undefined) {
      reply.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
      reply.end(`There are ${Object.keys(documents).join(' and ')}\n`);
      return;
    }
    reply.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' });
    reply.end(make());
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) =>
        reject(
          new TwinError(
            'unavailable',
            `Port ${port} cannot be used (${error.message}); choose another with --port`,
          ),
        ),
      );
      server.listen(port, '127.0.0.1', resolve);
    });
    const at = `http://127.0.0.1:${port}`;
    process.stderr.write(
      `Serving ${at}/gtfs.zip and ${at}/realtime.pb; Ctrl-C ends. The service follows them with GTFS_REALTIME=${at}/realtime.pb\n`,
    );
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    return 0;
  } catch (error) {
    return reportFailure(error);
  } finally {
    server.closeAllConnections();
    server.close();
    release();
  }
}
