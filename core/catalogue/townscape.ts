/** The landscape resolution: where which adverts and fences may stand, and the carriers of adverts themselves. */
import type { LayerDeclaration } from '../feature/layer.ts';
import { CITY_OPEN_LICENCE, CITY_PLANNING, PUBLIC_REGISTER_LICENCE } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { codes, date, decimal, text } from './property.ts';

/** Obszary uchwały krajobrazowej (art. 37a UPZP). A part of the city for each stretch of one kind. */
export const LANDSCAPE_AREAS: LayerDeclaration = {
  name: 'landscape_areas',
  title: { pl: 'Obszary uchwały krajobrazowej', en: 'Areas of the landscape resolution' },
  description: {
    pl: 'Obszary uchwały krajobrazowej z zasadami dla reklam, ogrodzeń i małej architektury.',
    en: 'Areas of the landscape resolution with its rules for adverts, fences and small architecture.',
  },
  group: GROUPS.planning,
  drawOrder: 302,
  initiallyVisible: false,
  table: 'landscape_area',
  geometryType: 'MultiPolygon',
  dimension: 2,
  properties: [
    text('kind', 'Obszar', 'Area', {
      codelist: codes(
        ['old_town', 'staromiejski', 'old town'],
        ['historic', 'centrum i historyczne dzielnice', 'centre and historic quarters'],
        ['urban', 'zurbanizowany', 'urbanised'],
        ['open', 'tereny otwarte', 'open ground'],
      ),
    }),
    text('ads', 'Reklamy wolno stojące', 'Free-standing adverts', {
      codelist: codes(
        ['none', 'zakazane', 'banned'],
        ['limited', 'do podanej powierzchni', 'up to the area given'],
      ),
    }),
    decimal('max_ad_area_m2', 'Maks. powierzchnia reklamy', 'Max. area of an advert', { unit: 'm2' }),
    decimal('max_fence_height_m', 'Maks. wysokość ogrodzenia', 'Max. height of a fence', { unit: 'm' }),
    text('act_title', 'Tytuł aktu', 'Title of the act'),
    text('act_number', 'Numer uchwały', 'Number of the act'),
    text('act_publication', 'Publikator', 'Published in'),
    date('in_force_since', 'Obowiązuje od', 'In force since'),
    date('in_force_until', 'Obowiązuje do', 'In force until'),
    date('adapt_until', 'Dostosować do', 'To be adapted by'),
  ],
  style: {
    fill: '#c9b8d8',
    fillOpacity: 0.35,
    stroke: '#6f5a8c',
    strokeWidthPx: 0.8,
    classes: {
      property: 'kind',
      entries: [
        { values: ['old_town'], label: { pl: 'staromiejski', en: 'old town' }, fill: '#8e5a9b' },
        { values: ['historic'], label: { pl: 'historyczny', en: 'historic' }, fill: '#b487bd' },
        { values: ['urban'], label: { pl: 'zurbanizowany', en: 'urbanised' }, fill: '#d6bfdc' },
        { values: ['open'], label: { pl: 'tereny otwarte', en: 'open ground' }, fill: '#cfe0bd' },
      ],
    },
  },
  maxScaleDenominator: 100_000,
  steward: CITY_PLANNING,
  licence: PUBLIC_REGISTER_LICENCE,
  freshnessDays: 365,
};

/** Nośniki reklam: where they stand and whether they hold to the resolution. */
export const AD_CARRIERS: LayerDeclaration = {
  name: 'ad_carriers',
  title: { pl: 'Nośniki reklam', en: 'Carriers of adverts' },
  description: {
    pl: 'Tablice i urządzenia reklamowe z inwentaryzacji miasta: rodzaj, powierzchnia i zgodność z uchwałą krajobrazową.',
    en: 'Boards and devices for adverts from the survey of the city: kind, area and whether they hold to the landscape resolution.',
  },
  group: GROUPS.planning,
  drawOrder: 735,
  initiallyVisible: false,
  editable: true,
  table: 'ad_carrier',
  geometryType: 'Point',
  dimension: 2,
  properties: [
    text('kind', 'Rodzaj', 'Kind', {
      codelist: codes(
        ['billboard', 'tablica wielkoformatowa', 'billboard'],
        ['banner', 'baner', 'banner'],
        ['pylon', 'pylon', 'pylon'],
        ['citylight', 'gablota podświetlana', 'city light'],
        ['sign', 'szyld wolno stojący', 'free-standing sign'],
      ),
    }),
    decimal('area_m2', 'Powierzchnia ekspozycji', 'Area shown', { unit: 'm2' }),
    decimal('height_m', 'Wysokość', 'Height', { unit: 'm' }),
    text('status', 'Zgodność z uchwałą', 'Holds to the resolution', {
      codelist: codes(
        ['compliant', 'zgodny', 'yes'],
        ['to_adapt', 'do dostosowania lub usunięcia', 'to be adapted or removed'],
      ),
    }),
    text('parcel_id', 'Działka', 'Parcel', { references: 'parcels' }),
    date('surveyed_on', 'Data inwentaryzacji', 'Surveyed on'),
  ],
  style: {
    fill: '#8d7aa6',
    stroke: '#3f2f57',
    strokeWidthPx: 1,
    marker: { shape: 'square', sizePx: 8, sizeM: 1.5 },
    classes: {
      property: 'status',
      entries: [
        { values: ['compliant'], label: { pl: 'zgodny', en: 'holds to it' }, fill: '#5d9c6b' },
        { values: ['to_adapt'], label: { pl: 'do dostosowania', en: 'to be adapted' }, fill: '#d0573c' },
      ],
    },
  },
  maxScaleDenominator: 10_000,
  steward: CITY_PLANNING,
  licence: CITY_OPEN_LICENCE,
  freshnessDays: 730,
};
