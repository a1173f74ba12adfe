/** Getting about: stops and lines of public transport, parking bays. */
import type { CodelistEntry, LayerDeclaration } from '../feature/layer.ts';
import { CITY_OPEN_LICENCE, CITY_ROADS } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { codes, flag, integer, text } from './property.ts';

export const CITY_TRANSIT = {
  pl: 'Zarząd Transportu Miejskiego w Poznaniu',
  en: 'Public Transport Authority of Poznań',
} as const;

const MOBILITY = { group: GROUPS.mobility, dimension: 2, licence: CITY_OPEN_LICENCE } as const;

/** Kinds of `core/transit/timetable.ts`. */
const KINDS: readonly CodelistEntry[] = codes(
  ['tram', 'tramwaj', 'tram'],
  ['bus', 'autobus', 'bus'],
  ['trolleybus', 'trolejbus', 'trolleybus'],
  ['rail', 'kolej', 'rail'],
  ['metro', 'metro', 'metro'],
  ['ferry', 'prom', 'ferry'],
  ['cable', 'kolej linowa', 'cable car'],
  ['other', 'inny', 'other'],
);

export const TRAM_COLOUR = '#b0303c';
export const BUS_COLOUR = '#2c63a6';

/** Przystanki, from the timetable (GTFS stops.txt). Key: stop_id. */
export const STOPS: LayerDeclaration = {
  ...MOBILITY,
  name: 'stops',
  title: { pl: 'Przystanki', en: 'Stops' },
  description: {
    pl: 'Przystanki i perony z rozkładu jazdy (GTFS), z liniami, które się na nich zatrzymują.',
    en: 'Stops and platforms of the timetable (GTFS), with the lines that call there.',
  },
  drawOrder: 730,
  initiallyVisible: true,
  table: 'stop',
  geometryType: 'Point',
  properties: [
    text('name', 'Nazwa', 'Name'),
    text('kind', 'Rodzaj', 'Kind', { codelist: KINDS }),
    text('lines', 'Linie', 'Lines'),
    text('code', 'Numer słupka', 'Stop code'),
    text('platform', 'Peron', 'Platform'),
    flag('accessible', 'Dostępny dla wózków', 'Wheelchair accessible'),
  ],
  style: {
    fill: BUS_COLOUR,
    stroke: '#ffffff',
    strokeWidthPx: 1.2,
    marker: { shape: 'square', sizePx: 8 },
    classes: {
      property: 'kind',
      entries: [
        { values: ['tram'], label: { pl: 'tramwaj', en: 'tram' }, fill: TRAM_COLOUR },
        { values: ['bus'], label: { pl: 'autobus', en: 'bus' }, fill: BUS_COLOUR },
      ],
    },
    label: { property: 'name', maxScaleDenominator: 2_500, color: '#2d3a4d' },
  },
  maxScaleDenominator: 15_000,
  steward: CITY_TRANSIT,
  freshnessDays: 30,
};

/** Linie, from the timetable (GTFS routes.txt and shapes.txt). Key: route_id. */
export const TRANSIT_LINES: LayerDeclaration = {
  ...MOBILITY,
  name: 'transit_lines',
  title: { pl: 'Linie transportu', en: 'Transit lines' },
  description: {
    pl: 'Przebieg linii tramwajowych i autobusowych według rozkładu jazdy (GTFS).',
    en: 'Where the lines of trams and buses run by the timetable (GTFS).',
  },
  drawOrder: 230,
  initiallyVisible: false,
  table: 'transit_line',
  geometryType: 'MultiLineString',
  properties: [
    text('line', 'Linia', 'Line'),
    text('name', 'Trasa', 'Route'),
    text('kind', 'Rodzaj', 'Kind', { codelist: KINDS }),
    integer('trips', 'Kursy w rozkładzie', 'Trips in the timetable'),
  ],
  style: {
    stroke: BUS_COLOUR,
    strokeWidthPx: 2,
    classes: {
      property: 'kind',
      entries: [
        { values: ['tram'], label: { pl: 'tramwaj', en: 'tram' }, stroke: TRAM_COLOUR, strokeWidthPx: 2.6 },
        { values: ['bus'], label: { pl: 'autobus', en: 'bus' }, stroke: BUS_COLOUR },
      ],
    },
    label: { property: 'line', maxScaleDenominator: 15_000, color: '#2d3a4d' },
  },
  maxScaleDenominator: 100_000,
  steward: CITY_TRANSIT,
  freshnessDays: 30,
};

/** Miejsca postojowe. Key: own number; whether one is free is told by the sensor whose property `bay` names it. */
export const PARKING_BAYS: LayerDeclaration = {
  ...MOBILITY,
  name: 'parking_bays',
  title: { pl: 'Miejsca postojowe', en: 'Parking bays' },
  description: {
    pl: 'Wyznaczone miejsca postojowe przy ulicach: przeznaczenie, strefa, czujnik zajętości.',
    en: 'Marked parking bays along streets: for whom, zone, occupancy sensor.',
  },
  drawOrder: 240,
  initiallyVisible: false,
  editable: true,
  table: 'parking_bay',
  geometryType: 'MultiPolygon',
  properties: [
    text('kind', 'Przeznaczenie', 'For', {
      codelist: codes(
        ['general', 'ogólne', 'everybody'],
        ['disabled', 'osoby z niepełnosprawnością', 'disabled people'],
        ['charging', 'ładowanie pojazdów', 'vehicles that charge'],
        ['delivery', 'dostawy', 'deliveries'],
      ),
    }),
    text('zone', 'Strefa', 'Zone'),
    flag('monitored', 'Czujnik zajętości', 'Occupancy sensor'),
  ],
  style: {
    fill: '#dfe6ee',
    fillOpacity: 0.9,
    stroke: '#7d8ea3',
    strokeWidthPx: 0.7,
    classes: {
      property: 'kind',
      entries: [
        { values: ['general'], label: { pl: 'ogólne', en: 'everybody' }, fill: '#dfe6ee' },
        {
          values: ['disabled'],
          label: { pl: 'osoby z niepełnosprawnością', en: 'disabled people' },
          fill: '#9dbfe8',
        },
        { values: ['charging'], label: { pl: 'ładowanie', en: 'charging' }, fill: '#b5dcb4' },
        { values: ['delivery'], label: { pl: 'dostawy', en: 'deliveries' }, fill: '#ead7ae' },
      ],
    },
  },
  maxScaleDenominator: 5_000,
  steward: CITY_ROADS,
  freshnessDays: 180,
};
