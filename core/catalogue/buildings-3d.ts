import type { LayerDeclaration } from '../feature/layer.ts';
import { CITY_GEODESY, OPEN_GEODETIC_LICENCE } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { codes } from './property.ts';

/** How far a building has come in its life. */
export const BUILDING_STATES = codes(
  ['designed', 'projektowany', 'designed'],
  ['under_construction', 'w budowie', 'under construction'],
  ['built', 'istniejący', 'built'],
  ['demolished', 'rozebrany', 'demolished'],
);

/** How the accuracy of a body is known: what it was measured or made by. */
export const ACCURACY_BASES = codes(
  ['survey', 'pomiar geodezyjny', 'survey on the ground'],
  ['lidar', 'skaning laserowy', 'laser scanning'],
  ['photogrammetry', 'fotogrametria', 'photogrammetry'],
  ['design', 'projekt budowlany', 'building design'],
  ['register', 'obrys z ewidencji i liczba kondygnacji', 'outline of the register and its storeys'],
  ['estimated', 'oszacowanie', 'estimate'],
);

/**
 * Budynki 3D (CityGML 2.0 bldg:Building, LOD1/LOD2). The geometry is every bounding surface as one polygon of
 * the MultiPolygon Z; `surface_kinds` holds one letter for each, in the same order: G ground, W wall, R roof,
 * O other (outer floors and ceilings, closures). `appearance` names the look of these polygons, kept once for all that have
 * the same (ADR 60).
 */
export const BUILDINGS_3D: LayerDeclaration = {
  name: 'buildings_3d',
  title: { pl: 'Budynki 3D', en: 'Buildings 3D' },
  description: {
    pl: 'Modele budynków LOD1 i LOD2 z powierzchniami dachów, ścian i podłóg; wysokości PL-EVRF2007-NH.',
    en: 'Building models LOD1 and LOD2 with roof, wall and ground surfaces; heights in PL-EVRF2007-NH.',
  },
  group: GROUPS.buildings3d,
  drawOrder: 900,
  initiallyVisible: true,
  table: 'building_3d',
  geometryType: 'MultiPolygon',
  dimension: 3,
  properties: [
    {
      name: 'building_id',
      type: 'text',
      label: { pl: 'Identyfikator budynku EGiB', en: 'Register building id' },
      references: 'buildings',
    },
    {
      name: 'lod',
      type: 'integer',
      label: { pl: 'Poziom szczegółowości (LOD)', en: 'Level of detail (LOD)' },
    },
    {
      name: 'state',
      type: 'text',
      label: { pl: 'Stan', en: 'State' },
      codelist: BUILDING_STATES,
    },
    { name: 'state_since', type: 'date', label: { pl: 'Stan od', en: 'In this state since' } },
    { name: 'function', type: 'text', label: { pl: 'Funkcja', en: 'Function' } },
    { name: 'roof_type', type: 'text', label: { pl: 'Kształt dachu', en: 'Roof type' } },
    { name: 'height_m', type: 'number', unit: 'm', label: { pl: 'Wysokość', en: 'Height' } },
    {
      name: 'ground_height_m',
      type: 'number',
      unit: 'm',
      heightSystem: 'city',
      label: { pl: 'Rzędna podstawy', en: 'Ground height' },
    },
    {
      name: 'storeys_above',
      type: 'integer',
      label: { pl: 'Kondygnacje nadziemne', en: 'Storeys above ground' },
    },
    { name: 'surface_kinds', type: 'text', label: { pl: 'Rodzaje powierzchni', en: 'Kinds of surfaces' } },
    {
      name: 'appearance',
      type: 'text',
      label: { pl: 'Wygląd (skrót tekstur i barw)', en: 'Look (digest of textures and colours)' },
    },
    { name: 'roof_source', type: 'text', label: { pl: 'Źródło dachu', en: 'Source of the roof' } },
    { name: 'geometry_source', type: 'text', label: { pl: 'Źródło bryły', en: 'Source of the body' } },
    {
      ...{ name: 'accuracy_m', type: 'number', unit: 'm', least: 0 },
      label: { pl: 'Dokładność bryły', en: 'Accuracy of the body' },
    },
    {
      name: 'accuracy_basis',
      type: 'text',
      label: { pl: 'Skąd znana dokładność', en: 'How the accuracy is known' },
      codelist: ACCURACY_BASES,
    },
    { name: 'iip_namespace', type: 'text', label: { pl: 'Przestrzeń nazw IIP', en: 'IIP namespace' } },
    { name: 'iip_version', type: 'text', label: { pl: 'Wersja IIP', en: 'IIP version' } },
  ],
  style: { stroke: '#5d4632', strokeWidthPx: 0.6, fill: '#d8cbb8', fillOpacity: 0.9 },
  maxScaleDenominator: 25_000,
  steward: CITY_GEODESY,
  licence: OPEN_GEODETIC_LICENCE,
  freshnessDays: 365,
};
