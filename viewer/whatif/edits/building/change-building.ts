import { BUILDING_FUNCTIONS } from '../../../../core/wire/edits/building.ts';
import { formatQuantity } from '../../../format/number.ts';
import { t, tn } from '../../../text/text.ts';
import { codeWords } from '../code-words.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { differs, known, numberIn, wordIn } from '../values.ts';

export const CHANGE_BUILDING: EditToolOf<'change-building'> = {
  kind: 'change-building',
  subject: 'buildings',
  title: 'changeBuilding',
  verb: 'verbChange',
  picks: { layers: ['buildings'], hint: 'pickBuilding' },
  fields: [
    { name: 'function', input: 'choice', property: ['buildings', 'kind'] },
    { name: 'storeys', input: 'number', property: ['buildings', 'storeys_above'], min: 1, max: 100, step: 1 },
    {
      name: 'heightM',
      input: 'number',
      label: 'newHeight',
      unit: 'm',
      min: 2,
      max: 300,
      step: 0.1,
      optional: true,
    },
  ],
  compose: ({ objects: [building], values }) => {
    if (!building) return undefined;
    const changes = known({
      function: differs(values, 'function', building, 'kind')
        ? wordIn(values, 'function', BUILDING_FUNCTIONS)
        : undefined,
      storeys: differs(values, 'storeys', building, 'storeys_above')
        ? numberIn(values, 'storeys')
        : undefined,
      heightM: numberIn(values, 'heightM'),
    });
    if (Object.keys(changes).length === 0) return undefined;
    return [{ kind: 'change-building', building: building.id, ...changes }];
  },
  words: ({ edit }) => t('editChangesBuilding', { id: edit.building }),
  facts: ({ edit }) => [
    edit.function === undefined ? '' : codeWords('buildings', 'kind', edit.function),
    edit.storeys === undefined ? '' : tn('storeyCount', edit.storeys, { n: edit.storeys }),
    edit.heightM === undefined ? '' : formatQuantity(edit.heightM, 'm', 1),
  ],
};
