/** What an order can be written in, and which layers go into which. */
import type { Layer, Text } from '../feature/layer.ts';
import { crsOf } from '../geo/crs.ts';
import type { OrderFormat, OrderSkip } from '../wire/order.ts';
import { CHANGE_FORMATS } from './order-changes.ts';

export interface OrderFormatFacts {
  readonly title: Text;
  /** Of an object in the package, packed, about. */
  readonly bytesPerObject: number;
  /** Objects that are written in a second on one core, about. */
  readonly objectsPerS: number;
  /** Objects of one layer; undefined = any number. Files that say at their head how long they are cannot be streamed. */
  readonly mostObjects?: number;
}

export const ORDER_FORMAT_FACTS: Readonly<Record<OrderFormat, OrderFormatFacts>> = {
  gml: { title: { pl: 'GML 3.2.1', en: 'GML 3.2.1' }, bytesPerObject: 160, objectsPerS: 40_000 },
  gpkg: {
    ...{ title: { pl: 'GeoPackage', en: 'GeoPackage' }, bytesPerObject: 260, objectsPerS: 12_000 },
    mostObjects: 200_000,
  },
  shp: {
    ...{ title: { pl: 'Shapefile', en: 'Shapefile' }, bytesPerObject: 120, objectsPerS: 30_000 },
    mostObjects: 200_000,
  },
  dxf: {
    title: { pl: 'DXF (AutoCAD 2007)', en: 'DXF (AutoCAD 2007)' },
    bytesPerObject: 200,
    objectsPerS: 25_000,
  },
  geojson: { title: { pl: 'GeoJSON', en: 'GeoJSON' }, bytesPerObject: 130, objectsPerS: 45_000 },
  fgb: { title: { pl: 'FlatGeobuf', en: 'FlatGeobuf' }, bytesPerObject: 180, objectsPerS: 40_000 },
  parquet: { title: { pl: 'GeoParquet', en: 'GeoParquet' }, bytesPerObject: 110, objectsPerS: 40_000 },
  csv: {
    title: { pl: 'CSV z geometrią WKT', en: 'CSV with geometry as WKT' },
    bytesPerObject: 110,
    objectsPerS: 45_000,
  },
  kml: { title: { pl: 'KML 2.2', en: 'KML 2.2' }, bytesPerObject: 140, objectsPerS: 35_000 },
  txt: {
    title: { pl: 'TXT: nr N E H', en: 'TXT: nr N E H' },
    ...{ bytesPerObject: 40, objectsPerS: 60_000 },
  },
};

const NO_CHANGES: Text = {
  pl: `Zmiany zapisuje się jako ${CHANGE_FORMATS.join(', ')}; zamów je w jednym z tych formatów`,
  en: `Changes are written as ${CHANGE_FORMATS.join(', ')}; order them in one of these`,
};

/** The CRS that a format is written in. */
export const sridIn = (format: OrderFormat, srid: number): number => (format === 'kml' ? 4326 : srid);

/** Why a layer does not go into a format; undefined = it does. */
export function skipOf(
  layer: Layer,
  format: OrderFormat,
  srid: number,
  objects: number,
  ofChanges: boolean,
): OrderSkip | undefined {
  const reason =
    ofChanges && !CHANGE_FORMATS.includes(format) ? NO_CHANGES : reasonOf(layer, format, srid, objects);
  return reason && { layer: layer.name, format, reason };
}

function reasonOf(layer: Layer, format: OrderFormat, srid: number, objects: number): Text | undefined {
  const { mostObjects } = ORDER_FORMAT_FACTS[format];
  if (format === 'txt' && layer.geometryType !== 'Point') {
    return { pl: 'Wykaz punktów zawiera tylko punkty', en: 'A list of points holds points only' };
  }
  if (format === 'parquet' && objects === 0) {
    return { pl: 'W tym obszarze nie ma jej obiektów', en: 'It has no objects in this area' };
  }
  if (format === 'dxf' && crsOf(srid).unit === 'degree') {
    return {
      pl: 'DXF jest w metrach; wybierz układ płaski, np. EPSG:2177',
      en: 'DXF is in metres; take a plane system such as EPSG:2177',
    };
  }
  if (mostObjects !== undefined && objects > mostObjects) {
    return {
      pl: `Ten format mieści ${mostObjects} obiektów warstwy, a jest ich ${objects}; zamów mniejszy obszar albo GML, GeoJSON lub CSV`,
      en: `This format takes ${mostObjects} objects of a layer, and there are ${objects}; order a smaller area, or GML, GeoJSON or CSV`,
    };
  }
  return undefined;
}
