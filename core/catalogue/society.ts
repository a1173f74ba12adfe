/** Facilities and people. */
import type { LayerDeclaration, PropertyDeclaration } from '../feature/layer.ts';
import { DENSITIES, DENSITY_CLASSES } from './census.ts';
import { CITY_OPEN_LICENCE, CITY_SOCIETY, NOT_FOR_RE_USE } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { codes, count, date, decimal, flag, integer, text } from './property.ts';

/**
 * Aggregates of fewer people than this are not published: the usual threshold of official statistics for small
 * grids, which keeps a household of ten or less from being told apart.
 */
export const DISCLOSURE_THRESHOLD = 10;

/** Side of a cell of the population grid, metres; its corners are multiples of this in the city's CRS. */
export const POPULATION_CELL_M = 250;

const SOCIETY = { group: GROUPS.society, dimension: 2, steward: CITY_SOCIETY } as const;

/** Age bands, years inclusive: nursery, kindergarten, primary and secondary school, adults, seniors. */
export const AGE_BANDS = ['0_2', '3_6', '7_14', '15_18', '19_64', '65_plus'] as const;

const ageBands: readonly PropertyDeclaration[] = AGE_BANDS.map((band) => {
  const years = band.replace('_plus', '+').replace('_', '–');
  return count(`age_${band}`, `Wiek ${years}`, `Age ${years}`);
});

const FACILITY_KINDS = codes(
  ['nursery', 'żłobek', 'nursery'],
  ['kindergarten', 'przedszkole', 'kindergarten'],
  ['primary_school', 'szkoła podstawowa', 'primary school'],
  ['secondary_school', 'szkoła ponadpodstawowa', 'secondary school'],
  ['clinic', 'przychodnia', 'clinic'],
  ['hospital', 'szpital', 'hospital'],
  ['pharmacy', 'apteka', 'pharmacy'],
  ['library', 'biblioteka', 'library'],
  ['culture', 'dom kultury', 'culture centre'],
  ['sport', 'obiekt sportowy', 'sports facility'],
  ['care_home', 'dom opieki', 'care home'],
  ['office', 'urząd', 'public office'],
  ['police', 'policja', 'police'],
  ['fire', 'straż pożarna', 'fire station'],
  ['post', 'poczta', 'post office'],
  ['church', 'kościół', 'church'],
  ['shop', 'sklep', 'shop'],
  ['stop', 'przystanek', 'public transport stop'],
  ['recycling', 'punkt zbiórki odpadów', 'recycling point'],
  ['playground', 'plac zabaw', 'playground'],
  ['parcel_locker', 'automat paczkowy', 'parcel locker'],
  ['defibrillator', 'defibrylator', 'defibrillator'],
  ['vacant_premises', 'wolny lokal użytkowy', 'vacant premises'],
);

/** Obiekty usług. Key: own number. */
export const FACILITIES: LayerDeclaration = {
  ...SOCIETY,
  name: 'facilities',
  title: { pl: 'Usługi publiczne', en: 'Facilities' },
  description: {
    pl: 'Żłobki, przedszkola, szkoły, przychodnie i inne obiekty z pojemnością i godzinami.',
    en: 'Nurseries, kindergartens, schools, clinics and others with capacity and hours.',
  },
  drawOrder: 680,
  initiallyVisible: false,
  editable: true,
  table: 'facility',
  geometryType: 'Point',
  properties: [
    text('name', 'Nazwa', 'Name'),
    text('kind', 'Rodzaj', 'Kind', { codelist: FACILITY_KINDS }),
    count('capacity', 'Liczba miejsc', 'Capacity'),
    count('enrolled', 'Liczba zapisanych', 'Enrolled'),
    count('waiting', 'Na liście oczekujących', 'On the waiting list'),
    decimal('area_m2', 'Powierzchnia użytkowa', 'Usable floor area', { unit: 'm2' }),
    count('age_from', 'Wiek od', 'Age from'),
    count('age_to', 'Wiek do', 'Age to'),
    text('opening_hours', 'Godziny otwarcia', 'Opening hours'),
    date('opened_on', 'Data otwarcia', 'Opened on'),
    text('ownership', 'Własność', 'Ownership', {
      codelist: codes(['municipal', 'miejska', 'municipal'], ['private', 'niepubliczna', 'private']),
    }),
    text('address', 'Adres', 'Address'),
    text('building_id', 'Budynek', 'Building', { references: 'buildings' }),
    text('waiting_list_contact', 'Osoba prowadząca listę oczekujących', 'Waiting list contact', {
      audience: 'staff',
    }),
  ],
  style: {
    fill: '#7a6a9a',
    stroke: '#ffffff',
    strokeWidthPx: 1.2,
    marker: { shape: 'circle', sizePx: 10 },
    classes: {
      property: 'kind',
      entries: [
        {
          values: ['nursery', 'kindergarten'],
          label: { pl: 'żłobki i przedszkola', en: 'nurseries and kindergartens' },
          fill: '#d0812f',
        },
        {
          values: ['primary_school', 'secondary_school', 'library', 'culture'],
          label: { pl: 'szkoły i kultura', en: 'schools and culture' },
          fill: '#7a5c9e',
        },
        {
          values: ['clinic', 'hospital', 'pharmacy', 'care_home'],
          label: { pl: 'zdrowie i opieka', en: 'health and care' },
          fill: '#b5404f',
        },
        { values: ['sport'], label: { pl: 'sport', en: 'sport' }, fill: '#4f8f5b' },
        {
          values: ['stop'],
          label: { pl: 'przystanki', en: 'stops' },
          fill: '#3a6ea5',
          marker: { shape: 'square', sizePx: 7 },
        },
      ],
    },
    label: { property: 'name', maxScaleDenominator: 2_500, color: '#4a4458' },
  },
  maxScaleDenominator: 25_000,
  licence: CITY_OPEN_LICENCE,
  freshnessDays: 180,
};

/** Defibrylatory AED. Key: own number. Hours as in OpenStreetMap, read by `core/opening-hours.ts`. */
export const DEFIBRILLATORS: LayerDeclaration = {
  ...SOCIETY,
  name: 'defibrillators',
  title: { pl: 'Defibrylatory', en: 'Defibrillators' },
  description: {
    pl: 'Ogólnodostępne defibrylatory AED: miejsce i godziny, w których można do nich dojść.',
    en: 'Defibrillators (AED) for everybody: where they hang and at which hours one can get to them.',
  },
  drawOrder: 740,
  initiallyVisible: false,
  editable: true,
  table: 'defibrillator',
  geometryType: 'Point',
  properties: [
    text('place', 'Miejsce', 'Place'),
    text('opening_hours', 'Dostępny', 'Available'),
    text('access', 'Dla kogo', 'For whom', {
      codelist: codes(
        ['public', 'dla wszystkich', 'everybody'],
        ['customers', 'dla klientów', 'customers'],
        ['staff', 'dla personelu', 'staff'],
      ),
    }),
    flag('indoor', 'Wewnątrz budynku', 'Indoors'),
    text('building_id', 'Budynek', 'Building', { references: 'buildings' }),
    date('checked_on', 'Sprawdzony', 'Checked on'),
  ],
  style: {
    fill: '#2b8a4b',
    stroke: '#ffffff',
    strokeWidthPx: 1.4,
    marker: { shape: 'square', sizePx: 10 },
    label: { property: 'place', maxScaleDenominator: 2_500, color: '#1f5e34' },
  },
  maxScaleDenominator: 25_000,
  licence: CITY_OPEN_LICENCE,
  freshnessDays: 365,
};

/**
 * Urodzenia i prognoza ludności: one place for each district and year, the first year as counted, and nothing of fewer
 * than 10 people. Key: district and year, `OS-003.2030`. Children of 0 to 2 years are those born in that year and the two before, as many as stay.
 */
export const POPULATION_FORECASTS: LayerDeclaration = {
  ...SOCIETY,
  name: 'population_forecasts',
  title: { pl: 'Urodzenia i prognoza ludności', en: 'Births and population forecast' },
  description: {
    pl: 'Urodzenia i prognoza mieszkańców osiedli według wieku, rok po roku; pierwszy rok to stan spisany.',
    en: 'Births and forecast of residents of districts by age, year by year; the first year is as counted.',
  },
  drawOrder: 355,
  initiallyVisible: false,
  table: 'population_forecast',
  geometryType: 'Point',
  properties: [
    text('district_id', 'Osiedle', 'District', { references: 'districts' }),
    integer('year', 'Rok', 'Year'),
    count('births', 'Urodzenia w roku', 'Births in the year'),
    count('residents', 'Mieszkańcy', 'Residents'),
    ...ageBands,
  ],
  style: {
    fill: '#8060a3',
    stroke: '#ffffff',
    strokeWidthPx: 1,
    marker: { shape: 'square', sizePx: 9 },
    label: { property: 'births', maxScaleDenominator: 25_000, color: '#4a3a5c' },
  },
  maxScaleDenominator: 250_000,
  licence: CITY_OPEN_LICENCE,
  freshnessDays: 365,
};

/**
 * Mieszkańcy w siatce: residents by cells of 250 m, made by the store from `building_residents`. A cell of fewer
 * than 10 people is not there; bands are null where any of them counts 1 to 9. Key: as INSPIRE names
 * cells, `RES250mN5808000E6427000`.
 */
export const POPULATION_CELLS: LayerDeclaration = {
  ...SOCIETY,
  name: 'population_cells',
  title: { pl: 'Mieszkańcy w siatce 250 m', en: 'Population by 250 m cells' },
  description: {
    pl: `Liczba mieszkańców w oczkach siatki; oczka poniżej ${DISCLOSURE_THRESHOLD} osób nie są publikowane.`,
    en: `Residents by cells of a grid; cells of fewer than ${DISCLOSURE_THRESHOLD} people are not published.`,
  },
  drawOrder: 350,
  initiallyVisible: false,
  derivedFrom: 'building_residents',
  table: 'population_cell',
  geometryType: 'MultiPolygon',
  properties: [
    count('residents', 'Mieszkańcy', 'Residents'),
    ...ageBands,
    text('density', 'Gęstość zaludnienia', 'Density', { codelist: DENSITIES }),
  ],
  style: {
    fill: '#c9b8d8',
    fillOpacity: 0.5,
    stroke: '#ffffff',
    strokeWidthPx: 0.6,
    classes: { property: 'density', entries: DENSITY_CLASSES },
    label: { property: 'residents', maxScaleDenominator: 10_000, color: '#4a3a5c' },
  },
  maxScaleDenominator: 250_000,
  licence: CITY_OPEN_LICENCE,
  freshnessDays: 365,
};

/** Mieszkańcy w budynkach: personal data, for staff only. Key: building id. */
export const BUILDING_RESIDENTS: LayerDeclaration = {
  ...SOCIETY,
  name: 'building_residents',
  title: { pl: 'Mieszkańcy w budynkach', en: 'Residents by building' },
  description: {
    pl: 'Liczba zameldowanych w budynku według wieku. Dane osobowe, tylko dla pracowników.',
    en: 'Registered residents of a building by age. Personal data, for staff only.',
  },
  drawOrder: 690,
  initiallyVisible: false,
  audience: 'staff',
  table: 'building_residents',
  geometryType: 'Point',
  properties: [
    text('building_id', 'Budynek', 'Building', { references: 'buildings' }),
    count('residents', 'Mieszkańcy', 'Residents'),
    ...ageBands,
    count('households', 'Gospodarstwa domowe', 'Households'),
    date('counted_on', 'Stan na dzień', 'As of'),
  ],
  style: {
    fill: '#573a7c',
    stroke: '#ffffff',
    strokeWidthPx: 0.8,
    marker: { shape: 'circle', sizePx: 5 },
    label: { property: 'residents', maxScaleDenominator: 1_000, color: '#573a7c' },
  },
  maxScaleDenominator: 5_000,
  licence: NOT_FOR_RE_USE,
  freshnessDays: 365,
};
