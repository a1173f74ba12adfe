import { IMPACT_CODES, MODE_CODES, OBSTRUCTION_KIND_CODES } from '../../core/catalogue/obstructions.ts';
import type { CodelistEntry } from '../../core/feature/layer.ts';
import { bboxOf } from '../../core/geo/bbox.ts';
import type { Action, State } from '../../core/obstruction/workflow.ts';
import type { Obstruction } from '../../core/wire/obstruction.ts';
import { formatDate } from '../format/number.ts';
import type { PlanBox } from '../state/twin-state.ts';
import { said, type Word } from '../text/text.ts';

export const STATE_WORDS: Readonly<Record<State, Word>> = {
  draft: 'obsStateDraft',
  submitted: 'obsStateSubmitted',
  approved: 'obsStateApproved',
  published: 'obsStatePublished',
  closed: 'obsStateClosed',
  rejected: 'obsStateRejected',
  cancelled: 'obsStateCancelled',
};

/** On the button, and what was done in the history. */
export const ACTION_WORDS: Readonly<Record<Action, readonly [toDo: Word, done: Word]>> = {
  submit: ['obsDoSubmit', 'obsDidSubmit'],
  withdraw: ['obsDoWithdraw', 'obsDidWithdraw'],
  approve: ['obsDoApprove', 'obsDidApprove'],
  reject: ['obsDoReject', 'obsDidReject'],
  revise: ['obsDoRevise', 'obsDidRevise'],
  revoke: ['obsDoRevoke', 'obsDidRevoke'],
  publish: ['obsDoPublish', 'obsDidPublish'],
  unpublish: ['obsDoUnpublish', 'obsDidUnpublish'],
  begin: ['obsDoBegin', 'obsDidBegin'],
  close: ['obsDoClose', 'obsDidClose'],
  reopen: ['obsDoReopen', 'obsDidReopen'],
  cancel: ['obsDoCancel', 'obsDidCancel'],
};

const label = (codelist: readonly CodelistEntry[], code: string): string => {
  const entry = codelist.find((each) => each.code === code);
  return entry ? said(entry.label) : code;
};

export const kindWords = ({ kind }: Pick<Obstruction, 'kind'>): string => label(OBSTRUCTION_KIND_CODES, kind);
export const impactWords = ({ impact }: Pick<Obstruction, 'impact'>): string => label(IMPACT_CODES, impact);
export const modeWords = (mode: string): string => label(MODE_CODES, mode);

/** `22 lis 2026, 07:00 – 27 lis 2026, 07:00`. */
export const spanWords = ({ startsAt, endsAt }: Pick<Obstruction, 'startsAt' | 'endsAt'>): string =>
  `${formatDate(startsAt, true) ?? startsAt} – ${formatDate(endsAt, true) ?? endsAt}`;

/** Around the ground that it takes, with room. */
export function boxOf(area: Obstruction['area']): PlanBox | undefined {
  const box = bboxOf({ type: 'MultiPolygon', coordinates: area }, 2177);
  return box && [box.minX - ROOM_M, box.minY - ROOM_M, box.maxX + ROOM_M, box.maxY + ROOM_M];
}

const ROOM_M = 60;
