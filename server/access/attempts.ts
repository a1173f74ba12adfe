/** How often a password may be wrong, so that guessing takes years. */
const ATTEMPTS = 10;
const WINDOW_MS = 60_000;
/** Names are chosen by the caller; more than this are counted as one. */
const MOST_NAMES = 1_000;
const OTHERS = '*';

export class Attempts {
  readonly #failures = new Map<string, number[]>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Seconds until this name may be tried again; 0 = now. */
  waitS(name: string): number {
    const recent = this.#recent(name);
    const [oldest] = recent;
    if (recent.length < ATTEMPTS || oldest === undefined) return 0;
    return Math.max(1, Math.ceil((oldest + WINDOW_MS - this.#now()) / 1000));
  }

  /** Counts before the password is known, so that attempts at the same time cannot all slip through. */
  begin(name: string): void {
    this.#failures.set(this.#keyOf(name), [...this.#recent(name), this.#now()]);
  }

  succeed(name: string): void {
    this.#failures.delete(this.#keyOf(name));
  }

  #recent(name: string): readonly number[] {
    const since = this.#now() - WINDOW_MS;
    return (this.#failures.get(this.#keyOf(name)) ?? []).filter((at) => at > since);
  }

  #keyOf(name: string): string {
    if (this.#failures.has(name) || this.#failures.size < MOST_NAMES) return name;
    const since = this.#now() - WINDOW_MS;
    for (const [key, times] of this.#failures) {
      if ((times.at(-1) ?? 0) <= since) this.#failures.delete(key);
    }
    return this.#failures.size < MOST_NAMES ? name : OTHERS;
  }
}
