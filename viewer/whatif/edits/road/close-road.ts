import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { touchedName } from '../touched-name.ts';

/** A street is many sections between junctions: all those picked are closed together. */
export const CLOSE_ROAD: EditToolOf<'close-road'> = {
  kind: 'close-road',
  subject: 'roads',
  title: 'closeRoad',
  verb: 'verbClose',
  picks: { layers: ['roads'], hint: 'pickRoadsToClose', atMost: 100 },
  compose: ({ objects }) => objects.map(({ id }) => ({ kind: 'close-road', road: id })),
  words: (stored) => t('editClosesRoad', { name: touchedName(stored, stored.edit.road) }),
};
