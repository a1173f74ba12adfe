/** What the site finder asks, what it found, and what can be asked in the city that is shown. */
import { computed, effect, type Signal, signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { SiteMeasuresReply, SitesReply } from '../../core/wire/sites.ts';
import { getJson } from '../api/city-api.ts';
import { cityPrefix } from '../state/shown-city.ts';
import { sitesLink } from '../state/sites-link.ts';
import {
  FIRST_QUESTION,
  parametersOf,
  readQuestion,
  type SitesQuestion,
  writeQuestion,
} from './sites-query.ts';

export type Told<T> =
  | { readonly kind: 'loading'; readonly before?: T | undefined }
  | { readonly kind: 'ready'; readonly reply: T }
  | { readonly kind: 'failed'; readonly reason: string };

export const question = computed<SitesQuestion>(() =>
  sitesLink.value === undefined ? FIRST_QUESTION : readQuestion(sitesLink.value),
);
export const askSites = (next: SitesQuestion): void => {
  sitesLink.value = writeQuestion(next);
};

/** What was told last, also while the next answer is awaited. */
export const lastReply = <T>(told: Told<T>): T | undefined =>
  told.kind === 'ready' ? told.reply : told.kind === 'loading' ? told.before : undefined;

export const measures = signal<Told<SiteMeasuresReply>>({ kind: 'loading' });
export const found = signal<Told<SitesReply>>({ kind: 'loading' });
/** Those that are marked on the map. */
export const listedSites = computed(() => lastReply(found.value)?.sites ?? []);
/** Sites told at most; files hold the rest. */
export const MOST_LISTED = 30;

/** A slider that moves asks when it rests this long. */
const PAUSE_MS = 90;

/** Asks while the panel is open. Returns how to stop; nothing is marked on the map then. */
export function followSites(): () => void {
  const ends = [
    follow(measures, () => 'api/sites/measures', 0),
    follow(
      found,
      () => {
        const parameters = parametersOf(question.value);
        parameters.set('limit', String(MOST_LISTED));
        return `api/sites?${parameters}`;
      },
      PAUSE_MS,
    ),
  ];
  return () => {
    for (const end of ends) end();
    found.value = { kind: 'loading' };
  };
}

function follow<T>(told: Signal<Told<T>>, addressOf: () => string, pauseMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading: AbortController | undefined;
  const stop = effect(() => {
    const [prefix, path] = [cityPrefix.value, addressOf()];
    clearTimeout(timer);
    timer = setTimeout(() => {
      reading?.abort();
      const mine = new AbortController();
      reading = mine;
      told.value = { kind: 'loading', before: lastReply(told.peek()) };
      getJson<T>(path, mine.signal, prefix).then(
        (reply) => {
          if (reading === mine) told.value = { kind: 'ready', reply };
        },
        (error: unknown) => {
          if (mine.signal.aborted) return;
          told.value = { kind: 'failed', reason: reasonOf(error) };
        },
      );
    }, pauseMs);
  });
  return () => {
    stop();
    clearTimeout(timer);
    reading?.abort();
    reading = undefined;
  };
}
