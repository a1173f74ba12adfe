import { PURPOSE_WORDS, purposeWords } from '../../../../core/analysis/traffic/purpose-words.ts';
import { DEMAND_PURPOSES, type ScaleDemand } from '../../../../core/wire/edits/demand.ts';
import { formatNumber } from '../../../format/number.ts';
import { language, t } from '../../../text/text.ts';
import type { EditToolOf, Values } from '../edit-tool.ts';
import { known, numberIn, wordIn } from '../values.ts';

const PERCENT = 100;
const ALL = 'all';

/** All day unless both ends are filled in. */
function hoursIn(values: Values): ScaleDemand['hours'] {
  const [from, to] = [numberIn(values, 'fromHour'), numberIn(values, 'toHour')];
  return from === undefined || to === undefined ? undefined : { from, to };
}

const isHalf = (values: Values): boolean =>
  (numberIn(values, 'fromHour') === undefined) !== (numberIn(values, 'toHour') === undefined);

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
    {
      ...{ name: 'purpose', input: 'choice', label: 'demandPurpose', usual: ALL },
      options: [
        [ALL, 'demandAllPurposes'],
        ...DEMAND_PURPOSES.map((purpose) => [purpose, PURPOSE_WORDS[purpose]] as const),
      ],
    },
    {
      ...{ name: 'fromHour', input: 'number', label: 'demandFromHour' },
      ...{ min: 0, max: 23, step: 1, optional: true },
    },
    {
      ...{ name: 'toHour', input: 'number', label: 'demandToHour' },
      ...{ min: 1, max: 24, step: 1, optional: true },
    },
  ],
  compose: ({ places, closed, values }) => {
    const percent = numberIn(values, 'percent');
    if (percent === undefined || percent === PERCENT || (places.length > 0 && !closed)) return undefined;
    const hours = hoursIn(values);
    if (isHalf(values) || (hours && hours.from === hours.to % 24)) return undefined;
    const area = places.length > 0 ? places.map(([e, n]): [number, number] => [e, n]) : undefined;
    return [
      {
        kind: 'scale-demand',
        factor: percent / PERCENT,
        ...known({ area, hours, purpose: wordIn(values, 'purpose', DEMAND_PURPOSES) }),
      },
    ];
  },
  words: ({ edit }) => t('editScalesDemand', { percent: formatNumber(edit.factor * PERCENT) }),
  facts: ({ edit: { area, purpose, hours } }) => [
    t(area ? 'demandInArea' : 'demandInCity'),
    purpose === undefined ? '' : t('demandOf', { purpose: purposeWords(purpose, language.value) }),
    hours === undefined ? '' : `${hours.from}:00–${hours.to}:00`,
  ],
  shape: ({ area }) => {
    const [first] = area ?? [];
    return area && first ? { type: 'Polygon', coordinates: [[...area, first]] } : undefined;
  },
};
