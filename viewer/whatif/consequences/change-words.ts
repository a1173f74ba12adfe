import type { ConsequenceFinding } from '../../../core/wire/consequences.ts';
import type { Word } from '../../text/text.ts';

/** What becomes of a finding. */
export const CHANGE_WORDS: Readonly<Record<ConsequenceFinding['change'], Word>> = {
  appears: 'findingAppears',
  vanishes: 'findingVanishes',
  changes: 'findingChanges',
};
