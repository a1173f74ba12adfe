/** A real server on a free port of this machine, for tests that speak HTTP. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AppOptions, buildApp } from '../../server/app.ts';
import type { Log } from '../../server/http/log.ts';
import type { Services } from '../../server/services.ts';

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface RunningApp {
  readonly url: string;
  /** Everything that was logged, in order. */
  readonly log: readonly LogLine[];
  close(): Promise<void>;
}

const SAMPLE_CITY: AppOptions['city'] = {
  name: { pl: 'Poznań', en: 'Poznań' },
  srid: 2177,
  home: { lon: 16.93, lat: 52.41 },
  geoid: { model: 'EGM96', undulationM: 37.1 },
};

export async function runApp(services: Services, options: Partial<AppOptions> = {}): Promise<RunningApp> {
  const lines: LogLine[] = [];
  const keep = (level: LogLine['level']) => (fields: object, message: string) => {
    lines.push({ level, message, fields: { ...fields } });
  };
  const log: Log = { info: keep('info'), warn: keep('warn'), error: keep('error') };
  const server = createServer(buildApp(services, { city: SAMPLE_CITY, ...options }, log));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    log: lines,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
