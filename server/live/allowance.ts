/** Seconds' worth of values that may come at once, as when a gateway sends what it kept while it was offline. */
const BURST_S = 200;
/** Datastreams that are remembered; those that have been quiet are forgotten first. */
const MOST_KEPT = 50_000;

interface Held {
  left: number;
  atMs: number;
}

/** How many values of one datastream are taken in the long run, so that one that floods harms nobody else. */
export class Allowance {
  readonly #perSecond: number;
  readonly #now: () => number;
  readonly #held = new Map<number, Held>();

  constructor(perSecond: number, now: () => number = Date.now) {
    this.#perSecond = perSecond;
    this.#now = now;
  }

  /** Takes one value of a datastream. @returns seconds after which it may be sent again; 0 = it is taken */
  take(datastreamId: number): number {
    const nowMs = this.#now();
    const held = this.#held.get(datastreamId) ?? { left: this.#burst, atMs: nowMs };
    held.left = Math.min(this.#burst, held.left + ((nowMs - held.atMs) / 1000) * this.#perSecond);
    held.atMs = nowMs;
    // Those that were heard last stand at the end.
    this.#held.delete(datastreamId);
    this.#held.set(datastreamId, held);
    for (const id of this.#held.keys()) {
      if (this.#held.size <= MOST_KEPT) break;
      this.#held.delete(id);
    }
    if (held.left < 1) return Math.max(1, Math.ceil((1 - held.left) / this.#perSecond));
    held.left--;
    return 0;
  }

  get #burst(): number {
    return BURST_S * this.#perSecond;
  }
}
