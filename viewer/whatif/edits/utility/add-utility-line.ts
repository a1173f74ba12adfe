import { lengthOf } from '../../../../core/geo/polyline.ts';
import { UTILITY_NETWORKS } from '../../../../core/wire/edits/utility.ts';
import { formatLength } from '../../../format/number.ts';
import { t } from '../../../text/text.ts';
import { codeWords } from '../code-words.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { known, numberIn, wordIn } from '../values.ts';

export const ADD_UTILITY_LINE: EditToolOf<'add-utility-line'> = {
  kind: 'add-utility-line',
  subject: 'utilities',
  title: 'addUtilityLine',
  verb: 'verbDraw',
  draws: { shape: 'line', hint: 'drawUtilityHint' },
  fields: [
    { name: 'network', input: 'choice', property: ['utility_lines', 'network'], usual: 'water' },
    {
      name: 'diameterMm',
      input: 'number',
      property: ['utility_lines', 'diameter_mm'],
      min: 10,
      max: 5_000,
      step: 1,
      optional: true,
    },
    {
      name: 'depthM',
      input: 'number',
      property: ['utility_lines', 'depth_m'],
      min: 0,
      max: 50,
      step: 0.1,
      optional: true,
    },
  ],
  compose: ({ places, values }) => {
    const network = wordIn(values, 'network', UTILITY_NETWORKS);
    if (places.length < 2 || !network) return undefined;
    const rest = known({ diameterMm: numberIn(values, 'diameterMm'), depthM: numberIn(values, 'depthM') });
    const path = places.map(([e, n]): [number, number] => [e, n]);
    return [{ kind: 'add-utility-line', path, network, role: 'main', course: 'underground', ...rest }];
  },
  words: ({ edit }) => t('editAddsUtility', { network: codeWords('utility_lines', 'network', edit.network) }),
  facts: ({ edit }) => [formatLength(Math.round(lengthOf(edit.path)))],
  shape: ({ path }) => ({ type: 'LineString', coordinates: path }),
};
