/** Utility networks (GESUT 2021): lines, devices and the measured heights of them. */
import type { LayerDeclaration } from '../feature/layer.ts';
import { CITY_GEODESY, PUBLIC_REGISTER_LICENCE, registerProperties } from './common-terms.ts';
import { CRITICAL_DEVICES, CRITICAL_ELEVATIONS, CRITICAL_LINES } from './critical-networks.ts';
import { GROUPS } from './groups.ts';
import { codes, decimal, flag, integer, text } from './property.ts';
import {
  DEVICE_KINDS,
  LINE_TYPES,
  NETWORKS,
  networkClasses,
  OPERATION,
  POSITION_SOURCES,
  STATES,
} from './utility-terms.ts';

const REGISTER = {
  group: GROUPS.networks,
  dimension: 2,
  steward: CITY_GEODESY,
  licence: PUBLIC_REGISTER_LICENCE,
  freshnessDays: 31,
} as const;

const network = text('network', 'Rodzaj sieci', 'Network', { codelist: NETWORKS });
const shared = [
  text('state', 'Status', 'State', { codelist: STATES }),
  text('operation', 'Eksploatacja', 'Operation', { codelist: OPERATION }),
  text('position_source', 'Źródło danych o położeniu', 'Source of the position', {
    codelist: POSITION_SOURCES,
  }),
];
/** Who runs a line is told to staff only: the register names firms and persons alike. */
const operator = text('operator', 'Władający', 'Operator', { audience: 'staff' });
const branchId = text('operator_id', 'Identyfikator branżowy', 'Id of the operator');

/** Przewody (GES_Przewod…). Key: IIP lokalnyId. Heights in PL-EVRF2007-NH; null = not measured. */
export const UTILITY_LINES: LayerDeclaration = {
  ...REGISTER,
  name: 'utility_lines',
  title: { pl: 'Przewody uzbrojenia terenu', en: 'Utility lines' },
  description: {
    pl: 'Przewody wodociągowe, kanalizacyjne, elektroenergetyczne, gazowe, ciepłownicze, telekomunikacyjne, specjalne i niezidentyfikowane (GESUT).',
    en: 'Water, sewer, power, gas, heat, telecom, special and unidentified lines (GESUT).',
  },
  drawOrder: 500,
  initiallyVisible: true,
  table: 'utility_line',
  geometryType: 'LineString',
  properties: [
    network,
    text('line_type', 'Typ przewodu', 'Line type', { codelist: LINE_TYPES }),
    text('role', 'Funkcja', 'Role', {
      codelist: codes(['main', 'główny', 'main'], ['connection', 'przyłącze', 'service connection']),
    }),
    text('course', 'Przebieg', 'Course', {
      codelist: codes(
        ['underground', 'podziemny', 'underground'],
        ['surface', 'naziemny', 'on the ground'],
        ['overhead', 'nadziemny', 'overhead'],
      ),
    }),
    text('flow', 'Rodzaj kanalizacji', 'Flow', {
      codelist: codes(['gravity', 'grawitacyjna', 'gravity'], ['pressure', 'tłoczna', 'pressure']),
    }),
    integer('diameter_mm', 'Średnica', 'Diameter', { unit: 'mm' }),
    integer('width_mm', 'Wymiar poziomy', 'Width', { unit: 'mm' }),
    integer('height_mm', 'Wymiar pionowy', 'Height', { unit: 'mm' }),
    flag('is_bundle', 'Wiązka', 'Bundle'),
    text('material', 'Materiał', 'Material'),
    decimal('depth_m', 'Głębokość posadowienia', 'Depth of cover', { unit: 'm' }),
    decimal('start_height_m', 'Rzędna na początku', 'Height at the start', {
      unit: 'm',
      heightSystem: 'city',
    }),
    decimal('end_height_m', 'Rzędna na końcu', 'Height at the end', { unit: 'm', heightSystem: 'city' }),
    integer('built_year', 'Rok budowy', 'Year built'),
    ...shared,
    branchId,
    operator,
    ...registerProperties,
  ],
  required: ['state'],
  critical: CRITICAL_LINES,
  style: {
    stroke: '#000000',
    strokeWidthPx: 1.4,
    classes: networkClasses((stroke) => ({ stroke })),
  },
  maxScaleDenominator: 1_000,
};

/** Urządzenia (GES_Urzadzenia…, GES_InneUrzadzeniaTowarzyszace). Key: IIP lokalnyId. */
export const UTILITY_DEVICES: LayerDeclaration = {
  ...REGISTER,
  name: 'utility_devices',
  title: { pl: 'Urządzenia uzbrojenia terenu', en: 'Utility devices' },
  description: {
    pl: 'Studnie, zasuwy, hydranty, latarnie, stacje, szafy i słupy (GESUT).',
    en: 'Manholes, valves, hydrants, lamps, stations, cabinets and poles (GESUT).',
  },
  drawOrder: 510,
  initiallyVisible: true,
  table: 'utility_device',
  geometryType: 'Point',
  properties: [
    network,
    text('kind', 'Rodzaj urządzenia', 'Kind', { codelist: DEVICE_KINDS }),
    decimal('top_height_m', 'Rzędna góry', 'Height of the top', { unit: 'm', heightSystem: 'city' }),
    decimal('bottom_height_m', 'Rzędna dna', 'Height of the bottom', { unit: 'm', heightSystem: 'city' }),
    ...shared,
    branchId,
    operator,
    ...registerProperties,
  ],
  required: ['state'],
  critical: CRITICAL_DEVICES,
  style: {
    fill: '#ffffff',
    stroke: '#000000',
    strokeWidthPx: 1.2,
    marker: { shape: 'circle', sizePx: 6, sizeM: 0.8 },
    classes: networkClasses((stroke) => ({ stroke })),
  },
  maxScaleDenominator: 1_000,
};

/** Rzędne (GES_Rzedna): measured heights of lines and devices, PL-EVRF2007-NH. Key: IIP lokalnyId. */
export const UTILITY_ELEVATIONS: LayerDeclaration = {
  ...REGISTER,
  name: 'utility_elevations',
  title: { pl: 'Rzędne uzbrojenia terenu', en: 'Utility elevations' },
  description: {
    pl: 'Pomierzone rzędne góry i dołu przewodów i urządzeń, PL-EVRF2007-NH.',
    en: 'Measured heights of the top and bottom of lines and devices, PL-EVRF2007-NH.',
  },
  drawOrder: 520,
  initiallyVisible: false,
  table: 'utility_elevation',
  geometryType: 'Point',
  properties: [
    network,
    text('object_id', 'Obiekt', 'Object'),
    decimal('top_height_m', 'Rzędna góry', 'Top height', { unit: 'm', heightSystem: 'city' }),
    decimal('bottom_height_m', 'Rzędna dołu', 'Bottom height', { unit: 'm', heightSystem: 'city' }),
    decimal('ground_height_m', 'Rzędna terenu', 'Ground height', { unit: 'm', heightSystem: 'city' }),
    ...registerProperties,
  ],
  critical: CRITICAL_ELEVATIONS,
  style: {
    stroke: '#000000',
    strokeWidthPx: 1,
    marker: { shape: 'cross', sizePx: 5 },
    classes: networkClasses((stroke) => ({ stroke })),
    label: { property: 'top_height_m', maxScaleDenominator: 500, color: '#1d1d1b' },
  },
  maxScaleDenominator: 500,
};
