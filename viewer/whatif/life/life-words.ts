import type { LifeState } from '../../../core/scenario/life.ts';
import type { Word } from '../../text/text.ts';

export const STATE_WORDS: Readonly<Record<LifeState, Word>> = {
  draft: 'stateDraft',
  review: 'stateReview',
  adopted: 'stateAdopted',
  rejected: 'stateRejected',
};

/** What a button says that leads from one state to another. */
export const stepWord = (from: LifeState, to: LifeState): Word => {
  if (to === 'draft') return 'lifeToDraft';
  if (to === 'adopted') return 'lifeAdopt';
  if (to === 'rejected') return 'lifeReject';
  return from === 'draft' ? 'lifeToReview' : 'lifeReopen';
};
