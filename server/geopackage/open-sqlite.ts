/** SQLite as WebAssembly, in memory: the only place that opens it (ADR 34). */
import initSqlite, { type Database, type SqlJsStatic } from 'sql.js';

let opened: Promise<SqlJsStatic> | undefined;

/** @param file a database to read; without one it is empty */
export async function openSqlite(file?: Uint8Array): Promise<Database> {
  opened ??= initSqlite();
  const { Database } = await opened;
  return new Database(file);
}
