/** How far a latest value may be trusted to be the present one. */

/** `none`: no value was ever received. Without an expected interval nothing more than the age can be said. */
export type Freshness = 'fresh' | 'stale' | 'none' | 'unknown';

/** One value may be missed before a stream counts as silent. */
const MISSED_VALUES = 2;
/** Sending takes a while, and clocks differ. */
const LEEWAY_S = 60;

/** From this age on, seconds, a value is shown as stale. */
export const staleAfterS = (expectedIntervalS: number): number =>
  MISSED_VALUES * expectedIntervalS + LEEWAY_S;

/**
 * @param atMs time of the latest value, milliseconds since 1970; undefined = there is none
 * @param expectedIntervalS seconds between values, as the datastream declares
 */
export function freshnessOf(
  atMs: number | undefined,
  expectedIntervalS: number | undefined,
  nowMs: number,
): Freshness {
  if (atMs === undefined) return 'none';
  if (expectedIntervalS === undefined) return 'unknown';
  return (nowMs - atMs) / 1000 > staleAfterS(expectedIntervalS) ? 'stale' : 'fresh';
}
