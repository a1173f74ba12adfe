/** Reads Parquet by the library of Apache Arrow in Rust, which has nothing in common with what writes it here. */
import { tableFromIPC } from 'apache-arrow';
import { readParquet } from 'parquet-wasm';

export interface ParquetRows {
  /** Of the file: `geo` among them. */
  readonly metadata: ReadonlyMap<string, string>;
  readonly rows: readonly {
    /** WKB in hexadecimal digits. */
    readonly wkb: string | undefined;
    readonly values: Readonly<Record<string, unknown>>;
  }[];
}

export function readParquetRows(bytes: Uint8Array): ParquetRows {
  const table = tableFromIPC(readParquet(bytes).intoIPCStream());
  const rows = table.toArray().map((row) => {
    const { geometry, ...values } = row.toJSON();
    return { wkb: geometry ? Buffer.from(geometry).toString('hex') : undefined, values };
  });
  return { metadata: table.schema.metadata, rows };
}
