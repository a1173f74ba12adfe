/** Running cases and decisions about ground. Who asked is in no column: the register of cases is open, people are not. */
import type { LayerDeclaration } from '../feature/layer.ts';
import { PUBLIC_REGISTER_LICENCE } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { codes, date, text } from './property.ts';

/** Sprawy i decyzje (rejestry wniosków i decyzji: RWDZ, WZ, konserwator). The area is that of the parcels concerned. */
export const CASES: LayerDeclaration = {
  name: 'cases',
  title: { pl: 'Sprawy i decyzje', en: 'Cases and decisions' },
  description: {
    pl: 'Toczące się sprawy i wydane decyzje o gruncie: warunki zabudowy, pozwolenia, podziały, zezwolenia. Bez danych osób.',
    en: 'Running cases and decisions about ground: building conditions, permits, divisions, consents. No personal data.',
  },
  group: GROUPS.planning,
  drawOrder: 346,
  initiallyVisible: false,
  table: 'official_case',
  geometryType: 'MultiPolygon',
  dimension: 2,
  properties: [
    text('kind', 'Rodzaj sprawy', 'Kind of case', {
      codelist: codes(
        ['building_conditions', 'warunki zabudowy', 'building conditions'],
        ['building_permit', 'pozwolenie na budowę', 'building permit'],
        ['building_notice', 'zgłoszenie budowy', 'notice of building'],
        ['demolition', 'rozbiórka', 'demolition'],
        ['division', 'podział nieruchomości', 'division of ground'],
        ['tree_removal', 'usunięcie drzew', 'removal of trees'],
        ['heritage_permit', 'pozwolenie konserwatorskie', 'heritage permit'],
        ['environmental', 'decyzja środowiskowa', 'environmental decision'],
      ),
    }),
    text('status', 'Stan', 'State', {
      codelist: codes(
        ['running', 'w toku', 'running'],
        ['suspended', 'zawieszona', 'suspended'],
        ['granted', 'decyzja pozytywna', 'granted'],
        ['refused', 'odmowa', 'refused'],
        ['discontinued', 'umorzona', 'discontinued'],
        ['lapsed', 'wygasła', 'lapsed'],
      ),
    }),
    text('number', 'Znak sprawy', 'Reference'),
    text('subject', 'Przedmiot', 'Subject'),
    text('authority', 'Organ', 'Authority'),
    date('applied_on', 'Wszczęta', 'Begun on'),
    date('decided_on', 'Rozstrzygnięta', 'Decided on'),
    date('final_on', 'Ostateczna od', 'Final since'),
    date('valid_until', 'Ważna do', 'Valid until'),
    text('parcel_ids', 'Działki', 'Parcels', { references: 'parcels' }),
  ],
  style: {
    fill: '#e3c45c',
    fillOpacity: 0.35,
    stroke: '#8a6d14',
    strokeWidthPx: 1.4,
    classes: {
      property: 'status',
      entries: [
        { values: ['running', 'suspended'], label: { pl: 'w toku', en: 'running' }, fill: '#e8b23a' },
        { values: ['granted'], label: { pl: 'decyzja pozytywna', en: 'granted' }, fill: '#6f9fc4' },
        {
          values: ['refused', 'discontinued', 'lapsed'],
          label: { pl: 'zakończona bez decyzji w mocy', en: 'ended, nothing in force' },
          fill: '#b9b4aa',
        },
      ],
    },
    label: { property: 'number', maxScaleDenominator: 2_500, color: '#5c480c' },
  },
  maxScaleDenominator: 25_000,
  steward: {
    pl: 'Urząd Miasta Poznania, Wydział Urbanistyki i Architektury',
    en: 'City of Poznań, Department of Urban Planning and Architecture',
  },
  licence: PUBLIC_REGISTER_LICENCE,
  freshnessDays: 30,
};
