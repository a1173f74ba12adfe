/** Shapefiles of any size: their heads say how long they are, so a layer is looked at before it is written. */
import { conflict } from '../../errors.ts';
import type { Feature } from '../../feature/feature.ts';
import type { Layer } from '../../feature/layer.ts';
import type { FeatureStream } from '../../feature/source.ts';
import { wktOf } from '../../geo/crs-wkt.ts';
import { DBF_END, dbfHead, dbfRow, dbfRowLength, MOST_FIELDS } from './dbf.ts';
import { type DbfColumn, type DbfField, DbfMeasure } from './dbf-columns.ts';
import { Box, HEAD_BYTES, RECORD_HEAD_BYTES, shapeHead, shapeKind, shapeRecord } from './shapes.ts';

export interface ShapefileFile {
  /** Behind the name of the layer: empty, `_part2` of a layer too large for one file, `_fields2` of too many fields. */
  readonly suffix: string;
  readonly ending: 'shp' | 'shx' | 'dbf' | 'prj' | 'cpg';
  /** Made while it is read; the files are to be read one after another. */
  readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Of a table: what its short names mean. */
  readonly fields?: readonly DbfField[];
}

export interface ShapefileLimits {
  /** Of a file: many programs read no more than 2 GiB. */
  readonly bytes: number;
  readonly fields: number;
  /** Objects that are kept between looking and writing; of more the source is asked again. */
  readonly held: number;
}

const LIMITS: ShapefileLimits = { bytes: 2 ** 31 - 1, fields: MOST_FIELDS, held: 10_000 };
const CHUNK_BYTES = 128 * 1024;
/** Parts of a layer begin at a multiple of so many objects. */
const OBJECTS_AT_ONCE = 500;
const ID = { name: 'id', type: 'text' } as const;

interface Measured {
  /** Bytes of each record without its head. */
  readonly lengths: readonly number[];
  /** Around each so many objects. */
  readonly boxes: readonly Box[];
  readonly columns: readonly DbfColumn[];
  readonly replay: () => AsyncIterable<Feature>;
}

/** Objects from one number up to before another. */
interface Run {
  readonly from: number;
  readonly to: number;
}

/**
 * The files of a layer; flat in memory but for four bytes of each object.
 * @param features asked for once to look, then for each file of shapes and of attributes
 * @throws TwinError conflict, while a file is read, when the layer is not the one that was looked at
 */
export async function* writeShapefile(
  features: () => FeatureStream,
  layer: Layer,
  srid: number,
  limits: ShapefileLimits = LIMITS,
): AsyncGenerator<ShapefileFile> {
  const measured = await measure(features, layer, limits.held);
  const { lengths, columns } = measured;
  const encode = (text: string) => [new TextEncoder().encode(text)];
  const tables = tablesOf(columns, limits.fields);
  for (const [index, run] of runsOf(lengths, tables, limits).entries()) {
    const suffix = index === 0 ? '' : `_part${index + 1}`;
    yield { suffix, ending: 'shp', bytes: shapeBytes(measured, run, layer) };
    yield { suffix, ending: 'shx', bytes: indexBytes(measured, run, layer) };
    for (const [number, table] of tables.entries()) {
      const own = number === 0 ? suffix : `${suffix}_fields${number + 1}`;
      const fields = table.map(({ field, property, part }) => ({ field, property, part }));
      yield { suffix: own, ending: 'dbf', bytes: tableBytes(measured, run, table, layer), fields };
      yield { suffix: own, ending: 'cpg', bytes: encode('UTF-8') };
    }
    yield { suffix, ending: 'prj', bytes: encode(wktOf(srid)) };
  }
}

async function measure(features: () => FeatureStream, layer: Layer, most: number): Promise<Measured> {
  const lengths: number[] = [];
  const boxes: Box[] = [];
  const kind = shapeKind(layer);
  const declared = [ID, ...layer.properties];
  const table = new DbfMeasure(declared);
  let held: Feature[] | undefined = [];
  for await (const feature of features()) {
    if (lengths.length % OBJECTS_AT_ONCE === 0) boxes.push(new Box());
    lengths.push(shapeRecord(feature, kind, boxes.at(-1) ?? new Box()).length);
    table.take(declared.map(({ name }) => valueIn(feature, name)));
    if (held && held.push(feature) > most) held = undefined;
  }
  const kept = held;
  return { lengths, boxes, columns: table.columns(), replay: kept ? () => streamed(kept) : features };
}

async function* streamed(features: readonly Feature[]): AsyncGenerator<Feature> {
  yield* features;
}

const valueIn = ({ id, properties }: Feature, name: string) =>
  name === ID.name ? id : (properties[name] ?? null);

/** More fields than a table takes go on in tables of their own, each with the id. */
function tablesOf(columns: readonly DbfColumn[], most: number): readonly (readonly DbfColumn[])[] {
  const ids = columns.filter(({ property }) => property === ID.name);
  const others = columns.slice(ids.length);
  const each = Math.max(1, most - ids.length);
  const tables = Array.from({ length: Math.max(1, Math.ceil(others.length / each)) }, (_, table) =>
    others.slice(table * each, (table + 1) * each),
  );
  return tables.map((table) => [...ids, ...table]);
}

function runsOf(
  lengths: readonly number[],
  tables: readonly (readonly DbfColumn[])[],
  { bytes: most }: ShapefileLimits,
): readonly Run[] {
  const rowBytes = Math.max(...tables.map(dbfRowLength));
  const runs: Run[] = [];
  let [from, bytes] = [0, HEAD_BYTES];
  for (let at = 0; at < lengths.length; at += OBJECTS_AT_ONCE) {
    const to = Math.min(lengths.length, at + OBJECTS_AT_ONCE);
    const added = lengths.slice(at, to).reduce((sum, length) => sum + RECORD_HEAD_BYTES + length, 0);
    const headBytes = 32 + 32 * MOST_FIELDS + 2;
    if (at > from && (bytes + added > most || headBytes + (to - from) * rowBytes > most)) {
      runs.push({ from, to: at });
      [from, bytes] = [at, HEAD_BYTES];
    }
    bytes += added;
  }
  return [...runs, { from, to: lengths.length }];
}

function boxOf({ boxes }: Measured, { from, to }: Run): Box {
  const box = new Box();
  for (const each of boxes.slice(from / OBJECTS_AT_ONCE, Math.ceil(to / OBJECTS_AT_ONCE))) box.join(each);
  return box;
}

const totalOf = ({ lengths }: Measured, { from, to }: Run): number =>
  lengths.slice(from, to).reduce((sum, length) => sum + RECORD_HEAD_BYTES + length, HEAD_BYTES);

async function* shapeBytes(measured: Measured, run: Run, layer: Layer): AsyncGenerator<Uint8Array> {
  const kind = shapeKind(layer);
  const box = new Box();
  yield shapeHead(totalOf(measured, run), kind, boxOf(measured, run));
  yield* inRun(measured, run, (feature, index) => {
    const record = shapeRecord(feature, kind, box);
    if (record.length !== measured.lengths[index]) return undefined;
    const bytes = new Uint8Array(RECORD_HEAD_BYTES + record.length);
    const view = new DataView(bytes.buffer);
    view.setInt32(0, index - run.from + 1);
    view.setInt32(4, record.length / 2);
    bytes.set(record, RECORD_HEAD_BYTES);
    return bytes;
  });
}

function* indexBytes(measured: Measured, run: Run, layer: Layer): Generator<Uint8Array> {
  const count = run.to - run.from;
  yield shapeHead(HEAD_BYTES + 8 * count, shapeKind(layer), boxOf(measured, run));
  const bytes = new Uint8Array(8 * count);
  const view = new DataView(bytes.buffer);
  let at = HEAD_BYTES;
  for (const [number, length] of measured.lengths.slice(run.from, run.to).entries()) {
    view.setInt32(8 * number, at / 2);
    view.setInt32(8 * number + 4, length / 2);
    at += RECORD_HEAD_BYTES + length;
  }
  yield bytes;
}

async function* tableBytes(
  measured: Measured,
  run: Run,
  table: readonly DbfColumn[],
  layer: Layer,
): AsyncGenerator<Uint8Array> {
  const named = new Set(table.map(({ property }) => property));
  const declared = [ID, ...layer.properties].filter(({ name }) => named.has(name));
  yield dbfHead(table, run.to - run.from);
  yield* inRun(measured, run, (feature) => dbfRow(table, declared, (name) => valueIn(feature, name)));
  yield DBF_END;
}

/** The bytes of the objects of a run, in chunks that are worth sending. */
async function* inRun(
  { replay }: Measured,
  { from, to }: Run,
  bytesOf: (feature: Feature, index: number) => Uint8Array | undefined,
): AsyncGenerator<Uint8Array> {
  let [pieces, length, index]: [Uint8Array[], number, number] = [[], 0, 0];
  for await (const feature of replay()) {
    if (index >= to) break;
    if (index >= from) {
      const bytes = bytesOf(feature, index);
      if (!bytes) throw changed(feature.layer);
      pieces.push(bytes);
      length += bytes.length;
    }
    index++;
    if (length < CHUNK_BYTES) continue;
    yield joined(pieces, length);
    [pieces, length] = [[], 0];
  }
  if (index < to) throw changed('The layer');
  yield joined(pieces, length);
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

const changed = (layer: string) => conflict(`${layer} changed while it was written; order again`, 'layers');
