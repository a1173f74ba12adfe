/** Notices of the database (LISTEN) on a connection of their own, which is opened again whenever it breaks. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface Listener {
  /** It hears from now on; what was said before must be read. Also after each break. */
  onConnected(): void;
  /** It hears nothing until it is connected again. */
  onLost(): void;
  onNotice(payload: string, channel: string): void;
}

export interface Listening {
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** A dead peer that closed nothing is found by asking this often. */
const PULSE_MS = 10_000;

/** @param channels names of ours, never from outside */
export function listen(databaseUrl: string, channels: readonly string[], listener: Listener): Listening {
  const closing = new AbortController();
  const listenOnce = async (): Promise<boolean> => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: PULSE_MS,
      keepAlive: true,
      application_name: 'blizniak live',
    });
    const gone = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.once('end', resolve);
      closing.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    let hears = false;
    let pulse: NodeJS.Timeout | undefined;
    try {
      await client.connect();
      client.on('notification', ({ payload = '', channel }) => listener.onNotice(payload, channel));
      await client.query(channels.map((channel) => `listen ${channel}`).join('; '));
      if (closing.signal.aborted) return false;
      hears = true;
      listener.onConnected();
      pulse = setInterval(() => {
        client.query('select 1').catch(() => client.connection.stream.destroy());
      }, PULSE_MS);
      await gone;
    } catch {
      // Whatever it was, the next attempt may do better; health tells people of a database that stays away.
    } finally {
      clearInterval(pulse);
      if (hears && !closing.signal.aborted) listener.onLost();
      if (!closing.signal.aborted) client.connection.stream.destroy();
      await client.end().catch(() => {});
    }
    return hears;
  };
  const run = async (): Promise<void> => {
    let pauseMs = FIRST_PAUSE_MS;
    while (!closing.signal.aborted) {
      if (await listenOnce()) pauseMs = FIRST_PAUSE_MS;
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
