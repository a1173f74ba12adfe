import { readRealtimeFeed } from '../../core/live/adapters/gtfs-realtime.ts';
import type { RealtimeFeed } from '../../core/transit/realtime.ts';
import { fetchBytes } from './fetch-bytes.ts';
import { type PolledSource, pollSources } from './poll.ts';

/** Where a feed of vehicles comes from. */
export interface VehicleSource {
  readonly address: string;
  readonly provider: string;
  /** In place of asking the address. */
  readonly make?: (() => Uint8Array) | undefined;
}

/** What the store offers to take feeds over (`server/store/vehicles.ts`). */
export interface VehicleRecorder {
  record(
    provider: string,
    feed: RealtimeFeed,
  ): Promise<{ readonly doubts: Readonly<Record<string, number>> }>;
  tellSource(source: VehicleSource & { readonly problem: string | undefined }): Promise<void>;
}

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 32 * 1024 * 1024;
/** A feed whose clock is off by more is not of now. */
const CLOCK_LEEWAY_MS = 5 * 60_000;

/** Asks the feeds again and again, and takes over what they say, until the signal. */
export function followVehicles(
  sources: readonly VehicleSource[],
  intervalMs: number,
  recorder: VehicleRecorder,
  signal: AbortSignal,
): Promise<void> {
  return pollSources(
    sources.map((source): PolledSource => {
      const { address, provider, make } = source;
      return {
        address,
        intervalMs,
        ask: async (asking) => {
          const bytes =
            make?.() ??
            (await fetchBytes(address, { timeoutMs: TIMEOUT_MS, mostBytes: MOST_BYTES, signal: asking }));
          const feed = readRealtimeFeed(bytes);
          await recorder.record(provider, feed);
          const offMs = feed.at === undefined ? 0 : feed.at.getTime() - Date.now();
          if (Math.abs(offMs) > CLOCK_LEEWAY_MS) {
            throw new Error(`is not of now: its clock says ${feed.at?.toISOString()}`);
          }
        },
        tell: (problem) => recorder.tellSource({ ...source, problem }),
      };
    }),
    signal,
  );
}
