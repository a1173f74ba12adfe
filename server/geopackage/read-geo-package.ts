import type { Database, SqlValue } from 'sql.js';
import { invalidParameter, reasonOf, TwinError } from '../../core/errors.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import type { GeoPackageValue, ReadGeoPackageLayer } from '../services/geo-packages.ts';
import { openSqlite } from './open-sqlite.ts';

/** Bytes of the box in the head of a geometry, by its kind (2.1.3.1). */
const BOX_BYTES = [0, 32, 48, 48, 64];

export async function readGeoPackage(
  file: Uint8Array,
  mostRows: number,
): Promise<readonly ReadGeoPackageLayer[]> {
  const database = await openSqlite(file);
  try {
    refuseViews(database);
    const tables = rowsOf(
      database,
      `select c.table_name as name, g.column_name as place, s.organization as authority, s.organization_coordsys_id as code
        from gpkg_contents as c left join gpkg_geometry_columns as g using (table_name)
        left join gpkg_spatial_ref_sys as s on s.srs_id = g.srs_id
        where c.data_type in ('features', 'attributes') order by c.rowid`,
    );
    return tables.map((table) => layerOf(database, table, mostRows));
  } catch (error) {
    if (error instanceof TwinError) throw error;
    throw invalidParameter('body', `The file is no GeoPackage that can be read: ${reasonOf(error)}`);
  } finally {
    database.close();
  }
}

/** A query that somebody else wrote could run for ever: only tables are read. */
function refuseViews(database: Database): void {
  database.exec('pragma trusted_schema = off');
  const [odd] = rowsOf(
    database,
    `select name from sqlite_schema where type = 'view' or (type = 'table' and sql like 'create virtual%' and name not like 'rtree!_%' escape '!')`,
  );
  if (odd)
    throw invalidParameter(
      'body',
      `The file holds "${String(odd['name'])}", which is no plain table; save the layer alone`,
    );
}

type Row = Readonly<Record<string, SqlValue>>;

function rowsOf(database: Database, text: string): readonly Row[] {
  const statement = database.prepare(text);
  const rows: Row[] = [];
  try {
    while (statement.step()) rows.push(statement.getAsObject());
  } finally {
    statement.free();
  }
  return rows;
}

function layerOf(
  database: Database,
  { name, place, authority, code }: Row,
  mostRows: number,
): ReadGeoPackageLayer {
  const table = `"${String(name).replaceAll('"', '""')}"`;
  const rows = rowsOf(database, `select * from ${table} limit ${mostRows + 1}`);
  return {
    name: String(name),
    srid: String(authority).toUpperCase() === 'EPSG' ? Number(code) : undefined,
    hasMore: rows.length > mostRows,
    rows: rows.slice(0, mostRows).map((row) => ({
      geometry: geometryOf(row[String(place)]),
      values: Object.fromEntries(
        Object.entries(row).flatMap(([column, value]): [string, GeoPackageValue][] =>
          value instanceof Uint8Array ? [] : [[column, value]],
        ),
      ),
    })),
  };
}

function geometryOf(value: SqlValue | undefined): Geometry | undefined {
  if (!(value instanceof Uint8Array) || value.length < 8) return undefined;
  const flags = value[3] ?? 0;
  const isEmpty = (flags & 0b1_0000) !== 0;
  const head = 8 + (BOX_BYTES[(flags >> 1) & 0b111] ?? 0);
  return isEmpty ? undefined : readWkb(value.subarray(head));
}
