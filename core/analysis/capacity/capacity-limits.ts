/** The limits of a whole parcel from those of its parts, each with the rule that sets it in words. */
import type { Text } from '../../feature/layer.ts';
import type { CapacityParameters, CapacityResult } from '../../wire/capacity.ts';
import { areaBoundM2 } from '../consequences/area-error.ts';
import type { GroundFact, PieceFact } from './capacity-facts.ts';
import type { CapName, MostFloor } from './most-floor.ts';

/** A part of the parcel on which buildings are allowed. */
export interface PiecePlan {
  readonly piece: PieceFact;
  readonly index: number;
  /** Undefined where nothing is left. */
  readonly ground: GroundFact | undefined;
  readonly most: MostFloor;
  readonly heightM: number | null;
  /** That the greatest height allows. */
  readonly storeys: number | undefined;
  readonly greenPct: number | null;
}

const FOOTPRINT_BY: Readonly<Record<CapName, readonly [rule: string, reason: Text]>> = {
  buildable: [
    'setbacks',
    {
      pl: 'Więcej gruntu nie zostaje po odjęciu odległości i stref.',
      en: 'No more ground is left after distances and strips.',
    },
  ],
  'built-share': [
    'plan-built-share',
    {
      pl: 'Największy udział powierzchni zabudowy według planu.',
      en: 'The greatest built share of the plan.',
    },
  ],
  ground: [
    'plan-green',
    {
      pl: 'Reszta działki musi zostać biologicznie czynna.',
      en: 'The rest of the plot must stay bio-active.',
    },
  ],
  storeys: ['plan-height', { pl: 'Wysokość.', en: 'Height.' }],
  intensity: ['plan-intensity', { pl: 'Intensywność.', en: 'Intensity.' }],
};

const FLOOR_BY: Readonly<Record<CapName, readonly [rule: string, reason: Text]>> = {
  ...FOOTPRINT_BY,
  storeys: [
    'plan-height',
    {
      pl: 'Największy rzut na każdej z dozwolonych kondygnacji.',
      en: 'The largest footprint on each of the storeys that are allowed.',
    },
  ],
  intensity: [
    'plan-intensity',
    {
      pl: 'Największa intensywność zabudowy według planu.',
      en: 'The greatest floor area ratio of the plan.',
    },
  ],
  ground: [
    'plan-parking',
    {
      pl: 'Zieleń i miejsca postojowe na gruncie zabierają resztę działki.',
      en: 'Greenery and parking on the ground take the rest of the plot.',
    },
  ],
};

/** What the largest part is limited by speaks for the parcel. */
export function limitsOf(
  plans: readonly PiecePlan[],
  { spaceM2, parkingBelow, dwellingM2 = undefined }: CapacityParameters,
  usualDwellingM2: number | undefined,
): CapacityResult['limits'] {
  const [main] = plans.toSorted((a, b) => b.most.footprintM2 - a.most.footprintM2);
  if (!main) return {};
  const [footprintBy, footprintReason] = FOOTPRINT_BY[main.most.footprintBy];
  const footprintM2 = sum(plans, ({ most }) => most.footprintM2);
  const floors = plans.map(({ most }) => most.floorM2);
  const floorM2 = floors.some((floor) => floor === undefined)
    ? undefined
    : sum(floors, (floor) => floor ?? 0);
  const spreadM2 = sum(plans, ({ ground }) => ground?.spreadM2 ?? 0);
  const boundM2 = areaBoundM2(main.most.footprintBy === 'buildable' ? spreadM2 : main.piece.spreadM2);
  const limits: CapacityResult['limits'] = {
    footprint: {
      value: toTenth(footprintM2),
      errorM2: toTenth(boundM2),
      by: footprintBy,
      reason: footprintReason,
    },
  };
  if (main.storeys !== undefined && main.most.storeys !== undefined) {
    const isHeight = main.most.storeys >= main.storeys;
    limits.storeys = {
      value: main.most.storeys,
      by: isHeight
        ? 'plan-height'
        : main.most.floorBy === undefined
          ? 'plan-height'
          : FLOOR_BY[main.most.floorBy][0],
      reason: isHeight
        ? {
            pl: `Plan pozwala na ${metres(main.piece.maxHeightM, 'pl')} m.`,
            en: `The plan allows ${metres(main.piece.maxHeightM, 'en')} m.`,
          }
        : {
            pl: `Wysokość pozwala na ${main.storeys}, ale więcej powierzchni już nie przybędzie.`,
            en: `The height allows ${main.storeys}, but no more floor area would come of it.`,
          },
    };
  }
  if (floorM2 !== undefined && main.most.floorBy) {
    const [by, reason] = FLOOR_BY[main.most.floorBy];
    limits.floor = { value: toTenth(floorM2), by, reason };
  }
  const greenM2 = sum(plans, ({ piece, greenPct }) => (piece.areaM2 * (greenPct ?? 0)) / 100);
  if (plans.some(({ greenPct }) => greenPct !== null)) {
    const isLaw = main.piece.minBioactiveSharePct === null;
    limits.green = {
      value: toTenth(greenM2),
      by: isLaw ? 'WT-39-1' : 'plan-green',
      reason: isLaw
        ? {
            pl: 'Plan nie ustala udziału: 25 % według § 39 WT.',
            en: 'The plan sets no share: 25 % by WT § 39.',
          }
        : {
            pl: `Plan żąda ${main.piece.minBioactiveSharePct} % powierzchni biologicznie czynnej.`,
            en: `The plan asks for ${main.piece.minBioactiveSharePct} % of bio-active ground.`,
          },
    };
  }
  const perDwellingM2 = dwellingM2 ?? usualDwellingM2;
  if (floorM2 === undefined || perDwellingM2 === undefined) return limits;
  const dwellings = Math.max(floorM2 > 0 ? 1 : 0, Math.floor(floorM2 / perDwellingM2 + 1e-9));
  limits.dwellings = {
    value: dwellings,
    by: 'assumption',
    reason: {
      pl: `Przyjęto ${perDwellingM2} m² powierzchni kondygnacji na mieszkanie.`,
      en: `${perDwellingM2} m² of floor area for each dwelling are assumed.`,
    },
  };
  const rate = main.piece.parkingPerDwelling;
  if (rate === null) return limits;
  const spaces = Math.ceil(dwellings * rate - 1e-9);
  const onGroundM2 = Math.ceil(spaces * (1 - parkingBelow)) * spaceM2;
  limits.parking = {
    value: spaces,
    by: 'plan-parking',
    reason: {
      pl: `Plan żąda ${String(rate).replace('.', ',')} miejsca na mieszkanie; na gruncie zajmą ${onGroundM2} m².`,
      en: `The plan asks for ${rate} spaces for each dwelling; on the ground they take ${onGroundM2} m².`,
    },
  };
  return limits;
}

const metres = (heightM: number | null, language: 'pl' | 'en'): string =>
  language === 'pl' ? String(heightM).replace('.', ',') : String(heightM);
const sum = <T>(all: readonly T[], of: (each: T) => number): number =>
  all.reduce((total, each) => total + of(each), 0);
const toTenth = (areaM2: number): number => Math.round(areaM2 * 10) / 10;
