/** Whether the registered area agrees with the boundary. */
import { COVERAGE_FACTOR, type ParcelAccuracy } from '../accuracy.ts';
import { toTenth } from '../judge.ts';
import type { Draft, Rule } from '../rule.ts';

/** Borders of plots are rounded to a square metre in the register. */
const REGISTER_STEP_M2: Readonly<Record<string, number>> = { 1: 1, 2: 100 };

/** By how much a registered area may differ from that of the boundary, m². @param precision dokladnoscReprezentacjiPola */
export const registeredAreaBoundM2 = (
  { areaSigmaM2 }: Pick<ParcelAccuracy, 'areaSigmaM2'>,
  precision: string | null,
): number => COVERAGE_FACTOR * areaSigmaM2 + (REGISTER_STEP_M2[precision ?? '1'] ?? 1) / 2;

function registeredAreaDrafts(...[{ parcel }, _law, accuracy]: Parameters<Rule['find']>): readonly Draft[] {
  if (parcel.registeredAreaHa === null) {
    return [
      {
        state: 'not-assessed',
        reason: {
          pl: 'Rejestr nie podaje pola tej działki.',
          en: 'The register gives no area of this parcel.',
        },
      },
    ];
  }
  const registeredM2 = parcel.registeredAreaHa * 10_000;
  const differenceM2 = accuracy.areaM2 - registeredM2;
  const boundM2 = registeredAreaBoundM2(accuracy, parcel.areaPrecision);
  const measured = {
    areaM2: toTenth(accuracy.areaM2),
    areaErrorM2: toTenth(boundM2),
    value: toTenth(differenceM2),
    unit: 'm2',
  };
  const threshold = { must: '<=', value: toTenth(boundM2), unit: 'm2' } as const;
  if (Math.abs(differenceM2) > boundM2) {
    return [
      {
        state: 'applies',
        reason: {
          pl: `Pole z rejestru (${toTenth(registeredM2)} m²) różni się od pola z granic o ${toTenth(differenceM2)} m², więcej niż dokładność punktów.`,
          en: `The registered area (${toTenth(registeredM2)} m²) differs from that of the boundary by ${toTenth(differenceM2)} m², more than the accuracy of its points.`,
        },
        objects: [parcel.id],
        measured,
        threshold,
      },
    ];
  }
  return [
    {
      state: 'does-not-apply',
      reason: {
        pl: 'Pole z rejestru zgadza się z granicami w granicach dokładności.',
        en: 'The registered area agrees with the boundary within accuracy.',
      },
      objects: [parcel.id],
      measured,
      threshold,
    },
  ];
}

export const REGISTERED_AREA_RULES: readonly Rule[] = [
  {
    id: 'registered-area',
    category: 'register',
    title: { pl: 'Pole ewidencyjne', en: 'Registered area' },
    provisions: ['EG-16', 'PM-16'],
    needs: ['parcels'],
    find: registeredAreaDrafts,
  },
];
