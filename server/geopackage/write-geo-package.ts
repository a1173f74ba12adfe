/**
 * A GeoPackage: what it says of itself by SQLite, the rows and their index straight into pages of the file (ADR 34).
 */
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unavailable } from '../../core/errors.ts';
import type { GeoPackageLayer } from '../services/geo-packages.ts';
import { type GeoPackageHead, indexOf, type LayerFacts, openHead } from './geo-package-head.ts';
import { packRows, packStream } from './packed-rows.ts';
import { RectangleIndex } from './rectangle-index.ts';
import { PAGE_BYTES, SqlitePages } from './sqlite-pages.ts';
import { RecordWriter } from './sqlite-record.ts';
import { SqliteTable } from './sqlite-table.ts';

const READ_BYTES = 256 * 1024;
/** Where the head says how many pages there are (SQLite file format, 1.3.7). */
const PAGES_AT = 28;

export async function* writeGeoPackage(
  layers: readonly GeoPackageLayer[],
  date: Date,
): AsyncGenerator<Uint8Array> {
  const file = await openNameless();
  try {
    await fill(file, layers, date);
    for (let at = 0; ; ) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, at);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
      throw unavailable(
        'There is no room left for temporary files (TMPDIR), which a GeoPackage needs',
        error,
      );
    }
    throw error;
  } finally {
    await file.close();
  }
}

export async function writeSmallGeoPackage(
  layers: readonly GeoPackageLayer[],
  date: Date,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeGeoPackage(layers, date)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A file that is gone when it is closed, however the server ends. */
async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `blizniak-${randomUUID()}.gpkg`);
  try {
    const file = await open(path, 'wx+', 0o600);
    await rm(path);
    return file;
  } catch (error) {
    throw unavailable(
      `No temporary file can be made in ${tmpdir()} (TMPDIR), which a GeoPackage needs`,
      error,
    );
  }
}

async function fill(file: FileHandle, layers: readonly GeoPackageLayer[], date: Date): Promise<void> {
  const head = await openHead(layers, date);
  try {
    const pages = new SqlitePages(file, head.pages);
    const roots = new Map<number, Uint8Array>();
    const facts: LayerFacts[] = [];
    for (const layer of layers) facts.push(await writeLayer(layer, head, pages, roots));
    await pages.letOut(1);
    const first = Buffer.from(head.finish(facts));
    for (const [page, bytes] of roots) first.set(bytes, (page - 1) * PAGE_BYTES);
    first.writeUInt32BE(pages.count, PAGES_AT);
    await file.write(first, 0, first.length, 0);
  } finally {
    head.close();
  }
}

async function writeLayer(
  { name, columns, srid, rows }: GeoPackageLayer,
  head: GeoPackageHead,
  pages: SqlitePages,
  roots: Map<number, Uint8Array>,
): Promise<LayerFacts> {
  const [table, record, index] = [
    new SqliteTable(pages),
    new RecordWriter(columns, srid),
    new RectangleIndex(),
  ];
  const around: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  let [count, hasHeights] = [0, false];
  const { box } = record;
  const packed =
    'read' in rows
      ? packStream(rows.read(), columns)
      : Symbol.asyncIterator in rows
        ? rows
        : packRows(rows, columns);
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length; at = record.end) {
      table.add(++count, record.write(chunk, at));
      if (box.isEmpty) continue;
      const { minX, minY, maxX, maxY } = box;
      index.add(count, minX, minY, maxX, maxY);
      if (minX < around[0]) around[0] = minX;
      if (minY < around[1]) around[1] = minY;
      if (maxX > around[2]) around[2] = maxX;
      if (maxY > around[3]) around[3] = maxY;
      hasHeights ||= box.hasHeights;
    }
    await pages.letOut();
  }
  roots.set(head.rootOf(name), table.finish());
  const tables = index.tables();
  for (const part of ['node', 'parent', 'rowid'] as const) {
    const indexTable = new SqliteTable(pages);
    for (const [row, bytes] of tables[part]) {
      indexTable.add(row, bytes);
      await pages.letOut();
    }
    roots.set(head.rootOf(`${indexOf(name)}_${part}`), indexTable.finish());
  }
  return { rows: count, hasHeights, around: around[0] === Infinity ? undefined : around };
}
