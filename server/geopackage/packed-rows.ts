/** Rows of ours in the form in which PostgreSQL sends its own, so that one code writes both. */
import { writeWkb } from '../../core/geo/wkb.ts';
import type { GeoPackageColumn, GeoPackageRow, GeoPackageValue } from '../services/geo-packages.ts';

const NOTHING = Buffer.from([0xff, 0xff, 0xff, 0xff]);
/** Between 1970 and 2000, from when PostgreSQL counts. */
const EPOCH_MS = 946_684_800_000;

export function* packRows(
  rows: Iterable<GeoPackageRow>,
  columns: readonly GeoPackageColumn[],
): Generator<Buffer> {
  for (const { geometry, values } of rows) {
    const count = Buffer.alloc(2);
    count.writeInt16BE(columns.length + 1);
    const fields = columns.map(({ type }, index) => packed(type, values[index] ?? null));
    yield Buffer.concat([count, geometry ? sized(writeWkb(geometry)) : NOTHING, ...fields]);
  }
}

/** The same of rows that come one after another. */
export async function* packStream(
  rows: AsyncIterable<GeoPackageRow>,
  columns: readonly GeoPackageColumn[],
): AsyncGenerator<Buffer> {
  for await (const row of rows) yield* packRows([row], columns);
}

function packed(type: GeoPackageColumn['type'], value: GeoPackageValue): Buffer {
  if (value === null) return NOTHING;
  if (type === 'TEXT' || type === 'DATE') return sized(Buffer.from(String(value)));
  if (type === 'BOOLEAN') return sized(Uint8Array.of(Number(value)));
  const number = Buffer.alloc(8);
  if (type === 'REAL') number.writeDoubleBE(Number(value));
  else if (type === 'INTEGER') number.writeBigInt64BE(BigInt(Math.round(Number(value))));
  else number.writeBigInt64BE(BigInt(Date.parse(String(value)) - EPOCH_MS) * 1000n);
  return sized(number);
}

function sized(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
