import { formatQuantity } from '../../../format/number.ts';
import { t, tn } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { plannedBuilding, startDrawing } from './drawing.ts';
import { ROOF_WORDS } from './roof-words.ts';

/** Has a panel of its own: right angles, roofs and what follows from them. */
export const ADD_BUILDING: EditToolOf<'add-building'> = {
  kind: 'add-building',
  subject: 'buildings',
  title: 'drawBuilding',
  verb: 'verbDraw',
  open: startDrawing,
  compose: () => {
    const building = plannedBuilding.value;
    return building && [building];
  },
  words: ({ edit }) => (edit.name ? t('editAddsNamed', { name: edit.name }) : t('editAdds')),
  facts: ({ edit, heightM }) => [
    tn('storeyCount', edit.storeys, { n: edit.storeys }),
    t(ROOF_WORDS[edit.roof.shape]).toLowerCase(),
    heightM === undefined ? '' : formatQuantity(heightM, 'm', 1),
  ],
  shape: ({ footprint }) => {
    const [first] = footprint;
    return { type: 'Polygon', coordinates: [[...footprint, ...(first ? [first] : [])]] };
  },
};
