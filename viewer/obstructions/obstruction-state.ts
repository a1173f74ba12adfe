/** The register as the viewer knows it: the list, and the one that is open. Panel and maps read these signals. */

import { batch, computed, effect, signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { Conflict, Obstruction } from '../../core/wire/obstruction.ts';
import { ServiceError } from '../api/ask.ts';
import { LOADING, type Load, loadInto } from '../state/load.ts';
import { OBSTRUCTIONS, obstructionNews, unpublished } from '../state/obstruction-news.ts';
import { isStaff, session } from '../state/session.ts';
import { renewTiles } from '../state/shown-city.ts';
import { selection } from '../state/twin-state.ts';
import { listObstructions, readConflicts, readObstruction } from './obstruction-api.ts';

interface List {
  readonly obstructions: readonly Obstruction[];
  readonly nowMs: number;
}

type Opened =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'ready';
      readonly obstruction: Obstruction;
      /** Undefined for the public, and while they are asked for. */
      readonly conflicts: readonly Conflict[] | undefined;
    }
  | { readonly kind: 'failed'; readonly reason: string };

export const listed = signal<Load<List>>(LOADING);
export const opened = signal<Opened>({ kind: 'none' });

export const openedId = computed(() =>
  selection.value?.layer === OBSTRUCTIONS ? selection.value.id : undefined,
);

/** Changes that come together are read once. */
const PAUSE_MS = 200;
const MINUTE_MS = 60_000;

/** Keeps the list and the open one up to date. Returns how to stop. */
export function followObstructions(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading: AbortController | undefined;
  let news = obstructionNews.peek();
  const stopList = effect(() => {
    void session.value?.who;
    const isNews = obstructionNews.value !== news;
    news = obstructionNews.value;
    clearTimeout(timer);
    timer = setTimeout(() => {
      void loadList();
      // The same tiles hold other obstructions now.
      if (isNews) renewTiles([OBSTRUCTIONS, 'obstruction_detours']);
    }, PAUSE_MS);
  });
  const stopOpened = effect(() => {
    void session.value?.who;
    void obstructionNews.value;
    const id = openedId.value;
    reading?.abort();
    if (id === undefined) {
      opened.value = { kind: 'none' };
      return;
    }
    const controller = new AbortController();
    reading = controller;
    void loadOpened(id, isStaff.value, controller.signal);
  });
  // What runs now changes with the clock.
  const minute = setInterval(() => {
    const now = listed.peek();
    if (now.kind === 'ready') listed.value = { ...now, value: { ...now.value, nowMs: Date.now() } };
  }, MINUTE_MS);
  return () => {
    stopList();
    stopOpened();
    clearTimeout(timer);
    clearInterval(minute);
    reading?.abort();
  };
}

/** Rises with each step that the page took over itself. */
let taken = 0;

const loadList = () =>
  loadInto(listed, async () => {
    for (;;) {
      const before = taken;
      const { obstructions, now } = await listObstructions();
      // A step taken meanwhile is newer than this list.
      if (before !== taken) continue;
      tellUnpublished(obstructions);
      return { obstructions, nowMs: Date.parse(now) };
    }
  });

function tellUnpublished(obstructions: readonly Obstruction[]): void {
  unpublished.value = new Set(obstructions.filter(({ state }) => state !== 'published').map(({ id }) => id));
}

async function loadOpened(id: string, withConflicts: boolean, abort: AbortSignal): Promise<void> {
  const before = opened.peek();
  if (before.kind !== 'ready' || before.obstruction.id !== id) opened.value = { kind: 'loading' };
  try {
    const obstruction = await readObstruction(id, abort);
    if (abort.aborted) return;
    const known = before.kind === 'ready' && before.obstruction.id === id ? before.conflicts : undefined;
    opened.value = { kind: 'ready', obstruction, conflicts: known };
    if (!withConflicts) return;
    const conflicts = await readConflicts(id, abort);
    if (!abort.aborted) opened.value = { kind: 'ready', obstruction, conflicts };
  } catch (error) {
    if (abort.aborted) return;
    const isGone = error instanceof ServiceError && error.status === 404;
    opened.value = isGone ? { kind: 'gone' } : { kind: 'failed', reason: reasonOf(error) };
  }
}

/** Takes over what a step or a change gave, before the news of it arrives. */
export function takeObstruction(obstruction: Obstruction, conflicts: readonly Conflict[] | undefined): void {
  taken++;
  if (openedId.peek() === obstruction.id) opened.value = { kind: 'ready', obstruction, conflicts };
  const now = listed.peek();
  if (now.kind !== 'ready') return;
  const others = now.value.obstructions.filter(({ id }) => id !== obstruction.id);
  const obstructions = [...others, obstruction].toSorted(byBegin);
  batch(() => {
    listed.value = { ...now, value: { ...now.value, obstructions } };
    tellUnpublished(obstructions);
  });
}

const byBegin = (a: Obstruction, b: Obstruction): number =>
  a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0;

export type Phase = 'now' | 'overdue' | 'next' | 'later' | 'over';

const WEEK_MS = 7 * 86_400_000;

/** Where it stands in time. */
export function phaseOf({ startsAt, endsAt, state }: Obstruction, nowMs: number): Phase {
  if (state === 'closed' || state === 'cancelled') return 'over';
  if (Date.parse(endsAt) <= nowMs) return 'overdue';
  if (Date.parse(startsAt) <= nowMs) return 'now';
  return Date.parse(startsAt) - nowMs <= WEEK_MS ? 'next' : 'later';
}
