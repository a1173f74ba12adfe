/** Made-up layers and objects, one for each way in which a component can look. */
import type { LayersReply, WireLayer } from '../../core/wire/city.ts';
import type { ItemFeature } from '../api/city-api.ts';

const GROUP = { name: 'samples', title: { pl: 'Grupa warstw', en: 'Group of layers' }, order: 1 };

function sampleLayer(change: Partial<WireLayer> & Pick<WireLayer, 'name' | 'title'>): WireLayer {
  return {
    description: { pl: 'Warstwa wymyślona, aby pokazać wiersz.', en: 'A layer made up to show a row.' },
    group: GROUP,
    drawOrder: 1,
    initiallyVisible: true,
    dataset: 'city',
    srid: 2177,
    geometryType: 'MultiPolygon',
    dimension: 2,
    properties: [],
    style: { stroke: '#1d1d1b', strokeWidthPx: 1, fill: '#f1e8d6' },
    steward: { pl: 'Urząd miasta', en: 'City hall' },
    licence: { pl: 'CC BY 4.0', en: 'CC BY 4.0' },
    freshnessDays: 30,
    status: {
      count: 3170,
      loadedAt: '2026-11-22T10:00:00Z',
      source: 'sample.gml',
      synthetic: true,
      version: 3,
      ageDays: 2,
      stale: false,
    },
    ...change,
  };
}

const AREA = sampleLayer({
  name: 'sample_areas',
  title: { pl: 'Obszary z klasami', en: 'Areas with classes' },
  properties: [
    { name: 'number', type: 'text', label: { pl: 'Numer', en: 'Number' } },
    { name: 'area_ha', type: 'number', unit: 'ha', label: { pl: 'Pole ewidencyjne', en: 'Registered area' } },
    {
      name: 'kind',
      type: 'text',
      label: { pl: 'Rodzaj', en: 'Kind' },
      codelist: [{ code: 'm', label: { pl: 'mieszkalny', en: 'residential' } }],
    },
    { name: 'listed', type: 'boolean', label: { pl: 'W rejestrze zabytków', en: 'Listed' } },
    { name: 'since', type: 'date', label: { pl: 'Od', en: 'Since' } },
    {
      name: 'parcel_ids',
      type: 'text',
      references: 'sample_areas',
      label: { pl: 'Działki', en: 'Parcels' },
    },
    { name: 'remark', type: 'text', label: { pl: 'Uwagi', en: 'Remarks' } },
  ],
  style: {
    stroke: '#1d1d1b',
    strokeWidthPx: 1,
    fill: '#f1e8d6',
    classes: {
      property: 'kind',
      entries: [
        { values: ['B'], label: { pl: 'zabudowane', en: 'built-up' }, fill: '#f3e3cd' },
        { values: ['L'], label: { pl: 'lasy', en: 'woods' }, fill: '#cfe0b8' },
        { values: ['W'], label: { pl: 'wody', en: 'water' }, fill: '#bcd8ee' },
      ],
    },
  },
});

export const SAMPLE_LAYERS: readonly WireLayer[] = [
  AREA,
  sampleLayer({
    name: 'sample_lines',
    title: { pl: 'Linie poza skalą', en: 'Lines out of scale' },
    geometryType: 'LineString',
    maxScaleDenominator: 1000,
    style: { stroke: '#0000ff', strokeWidthPx: 2, casing: { color: '#ffffff', widthPx: 1 } },
  }),
  sampleLayer({
    name: 'sample_dashes',
    title: { pl: 'Granice kreskowane', en: 'Dashed boundaries' },
    style: { stroke: '#7a2e7a', strokeWidthPx: 2, strokeDash: [6, 3] },
  }),
  ...(['circle', 'square', 'triangle', 'diamond', 'cross'] as const).map((shape) =>
    sampleLayer({
      name: `sample_${shape}`,
      title: { pl: `Punkty: ${shape}`, en: `Points: ${shape}` },
      geometryType: 'Point',
      initiallyVisible: shape === 'circle',
      style: { stroke: '#23693f', strokeWidthPx: 1.5, fill: '#8fbf7f', marker: { shape, sizePx: 8 } },
    }),
  ),
  sampleLayer({
    name: 'sample_solids',
    title: { pl: 'Bryły', en: 'Solids' },
    dimension: 3,
    style: { stroke: '#5d4632', strokeWidthPx: 0.6, fill: '#d8cbb8' },
  }),
  sampleLayer({
    name: 'sample_stale',
    title: { pl: 'Nieodświeżona', en: 'Stale' },
    status: { ...AREA.status, ageDays: 400, stale: true },
  }),
  sampleLayer({
    name: 'sample_empty',
    title: { pl: 'Bez obiektów', en: 'Without objects' },
    status: { count: 0, synthetic: false, version: 0, ageDays: null, stale: false },
  }),
];

export const SAMPLE_AREA = AREA;

export const SAMPLE_ITEM: ItemFeature = {
  id: '306401_1.0021.AR_10.161',
  properties: {
    number: '161',
    area_ha: 0.0627,
    kind: 'm',
    listed: false,
    since: '2015-06-01',
    parcel_ids: '306401_1.0021.AR_10.161, 306401_1.0021.AR_10.162',
    remark: null,
  },
  geometry: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [6_426_850, 5_808_800],
          [6_426_880, 5_808_800],
          [6_426_880, 5_808_821],
          [6_426_850, 5_808_800],
        ],
      ],
    ],
  },
};

export const SAMPLE_REPLY: LayersReply = {
  state: {},
  city: {
    name: { pl: 'Poznań', en: 'Poznań' },
    srid: 2177,
    home: { lon: 16.93, lat: 52.41 },
    extent: [6_426_000, 5_808_000, 6_428_000, 5_810_000],
  },
  synthetic: true,
  geoid: { model: 'EGM96', undulationM: 34.95 },
  layers: [...SAMPLE_LAYERS],
};
