/** Pages of features as bytes, each object written once for each state of its row and form. */
import type { CancelSignal } from '../../core/cancel.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { WrittenForm, WrittenPage } from '../../core/feature/source.ts';
import type { Row } from './connection.ts';
import { featureMaker } from './feature-maker.ts';
import { joinedPieces, type KeptPieces } from './kept-pieces.ts';
import type { Pool } from './pool.ts';
import type { Relation, StampedRows } from './relation.ts';
import { rowsByNumberSql, stampsSql } from './rows-sql.ts';

/** Number of the row (int8) and the transaction that wrote it (xid): what is kept of a row is right while both stand. */
const STAMP_BYTES = 12;

interface Found {
  readonly count: number;
  readonly last: string | null;
  readonly stamps: Buffer | null;
}

/**
 * Asks the database which rows are on the page and in which state they are, reads those that are not kept in the form
 * yet, and joins what was written. Undefined where rows vanish meanwhile.
 * @param query with a limit
 */
export async function writtenPage(
  { pool, pieces }: { readonly pool: Pool; readonly pieces: KeptPieces },
  relation: Relation & { readonly stamped: StampedRows },
  query: FeatureQuery & { readonly limit: number },
  form: WrittenForm,
  signal: CancelSignal,
): Promise<WrittenPage | undefined> {
  const [found] = await pool.read<Found>(stampsSql(relation, query), signal);
  const count = Math.min(found?.count ?? 0, query.limit);
  const stamps = found?.stamps ?? Buffer.alloc(0);
  const key = formKey(relation.layer, query, form);
  const rows = Array.from({ length: count }, (_, index) => stampAt(stamps, index * STAMP_BYTES));
  const written = rows.map(({ row, stamp }) => pieces.find(key, row, stamp));
  const missing = rows.filter((_, index) => !written[index]).map(({ row }) => row);
  if (missing.length > 0) {
    const made = new Map<number, ReturnType<KeptPieces['keep']>>();
    const toFeature = featureMaker(relation, query);
    for (const each of await pool.read<Row>(rowsByNumberSql(relation, query, missing), signal)) {
      const [row, stamp] = [Number(each['row_number']), Number(each['row_stamp'])];
      made.set(row, pieces.keep(key, row, stamp, form.write(toFeature(each))));
    }
    for (const [index, { row }] of rows.entries()) written[index] ??= made.get(row);
  }
  const whole = written.filter((piece) => piece !== undefined);
  if (whole.length < count) return undefined;
  const hasMore = (found?.count ?? 0) > count;
  return { count, hasMore, lastId: found?.last ?? undefined, bytes: joinedPieces(whole) };
}

function stampAt(stamps: Buffer, at: number): { readonly row: number; readonly stamp: number } {
  const row = stamps.readUInt32BE(at) * 2 ** 32 + stamps.readUInt32BE(at + 4);
  return { row, stamp: stamps.readUInt32BE(at + 8) };
}

const layerKeys = new WeakMap<Layer, string>();

/** Whose eyes a piece is for is in it: the columns that are told, and what of them is kept back. */
function formKey(layer: Layer, query: FeatureQuery, form: WrittenForm): string {
  let key = layerKeys.get(layer);
  if (key === undefined) {
    const { dataset, name, srid, xml, critical, properties } = layer;
    key = JSON.stringify([dataset, name, srid, xml, critical, properties.map((each) => each.name)]);
    layerKeys.set(layer, key);
  }
  return JSON.stringify([key, query.srid, query.properties, query.withGeometry, form.key]);
}
