/** The life of a scenario: which state follows which, who may take the step, and when edits are made. */
import { conflict, invalidParameter, TwinError } from '../errors.ts';

export const SCENARIO_STATES = ['draft', 'review', 'adopted', 'rejected'] as const;
export type LifeState = (typeof SCENARIO_STATES)[number];

interface Step {
  readonly to: LifeState;
  /** What somebody decided is taken back, and what somebody proposed refused, only with a reason. */
  readonly needsReason?: true;
  /** Not by anybody who wrote it. */
  readonly fourEyes?: true;
}

export const STEPS: Readonly<Record<LifeState, readonly Step[]>> = {
  draft: [{ to: 'review' }],
  review: [{ to: 'draft' }, { to: 'adopted', fourEyes: true }, { to: 'rejected', needsReason: true }],
  adopted: [{ to: 'review', needsReason: true }],
  rejected: [{ to: 'draft' }],
};

/** What the life of a scenario depends on. */
export interface Living {
  readonly state: LifeState;
  /** Everybody who wrote it: who began it, and who made its edits. */
  readonly authors: readonly string[];
  readonly isPublished: boolean;
  readonly isApplied: boolean;
}

/**
 * Whether a step may be taken.
 * @throws TwinError conflict for a step that does not lead on from here, forbidden where four eyes are needed,
 *   invalid-parameter without the reason
 */
export function checkStep(living: Living, to: LifeState, who: string, reason: string | undefined): void {
  const step = STEPS[living.state].find((each) => each.to === to);
  if (!step) {
    const next = STEPS[living.state].map((each) => each.to).join(' or ');
    throw conflict(`The scenario is ${living.state}; from here it can become ${next}, not ${to}`, 'state');
  }
  if (living.isApplied) {
    throw conflict(
      'The scenario has been applied to the registers, so what was decided stands; branch from it to go on',
      'state',
    );
  }
  if (to === 'draft' && living.isPublished) {
    throw conflict(
      'The scenario is published as it stands; withdraw the publication before it becomes a draft again',
      'state',
    );
  }
  if (step.fourEyes && living.authors.includes(who)) {
    throw new TwinError(
      'forbidden',
      `${who} wrote this scenario, and it needs four eyes: somebody else of the staff must set it to ${to}`,
      { parameter: 'state' },
    );
  }
  if (step.needsReason && !reason) {
    throw invalidParameter(
      'reason',
      `From ${living.state} to ${to} a reason is needed; it is kept in the log`,
    );
  }
}

/** The states that somebody of the staff may set now. */
export function nextStates(living: Living, who: string): readonly LifeState[] {
  if (living.isApplied) return [];
  return STEPS[living.state]
    .filter(
      ({ to, fourEyes }) =>
        !(fourEyes && living.authors.includes(who)) && !(to === 'draft' && living.isPublished),
    )
    .map(({ to }) => to);
}

/** @throws TwinError conflict when what the scenario says may not be changed now */
export function checkIsDraft(state: LifeState): void {
  if (state === 'draft') return;
  throw conflict(
    `The scenario is ${state === 'review' ? 'in review' : state}, so it stays as it is; set it back to draft, or branch from it`,
    'state',
  );
}
