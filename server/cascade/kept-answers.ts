import type { Answer } from './fetch-answer.ts';

/** An answer of a source that is down is shown no longer than this. */
const LONGEST_KEPT_MS = 7 * 86_400_000;
/** Small answers cost more than their bytes. */
const OVERHEAD_BYTES = 512;

/** What of answers is known to be kept of one source. */
export interface KeptOf {
  readonly answers: number;
  /** Moment at which the oldest came, ms. */
  readonly since: number | undefined;
}

/** Answers of all sources in memory, the least recently used go first. */
export class KeptAnswers {
  readonly #maxBytes: number;
  /** By source and address. */
  readonly #kept = new Map<string, Answer>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(source: string, address: string): Answer | undefined {
    const key = keyOf(source, address);
    const answer = this.#kept.get(key);
    if (!answer) return undefined;
    this.#kept.delete(key);
    if (Date.now() - answer.fetchedAt > LONGEST_KEPT_MS) {
      this.#bytes -= sizeOf(answer);
      return undefined;
    }
    this.#kept.set(key, answer);
    return answer;
  }

  keep(source: string, address: string, answer: Answer): void {
    const key = keyOf(source, address);
    this.#drop(key);
    if (!answer.isKept || sizeOf(answer) > this.#maxBytes / 4) return;
    this.#kept.set(key, answer);
    this.#bytes += sizeOf(answer);
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#drop(oldest);
    }
  }

  forget(source: string): void {
    for (const key of [...this.#kept.keys()]) if (key.startsWith(keyOf(source, ''))) this.#drop(key);
  }

  of(source: string): KeptOf {
    let answers = 0;
    let since: number | undefined;
    for (const [key, { fetchedAt }] of this.#kept) {
      if (!key.startsWith(keyOf(source, ''))) continue;
      answers++;
      since = Math.min(since ?? fetchedAt, fetchedAt);
    }
    return { answers, since };
  }

  #drop(key: string): void {
    const answer = this.#kept.get(key);
    if (!answer) return;
    this.#kept.delete(key);
    this.#bytes -= sizeOf(answer);
  }
}

const sizeOf = ({ bytes }: Answer): number => bytes.length + OVERHEAD_BYTES;
const keyOf = (source: string, address: string): string => `${source} ${address}`;
