import type { LayerDeclaration, StyleClass } from '../feature/layer.ts';
import { CITY_GEODESY, OPEN_GEODETIC_LICENCE, registerProperties } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { codes } from './property.ts';

/** Groups of land use (EGB_OFU, EGiB 2021) as quiet tints; the value of a parcel is its first, largest use. */
const LAND_USES: readonly StyleClass[] = [
  {
    values: ['dr', 'Tp'],
    label: { pl: 'drogi', en: 'roads' },
    fill: '#ffffff',
    fillOpacity: 0.95,
  },
  {
    values: ['Tk', 'Ti', 'K', 'Ba'],
    label: { pl: 'koleje, przemysł, kopalnie', en: 'railways, industry, mines' },
    fill: '#e3dfe2',
    fillOpacity: 0.75,
  },
  {
    values: ['B', 'Br', 'Bi', 'Bp', 'W'],
    label: { pl: 'zabudowane i zurbanizowane', en: 'built-up' },
    fill: '#f1e8d6',
    fillOpacity: 0.7,
  },
  {
    values: ['Bz'],
    label: { pl: 'rekreacja i zieleń', en: 'recreation and green' },
    fill: '#d5e4bd',
    fillOpacity: 0.8,
  },
  {
    values: ['Ls', 'Lz', 'Lzr'],
    label: { pl: 'lasy i zadrzewienia', en: 'woods' },
    fill: '#bfd6ab',
    fillOpacity: 0.8,
  },
  {
    values: ['Ł', 'Ps'],
    label: { pl: 'łąki i pastwiska', en: 'meadows and pastures' },
    fill: '#e0ebc9',
    fillOpacity: 0.8,
  },
  {
    values: ['R', 'S', 'N', 'Tr'],
    label: { pl: 'grunty orne, sady, nieużytki', en: 'arable land, orchards, waste' },
    fill: '#f5efd0',
    fillOpacity: 0.75,
  },
  {
    values: ['Wp', 'Ws', 'Wm', 'Wsr'],
    label: { pl: 'wody', en: 'water' },
    fill: '#b5d5e6',
    fillOpacity: 0.9,
  },
];

/** EGB_GrupaRejType: who holds the parcel, by kind. Tells of persons, so it is for staff. */
const REGISTER_GROUPS = codes(
  ['1', 'Skarb Państwa', 'State Treasury'],
  ['2', 'Skarb Państwa, użytkowanie wieczyste', 'State Treasury, perpetual usufruct'],
  ['3', 'państwowe osoby prawne', 'state legal persons'],
  ['4', 'gminy i związki międzygminne', 'municipalities and their unions'],
  ['5', 'gminy, użytkowanie wieczyste', 'municipalities, perpetual usufruct'],
  ['6', 'samorządowe osoby prawne', 'legal persons of local government'],
  ['7', 'osoby fizyczne', 'natural persons'],
  ['8', 'spółdzielnie', 'co-operatives'],
  ['9', 'kościoły i związki wyznaniowe', 'churches and religious associations'],
  ['10', 'wspólnoty gruntowe', 'land communities'],
  ['11', 'powiaty i związki powiatów', 'counties and their unions'],
  ['12', 'powiaty, użytkowanie wieczyste', 'counties, perpetual usufruct'],
  ['13', 'województwa', 'voivodeships'],
  ['14', 'województwa, użytkowanie wieczyste', 'voivodeships, perpetual usufruct'],
  ['15', 'spółki prawa handlowego', 'commercial companies'],
  ['16', 'inne podmioty', 'others'],
);

/** Whose the ground is when it is not that of persons or companies: what the public is told of the register group. */
const PUBLIC_HOLDERS = codes(
  ['state', 'Skarb Państwa lub państwowa osoba prawna', 'the State or a legal person of it'],
  ['municipality', 'gmina lub jej osoba prawna', 'the municipality or a legal person of it'],
  ['county', 'powiat', 'the county'],
  ['voivodeship', 'województwo', 'the voivodeship'],
  ['other', 'podmiot inny niż publiczny', 'other than a public body'],
);

const HOLDER_BY_GROUP: Readonly<Record<string, string>> = {
  ...{ 1: 'state', 2: 'state', 3: 'state' },
  ...{ 4: 'municipality', 5: 'municipality', 6: 'municipality' },
  ...{ 11: 'county', 12: 'county', 13: 'voivodeship', 14: 'voivodeship' },
  ...{ 7: 'other', 8: 'other', 9: 'other', 10: 'other', 15: 'other', 16: 'other' },
};

/** Of a register group, 1 to 16; null for what is none. */
export const publicHolderOf = (registerGroup: string): string | null =>
  HOLDER_BY_GROUP[registerGroup] ?? null;

/** Działki ewidencyjne (EGB_DzialkaEwidencyjna, EGiB 2021). Key: TERYT parcel id. */
export const PARCELS: LayerDeclaration = {
  name: 'parcels',
  title: { pl: 'Działki ewidencyjne', en: 'Parcels' },
  description: {
    pl: 'Działki z ewidencji gruntów i budynków: granice, numer, pole ewidencyjne. Bez danych osobowych.',
    en: 'Parcels of the land and buildings register: boundary, number, registered area. No personal data.',
  },
  group: GROUPS.landRegister,
  drawOrder: 150,
  initiallyVisible: true,
  table: 'parcel',
  geometryType: 'MultiPolygon',
  dimension: 2,
  properties: [
    { name: 'parcel_number', type: 'text', label: { pl: 'Numer działki', en: 'Parcel number' } },
    { name: 'precinct_id', type: 'text', label: { pl: 'Identyfikator obrębu', en: 'Precinct id' } },
    { name: 'map_sheet', type: 'text', label: { pl: 'Arkusz mapy', en: 'Map sheet' } },
    {
      name: 'registered_area_ha',
      type: 'number',
      unit: 'ha',
      label: { pl: 'Pole ewidencyjne', en: 'Registered area' },
    },
    {
      name: 'area_precision',
      type: 'text',
      label: { pl: 'Dokładność reprezentacji pola', en: 'Precision of the registered area' },
      codelist: [
        { code: '1', label: { pl: 'do 0,0001 ha', en: 'to 0.0001 ha' } },
        { code: '2', label: { pl: 'do 0,01 ha', en: 'to 0.01 ha' } },
      ],
    },
    { name: 'land_use', type: 'text', label: { pl: 'Użytki i klasy', en: 'Land use and soil classes' } },
    {
      name: 'register_group',
      type: 'text',
      label: { pl: 'Grupa rejestrowa', en: 'Register group' },
      audience: 'staff',
      codelist: REGISTER_GROUPS,
    },
    {
      name: 'public_holder',
      type: 'text',
      label: { pl: 'Grunt publiczny', en: 'Public ground' },
      codelist: PUBLIC_HOLDERS,
    },
    ...registerProperties,
  ],
  required: ['registered_area_ha', 'area_precision', 'land_use'],
  style: {
    stroke: '#1d1d1b',
    strokeWidthPx: 0.8,
    fill: '#f3ead7',
    fillOpacity: 0.55,
    classes: { property: 'land_use', entries: LAND_USES },
    label: { property: 'parcel_number', maxScaleDenominator: 1000, color: '#1d1d1b' },
  },
  maxScaleDenominator: 20_000,
  steward: CITY_GEODESY,
  licence: OPEN_GEODETIC_LICENCE,
  freshnessDays: 31,
};
