import type { LiveMessage } from '../services/live-feed.ts';

/** Values that may wait for one reader, beyond which it is told that it is too slow and left. */
const MOST_WAITING = 20_000;
/** Messages that may wait. */
const MOST_MESSAGES = 1_000;

/** The topic of the values themselves. */
const OBSERVATIONS = 'observations';

/** One reader of the live values with what waits for it. */
export class Reader {
  readonly #datastreams: ReadonlySet<number> | undefined;
  readonly #topics: ReadonlySet<string> | undefined;
  #waiting: LiveMessage[] = [];
  #values = 0;
  #isOver = false;
  #wakened: () => void = () => {};

  /** Each undefined for all. */
  constructor(datastreams: ReadonlySet<number> | undefined, topics: ReadonlySet<string> | undefined) {
    this.#datastreams = datastreams;
    this.#topics = topics;
  }

  push(message: LiveMessage): void {
    if (this.#isOver) return;
    const wanted = this.#wanted(message);
    if (wanted === undefined) return;
    this.#waiting.push(wanted);
    if (wanted.kind === 'observations') this.#values += wanted.observations.length;
    if (wanted.kind === 'end') this.#isOver = true;
    else if (this.#values > MOST_WAITING || this.#waiting.length > MOST_MESSAGES) {
      this.#waiting = [{ kind: 'end', reason: 'too slow: read the state anew and follow again' }];
      this.#isOver = true;
    }
    this.#wakened();
  }

  /** Before everything that waits. */
  unshift(message: LiveMessage): void {
    const wanted = this.#wanted(message);
    if (wanted !== undefined) this.#waiting.unshift(wanted);
  }

  /** Nobody listens any more. */
  stop(): void {
    this.#isOver = true;
    this.#waiting = [];
    this.#wakened();
  }

  async *messages(): AsyncGenerator<LiveMessage> {
    for (;;) {
      const message = this.#waiting.shift();
      if (message === undefined) {
        if (this.#isOver) return;
        await new Promise<void>((resolve) => {
          this.#wakened = resolve;
        });
        continue;
      }
      if (message.kind === 'observations') this.#values -= message.observations.length;
      yield message;
      if (message.kind === 'end') return;
    }
  }

  /** The message as far as it concerns this reader; the very same one where nothing is left out. */
  #wanted(message: LiveMessage): LiveMessage | undefined {
    const datastreams = this.#datastreams;
    if (message.kind === 'notice') return this.#isAskedFor(message.topic) ? message : undefined;
    if (message.kind !== 'observations') return message;
    if (!this.#isAskedFor(OBSERVATIONS)) return undefined;
    if (datastreams === undefined) return message;
    const observations = message.observations.filter(({ datastreamId }) => datastreams.has(datastreamId));
    return observations.length === 0 ? undefined : { ...message, observations };
  }

  #isAskedFor(topic: string): boolean {
    return this.#topics?.has(topic) ?? true;
  }
}
