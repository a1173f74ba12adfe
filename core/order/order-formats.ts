/** What an order can be written in, and which layers go into which. */
import type { Layer, Text } from '../feature/layer.ts';
import { registerOfLayer } from '../formats/register-gml/registers.ts';
import { crsOf } from '../geo/crs.ts';
import { CITY_HEIGHTS, type HeightSystem } from '../geo/height-systems.ts';
import type { OrderFormat, OrderRequest, OrderSkip } from '../wire/order.ts';
import { CHANGE_FORMATS } from './order-changes.ts';
import { labelsHeights } from './order-heights.ts';

export interface OrderFormatFacts {
  readonly title: Text;
  /**
   * Of an object in the package, packed, about: measured over the usual layers of a town together (docs/benchmarks.md).
   * Of one layer alone it may be a third (short rows) to twice (long outlines).
   */
  readonly bytesPerObject: number;
  /** Objects that are written in a second on one core, about. */
  readonly objectsPerS: number;
  /** Objects of one layer; undefined = any number. Files that say at their head how long they are cannot be streamed. */
  readonly mostObjects?: number;
  /** Points, or bodies of buildings, alone. */
  readonly only?: 'points' | 'bodies';
  /** Of formats of the ground, which hold no objects: of a post, packed, about. */
  readonly bytesPerPost?: number;
  /** Systems in metres, or those whose metres are those of the ground. */
  readonly srids?: 'plane' | 'true-to-scale';
}

export const ORDER_FORMAT_FACTS: Readonly<Record<OrderFormat, OrderFormatFacts>> = {
  gml: { title: { pl: 'GML 3.2.1', en: 'GML 3.2.1' }, bytesPerObject: 100, objectsPerS: 27_000 },
  gml2021: {
    title: { pl: 'GML 2021 (EGiB, GESUT)', en: 'GML 2021 (EGiB, GESUT)' },
    ...{ bytesPerObject: 130, objectsPerS: 6_000 },
  },
  gpkg: {
    ...{ title: { pl: 'GeoPackage', en: 'GeoPackage' }, bytesPerObject: 100, objectsPerS: 40_000 },
  },
  // Looked at before it is written, and read for its shapes and its attributes.
  shp: { title: { pl: 'Shapefile', en: 'Shapefile' }, bytesPerObject: 80, objectsPerS: 15_000 },
  dxf: {
    title: { pl: 'DXF (AutoCAD 2004)', en: 'DXF (AutoCAD 2004)' },
    bytesPerObject: 130,
    ...{ objectsPerS: 19_000, srids: 'plane' },
  },
  geojson: { title: { pl: 'GeoJSON', en: 'GeoJSON' }, bytesPerObject: 85, objectsPerS: 34_000 },
  fgb: { title: { pl: 'FlatGeobuf', en: 'FlatGeobuf' }, bytesPerObject: 100, objectsPerS: 8_000 },
  parquet: { title: { pl: 'GeoParquet', en: 'GeoParquet' }, bytesPerObject: 110, objectsPerS: 19_000 },
  csv: {
    title: { pl: 'CSV z geometrią WKT', en: 'CSV with geometry as WKT' },
    bytesPerObject: 75,
    objectsPerS: 33_000,
  },
  kml: { title: { pl: 'KML 2.2', en: 'KML 2.2' }, bytesPerObject: 100, objectsPerS: 16_000 },
  txt: {
    title: { pl: 'TXT: nr N E H', en: 'TXT: nr N E H' },
    ...{ bytesPerObject: 70, objectsPerS: 34_000, only: 'points' },
  },
  citygml: {
    ...{ title: { pl: 'CityGML 2.0', en: 'CityGML 2.0' }, only: 'bodies' },
    ...{ bytesPerObject: 440, objectsPerS: 2_000 },
  },
  cityjson: {
    ...{ title: { pl: 'CityJSON 2.0', en: 'CityJSON 2.0' }, only: 'bodies' },
    ...{ bytesPerObject: 230, objectsPerS: 3_000 },
  },
  glb: {
    ...{ title: { pl: 'glTF 2.0 (GLB)', en: 'glTF 2.0 (GLB)' }, only: 'bodies', srids: 'true-to-scale' },
    ...{ bytesPerObject: 380, objectsPerS: 2_000, mostObjects: 20_000 },
  },
  ifc: {
    ...{ title: { pl: 'IFC 4 (bryły)', en: 'IFC 4 (bodies)' }, only: 'bodies', srids: 'true-to-scale' },
    ...{ bytesPerObject: 770, objectsPerS: 2_000 },
  },
  'dtm-tif': terrain('Rzeźba terenu: GeoTIFF', 'Terrain: GeoTIFF', 3.4),
  'dtm-asc': terrain('Rzeźba terenu: ASC', 'Terrain: ASC', 2.5),
  'dtm-xyz': terrain('Rzeźba terenu: XYZ', 'Terrain: XYZ', 5),
  'dtm-landxml': terrain('Rzeźba terenu: LandXML (TIN)', 'Terrain: LandXML (TIN)', 17),
  pdf: {
    ...{ title: { pl: 'PDF: mapa w skali', en: 'PDF: map in scale' }, srids: 'true-to-scale' },
    ...{ bytesPerObject: 700, objectsPerS: 300 },
  },
  'map-tif': {
    title: { pl: 'GeoTIFF: mapa rastrowa', en: 'GeoTIFF: map as pixels' },
    ...{ srids: 'true-to-scale', bytesPerObject: 400, objectsPerS: 2_000 },
  },
};

const NO_CHANGES: Text = {
  pl: `Zmiany zapisuje się jako ${CHANGE_FORMATS.join(', ')}; zamów je w jednym z tych formatów`,
  en: `Changes are written as ${CHANGE_FORMATS.join(', ')}; order them in one of these`,
};

function terrain(pl: string, en: string, bytesPerPost: number): OrderFormatFacts {
  return {
    title: { pl, en },
    bytesPerObject: 0,
    objectsPerS: Infinity,
    bytesPerPost,
    srids: 'true-to-scale',
  };
}

/** The CRS that a format is written in. */
export const sridIn = (format: OrderFormat, srid: number): number => (format === 'kml' ? 4326 : srid);

/** Why a layer does not go into a format; undefined = it does. */
export function skipOf(
  layer: Layer,
  format: OrderFormat,
  { srid, heights, since }: Pick<OrderRequest, 'srid' | 'heights' | 'since'>,
  objects: number,
): OrderSkip | undefined {
  const ofChanges = since !== undefined;
  const reason =
    ofChanges && !CHANGE_FORMATS.includes(format)
      ? NO_CHANGES
      : (notInHeights(layer, format, heights) ?? reasonOf(layer, format, srid, objects));
  return reason && { layer: layer.name, format, reason };
}

/** What is written without going through the objects of the order cannot be in another height system. */
function notInHeights(layer: Layer, format: OrderFormat, heights: HeightSystem): Text | undefined {
  if (heights === CITY_HEIGHTS) return undefined;
  if (format === 'gml2021') {
    return {
      pl: `Rejestry prowadzi się w ${CITY_HEIGHTS}; zamów je w tym układzie wysokości albo jako GML 3.2.1`,
      en: `The registers are kept in ${CITY_HEIGHTS}; order them in this height system, or as GML 3.2.1`,
    };
  }
  if ((format === 'pdf' || format === 'map-tif') && labelsHeights(layer)) {
    return {
      pl: `Mapa opisuje jej rzędne w ${CITY_HEIGHTS}; zamów mapę w tym układzie wysokości`,
      en: `The map writes its heights in ${CITY_HEIGHTS}; order the map in this height system`,
    };
  }
  return undefined;
}

/** The registers are kept in the zones of PL-2000 (Dz.U. 2021 poz. 1374, 1385 and 1390). */
const PL_2000: readonly number[] = [2176, 2177, 2178, 2179];

function notInRegister({ name }: Layer, srid: number): Text | undefined {
  if (!registerOfLayer(name)) {
    return {
      pl: 'Nie należy do EGiB, GESUT ani BDOT500, więc nie ma klasy w schematach z 2021 r.; zamów ją jako GML 3.2.1',
      en: 'It is not of EGiB, GESUT or BDOT500, so the schemas of 2021 have no class for it; order it as GML 3.2.1',
    };
  }
  if (PL_2000.includes(srid)) return undefined;
  return {
    pl: 'Rejestry są w strefach PL-2000; wybierz np. EPSG:2177',
    en: 'The registers are in the zones of PL-2000; take one of them, such as EPSG:2177',
  };
}

function reasonOf(layer: Layer, format: OrderFormat, srid: number, objects: number): Text | undefined {
  const { mostObjects, only, srids } = ORDER_FORMAT_FACTS[format];
  if (only === 'points' && layer.geometryType !== 'Point') {
    return { pl: 'Wykaz punktów zawiera tylko punkty', en: 'A list of points holds points only' };
  }
  if (only === 'bodies' && layer.dimension !== 3) {
    return {
      pl: 'Ten format zawiera tylko bryły budynków',
      en: 'This format holds bodies of buildings only',
    };
  }
  if (format === 'parquet' && objects === 0) {
    return { pl: 'W tym obszarze nie ma jej obiektów', en: 'It has no objects in this area' };
  }
  if (format === 'gml2021') return notInRegister(layer, srid);
  if (srids && (crsOf(srid).unit === 'degree' || (srids === 'true-to-scale' && srid === 3857))) {
    return {
      pl: 'Ten format jest w metrach terenu; wybierz układ płaski, np. EPSG:2177',
      en: 'This format is in metres of the ground; take a plane system such as EPSG:2177',
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
