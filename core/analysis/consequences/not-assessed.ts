import type { Consequences } from '../../wire/consequences.ts';

/** What a change of the city may have for consequences and this table does not compute. */
export const NOT_ASSESSED: Consequences['notAssessed'] = [
  {
    name: 'view-corridors',
    title: { pl: 'Linie i osie widokowe', en: 'Lines of sight and view corridors' },
    reason: {
      pl: 'Liczy je model views dla wskazanych punktów widokowych, których scenariusz nie podaje; tu jest tylko widok nieba.',
      en: 'The model views computes them for chosen view points, which a scenario does not name; here is only the view of the sky.',
    },
  },
  {
    name: 'traffic',
    title: { pl: 'Natężenie ruchu i czasy przejazdu', en: 'Traffic flows and travel times' },
    reason: {
      pl: 'Wiersze traffic.* są tylko wtedy, gdy edycje zmieniają ulice lub popyt; po innych zmianach zapytaj model traffic-assignment.',
      en: 'Rows traffic.* are there only when edits change streets or demand; after other edits ask the model traffic-assignment.',
    },
  },
  {
    name: 'noise',
    title: { pl: 'Hałas', en: 'Noise' },
    reason: {
      pl: 'Tylko hałas drogowy, z ruchem (wiersze traffic.*); kolej, tramwaje, przemysł i ekrany akustyczne nie są liczone, a strefy hałasu są mapą stanu istniejącego.',
      en: 'Only road noise, with the traffic (rows traffic.*); railways, trams, industry and noise barriers are not computed, and noise zones are a map of what is.',
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
    name: 'water-on-shaped-ground',
    title: {
      pl: 'Wysokości i zasięg wody na zmienionym terenie',
      en: 'Heights and reach of water on shaped ground',
    },
    reason: {
      pl: 'Zmiana ukształtowania terenu jest policzona jako wykop i nasyp; wysokości budynków i zasięg wody od niej się tu nie zmieniają.',
      en: 'A shape of the ground counts as cut and fill; heights of buildings and the reach of water do not follow from it here.',
    },
  },
];
