/** The line to one source: few requests at a time, none to one that is down, its last answers shown meanwhile. */
import { reasonOf, TwinError, unavailable } from '../../core/errors.ts';
import type { SourceState } from '../../core/wire/cascade.ts';
import { type Answer, type FetchLimits, fetchAnswer } from './fetch-answer.ts';
import type { KeptAnswers } from './kept-answers.ts';

/** Requests to one source at a time; others wait. */
const MOST_AT_ONCE = 4;
/** More than this are told to come later. */
const MOST_WAITING = 64;
/** After so many failures one after the other nobody waits for it any more. */
const OPENS_AFTER = 3;
const PAUSE_MS = 30_000;

export interface LineOptions {
  readonly name: string;
  readonly limits: FetchLimits;
  readonly kept: KeptAnswers;
  /** What was known of it before this process began. */
  readonly before: Pick<SourceState, 'state' | 'since' | 'lastGoodAt' | 'reason'> | undefined;
  /** Told of every change from works to down and back. */
  readonly onChange: (state: SourceState) => void;
  /** How long a source that failed again and again is left alone. */
  readonly pauseMs?: number | undefined;
}

/** An answer, and since when it is old because the source is down. */
export interface Given {
  readonly answer: Answer;
  /** Moment at which it came, ms; undefined while the source works. */
  readonly isOldSince: number | undefined;
}

interface AskOptions {
  readonly mostBytes?: number | undefined;
  readonly nothingIs?: FetchLimits['nothingIs'];
  /** A failure is told to who asked, and says nothing of the layer itself. */
  readonly isAside?: boolean;
}

export class SourceLine {
  readonly #options: LineOptions;
  readonly #running = new Map<string, Promise<Answer>>();
  readonly #waiting: (() => void)[] = [];
  #atOnce = 0;
  #failures = 0;
  #closedUntil = 0;
  #state: SourceState['state'];
  #since: string | null;
  #lastGoodAt: string | null;
  #reason: string | null;

  constructor(options: LineOptions) {
    this.#options = options;
    const { state, since, lastGoodAt, reason } = options.before ?? {};
    this.#state = state ?? 'unasked';
    this.#since = since ?? null;
    this.#lastGoodAt = lastGoodAt ?? null;
    this.#reason = reason ?? null;
  }

  get state(): SourceState {
    const { kept, name } = this.#options;
    const { answers, since } = kept.of(name);
    return {
      ...{ state: this.#state, since: this.#since, lastGoodAt: this.#lastGoodAt, reason: this.#reason },
      keptAnswers: answers,
      keptSince: since === undefined ? null : new Date(since).toISOString(),
    };
  }

  /**
   * The answer at an address: kept while it is fresh, else fetched, once for all who ask at the same time.
   * @param check throws in words when the answer is not what was asked for; such an answer is not kept
   * @param options `isAside` for what is not the layer itself: legends, answers about a pixel
   * @throws TwinError unavailable, saying since when the source is down, when nothing is kept either
   */
  async ask(
    address: string,
    check: (answer: Answer) => Promise<void> | void,
    { mostBytes, nothingIs, isAside = false }: AskOptions = {},
  ): Promise<Given> {
    const { kept, name } = this.#options;
    const known = kept.get(name, address);
    if (known && Date.now() < known.freshUntil) return { answer: known, isOldSince: undefined };
    try {
      let flight = this.#running.get(address);
      if (!flight) {
        flight = this.#fetch(address, check, { mostBytes, nothingIs, isAside }).finally(() =>
          this.#running.delete(address),
        );
        this.#running.set(address, flight);
      }
      return { answer: await flight, isOldSince: undefined };
    } catch (error) {
      if (known) return { answer: known, isOldSince: known.fetchedAt };
      if (error instanceof TwinError) throw error;
      throw unavailable(
        isAside
          ? `The outside service "${this.#options.name}" does not tell it: ${reasonOf(error)}`
          : this.#words(),
      );
    }
  }

  #words(): string {
    const good =
      this.#lastGoodAt === null
        ? 'it never gave a good answer'
        : `its last good answer is of ${this.#lastGoodAt}`;
    return `The outside service "${this.#options.name}" is down since ${this.#since ?? 'just now'} (${this.#reason ?? 'no answer'}); ${good}, and nothing of what was asked for is kept. Leave its layers out, or try later`;
  }

  async #fetch(
    address: string,
    check: (answer: Answer) => Promise<void> | void,
    { mostBytes = this.#options.limits.mostBytes, nothingIs, isAside }: AskOptions,
  ): Promise<Answer> {
    const { limits, kept, name, pauseMs = PAUSE_MS } = this.#options;
    if (Date.now() < this.#closedUntil) throw new Error('it is left alone for a while');
    // Of those who come when the pause is over one finds out for all.
    if (this.#failures >= OPENS_AFTER) this.#closedUntil = Date.now() + pauseMs;
    await this.#enter();
    try {
      const answer = await fetchAnswer(address, { ...limits, mostBytes, nothingIs });
      await check(answer);
      kept.keep(name, address, answer);
      this.#failures = 0;
      this.#closedUntil = 0;
      this.#lastGoodAt = new Date(answer.fetchedAt).toISOString();
      this.#turn('works', null);
      return answer;
    } catch (error) {
      if (!isAside) {
        if (++this.#failures >= OPENS_AFTER) this.#closedUntil = Date.now() + pauseMs;
        this.#turn('down', reasonOf(error));
      }
      throw new Error(reasonOf(error));
    } finally {
      this.#leave();
    }
  }

  #turn(state: 'works' | 'down', reason: string | null): void {
    const isAnother = state !== this.#state;
    this.#state = state;
    this.#reason = reason;
    if (!isAnother) return;
    this.#since = new Date().toISOString();
    this.#options.onChange(this.state);
  }

  async #enter(): Promise<void> {
    if (this.#atOnce >= MOST_AT_ONCE) {
      if (this.#waiting.length >= MOST_WAITING)
        throw unavailable(
          `The outside service "${this.#options.name}" is asked by too many at once; try later`,
        );
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
      return;
    }
    this.#atOnce++;
  }

  /** A place is handed on to the next who waits. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#atOnce--;
  }
}
