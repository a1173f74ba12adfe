/** How states, strengths and measures of findings are said; states also by shape, never by colour alone. */
import type { Category, Finding, FindingState, Strength, Threshold } from '../../core/wire/parcel-check.ts';
import { formatDate, formatNumber, formatQuantity } from '../format/number.ts';
import { t, type Word } from '../text/text.ts';

export const STATE_SHAPES: Readonly<Record<FindingState, string>> = {
  applies: '●',
  touches: '◐',
  'does-not-apply': '○',
  'not-assessed': '?',
};

export const STATE_WORDS: Readonly<Record<FindingState, Word>> = {
  applies: 'findingApplies',
  touches: 'findingTouches',
  'does-not-apply': 'findingDoesNotApply',
  'not-assessed': 'findingNotAssessed',
};

/** Cautions first: what nobody knows stands before what is settled. */
export const STATE_ORDER: readonly FindingState[] = ['not-assessed', 'touches', 'applies', 'does-not-apply'];

export const STRENGTH_WORDS: Readonly<Record<Strength, Word>> = {
  statute: 'strengthStatute',
  'local-law': 'strengthLocalLaw',
  guideline: 'strengthGuideline',
  advisory: 'strengthAdvisory',
};

export const CATEGORY_WORDS: Readonly<Record<Category, Word>> = {
  planning: 'checkPlanning',
  building: 'checkBuilding',
  roads: 'checkRoads',
  networks: 'checkNetworks',
  greenery: 'checkGreenery',
  heritage: 'checkHeritage',
  nature: 'checkNature',
  water: 'checkWater',
  noise: 'checkNoise',
  ground: 'checkGround',
  register: 'checkRegister',
  cases: 'checkCases',
};

const withError = (value: string, error: number | undefined, decimals: number): string =>
  error === undefined || error < 0.5 * 10 ** -decimals
    ? value
    : `${value} ± ${formatNumber(error, decimals)}`;

/** Everything that was measured, each with its doubt. */
export function measureWords({ measured }: Pick<Finding, 'measured'>): readonly string[] {
  if (!measured) return [];
  const { areaM2, areaErrorM2, lengthM, distanceM, distanceErrorM, share, value, unit } = measured;
  return [
    ...(areaM2 === undefined ? [] : [withError(formatQuantity(areaM2, 'm2', 0), areaErrorM2, 0)]),
    ...(share === undefined ? [] : [formatQuantity(share * 100, '%', 1)]),
    ...(lengthM === undefined ? [] : [formatQuantity(lengthM, 'm', 1)]),
    ...(distanceM === undefined
      ? []
      : [t('findingDistance', { d: withError(formatQuantity(distanceM, 'm', 2), distanceErrorM, 2) })]),
    ...(value === undefined
      ? []
      : [unit === undefined || unit === '1' ? formatNumber(value) : formatQuantity(value, unit)]),
  ];
}

/** What stands beside the title: a value against its limit, else how much of the parcel. */
export function shortWords(finding: Pick<Finding, 'measured' | 'threshold'>): string {
  const { measured, threshold } = finding;
  if (threshold) {
    const limit = limitText(threshold);
    if (measured?.value === undefined) return limit;
    const value =
      measured.unit === '1' || measured.unit === undefined
        ? formatNumber(measured.value, 2)
        : formatQuantity(measured.value, measured.unit, 1);
    return `${value} (${limit})`;
  }
  return measureWords(finding).slice(0, 2).join(' · ');
}

const OPERATORS = { '<': '<', '<=': '≤', '>': '>', '>=': '≥' } as const;

export function thresholdWords({ threshold }: Finding): string | undefined {
  if (!threshold) return undefined;
  return t('findingThreshold', { limit: limitText(threshold) });
}

function limitText({ must, value, unit }: Threshold): string {
  return `${OPERATORS[must]} ${unit === '1' ? formatNumber(value) : formatQuantity(value, unit)}`;
}

/** Since when and until when the words of the law are known to hold. */
export function validityWords({ law }: Finding): string {
  const from = formatDate(law.validFrom) ?? law.validFrom;
  if (law.validTo === undefined) return t('lawSince', { from });
  return t('lawBetween', { from, to: formatDate(law.validTo) ?? law.validTo });
}
