import type { CodelistEntry, LayerDeclaration, StyleClass } from '../feature/layer.ts';
import { CITY_GEODESY, OPEN_GEODETIC_LICENCE, registerProperties } from './common-terms.ts';
import { GROUPS } from './groups.ts';

/** Main kind by the classification of fixed assets (EGB_RodzajWgKSTType, EGIB.XSD 2021). */
export const BUILDING_KINDS: readonly CodelistEntry[] = [
  { code: 'm', label: { pl: 'mieszkalny', en: 'residential' } },
  {
    code: 'g',
    label: {
      pl: 'produkcyjny, usługowy i gospodarczy dla rolnictwa',
      en: 'agricultural production, service and utility',
    },
  },
  { code: 't', label: { pl: 'transportu i łączności', en: 'transport and communications' } },
  { code: 'k', label: { pl: 'oświaty, nauki, kultury i sportu', en: 'education, culture and sport' } },
  { code: 'z', label: { pl: 'szpital i inny budynek opieki zdrowotnej', en: 'hospital and health care' } },
  { code: 'b', label: { pl: 'biurowy', en: 'office' } },
  { code: 'h', label: { pl: 'handlowo-usługowy', en: 'trade and services' } },
  { code: 'p', label: { pl: 'przemysłowy', en: 'industrial' } },
  { code: 's', label: { pl: 'zbiornik, silos i budynek magazynowy', en: 'tank, silo or warehouse' } },
  { code: 'i', label: { pl: 'inny niemieszkalny', en: 'other non-residential' } },
];

const KIND_COLOURS: readonly StyleClass[] = [
  { values: ['m'], label: { pl: 'mieszkalne', en: 'residential' }, fill: '#d2ae8c' },
  {
    values: ['k', 'z', 'b'],
    label: { pl: 'oświaty, zdrowia i biurowe', en: 'education, health and office' },
    fill: '#c79a9a',
  },
  { values: ['h'], label: { pl: 'handlowo-usługowe', en: 'trade and services' }, fill: '#d9a27c' },
  {
    values: ['p', 's', 't'],
    label: { pl: 'przemysłowe, magazynowe, transportu', en: 'industry, storage, transport' },
    fill: '#b9aab6',
  },
  {
    values: ['g', 'i'],
    label: { pl: 'gospodarcze i inne niemieszkalne', en: 'farm, utility and other' },
    fill: '#cdc2b1',
  },
];

/** Budynki z EGiB (EGB_Budynek, EGiB 2021). Key: TERYT building id `….N_BUD`. */
export const BUILDINGS: LayerDeclaration = {
  name: 'buildings',
  title: { pl: 'Budynki (ewidencja)', en: 'Buildings (register)' },
  description: {
    pl: 'Budynki z ewidencji gruntów i budynków: obrys, rodzaj według KŚT, kondygnacje, powierzchnia zabudowy.',
    en: 'Buildings of the land and buildings register: outline, kind, storeys, built-up area.',
  },
  group: GROUPS.landRegister,
  drawOrder: 400,
  initiallyVisible: true,
  table: 'building',
  geometryType: 'MultiPolygon',
  dimension: 2,
  properties: [
    {
      name: 'kind',
      type: 'text',
      label: { pl: 'Rodzaj według KŚT', en: 'Kind' },
      codelist: BUILDING_KINDS,
    },
    {
      name: 'storeys_above',
      type: 'integer',
      label: { pl: 'Kondygnacje nadziemne', en: 'Storeys above ground' },
    },
    {
      name: 'storeys_below',
      type: 'integer',
      label: { pl: 'Kondygnacje podziemne', en: 'Storeys below ground' },
    },
    {
      name: 'built_area_m2',
      type: 'number',
      unit: 'm2',
      label: { pl: 'Powierzchnia zabudowy', en: 'Built-up area' },
    },
    {
      name: 'parcel_ids',
      type: 'text',
      label: { pl: 'Działki zabudowane', en: 'Parcels built upon' },
      references: 'parcels',
    },
    ...registerProperties,
  ],
  required: ['kind', 'storeys_above', 'storeys_below', 'built_area_m2', 'parcel_ids'],
  style: {
    stroke: '#6b4a2b',
    strokeWidthPx: 0.8,
    fill: '#c9a98b',
    fillOpacity: 0.9,
    classes: { property: 'kind', entries: KIND_COLOURS },
    // The register map writes kind and storeys into the building: m2.
    label: {
      property: 'kind',
      suffixProperty: 'storeys_above',
      maxScaleDenominator: 1000,
      color: '#4a2f17',
    },
  },
  maxScaleDenominator: 25_000,
  steward: CITY_GEODESY,
  licence: OPEN_GEODETIC_LICENCE,
  freshnessDays: 31,
};
