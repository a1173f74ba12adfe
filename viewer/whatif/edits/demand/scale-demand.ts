import { formatNumber } from '../../../format/number.ts';
import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { known, numberIn } from '../values.ts';

const PERCENT = 100;

export const SCALE_DEMAND: EditToolOf<'scale-demand'> = {
  kind: 'scale-demand',
  subject: 'demand',
  title: 'scaleDemand',
  verb: 'verbScale',
  draws: { shape: 'area', hint: 'drawDemandHint', optional: true },
  fields: [
    {
      name: 'percent',
      input: 'number',
      label: 'demandPercent',
      unit: 'percent',
      min: 0,
      max: 1_000,
      step: 1,
      usual: 100,
    },
  ],
  compose: ({ places, closed, values }) => {
    const percent = numberIn(values, 'percent');
    if (percent === undefined || percent === PERCENT || (places.length > 0 && !closed)) return undefined;
    const area = places.length > 0 ? places.map(([e, n]): [number, number] => [e, n]) : undefined;
    return [{ kind: 'scale-demand', factor: percent / PERCENT, ...known({ area }) }];
  },
  words: ({ edit }) => t('editScalesDemand', { percent: formatNumber(edit.factor * PERCENT) }),
  facts: ({ edit }) => [t(edit.area ? 'demandInArea' : 'demandInCity')],
  shape: ({ area }) => {
    const [first] = area ?? [];
    return area && first ? { type: 'Polygon', coordinates: [[...area, first]] } : undefined;
  },
};
