/** The whole service in this process, put together by `main.ts` as in production, over a database of its own. */
import { Writable } from 'node:stream';
import { readConfig } from '../../server/config.ts';
import { openLog } from '../../server/log.ts';
import { startServer } from '../../server/main.ts';
import { demoDatabase } from './demo-database.ts';
import type { LogLine } from './running-app.ts';

export interface WholeService {
  readonly url: string;
  /** What makes a request one of the staff. */
  readonly staff: Readonly<Record<string, string>>;
  readonly databaseUrl: string;
  /** Everything that was logged since it was ready. */
  readonly log: readonly LogLine[];
  close(): Promise<void>;
}

/** Takes the lines of the log apart again. */
function keepLines(log: LogLine[]): Writable {
  return new Writable({
    decodeStrings: false,
    write(line: string, _encoding, done) {
      const { level, msg, time: _time, ...fields } = JSON.parse(line);
      log.push({ level, message: msg, fields });
      done();
    },
  });
}

/** With the demo district in every layer. @param settings beyond the usual ones */
export async function startWholeService(
  settings: Readonly<Record<string, string>> = {},
): Promise<WholeService> {
  const database = await demoDatabase();
  const log: LogLine[] = [];
  const end = new AbortController();
  const config = readConfig({
    DATABASE_URL: database.url,
    DATA_DIR: database.dataDir,
    PORT: '0',
    MQTT_PORT: 'off',
    DEMO: 'district',
    ...settings,
  });
  const { url, ended } = await startServer(config, {
    progress: { step: () => {}, count: () => {}, ready: () => {}, note: () => {} },
    log: openLog({ level: 'info', format: 'json', stream: keepLines(log) }),
    signal: end.signal,
  });
  log.length = 0;
  return {
    url,
    staff: { authorization: `Basic ${Buffer.from(`staff:${database.staffPassword}`).toString('base64')}` },
    databaseUrl: database.url,
    log,
    async close() {
      end.abort(new Error('the test is over'));
      await ended;
      await database.drop();
    },
  };
}
