/** Which parcels of a table are still to be measured, and which another table has measured already. */
import { createHash } from 'node:crypto';
import type { SiteTable } from '../../core/analysis/site-finder/site-table.ts';
import { type Sql, sql } from './sql.ts';

/** An outline as a number: 64 bits of its hash. */
export const shapeOf = (wkb: Buffer): bigint => createHash('sha256').update(wkb).digest().readBigUInt64LE();

/** Rows of parcels that another table has with the same outline, each with its row there. */
export function sharedRows(
  other: SiteTable,
  rowOf: ReadonlyMap<string, number>,
  shapes: BigUint64Array,
): readonly (readonly [row: number, before: number])[] {
  return other.ids.flatMap((id, before) => {
    const row = rowOf.get(id);
    return row !== undefined && shapes[row] === other.shapes[before] ? [[row, before] as const] : [];
  });
}

/** Parcels that are still to be measured from a layer. */
export interface Wanted {
  readonly rows: readonly number[];
  /** Which parcels they are, and what may be near them: conditions over `id` and over `geom`. */
  readonly isAmong: Sql;
  readonly isNear: Sql;
}

interface Boxed {
  readonly id: string;
  readonly min_e: number;
  readonly min_n: number;
  readonly max_e: number;
  readonly max_n: number;
}

/** All parcels, or those alone whose outline is not known from before. @param reachM how far from them objects matter */
export function rowsToMeasure(
  parcels: readonly Boxed[],
  known: ReadonlySet<number>,
  reachM: number,
): (isKnownLayer: boolean) => Wanted {
  const rows = [...parcels.keys()];
  const all: Wanted = { rows, isAmong: sql`true`, isNear: sql`true` };
  const fresh = rows.filter((row) => !known.has(row));
  if (fresh.length === rows.length) return () => all;
  const theirs = fresh.flatMap((row) => parcels[row] ?? []);
  const bound = (pick: (...values: number[]) => number, of: (parcel: Boxed) => number) =>
    theirs.reduce((found, parcel) => pick(found, of(parcel)), theirs[0] ? of(theirs[0]) : 0);
  const box = sql`ST_Expand(ST_MakeEnvelope(${bound(Math.min, ({ min_e }) => min_e)}::float8,
    ${bound(Math.min, ({ min_n }) => min_n)}::float8, ${bound(Math.max, ({ max_e }) => max_e)}::float8,
    ${bound(Math.max, ({ max_n }) => max_n)}::float8, 2177), ${reachM}::float8)`;
  const some: Wanted = {
    rows: fresh,
    isAmong: sql`id = any(${theirs.map(({ id }) => id)}::text[])`,
    isNear: sql`geom && ${box}`,
  };
  return (isKnownLayer) => (isKnownLayer ? some : all);
}
