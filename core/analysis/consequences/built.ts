/** Indicators of building: built-up and floor area, and the shares that plans limit. */
import { areaBoundM2 } from './area-error.ts';
import type { BuildingFact, CityFacts, StandingFact } from './facts.ts';
import type { Indicator, Measure, Part, Unmeasured } from './indicator.ts';

const BUILDINGS = ['buildings'];
const ON_LAND = ['buildings', 'parcels'];
const ART_2 = 'UPZP art. 2';

const CORNERS = {
  pl: 'Każdy narożnik obrysu z dokładnością 0,10 m (I grupa, § 16 rozp. Dz.U. 2020 poz. 1429); pola przez przeniesienie błędów, dwa odchylenia.',
  en: 'Each corner of an outline to 0.10 m (group I, § 16 of Dz.U. 2020 poz. 1429); areas by propagation of errors, two deviations.',
};

export const BUILT_UP_AREA_ROW: Indicator = {
  name: 'built-up-area',
  title: { pl: 'Powierzchnia zabudowy', en: 'Built-up area' },
  unit: 'm2',
  scope: 'area',
  decimals: 1,
  layers: BUILDINGS,
  method: {
    pl: 'Suma rzutów budynków ewidencji i projektowanych, których punkt wewnętrzny leży w obszarze. Rzuty, które się pokrywają, liczą się każdy.',
    en: 'Sum of the outlines of registered and planned buildings with an inner point in the area. Outlines that overlap count each.',
  },
  source: `${ART_2} pkt 35`,
  boundRule: CORNERS,
  errors: 'independent',
  measure: ({ buildings = [] }) => ({ parts: buildings.map((each) => builtPart(each, 1)) }),
};

export const FLOOR_AREA_ROW: Indicator = {
  name: 'floor-area',
  title: { pl: 'Powierzchnia kondygnacji nadziemnych', en: 'Floor area above ground' },
  unit: 'm2',
  scope: 'area',
  decimals: 1,
  layers: BUILDINGS,
  method: {
    pl: 'Rzut budynku razy liczba kondygnacji nadziemnych; każda kondygnacja ma obrys parteru. Bez liczby kondygnacji przyjęto jedną.',
    en: 'Outline times storeys above ground; each storey has the outline of the ground floor. Without a number of storeys one is taken.',
  },
  source: `${ART_2} pkt 33, 34`,
  boundRule: {
    pl: `${CORNERS.pl} Wykusze, cofnięcia i poddasza nie są w rejestrze i nie wchodzą do niepewności.`,
    en: `${CORNERS.en} Bays, setbacks and lofts are not in the register and not in the bound.`,
  },
  errors: 'independent',
  measure: ({ buildings = [] }) => ({
    parts: buildings.map((each) => builtPart(each, storeysOf(each))),
    notes: storeyNotes(buildings),
  }),
};

export const INTENSITY_ROW: Indicator = {
  name: 'intensity',
  title: { pl: 'Nadziemna intensywność zabudowy', en: 'Floor area ratio above ground' },
  unit: '1',
  scope: 'land',
  decimals: 3,
  layers: ON_LAND,
  method: {
    pl: 'Powierzchnia kondygnacji nadziemnych na działkach objętych zmianami, podzielona przez pole tych działek. Działka ewidencyjna zastępuje działkę budowlaną.',
    en: 'Floor area above ground on the parcels that change, divided by their area. A registered parcel stands for the building plot.',
  },
  source: `${ART_2} pkt 32`,
  boundRule: CORNERS,
  errors: 'independent',
  measure: (state) => shareOfLand(state, storeysOf, 1),
};

export const BUILT_SHARE_ROW: Indicator = {
  name: 'built-share',
  title: { pl: 'Udział powierzchni zabudowy', en: 'Built share' },
  unit: '%',
  scope: 'land',
  decimals: 2,
  layers: ON_LAND,
  method: {
    pl: 'Rzuty budynków na działkach objętych zmianami, podzielone przez pole tych działek.',
    en: 'Outlines of buildings on the parcels that change, divided by their area.',
  },
  source: `${ART_2} pkt 35`,
  boundRule: CORNERS,
  errors: 'independent',
  measure: (state) => shareOfLand(state, () => 1, 100),
};

export const BIOACTIVE_SHARE_ROW: Indicator = {
  name: 'bioactive-share',
  title: { pl: 'Udział powierzchni biologicznie czynnej', en: 'Bio-active share' },
  unit: '%',
  scope: 'land',
  decimals: 1,
  layers: ON_LAND,
  needs: ['land_cover'],
  method: {
    pl: 'Grunt niezabudowany na działkach objętych zmianami razy udział nieuszczelniony, wyliczony z pokrycia terenu stanu odniesienia. Nowy budynek zajmuje zieleń i nawierzchnię w tej samej proporcji. Zieleń na dachach i tarasach nie jest znana.',
    en: 'Unbuilt ground of the parcels that change times the unsealed share, from the land cover of the base. A new building takes green and paving in the same proportion. Green roofs and terraces are not known.',
  },
  source: `${ART_2} pkt 28, 29`,
  boundRule: {
    pl: 'Granica ścisła: cały grunt niezabudowany może być zielony albo cały utwardzony, bo pokrycie terenu podaje udział dla kwartału, nie dla działki.',
    en: 'A strict bound: all of the unbuilt ground may be green, or all of it paved, as land cover gives the share of a block and not of a parcel.',
  },
  errors: 'independent',
  measure: ({ parcels = [], standing = [] }, { unsealedShare }) => {
    const landM2 = landOf(parcels);
    if (landM2 === 0) return NO_LAND;
    const worst = Math.max(unsealedShare, 1 - unsealedShare);
    const part = (id: string, areaM2: number): Part => ({
      id,
      value: (areaM2 * unsealedShare * 100) / landM2,
      common: (areaM2 * worst * 100) / landM2,
    });
    return {
      parts: [
        part('land', landM2),
        ...standing.map(({ parcel, building, areaM2 }) => part(`${parcel} ${building}`, -areaM2)),
      ],
    };
  },
};

/** How many parcels the edits stand on or cut. */
export const PARCELS_ROW: Indicator = {
  name: 'parcels',
  title: { pl: 'Działki objęte zmianami', en: 'Parcels that change' },
  unit: '1',
  scope: 'land',
  decimals: 0,
  layers: ON_LAND,
  method: {
    pl: 'Działki, na których co najmniej 0,5 m² zajmuje budynek dodany, zmieniony lub usunięty, albo które powstają, giną lub zmieniają granice.',
    en: 'Parcels of which an added, changed or removed building takes at least 0.5 m², or that come, go or change their border.',
  },
  boundRule: { pl: 'Liczba bez niepewności.', en: 'A count without error.' },
  errors: 'worst',
  measure: ({ parcels = [] }) => ({ parts: parcels.map(({ id }) => ({ id, value: 1 })) }),
};

export const NO_LAND: Unmeasured = {
  reason: {
    pl: 'Żaden budynek ani działka nie zmienia się na gruncie objętym działkami ewidencji.',
    en: 'No building or parcel changes on land that parcels of the register cover.',
  },
};

export const storeysOf = ({ storeys }: { readonly storeys: number | null }): number =>
  Math.max(1, storeys ?? 1);

const builtPart = ({ id, kind, areaM2, spreadM2 }: BuildingFact, times: number): Part => ({
  id,
  value: areaM2 * times,
  bound: areaBoundM2(spreadM2) * times,
  kind: kind ?? 'unknown',
});

function storeyNotes(buildings: readonly BuildingFact[]): NonNullable<Measure['notes']> {
  const without = buildings.filter(({ storeys }) => storeys === null).length;
  if (without === 0) return [];
  return [
    {
      pl: `Budynków bez liczby kondygnacji: ${without}; przyjęto jedną.`,
      en: `Buildings without a number of storeys: ${without}; one was taken.`,
    },
  ];
}

const landOf = (parcels: NonNullable<CityFacts['parcels']>): number =>
  parcels.reduce((sum, { areaM2 }) => sum + areaM2, 0);

function shareOfLand(
  { parcels = [], standing = [] }: CityFacts,
  times: (fact: StandingFact) => number,
  scale: number,
): Measure | Unmeasured {
  const landM2 = landOf(parcels);
  if (landM2 === 0) return NO_LAND;
  const value = (fact: StandingFact) => (fact.areaM2 * times(fact) * scale) / landM2;
  const landBound = areaBoundM2(parcels.reduce((sum, { spreadM2 }) => sum + spreadM2, 0)) / landM2;
  return {
    parts: standing.map((fact) => ({
      id: `${fact.parcel} ${fact.building}`,
      value: value(fact),
      bound: (areaBoundM2(fact.spreadM2) * times(fact) * scale) / landM2,
      common: value(fact) * landBound,
    })),
  };
}
