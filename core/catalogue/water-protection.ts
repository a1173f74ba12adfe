/** What protects from water and what protects water: dikes and zones of intakes. */
import type { LayerDeclaration } from '../feature/layer.ts';
import { PUBLIC_REGISTER_LICENCE, WATER_AUTHORITY } from './common-terms.ts';
import { ENVIRONMENT_AREA } from './environment-area.ts';
import { codes, date, decimal, integer, text } from './property.ts';

const WATERS = {
  ...ENVIRONMENT_AREA,
  steward: WATER_AUTHORITY,
  licence: PUBLIC_REGISTER_LICENCE,
} as const;

/** Wały przeciwpowodziowe, foot to foot: distances of art. 176 PW are kept from the outline. */
export const DIKES: LayerDeclaration = {
  ...WATERS,
  name: 'dikes',
  title: { pl: 'Wały przeciwpowodziowe', en: 'Flood dikes' },
  description: {
    pl: 'Wały przeciwpowodziowe od stopy do stopy, z klasą i rzędną korony.',
    en: 'Flood dikes from foot to foot, with their class and the level of the crown.',
  },
  drawOrder: 328,
  table: 'dike',
  properties: [
    text('name', 'Nazwa', 'Name'),
    text('river', 'Rzeka', 'River'),
    text('bank', 'Brzeg', 'Bank', { codelist: codes(['left', 'lewy', 'left'], ['right', 'prawy', 'right']) }),
    text('dike_class', 'Klasa', 'Class', {
      codelist: codes(['I', 'I', 'I'], ['II', 'II', 'II'], ['III', 'III', 'III'], ['IV', 'IV', 'IV']),
    }),
    decimal('crown_level_m', 'Rzędna korony', 'Level of the crown', { unit: 'm', heightSystem: 'city' }),
    integer('built_year', 'Rok budowy', 'Built in'),
  ],
  style: {
    fill: '#8a9a5b',
    fillOpacity: 0.7,
    stroke: '#4b5a24',
    strokeWidthPx: 1.2,
    label: { property: 'name', maxScaleDenominator: 5_000, color: '#3a4719' },
  },
  maxScaleDenominator: 50_000,
  freshnessDays: 730,
};

/** Strefy ochronne ujęć wody (art. 120–135 PW). */
export const INTAKE_ZONES: LayerDeclaration = {
  ...WATERS,
  name: 'intake_zones',
  title: { pl: 'Strefy ochronne ujęć wody', en: 'Protection zones of water intakes' },
  description: {
    pl: 'Tereny ochrony bezpośredniej i pośredniej ujęć wody, z aktem i zakazami.',
    en: 'Direct and indirect protection zones of water intakes, with the act and its bans.',
  },
  drawOrder: 322,
  table: 'intake_zone',
  properties: [
    text('intake', 'Ujęcie', 'Intake'),
    text('kind', 'Teren ochrony', 'Zone', {
      codelist: codes(
        ['direct', 'bezpośredniej', 'direct protection'],
        ['indirect', 'pośredniej', 'indirect protection'],
      ),
    }),
    text('bans', 'Zakazy', 'Bans'),
    text('act_title', 'Tytuł aktu', 'Title of the act'),
    text('act_number', 'Numer aktu', 'Number of the act'),
    text('act_publication', 'Publikator', 'Published in'),
    date('in_force_since', 'Obowiązuje od', 'In force since'),
    date('in_force_until', 'Obowiązuje do', 'In force until'),
  ],
  style: {
    fill: '#7fc4c9',
    fillOpacity: 0.3,
    stroke: '#2c7a80',
    strokeWidthPx: 1.2,
    classes: {
      property: 'kind',
      entries: [
        {
          values: ['direct'],
          label: { pl: 'bezpośrednia', en: 'direct' },
          fill: '#2f949b',
          fillOpacity: 0.5,
        },
        {
          values: ['indirect'],
          label: { pl: 'pośrednia', en: 'indirect' },
          fill: '#9fd6d9',
          fillOpacity: 0.35,
        },
      ],
    },
    label: { property: 'intake', maxScaleDenominator: 10_000, color: '#1d5a5f' },
  },
  maxScaleDenominator: 100_000,
  freshnessDays: 730,
};
