import { FACILITY_KINDS } from '../../../../core/wire/edits/facility.ts';
import { t, tn } from '../../../text/text.ts';
import { codeWords } from '../code-words.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { known, numberIn, textIn, wordIn } from '../values.ts';

const LONGEST_NAME = 200;

export const ADD_FACILITY: EditToolOf<'add-facility'> = {
  kind: 'add-facility',
  subject: 'facilities',
  title: 'addFacility',
  verb: 'verbAdd',
  draws: { shape: 'point', hint: 'drawFacilityHint' },
  fields: [
    { name: 'facility', input: 'choice', property: ['facilities', 'kind'], usual: 'nursery' },
    { name: 'name', input: 'text', property: ['facilities', 'name'], most: LONGEST_NAME },
    {
      name: 'capacity',
      input: 'number',
      property: ['facilities', 'capacity'],
      min: 0,
      max: 100_000,
      step: 1,
      optional: true,
    },
    {
      name: 'ageFrom',
      input: 'number',
      property: ['facilities', 'age_from'],
      min: 0,
      max: 120,
      step: 1,
      optional: true,
    },
    {
      name: 'ageTo',
      input: 'number',
      property: ['facilities', 'age_to'],
      min: 0,
      max: 120,
      step: 1,
      optional: true,
    },
    { name: 'ownership', input: 'choice', property: ['facilities', 'ownership'], usual: 'municipal' },
  ],
  compose: ({ places: [place], values }) => {
    const facility = wordIn(values, 'facility', FACILITY_KINDS);
    const ownership = wordIn(values, 'ownership', ['municipal', 'private']);
    const name = textIn(values, 'name');
    if (!place || !facility || !ownership || !name) return undefined;
    const rest = known({
      capacity: numberIn(values, 'capacity'),
      ageFrom: numberIn(values, 'ageFrom'),
      ageTo: numberIn(values, 'ageTo'),
    });
    return [{ kind: 'add-facility', at: [place[0], place[1]], name, facility, ownership, ...rest }];
  },
  words: ({ edit }) => t('editAddsFacility', { name: edit.name }),
  facts: ({ edit }) => [
    codeWords('facilities', 'kind', edit.facility),
    edit.capacity === undefined ? '' : tn('placesForPeople', edit.capacity, { n: edit.capacity }),
  ],
  shape: ({ at }) => ({ type: 'Point', coordinates: at }),
};
