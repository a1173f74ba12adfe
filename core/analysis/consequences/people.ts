/** Indicators of people and of places for children. */
import { storeysOf } from './built.ts';
import type { CityFacts } from './facts.ts';
import type { Indicator, Measure, Part, Unmeasured } from './indicator.ts';
import type { Setting } from './setting.ts';

const PEOPLE_METHOD = {
  pl: 'Powierzchnia kondygnacji budynków mieszkalnych razy liczba mieszkańców na m² w oczkach siatki ludności stanu odniesienia, które dotykają obszaru. Dane publiczne: oczka poniżej progu nie są liczone, stan w pojedynczym budynku nie jest używany.',
  en: 'Floor area of residential buildings times residents per m² in the cells of the base’s population grid that touch the area. Public data: cells below the threshold do not count, no count of a single building is used.',
};
const CELLS_DIFFER = {
  pl: 'Dwa odchylenia zagęszczenia między oczkami, ważone powierzchnią mieszkań; wspólne dla wszystkich budynków.',
  en: 'Two deviations of the density between cells, weighted by residential floor area; the same for all buildings.',
};
const CHILDREN_DIFFER = {
  pl: `${CELLS_DIFFER.pl} Udział dzieci jak z losowej próby ludzi w oczkach. Udział korzystających (nurseryShare) jest założeniem, nie pomiarem.`,
  en: `${CELLS_DIFFER.en} The share of children as of a random sample of the people in the cells. The share that needs a place (nurseryShare) is an assumption, not a measurement.`,
};

export const RESIDENTS_ROW: Indicator = {
  name: 'residents',
  title: { pl: 'Mieszkańcy (szacunek)', en: 'Residents (estimate)' },
  unit: '1',
  scope: 'area',
  decimals: 0,
  layers: ['buildings'],
  needs: ['population_cells'],
  method: PEOPLE_METHOD,
  boundRule: CELLS_DIFFER,
  errors: 'independent',
  measure: (state, { people }) =>
    people ? perFloor(state, people.residentsPerM2, people.residentsBound) : NO_PEOPLE,
};

export const NURSERY_DEMAND_ROW: Indicator = {
  name: 'nursery-demand',
  title: { pl: 'Zapotrzebowanie na miejsca w żłobkach', en: 'Demand for nursery places' },
  unit: '1',
  scope: 'area',
  decimals: 1,
  layers: ['buildings'],
  needs: ['population_cells'],
  method: {
    pl: 'Mieszkańcy (jak wyżej) razy udział dzieci 0–2 lat w oczkach siatki (bez nich w całym mieście) razy udział korzystających (parametr nurseryShare, domyślnie 45 %).',
    en: 'Residents (as above) times the share of children of 0–2 years in the cells (without them in the city) times the share that needs a place (parameter nurseryShare, 45 % by default).',
  },
  source:
    'Dz.Urz. UE C 484 z 20.12.2022, s. 1 (cel 45 %); ustawa z 4.02.2011 o opiece nad dziećmi w wieku do lat 3, art. 2',
  boundRule: CHILDREN_DIFFER,
  errors: 'independent',
  measure: (state, setting, { nurseryShare }) => nurseryDemand(state, setting, nurseryShare),
};

export const NURSERY_PLACES_ROW: Indicator = {
  name: 'nursery-places',
  title: { pl: 'Miejsca w żłobkach', en: 'Nursery places' },
  unit: '1',
  scope: 'area',
  decimals: 0,
  layers: ['facilities'],
  method: {
    pl: 'Suma miejsc w żłobkach obszaru.',
    en: 'Sum of the places of the nurseries in the area.',
  },
  boundRule: {
    pl: 'Liczba z rejestru, bez niepewności; żłobki bez podanej liczby miejsc liczą się jako 0 i są wymienione.',
    en: 'A number of the register, without error; nurseries that do not say how many places count 0 and are named.',
  },
  errors: 'worst',
  measure: nurseryPlaces,
};

export const NURSERY_BALANCE_ROW: Indicator = {
  name: 'nursery-balance',
  title: { pl: 'Miejsca w żłobkach minus zapotrzebowanie', en: 'Nursery places less demand' },
  unit: '1',
  scope: 'area',
  decimals: 1,
  layers: ['buildings', 'facilities'],
  needs: ['population_cells'],
  method: {
    pl: 'Różnica dwóch poprzednich. Dzieci z obszaru mogą chodzić do żłobka poza nim i odwrotnie; ustawa nie zna odległości dojścia.',
    en: 'The difference of the two above. Children of the area may go to a nursery outside it and the other way round; the act knows no distance.',
  },
  boundRule: CHILDREN_DIFFER,
  errors: 'independent',
  measure(state, setting, { nurseryShare }) {
    const demand = nurseryDemand(state, setting, nurseryShare);
    if ('reason' in demand) return demand;
    const places = nurseryPlaces(state);
    const negative = ({ id, value, common = 0 }: Part) => ({ id, value: -value, common: -common });
    return {
      parts: [...places.parts, ...demand.parts.map(negative)],
      notes: [...(places.notes ?? []), ...(demand.notes ?? [])],
    };
  },
};

/** Facilities of every kind. */
export const FACILITIES_ROW: Indicator = {
  name: 'facilities',
  title: { pl: 'Obiekty usług', en: 'Facilities' },
  unit: '1',
  scope: 'area',
  decimals: 0,
  layers: ['facilities'],
  method: {
    pl: 'Liczba obiektów usług publicznych w obszarze, według rodzaju.',
    en: 'Number of facilities in the area, by kind.',
  },
  boundRule: { pl: 'Liczba z rejestru, bez niepewności.', en: 'A number of the register, without error.' },
  errors: 'worst',
  measure: ({ facilities = [] }) => ({
    parts: facilities.map(({ id, kind }) => ({ id, value: 1, kind: kind ?? 'unknown' })),
  }),
};

const NO_PEOPLE: Unmeasured = {
  reason: {
    pl: 'Siatka ludności nie podaje tu mieszkańców (brak danych albo oczka poniżej progu publikacji).',
    en: 'The population grid tells of no residents here (no data, or cells below the threshold of publication).',
  },
};

const NO_AGES: Unmeasured = {
  reason: {
    pl: 'Siatka ludności nigdzie w mieście nie podaje wieku mieszkańców.',
    en: 'The population grid tells the age of residents nowhere in the city.',
  },
};

const SHARE_OF_CITY = {
  pl: 'Oczka siatki w obszarze nie publikują wieku; udział dzieci wzięto z całego miasta.',
  en: 'No cell in the area publishes ages; the share of children is that of the whole city.',
};

function perFloor({ buildings = [] }: CityFacts, perM2: number, relativeBound: number): Measure {
  return {
    parts: buildings
      .filter(({ kind }) => kind === 'm')
      .map((each) => {
        const value = each.areaM2 * storeysOf(each) * perM2;
        return { id: each.id, value, common: value * relativeBound };
      }),
  };
}

function nurseryDemand(state: CityFacts, { people }: Setting, nurseryShare: number): Measure | Unmeasured {
  if (!people) return NO_PEOPLE;
  if (people.childShare === undefined || people.childBound === undefined) return NO_AGES;
  const bound = Math.hypot(people.residentsBound, people.childBound);
  const measure = perFloor(state, people.residentsPerM2 * people.childShare * nurseryShare, bound);
  return people.isChildShareOfCity ? { ...measure, notes: [SHARE_OF_CITY] } : measure;
}

function nurseryPlaces({ facilities = [] }: CityFacts): Measure {
  const nurseries = facilities.filter(({ kind }) => kind === 'nursery');
  const silent = nurseries.filter(({ capacity }) => capacity === null).map(({ id }) => id);
  return {
    parts: nurseries.map(({ id, capacity }) => ({ id, value: capacity ?? 0 })),
    notes:
      silent.length === 0
        ? []
        : [
            {
              pl: `Żłobki bez liczby miejsc: ${silent.join(', ')}.`,
              en: `Nurseries without a number of places: ${silent.join(', ')}.`,
            },
          ],
  };
}
