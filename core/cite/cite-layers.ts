/** The data set that OGC's own suite for WMS 1.3.0 asks a server for: Blue Lake, around 0° 0°, in degrees (CRS:84). */
import { text } from '../catalogue/property.ts';
import type { Layer, LayerGroup, LayerStyle, PropertyDeclaration } from '../feature/layer.ts';
import type { GeometryType } from '../geo/geometry.ts';

const GROUP: LayerGroup = { name: 'cite', order: 1, title: { pl: 'Zbiór CITE', en: 'CITE data set' } };
const OGC = { pl: 'Open Geospatial Consortium', en: 'Open Geospatial Consortium' };
const same = (words: string) => ({ pl: words, en: words });
/** Longitude and latitude of WGS 84. */
export const CITE_SRID = 4326;

interface Given {
  readonly geometryType: GeometryType;
  readonly style: LayerStyle;
  readonly properties?: readonly PropertyDeclaration[];
  /** Which element of the file is its geometry, where there are several. */
  readonly geometry?: string;
  /** Without `.xml`; default the name. */
  readonly file?: string;
  readonly dimensions?: Layer['dimensions'];
}

export interface CiteLayer {
  readonly layer: Layer;
  readonly file: string;
  readonly geometry: string | undefined;
}

const area = (fill: string): LayerStyle => ({ fill, stroke: '#30302e', strokeWidthPx: 1 });
const line = (stroke: string, strokeWidthPx = 2): LayerStyle => ({ stroke, strokeWidthPx });
const name = text('name', 'Nazwa', 'Name');

/** From the lowest; the suite finds them by their titles. */
const GIVEN: Readonly<Record<string, Given>> = {
  MapNeatline: { geometryType: 'LineString', style: line('#000000', 1) },
  BasicPolygons: { geometryType: 'MultiPolygon', style: area('#b0b0b0') },
  Forests: { geometryType: 'MultiPolygon', style: area('#5f9e4a'), properties: [name] },
  NamedPlaces: { geometryType: 'MultiPolygon', style: area('#e3d7a0'), properties: [name] },
  Lakes: {
    ...{ geometryType: 'MultiPolygon', style: area('#4080ff'), file: 'LakesWithElevation' },
    properties: [name, text('elev', 'Wysokość', 'Elevation')],
    dimensions: [
      {
        ...{ name: 'elevation', units: 'CRS:88', unitSymbol: 'm', property: 'elev' },
        ...{ values: ['500', '490', '480'], extent: '500,490,480', default: '500' },
        ...{ multipleValues: false, nearestValue: true },
      },
    ],
  },
  Ponds: {
    geometryType: 'MultiPolygon',
    style: area('#6fa8ff'),
    properties: [name, text('type', 'Rodzaj', 'Type')],
  },
  Streams: { geometryType: 'LineString', style: line('#3060d0'), properties: [name] },
  RoadSegments: { geometryType: 'LineString', style: line('#a03020', 3), properties: [name] },
  DividedRoutes: { geometryType: 'MultiLineString', style: line('#c05030', 3), properties: [name] },
  Bridges: {
    geometryType: 'Point',
    style: { ...line('#000000', 1), fill: '#ffd000', marker: { shape: 'square', sizePx: 8 } },
    properties: [name],
  },
  Buildings: {
    ...{ geometryType: 'MultiPolygon', style: area('#7a5a3c'), geometry: 'footprint' },
    properties: [text('address', 'Adres', 'Address')],
  },
  Autos: {
    geometryType: 'Point',
    style: { ...line('#000000', 1), fill: '#d01030', marker: { shape: 'circle', sizePx: 6 } },
    properties: [text('num', 'Numer', 'Number'), text('time', 'Chwila', 'Time')],
    dimensions: [
      {
        ...{ name: 'time', units: 'ISO8601', property: 'time' },
        values: Array.from({ length: 13 }, (_, i) =>
          new Date(Date.UTC(2000, 0, 1, 0, 0, i * 5)).toISOString().replace('.000', ''),
        ),
        extent: '2000-01-01T00:00:00Z/2000-01-01T00:01:00Z/PT5S',
        ...{ default: '2000-01-01T00:00:00Z', multipleValues: true, nearestValue: true },
      },
    ],
  },
};

export const CITE_LAYERS: readonly CiteLayer[] = Object.entries(GIVEN).map(([layer, given], index) => ({
  file: `${given.file ?? layer}.xml`,
  geometry: given.geometry,
  layer: {
    ...{
      name: layer,
      title: same(`cite:${layer}`),
      description: same(`The cite:${layer} layer`),
      group: GROUP,
    },
    ...{
      drawOrder: index,
      initiallyVisible: true,
      table: layer,
      geometryType: given.geometryType,
      dimension: 2,
    },
    ...{ properties: given.properties ?? [], style: given.style, dimensions: given.dimensions ?? [] },
    ...{ steward: OGC, licence: same('Apache-2.0'), freshnessDays: 36_500, dataset: 'cite', srid: CITE_SRID },
    xml: { prefix: 'cite', namespace: 'http://www.opengis.net/cite' },
  },
}));

/** What the suite asks of its model of heights, beside what every such layer has. */
export const CITE_TERRAIN: Partial<Layer> = {
  ...{ name: 'Terrain', title: same('cite:Terrain'), description: same('The cite:Terrain layer') },
  ...{ group: GROUP, steward: OGC, licence: same('Apache-2.0'), freshnessDays: 36_500 },
  dimensions: [
    {
      ...{ name: 'elevation', units: 'CRS:88', unitSymbol: 'm', property: 'height_m', values: [] },
      ...{ range: { least: 0, most: 425, step: 1 }, extent: '0/425/1', default: '0/425' },
      ...{ multipleValues: true, nearestValue: false },
    },
  ],
};
