import type { PropertyDeclaration, PropertyType } from '../../core/feature/layer.ts';
import type { Geometry } from '../../core/geo/geometry.ts';

/** Media type of a GeoPackage. */
export const GEO_PACKAGE = 'application/geopackage+sqlite3';

export type GeoPackageValue = string | number | null;

export interface GeoPackageColumn {
  readonly name: string;
  readonly type: 'TEXT' | 'REAL' | 'INTEGER' | 'BOOLEAN' | 'DATE' | 'DATETIME';
}

/** A layer as it is written. */
export interface GeoPackageLayer {
  /** Of the table. */
  readonly name: string;
  readonly title: string;
  /** What the file says of the layer and of its use. */
  readonly description?: string;
  /** How it is drawn by who opens the file: a style of QGIS, and an SLD. */
  readonly style?: { readonly qml: string; readonly sld: string };
  readonly geometryType: 'POINT' | 'MULTIPOLYGON' | 'GEOMETRY';
  /** EPSG code; positions are easting first. */
  readonly srid: number;
  readonly columns: readonly GeoPackageColumn[];
  readonly rows: PackedRows | Iterable<GeoPackageRow> | { readonly read: () => AsyncIterable<GeoPackageRow> };
}

const COLUMN_TYPES: Readonly<Record<PropertyType, GeoPackageColumn['type']>> = {
  text: 'TEXT',
  integer: 'INTEGER',
  number: 'REAL',
  boolean: 'BOOLEAN',
  date: 'DATE',
  datetime: 'DATETIME',
};

/** The columns of a register: its id, then each property. */
export const columnsOf = (properties: readonly PropertyDeclaration[]): readonly GeoPackageColumn[] => [
  { name: 'id', type: 'TEXT' },
  ...properties.map(({ name, type }) => ({ name, type: COLUMN_TYPES[type] })),
];

/**
 * Rows as PostgreSQL sends them by COPY in its binary format, each chunk whole rows without the head and the end of the
 * stream. First the geometry as WKB of ISO, then a field for each column in its order: TEXT and DATE in UTF-8, REAL as
 * float8, INTEGER as int8, BOOLEAN as boolean, DATETIME as timestamptz.
 */
export type PackedRows = AsyncIterable<Buffer>;

export interface GeoPackageRow {
  readonly geometry: Geometry | undefined;
  /** In the order of the columns. */
  readonly values: readonly GeoPackageValue[];
}

/** A layer as somebody else wrote it. */
export interface ReadGeoPackageLayer {
  readonly name: string;
  /** EPSG code; undefined of a table without geometry, or of a CRS that is none. */
  readonly srid: number | undefined;
  /** Whether it has rows beyond those that were read. */
  readonly hasMore: boolean;
  readonly rows: readonly {
    readonly geometry: Geometry | undefined;
    readonly values: Readonly<Record<string, GeoPackageValue>>;
  }[];
}

/** Files of GIS programs (OGC 12-128r18), written and read. */
export interface GeoPackages {
  /**
   * The same layers give the same bytes, with an index of rectangles. The file is made on the disk, in a temporary file that
   * has no name, and read from there: memory stays flat whatever its size.
   * @param date of the youngest thing that the file tells of
   * @throws TwinError unavailable when there is no room for it
   */
  write(layers: readonly GeoPackageLayer[], date: Date): AsyncGenerator<Uint8Array>;
  /** The same of a file that is small. */
  writeSmall(layers: readonly GeoPackageLayer[], date: Date): Promise<Uint8Array>;
  /**
   * Layers in the order of the file.
   * @param mostRows of a layer
   * @throws TwinError invalid-parameter for what is no GeoPackage
   */
  read(file: Uint8Array, mostRows: number): Promise<readonly ReadGeoPackageLayer[]>;
}
