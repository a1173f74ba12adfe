import type { Geometry } from '../../core/geo/geometry.ts';

/** Media type of a GeoPackage. */
export const GEO_PACKAGE = 'application/geopackage+sqlite3';

export type GeoPackageValue = string | number | null;

export interface GeoPackageColumn {
  readonly name: string;
  readonly type: 'TEXT' | 'REAL' | 'INTEGER';
}

/** A layer as it is written. */
export interface GeoPackageLayer {
  /** Of the table. */
  readonly name: string;
  readonly title: string;
  /** How it is drawn by who opens the file: a style of QGIS, and an SLD. */
  readonly style?: { readonly qml: string; readonly sld: string };
  readonly geometryType: 'POINT' | 'MULTIPOLYGON' | 'GEOMETRY';
  /** EPSG code; positions are easting first. */
  readonly srid: number;
  readonly columns: readonly GeoPackageColumn[];
  /** Values in the order of the columns; as they come from a source, many at a time. */
  readonly rows: AsyncIterable<Iterable<GeoPackageRow>> | Iterable<GeoPackageRow>;
}

export interface GeoPackageRow {
  readonly geometry: Geometry | undefined;
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
   * The same layers give the same bytes.
   * @param date of the youngest thing that the file tells of
   */
  write(layers: readonly GeoPackageLayer[], date: Date): Promise<Uint8Array>;
  /**
   * Layers in the order of the file.
   * @param mostRows of a layer
   * @throws TwinError invalid-parameter for what is no GeoPackage
   */
  read(file: Uint8Array, mostRows: number): Promise<readonly ReadGeoPackageLayer[]>;
}
