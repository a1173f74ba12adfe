import type { CancelSignal } from './cancel.ts';

/**
 * Lets so much work run at once and the rest wait in order, so that many large requests do not take all memory.
 * Whoever leaves while waiting is forgotten.
 */
export class Turns {
  readonly #capacity: number;
  #running = 0;
  readonly #waiting: { readonly weight: number; readonly start: () => void }[] = [];

  /** @param capacity sum of the weights that may run at once */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Runs the work when its turn has come; a weight above the capacity counts as the capacity. */
  async run<T>(weight: number, signal: CancelSignal, work: () => Promise<T>): Promise<T> {
    const leave = await this.enter(weight, signal);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** Waits for a turn; it lasts until what this gives is called, once or more. */
  enter(weight: number, signal: CancelSignal): Promise<() => void> {
    signal.throwIfAborted();
    const counted = Math.min(weight, this.#capacity);
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      this.#running -= counted;
      this.#startNext();
    };
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal.reason);
        this.#startNext();
      };
      const waiter = {
        weight: counted,
        start: () => {
          signal.removeEventListener('abort', leave);
          resolve(end);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
      this.#startNext();
    });
  }

  #startNext(): void {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      if (this.#running + next.weight > this.#capacity) return;
      this.#waiting.shift();
      this.#running += next.weight;
      next.start();
    }
  }
}
