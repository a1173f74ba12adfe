import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { touchedName } from '../touched-name.ts';

export const CLOSE_FACILITY: EditToolOf<'close-facility'> = {
  kind: 'close-facility',
  subject: 'facilities',
  title: 'closeFacility',
  verb: 'verbClose',
  picks: { layers: ['facilities'], hint: 'pickFacility' },
  compose: ({ objects: [facility] }) => facility && [{ kind: 'close-facility', facility: facility.id }],
  words: (stored) => t('editClosesFacility', { name: touchedName(stored, stored.edit.facility) }),
};
