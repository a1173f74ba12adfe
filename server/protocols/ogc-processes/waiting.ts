/** Proxies commonly cut what is silent for a minute. */
export const LONGEST_WAIT_MS = 45_000;
