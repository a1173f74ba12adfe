/** What a search may still do with a site. */
export const FREE = 0;
export const OPEN = 1;
export const CLOSED = -1;

export const countOf = (state: Int8Array, wanted: number): number =>
  state.reduce((count, decision) => count + (decision === wanted ? 1 : 0), 0);

/**
 * Opens the free sites without which, and closes those with which, a solution cannot be better than the best known.
 * @param reduced cost of each site under the prices of the bound
 * @param isSpent whether a bound that is higher by so much leaves nothing to find
 */
export function settleSites(
  state: Int8Array,
  p: number,
  reduced: Float64Array,
  isSpent: (change: number) => boolean,
): void {
  const free = [...state.keys()]
    .filter((site) => state[site] === FREE)
    .sort((a, b) => (reduced[a] as number) - (reduced[b] as number));
  const wanted = p - countOf(state, OPEN);
  const [lastIn, firstOut] = [free[wanted - 1], free[wanted]];
  if (lastIn === undefined || firstOut === undefined) return;
  for (const [rank, site] of free.entries()) {
    const own = reduced[site] as number;
    if (rank < wanted) {
      if (isSpent((reduced[firstOut] as number) - own)) state[site] = OPEN;
    } else if (isSpent(own - (reduced[lastIn] as number))) {
      state[site] = CLOSED;
    }
  }
}
