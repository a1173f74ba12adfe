import { setTimeout as sleep } from 'node:timers/promises';

interface Summaries {
  /** Brings the sums up to now; whether there may be more to do at once. */
  settle(): Promise<boolean>;
  /** Drops what is old; names of what was dropped. */
  dropOld(): Promise<readonly string[]>;
}

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A tenth of the time goes into summing up at most, however much comes in. */
const PAUSE_PER_WORK = 9;
const DROP_EVERY_MS = 3_600_000;

/** Keeps the sums up with the values, and the store to its size, until the signal. */
export async function keepSummaries(
  { settle, dropOld }: Summaries,
  onDropped: (tables: readonly string[]) => void,
  signal: AbortSignal,
): Promise<void> {
  let dropAtMs = 0;
  while (!signal.aborted) {
    const begunMs = performance.now();
    const more = await settle();
    const tookMs = performance.now() - begunMs;
    if (!more && begunMs >= dropAtMs) {
      dropAtMs = begunMs + DROP_EVERY_MS;
      const dropped = await dropOld();
      if (dropped.length > 0) onDropped(dropped);
    }
    const pauseMs = more
      ? 0
      : Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, PAUSE_PER_WORK * tookMs));
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
}
