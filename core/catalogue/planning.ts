/** Zones of general and local plans; the acts that set them are in `plan-acts.ts`. */
import type { LayerDeclaration, StyleClass } from '../feature/layer.ts';
import { ZONE_KINDS } from '../plan/zone-kinds.ts';
import { CITY_PLANNING, PUBLIC_REGISTER_LICENCE, versionProperties } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { ACT_STATUS, LEGAL_STRENGTH, PLAN_KINDS } from './plan-acts.ts';
import { codes, date, decimal, integer, text } from './property.ts';

/** Main uses of local plans (MPZP), by the beginning of the symbol. */
const LOCAL_USES = [
  [['MN', 'ML'], 'zabudowa jednorodzinna', 'single-family housing', '#d9b473'],
  [['MW'], 'zabudowa wielorodzinna', 'multi-family housing', '#b98a62'],
  [['RZM', 'RZP', 'RZW'], 'zabudowa zagrodowa i produkcja rolna', 'farmsteads and farming', '#ffe6ab'],
  [['RA', 'RN', 'R'], 'rolnictwo', 'agriculture', '#feef9c'],
  [['U'], 'usługi', 'services', '#ff8f8c'],
  [['H'], 'handel wielkopowierzchniowy', 'large retail', '#ff84b7'],
  [['P'], 'produkcja, składy i energetyka', 'production, storage and energy', '#af88de'],
  [['I', 'E', 'G', 'W', 'K', 'T'], 'infrastruktura techniczna', 'technical infrastructure', '#cccccc'],
  [['KD', 'KK', 'KKL', 'KL', 'KW', 'KO', 'KX'], 'komunikacja', 'transport', '#ececec'],
  [['ZP', 'ZB', 'ZN', 'ZI'], 'zieleń', 'green', '#bbf58b'],
  [['ZD'], 'ogrody działkowe', 'allotments', '#d3ee9e'],
  [['L', 'ZL'], 'lasy', 'forest', '#9cc98a'],
  [['WS'], 'wody', 'water', '#a9d4ea'],
  [['C', 'ZC'], 'cmentarze', 'cemeteries', '#94d4c4'],
] as const;

const ZONE_CLASSES: readonly StyleClass[] = [
  ...ZONE_KINDS.map(({ code, pl, en, fill }) => ({ values: [code], label: { pl, en }, fill })),
  ...LOCAL_USES.map(([values, pl, en, fill]) => ({ values, label: { pl, en }, fill })),
];

/**
 * Strefy i tereny planów: zones of the general plan (APP 2.0 StrefaPlanistyczna) and areas of local plans. Key:
 * IIP lokalnyId with the act, as in `3064-POG_1POG-1SJ`. Null parameter = the plan sets none.
 */
export const PLAN_ZONES: LayerDeclaration = {
  name: 'plan_zones',
  title: { pl: 'Strefy i tereny planów', en: 'Plan zones' },
  description: {
    pl: 'Strefy planu ogólnego i tereny planów miejscowych: przeznaczenie, parametry zabudowy, uchwała i okres obowiązywania.',
    en: 'Zones of the general plan and areas of local plans: use, building parameters, act and period in force.',
  },
  group: GROUPS.planning,
  drawOrder: 300,
  initiallyVisible: false,
  table: 'plan_zone',
  geometryType: 'MultiPolygon',
  dimension: 2,
  properties: [
    text('plan_kind', 'Rodzaj planu', 'Kind of plan', { codelist: PLAN_KINDS }),
    text('act_id', 'Akt planowania', 'Planning act', { references: 'plan_acts' }),
    text('designation', 'Oznaczenie', 'Designation'),
    text('symbol', 'Symbol', 'Symbol'),
    text('zone_kind', 'Rodzaj strefy lub terenu', 'Kind of zone', {
      codelist: codes(
        ...ZONE_KINDS.map(({ code, pl, en }) => [code, pl, en] as const),
        ...LOCAL_USES.flatMap(([values, pl, en]) => values.map((code) => [code, pl, en] as const)),
      ),
    }),
    text('base_profile', 'Profil podstawowy', 'Base profile'),
    text('additional_profile', 'Profil dodatkowy', 'Additional profile'),
    decimal('max_height_m', 'Maks. wysokość zabudowy', 'Max. building height', { unit: 'm' }),
    integer('max_storeys', 'Maks. liczba kondygnacji nadziemnych', 'Max. storeys above ground'),
    decimal('min_intensity', 'Min. nadziemna intensywność', 'Min. floor area ratio'),
    decimal('max_intensity', 'Maks. nadziemna intensywność', 'Max. floor area ratio'),
    decimal('max_built_share_pct', 'Maks. udział powierzchni zabudowy', 'Max. built share', { unit: '%' }),
    decimal(
      'min_bioactive_share_pct',
      'Min. udział powierzchni biologicznie czynnej',
      'Min. bio-active share',
      { unit: '%' },
    ),
    decimal('min_parcel_area_m2', 'Min. powierzchnia nowej działki', 'Min. area of a new parcel', {
      unit: 'm2',
    }),
    decimal('min_parking_per_dwelling', 'Min. miejsc postojowych na lokal', 'Min. parking per dwelling'),
    decimal(
      'min_parking_per_100m2',
      'Min. miejsc postojowych na 100 m² usług',
      'Min. parking per 100 m² of services',
    ),
    text('roof_shape', 'Geometria dachu', 'Roof shape'),
    text('provisions', 'Ustalenia planu', 'Provisions of the plan'),
    text('act_title', 'Tytuł aktu', 'Title of the act'),
    text('act_number', 'Numer uchwały', 'Number of the act'),
    text('act_publication', 'Publikator', 'Published in'),
    date('in_force_since', 'Obowiązuje od', 'In force since'),
    date('in_force_until', 'Obowiązuje do', 'In force until'),
    text('status', 'Status', 'Status', { codelist: ACT_STATUS }),
    LEGAL_STRENGTH,
    ...versionProperties,
    text('drafting_note', 'Uwagi robocze', 'Drafting note', { audience: 'staff' }),
  ],
  style: {
    fill: '#e8e4da',
    fillOpacity: 0.45,
    stroke: '#535353',
    strokeWidthPx: 0.8,
    classes: { property: 'zone_kind', entries: ZONE_CLASSES },
    label: { property: 'designation', maxScaleDenominator: 5_000, color: '#3a3a3a' },
  },
  maxScaleDenominator: 50_000,
  steward: CITY_PLANNING,
  licence: PUBLIC_REGISTER_LICENCE,
  freshnessDays: 90,
};
