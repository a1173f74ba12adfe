/** The files of an order, one after another, each made while it is read. */
import type { PropertyValue } from '../../core/feature/feature.ts';
import type { Layer, PropertyType } from '../../core/feature/layer.ts';
import type { FeatureStream } from '../../core/feature/source.ts';
import { writeCsvFeatures } from '../../core/formats/csv-features.ts';
import { writeDxf } from '../../core/formats/dxf/write-dxf.ts';
import { crsMember, writeFeatureCollection } from '../../core/formats/geojson.ts';
import { writeGmlDocument } from '../../core/formats/gml-document.ts';
import { applicationSchema } from '../../core/formats/gml-schema.ts';
import { writeKml } from '../../core/formats/kml.ts';
import { writePointList } from '../../core/formats/point-list.ts';
import type { DbfField } from '../../core/formats/shapefile/dbf.ts';
import { writeShapefile } from '../../core/formats/shapefile/write-shapefile.ts';
import { crsOf } from '../../core/geo/crs.ts';
import { sridIn } from '../../core/order/order-formats.ts';
import type { OrderFormat } from '../../core/wire/order.ts';
import type { GeoPackageColumn, GeoPackageRow, GeoPackages } from '../services/geo-packages.ts';
import type { ZipFile } from './zip-stream.ts';

export interface OrderedLayer {
  /** As the one who orders may see it. */
  readonly layer: Layer;
  /** Its objects within the area, in order of their ids. */
  readonly features: (srid: number) => FeatureStream;
}

export interface OrderedFile extends ZipFile {
  readonly srid?: number;
  /** Of a Shapefile: what short names mean. */
  readonly fields?: readonly DbfField[];
}

export interface WriteFiles {
  readonly geoPackages: GeoPackages;
  readonly srid: number;
  readonly heights: string;
  /** Of the youngest thing that the files tell of. */
  readonly date: Date;
}

/** @param layers those that go into this format */
export async function* writeFiles(
  format: OrderFormat,
  layers: readonly OrderedLayer[],
  options: WriteFiles,
): AsyncGenerator<OrderedFile> {
  const srid = sridIn(format, options.srid);
  const named = (name: string, ending: string) =>
    `${format}/${name}_EPSG${srid}_${options.heights}.${ending}`;
  switch (format) {
    case 'dxf': {
      const sources = layers.map(({ layer, features }) => ({ layer, features: features(srid) }));
      yield { name: named('city', 'dxf'), srid, bytes: writeDxf(sources) };
      return;
    }
    case 'gpkg':
      yield { name: named('city', 'gpkg'), srid, bytes: geoPackage(layers, srid, options) };
      return;
    case 'shp':
      for (const { layer, features } of layers) {
        const { files, fields } = await writeShapefile(features(srid), layer, srid);
        for (const [ending, bytes] of Object.entries(files)) {
          yield {
            name: named(layer.name, ending),
            srid,
            bytes: [bytes],
            ...(ending === 'dbf' && { fields }),
          };
        }
      }
      return;
    case 'gml': {
      const schema = applicationSchema(layers.map(({ layer }) => layer));
      yield { name: 'gml/blizniak.xsd', bytes: [Buffer.from(schema)] };
      yield* layerFiles(format);
      return;
    }
    case 'geojson':
    case 'csv':
    case 'kml':
    case 'txt':
      yield* layerFiles(format);
  }

  function* layerFiles(text: TextFormat): Generator<OrderedFile> {
    for (const one of layers) {
      yield { name: named(one.layer.name, text), srid, bytes: layerText(text, one, srid, options) };
    }
  }
}

type TextFormat = Exclude<OrderFormat, 'dxf' | 'gpkg' | 'shp'>;

function layerText(
  format: TextFormat,
  { layer, features }: OrderedLayer,
  srid: number,
  { heights }: WriteFiles,
): AsyncIterable<Uint8Array> {
  const rows = features(srid);
  switch (format) {
    case 'gml':
      return writeGmlDocument(rows, layer, srid, 'blizniak.xsd');
    case 'csv':
      return writeCsvFeatures(rows, layer, srid);
    case 'kml':
      return writeKml(rows, layer);
    case 'txt':
      return writePointList(rows, layer, srid, heights);
    case 'geojson': {
      const style = { order: 'easting-northing', unit: crsOf(srid).unit } as const;
      return writeFeatureCollection(rows, {
        style,
        head: { name: layer.name, crs: crsMember(srid), heights },
      });
    }
  }
}

const COLUMNS: Readonly<Record<PropertyType, GeoPackageColumn['type']>> = {
  ...{ text: 'TEXT', integer: 'INTEGER', number: 'REAL', boolean: 'INTEGER', date: 'TEXT', datetime: 'TEXT' },
};

async function* geoPackage(
  layers: readonly OrderedLayer[],
  srid: number,
  { geoPackages, date }: WriteFiles,
): AsyncGenerator<Uint8Array> {
  const written = layers.map(({ layer, features }) => ({
    name: layer.name,
    title: layer.title.pl,
    geometryType: 'GEOMETRY' as const,
    srid,
    columns: [
      { name: 'id', type: 'TEXT' as const },
      ...layer.properties.map(({ name, type }) => ({ name, type: COLUMNS[type] })),
    ],
    rows: geoPackageRows(layer, () => features(srid)),
  }));
  yield await geoPackages.write(written, date);
}

async function* geoPackageRows(layer: Layer, features: () => FeatureStream): AsyncGenerator<GeoPackageRow> {
  for await (const { id, geometry, properties } of features()) {
    const values = layer.properties.map(({ name }) => geoPackageValue(properties[name] ?? null));
    yield { geometry, values: [id, ...values] };
  }
}

const geoPackageValue = (value: PropertyValue) => (typeof value === 'boolean' ? Number(value) : value);
