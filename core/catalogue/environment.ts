/** What limits building because of water, noise, heritage and nature. */
import type { LayerDeclaration } from '../feature/layer.ts';
import {
  CITY_ENVIRONMENT,
  CITY_HERITAGE,
  CITY_OPEN_LICENCE,
  PUBLIC_REGISTER_LICENCE,
  WATER_AUTHORITY,
} from './common-terms.ts';
import { ENVIRONMENT_AREA } from './environment-area.ts';
import { codes, date, decimal, integer, text } from './property.ts';

/** Obszary zagrożenia powodzią (Prawo wodne, mapy zagrożenia powodziowego). */
export const FLOOD_ZONES: LayerDeclaration = {
  ...ENVIRONMENT_AREA,
  name: 'flood_zones',
  title: { pl: 'Obszary zagrożenia powodzią', en: 'Flood zones' },
  description: {
    pl: 'Obszary zagrożenia powodzią według prawdopodobieństwa wystąpienia i głębokości wody.',
    en: 'Areas at risk of flooding by probability and depth of water.',
  },
  drawOrder: 320,
  table: 'flood_zone',
  properties: [
    text('probability', 'Prawdopodobieństwo', 'Probability', {
      codelist: codes(
        ['p10', 'wysokie – 10 % (raz na 10 lat)', 'high – 10 % (once in 10 years)'],
        ['p1', 'średnie – 1 % (raz na 100 lat)', 'medium – 1 % (once in 100 years)'],
        ['p02', 'niskie – 0,2 % (raz na 500 lat)', 'low – 0.2 % (once in 500 years)'],
        ['dike', 'w razie zniszczenia wału', 'on failure of a dike'],
      ),
    }),
    decimal('max_depth_m', 'Maks. głębokość wody', 'Max. depth of water', { unit: 'm' }),
    decimal('water_level_m', 'Rzędna zwierciadła', 'Water level', { unit: 'm', heightSystem: 'city' }),
    text('river', 'Rzeka', 'River'),
    date('map_date', 'Data mapy', 'Date of the map'),
  ],
  style: {
    fill: '#6fa8dc',
    fillOpacity: 0.35,
    stroke: '#3d78b0',
    strokeWidthPx: 0.8,
    classes: {
      property: 'probability',
      entries: [
        { values: ['p10'], label: { pl: '10 %', en: '10 %' }, fill: '#2f6fab', fillOpacity: 0.45 },
        { values: ['p1'], label: { pl: '1 %', en: '1 %' }, fill: '#5b9bd5', fillOpacity: 0.4 },
        { values: ['p02'], label: { pl: '0,2 %', en: '0.2 %' }, fill: '#a4c8ea', fillOpacity: 0.4 },
        {
          values: ['dike'],
          label: { pl: 'zniszczenie wału', en: 'failure of a dike' },
          fill: '#9aa7d6',
          fillOpacity: 0.35,
        },
      ],
    },
  },
  maxScaleDenominator: 100_000,
  steward: WATER_AUTHORITY,
  licence: PUBLIC_REGISTER_LICENCE,
  freshnessDays: 730,
};

/** Strefy hałasu (strategiczna mapa hałasu). Levels in dB; null upper bound = open. */
export const NOISE_ZONES: LayerDeclaration = {
  ...ENVIRONMENT_AREA,
  name: 'noise_zones',
  title: { pl: 'Strefy hałasu', en: 'Noise zones' },
  description: {
    pl: 'Przedziały poziomu hałasu LDWN i LN według źródła (strategiczna mapa hałasu).',
    en: 'Ranges of noise level LDEN and LN by source (strategic noise map).',
  },
  drawOrder: 310,
  table: 'noise_zone',
  properties: [
    text('source', 'Źródło', 'Source', {
      codelist: codes(
        ['road', 'drogowy', 'road'],
        ['tram', 'tramwajowy', 'tram'],
        ['railway', 'kolejowy', 'railway'],
        ['aircraft', 'lotniczy', 'aircraft'],
        ['industry', 'przemysłowy', 'industry'],
      ),
    }),
    text('indicator', 'Wskaźnik', 'Indicator', {
      codelist: codes(
        ['LDWN', 'LDWN (doba)', 'LDEN (day, evening, night)'],
        ['LN', 'LN (noc)', 'LN (night)'],
      ),
    }),
    integer('level_from_db', 'Poziom od', 'Level from', { unit: 'dB' }),
    integer('level_to_db', 'Poziom do', 'Level to', { unit: 'dB' }),
    text('level', 'Przedział', 'Range', {
      codelist: codes(
        ['50-55', '50–55 dB', '50–55 dB'],
        ['55-60', '55–60 dB', '55–60 dB'],
        ['60-65', '60–65 dB', '60–65 dB'],
        ['65-70', '65–70 dB', '65–70 dB'],
        ['70-75', '70–75 dB', '70–75 dB'],
        ['75+', 'powyżej 75 dB', 'above 75 dB'],
      ),
    }),
    integer('map_year', 'Rok mapy', 'Year of the map'),
  ],
  style: {
    fill: '#e6a15c',
    fillOpacity: 0.4,
    stroke: '#b87333',
    strokeWidthPx: 0.4,
    classes: {
      property: 'level',
      entries: [
        { values: ['50-55'], label: { pl: '50–55 dB', en: '50–55 dB' }, fill: '#c8d98f' },
        { values: ['55-60'], label: { pl: '55–60 dB', en: '55–60 dB' }, fill: '#f2d673' },
        { values: ['60-65'], label: { pl: '60–65 dB', en: '60–65 dB' }, fill: '#eda85a' },
        { values: ['65-70'], label: { pl: '65–70 dB', en: '65–70 dB' }, fill: '#d96b4a' },
        { values: ['70-75'], label: { pl: '70–75 dB', en: '70–75 dB' }, fill: '#a8405e' },
        { values: ['75+'], label: { pl: 'powyżej 75 dB', en: 'above 75 dB' }, fill: '#6d3a78' },
      ],
    },
  },
  maxScaleDenominator: 50_000,
  steward: CITY_ENVIRONMENT,
  licence: CITY_OPEN_LICENCE,
  freshnessDays: 1_826,
};

/** Zabytki. */
export const HERITAGE_SITES: LayerDeclaration = {
  ...ENVIRONMENT_AREA,
  name: 'heritage_sites',
  title: { pl: 'Zabytki i strefy ochrony', en: 'Heritage sites' },
  description: {
    pl: 'Zabytki nieruchome, strefy ochrony konserwatorskiej i stanowiska archeologiczne.',
    en: 'Monuments, conservation zones and archaeological sites.',
  },
  drawOrder: 340,
  table: 'heritage_site',
  properties: [
    text('name', 'Nazwa', 'Name'),
    text('kind', 'Rodzaj', 'Kind', {
      codelist: codes(
        ['register', 'wpis do rejestru zabytków', 'register of monuments'],
        ['inventory', 'gminna ewidencja zabytków', 'municipal inventory'],
        ['zone', 'strefa ochrony konserwatorskiej', 'conservation zone'],
        ['archaeology', 'stanowisko archeologiczne', 'archaeological site'],
        ['monument_of_history', 'pomnik historii', 'monument of history'],
      ),
    }),
    text('register_number', 'Numer rejestru', 'Register number'),
    date('decided_on', 'Data decyzji', 'Decided on'),
    text('building_id', 'Budynek', 'Building', { references: 'buildings' }),
  ],
  style: {
    fill: '#a9746e',
    fillOpacity: 0.3,
    stroke: '#7d3c36',
    strokeWidthPx: 1.2,
    classes: {
      property: 'kind',
      entries: [
        {
          values: ['register', 'monument_of_history'],
          label: { pl: 'rejestr zabytków', en: 'register' },
          fill: '#a33a2f',
          fillOpacity: 0.4,
        },
        { values: ['inventory'], label: { pl: 'ewidencja', en: 'inventory' }, fill: '#c98b5e' },
        { values: ['zone'], label: { pl: 'strefa', en: 'zone' }, fill: '#b99a8f', fillOpacity: 0.25 },
        { values: ['archaeology'], label: { pl: 'archeologia', en: 'archaeology' }, fill: '#8f7f5f' },
      ],
    },
    label: { property: 'name', maxScaleDenominator: 5_000, color: '#6b2f29' },
  },
  maxScaleDenominator: 50_000,
  steward: CITY_HERITAGE,
  licence: CITY_OPEN_LICENCE,
  freshnessDays: 365,
};

/** Formy ochrony przyrody. */
export const NATURE_AREAS: LayerDeclaration = {
  ...ENVIRONMENT_AREA,
  name: 'nature_areas',
  title: { pl: 'Formy ochrony przyrody', en: 'Nature protection areas' },
  description: {
    pl: 'Rezerwaty, obszary Natura 2000, użytki ekologiczne i inne formy ochrony przyrody.',
    en: 'Reserves, Natura 2000 sites, ecological sites and other protected areas.',
  },
  drawOrder: 330,
  table: 'nature_area',
  properties: [
    text('name', 'Nazwa', 'Name'),
    text('kind', 'Forma ochrony', 'Kind', {
      codelist: codes(
        ['reserve', 'rezerwat przyrody', 'nature reserve'],
        ['landscape_park', 'park krajobrazowy', 'landscape park'],
        ['landscape_area', 'obszar chronionego krajobrazu', 'protected landscape area'],
        ['natura2000', 'Natura 2000', 'Natura 2000'],
        ['ecological_site', 'użytek ekologiczny', 'ecological site'],
        ['landscape_complex', 'zespół przyrodniczo-krajobrazowy', 'nature and landscape complex'],
        ['monument', 'pomnik przyrody', 'natural monument'],
      ),
    }),
    text('code', 'Kod', 'Code'),
    text('act', 'Akt', 'Act'),
    date('protected_since', 'Chroniony od', 'Protected since'),
  ],
  style: {
    fill: '#6aa84f',
    fillOpacity: 0.25,
    stroke: '#3f7a2f',
    strokeWidthPx: 1.4,
    label: { property: 'name', maxScaleDenominator: 25_000, color: '#2f5f23' },
  },
  maxScaleDenominator: 100_000,
  steward: CITY_ENVIRONMENT,
  licence: CITY_OPEN_LICENCE,
  freshnessDays: 365,
};
