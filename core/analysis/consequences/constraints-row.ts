import type { Indicator } from './indicator.ts';

/** How many constraints the check of parcels finds on those that edits reach. */
export const CONSTRAINTS_ROW: Indicator = {
  name: 'parcel-constraints',
  title: { pl: 'Ograniczenia działek', en: 'Constraints of parcels' },
  unit: '1',
  scope: 'checked',
  decimals: 0,
  layers: [
    'boundary_points',
    'buildings',
    'buildings_3d',
    'green_areas',
    'parcel_land_uses',
    'parcels',
    'plan_zones',
    'roads',
    'trees',
    'utility_lines',
  ],
  method: {
    pl: 'Cała kontrola działki (prawo i plany w dniu prawa) w obu stanach, na działkach, do których sięga zmiana: liczba stwierdzonych ograniczeń. Które pojawiają się, znikają lub zmieniają miarę, wymieniono pod tabelą.',
    en: 'The whole check of a parcel (law and plans of the law date) in both states, on the parcels that an edit can reach: how many constraints apply. Those that appear, vanish or change their measure are named below the table.',
  },
  boundRule: {
    pl: 'Ograniczenia, o których dokładność danych nie pozwala rozstrzygnąć.',
    en: 'Constraints that the accuracy of the data does not let decide.',
  },
  errors: 'worst',
  measure: ({ checked }) => ({
    parts: [...(checked ?? [])].flatMap(([parcel, findings]) =>
      findings.flatMap(({ id, state }) => {
        if (state !== 'applies' && state !== 'touches') return [];
        const applies = state === 'applies';
        return [{ id: `${parcel} ${id}`, value: applies ? 1 : 0, bound: applies ? 0 : 1 }];
      }),
    ),
  }),
};
