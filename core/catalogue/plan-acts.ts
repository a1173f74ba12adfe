/** Planning acts (APP 2.0 AktPlanowaniaPrzestrzennego) and what they draw beside zones: areas and building lines. */
import type { LayerDeclaration } from '../feature/layer.ts';
import { CITY_PLANNING, PUBLIC_REGISTER_LICENCE, versionProperties } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { codes, date, decimal, flag, integer, text } from './property.ts';

export const PLAN_KINDS = codes(
  ['general', 'plan ogólny gminy (POG)', 'general plan (POG)'],
  ['local', 'miejscowy plan (MPZP)', 'local plan (MPZP)'],
);

/** INSPIRE ProcessStepGeneralValue. */
export const ACT_STATUS = codes(
  ['elaboration', 'w opracowaniu', 'elaboration'],
  ['adoption', 'w trakcie uchwalania', 'adoption'],
  ['legalForce', 'obowiązujący', 'in force'],
  ['obsolete', 'nieobowiązujący', 'obsolete'],
);

/** INSPIRE RegulationNatureValue. */
export const LEGAL_STRENGTH = text('strength', 'Charakter ustalenia', 'Legal strength', {
  codelist: codes(
    ['generallyBinding', 'ogólnie wiążące', 'generally binding'],
    ['bindingForAuthorities', 'wiążące dla organów', 'binding for authorities'],
    ['nonBinding', 'niewiążące', 'non-binding'],
  ),
});

const PLANNING = {
  group: GROUPS.planning,
  dimension: 2,
  initiallyVisible: false,
  steward: CITY_PLANNING,
  licence: PUBLIC_REGISTER_LICENCE,
  freshnessDays: 90,
} as const;

const status = text('status', 'Status', 'Status', { codelist: ACT_STATUS });
const since = date('in_force_since', 'Obowiązuje od', 'In force since');
const until = date('in_force_until', 'Obowiązuje do', 'In force until');
const act = text('act_id', 'Akt planowania', 'Planning act', { references: 'plan_acts' });

/**
 * Akty planowania przestrzennego. Key: the data set of the act without its namespace, and its IIP lokalnyId where the
 * set may hold several, as in `306401-POG_1POG`. The last day in force is `in_force_until`.
 */
export const PLAN_ACTS: LayerDeclaration = {
  ...PLANNING,
  name: 'plan_acts',
  title: { pl: 'Akty planowania', en: 'Planning acts' },
  description: {
    pl: 'Granice planu ogólnego i planów miejscowych, obowiązujących, sporządzanych i uchylonych: tytuł, uchwała, tekst, daty.',
    en: 'Extents of the general plan and of local plans in force, in preparation and repealed: title, resolution, text, dates.',
  },
  drawOrder: 345,
  table: 'plan_act',
  geometryType: 'MultiPolygon',
  properties: [
    text('plan_kind', 'Rodzaj planu', 'Kind of plan', { codelist: PLAN_KINDS }),
    text('title', 'Tytuł', 'Title'),
    text('number', 'Numer uchwały', 'Number of the resolution'),
    text('publication', 'Publikator', 'Published in'),
    status,
    date('begun_on', 'Przystąpienie', 'Preparation begun'),
    date('adopted_on', 'Uchwalenie', 'Adopted on'),
    since,
    until,
    text('changes', 'Zmienia akt', 'Changes the act', { references: 'plan_acts' }),
    integer('drawing_scale', 'Mianownik skali rysunku', 'Scale denominator of the drawing'),
    text('text_url', 'Tekst uchwały', 'Text of the resolution'),
    text('drawing_url', 'Rysunek planu', 'Drawing of the plan'),
    text('plan_type', 'Typ aktu', 'Type of act'),
    text('alternative_title', 'Tytuł alternatywny', 'Alternative title'),
    integer('change_number', 'Numer zmiany', 'Number of the change'),
    flag('is_modification', 'Modyfikacja', 'Modification'),
    date('base_map_date', 'Data mapy podkładowej', 'Date of the base map'),
    text('base_map_reference', 'Mapa podkładowa', 'Base map'),
    text('base_map_url', 'Adres mapy podkładowej', 'Address of the base map'),
    text('resolution_title', 'Tytuł uchwały', 'Title of the resolution'),
    text('resolution_iip', 'Identyfikator uchwały', 'Identifier of the resolution'),
    text('beginning_title', 'Tytuł uchwały o przystąpieniu', 'Title of the resolution to begin'),
    text('beginning_iip', 'Identyfikator uchwały o przystąpieniu', 'Identifier of the resolution to begin'),
    text('drawing_title', 'Tytuł rysunku', 'Title of the drawing'),
    text('drawing_crs', 'Układ rysunku', 'Reference system of the drawing'),
    text('drawing_iip', 'Identyfikator rysunku', 'Identifier of the drawing'),
    ...versionProperties,
  ],
  style: {
    fill: '#8a7f6a',
    fillOpacity: 0.06,
    stroke: '#7a5c2e',
    strokeWidthPx: 1.6,
    classes: {
      property: 'status',
      entries: [
        { values: ['legalForce'], label: { pl: 'obowiązujący', en: 'in force' }, stroke: '#7a5c2e' },
        {
          values: ['elaboration', 'adoption'],
          label: { pl: 'sporządzany', en: 'in preparation' },
          fill: '#c98a2b',
          fillOpacity: 0.12,
          stroke: '#c98a2b',
          strokeDash: [6, 4],
        },
        {
          values: ['obsolete'],
          label: { pl: 'nieobowiązujący', en: 'obsolete' },
          fill: '#9a9a9a',
          fillOpacity: 0.04,
          stroke: '#9a9a9a',
          strokeDash: [2, 4],
        },
      ],
    },
    label: { property: 'title', maxScaleDenominator: 15_000, color: '#5b4421' },
  },
  maxScaleDenominator: 200_000,
};

/** Regulacje planu ogólnego: OUZ, OZS, OSD. Distances in metres on the ground; null = the plan sets none. */
export const PLAN_AREAS: LayerDeclaration = {
  ...PLANNING,
  name: 'plan_areas',
  title: { pl: 'Obszary planu ogólnego', en: 'Areas of the general plan' },
  description: {
    pl: 'Obszary uzupełnienia zabudowy, zabudowy śródmiejskiej i standardów dostępności infrastruktury społecznej.',
    en: 'Building-infill areas, downtown areas and areas of access standards of social infrastructure.',
  },
  drawOrder: 305,
  table: 'plan_area',
  geometryType: 'MultiPolygon',
  properties: [
    text('kind', 'Rodzaj obszaru', 'Kind of area', {
      codelist: codes(
        ['OUZ', 'obszar uzupełnienia zabudowy', 'building-infill area'],
        ['OZS', 'obszar zabudowy śródmiejskiej', 'downtown area'],
        ['OSD', 'obszar standardów dostępności', 'area of access standards'],
      ),
    }),
    text('designation', 'Oznaczenie', 'Designation'),
    act,
    status,
    since,
    until,
    flag('excludes_farmsteads', 'Bez zabudowy zagrodowej', 'Farmsteads left out'),
    decimal('max_school_distance_m', 'Odległość do szkoły podstawowej', 'Distance to a primary school', {
      unit: 'm',
    }),
    decimal('max_green_areas_distance_m', 'Odległość do terenów zieleni', 'Distance to public green areas', {
      unit: 'm',
    }),
    decimal('min_green_areas_ha', 'Łączna powierzchnia zieleni', 'Total area of public green', {
      unit: 'ha',
    }),
    decimal('max_green_area_distance_m', 'Odległość do terenu zieleni', 'Distance to one public green area', {
      unit: 'm',
    }),
    decimal('min_green_area_ha', 'Powierzchnia terenu zieleni', 'Area of the one green', { unit: 'ha' }),
    text('other_standards', 'Inne standardy', 'Other standards'),
    text('name', 'Nazwa', 'Name'),
    LEGAL_STRENGTH,
    ...versionProperties,
  ],
  style: {
    fill: '#d08f4f',
    fillOpacity: 0.12,
    stroke: '#a35f1f',
    strokeWidthPx: 1.2,
    classes: {
      property: 'kind',
      entries: [
        {
          values: ['OUZ'],
          label: { pl: 'uzupełnienia zabudowy', en: 'building infill' },
          fill: '#d08f4f',
          stroke: '#a35f1f',
        },
        {
          values: ['OZS'],
          label: { pl: 'zabudowy śródmiejskiej', en: 'downtown' },
          fill: '#a0537f',
          stroke: '#7b3a5f',
        },
        {
          values: ['OSD'],
          label: { pl: 'standardów dostępności', en: 'access standards' },
          fill: '#4f8fa0',
          fillOpacity: 0.04,
          stroke: '#2f6f80',
          strokeDash: [8, 4],
        },
      ],
    },
    label: { property: 'designation', maxScaleDenominator: 10_000, color: '#5b4421' },
  },
  maxScaleDenominator: 100_000,
};

/** Linie zabudowy planów miejscowych. What may be built lies at the left of a line of the demo city; files do not say. */
export const BUILDING_LINES: LayerDeclaration = {
  ...PLANNING,
  name: 'building_lines',
  title: { pl: 'Linie zabudowy', en: 'Building lines' },
  description: {
    pl: 'Obowiązujące i nieprzekraczalne linie zabudowy planów miejscowych.',
    en: 'Obligatory and maximal building lines of local plans.',
  },
  drawOrder: 460,
  table: 'building_line',
  geometryType: 'LineString',
  properties: [
    text('kind', 'Rodzaj', 'Kind', {
      codelist: codes(
        ['obligatory', 'obowiązująca', 'obligatory'],
        ['maximal', 'nieprzekraczalna', 'maximal'],
      ),
    }),
    text('zone_id', 'Teren planu', 'Area of the plan', { references: 'plan_zones' }),
    act,
    decimal('offset_m', 'Odległość od linii rozgraniczającej', 'Distance from the line of the area', {
      unit: 'm',
    }),
    status,
    since,
    until,
  ],
  style: {
    stroke: '#8b1a1a',
    strokeWidthPx: 1.6,
    classes: {
      property: 'kind',
      entries: [
        {
          values: ['obligatory'],
          label: { pl: 'obowiązująca', en: 'obligatory' },
          stroke: '#8b1a1a',
          strokeWidthPx: 2.2,
        },
        {
          values: ['maximal'],
          label: { pl: 'nieprzekraczalna', en: 'maximal' },
          stroke: '#8b1a1a',
          strokeDash: [7, 4],
        },
      ],
    },
  },
  maxScaleDenominator: 10_000,
};
