/** Remarks of the public on one scenario: those that are shown, and the one that is being written. */

import { computed, signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { Comment, CommentsReply, Moderation, NewComment } from '../../core/wire/comment.ts';
import { ask, ServiceError } from '../api/ask.ts';
import { addressIn, getJson } from '../api/city-api.ts';
import { announce } from '../state/announcer.ts';
import type { Selection } from '../state/link.ts';
import { LOADING, type Load, loadInto } from '../state/load.ts';
import { t } from '../text/text.ts';

/** Id of the scenario whose remarks are on the screen. */
export const remarksOf = signal<string | undefined>(undefined);

export const remarks = signal<Load<CommentsReply>>(LOADING);

export interface RemarkDraft {
  readonly text: string;
  readonly anchor: NewComment['anchor'] | undefined;
  /** Where its pin stands. */
  readonly at: readonly [number, number] | undefined;
}

/** Undefined while nobody writes. */
export const draft = signal<RemarkDraft | undefined>(undefined);
export const sendingRemark = signal(false);
export const remarkProblem = signal<string | undefined>(undefined);
export const remarkSent = signal(false);

/** Pins of what is shown, numbered as in the list, and of what is being written. */
export const pins = computed(() => {
  const list = remarks.value.kind === 'ready' ? remarks.value.value.comments : [];
  const told = list
    .map(({ anchor, state }, index) => ({ at: anchor.at, label: String(index + 1), state }))
    .filter(({ state }) => state !== 'refused');
  const at = draft.value?.at;
  return at ? [...told, { at, label: '?' }] : told;
});

const pathOf = (rest = ''): string =>
  `api/scenarios/${encodeURIComponent(remarksOf.peek() ?? '')}/comments${rest}`;

export const readRemarks = (): Promise<void> =>
  loadInto(remarks, () => getJson<CommentsReply>(pathOf(), undefined, ''));

/** Shows the remarks on a scenario, and nothing of the one before. */
export function openRemarks(scenario: string): Promise<void> {
  if (remarksOf.peek() !== scenario) remarks.value = LOADING;
  remarksOf.value = scenario;
  draft.value = undefined;
  return readRemarks();
}

export function beginRemark(): void {
  remarkSent.value = false;
  remarkProblem.value = undefined;
  draft.value = { text: '', anchor: undefined, at: undefined };
}

/** A click on a map while a remark is written says what it is about: the object there, else the place. */
export function pickPlace(at: readonly [number, number], object: Selection | undefined): void {
  const now = draft.peek();
  if (!now) return;
  const place: [number, number] = [Math.round(at[0] * 100) / 100, Math.round(at[1] * 100) / 100];
  draft.value = {
    ...now,
    at: place,
    anchor: object ? { kind: 'object', layer: object.layer, id: object.id } : { kind: 'place', at: place },
  };
  announce(t(object ? 'remarkOnObject' : 'remarkOnPlace', { id: object?.id ?? '' }));
}

export async function sendRemark(): Promise<void> {
  const now = draft.peek();
  if (!now?.anchor || now.text.trim() === '' || sendingRemark.peek()) return;
  sendingRemark.value = true;
  try {
    const body: NewComment = { text: now.text.trim(), anchor: now.anchor };
    await send('POST', '', body);
    draft.value = undefined;
    remarkProblem.value = undefined;
    remarkSent.value = true;
    announce(t('remarkSent'));
    await readRemarks();
  } catch (error) {
    remarkProblem.value = problemOf(error);
    announce(remarkProblem.value);
  } finally {
    sendingRemark.value = false;
  }
}

export async function decideRemark({ id }: Comment, decision: Moderation): Promise<void> {
  try {
    await send('PATCH', `/${encodeURIComponent(id)}`, decision);
    announce(t(decision.state === 'shown' ? 'remarkShown' : 'remarkRefused'));
  } catch (error) {
    remarkProblem.value = problemOf(error);
  }
  await readRemarks();
}

async function send(method: string, rest: string, body: unknown): Promise<void> {
  await ask(addressIn('', pathOf(rest)), {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

function problemOf(error: unknown): string {
  if (error instanceof ServiceError && error.status === 429) return t('remarkTooMany');
  return t('remarkFailed', { reason: reasonOf(error) });
}
