/** Slows down whoever sends more than `perSecond` in the long run; a burst of as many passes at once. */
export class Pace {
  readonly #perSecond: number;
  readonly #now: () => number;
  #held: number;
  #since: number;

  constructor(perSecond: number, now: () => number = Date.now) {
    this.#perSecond = perSecond;
    this.#now = now;
    this.#held = perSecond;
    this.#since = now();
  }

  /** How long, in milliseconds, the next one has to wait. Those that wait are counted, so that they queue up. */
  next(): number {
    const now = this.#now();
    this.#held = Math.min(this.#perSecond, this.#held + ((now - this.#since) * this.#perSecond) / 1000);
    this.#since = now;
    this.#held--;
    return this.#held >= 0 ? 0 : (-this.#held * 1000) / this.#perSecond;
  }
}
