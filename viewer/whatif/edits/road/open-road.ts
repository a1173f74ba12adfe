import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { touchedName } from '../touched-name.ts';

export const OPEN_ROAD: EditToolOf<'open-road'> = {
  kind: 'open-road',
  subject: 'roads',
  title: 'openRoad',
  verb: 'verbOpen',
  picks: { layers: ['roads'], hint: 'pickRoadsToOpen', atMost: 100 },
  compose: ({ objects }) => objects.map(({ id }) => ({ kind: 'open-road', road: id })),
  words: (stored) => t('editOpensRoad', { name: touchedName(stored, stored.edit.road) }),
};
