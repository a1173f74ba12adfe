import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';

export const SPLIT_PARCEL: EditToolOf<'split-parcel'> = {
  kind: 'split-parcel',
  subject: 'parcels',
  title: 'splitParcel',
  verb: 'verbSplit',
  picks: { layers: ['parcels'], hint: 'pickParcelToSplit' },
  draws: { shape: 'line', hint: 'drawSplitHint' },
  compose: ({ objects: [parcel], places }) => {
    if (!parcel || places.length < 2) return undefined;
    return [{ kind: 'split-parcel', parcel: parcel.id, line: places.map(([e, n]) => [e, n]) }];
  },
  words: ({ edit }) => t('editSplitsParcel', { id: edit.parcel }),
  facts: ({ objects }) => [
    objects
      .filter(({ layer, change }) => layer === 'parcels' && change === 'added')
      .map(({ id }) => id)
      .join(', '),
  ],
};
