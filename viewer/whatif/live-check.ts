import { effect, signal } from '@preact/signals';
import type { EditTrialReply } from '../../core/wire/scenario.ts';
import { ServiceError } from '../api/ask.ts';
import { announce } from '../state/announcer.ts';
import { said, t, tn } from '../text/text.ts';
import { plannedBuilding } from './drawing.ts';
import { scenario } from './open-scenario.ts';
import { tryEdit } from './scenario-api.ts';

export type Check =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'done'; readonly trial: EditTrialReply }
  | { readonly kind: 'refused'; readonly reason: string };

/** What the service thinks of the building as it is drawn now. */
export const check = signal<Check>({ kind: 'none' });

const PAUSE_MS = 250;

/** Asks after every pause in drawing; nothing is kept by asking. Returns how to stop. */
export function followCheck(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;
  let spoken = '';
  const say = (words: string) => {
    if (words !== spoken) announce(words);
    spoken = words;
  };
  const stop = effect(() => {
    const building = plannedBuilding.value;
    const now = scenario.value;
    clearTimeout(timer);
    asking?.abort();
    if (!building || !now) {
      check.value = { kind: 'none' };
      return;
    }
    const controller = new AbortController();
    asking = controller;
    check.value = { kind: 'busy' };
    timer = setTimeout(() => {
      tryEdit(now, building, controller.signal).then(
        (trial) => {
          check.value = { kind: 'done', trial };
          const words = trial.findings.map(({ message }) => said(message));
          say(words.length > 0 ? words.join('. ') : t('drawNoFindings'));
        },
        (error: unknown) => {
          if (controller.signal.aborted) return;
          const reason = error instanceof ServiceError ? error.message : String(error);
          check.value = { kind: 'refused', reason };
          say(t('drawRefused', { reason }));
        },
      );
    }, PAUSE_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
    asking?.abort();
    check.value = { kind: 'none' };
  };
}

/** How many things there are to think about. */
export const findingCount = (trial: EditTrialReply): string =>
  tn('drawFindings', trial.findings.length, { n: trial.findings.length });
