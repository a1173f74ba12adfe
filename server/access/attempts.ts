export interface AttemptLimits {
  /** Within the window. */
  readonly most: number;
  readonly windowMs: number;
  /** Names are chosen by the caller; more than this are counted as one. */
  readonly mostNames: number;
}

/** How often a password may be wrong, so that guessing takes years. */
const PASSWORDS: AttemptLimits = { most: 10, windowMs: 60_000, mostNames: 1_000 };
const OTHERS = '*';

/** Counts what somebody tries under a name, in memory. */
export class Attempts {
  readonly #failures = new Map<string, number[]>();
  readonly #limits: AttemptLimits;
  readonly #now: () => number;

  constructor(limits: AttemptLimits = PASSWORDS, now: () => number = Date.now) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Seconds until this name may be tried again; 0 = now. */
  waitS(name: string): number {
    const recent = this.#recent(name);
    const [oldest] = recent;
    if (recent.length < this.#limits.most || oldest === undefined) return 0;
    return Math.max(1, Math.ceil((oldest + this.#limits.windowMs - this.#now()) / 1000));
  }

  /** Counts before the password is known, so that attempts at the same time cannot all slip through. */
  begin(name: string): void {
    this.#failures.set(this.#keyOf(name), [...this.#recent(name), this.#now()]);
  }

  succeed(name: string): void {
    this.#failures.delete(this.#keyOf(name));
  }

  #recent(name: string): readonly number[] {
    const since = this.#now() - this.#limits.windowMs;
    return (this.#failures.get(this.#keyOf(name)) ?? []).filter((at) => at > since);
  }

  #keyOf(name: string): string {
    if (this.#failures.has(name) || this.#failures.size < this.#limits.mostNames) return name;
    const since = this.#now() - this.#limits.windowMs;
    for (const [key, times] of this.#failures) {
      if ((times.at(-1) ?? 0) <= since) this.#failures.delete(key);
    }
    return this.#failures.size < this.#limits.mostNames ? name : OTHERS;
  }
}
