import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'sql.js';
import { bboxOf } from '../../core/geo/bbox.ts';
import { crsOf } from '../../core/geo/crs.ts';
import { wktOf } from '../../core/geo/crs-wkt.ts';
import { writeWkb } from '../../core/geo/wkb.ts';
import type { GeoPackageLayer, GeoPackageRow } from '../services/geo-packages.ts';
import { openSqlite } from './open-sqlite.ts';

/** `GPKG` and version 1.3, which every program of the field reads (OGC 12-128r18, 1.1.1). */
const [APPLICATION_ID, VERSION] = [0x4750_4b47, 10_300];
const WGS84 = 4326;

const TABLES = `
create table gpkg_spatial_ref_sys (srs_name text not null, srs_id integer primary key, organization text not null,
  organization_coordsys_id integer not null, definition text not null, description text);
create table gpkg_contents (table_name text primary key, data_type text not null, identifier text unique,
  description text default '', last_change datetime not null, min_x double, min_y double, max_x double, max_y double,
  srs_id integer references gpkg_spatial_ref_sys);
create table gpkg_geometry_columns (table_name text not null unique references gpkg_contents, column_name text not null,
  geometry_type_name text not null, srs_id integer not null references gpkg_spatial_ref_sys, z tinyint not null,
  m tinyint not null, primary key (table_name, column_name));
insert into gpkg_spatial_ref_sys values
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', null),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', null);`;

/**
 * Nobody else has the file, and one that breaks off is thrown away: no journal. Pages are large, and few are kept, so that
 * they go out while rows come in and not all at the end.
 */
const PRAGMAS = `pragma page_size = 16384; pragma journal_mode = off; pragma synchronous = off;
pragma locking_mode = exclusive; pragma cache_size = -4096;
pragma application_id = ${APPLICATION_ID}; pragma user_version = ${VERSION};`;

/** Rows between which others are answered: some milliseconds. */
const SET_SIZE = 500;

export async function writeGeoPackage(layers: readonly GeoPackageLayer[], date: Date): Promise<Uint8Array> {
  const database = await openSqlite();
  try {
    database.exec(`${PRAGMAS}begin;${TABLES}`);
    for (const srid of new Set([WGS84, ...layers.map((layer) => layer.srid)])) {
      const { name } = crsOf(srid);
      database.run('insert into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?, ?)', [
        name,
        srid,
        'EPSG',
        srid,
        wktOf(srid),
        null,
      ]);
    }
    for (const layer of layers) await writeLayer(database, layer, date);
    writeStyles(database, layers, date);
    database.exec('commit');
    return database.export();
  } finally {
    database.close();
  }
}

/** What the rows of a layer have shown so far. */
interface Seen {
  readonly around: [minX: number, minY: number, maxX: number, maxY: number];
  hasHeights: boolean;
}

async function writeLayer(database: Database, layer: GeoPackageLayer, date: Date): Promise<void> {
  const { name, title, geometryType, srid, columns } = layer;
  const table = quoted(name);
  const declared = columns.map((column) => `${quoted(column.name)} ${column.type}`);
  database.exec(
    `create table ${table} (fid integer primary key autoincrement not null, geom ${geometryType}, ${declared.join(', ')})`,
  );
  const statement = database.prepare(
    `insert into ${table} (geom, ${columns.map((column) => quoted(column.name)).join(', ')}) values (?${', ?'.repeat(columns.length)})`,
  );
  const seen: Seen = { around: [Infinity, Infinity, -Infinity, -Infinity], hasHeights: false };
  try {
    for await (const rows of setsOf(layer.rows)) {
      for (const row of rows) statement.run([blobOf(row, srid, seen), ...row.values]);
      await nextTurn();
    }
  } finally {
    statement.free();
  }
  const { around, hasHeights } = seen;
  const box = around[0] === Infinity ? [null, null, null, null] : around;
  database.run('insert into gpkg_contents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [
    name,
    'features',
    title,
    '',
    date.toISOString(),
    ...box,
    srid,
  ]);
  // Heights are none or allowed (2.1.5.1): a layer may hold both.
  database.run('insert into gpkg_geometry_columns values (?, ?, ?, ?, ?, 0)', [
    name,
    'geom',
    geometryType,
    srid,
    hasHeights ? 2 : 0,
  ]);
}

async function* setsOf(rows: GeoPackageLayer['rows']): AsyncGenerator<Iterable<GeoPackageRow>> {
  if (Symbol.asyncIterator in rows) return yield* rows;
  const all = [...rows];
  for (let at = 0; at < all.length; at += SET_SIZE) yield all.slice(at, at + SET_SIZE);
}

/** The table that QGIS keeps styles in, and opens layers by; other programs take the SLD from it. */
const STYLES = `
create table layer_styles (id integer primary key autoincrement not null, f_table_catalog text(256),
  f_table_schema text(256), f_table_name text(256), f_geometry_column text(256), styleName text(30), styleQML text,
  styleSLD text, useAsDefault boolean, description text, owner text(30), ui text(30),
  update_time datetime default (strftime('%Y-%m-%dT%H:%M:%fZ','now')))`;

function writeStyles(database: Database, layers: readonly GeoPackageLayer[], date: Date): void {
  if (layers.every(({ style }) => style === undefined)) return;
  database.exec(STYLES);
  for (const { name, title, style } of layers) {
    if (!style) continue;
    database.run(
      `insert into layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,
        styleSLD, useAsDefault, description, owner, update_time) values ('', '', ?, 'geom', 'default', ?, ?, 1, ?, '', ?)`,
      [name, style.qml, style.sld, title, date.toISOString()],
    );
  }
  const contents = ['layer_styles', 'attributes', 'layer_styles', '', date.toISOString()];
  database.run('insert into gpkg_contents values (?, ?, ?, ?, ?, null, null, null, null, null)', contents);
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const HEAD_BYTES = 40;
/** Where the type of the geometry stands, behind the order of its bytes; from 1001 on it has heights. */
const TYPE_AT = HEAD_BYTES + 1;

/** A geometry as the format has it (2.1.3): head with its box, then WKB. */
function blobOf({ geometry }: GeoPackageRow, srid: number, seen: Seen): Uint8Array | null {
  const box = geometry && bboxOf(geometry, srid);
  if (!geometry || !box) return null;
  const { minX, minY, maxX, maxY } = box;
  const { around } = seen;
  around[0] = Math.min(around[0], minX);
  around[1] = Math.min(around[1], minY);
  around[2] = Math.max(around[2], maxX);
  around[3] = Math.max(around[3], maxY);
  const wkb = writeWkb(geometry);
  const blob = new Uint8Array(HEAD_BYTES + wkb.length);
  blob.set(wkb, HEAD_BYTES);
  const view = new DataView(blob.buffer);
  // "GP", then little endian with a box of two dimensions.
  view.setUint16(0, 0x4750);
  view.setUint8(3, 0b11);
  view.setInt32(4, srid, true);
  view.setFloat64(8, minX, true);
  view.setFloat64(16, maxX, true);
  view.setFloat64(24, minY, true);
  view.setFloat64(32, maxY, true);
  if (view.getUint32(TYPE_AT, true) > 1000) seen.hasHeights = true;
  return blob;
}
