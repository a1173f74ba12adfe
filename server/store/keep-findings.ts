/** Brings the findings of all parcels up to date by itself, once somebody has had them kept. One server at a time does it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LayersProvider } from './features.ts';
import { areFindingsStale } from './kept-findings.ts';
import { type FindingsReport, refreshFindings } from './parcel-findings.ts';
import type { Pool } from './pool.ts';

export interface KeepFindingsOptions {
  readonly pool: Pool;
  readonly layers: LayersProvider;
  /** Between two looks at whether anything has changed. */
  readonly everyMs: number;
  readonly onRefreshed: (report: FindingsReport) => void;
}

/** Until the signal. @throws what the store throws */
export async function keepFindings(
  { pool, layers, everyMs, onRefreshed }: KeepFindingsOptions,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    if (await areFindingsStale(pool, signal)) onRefreshed(await refreshFindings({ pool, layers, signal }));
    await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
}
