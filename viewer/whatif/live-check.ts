import { signal } from '@preact/signals';
import type { EditTrialReply } from '../../core/wire/scenario.ts';
import { ServiceError } from '../api/ask.ts';
import { type Check, followChecked } from '../state/live-check.ts';
import { said, t, tn } from '../text/text.ts';
import { plannedBuilding } from './drawing.ts';
import { scenario } from './open-scenario.ts';
import { tryEdit } from './scenario-api.ts';

/** What the service thinks of the building as it is drawn now. */
export const check = signal<Check<EditTrialReply>>({ kind: 'none' });

const PAUSE_MS = 250;

/** Asks after every pause in drawing. Returns how to stop. */
export const followCheck = (): (() => void) =>
  followChecked({
    check,
    pauseMs: PAUSE_MS,
    question: () => {
      const building = plannedBuilding.value;
      const now = scenario.value;
      return building && now ? (signal) => tryEdit(now, building, signal) : undefined;
    },
    reasonOf: (error) => (error instanceof ServiceError ? error.message : String(error)),
    spokenTrial: ({ findings }) =>
      findings.length > 0 ? findings.map(({ message }) => said(message)).join('. ') : t('drawNoFindings'),
    spokenRefusal: (reason) => t('drawRefused', { reason }),
  });

/** How many things there are to think about. */
export const findingCount = (trial: EditTrialReply): string =>
  tn('drawFindings', trial.findings.length, { n: trial.findings.length });
