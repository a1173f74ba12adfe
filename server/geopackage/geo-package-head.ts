/** The tables that say what a GeoPackage holds (OGC 12-128r18), made by SQLite itself; rows of layers come later. */
import type { Database } from 'sql.js';
import { crsOf } from '../../core/geo/crs.ts';
import { wktOf } from '../../core/geo/crs-wkt.ts';
import type { GeoPackageLayer } from '../services/geo-packages.ts';
import { openSqlite } from './open-sqlite.ts';
import { PAGE_BYTES } from './sqlite-pages.ts';

/** `GPKG` and version 1.3, which every program of the field reads (1.1.1). */
const [APPLICATION_ID, VERSION] = [0x4750_4b47, 10_300];
const WGS84 = 4326;
const PRAGMAS = `pragma page_size = ${PAGE_BYTES}; pragma journal_mode = off; pragma synchronous = off;
pragma application_id = ${APPLICATION_ID}; pragma user_version = ${VERSION};`;

const TABLES = `
create table gpkg_spatial_ref_sys (srs_name text not null, srs_id integer primary key, organization text not null,
  organization_coordsys_id integer not null, definition text not null, description text);
create table gpkg_contents (table_name text primary key, data_type text not null, identifier text unique,
  description text default '', last_change datetime not null, min_x double, min_y double, max_x double, max_y double,
  srs_id integer references gpkg_spatial_ref_sys);
create table gpkg_geometry_columns (table_name text not null unique references gpkg_contents, column_name text not null,
  geometry_type_name text not null, srs_id integer not null references gpkg_spatial_ref_sys, z tinyint not null,
  m tinyint not null, primary key (table_name, column_name));
create table gpkg_extensions (table_name text, column_name text, extension_name text not null, definition text not null,
  scope text not null, unique (table_name, column_name, extension_name));
create table gpkg_ogr_contents (table_name text primary key, feature_count integer default null);
insert into gpkg_spatial_ref_sys values
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', null),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', null);`;

/** The table that QGIS keeps styles in, and opens layers by; other programs take the SLD from it. */
const STYLES = `
create table layer_styles (id integer primary key autoincrement not null, f_table_catalog text(256),
  f_table_schema text(256), f_table_name text(256), f_geometry_column text(256), styleName text(30), styleQML text,
  styleSLD text, useAsDefault boolean, description text, owner text(30), ui text(30),
  update_time datetime default (strftime('%Y-%m-%dT%H:%M:%fZ','now')))`;

/** What is known of a layer when its rows are written. */
export interface LayerFacts {
  readonly rows: number;
  readonly hasHeights: boolean;
  /** minX, minY, maxX, maxY; undefined without any geometry. */
  readonly around: readonly [number, number, number, number] | undefined;
}

/** More room than any facts take, so that the pages of the head stay as many as they are. */
const ROOM = 2 ** 40 + 0.1;

export interface GeoPackageHead {
  readonly pages: number;
  /** @returns the page that the schema names as the root of a table */
  rootOf(table: string): number;
  /** @param facts of the layers in their order */
  finish(facts: readonly LayerFacts[]): Uint8Array;
  close(): void;
}

export async function openHead(layers: readonly GeoPackageLayer[], date: Date): Promise<GeoPackageHead> {
  const database = await openSqlite();
  database.exec(`${PRAGMAS}begin;${TABLES}`);
  for (const srid of new Set([WGS84, ...layers.map((layer) => layer.srid)])) {
    const system = [crsOf(srid).name, srid, 'EPSG', srid, wktOf(srid), null];
    database.run('insert into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?, ?)', system);
  }
  for (const layer of layers) declare(database, layer, date);
  writeStyles(database, layers, date);
  database.exec('commit');
  const pages = numberOf(database, 'select page_count from pragma_page_count()');
  return {
    pages,
    rootOf: (table) => numberOf(database, 'select rootpage from sqlite_schema where name = ?', table),
    finish: (facts) => {
      for (const [index, { name }] of layers.entries()) tell(database, name, facts[index]);
      if (numberOf(database, 'select page_count from pragma_page_count()') !== pages) {
        throw new Error('the head of a GeoPackage has outgrown its pages');
      }
      return database.export();
    },
    close: () => database.close(),
  };
}

/** The tables of the index of a layer's rectangles. */
export const indexOf = (layer: string): string => `rtree_${layer}_geom`;

function declare(
  database: Database,
  { name, title, description = '', geometryType, srid, columns }: GeoPackageLayer,
  date: Date,
): void {
  const [table, index] = [quoted(name), indexOf(name)];
  const declared = columns.map((column) => `, ${quoted(column.name)} ${column.type}`).join('');
  database.exec(`create table ${table} (fid integer primary key autoincrement not null, geom ${geometryType}${declared});
    create table ${quoted(`${index}_rowid`)} (rowid integer primary key, nodeno);
    create table ${quoted(`${index}_node`)} (nodeno integer primary key, data);
    create table ${quoted(`${index}_parent`)} (nodeno integer primary key, parentnode);
    ${triggersOf(name).join('')}`);
  // The module of the index is not at hand here; what it would make stands above.
  database.exec('pragma writable_schema = on');
  database.run(`insert into sqlite_schema values ('table', ?, ?, 0, ?)`, [
    ...[index, index],
    `CREATE VIRTUAL TABLE ${quoted(index)} USING rtree(id, minx, maxx, miny, maxy)`,
  ]);
  database.exec('pragma writable_schema = off');
  const rtree = 'http://www.geopackage.org/spec120/#extension_rtree';
  database.run('insert into gpkg_extensions values (?, ?, ?, ?, ?)', [
    ...[name, 'geom', 'gpkg_rtree_index', rtree, 'write-only'],
  ]);
  const contents = [name, 'features', title, description, date.toISOString(), ROOM, ROOM, ROOM, ROOM, srid];
  database.run('insert into gpkg_contents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', contents);
  database.run('insert into gpkg_geometry_columns values (?, ?, ?, ?, 2, 0)', [
    name,
    'geom',
    geometryType,
    srid,
  ]);
  database.run('insert into sqlite_sequence values (?, ?)', [name, ROOM]);
  database.run('insert into gpkg_ogr_contents values (?, ?)', [name, ROOM]);
}

/** They keep the index and the number of rows right when others edit the file (F.3; the number is GDAL's). */
function triggersOf(name: string): readonly string[] {
  const [table, index] = [quoted(name), quoted(indexOf(name))];
  const put = `insert or replace into ${index} values
    (new.fid, ST_MinX(new.geom), ST_MaxX(new.geom), ST_MinY(new.geom), ST_MaxY(new.geom));`;
  const isThere = '(new.geom notnull and not ST_IsEmpty(new.geom))';
  const isGone = '(new.geom isnull or ST_IsEmpty(new.geom))';
  const trigger = (title: string, event: string, when: string, work: string) =>
    `create trigger ${quoted(title)} after ${event} on ${table} ${when} begin ${work} end;`;
  const ofIndex = (title: string, event: string, when: string, work: string) =>
    trigger(`${indexOf(name)}_${title}`, event, `when ${when}`, work);
  const drop = `delete from ${index} where id = old.fid;`;
  const dropBoth = `delete from ${index} where id in (old.fid, new.fid);`;
  const counted = (event: string, step: string) =>
    trigger(
      `trigger_${event}_feature_count_${name}`,
      event,
      '',
      `update gpkg_ogr_contents set feature_count = feature_count ${step}
        where lower(table_name) = lower('${name.replaceAll("'", "''")}');`,
    );
  return [
    ofIndex('insert', 'insert', isThere, put),
    ofIndex('update1', 'update of geom', `old.fid = new.fid and ${isThere}`, put),
    ofIndex('update2', 'update of geom', `old.fid = new.fid and ${isGone}`, drop),
    ofIndex('update3', 'update', `old.fid != new.fid and ${isThere}`, `${drop} ${put}`),
    ofIndex('update4', 'update', `old.fid != new.fid and ${isGone}`, dropBoth),
    ofIndex('delete', 'delete', 'old.geom notnull', drop),
    counted('insert', '+ 1'),
    counted('delete', '- 1'),
  ];
}

function tell(database: Database, name: string, facts: LayerFacts | undefined): void {
  const { rows = 0, hasHeights = false, around = [null, null, null, null] } = facts ?? {};
  database.run('update gpkg_contents set min_x = ?, min_y = ?, max_x = ?, max_y = ? where table_name = ?', [
    ...around,
    name,
  ]);
  // Heights are none or allowed (2.1.5.1): a layer may hold both.
  database.run('update gpkg_geometry_columns set z = ? where table_name = ?', [hasHeights ? 2 : 0, name]);
  database.run('update sqlite_sequence set seq = ? where name = ?', [rows, name]);
  database.run('update gpkg_ogr_contents set feature_count = ? where table_name = ?', [rows, name]);
}

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

function numberOf(database: Database, text: string, ...values: readonly string[]): number {
  const [answer] = database.exec(text, [...values]);
  return Number(answer?.values[0]?.[0]);
}
