/** What edits are about, in the order of the palette. */
import type { IconName } from '../../frame/icon.tsx';
import type { Word } from '../../text/text.ts';

export type Subject = 'buildings';

export const SUBJECTS: readonly {
  readonly name: Subject;
  readonly title: Word;
  readonly icon: IconName;
}[] = [{ name: 'buildings', title: 'subjectBuildings', icon: 'building' }];
