/** Layers that the map stands on: land cover, water, streets and paths, districts. */
import type { LayerDeclaration } from '../feature/layer.ts';
import { CITY_COUNCIL, CITY_GEODESY, CITY_OPEN_LICENCE, CITY_ROADS } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { codes, decimal, flag, integer, text } from './property.ts';

const BASE = {
  group: GROUPS.baseMap,
  dimension: 2,
  licence: CITY_OPEN_LICENCE,
  freshnessDays: 365,
} as const;

/** Pokrycie terenu. Key: own number. */
export const LAND_COVER: LayerDeclaration = {
  ...BASE,
  name: 'land_cover',
  title: { pl: 'Pokrycie terenu', en: 'Land cover' },
  description: {
    pl: 'Zabudowa, zieleń, lasy, uprawy, tereny przemysłowe i nawierzchnie jako tło mapy.',
    en: 'Built-up land, green, woods, fields, industry and paved ground as the background of the map.',
  },
  drawOrder: 100,
  initiallyVisible: true,
  table: 'land_cover',
  geometryType: 'MultiPolygon',
  properties: [
    text('kind', 'Rodzaj', 'Kind', {
      codelist: codes(
        ['residential', 'zabudowa mieszkaniowa', 'residential'],
        ['commercial', 'handel i usługi', 'commerce and services'],
        ['industrial', 'przemysł i składy', 'industry and storage'],
        ['public', 'usługi publiczne', 'public services'],
        ['grass', 'trawa', 'grass'],
        ['wood', 'las i zadrzewienia', 'wood'],
        ['field', 'uprawy', 'fields'],
        ['allotment', 'ogrody działkowe', 'allotments'],
        ['paved', 'nawierzchnia', 'paved'],
        ['street', 'pas drogowy', 'street land'],
        ['railway', 'tereny kolejowe', 'railway'],
        ['bare', 'grunt odkryty', 'bare ground'],
        ['wetland', 'mokradła', 'wetland'],
      ),
    }),
    decimal('sealed_share_pct', 'Udział powierzchni nieprzepuszczalnej', 'Sealed share', { unit: '%' }),
  ],
  style: {
    fill: '#f4eee2',
    fillOpacity: 1,
    stroke: '#e9e1d1',
    strokeWidthPx: 0.3,
    classes: {
      property: 'kind',
      entries: [
        { values: ['residential'], label: { pl: 'mieszkaniowe', en: 'residential' }, fill: '#f5eee0' },
        {
          values: ['commercial', 'public'],
          label: { pl: 'usługi', en: 'services' },
          fill: '#f4e8e0',
        },
        {
          values: ['industrial', 'railway'],
          label: { pl: 'przemysł, kolej', en: 'industry, railway' },
          fill: '#ebe7e6',
        },
        { values: ['grass'], label: { pl: 'trawa', en: 'grass' }, fill: '#e4ecd2' },
        { values: ['wood'], label: { pl: 'las', en: 'wood' }, fill: '#cfdfbd' },
        {
          values: ['field', 'allotment'],
          label: { pl: 'uprawy, ogrody', en: 'fields, gardens' },
          fill: '#eeefd2',
        },
        { values: ['paved', 'street', 'bare'], label: { pl: 'nawierzchnie', en: 'paved' }, fill: '#f1efe9' },
        { values: ['wetland'], label: { pl: 'mokradła', en: 'wetland' }, fill: '#d9e6dc' },
      ],
    },
  },
  maxScaleDenominator: 500_000,
  steward: CITY_GEODESY,
};

/** Wody powierzchniowe. Key: own number. */
export const WATER: LayerDeclaration = {
  ...BASE,
  name: 'water',
  title: { pl: 'Wody', en: 'Water' },
  description: {
    pl: 'Rzeki, strumienie, stawy i rowy jako powierzchnie.',
    en: 'Rivers, streams, ponds and ditches as areas.',
  },
  drawOrder: 140,
  initiallyVisible: true,
  table: 'water',
  geometryType: 'MultiPolygon',
  properties: [
    text('name', 'Nazwa', 'Name'),
    text('kind', 'Rodzaj', 'Kind', {
      codelist: codes(
        ['river', 'rzeka', 'river'],
        ['stream', 'strumień', 'stream'],
        ['lake', 'jezioro', 'lake'],
        ['pond', 'staw', 'pond'],
        ['canal', 'kanał', 'canal'],
        ['ditch', 'rów', 'ditch'],
      ),
    }),
    decimal('level_m', 'Rzędna zwierciadła', 'Water level', { unit: 'm', heightSystem: 'city' }),
  ],
  style: {
    fill: '#b7d6e6',
    fillOpacity: 1,
    stroke: '#8fb9cf',
    strokeWidthPx: 0.8,
    label: { property: 'name', maxScaleDenominator: 25_000, color: '#3d7391' },
  },
  maxScaleDenominator: 500_000,
  steward: CITY_GEODESY,
};

const ROAD_CASING = { color: '#cbbfa8', widthPx: 0.8 } as const;

/** Osie ulic i dróg. Key: own number of the section. */
export const ROADS: LayerDeclaration = {
  ...BASE,
  name: 'roads',
  title: { pl: 'Ulice i drogi', en: 'Roads' },
  description: {
    pl: 'Odcinki jezdni między skrzyżowaniami: klasa, nazwa, pasy, prędkość, kierunek, nawierzchnia.',
    en: 'Carriageway sections between junctions: class, name, lanes, speed, direction, surface.',
  },
  drawOrder: 220,
  initiallyVisible: true,
  table: 'road',
  geometryType: 'LineString',
  properties: [
    text('class', 'Klasa drogi', 'Class', {
      codelist: codes(
        ['motorway', 'autostrada (A)', 'motorway (A)'],
        ['express', 'ekspresowa (S)', 'expressway (S)'],
        ['main_fast', 'główna ruchu przyspieszonego (GP)', 'main, fast traffic (GP)'],
        ['main', 'główna (G)', 'main (G)'],
        ['collector', 'zbiorcza (Z)', 'collector (Z)'],
        ['local', 'lokalna (L)', 'local (L)'],
        ['access', 'dojazdowa (D)', 'access (D)'],
        ['service', 'wewnętrzna', 'internal'],
      ),
    }),
    text('name', 'Nazwa', 'Name'),
    integer('lanes', 'Liczba pasów', 'Lanes'),
    decimal('width_m', 'Szerokość jezdni', 'Carriageway width', { unit: 'm' }),
    integer('speed_kmh', 'Prędkość dopuszczalna', 'Speed limit', { unit: 'km/h' }),
    flag('oneway', 'Jednokierunkowa (w kierunku linii)', 'One-way (along the line)'),
    text('surface', 'Nawierzchnia', 'Surface', {
      codelist: codes(
        ['asphalt', 'bitumiczna', 'asphalt'],
        ['concrete', 'betonowa', 'concrete'],
        ['paving', 'kostka', 'paving'],
        ['gravel', 'żwirowa', 'gravel'],
        ['ground', 'gruntowa', 'ground'],
      ),
    }),
    decimal('incline_pct', 'Średnie nachylenie', 'Mean incline', { unit: '%' }),
    text('from_node', 'Węzeł początkowy', 'From node'),
    text('to_node', 'Węzeł końcowy', 'To node'),
    flag('closed', 'Zamknięta dla ruchu', 'Closed to traffic'),
    decimal('closed_from_m', 'Zamknięta od (wzdłuż linii)', 'Closed from (along the line)', { unit: 'm' }),
    decimal('closed_to_m', 'Zamknięta do (wzdłuż linii)', 'Closed to (along the line)', { unit: 'm' }),
    integer('capacity_pcu_h', 'Przepustowość kierunku (P/h)', 'Capacity of a direction (pcu/h)'),
    text('signal_from', 'Sygnalizacja na początku (zielone/cykl, s)', 'Signal at its start (green/cycle, s)'),
    text('signal_to', 'Sygnalizacja na końcu (zielone/cykl, s)', 'Signal at its end (green/cycle, s)'),
    text('no_turn_to', 'Zakaz skrętu w ulice', 'No turning into'),
    text('limited_vehicles', 'Strefa czystego transportu: dla kogo', 'Low-emission zone: for whom', {
      codelist: codes(
        ['all', 'wszystkie pojazdy', 'all vehicles'],
        ['car', 'samochody osobowe', 'cars'],
        ['truck', 'ciężarowe', 'lorries'],
      ),
    }),
    decimal('limited_share_pct', 'Objęta strefą część tych pojazdów', 'Part of these that it limits', {
      unit: '%',
    }),
    decimal(
      'entry_charge_pln',
      'Opłata za wjazd (zł; bez niej zakaz)',
      'Charge to enter (PLN; without it a ban)',
    ),
  ],
  style: {
    stroke: '#ffffff',
    strokeWidthPx: 1.4,
    strokeWidthM: 5,
    casing: ROAD_CASING,
    classes: {
      property: 'class',
      entries: [
        {
          values: [],
          flag: 'closed_from_m',
          label: { pl: 'częściowo zamknięte', en: 'closed in part' },
          stroke: '#b3261e',
          strokeWidthPx: 3,
          strokeWidthM: 5,
          strokeDash: [4, 10],
          casing: { color: '#ffffff', widthPx: 1.2 },
        },
        {
          values: [],
          flag: 'closed',
          label: { pl: 'zamknięte dla ruchu', en: 'closed to traffic' },
          stroke: '#b3261e',
          strokeWidthPx: 3,
          strokeWidthM: 5,
          strokeDash: [9, 6],
          casing: { color: '#ffffff', widthPx: 1.2 },
        },
        {
          values: ['motorway', 'express', 'main_fast'],
          label: { pl: 'autostrady, ekspresowe, GP', en: 'motorways and fast roads' },
          stroke: '#f2cf8f',
          strokeWidthPx: 4,
          strokeWidthM: 12,
          casing: { color: '#c8a160', widthPx: 1 },
        },
        {
          values: ['main'],
          label: { pl: 'główne', en: 'main' },
          stroke: '#f8e3b0',
          strokeWidthPx: 3.4,
          strokeWidthM: 10,
          casing: { color: '#cdb27a', widthPx: 1 },
        },
        {
          values: ['collector'],
          label: { pl: 'zbiorcze', en: 'collectors' },
          stroke: '#fdf3d3',
          strokeWidthPx: 2.6,
          strokeWidthM: 7,
          casing: ROAD_CASING,
        },
        {
          values: ['local', 'access'],
          label: { pl: 'lokalne i dojazdowe', en: 'local and access' },
          stroke: '#ffffff',
          strokeWidthPx: 1.6,
          strokeWidthM: 5.5,
          casing: ROAD_CASING,
        },
        {
          values: ['service'],
          label: { pl: 'wewnętrzne', en: 'internal' },
          stroke: '#fbf8f1',
          strokeWidthPx: 1,
          strokeWidthM: 3.5,
          casing: ROAD_CASING,
        },
      ],
    },
    label: { property: 'name', maxScaleDenominator: 5_000, color: '#5d5546' },
  },
  maxScaleDenominator: 100_000,
  steward: CITY_ROADS,
};

/** Chodniki i ścieżki. Key: own number of the section. */
export const FOOTWAYS: LayerDeclaration = {
  ...BASE,
  name: 'footways',
  title: { pl: 'Chodniki i ścieżki', en: 'Footways' },
  description: {
    pl: 'Osie chodników, ścieżek, przejść i dróg rowerowych.',
    en: 'Centre lines of pavements, paths, crossings and cycleways.',
  },
  drawOrder: 210,
  initiallyVisible: true,
  table: 'footway',
  geometryType: 'LineString',
  properties: [
    text('kind', 'Rodzaj', 'Kind', {
      codelist: codes(
        ['pavement', 'chodnik', 'pavement'],
        ['path', 'ścieżka', 'path'],
        ['crossing', 'przejście dla pieszych', 'crossing'],
        ['cycleway', 'droga rowerowa', 'cycleway'],
        ['steps', 'schody', 'steps'],
      ),
    }),
    decimal('width_m', 'Szerokość', 'Width', { unit: 'm' }),
    text('surface', 'Nawierzchnia', 'Surface', {
      codelist: codes(
        ['asphalt', 'bitumiczna', 'asphalt'],
        ['paving', 'kostka lub płyty', 'paving'],
        ['gravel', 'żwirowa', 'gravel'],
        ['ground', 'gruntowa', 'ground'],
      ),
    }),
    flag('step_free', 'Bez barier', 'Step-free'),
    decimal('incline_pct', 'Średnie nachylenie', 'Mean incline', { unit: '%' }),
    text('from_node', 'Węzeł początkowy', 'From node'),
    text('to_node', 'Węzeł końcowy', 'To node'),
  ],
  style: {
    stroke: '#c9b99c',
    strokeWidthPx: 0.9,
    classes: {
      property: 'kind',
      entries: [
        {
          values: ['pavement'],
          label: { pl: 'chodniki', en: 'pavements' },
          stroke: '#d8ccb6',
          strokeWidthM: 1.6,
        },
        {
          values: ['path', 'steps'],
          label: { pl: 'ścieżki', en: 'paths' },
          stroke: '#bfa98a',
          strokeDash: [4, 2],
        },
        {
          values: ['crossing'],
          label: { pl: 'przejścia', en: 'crossings' },
          stroke: '#a89c88',
          strokeDash: [2, 2],
        },
        {
          values: ['cycleway'],
          label: { pl: 'drogi rowerowe', en: 'cycleways' },
          stroke: '#c98a74',
          strokeDash: [5, 2],
        },
      ],
    },
  },
  maxScaleDenominator: 5_000,
  steward: CITY_ROADS,
};

/** Osiedla (jednostki pomocnicze miasta). Key: own number. */
export const DISTRICTS: LayerDeclaration = {
  ...BASE,
  name: 'districts',
  title: { pl: 'Osiedla', en: 'Districts' },
  description: {
    pl: 'Osiedla – jednostki pomocnicze miasta.',
    en: 'Districts – the auxiliary units of the city.',
  },
  drawOrder: 700,
  initiallyVisible: false,
  table: 'district',
  geometryType: 'MultiPolygon',
  properties: [
    text('name', 'Nazwa', 'Name'),
    text('resolution', 'Uchwała o utworzeniu', 'Founding resolution'),
  ],
  style: {
    stroke: '#9a8c74',
    strokeWidthPx: 1.8,
    strokeDash: [8, 3, 2, 3],
    label: { property: 'name', maxScaleDenominator: 50_000, color: '#6f6350' },
  },
  maxScaleDenominator: 500_000,
  steward: CITY_COUNCIL,
};
