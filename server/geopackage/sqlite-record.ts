/** Rows as PostgreSQL sends them (`PackedRows`) made rows of a table of features (SQLite file format, 2.1). */
import { WkbBox } from '../../core/geo/wkb-box.ts';
import type { GeoPackageColumn } from '../services/geo-packages.ts';
import { putVarint, varintBytes } from './sqlite-table.ts';

/** Of a geometry before its WKB: "GP", version, flags, the CRS, a box of two dimensions (OGC 12-128r18, 2.1.3). */
const GEOMETRY_HEAD_BYTES = 40;
const LITTLE_ENDIAN_WITH_BOX = 0b11;
const DAY_MS = 86_400_000;
const MOST_KEPT_DAYS = 100_000;
const [DIGIT_0, COLON, POINT, Z] = [0x30, 0x3a, 0x2e, 0x5a];
/** Between 1970 and 2000, from when PostgreSQL counts. */
const EPOCH_MS = 946_684_800_000;
const [NULL, REAL, ZERO] = [0, 7, 8];
/** Widths of whole numbers in the order of their types 1 to 6. */
const WIDTHS = [1, 2, 3, 4, 6, 8] as const;

export class RecordWriter {
  readonly #columns: readonly GeoPackageColumn['type'][];
  readonly #srid: number;
  readonly #types: Uint8Array;
  readonly #bodyAt: number;
  readonly #days = new Map<number, Buffer>();
  #bytes = Buffer.alloc(64 * 1024);
  #at = 0;
  #typesAt = 0;
  /** Around the geometry of the last row; empty without one. */
  readonly box = new WkbBox();
  /** Where the next row begins. */
  end = 0;

  constructor(columns: readonly GeoPackageColumn[], srid: number) {
    this.#columns = columns.map(({ type }) => type);
    this.#srid = srid;
    this.#types = new Uint8Array(9 * (columns.length + 2));
    this.#bodyAt = this.#types.length + 9;
  }

  /**
   * @param rows where a row begins at `at`
   * @returns the record, in bytes that the next one uses again
   */
  write(rows: Buffer, at: number): Uint8Array {
    [this.#at, this.#typesAt] = [this.#bodyAt, 0];
    // The number of the row stands beside it.
    this.#type(NULL);
    let place = at + 2;
    const wkbBytes = rows.readInt32BE(place);
    place += 4;
    this.#geometry(wkbBytes < 0 ? undefined : rows.subarray(place, place + wkbBytes));
    place += Math.max(wkbBytes, 0);
    for (const type of this.#columns) {
      const length = rows.readInt32BE(place);
      place += 4;
      if (length < 0) this.#type(NULL);
      else this.#value(type, rows, place, length);
      place += Math.max(length, 0);
    }
    this.end = place;
    // The head counts itself.
    const headBytes = this.#typesAt + (this.#typesAt < 127 ? 1 : 2);
    const from = this.#bodyAt - headBytes;
    putVarint(this.#bytes, from, headBytes);
    this.#bytes.set(this.#types.subarray(0, this.#typesAt), this.#bodyAt - this.#typesAt);
    return this.#bytes.subarray(from, this.#at);
  }

  #type(type: number): void {
    this.#typesAt = putVarint(this.#types, this.#typesAt, type);
  }

  #geometry(wkb: Buffer | undefined): void {
    const { box } = this;
    if (wkb) box.look(wkb);
    else box.clear();
    if (!wkb || box.isEmpty) {
      this.#type(NULL);
      return;
    }
    const length = GEOMETRY_HEAD_BYTES + wkb.length;
    this.#type(12 + 2 * length);
    this.#room(length);
    const [bytes, at] = [this.#bytes, this.#at];
    bytes.writeUInt32BE(0x4750_0000 + LITTLE_ENDIAN_WITH_BOX, at);
    bytes.writeInt32LE(this.#srid, at + 4);
    bytes.writeDoubleLE(box.minX, at + 8);
    bytes.writeDoubleLE(box.maxX, at + 16);
    bytes.writeDoubleLE(box.minY, at + 24);
    bytes.writeDoubleLE(box.maxY, at + 32);
    bytes.set(wkb, at + GEOMETRY_HEAD_BYTES);
    this.#at = at + length;
  }

  #value(type: GeoPackageColumn['type'], rows: Buffer, at: number, length: number): void {
    switch (type) {
      case 'TEXT':
      case 'DATE':
        this.#text(rows, at, length);
        break;
      case 'DATETIME':
        this.#moment(rows, at);
        break;
      case 'BOOLEAN':
        this.#type(ZERO + (rows[at] ?? 0));
        break;
      case 'INTEGER':
        this.#integer(rows, at);
        break;
      case 'REAL':
        this.#real(rows, at);
        break;
    }
  }

  /** SQLite keeps what is no number as nothing. */
  #real(rows: Buffer, at: number): void {
    const isNumber = !Number.isNaN(rows.readDoubleBE(at));
    this.#type(isNumber ? REAL : NULL);
    if (isNumber) this.#copy(rows, at, 8);
  }

  #text(from: Buffer, at: number, length: number): void {
    this.#type(13 + 2 * length);
    this.#copy(from, at, length);
  }

  /** In as few bytes as hold it; 0 and 1 in none. */
  #integer(rows: Buffer, at: number): void {
    const [high, low] = [rows.readInt32BE(at), rows.readUInt32BE(at + 4)];
    const value = high * 2 ** 32 + low;
    const isOfType = value === 0 || value === 1;
    const index = WIDTHS.findIndex(
      (bytes) => value >= -(2 ** (8 * bytes - 1)) && value < 2 ** (8 * bytes - 1),
    );
    const place = index < 0 ? WIDTHS.length - 1 : index;
    this.#type(isOfType ? ZERO + value : place + 1);
    const width = WIDTHS[place] ?? 8;
    if (!isOfType) this.#copy(rows, at + 8 - width, width);
  }

  /** From millionths of a second since 2000 as `utcText` says it: registers have millions of them. */
  #moment(rows: Buffer, at: number): void {
    const micros = rows.readInt32BE(at) * 2 ** 32 + rows.readUInt32BE(at + 4);
    const ms = Math.floor(micros / 1000) + EPOCH_MS;
    const day = Math.floor(ms / DAY_MS);
    const date = this.#dayText(day);
    if (!date) {
      this.#type(NULL);
      return;
    }
    const inDay = ms - day * DAY_MS;
    const [seconds, fraction] = [Math.floor(inDay / 1000), inDay % 1000];
    const length = date.length + (fraction > 0 ? 13 : 9);
    this.#type(13 + 2 * length);
    this.#room(length);
    this.#bytes.set(date, this.#at);
    this.#at += date.length;
    this.#digits(Math.floor(seconds / 3600), 2, COLON);
    this.#digits(Math.floor(seconds / 60) % 60, 2, COLON);
    this.#digits(seconds % 60, 2, fraction > 0 ? POINT : Z);
    if (fraction > 0) this.#digits(fraction, 3, Z);
  }

  /** `2026-06-30T`; undefined beyond what can be said. */
  #dayText(day: number): Buffer | undefined {
    const known = this.#days.get(day);
    if (known) return known;
    const date = new Date(day * DAY_MS);
    if (Number.isNaN(date.getTime())) return undefined;
    const text = Buffer.from(date.toISOString().replace(/T.*/, 'T'));
    if (this.#days.size < MOST_KEPT_DAYS) this.#days.set(day, text);
    return text;
  }

  #digits(value: number, count: number, then: number): void {
    for (let [digit, rest] = [count - 1, value]; digit >= 0; digit--, rest = Math.floor(rest / 10)) {
      this.#bytes[this.#at + digit] = DIGIT_0 + (rest % 10);
    }
    this.#bytes[this.#at + count] = then;
    this.#at += count + 1;
  }

  #copy(from: Buffer, at: number, length: number): void {
    this.#room(length);
    const bytes = this.#bytes;
    const to = this.#at;
    // Most values are shorter than a call is long.
    if (length < 48) for (let i = 0; i < length; i++) bytes[to + i] = from[at + i] ?? 0;
    else from.copy(bytes, to, at, at + length);
    this.#at = to + length;
  }

  #room(length: number): void {
    if (this.#at + length <= this.#bytes.length) return;
    const larger = Buffer.alloc(2 * (this.#at + length));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

/** A record of whole numbers, one of which may be the number of the row, and a blob behind them. */
export function plainRecord(numbers: readonly (number | null)[], blob?: Uint8Array): Uint8Array {
  const types = [
    ...numbers.map((each) => (each === null ? NULL : 4)),
    ...(blob ? [12 + 2 * blob.length] : []),
  ];
  const headBytes = 1 + types.reduce((sum, type) => sum + varintBytes(type), 0);
  const told = numbers.filter((each) => each !== null);
  const record = Buffer.alloc(headBytes + 4 * told.length + (blob?.length ?? 0));
  let at = putVarint(record, 0, headBytes);
  for (const type of types) at = putVarint(record, at, type);
  for (const each of told) at = record.writeInt32BE(each, at);
  if (blob) record.set(blob, at);
  return record;
}
