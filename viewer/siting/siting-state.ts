/** What is asked of siting, what the sites that are put would do, and the best ones that were found. */
import { computed, signal } from '@preact/signals';
import { KIND_DECLARATIONS } from '../../core/analysis/siting/sited-kinds.ts';
import type { SitingAnswer, SitingPreviewReply } from '../../core/wire/siting-answer.ts';
import type { SitedKind, SitingSearch } from '../../core/wire/siting-question.ts';
import { ask as askService } from '../api/ask.ts';
import { addressIn } from '../api/city-api.ts';
import { announce } from '../state/announcer.ts';
import { LOADING, type Load, lastOf, loadAlong } from '../state/load.ts';
import { isStaff } from '../state/session.ts';
import { cityPrefix, tilesKey } from '../state/shown-city.ts';
import { sitingLink } from '../state/siting-link.ts';
import { t } from '../text/text.ts';
import { previewWithPoints } from './preview-points.ts';
import { refusalText } from './refusal-words.ts';
import {
  FIRST_ASK,
  MOST_NEW_SITES,
  type PutSite,
  previewOf,
  questionOf,
  readAsk,
  type SitingAsk,
  writeAsk,
} from './siting-query.ts';

export const sitingAsk = computed<SitingAsk>(() =>
  sitingLink.value === undefined ? FIRST_ASK : readAsk(sitingLink.value),
);

/** Whether the work space is open: the map shows it then. */
export const sitingOpen = signal(false);
/** The question that was left last; the panel opens with it again. */
let left: string | undefined;

/** What sites and facilities do where they have been put; without any, what is there today. */
export const preview = signal<Load<SitingPreviewReply>>(LOADING);

export type Search =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy'; readonly sinceMs: number; readonly ticket: string }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'ready'; readonly answer: SitingAnswer; readonly ofQuestion: string };
export const search = signal<Search>({ kind: 'none' });

/** The same text = the same question, wherever the sites have been put. */
const questionText = (asked: SitingAsk, prefix: string): string =>
  `${prefix} ${writeAsk({ ...asked, sites: [], closed: [], searched: false })}`;

/** The best sites of the question as it stands; undefined when another one was asked. */
export const best = computed<SitingAnswer | undefined>(() => {
  const state = search.value;
  if (state.kind !== 'ready') return undefined;
  return state.ofQuestion === questionText(sitingAsk.value, cityPrefix.value) ? state.answer : undefined;
});

/** Whether the sites stand where the best ones were found. */
export const isBestShown = computed<boolean>(() => {
  const { sites, closed } = sitingAsk.value;
  const answer = best.value;
  return (
    answer !== undefined &&
    answer.sites.length === sites.length &&
    closed.length === answer.closed.length &&
    answer.closed.every((id) => closed.includes(id)) &&
    answer.sites.every(({ place }, k) => {
      const put = sites[k];
      return (
        put !== undefined &&
        Math.round(put.e) === Math.round(place.e) &&
        Math.round(put.n) === Math.round(place.n)
      );
    })
  );
});

/** What is told on the screen: of the best sites as they were found, or of the sites as they have been put. */
export const effectShown = computed<SitingPreviewReply | undefined>(() => {
  if (!sitingOpen.value) return undefined;
  return isBestShown.value ? best.value : lastOf(preview.value);
});

/** The site whose card is open, from 0. */
export const chosenSite = signal<number | undefined>(undefined);

/** A search is given so long; then the best so far is told. */
export const MOST_SECONDS = 25;

const NEVER = new AbortController().signal;

/** A marker that moves asks so often: whom it serves is told on the way. */
const EVERY_MS = 120;

let searching: AbortController | undefined;

/** Asks while the panel is open. Returns how to stop. */
export function followSiting(): () => void {
  sitingOpen.value = true;
  sitingLink.value ??= left ?? writeAsk(FIRST_ASK);
  const stop = loadAlong(
    preview,
    () => {
      // A scenario that has gained or lost a facility is asked again.
      const version = tilesKey('facilities');
      const [prefix, asked] = [cityPrefix.value, previewOf(sitingAsk.value)];
      return (abort) =>
        previewWithPoints(`${prefix} ${version} ${isStaff.value}`, asked, (one, keeps) =>
          postSiting('/preview', prefix, one, keeps ? NEVER : abort),
        ).catch((error) => {
          throw new Error(refusalText(error), { cause: error });
        });
    },
    EVERY_MS,
    'steady',
  );
  if (sitingAsk.peek().searched && search.peek().kind === 'none') void searchBest({ keepsSites: true });
  return () => {
    left = sitingLink.peek() ?? left;
    sitingLink.value = undefined;
    sitingOpen.value = false;
    stop();
  };
}

/** Asks a door of `/api/siting`. */
export async function postSiting<T>(
  door: string,
  prefix: string,
  asked: object,
  signal: AbortSignal,
): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const options = { method: 'POST', headers, body: JSON.stringify(asked), signal };
  return (await askService(addressIn(prefix, `api/siting${door}`), options)).json() as Promise<T>;
}

/** Changes the question; the best sites of another one are no longer those. */
export function changeAsk(by: Partial<SitingAsk>): void {
  sitingLink.value = writeAsk({ ...sitingAsk.peek(), ...by });
}

/** Another kind has other usual numbers, and what was put for the one before means nothing. */
export function changeKind(kind: SitedKind): void {
  stopSearch();
  const { objective, newSites, existing, slopes, stepFree } = sitingAsk.peek();
  chosenSite.value = undefined;
  sitingLink.value = writeAsk({ ...FIRST_ASK, kind, objective, newSites, existing, slopes, stepFree });
}

export function putSite(at: readonly [number, number]): void {
  const { sites } = sitingAsk.peek();
  if (sites.length >= MOST_NEW_SITES) {
    announce(t('sitingMostPut', { n: MOST_NEW_SITES }));
    return;
  }
  changeAsk({ sites: [...sites, { e: Math.round(at[0]), n: Math.round(at[1]) }] });
  chosenSite.value = sites.length;
  announce(t('sitingPutSpoken', { n: sites.length + 1 }));
}

/** What is moved away from its building stands on bare ground. */
export function changeSite(index: number, by: Partial<PutSite>): void {
  const moved = by.e === undefined ? {} : { siteKind: undefined };
  const { sites } = sitingAsk.peek();
  changeAsk({ sites: sites.map((site, k) => (k === index ? { ...site, ...moved, ...by } : site)) });
}

export function removeSite(index: number): void {
  changeAsk({ sites: sitingAsk.peek().sites.filter((_, k) => k !== index) });
  chosenSite.value = undefined;
  announce(t('sitingRemovedSpoken', { n: index + 1 }));
}

export function clearSites(): void {
  chosenSite.value = undefined;
  changeAsk({ sites: [], closed: [] });
}

/** Puts the sites where the best ones were found. */
export function showBest(): void {
  const answer = best.peek();
  if (!answer) return;
  chosenSite.value = undefined;
  const { kind, numbers } = sitingAsk.peek();
  const usual = numbers.capacityPerSite ?? KIND_DECLARATIONS[kind].capacity;
  changeAsk({
    sites: answer.sites.map(({ place, capacity, siteKind }) => ({
      ...place,
      // As many as the question says need no saying.
      ...(capacity !== null && capacity !== usual && { capacity }),
      ...(siteKind !== 'parcel' && { siteKind }),
    })),
    closed: answer.closed,
  });
}

export function stopSearch(): void {
  searching?.abort();
  searching = undefined;
  search.value = { kind: 'none' };
  changeAsk({ searched: false });
}

/** Ends the search: its answer is then the best so far with its bound. */
export async function endSearch(): Promise<void> {
  const state = search.peek();
  if (state.kind !== 'busy') return;
  const path = `api/siting/searches/${state.ticket}`;
  // It may have ended meanwhile: its answer is on its way then.
  await askService(addressIn(cityPrefix.peek(), path), { method: 'DELETE' }).catch(() => {});
}

/** How far a search is; undefined when it has ended, or nothing answers. */
export async function readSearch(ticket: string): Promise<SitingSearch | undefined> {
  const address = addressIn(cityPrefix.peek(), `api/siting/searches/${ticket}`);
  return askService(address)
    .then((reply) => (reply.status === 200 ? (reply.json() as Promise<SitingSearch>) : undefined))
    .catch(() => undefined);
}

/** Finds the best sites and shows them. @param keepsSites of a link, whose sites stand as somebody put them */
export async function searchBest({ keepsSites = false } = {}): Promise<void> {
  searching?.abort();
  const mine = new AbortController();
  searching = mine;
  changeAsk({ searched: true });
  const [asked, prefix] = [sitingAsk.peek(), cityPrefix.peek()];
  const ofQuestion = questionText(asked, prefix);
  const ticket = crypto.randomUUID();
  search.value = { kind: 'busy', sinceMs: Date.now(), ticket };
  try {
    const question = { ...questionOf(asked), mostSeconds: MOST_SECONDS, ticket };
    const answer = await postSiting<SitingAnswer>('', prefix, question, mine.signal);
    if (mine.signal.aborted) return;
    search.value = { kind: 'ready', answer, ofQuestion };
    if (!keepsSites || sitingAsk.peek().sites.length === 0) showBest();
    announce(t('sitingFoundSpoken'));
  } catch (error) {
    if (mine.signal.aborted) return;
    search.value = { kind: 'failed', error };
  }
}
