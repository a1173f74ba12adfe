import { signal } from '@preact/signals';
import type { Edit, EditTrialReply } from '../../../core/wire/scenario.ts';
import { ServiceError } from '../../api/ask.ts';
import { type Check, followChecked } from '../../state/live-check.ts';
import { said, t } from '../../text/text.ts';
import { scenario, stepping } from '../open-scenario.ts';
import { tryEdit } from '../scenario-api.ts';

/** What the service thinks of the edit that is being made now. */
export const check = signal<Check<EditTrialReply>>({ kind: 'none' });

const PAUSE_MS = 250;

/**
 * Asks after every pause in the work.
 * @param question reads the signals that make up the edit
 * @returns how to stop
 */
export const followCheck = (question: () => Edit | undefined): (() => void) =>
  followChecked({
    check,
    pauseMs: PAUSE_MS,
    question: () => {
      const edit = question();
      const now = scenario.value;
      // Once it is being saved, the service would find that it changes nothing any more.
      if (stepping.value) return undefined;
      return edit && now ? (signal) => tryEdit(now, edit, signal) : undefined;
    },
    reasonOf: (error) => (error instanceof ServiceError ? error.message : String(error)),
    spokenTrial: ({ findings }) =>
      findings.length > 0 ? findings.map(({ message }) => said(message)).join('. ') : t('drawNoFindings'),
    spokenRefusal: (reason) => t('drawRefused', { reason }),
  });
