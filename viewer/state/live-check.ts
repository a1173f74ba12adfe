import { effect, type Signal } from '@preact/signals';
import { announce } from './announcer.ts';

/** What the service thinks of something that is still being drawn or filled in. */
export type Check<Trial> =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'done'; readonly trial: Trial }
  | { readonly kind: 'refused'; readonly reason: string };

interface Checked<Trial> {
  readonly check: Signal<Check<Trial>>;
  readonly pauseMs: number;
  /** Reads the signals that the answer depends on; undefined while there is nothing to ask. */
  readonly question: () => ((signal: AbortSignal) => Promise<Trial>) | undefined;
  readonly reasonOf: (error: unknown) => string;
  /** What is said aloud of an answer and of a refusal. */
  readonly spokenTrial: (trial: Trial) => string;
  readonly spokenRefusal: (reason: string) => string;
}

/** Asks after every pause in the work; nothing is kept by asking. Returns how to stop. */
export function followChecked<Trial>({
  check,
  pauseMs,
  question,
  reasonOf,
  spokenTrial,
  spokenRefusal,
}: Checked<Trial>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;
  let spoken = '';
  const say = (words: string) => {
    if (words !== spoken) announce(words);
    spoken = words;
  };
  const stop = effect(() => {
    const ask = question();
    clearTimeout(timer);
    asking?.abort();
    if (!ask) {
      check.value = { kind: 'none' };
      return;
    }
    const controller = new AbortController();
    asking = controller;
    check.value = { kind: 'busy' };
    timer = setTimeout(() => {
      ask(controller.signal).then(
        (trial) => {
          check.value = { kind: 'done', trial };
          say(spokenTrial(trial));
        },
        (error: unknown) => {
          if (controller.signal.aborted) return;
          const reason = reasonOf(error);
          check.value = { kind: 'refused', reason };
          say(spokenRefusal(reason));
        },
      );
    }, pauseMs);
  });
  return () => {
    stop();
    clearTimeout(timer);
    asking?.abort();
    check.value = { kind: 'none' };
  };
}
