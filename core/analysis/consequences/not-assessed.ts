import type { Consequences } from '../../wire/consequences.ts';

/** What a change of the city may have for consequences and this table does not compute. */
export const NOT_ASSESSED: Consequences['notAssessed'] = [
  {
    name: 'sun-hours',
    title: {
      pl: 'Nasłonecznienie i przesłanianie (§ 60, § 13 WT)',
      en: 'Sun hours and obstruction (§ 60, § 13 WT)',
    },
    reason: {
      pl: 'Liczą je modele sun-on-windows i sun-hours, osobno; ta tabela ich nie wywołuje.',
      en: 'The models sun-on-windows and sun-hours compute them by themselves; this table does not run them.',
    },
  },
  {
    name: 'views',
    title: { pl: 'Widoki i osie widokowe', en: 'Views and view corridors' },
    reason: {
      pl: 'Liczy je model views dla wskazanych punktów widokowych, których scenariusz nie podaje.',
      en: 'The model views computes them for chosen view points, which a scenario does not name.',
    },
  },
  {
    name: 'traffic',
    title: { pl: 'Natężenie ruchu i czasy przejazdu', en: 'Traffic flows and travel times' },
    reason: {
      pl: 'Model ruchu nie jest jeszcze podłączony do scenariuszy; zamknięcia dróg są podane tylko w kilometrach.',
      en: 'The traffic model is not joined to scenarios yet; closures are told in kilometres only.',
    },
  },
  {
    name: 'noise',
    title: { pl: 'Hałas', en: 'Noise' },
    reason: {
      pl: 'Brak modelu hałasu; strefy hałasu są mapą stanu istniejącego.',
      en: 'There is no noise model; noise zones are a map of what is.',
    },
  },
  {
    name: 'air',
    title: {
      pl: 'Stężenia zanieczyszczeń powietrza i temperatura',
      en: 'Air concentrations and temperature',
    },
    reason: {
      pl: 'Nie ma tu modelu rozprzestrzeniania ani mikroklimatu i nie podajemy wartości bez modelu.',
      en: 'There is no model of dispersion or microclimate here, and no number is given without one.',
    },
  },
  {
    name: 'runoff',
    title: { pl: 'Spływ wód opadowych', en: 'Storm-water run-off' },
    reason: { pl: 'Brak modelu spływu.', en: 'There is no run-off model.' },
  },
  {
    name: 'earthworks',
    title: { pl: 'Roboty ziemne', en: 'Earthworks' },
    reason: {
      pl: 'Wykop i nasyp podaje zmiana ukształtowania terenu; ta tabela ich nie sumuje i nie zmienia od nich wysokości ani zasięgu wody.',
      en: 'The edit that shapes the ground tells its cut and fill; this table does not add them up, and neither heights nor the reach of water follow from them here.',
    },
  },
  {
    name: 'parcel-law',
    title: {
      pl: 'Odległości i warunki techniczne działki',
      en: 'Distances and technical conditions on a parcel',
    },
    reason: {
      pl: 'Odległości od granic, dróg, sieci i lasu (WT § 12–23, 271; UDP art. 43) nie są tu sprawdzane; z planu sprawdzono tylko wysokość, intensywność, udziały i wielkość nowej działki.',
      en: 'Distances to borders, roads, networks and forest (WT § 12–23, 271; UDP art. 43) are not checked here; of the plan only height, ratios, shares and the size of new parcels.',
    },
  },
];
