/** Ground where use or height is restricted by what works nearby: airports, plants, power. */
import type { LayerDeclaration } from '../feature/layer.ts';
import { PUBLIC_REGISTER_LICENCE } from './common-terms.ts';
import { ENVIRONMENT_AREA } from './environment-area.ts';
import { codes, date, decimal, text } from './property.ts';

const RESTRICTED = {
  ...ENVIRONMENT_AREA,
  licence: PUBLIC_REGISTER_LICENCE,
} as const;

/** Obszary ograniczonego użytkowania (art. 135 POŚ). */
export const RESTRICTED_USE_AREAS: LayerDeclaration = {
  ...RESTRICTED,
  name: 'restricted_use_areas',
  title: { pl: 'Obszary ograniczonego użytkowania', en: 'Restricted-use areas' },
  description: {
    pl: 'Obszary ograniczonego użytkowania wokół lotnisk, dróg i zakładów: zakazy, wymagania i uchwała.',
    en: 'Restricted-use areas round airports, roads and plants: bans, requirements and the resolution.',
  },
  drawOrder: 307,
  table: 'restricted_use_area',
  properties: [
    text('name', 'Nazwa', 'Name'),
    text('source', 'Źródło', 'Source', {
      codelist: codes(
        ['airport', 'lotnisko', 'airport'],
        ['road', 'droga', 'road'],
        ['plant', 'zakład lub instalacja', 'plant'],
        ['landfill', 'składowisko', 'landfill'],
      ),
    }),
    text('zone', 'Strefa', 'Zone', {
      codelist: codes(['inner', 'wewnętrzna', 'inner'], ['outer', 'zewnętrzna', 'outer']),
    }),
    text('bans', 'Zakazy', 'Bans'),
    text('requirements', 'Wymagania', 'Requirements'),
    text('act_title', 'Tytuł aktu', 'Title of the act'),
    text('act_number', 'Numer uchwały', 'Number of the act'),
    text('act_publication', 'Publikator', 'Published in'),
    date('in_force_since', 'Obowiązuje od', 'In force since'),
    date('in_force_until', 'Obowiązuje do', 'In force until'),
  ],
  style: {
    fill: '#d08c9b',
    fillOpacity: 0.22,
    stroke: '#93334a',
    strokeWidthPx: 1.4,
    classes: {
      property: 'zone',
      entries: [
        { values: ['inner'], label: { pl: 'wewnętrzna', en: 'inner' }, fill: '#b64a63', fillOpacity: 0.28 },
        { values: ['outer'], label: { pl: 'zewnętrzna', en: 'outer' }, fill: '#e3b3bd', fillOpacity: 0.24 },
      ],
    },
    label: { property: 'name', maxScaleDenominator: 25_000, color: '#6d2335' },
  },
  maxScaleDenominator: 200_000,
  steward: {
    pl: 'Urząd Marszałkowski Województwa Wielkopolskiego',
    en: 'Marshal Office of the Wielkopolska Voivodeship',
  },
  freshnessDays: 365,
};

/** Powierzchnie ograniczające przeszkody (art. 87 Prawa lotniczego), cut into bands of height. */
export const AIRPORT_SURFACES: LayerDeclaration = {
  ...RESTRICTED,
  name: 'airport_surfaces',
  title: { pl: 'Powierzchnie ograniczające przeszkody', en: 'Obstacle limitation surfaces' },
  description: {
    pl: 'Rzuty powierzchni ograniczających lotnisk z najniższą i najwyższą dopuszczalną rzędną obiektów.',
    en: 'Obstacle limitation surfaces of aerodromes on the ground, with the lowest and highest level objects may reach.',
  },
  drawOrder: 303,
  table: 'airport_surface',
  properties: [
    text('aerodrome', 'Lotnisko', 'Aerodrome'),
    text('kind', 'Powierzchnia', 'Surface', {
      codelist: codes(
        ['inner_horizontal', 'pozioma wewnętrzna', 'inner horizontal'],
        ['conical', 'stożkowa', 'conical'],
        ['approach', 'podejścia', 'approach'],
        ['transitional', 'przejściowa', 'transitional'],
        ['take_off', 'wznoszenia', 'take-off climb'],
      ),
    }),
    decimal('limit_from_m', 'Najniższa dopuszczalna rzędna', 'Lowest level allowed', {
      unit: 'm',
      heightSystem: 'city',
    }),
    decimal('limit_to_m', 'Najwyższa dopuszczalna rzędna', 'Highest level allowed', {
      unit: 'm',
      heightSystem: 'city',
    }),
    text('documentation', 'Dokumentacja', 'Documentation'),
    date('documented_on', 'Data dokumentacji', 'Documented on'),
  ],
  style: {
    fill: '#9db4c9',
    fillOpacity: 0.12,
    stroke: '#44617c',
    strokeWidthPx: 1,
    strokeDash: [6, 3],
    classes: {
      property: 'kind',
      entries: [
        {
          values: ['approach'],
          label: { pl: 'podejścia', en: 'approach' },
          fill: '#4f7faa',
          fillOpacity: 0.22,
        },
        {
          values: ['inner_horizontal'],
          label: { pl: 'pozioma wewnętrzna', en: 'inner horizontal' },
          fill: '#8fb0cc',
          fillOpacity: 0.14,
        },
        { values: ['conical'], label: { pl: 'stożkowa', en: 'conical' }, fill: '#b9cddd', fillOpacity: 0.14 },
      ],
    },
    label: { property: 'limit_from_m', maxScaleDenominator: 25_000, color: '#2f4a63' },
  },
  maxScaleDenominator: 200_000,
  steward: { pl: 'Urząd Lotnictwa Cywilnego', en: 'Civil Aviation Authority' },
  freshnessDays: 730,
};

/** Obszary pola elektromagnetycznego 50 Hz, by bands of the electric field. */
export const ELECTROMAGNETIC_FIELDS: LayerDeclaration = {
  ...RESTRICTED,
  name: 'electromagnetic_fields',
  title: { pl: 'Pola elektromagnetyczne', en: 'Electromagnetic fields' },
  description: {
    pl: 'Obszary, w których pole elektryczne 50 Hz linii i stacji przekracza 1 kV/m, z pomiarów lub obliczeń.',
    en: 'Where the 50 Hz electric field of lines and substations exceeds 1 kV/m, measured or computed.',
  },
  drawOrder: 315,
  table: 'electromagnetic_field',
  properties: [
    text('name', 'Nazwa', 'Name'),
    text('source', 'Źródło', 'Source', {
      codelist: codes(
        ['overhead_line', 'linia napowietrzna', 'overhead line'],
        ['substation', 'stacja elektroenergetyczna', 'substation'],
      ),
    }),
    decimal('level_from', 'Pole od', 'Field from', { unit: 'kV/m' }),
    decimal('level_to', 'Pole do', 'Field to', { unit: 'kV/m' }),
    text('method', 'Metoda', 'Method', {
      codelist: codes(['measured', 'pomiar', 'measured'], ['computed', 'obliczenia', 'computed']),
    }),
    date('measured_on', 'Data', 'Date'),
  ],
  style: {
    fill: '#e0b04a',
    fillOpacity: 0.35,
    stroke: '#a06f0f',
    strokeWidthPx: 1.2,
    label: { property: 'name', maxScaleDenominator: 5_000, color: '#6d4b08' },
  },
  maxScaleDenominator: 50_000,
  steward: {
    pl: 'Główny Inspektorat Ochrony Środowiska, RWMŚ w Poznaniu',
    en: 'Chief Inspectorate of Environmental Protection, Poznań',
  },
  freshnessDays: 730,
};
