/**
 * Topographic objects (BDOT500 2021): buildings that are not in EGiB, then everything else by its shape, as GESUT is
 * kept: areas, lines, points and measured heights.
 */
import type { LayerDeclaration } from '../feature/layer.ts';
import { BUILDING_KINDS } from './buildings.ts';
import { CITY_GEODESY, PUBLIC_REGISTER_LICENCE, registerProperties } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { date, decimal, integer, text } from './property.ts';
import {
  AREA_CLASSES,
  BUILDING_STATES,
  HEIGHT_KINDS,
  LINE_CLASSES,
  POINT_CLASSES,
  SURFACES,
  TOPOGRAPHIC_CLASSES,
  TOPOGRAPHIC_KINDS,
  TOPOGRAPHIC_SOURCES,
} from './topography-terms.ts';

const REGISTER = {
  group: GROUPS.topography,
  dimension: 2,
  initiallyVisible: false,
  maxScaleDenominator: 5_000,
  steward: CITY_GEODESY,
  licence: PUBLIC_REGISTER_LICENCE,
  freshnessDays: 31,
} as const;

const shared = [
  text('position_source', 'Źródło danych o położeniu', 'Source of the position', {
    codelist: TOPOGRAPHIC_SOURCES,
  }),
  date('accepted_on', 'Data przyjęcia do zasobu', 'Accepted into the resource on'),
  text('survey_file', 'Numer operatu', 'Survey file'),
  /** Free text of surveyors, who write names of people into it. */
  text('remark', 'Informacja dodatkowa', 'Remark', { audience: 'staff' }),
  ...registerProperties,
];

const building = text('building_id', 'Budynek', 'Building', { references: 'unregistered_buildings' });
const kind = [
  text('class', 'Klasa', 'Class', { codelist: TOPOGRAPHIC_CLASSES }),
  text('kind', 'Rodzaj', 'Kind', { codelist: TOPOGRAPHIC_KINDS }),
  text('surface', 'Rodzaj nawierzchni', 'Surface', { codelist: SURFACES }),
  integer('level', 'Położenie ciągu (poziom)', 'Level of the way'),
  text('name', 'Nazwa własna', 'Name'),
];
/** Lines and points that belong to an object, as text with the CRS that they were delivered in. */
const drawing = [
  text('direction_line', 'Polilinia kierunkowa', 'Direction line'),
  text('slope_starts', 'Początki góry skarpy', 'Where tops of slopes begin'),
  text('slope_ends', 'Końce góry skarpy', 'Where tops of slopes end'),
];

/** Budynki niewykazane w EGiB (OT_BudynekNiewykazanyWEGIB). Key: IIP lokalnyId. */
export const UNREGISTERED_BUILDINGS: LayerDeclaration = {
  ...REGISTER,
  name: 'unregistered_buildings',
  title: { pl: 'Budynki niewykazane w EGiB', en: 'Buildings not in the land register' },
  description: {
    pl: 'Budynki pomierzone na mapie zasadniczej, których nie wykazuje ewidencja gruntów i budynków (BDOT500).',
    en: 'Buildings surveyed for the base map that the land and buildings register does not hold (BDOT500).',
  },
  drawOrder: 395,
  table: 'unregistered_building',
  geometryType: 'MultiPolygon',
  properties: [
    text('kind', 'Rodzaj według KŚT', 'Kind', { codelist: BUILDING_KINDS }),
    text('state', 'Status', 'State', { codelist: BUILDING_STATES }),
    integer('storeys_above', 'Kondygnacje nadziemne', 'Storeys above ground'),
    integer('storeys_below', 'Kondygnacje podziemne', 'Storeys below ground'),
    ...shared,
  ],
  style: {
    fill: '#e3d3c0',
    fillOpacity: 0.9,
    stroke: '#6b5640',
    strokeWidthPx: 0.8,
    strokeDash: [4, 2],
    label: { property: 'kind', maxScaleDenominator: 1_000, color: '#3b2f23' },
  },
};

/** Jezdnie, chodniki, place, trawniki, wody, skarpy, budowle i części budynków o kształcie powierzchni. */
export const TOPOGRAPHIC_AREAS: LayerDeclaration = {
  ...REGISTER,
  name: 'topographic_areas',
  title: { pl: 'Powierzchnie BDOT500', en: 'Topographic areas' },
  description: {
    pl: 'Jezdnie, chodniki, place, tereny sportowe, trawniki, wody, skarpy, budowle, bloki i części budynków (BDOT500).',
    en: 'Carriageways, pavements, squares, sports grounds, lawns, water, slopes, structures, blocks and parts of buildings (BDOT500).',
  },
  drawOrder: 160,
  table: 'topographic_area',
  geometryType: 'MultiPolygon',
  properties: [
    ...kind,
    text('block_name', 'Oznaczenie bloku', 'Name of the block'),
    integer('highest_storey', 'Najwyższa kondygnacja', 'Highest storey'),
    integer('lowest_storey', 'Najniższa kondygnacja', 'Lowest storey'),
    building,
    ...drawing,
    ...shared,
  ],
  style: {
    fill: '#e4e0da',
    fillOpacity: 0.85,
    stroke: '#8c857a',
    strokeWidthPx: 0.6,
    classes: { property: 'kind', entries: AREA_CLASSES },
  },
};

/** Krawężniki, ogrodzenia, tory, mury, ekrany, rowy. */
export const TOPOGRAPHIC_LINES: LayerDeclaration = {
  ...REGISTER,
  name: 'topographic_lines',
  title: { pl: 'Linie BDOT500', en: 'Topographic lines' },
  description: {
    pl: 'Krawężniki, ogrodzenia, bramy, tory, mury oporowe, ekrany akustyczne, bariery i rowy (BDOT500).',
    en: 'Kerbs, fences, gates, tracks, retaining walls, noise screens, barriers and ditches (BDOT500).',
  },
  drawOrder: 410,
  table: 'topographic_line',
  geometryType: 'MultiLineString',
  properties: [...kind, building, ...drawing, ...shared],
  style: {
    stroke: '#6f6a62',
    strokeWidthPx: 0.9,
    classes: { property: 'kind', entries: LINE_CLASSES },
  },
};

/** Drzewa, pomniki, figury, fontanny, podpory. */
export const TOPOGRAPHIC_POINTS: LayerDeclaration = {
  ...REGISTER,
  name: 'topographic_points',
  title: { pl: 'Punkty BDOT500', en: 'Topographic points' },
  description: {
    pl: 'Pojedyncze drzewa, pomniki, figury, fontanny, podpory i inne obiekty pokazane punktem (BDOT500).',
    en: 'Single trees, monuments, figures, fountains, supports and other objects shown by a point (BDOT500).',
  },
  drawOrder: 530,
  table: 'topographic_point',
  geometryType: 'Point',
  properties: [...kind, building, ...drawing, ...shared],
  style: {
    fill: '#ffffff',
    stroke: '#4d4d4d',
    strokeWidthPx: 1,
    marker: { shape: 'circle', sizePx: 6, sizeM: 0.8 },
    classes: { property: 'kind', entries: POINT_CLASSES },
  },
};

/** Rzędne (OT_Rzedna): measured heights of the ground and of what is built on it, PL-EVRF2007-NH. */
export const TOPOGRAPHIC_HEIGHTS: LayerDeclaration = {
  ...REGISTER,
  name: 'topographic_heights',
  title: { pl: 'Rzędne terenu (BDOT500)', en: 'Spot heights' },
  description: {
    pl: 'Pomierzone rzędne terenu i powierzchni sztucznych, PL-EVRF2007-NH.',
    en: 'Measured heights of the ground and of artificial surfaces, PL-EVRF2007-NH.',
  },
  drawOrder: 540,
  table: 'topographic_height',
  geometryType: 'Point',
  properties: [
    text('kind', 'Rodzaj rzędnej', 'Kind', { codelist: HEIGHT_KINDS }),
    decimal('height_m', 'Rzędna', 'Height', { unit: 'm', heightSystem: 'city' }),
    ...shared,
  ],
  style: {
    stroke: '#6b4a2b',
    strokeWidthPx: 1,
    marker: { shape: 'cross', sizePx: 4 },
    label: { property: 'height_m', maxScaleDenominator: 1_000, color: '#6b4a2b' },
  },
  maxScaleDenominator: 1_000,
};
