/** The life of an obstruction: which step leads from which state to which, and who may take it. */
import { invalidParameter, TwinError } from '../errors.ts';

export const STATES = [
  'draft',
  'submitted',
  'approved',
  'published',
  'closed',
  'rejected',
  'cancelled',
] as const;
export const ACTIONS = [
  'submit',
  'withdraw',
  'approve',
  'reject',
  'revise',
  'revoke',
  'publish',
  'unpublish',
  'begin',
  'close',
  'reopen',
  'cancel',
] as const;
export type State = (typeof STATES)[number];
export type Action = (typeof ACTIONS)[number];

interface Transition {
  readonly from: readonly State[];
  readonly to: State;
  /** What was said to the public or decided by somebody else is taken back only with a reason. */
  readonly needsReason?: true;
  /** Not by anybody who wrote it. */
  readonly fourEyes?: true;
}

export const TRANSITIONS: Readonly<Record<Action, Transition>> = {
  submit: { from: ['draft'], to: 'submitted' },
  withdraw: { from: ['submitted'], to: 'draft' },
  approve: { from: ['submitted'], to: 'approved', fourEyes: true },
  reject: { from: ['submitted'], to: 'rejected', needsReason: true },
  revise: { from: ['rejected'], to: 'draft' },
  revoke: { from: ['approved'], to: 'submitted', needsReason: true },
  publish: { from: ['approved'], to: 'published' },
  unpublish: { from: ['published'], to: 'approved', needsReason: true },
  begin: { from: ['published'], to: 'published' },
  close: { from: ['published'], to: 'closed' },
  reopen: { from: ['closed'], to: 'published', needsReason: true },
  cancel: { from: ['draft', 'submitted', 'approved', 'published'], to: 'cancelled', needsReason: true },
};

/** The step that takes a step back, where there is one: what an interface offers as undo. */
export const UNDO: Readonly<Partial<Record<Action, Action>>> = {
  submit: 'withdraw',
  approve: 'revoke',
  reject: 'revise',
  publish: 'unpublish',
  close: 'reopen',
};

/** What the workflow needs to know of an obstruction. */
export interface Written {
  readonly state: State;
  /** Everybody who wrote or changed what it says. */
  readonly authors: readonly string[];
}

/** The state after a step. @throws TwinError conflict, forbidden, or invalid-parameter for a missing reason */
export function stateAfter(written: Written, action: Action, who: string, reason: string | undefined): State {
  const { from, to, needsReason, fourEyes } = TRANSITIONS[action];
  if (!from.includes(written.state)) {
    throw new TwinError(
      'conflict',
      `${action} is a step from ${from.join(' or ')}; the obstruction is ${written.state}. Steps from here: ${possibleActions(written.state).join(', ') || 'none'}`,
      { parameter: 'action' },
    );
  }
  if (fourEyes && written.authors.includes(who)) {
    throw new TwinError(
      'forbidden',
      `${who} wrote this obstruction, and it needs four eyes: somebody else of the staff must ${action} it`,
      { parameter: 'action' },
    );
  }
  if (needsReason && !reason) {
    throw invalidParameter('reason', `${action} needs a reason; it is kept in the history`);
  }
  return to;
}

const possibleActions = (state: State): readonly Action[] =>
  ACTIONS.filter((action) => TRANSITIONS[action].from.includes(state));

/** The steps that somebody of the staff may take now. */
export const actionsOf = ({ state, authors }: Written, who: string): readonly Action[] =>
  possibleActions(state).filter((action) => !(TRANSITIONS[action].fourEyes && authors.includes(who)));

/** Whether what it says may be changed: only before it is given to others to decide on. */
export const isEditable = (state: State): boolean => state === 'draft';
