/** Units, precincts, boundary points, addresses and land uses of the land register (EGiB 2021). */
import type { LayerDeclaration } from '../feature/layer.ts';
import { CITY_GEODESY, OPEN_GEODETIC_LICENCE, registerProperties } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { codes, decimal, integer, text } from './property.ts';

const REGISTER = {
  group: GROUPS.landRegister,
  steward: CITY_GEODESY,
  licence: OPEN_GEODETIC_LICENCE,
  freshnessDays: 31,
} as const;

/** Jednostki ewidencyjne (EGB_JednostkaEwidencyjna). Key: `306401_1`. */
export const CADASTRAL_UNITS: LayerDeclaration = {
  ...REGISTER,
  name: 'cadastral_units',
  title: { pl: 'Jednostki ewidencyjne', en: 'Cadastral units' },
  description: {
    pl: 'Jednostki ewidencyjne z ewidencji gruntów i budynków: granice, identyfikator i nazwa.',
    en: 'Cadastral units of the land register: boundary, identifier and name.',
  },
  drawOrder: 720,
  initiallyVisible: false,
  table: 'cadastral_unit',
  geometryType: 'MultiPolygon',
  dimension: 2,
  properties: [text('name', 'Nazwa', 'Name'), ...registerProperties],
  required: ['name'],
  style: {
    stroke: '#6d2f76',
    strokeWidthPx: 2.4,
    strokeDash: [14, 4, 3, 4],
    label: { property: 'name', maxScaleDenominator: 200_000, color: '#6d2f76' },
  },
};

/** Obręby ewidencyjne (EGB_ObrebEwidencyjny). Key: `306401_1.0021`. */
export const PRECINCTS: LayerDeclaration = {
  ...REGISTER,
  name: 'precincts',
  title: { pl: 'Obręby ewidencyjne', en: 'Precincts' },
  description: {
    pl: 'Obręby ewidencyjne: granice, numer i nazwa własna.',
    en: 'Cadastral precincts: boundary, number and name.',
  },
  drawOrder: 710,
  initiallyVisible: false,
  table: 'precinct',
  geometryType: 'MultiPolygon',
  dimension: 2,
  properties: [
    text('name', 'Nazwa', 'Name'),
    text('precinct_number', 'Numer obrębu', 'Precinct number'),
    text('unit_id', 'Identyfikator jednostki', 'Cadastral unit id', { references: 'cadastral_units' }),
    ...registerProperties,
  ],
  required: ['name', 'unit_id'],
  style: {
    stroke: '#8a4f93',
    strokeWidthPx: 1.6,
    strokeDash: [10, 4],
    label: { property: 'name', maxScaleDenominator: 50_000, color: '#7a3f83' },
  },
};

/** Punkty graniczne (EGB_PunktGraniczny). Key: IIP lokalnyId. */
export const BOUNDARY_POINTS: LayerDeclaration = {
  ...REGISTER,
  name: 'boundary_points',
  title: { pl: 'Punkty graniczne', en: 'Boundary points' },
  description: {
    pl: 'Punkty graniczne działek: sposób pozyskania, dokładność, stabilizacja i operat.',
    en: 'Boundary points of parcels: how they were obtained, accuracy, monument and survey file.',
  },
  drawOrder: 650,
  initiallyVisible: false,
  table: 'boundary_point',
  geometryType: 'Point',
  dimension: 2,
  properties: [
    text('point_number', 'Oznaczenie punktu', 'Point number'),
    text('origin', 'Sposób pozyskania danych', 'How the position was obtained', {
      codelist: codes(['1', 'ustalony', 'established in the field'], ['2', 'nieustalony', 'not established']),
    }),
    text('meets_accuracy', 'Spełnienie warunków dokładnościowych', 'Meets the accuracy conditions', {
      codelist: codes(['1', 'spełnia', 'yes'], ['2', 'nie spełnia', 'no']),
    }),
    text('monument', 'Rodzaj stabilizacji', 'Kind of monument', {
      codelist: codes(
        ['1', 'brak informacji', 'no information'],
        ['2', 'niestabilizowany', 'not monumented'],
        ['3', 'znak naziemny', 'surface mark'],
        ['4', 'znak naziemny i podziemny', 'surface and underground mark'],
        ['5', 'znak podziemny', 'underground mark'],
        ['6', 'szczegół terenowy', 'detail of the terrain'],
      ),
    }),
    text('position_error', 'Błąd położenia względem osnowy (EGiB 2015)', 'Position error (EGiB 2015)', {
      codelist: codes(
        ['1', '0,00–0,10 m', '0.00–0.10 m'],
        ['2', '0,11–0,30 m', '0.11–0.30 m'],
        ['3', '0,31–0,60 m', '0.31–0.60 m'],
        ['4', '0,61–1,50 m', '0.61–1.50 m'],
        ['5', '1,51–3,00 m', '1.51–3.00 m'],
        ['6', 'powyżej 3,00 m', 'above 3.00 m'],
      ),
    }),
    text('source_designation', 'Oznaczenie w materiale źródłowym', 'Designation in the source'),
    text('survey_file', 'Numer operatu technicznego', 'Survey file number'),
    ...registerProperties,
  ],
  required: ['meets_accuracy', 'monument'],
  style: {
    fill: '#ffffff',
    stroke: '#1d1d1b',
    strokeWidthPx: 1.1,
    marker: { shape: 'circle', sizePx: 6 },
    classes: {
      property: 'meets_accuracy',
      entries: [
        { values: ['1'], label: { pl: 'spełnia warunki', en: 'meets accuracy' }, fill: '#ffffff' },
        { values: ['2'], label: { pl: 'nie spełnia warunków', en: 'does not meet it' }, fill: '#c0392b' },
      ],
    },
    label: { property: 'point_number', maxScaleDenominator: 500, color: '#1d1d1b' },
  },
  maxScaleDenominator: 2_000,
};

/** Adresy nieruchomości (EGB_AdresNieruchomosci). Key: IIP lokalnyId. */
export const ADDRESSES: LayerDeclaration = {
  ...REGISTER,
  name: 'addresses',
  title: { pl: 'Adresy', en: 'Addresses' },
  description: {
    pl: 'Punkty adresowe: miejscowość, ulica, numer porządkowy.',
    en: 'Address points: town, street, house number.',
  },
  drawOrder: 660,
  initiallyVisible: false,
  table: 'address',
  geometryType: 'Point',
  dimension: 2,
  properties: [
    text('town', 'Miejscowość', 'Town'),
    text('street', 'Ulica', 'Street'),
    text('house_number', 'Numer porządkowy', 'House number'),
    text('town_code', 'Identyfikator miejscowości', 'Town code (SIMC)'),
    text('street_code', 'Identyfikator ulicy', 'Street code (ULIC)'),
    text('postal_code', 'Kod pocztowy', 'Postal code'),
    text('parcel_id', 'Działka', 'Parcel', { references: 'parcels' }),
    text('building_id', 'Budynek', 'Building', { references: 'buildings' }),
    ...registerProperties,
  ],
  required: ['town'],
  style: {
    fill: '#b0643a',
    stroke: '#ffffff',
    strokeWidthPx: 0.8,
    marker: { shape: 'circle', sizePx: 4 },
    label: { property: 'house_number', maxScaleDenominator: 2_000, color: '#8c4a26' },
  },
  maxScaleDenominator: 5_000,
};

/**
 * Klasoużytki: the uses and soil classes of each parcel with their areas, made by the store from
 * `parcels.land_use`. A use has no outline of its own in the register, so it stands at a point on its parcel.
 * Key: parcel id, `:` and its place in the parcel's list.
 */
export const PARCEL_LAND_USES: LayerDeclaration = {
  ...REGISTER,
  name: 'parcel_land_uses',
  title: { pl: 'Klasoużytki działek', en: 'Land uses of parcels' },
  description: {
    pl: 'Użytki i klasy gruntu każdej działki z powierzchnią; położenie wskazuje punkt na działce.',
    en: 'Uses and soil classes of each parcel with their areas; placed at a point on the parcel.',
  },
  drawOrder: 640,
  initiallyVisible: false,
  derivedFrom: 'parcels',
  table: 'parcel_land_use',
  geometryType: 'Point',
  dimension: 2,
  properties: [
    text('parcel_id', 'Działka', 'Parcel', { references: 'parcels' }),
    integer('ordinal', 'Kolejność', 'Place in the list'),
    text('designation', 'Oznaczenie klasoużytku', 'Designation'),
    text('land_use', 'Użytek gruntowy (OFU)', 'Land use (OFU)', {
      codelist: codes(
        ['R', 'grunt orny', 'arable land'],
        ['S', 'sad', 'orchard'],
        ['Ł', 'łąka trwała', 'permanent meadow'],
        ['Ps', 'pastwisko trwałe', 'permanent pasture'],
        ['Br', 'grunt rolny zabudowany', 'built-up farmland'],
        ['Wsr', 'grunt pod stawem', 'pond'],
        ['W', 'grunt pod rowem', 'ditch'],
        ['Lzr', 'grunt rolny zadrzewiony i zakrzewiony', 'farmland with trees and shrubs'],
        ['Ls', 'las', 'forest'],
        ['Lz', 'grunt zadrzewiony i zakrzewiony', 'trees and shrubs'],
        ['B', 'teren mieszkaniowy', 'residential'],
        ['Ba', 'teren przemysłowy', 'industrial'],
        ['Bi', 'inny teren zabudowany', 'other built-up'],
        ['Bp', 'teren niezabudowany lub w trakcie zabudowy', 'urbanised, not built or under construction'],
        ['Bz', 'teren rekreacyjno-wypoczynkowy', 'recreation'],
        ['K', 'użytek kopalny', 'mining'],
        ['dr', 'droga', 'road'],
        ['Tk', 'teren kolejowy', 'railway'],
        ['Ti', 'inny teren komunikacyjny', 'other transport'],
        ['Tp', 'grunt pod budowę dróg publicznych lub linii kolejowych', 'land for roads or railways'],
        ['N', 'nieużytek', 'waste land'],
        ['Wp', 'wody powierzchniowe płynące', 'flowing water'],
        ['Ws', 'wody powierzchniowe stojące', 'standing water'],
        ['Wm', 'morskie wody wewnętrzne', 'internal sea water'],
        ['Tr', 'teren różny', 'various'],
      ),
    }),
    text('soil_use', 'Użytek konturu klasyfikacyjnego (OZU)', 'Soil contour use (OZU)'),
    text('soil_class', 'Klasa bonitacyjna (OZK)', 'Soil class (OZK)'),
    decimal('area_ha', 'Powierzchnia', 'Area', { unit: 'ha' }),
  ],
  style: {
    fill: '#7d8f4e',
    stroke: '#ffffff',
    strokeWidthPx: 0.6,
    marker: { shape: 'diamond', sizePx: 4 },
    label: { property: 'designation', maxScaleDenominator: 1_000, color: '#5d6b38' },
  },
  maxScaleDenominator: 2_000,
};
