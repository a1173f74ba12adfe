import type { SitingPreviewReply } from '../../wire/siting-answer.ts';
import { KIND_DECLARATIONS } from './sited-kinds.ts';
import type { SitingFacts } from './siting-facts.ts';
import type { SitingTerms } from './siting-terms.ts';
import type { Demand } from './siting-world.ts';

type Assumption = SitingPreviewReply['assumptions'][number];

const decimal = (value: number, language: 'pl' | 'en') => {
  const text = String(Math.round(value * 100) / 100);
  return language === 'pl' ? text.replace('.', ',') : text;
};

/** What the answer rests on, in plain words for the first screen. */
export function assumptionsOf(terms: SitingTerms, facts: SitingFacts, demand: Demand): Assumption[] {
  const { walkMinutes, walkKmH, growthPerDwelling, demandFactor } = terms;
  const told: (Assumption | undefined)[] = [
    {
      pl: `W zasięgu znaczy: do ${decimal(walkMinutes, 'pl')} min pieszo, ${decimal(walkKmH, 'pl')} km/h, ulicami i ścieżkami z rejestru.`,
      en: `Within reach means ${decimal(walkMinutes, 'en')} min on foot at ${decimal(walkKmH, 'en')} km/h along the streets and paths of the register.`,
    },
    facts.demandFrom === 'cells'
      ? {
          pl: 'Mieszkańcy stoją w środku oczka siatki 250 m; oczek poniżej 10 osób nie ma.',
          en: 'People stand in the middle of their 250 m cell; cells of fewer than 10 people are not there.',
        }
      : {
          pl: 'Mieszkańcy stoją w swoim budynku (dane tylko dla pracowników).',
          en: 'People stand in their building (data for staff only).',
        },
    demand.estimated > 0
      ? {
          pl: `Dla ${Math.round(demand.estimated)} osób wiek jest oszacowany według udziału w oczkach, które go podają.`,
          en: `For ${Math.round(demand.estimated)} people the age is estimated by the share in the cells that publish it.`,
        }
      : undefined,
    demand.planned > 0
      ? {
          pl: `Każde nowe mieszkanie scenariusza to ${decimal(growthPerDwelling, 'pl')} osoby w tym wieku.`,
          en: `Each new dwelling of the scenario means ${decimal(growthPerDwelling, 'en')} people of these ages.`,
        }
      : undefined,
    terms.forecastYear === undefined
      ? undefined
      : {
          pl: `Mieszkańcy jak w prognozie osiedli na rok ${terms.forecastYear}; w osiedlu rosną wszędzie tak samo.`,
          en: `People as the forecast of districts has them in ${terms.forecastYear}, growing alike all over a district.`,
        },
    {
      pl: `Liczą się placówki otwarte w dniu ${facts.openOn.split('-').toReversed().join('.')}.`,
      en: `Facilities that are open on ${facts.openOn} count.`,
    },
    facts.candidates.some(({ mostPlaces }) => mostPlaces !== null) && terms.capacity !== undefined
      ? {
          pl: `Budynek lub lokal mieści tyle miejsc, na ile starcza powierzchni: ${decimal(KIND_DECLARATIONS[terms.kind].floorM2PerPlace, 'pl')} m² na miejsce; kosztuje część nowego obiektu.`,
          en: `A building or premises holds as many places as its floor allows: ${decimal(KIND_DECLARATIONS[terms.kind].floorM2PerPlace, 'en')} m² for each; it costs a share of a new one.`,
        }
      : undefined,
    demandFactor === 1
      ? undefined
      : {
          pl: `Popyt pomnożono przez ${decimal(demandFactor, 'pl')}.`,
          en: `Demand is multiplied by ${decimal(demandFactor, 'en')}.`,
        },
    {
      pl: 'Koszty są założeniem okrągłym i bez gruntu: wpisz własne.',
      en: 'Costs are a round assumption without the land: put in your own.',
    },
    facts.existing.some(({ capacity }) => capacity === null) && terms.capacity !== undefined
      ? {
          pl: 'Placówki bez podanej liczby miejsc nie mają w rachunku miejsc.',
          en: 'Facilities without a known number of places count as having none.',
        }
      : undefined,
  ];
  return told.filter((each) => each !== undefined);
}
