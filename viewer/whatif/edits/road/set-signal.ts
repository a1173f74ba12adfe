import { formatQuantity } from '../../../format/number.ts';
import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { known, numberIn } from '../values.ts';

const USUAL_CYCLE_S = 90;

export const SET_SIGNAL: EditToolOf<'set-signal'> = {
  kind: 'set-signal',
  subject: 'roads',
  title: 'setSignal',
  verb: 'verbSetSignal',
  draws: { shape: 'point', hint: 'drawSignalHint' },
  fields: [
    {
      ...{ name: 'cycleS', input: 'number', label: 'signalCycle', unit: 's' },
      ...{ min: 30, max: 180, step: 5, usual: USUAL_CYCLE_S },
    },
    {
      ...{ name: 'mainGreenS', input: 'number', label: 'signalMainGreen', unit: 's' },
      ...{ min: 5, max: 170, step: 1, optional: true },
    },
  ],
  compose: ({ places: [at], values }) => {
    if (!at) return undefined;
    const cycleS = numberIn(values, 'cycleS') ?? USUAL_CYCLE_S;
    return [
      {
        kind: 'set-signal',
        at: [at[0], at[1]],
        cycleS,
        ...known({ mainGreenS: numberIn(values, 'mainGreenS') }),
      },
    ];
  },
  words: () => t('editSetsSignal'),
  facts: ({ edit: { cycleS, mainGreenS } }) => [
    mainGreenS === undefined
      ? formatQuantity(cycleS, 's')
      : t('signalFacts', { cycle: formatQuantity(cycleS, 's'), green: formatQuantity(mainGreenS, 's') }),
  ],
  shape: ({ at }) => ({ type: 'Point', coordinates: at }),
};
