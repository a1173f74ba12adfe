/** The scenario that is open, and what people do to it. */

import { batch, computed, signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { ScenarioReply, StoredEdit } from '../../core/wire/scenario.ts';
import { ServiceError } from '../api/ask.ts';
import { formatDate } from '../format/number.ts';
import { announce } from '../state/announcer.ts';
import type { OpenedCity } from '../state/open-city.ts';
import { may } from '../state/session.ts';
import {
  comparing,
  GROUND,
  momentPrefix,
  renewTiles,
  scenarioPrefix,
  wantedCity,
} from '../state/shown-city.ts';
import { select, selection } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import { readScenario } from './scenario-api.ts';

export type OpenScenario =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading' | 'gone'; readonly id: string }
  | { readonly kind: 'failed'; readonly id: string; readonly reason: string }
  | { readonly kind: 'ready'; readonly scenario: ScenarioReply };

export const openScenario = signal<OpenScenario>({ kind: 'none' });
/** Why the last step was refused, in words; undefined once another one went well. */
export const refusal = signal<string | undefined>(undefined);
/** Whether a step is on its way. */
export const stepping = signal(false);

export const scenario = computed<ScenarioReply | undefined>(() =>
  openScenario.value.kind === 'ready' ? openScenario.value.scenario : undefined,
);
/** Only drafts are changed, and only by staff. */
export const mayEdit = computed(() => may('plan') && scenario.value?.state === 'draft');

/** In front of the paths of the city that a scenario is laid over. */
export const basePrefixOf = ({ base }: ScenarioReply): string =>
  base.newerVersions.length === 0 ? '' : momentPrefix(base.at);

/** The city that is wanted now; undefined while it is not known yet. */
export const wantedOpen = computed<OpenedCity | undefined>(() => {
  const state = openScenario.value;
  const { scenario: id, at } = wantedCity.value;
  if (state.kind === 'ready' && state.scenario.id === id) {
    const basePrefix = basePrefixOf(state.scenario);
    if (comparing.value) return { prefix: basePrefix };
    return { prefix: scenarioPrefix(id), overlay: { layers: layersOf(state.scenario.edits), basePrefix } };
  }
  if (id !== undefined) return state.kind === 'gone' || state.kind === 'failed' ? { prefix: '' } : undefined;
  return { prefix: at === undefined ? '' : momentPrefix(at) };
});

/** Reads a scenario and opens it, or says that there is none any more. */
export async function loadScenario(id: string, signal?: AbortSignal): Promise<void> {
  try {
    takeScenario(await readScenario(id, signal));
  } catch (error) {
    if (signal?.aborted || wantedCity.peek().scenario !== id) return;
    const isGone = error instanceof ServiceError && (error.status === 404 || error.status === 410);
    openScenario.value = isGone ? { kind: 'gone', id } : { kind: 'failed', id, reason: reasonOf(error) };
    announce(t(isGone ? 'scenarioGone' : 'scenarioFailed'));
  }
}

/** Shows a newer state of the open scenario; the tiles that it touches are read again. */
export function takeScenario(next: ScenarioReply): void {
  if (wantedCity.peek().scenario !== next.id) return;
  const before = scenario.peek();
  if (before?.id === next.id && before.revision > next.revision) return;
  batch(() => {
    if (before?.id === next.id && before.revision !== next.revision) {
      const left = new Set(next.edits.map(({ id }) => id));
      dropSelectionOf(before.edits.filter(({ id }) => !left.has(id)));
      renewTiles(touchedLayers(before.edits, next.edits));
    }
    openScenario.value = { kind: 'ready', scenario: next };
  });
}

/** The selected object is let go when the city that comes next does not have it. */
export function dropSelectionOf(edits: readonly StoredEdit[]): void {
  const now = selection.peek();
  const isAmong = edits.some(({ objects }) =>
    objects.some(({ change, layer, id }) => change === 'added' && layer === now?.layer && id === now.id),
  );
  if (isAmong) select(undefined);
}

function touchedLayers(before: readonly StoredEdit[], after: readonly StoredEdit[]): Set<string> {
  const ids = (edits: readonly StoredEdit[]) => new Set(edits.map(({ id }) => id));
  const [was, is] = [ids(before), ids(after)];
  return layersOf([...before.filter(({ id }) => !is.has(id)), ...after.filter(({ id }) => !was.has(id))]);
}

const layersOf = (edits: readonly StoredEdit[]): Set<string> =>
  new Set(
    edits.flatMap(({ objects, earthwork }) => [
      ...objects.map(({ layer }) => layer),
      ...(earthwork ? [GROUND] : []),
    ]),
  );

/**
 * Takes a step on the open scenario. When somebody else was faster, theirs is read and the refusal says who it was.
 * @returns what the step gave; undefined when it was refused
 */
export async function step<T>(run: (now: ScenarioReply) => Promise<T>): Promise<T | undefined> {
  const now = scenario.peek();
  if (!now || stepping.peek()) return undefined;
  stepping.value = true;
  try {
    const done = await run(now);
    refusal.value = undefined;
    return done;
  } catch (error) {
    refusal.value = await wordsOf(error, now);
    announce(refusal.value);
    return undefined;
  } finally {
    stepping.value = false;
  }
}

async function wordsOf(error: unknown, before: ScenarioReply): Promise<string> {
  if (!(error instanceof ServiceError)) return String(error);
  if (error.status === 401) return t('scenarioSignInAgain');
  if (error.status === 403) return t('scenarioNotAllowed');
  if (error.status === 404 || error.status === 409) await loadScenario(before.id);
  if (error.status === 404 && openScenario.peek().kind === 'gone') return t('scenarioGone');
  const after = scenario.peek();
  if (error.status === 409 && after && after.revision !== before.revision) {
    const when = formatDate(after.updatedAt, true) ?? after.updatedAt;
    return t('scenarioConflict', { who: after.updatedBy, when });
  }
  return t('scenarioRefused', { reason: error.message });
}
