/**
 * The data set of OGC's suite for WFS 1.1 (GML simple features, level 0), in degrees. Its types have several properties
 * of geometry each; a type here has one, so that each of them is a type for each kind of geometry.
 */
import { date, decimal, flag, text } from '../catalogue/property.ts';
import type { Feature } from '../feature/feature.ts';
import type { Layer, LayerGroup, PropertyDeclaration, XmlNames } from '../feature/layer.ts';
import { parseCrs } from '../geo/crs.ts';
import type { Geometry, GeometryType } from '../geo/geometry.ts';
import { readGmlGeometry } from '../geo/gml-geometry.ts';
import { frameOf, PLAIN_FRAME } from '../geo/gml-geometry-frame.ts';
import { childrenOf, gmlIdOf, textOf, type XmlElement } from '../xml/element.ts';
import { parseXml } from '../xml/reader.ts';
import { CITE_SRID } from './cite-layers.ts';

export const CITE_FEATURE_NAMES: XmlNames = {
  prefix: 'sf',
  namespace: 'http://cite.opengeospatial.org/gmlsf',
};

const same = (words: string) => ({ pl: words, en: words });
const GROUP: LayerGroup = { name: 'cite', order: 1, title: { pl: 'Zbiór CITE', en: 'CITE data set' } };
const NAMES: readonly PropertyDeclaration[] = [
  { ...text('description', 'Opis', 'Description'), gml: 'description' },
  { ...text('name', 'Nazwa', 'Name'), gml: 'name' },
];

/** The properties of each element of the data set, in the order of its schema. */
const PROPERTIES: Readonly<Record<string, readonly PropertyDeclaration[]>> = {
  PrimitiveGeoFeature: [
    ...NAMES,
    // Wider than the whole numbers of the store.
    decimal('intProperty', 'Liczba całkowita', 'Whole number'),
    text('uriProperty', 'Adres', 'Address'),
    decimal('measurand', 'Pomiar', 'Measure'),
    {
      ...{ name: 'dateTimeProperty', type: 'datetime' },
      label: { pl: 'Chwila', en: 'Moment' },
    },
    date('dateProperty', 'Data', 'Date'),
    decimal('decimalProperty', 'Liczba dziesiętna', 'Decimal number'),
  ],
  AggregateGeoFeature: [
    ...NAMES,
    decimal('doubleProperty', 'Liczba', 'Number'),
    text('strProperty', 'Tekst', 'Text'),
    text('featureCode', 'Kod', 'Code'),
  ],
  EntitéGénérique: [
    ...NAMES,
    flag('boolProperty', 'Prawda', 'Truth'),
    text('str4Property', 'Cztery znaki', 'Four characters'),
    text('featureRef', 'Odesłanie', 'Reference'),
  ],
};

/** What a type of the data set is called here, by its geometry. */
const TYPES: readonly (readonly [name: string, element: string, geometry: GeometryType])[] = [
  ['PrimitivePoint', 'PrimitiveGeoFeature', 'Point'],
  ['PrimitiveCurve', 'PrimitiveGeoFeature', 'LineString'],
  ['PrimitiveSurface', 'PrimitiveGeoFeature', 'Polygon'],
  ['AggregatePoints', 'AggregateGeoFeature', 'MultiPoint'],
  ['AggregateCurves', 'AggregateGeoFeature', 'MultiLineString'],
  ['AggregateSurfaces', 'AggregateGeoFeature', 'MultiPolygon'],
  ['GenericCurve', 'EntitéGénérique', 'LineString'],
  ['GenericSurface', 'EntitéGénérique', 'Polygon'],
];

/** @param dataset in which the tables are */
export const citeFeatureLayers = (dataset: string): readonly Layer[] =>
  TYPES.map(([name, element, geometryType], index) => ({
    ...{ name, title: same(name), description: same(`${element} (${geometryType})`), group: GROUP },
    ...{ drawOrder: index, initiallyVisible: true, editable: true, geometryType, dimension: 2, dataset },
    ...{ table: `cite_${name.toLowerCase()}`, properties: PROPERTIES[element] ?? [], srid: CITE_SRID },
    style: { stroke: '#30302e', strokeWidthPx: 1 },
    steward: same('Open Geospatial Consortium'),
    ...{ licence: same('Apache-2.0'), freshnessDays: 36_500 },
    // Areas of ten degrees lie over millions of cells.
    isUntiled: true,
    xml: CITE_FEATURE_NAMES,
  }));

/** The features that a file of the data set (a transaction of WFS 1.1) inserts, easting first. @param noPlace told of those without a geometry */
export function readCiteFeatures(document: string, noPlace: (id: string) => void): readonly Feature[] {
  const frame = { ...PLAIN_FRAME, crs: parseCrs('urn:ogc:def:crs:EPSG::4326') };
  return childrenOf(parseXml(document), 'Insert').flatMap((insert) =>
    insert.children.flatMap((element) => {
      const id = gmlIdOf(element) ?? '';
      const shape = shapeOf(element);
      const geometry = shape && readGmlGeometry(shape, frameOf(insert, frame)).geometry;
      const layer = TYPES.find(([, name, type]) => name === element.local && type === geometry?.type)?.[0];
      if (!geometry || !layer) {
        noPlace(id);
        return [];
      }
      return [
        { layer, id, geometry, properties: propertiesOf(element) } satisfies Feature & { geometry: Geometry },
      ];
    }),
  );
}

const shapeOf = (element: XmlElement): XmlElement | undefined =>
  element.children.find(({ children }) => children.length > 0)?.children[0];

/** Dates of XML may have a zone, which dates of the store have not. */
function propertiesOf(element: XmlElement): Readonly<Record<string, string>> {
  const declared = PROPERTIES[element.local] ?? [];
  return Object.fromEntries(
    declared.flatMap(({ name, type }) => {
      const value = textOf(element.children.find(({ local }) => local === name))
        ?.replace(/\s+/g, ' ')
        .trim();
      if (!value) return [];
      return [[name, type === 'date' ? value.slice(0, 'yyyy-mm-dd'.length) : value] as const];
    }),
  );
}
