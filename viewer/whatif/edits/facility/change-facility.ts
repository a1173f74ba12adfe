import { t, tn } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { touchedName } from '../touched-name.ts';
import { differs, numberIn } from '../values.ts';

export const CHANGE_FACILITY: EditToolOf<'change-facility'> = {
  kind: 'change-facility',
  subject: 'facilities',
  title: 'changeFacility',
  verb: 'verbResize',
  picks: { layers: ['facilities'], hint: 'pickFacility' },
  fields: [
    {
      name: 'capacity',
      input: 'number',
      property: ['facilities', 'capacity'],
      min: 0,
      max: 100_000,
      step: 1,
    },
  ],
  compose: ({ objects: [facility], values }) => {
    const capacity = numberIn(values, 'capacity');
    if (!facility || capacity === undefined || !differs(values, 'capacity', facility, 'capacity'))
      return undefined;
    return [{ kind: 'change-facility', facility: facility.id, capacity }];
  },
  words: (stored) => t('editChangesFacility', { name: touchedName(stored, stored.edit.facility) }),
  facts: ({ edit }) => [tn('placesForPeople', edit.capacity, { n: edit.capacity })],
};
