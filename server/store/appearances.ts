/** Looks of buildings and their pictures, each kept once by its digest. */
import type { Appearance } from '../../core/building/appearance.ts';
import type { CancelSignal } from '../../core/cancel.ts';
import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';
import { type Relation, rowsOf } from './relation.ts';
import { type Sql, sql } from './sql.ts';

export interface StoredPicture {
  /** Of the bytes, lower-case hexadecimal. */
  readonly sha256: string;
  readonly mediaType: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bytes: Uint8Array;
  /** The file that it was made of, where that could not be kept as it was. */
  readonly original?: { readonly name: string; readonly sha256: string };
}

/** A look as it is kept: its pictures by their digests. */
export interface StoredLook {
  readonly sha256: string;
  /** JSON of an `Appearance`. */
  readonly document: string;
  /** Those that were not given in this load before. */
  readonly pictures: readonly StoredPicture[];
}

/** Looks of one load, in tables of its own until it ends: two loads of one picture then never wait for each other. */
export class StagedLooks {
  readonly #connection: Connection;
  readonly #known = new Set<string>();
  #isReady = false;

  /** @param connection with the open transaction of the load */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async take({ sha256, document, pictures }: StoredLook): Promise<void> {
    if (!this.#isReady) {
      await this.#connection.run(sql`create temporary table stage_picture (like twin.picture) on commit drop;
        create temporary table stage_appearance (like twin.appearance) on commit drop`);
      this.#isReady = true;
    }
    if (!this.#known.has(sha256)) {
      this.#known.add(sha256);
      await this.#connection.run(
        sql`insert into pg_temp.stage_appearance values (${sha256}::text, ${document}::text)`,
      );
    }
    for (const picture of pictures) {
      await this.#connection.run(sql`insert into pg_temp.stage_picture values (${picture.sha256}::text,
        ${picture.mediaType}::text, ${picture.widthPx}::integer, ${picture.heightPx}::integer, ${picture.bytes}::bytea,
        ${picture.original?.name ?? null}::text, ${picture.original?.sha256 ?? null}::text)`);
    }
  }

  /** In order, so that two loads that bring the same queue and do not stand in each other's way. */
  async keep(): Promise<void> {
    if (!this.#isReady) return;
    for (const statement of [
      sql`insert into twin.picture select distinct on (sha256) * from pg_temp.stage_picture order by sha256
        on conflict (sha256) do nothing`,
      sql`insert into twin.appearance select * from pg_temp.stage_appearance order by sha256
        on conflict (sha256) do nothing`,
    ]) {
      await this.#connection.run(statement);
    }
  }
}

/** @param digests as buildings have them; what is not known is not in the answer */
export async function findAppearances(
  pool: Pool,
  digests: readonly string[],
  signal?: CancelSignal,
): Promise<ReadonlyMap<string, Appearance>> {
  if (digests.length === 0) return new Map();
  const rows = await pool.read<{ sha256: string; document: string }>(
    sql`select sha256, document from twin.appearance where sha256 = any(${[...new Set(digests)]}::text[])`,
    signal,
  );
  return new Map(rows.map(({ sha256, document }) => [sha256, JSON.parse(document) as Appearance]));
}

export async function findPicture(
  pool: Pool,
  sha256: string,
  signal?: CancelSignal,
): Promise<StoredPicture | undefined> {
  const [row] = await pool.read<StoredPicture>(pictureSql(sha256), signal);
  return row;
}

const pictureSql = (sha256: string): Sql =>
  sql`select sha256, media_type as "mediaType", width_px as "widthPx", height_px as "heightPx", bytes
    from twin.picture where sha256 = ${sha256}::text`;

/** Of all pictures that buildings of a relation wear, each counted once; 0 for a layer without looks. */
export async function pictureBytesOf(pool: Pool, relation: Relation, signal?: CancelSignal): Promise<number> {
  if (!relation.layer.properties.some(({ name }) => name === 'appearance')) return 0;
  const [row] = await pool.read<{ bytes: number }>(
    sql`select coalesce(sum(octet_length(bytes)), 0)::float8 as bytes from twin.picture where sha256 in (
      select picture ->> 'image' from twin.appearance as look,
        jsonb_array_elements(look.document::jsonb -> 'pictures') as picture
      where look.sha256 in (select appearance from (${rowsOf(relation)}) as relation))`,
    signal,
  );
  return row?.bytes ?? 0;
}
