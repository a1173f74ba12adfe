import { isOverfitted } from '../analysis/traffic/overfit.ts';
import type { Language } from '../feature/layer.ts';
import type { TrafficResult } from '../wire/traffic.ts';
import type { TrafficValidation } from '../wire/traffic-validation.ts';
import type { Block } from './print-document.ts';
import { TRAFFIC_WORDS } from './traffic-words.ts';
import { numberWords } from './value-words.ts';

/** How far a fit changed the matrix, and a warning where it does not hold for counts that it did not see. */
export function matrixBlocks(
  matrix: NonNullable<TrafficResult['demand']['fit']>['matrix'],
  validation: TrafficValidation,
  language: Language,
): readonly Block[] {
  const say = (word: keyof typeof TRAFFIC_WORDS) => TRAFFIC_WORDS[word][language];
  const percent = (value: number) => `${numberWords(value, language, 1)} %`;
  return [
    ...(matrix
      ? [
          {
            ...({ kind: 'paragraph', tone: 'quiet' } as const),
            text: `${say('matrixMoved')}: ${percent(matrix.movedPct)}; ${say('matrixFactors')}: ${numberWords(matrix.leastFactor, language, 2)}–${numberWords(matrix.largestFactor, language, 2)}; ${say('matrixUnseen')}: ${percent(matrix.unseenPct)}.`,
          },
        ]
      : []),
    ...(isOverfitted(validation)
      ? [{ kind: 'note', tone: 'warning', text: say('overfitted') } as const]
      : []),
  ];
}
