/** What is published of the register of obstructions; the store writes it with every step of the workflow. */
import type { LayerDeclaration, PropertyDeclaration } from '../feature/layer.ts';
import { CITY_OPEN_LICENCE, CITY_ROADS } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { codes, decimal, integer, text } from './property.ts';
import { NETWORKS } from './utility-terms.ts';

const REGISTER = {
  group: GROUPS.mobility,
  dimension: 2,
  initiallyVisible: true,
  steward: CITY_ROADS,
  licence: CITY_OPEN_LICENCE,
  freshnessDays: 7,
  keptBy: 'obstruction-register',
} as const;

const moment = (name: string, pl: string, en: string): PropertyDeclaration => ({
  name,
  type: 'datetime',
  label: { pl, en },
});

export const OBSTRUCTION_KIND_CODES = codes(
  ['roadworks', 'roboty drogowe', 'roadworks'],
  ['utility_works', 'roboty przy sieci', 'works on a network'],
  ['network_failure', 'awaria sieci', 'failure of a network'],
  ['lane_occupation', 'zajęcie pasa (dźwig, rusztowanie)', 'occupation of the road (crane, scaffold)'],
  ['event', 'impreza lub zgromadzenie', 'event or assembly'],
  ['accident', 'wypadek', 'accident'],
  ['other', 'inne', 'other'],
);

export const IMPACT_CODES = codes(
  ['closed', 'zamknięte', 'closed'],
  ['one_direction', 'ruch w jednym kierunku', 'one direction only'],
  ['narrowed', 'zwężenie', 'narrowed'],
  ['hindered', 'przejazd utrudniony', 'hindered'],
);

export const MODE_CODES = codes(
  ['car', 'samochody', 'cars'],
  ['bus', 'autobusy', 'buses'],
  ['tram', 'tramwaje', 'trams'],
  ['bicycle', 'rowery', 'bicycles'],
  ['pedestrian', 'piesi', 'pedestrians'],
  ['emergency', 'służby ratownicze', 'emergency services'],
);

/** Ground that is taken from traffic. Key: number in the register. */
export const OBSTRUCTIONS: LayerDeclaration = {
  ...REGISTER,
  name: 'obstructions',
  title: { pl: 'Utrudnienia w ruchu', en: 'Obstructions' },
  description: {
    pl: 'Ogłoszone utrudnienia: roboty, awarie, imprezy i zajęcia pasa drogowego, z czasem, wpływem na ruch i objazdem.',
    en: 'Published obstructions: works, failures, events and occupations of the road, with time, impact and detour.',
  },
  drawOrder: 760,
  table: 'obstruction',
  geometryType: 'MultiPolygon',
  properties: [
    text('name', 'Nazwa', 'Name'),
    text('kind', 'Rodzaj', 'Kind', { codelist: OBSTRUCTION_KIND_CODES }),
    text('impact', 'Wpływ na ruch', 'Impact', { codelist: IMPACT_CODES }),
    moment('starts_at', 'Początek', 'Starts'),
    moment('ends_at', 'Koniec', 'Ends'),
    text('hours', 'Godziny', 'Hours'),
    moment('actual_start', 'Rzeczywisty początek', 'Actual start'),
    text('streets', 'Ulice', 'Streets'),
    text('road_ids', 'Odcinki ulic', 'Road sections', { references: 'roads' }),
    decimal('length_m', 'Długość', 'Length', { unit: 'm' }),
    integer('lanes_left', 'Pozostałe pasy', 'Lanes left'),
    text('modes', 'Kogo dotyczy', 'Affects'),
    text('network', 'Sieć', 'Network', { codelist: NETWORKS }),
    text('detour', 'Objazd', 'Detour'),
    text('owner', 'Zajmujący pas', 'Occupier'),
    text('description', 'Opis', 'Description'),
    text('decision_number', 'Numer decyzji', 'Decision number'),
    text('decision_basis', 'Podstawa prawna', 'Legal basis'),
    text('contact_name', 'Osoba do kontaktu', 'Contact person', { audience: 'staff' }),
    text('contact_phone', 'Telefon', 'Phone', { audience: 'staff' }),
    text('contact_email', 'E-mail', 'E-mail', { audience: 'staff' }),
  ],
  style: {
    fill: '#d9822b',
    fillOpacity: 0.55,
    stroke: '#a8550f',
    strokeWidthPx: 2,
    classes: {
      property: 'impact',
      entries: [
        {
          values: ['closed'],
          label: { pl: 'zamknięte', en: 'closed' },
          fill: '#c0392b',
          stroke: '#8e1f14',
          strokeWidthPx: 2.6,
        },
        {
          values: ['one_direction'],
          label: { pl: 'jeden kierunek', en: 'one direction' },
          fill: '#d9822b',
          stroke: '#a8550f',
        },
        {
          values: ['narrowed'],
          label: { pl: 'zwężenie', en: 'narrowed' },
          fill: '#e3b13c',
          stroke: '#9a6f0c',
        },
        {
          values: ['hindered'],
          label: { pl: 'przejazd utrudniony', en: 'hindered' },
          fill: '#e9d28a',
          stroke: '#8f7a2e',
          strokeWidthPx: 1.4,
        },
      ],
    },
    label: { property: 'name', maxScaleDenominator: 10_000, color: '#6e2a12' },
  },
  maxScaleDenominator: 200_000,
};

/** Ways round obstructions. Key: number of the obstruction. */
export const OBSTRUCTION_DETOURS: LayerDeclaration = {
  ...REGISTER,
  name: 'obstruction_detours',
  title: { pl: 'Objazdy', en: 'Detours' },
  description: {
    pl: 'Objazdy wyznaczone dla ogłoszonych utrudnień.',
    en: 'Ways round published obstructions.',
  },
  drawOrder: 750,
  table: 'obstruction_detour',
  geometryType: 'MultiLineString',
  properties: [
    text('obstruction_id', 'Utrudnienie', 'Obstruction', { references: 'obstructions' }),
    text('name', 'Nazwa utrudnienia', 'Name of the obstruction'),
    text('description', 'Przebieg', 'Course'),
    moment('starts_at', 'Początek', 'Starts'),
    moment('ends_at', 'Koniec', 'Ends'),
  ],
  style: {
    stroke: '#2f6f9f',
    strokeWidthPx: 3,
    strokeDash: [9, 5],
  },
  maxScaleDenominator: 100_000,
};
