import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from '../../core/errors.ts';

/** Something outside that is asked again and again. */
export interface PolledSource {
  /** For the log and for people: whose it is and where. */
  readonly address: string;
  readonly intervalMs: number;
  /** Asks once and takes over what comes; what it throws is the source's trouble of this time. */
  ask(signal: AbortSignal): Promise<void>;
  /** Hears after each asking how it went; undefined = well. */
  tell(problem: string | undefined): Promise<void>;
}

/** A source that fails is asked ever less often, up to this long. */
const LONGEST_PAUSE_MS = 10 * 60_000;
/** Servers that started together do not ask together. */
const SPREAD = 0.1;

/** Asks every source in its own time until the signal; one that fails or hangs holds up no other. */
export async function pollSources(sources: readonly PolledSource[], signal: AbortSignal): Promise<void> {
  await Promise.all(sources.map((source) => poll(source, signal)));
}

async function poll({ intervalMs, ask, tell }: PolledSource, signal: AbortSignal): Promise<void> {
  let pauseMs = intervalMs;
  while (!signal.aborted) {
    const begunMs = performance.now();
    const problem = await ask(signal).then(
      () => undefined,
      (error: unknown) => reasonOf(error),
    );
    if (signal.aborted) return;
    // A database that is away is said by health; the source itself is not to blame.
    await tell(problem).catch(() => {});
    pauseMs = problem === undefined ? intervalMs : Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    const waitMs = pauseMs * (1 + SPREAD * (Math.random() - 0.5)) - (performance.now() - begunMs);
    await sleep(Math.max(0, waitMs), undefined, { signal }).catch(() => {});
  }
}
