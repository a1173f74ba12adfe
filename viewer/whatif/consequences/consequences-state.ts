/** The table of consequences of the open scenario: asked for once, then again after each change. */

import { effect, signal } from '@preact/signals';
import { reasonOf } from '../../../core/errors.ts';
import type { Consequences } from '../../../core/wire/consequences.ts';
import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import { CALLED_OFF } from '../../api/follow-run.ts';
import { announce } from '../../state/announcer.ts';
import { t, tn } from '../../text/text.ts';
import { scenario } from '../open-scenario.ts';
import { readConsequences } from './consequences-api.ts';

interface Table {
  readonly scenarioId: string;
  readonly basis: string;
  readonly result: Consequences;
}

export type ConsequencesState =
  | { readonly kind: 'none' }
  /** `before`: the table of an earlier state, shown until the new one is there. */
  | {
      readonly kind: 'busy';
      /** Of the run; undefined while it waits. */
      readonly percent?: number | undefined;
      readonly before?: Table | undefined;
      /** `before` holds already, but for the rows of traffic. */
      readonly isTraffic?: boolean;
    }
  | { readonly kind: 'ready'; readonly table: Table }
  | { readonly kind: 'failed'; readonly reason: string };

export const consequences = signal<ConsequencesState>({ kind: 'none' });
/** Whether somebody wants to see them: each change is then followed by a new table. */
const wanted = signal(false);

/** Of the rows of traffic. */
export const trafficHour = signal(7);

const PAUSE_MS = 500;

/** What the table depends on: a new title or state asks for no new one. */
const basisOf = ({ edits, base, lawDate }: ScenarioReply): string =>
  [base.version, lawDate, trafficHour.value, ...edits.map(({ id }) => id)].join();

export function askConsequences(): void {
  wanted.value = true;
}

/** Stops the work; the button begins it again. */
export function callOffConsequences(): void {
  wanted.value = false;
  consequences.value = { kind: 'none' };
}

const tableOf = (state: ConsequencesState): Table | undefined => {
  if (state.kind === 'ready') return state.table;
  return state.kind === 'busy' ? state.before : undefined;
};

/** Keeps the table up to date while it is on the screen. Returns how to stop. */
export function followConsequences(): () => void {
  let asking: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const now = scenario.value;
    const isWanted = wanted.value;
    const hour = trafficHour.value;
    clearTimeout(timer);
    // Of a state that the scenario no longer has, or that somebody stopped.
    asking?.abort(CALLED_OFF);
    const before = tableOf(consequences.peek());
    if (!now || (before && before.scenarioId !== now.id)) consequences.value = { kind: 'none' };
    if (!now || !isWanted) return;
    if (before?.scenarioId === now.id && before.basis === basisOf(now)) {
      consequences.value = { kind: 'ready', table: before };
      return;
    }
    const controller = new AbortController();
    asking = controller;
    const shown = before?.scenarioId === now.id ? before : undefined;
    consequences.value = { kind: 'busy', before: shown };
    const hear = (percent: number, result?: Consequences) => {
      if (controller.signal.aborted) return;
      const fresh = result && { scenarioId: now.id, basis: basisOf(now), result };
      consequences.value = {
        kind: 'busy',
        percent: percent > 0 ? percent : undefined,
        before: fresh ?? shown,
        isTraffic: fresh !== undefined,
      };
    };
    timer = setTimeout(
      () => {
        readConsequences(now, hour, controller.signal, hear).then(
          (result) => {
            if (controller.signal.aborted) return;
            consequences.value = {
              kind: 'ready',
              table: { scenarioId: now.id, basis: basisOf(now), result },
            };
            announce(spoken(result));
          },
          (error: unknown) => {
            if (controller.signal.aborted) return;
            wanted.value = false;
            consequences.value = {
              kind: 'failed',
              reason: reasonOf(error),
            };
            announce(t('consequencesFailed', { reason: '' }));
          },
        );
      },
      before ? PAUSE_MS : 0,
    );
  });
  return () => {
    stop();
    clearTimeout(timer);
    asking?.abort();
    const now = consequences.peek();
    if (now.kind === 'busy') consequences.value = { kind: 'none' };
  };
}

function spoken({ rows }: Consequences): string {
  const changed = rows.filter(({ delta }) => delta !== undefined && delta !== 0).length;
  return tn('consequencesDone', changed, { n: changed });
}
