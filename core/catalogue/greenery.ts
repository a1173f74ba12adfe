/** Trees and green areas of the city. */
import type { LayerDeclaration } from '../feature/layer.ts';
import { CITY_GREENERY, CITY_OPEN_LICENCE } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { codes, date, decimal, integer, text } from './property.ts';

const REGISTER = {
  group: GROUPS.greenery,
  dimension: 2,
  steward: CITY_GREENERY,
  licence: CITY_OPEN_LICENCE,
} as const;

/** Drzewa. Key: number in the inventory. */
export const TREES: LayerDeclaration = {
  ...REGISTER,
  name: 'trees',
  title: { pl: 'Drzewa', en: 'Trees' },
  description: {
    pl: 'Inwentaryzacja drzew: gatunek, obwód pnia na wysokości 130 cm, wysokość, korona, stan i przeglądy.',
    en: 'Inventory of trees: species, trunk girth at 130 cm, height, crown, condition and inspections.',
  },
  drawOrder: 450,
  initiallyVisible: true,
  editable: true,
  table: 'tree',
  geometryType: 'Point',
  properties: [
    text('species', 'Gatunek', 'Species (Polish)'),
    text('species_latin', 'Nazwa łacińska', 'Species (Latin)'),
    integer('girth_cm', 'Obwód pnia na 130 cm', 'Girth at 130 cm', { unit: 'cm' }),
    decimal('height_m', 'Wysokość', 'Height', { unit: 'm' }),
    decimal('crown_diameter_m', 'Średnica korony', 'Crown diameter', { unit: 'm' }),
    text('form', 'Forma', 'Form', {
      codelist: codes(
        ['broadleaved', 'liściaste', 'broadleaved'],
        ['coniferous', 'iglaste', 'coniferous'],
        ['shrub', 'krzew', 'shrub'],
      ),
    }),
    text('health', 'Stan zdrowotny', 'Condition', {
      codelist: codes(
        ['good', 'dobry', 'good'],
        ['fair', 'średni', 'fair'],
        ['poor', 'zły', 'poor'],
        ['dead', 'martwe', 'dead'],
      ),
    }),
    text('protection', 'Ochrona', 'Protection', {
      codelist: codes(
        ['none', 'brak', 'none'],
        ['monument', 'pomnik przyrody', 'natural monument'],
        ['heritage', 'wpis do rejestru zabytków', 'heritage register'],
      ),
    }),
    integer('planted_year', 'Rok posadzenia', 'Year planted'),
    date('last_inspection', 'Ostatni przegląd', 'Last inspection'),
    date('next_inspection', 'Następny przegląd', 'Next inspection'),
    text('parcel_id', 'Działka', 'Parcel', { references: 'parcels' }),
    text('inspection_note', 'Uwagi z przeglądu', 'Inspection note', { audience: 'staff' }),
  ],
  style: {
    fill: '#7ea06a',
    fillOpacity: 0.75,
    stroke: '#55774a',
    strokeWidthPx: 0.6,
    marker: { shape: 'circle', sizePx: 4, sizeM: 5 },
    classes: {
      property: 'form',
      entries: [
        { values: ['broadleaved'], label: { pl: 'liściaste', en: 'broadleaved' }, fill: '#8fb27a' },
        { values: ['coniferous'], label: { pl: 'iglaste', en: 'coniferous' }, fill: '#5f8a6b' },
        { values: ['shrub'], label: { pl: 'krzewy', en: 'shrubs' }, fill: '#b3c795' },
      ],
    },
  },
  maxScaleDenominator: 5_000,
  freshnessDays: 365,
};

/** Tereny zieleni. Key: number in the inventory. */
export const GREEN_AREAS: LayerDeclaration = {
  ...REGISTER,
  name: 'green_areas',
  title: { pl: 'Tereny zieleni', en: 'Green areas' },
  description: {
    pl: 'Parki, skwery, zieleńce, lasy miejskie i ogrody działkowe.',
    en: 'Parks, squares, lawns, city woods and allotments.',
  },
  drawOrder: 130,
  initiallyVisible: true,
  editable: true,
  table: 'green_area',
  geometryType: 'MultiPolygon',
  properties: [
    text('name', 'Nazwa', 'Name'),
    text('kind', 'Rodzaj', 'Kind', {
      codelist: codes(
        ['park', 'park', 'park'],
        ['square', 'skwer', 'green square'],
        ['lawn', 'zieleniec', 'lawn'],
        ['wood', 'las miejski', 'city wood'],
        ['allotment', 'ogrody działkowe', 'allotments'],
        ['cemetery', 'cmentarz', 'cemetery'],
        ['playground', 'plac zabaw', 'playground'],
        ['sport', 'teren sportowy', 'sports ground'],
        ['riverside', 'zieleń nadrzeczna', 'riverside green'],
      ),
    }),
    text('access', 'Dostępność', 'Access', {
      codelist: codes(
        ['public', 'publiczny', 'public'],
        ['limited', 'ograniczony', 'limited'],
        ['private', 'niepubliczny', 'private'],
      ),
    }),
    decimal('area_m2', 'Powierzchnia', 'Area', { unit: 'm2' }),
    text('manager', 'Zarządca', 'Manager'),
  ],
  style: {
    fill: '#d3e3bd',
    fillOpacity: 0.9,
    stroke: '#a9c48f',
    strokeWidthPx: 0.6,
    classes: {
      property: 'kind',
      entries: [
        {
          values: ['park', 'square', 'lawn', 'riverside'],
          label: { pl: 'parki, skwery, zieleńce', en: 'parks, squares, lawns' },
          fill: '#d0e3b8',
        },
        { values: ['wood'], label: { pl: 'lasy miejskie', en: 'city woods' }, fill: '#bcd4a8' },
        {
          values: ['allotment'],
          label: { pl: 'ogrody działkowe', en: 'allotments' },
          fill: '#e0e6bf',
        },
        { values: ['cemetery'], label: { pl: 'cmentarze', en: 'cemeteries' }, fill: '#c5dacb' },
        {
          values: ['playground', 'sport'],
          label: { pl: 'place zabaw i sport', en: 'playgrounds and sport' },
          fill: '#cfe3cc',
        },
      ],
    },
    label: { property: 'name', maxScaleDenominator: 10_000, color: '#4d7040' },
  },
  maxScaleDenominator: 100_000,
  freshnessDays: 365,
};
