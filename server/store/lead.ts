/** Work that only one server on a database may do at a time: it is led by whoever holds an advisory lock. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type KeptSession, keepSession } from './kept-session.ts';

/** Each kind of work has a lock of its own; numbers are never used twice. */
export const LEAD = {
  quality: 2177_0101,
  deliveries: 2177_0105,
  providers: 2177_0102,
  summaries: 2177_0103,
  vehicles: 2177_0104,
  findings: 2177_0108,
  orders: 2177_0109,
  orderNotices: 2177_0110,
} as const;

/** How often a server that does not lead asks whether it may. */
const ASK_MS = 1_000;
/** Work that failed is begun again after this time. */
const RETRY_MS = 2_000;

/**
 * Runs the work while this server leads. The lock goes with its connection, so that another server takes over within
 * seconds when this one dies. Work must end soon after its signal, and must bear that another has begun by then.
 * @param lock one of `LEAD`
 */
export function lead(
  databaseUrl: string,
  lock: number,
  work: (signal: AbortSignal) => Promise<void>,
): KeptSession {
  let leading = new AbortController();
  let working = Promise.resolve();
  let isClosed = false;
  const keepWorking = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      await work(signal).catch(() => {});
      await sleep(RETRY_MS, undefined, { signal }).catch(() => {});
    }
  };
  const session = keepSession(databaseUrl, 'blizniak lead', {
    async begin(client, signal) {
      for (;;) {
        const { rows } = await client.query<{ leads: boolean }>('select pg_try_advisory_lock($1) as leads', [
          lock,
        ]);
        if (rows[0]?.leads) break;
        await sleep(ASK_MS, undefined, { signal });
      }
      await working;
      // Closed while it asked: nobody would ever end what began now.
      if (isClosed || signal.aborted) return;
      leading = new AbortController();
      working = keepWorking(leading.signal);
    },
    lost: () => leading.abort(),
  });
  return {
    async close() {
      isClosed = true;
      leading.abort();
      await working;
      await session.close();
    },
  };
}
