import { setTimeout as sleep } from 'node:timers/promises';
import { unavailable } from '../../core/errors.ts';

/** SQLSTATEs that waiting does not mend: wrong password, unknown role, unknown database. */
const HOPELESS = new Set(['28P01', '28000', '3D000']);
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

interface WaitOptions {
  /** Where the database is, without a password. */
  readonly target: string;
  readonly say: (message: string) => void;
  readonly signal: AbortSignal;
  /** `Infinity` for a service: in a composition the database may well start after it. */
  readonly patienceMs: number;
}

/**
 * Waits until the database answers. What no waiting mends is refused at once.
 * @param ask one harmless question to the database
 */
export async function waitForDatabase(ask: () => Promise<unknown>, options: WaitOptions): Promise<void> {
  const { target, say, signal, patienceMs } = options;
  const end = Date.now() + patienceMs;
  let pauseMs = FIRST_PAUSE_MS;
  let said = '';
  for (;;) {
    signal.throwIfAborted();
    try {
      await ask();
      return;
    } catch (error) {
      const { code, message } = ownWords(error);
      if (HOPELESS.has(code)) {
        throw unavailable(
          `The database at ${target} refuses: ${message}. Correct DATABASE_URL and start again.`,
          error,
        );
      }
      if (Date.now() > end) {
        throw unavailable(
          `The database at ${target} does not answer: ${message}. Start it, or correct DATABASE_URL.`,
          error,
        );
      }
      const now = `The database at ${target} does not answer (${message}): waiting for it, Ctrl-C gives up`;
      if (now !== said) say(now);
      said = now;
      await sleep(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted());
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }
}

/** The driver's code and words, below whatever was wrapped around them. */
function ownWords(error: unknown): { code: string; message: string } {
  let found = { code: '', message: String(error) };
  for (let at = error; at instanceof Error; at = at.cause) {
    // Several addresses of one name, all of which failed.
    const one = at instanceof AggregateError && at.errors[0] instanceof Error ? at.errors[0] : at;
    const code = 'code' in one && typeof one.code === 'string' ? one.code : found.code;
    found = { code, message: one.message };
  }
  return found;
}
