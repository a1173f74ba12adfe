import { invalidParameter } from '../../../core/errors.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import type { FeatureStream } from '../../../core/feature/source.ts';
import { writeCsvFeatures } from '../../../core/formats/csv-features.ts';
import { writeFlatGeobuf } from '../../../core/formats/flatgeobuf/write-flatgeobuf.ts';
import { CITY_HEIGHTS } from '../../../core/geo/height-systems.ts';
import { qmlOf } from '../../../core/style/qml.ts';
import { sldOf } from '../../../core/style/sld.ts';
import type { Reply } from '../../http/protocol.ts';
import { columnsOf as columnsOfGeoPackage, type GeoPackages } from '../../services/geo-packages.ts';
import { TABLE_TYPES, type TableFormat } from './output-formats.ts';
import type { PageLinks } from './page-links.ts';
import type { Selection } from './selection.ts';
import { writeShapeZip } from './shape-zip.ts';

/**
 * The objects of one feature type as a table, easting (longitude) first whatever the spelling of srsName. What leads to
 * the next page stands in the `Link` header, as these formats have no place for it.
 * @param features the same each time that they are asked for
 * @throws TwinError invalid-parameter for several feature types
 */
export function tableReply(
  geoPackages: GeoPackages,
  format: TableFormat,
  [selection, ...more]: readonly Selection[],
  features: () => FeatureStream,
  { next, previous }: PageLinks,
): Reply {
  if (!selection || more.length > 0) {
    throw invalidParameter(
      'typeNames',
      `${TABLE_TYPES[format]} holds one feature type; ask for each by itself`,
    );
  }
  const layer = columnsOf(selection);
  const { srid } = selection.crs;
  const file = FILES[format];
  const links = [
    ...(next === undefined ? [] : [`<${next}>; rel="next"`]),
    ...(previous === undefined ? [] : [`<${previous}>; rel="prev"`]),
  ];
  return {
    status: 200,
    headers: {
      'content-type': file.type,
      'content-disposition': `attachment; filename="${layer.name}.${file.ending}"`,
      ...(links.length > 0 ? { link: links.join(', ') } : {}),
    },
    body: file.write(features, layer, srid, geoPackages),
  };
}

interface TableFile {
  readonly type: string;
  readonly ending: string;
  write(
    features: () => FeatureStream,
    layer: Layer,
    srid: number,
    geoPackages: GeoPackages,
  ): AsyncIterable<Uint8Array>;
}

const FILES: Readonly<Record<TableFormat, TableFile>> = {
  csv: {
    type: `${TABLE_TYPES.csv}; charset=utf-8; header=present`,
    ending: 'csv',
    write: (features, layer, srid) => writeCsvFeatures(features(), layer, srid),
  },
  flatgeobuf: {
    type: TABLE_TYPES.flatgeobuf,
    ending: 'fgb',
    write: (features, layer, srid) =>
      writeFlatGeobuf(features(), layer, { srid, heights: CITY_HEIGHTS, note: [] }),
  },
  // Made in a temporary file without a name, which goes with whoever leaves.
  geopackage: { type: TABLE_TYPES.geopackage, ending: 'gpkg', write: writeGeoPackage },
  shapefile: { type: 'application/zip', ending: 'zip', write: writeShapeZip },
};

function writeGeoPackage(
  features: () => FeatureStream,
  layer: Layer,
  srid: number,
  geoPackages: GeoPackages,
): AsyncIterable<Uint8Array> {
  async function* read() {
    for await (const { id, geometry, properties } of features()) {
      const values = layer.properties.map(({ name }) => {
        const value = properties[name] ?? null;
        return typeof value === 'boolean' ? Number(value) : value;
      });
      yield { geometry, values: [id, ...values] };
    }
  }
  const written = {
    ...{ name: layer.name, title: layer.title.pl, description: layer.description.pl, srid },
    style: { qml: qmlOf(layer, 'pl'), sld: sldOf(layer, 'pl') },
    geometryType: 'GEOMETRY' as const,
    columns: columnsOfGeoPackage(layer.properties),
    rows: { read },
  };
  return geoPackages.write([written], new Date());
}

/** The layer with only the columns that were asked for. */
function columnsOf({ layer, query }: Selection): Layer {
  const { properties: wanted } = query;
  if (wanted === undefined) return layer;
  return { ...layer, properties: layer.properties.filter(({ name }) => wanted.includes(name)) };
}
