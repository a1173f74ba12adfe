/** A connection of its own that is opened again whenever it breaks: for what lives in a session of the database. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface SessionUse {
  /** Sets up a new session; when it throws, the next one is tried. */
  begin(client: pg.Client, signal: AbortSignal): Promise<void>;
  /** A session that had begun is gone. Not told when it is closed on purpose. */
  lost(): void;
}

export interface KeptSession {
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** A dead peer that closed nothing is found by asking this often. */
const PULSE_MS = 10_000;

export function keepSession(databaseUrl: string, applicationName: string, use: SessionUse): KeptSession {
  const closing = new AbortController();
  const useOnce = async (): Promise<boolean> => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: PULSE_MS,
      keepAlive: true,
      application_name: applicationName,
    });
    const gone = new AbortController();
    const isGone = new Promise<void>((resolve) => {
      const end = () => {
        gone.abort();
        resolve();
      };
      client.on('error', end);
      client.once('end', end);
      closing.signal.addEventListener('abort', end, { once: true });
    });
    let hasBegun = false;
    let pulse: NodeJS.Timeout | undefined;
    try {
      await client.connect();
      await use.begin(client, gone.signal);
      if (closing.signal.aborted) return false;
      hasBegun = true;
      pulse = setInterval(() => {
        client.query('select 1').catch(() => client.connection.stream.destroy());
      }, PULSE_MS);
      await isGone;
    } catch {
      // Whatever it was, the next attempt may do better; health tells people of a database that stays away.
    } finally {
      clearInterval(pulse);
      if (hasBegun && !closing.signal.aborted) use.lost();
      if (!closing.signal.aborted) client.connection.stream.destroy();
      await client.end().catch(() => {});
    }
    return hasBegun;
  };
  const run = async (): Promise<void> => {
    let pauseMs = FIRST_PAUSE_MS;
    while (!closing.signal.aborted) {
      if (await useOnce()) pauseMs = FIRST_PAUSE_MS;
      await sleep(pauseMs, undefined, { signal: closing.signal }).catch(() => {});
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    }
  };
  const ended = run();
  return {
    close: () => {
      closing.abort();
      return ended;
    },
  };
}
