/** Ground that moves or is dug: landslides and mining. */
import type { LayerDeclaration } from '../feature/layer.ts';
import { CITY_ENVIRONMENT, PUBLIC_REGISTER_LICENCE } from './common-terms.ts';
import { ENVIRONMENT_AREA } from './environment-area.ts';
import { codes, date, text } from './property.ts';

const GROUND = {
  ...ENVIRONMENT_AREA,
  licence: PUBLIC_REGISTER_LICENCE,
} as const;

/** Osuwiska i tereny zagrożone ruchami masowymi (art. 110a POŚ, SOPO). */
export const LANDSLIDES: LayerDeclaration = {
  ...GROUND,
  name: 'landslides',
  title: { pl: 'Osuwiska', en: 'Landslides' },
  description: {
    pl: 'Osuwiska i tereny zagrożone ruchami masowymi ziemi według rejestru, z aktywnością.',
    en: 'Landslides and ground in danger of them by the register, with how active they are.',
  },
  drawOrder: 326,
  table: 'landslide',
  properties: [
    text('number', 'Numer w rejestrze', 'Register number'),
    text('activity', 'Aktywność', 'Activity', {
      codelist: codes(
        ['active', 'aktywne', 'active'],
        ['periodic', 'aktywne okresowo', 'active at times'],
        ['inactive', 'nieaktywne', 'inactive'],
        ['threatened', 'teren zagrożony', 'ground in danger'],
      ),
    }),
    date('recorded_on', 'Wpis z dnia', 'Recorded on'),
  ],
  style: {
    fill: '#b5835a',
    fillOpacity: 0.4,
    stroke: '#6e4424',
    strokeWidthPx: 1.2,
    classes: {
      property: 'activity',
      entries: [
        {
          values: ['active', 'periodic'],
          label: { pl: 'aktywne', en: 'active' },
          fill: '#9c4a1f',
          fillOpacity: 0.5,
        },
        { values: ['inactive'], label: { pl: 'nieaktywne', en: 'inactive' }, fill: '#c79a72' },
        { values: ['threatened'], label: { pl: 'teren zagrożony', en: 'in danger' }, fill: '#e4cbb0' },
      ],
    },
  },
  maxScaleDenominator: 50_000,
  steward: CITY_ENVIRONMENT,
  freshnessDays: 730,
};

/** Obszary i tereny górnicze (art. 104 PGG; rejestr MIDAS). */
export const MINING_AREAS: LayerDeclaration = {
  ...GROUND,
  name: 'mining_areas',
  title: { pl: 'Obszary i tereny górnicze', en: 'Mining areas' },
  description: {
    pl: 'Obszary górnicze (gdzie wolno wydobywać) i tereny górnicze (dokąd sięgają skutki), z koncesją.',
    en: 'Mining areas (where extraction is allowed) and mining grounds (how far its effects reach), with the concession.',
  },
  drawOrder: 324,
  table: 'mining_area',
  properties: [
    text('name', 'Nazwa', 'Name'),
    text('kind', 'Rodzaj', 'Kind', {
      codelist: codes(
        ['mining_area', 'obszar górniczy', 'mining area'],
        ['mining_ground', 'teren górniczy', 'mining ground'],
      ),
    }),
    text('mineral', 'Kopalina', 'Mineral'),
    text('concession_number', 'Koncesja', 'Concession'),
    date('concession_until', 'Koncesja do', 'Concession until'),
  ],
  style: {
    fill: '#a8a29a',
    fillOpacity: 0.35,
    stroke: '#4f4a43',
    strokeWidthPx: 1.4,
    strokeDash: [8, 4],
    classes: {
      property: 'kind',
      entries: [
        { values: ['mining_area'], label: { pl: 'obszar górniczy', en: 'mining area' }, fill: '#7d766c' },
        { values: ['mining_ground'], label: { pl: 'teren górniczy', en: 'mining ground' }, fill: '#cbc6bd' },
      ],
    },
    label: { property: 'name', maxScaleDenominator: 10_000, color: '#3c3832' },
  },
  maxScaleDenominator: 100_000,
  steward: {
    pl: 'Państwowy Instytut Geologiczny – PIB (MIDAS)',
    en: 'Polish Geological Institute (MIDAS)',
  },
  freshnessDays: 365,
};
