/** Measures of findings with their doubts and limits, as people read them. */
import type { Language } from '../../feature/layer.ts';
import type { Finding } from '../../wire/parcel-check.ts';
import { decimalsFor, numberWords, unitWords } from '../value-words.ts';

/** `247 ± 47 m²`: no more digits than the bound bears. */
export function quantityWords(value: number, unit: string, language: Language, bound?: number): string {
  const decimals = decimalsFor(value, bound);
  const around = bound !== undefined && bound > 0 ? ` ± ${numberWords(bound, language, decimals)}` : '';
  const symbol = unitWords(unit);
  return `${numberWords(value, language, decimals)}${around}${symbol === '' ? '' : ` ${symbol}`}`;
}

/** Everything that was measured. */
export function measuredWords({ measured }: Finding, language: Language): string {
  if (!measured) return '';
  const { areaM2, areaErrorM2, lengthM, distanceM, distanceErrorM, share, value, unit } = measured;
  const told = [
    areaM2 === undefined ? undefined : quantityWords(areaM2, 'm2', language, areaErrorM2),
    share === undefined ? undefined : quantityWords(Math.round(share * 1_000) / 10, '%', language),
    lengthM === undefined ? undefined : quantityWords(lengthM, 'm', language),
    distanceM === undefined ? undefined : quantityWords(distanceM, 'm', language, distanceErrorM),
    value === undefined ? undefined : quantityWords(value, unit ?? '1', language),
  ];
  return told.filter((each) => each !== undefined).join('; ');
}

const OPERATORS = { '<': '<', '<=': '≤', '>': '>', '>=': '≥' } as const;

export function requiredWords({ threshold }: Finding, language: Language): string {
  if (!threshold) return '';
  return `${OPERATORS[threshold.must]} ${quantityWords(threshold.value, threshold.unit, language)}`;
}
