/** Moving the open scenario onto a newer city, or taking in the edits of another: tried first, then done. */

import { signal } from '@preact/signals';
import { reasonOf } from '../../../core/errors.ts';
import type { ReplayConflict, ReplayReport, Resolution } from '../../../core/wire/scenario-life.ts';
import { announce } from '../../state/announcer.ts';
import { t, tn } from '../../text/text.ts';
import { refusal, scenario, step, takeScenario } from '../open-scenario.ts';
import { mergeScenario, rebaseScenario, tryMerge, tryRebase } from '../scenario-api.ts';

/** What is being done: `from` is the scenario whose edits are taken in; while it is undefined it is still to be chosen. */
export type Replay =
  | { readonly kind: 'rebase' }
  | { readonly kind: 'merge'; readonly from: string | undefined };

export type Trial =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'busy';
      /** Undefined while nothing was heard of it. */
      readonly percent?: number | undefined;
      readonly before?: ReplayReport | undefined;
    }
  | { readonly kind: 'ready'; readonly report: ReplayReport }
  | { readonly kind: 'failed'; readonly reason: string };

/** Undefined while the dialog is closed. */
export const replay = signal<Replay | undefined>(undefined);
export const trial = signal<Trial>({ kind: 'none' });
const choices = signal<ReadonlyMap<string, Resolution['choice']>>(new Map());

/** How far the change itself is, percent; undefined while none is under way that takes long. */
export const doing = signal<number | undefined>(undefined);

/** Of the trial or the change that is under way: leaving it calls it off. */
let asking: AbortController | undefined;

export function openReplay(what: Replay): void {
  replay.value = what;
  choices.value = new Map();
  trial.value = { kind: 'none' };
  if (what.kind === 'rebase' || what.from !== undefined) void tryIt();
}

export function closeReplay(): void {
  asking?.abort();
  replay.value = undefined;
}

export const choiceFor = ({ edit, choice }: ReplayConflict): Resolution['choice'] | undefined =>
  choices.value.get(edit) ?? choice;

/** What is chosen for one edit decides what later ones meet: the report is asked for again. */
export function choose(edit: string, choice: Resolution['choice']): void {
  choices.value = new Map(choices.peek()).set(edit, choice);
  void tryIt();
}

const resolutions = (): Resolution[] => [...choices.peek()].map(([edit, choice]) => ({ edit, choice }));

export async function tryIt(): Promise<void> {
  const what = replay.peek();
  const now = scenario.peek();
  if (!what || !now) return;
  asking?.abort();
  const controller = new AbortController();
  asking = controller;
  const was = trial.peek();
  const before = was.kind === 'ready' ? was.report : was.kind === 'busy' ? was.before : undefined;
  trial.value = { kind: 'busy', before };
  const hear = (percent: number) => {
    if (!controller.signal.aborted) trial.value = { kind: 'busy', percent, before };
  };
  const wait = { signal: controller.signal, hear };
  try {
    const report =
      what.kind === 'rebase'
        ? await tryRebase(now, { resolutions: resolutions() }, wait)
        : await tryMerge(now, { from: what.from ?? '', resolutions: resolutions() }, wait);
    if (controller.signal.aborted) return;
    trial.value = { kind: 'ready', report };
    announce(tn('replayConflicts', report.conflicts.length, { n: report.conflicts.length }));
  } catch (error) {
    if (controller.signal.aborted) return;
    trial.value = { kind: 'failed', reason: reasonOf(error) };
  }
}

/** Does what the report says; the scenario shows the result at once. Closing the dialog before that calls it off. */
export async function doIt(): Promise<void> {
  const what = replay.peek();
  if (!what) return;
  const controller = new AbortController();
  asking = controller;
  const wait = {
    signal: controller.signal,
    hear: (percent: number) => {
      doing.value = percent;
    },
  };
  const done = await step((now) =>
    what.kind === 'rebase'
      ? rebaseScenario(now, { resolutions: resolutions() }, wait)
      : mergeScenario(now, { from: what.from ?? '', resolutions: resolutions() }, wait),
  );
  doing.value = undefined;
  if (!done) {
    if (controller.signal.aborted) refusal.value = undefined;
    return;
  }
  closeReplay();
  takeScenario(done.scenario);
  announce(t(what.kind === 'rebase' ? 'logRebased' : 'logMerged'));
}
