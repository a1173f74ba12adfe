/** What the site finder asks, what it found, and what can be asked in the city that is shown. */
import { computed, type Signal, signal } from '@preact/signals';
import type { SiteMeasuresReply, SitesReply } from '../../core/wire/sites.ts';
import { getJson } from '../api/city-api.ts';
import { LOADING, type Load, lastOf, loadAlong } from '../state/load.ts';
import { cityPrefix } from '../state/shown-city.ts';
import { sitesLink } from '../state/sites-link.ts';
import {
  FIRST_QUESTION,
  parametersOf,
  readQuestion,
  type SitesQuestion,
  writeQuestion,
} from './sites-query.ts';

export const question = computed<SitesQuestion>(() =>
  sitesLink.value === undefined ? FIRST_QUESTION : readQuestion(sitesLink.value),
);
export const askSites = (next: SitesQuestion): void => {
  sitesLink.value = writeQuestion(next);
};

export const measures = signal<Load<SiteMeasuresReply>>(LOADING);
export const found = signal<Load<SitesReply>>(LOADING);
/** Those that are marked on the map. */
export const listedSites = computed(() => lastOf(found.value)?.sites ?? []);
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
  };
}

function follow<T>(into: Signal<Load<T>>, addressOf: () => string, pauseMs: number): () => void {
  return loadAlong(
    into,
    () => {
      const [prefix, path] = [cityPrefix.value, addressOf()];
      return (abort) => getJson<T>(path, abort, prefix);
    },
    pauseMs,
  );
}
