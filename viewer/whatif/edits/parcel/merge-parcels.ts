import { t, tn } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';

export const MERGE_PARCELS: EditToolOf<'merge-parcels'> = {
  kind: 'merge-parcels',
  subject: 'parcels',
  title: 'mergeParcels',
  verb: 'verbMerge',
  picks: { layers: ['parcels'], hint: 'pickParcelsToMerge', atLeast: 2, atMost: 50 },
  compose: ({ objects }) =>
    objects.length < 2 ? undefined : [{ kind: 'merge-parcels', parcels: objects.map(({ id }) => id) }],
  words: ({ edit: { parcels } }) => tn('editMergesParcels', parcels.length, { n: parcels.length }),
  facts: ({ edit, objects }) => {
    const made = objects.find(({ layer, change }) => layer === 'parcels' && change === 'added');
    return [edit.parcels.join(', '), made ? t('editMergedInto', { id: made.id }) : ''];
  },
};
