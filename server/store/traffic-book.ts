/**
 * Trips and counts that traffic is reckoned with. Each load is a version of the city: runs ask for the last one before
 * their base, so that a run is the same whenever it is made.
 */
import type {
  StoredDemand,
  StoredMatrix,
  StoredZone,
  TrafficCount,
} from '../../core/analysis/traffic/city-facts.ts';
import type { Connection } from './connection.ts';
import { CITY } from './dataset.ts';
import { openVersion } from './dataset-version.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql } from './sql.ts';
import type { StudiedCity } from './studied-city.ts';
import { inTransaction } from './transaction.ts';

/** What versions of the city are called that hold trips or counts. */
export const DEMAND_FORMAT = 'traffic-demand';
export const COUNT_FORMAT = 'traffic-counts';

export interface BookHeader {
  readonly fileName: string;
  /** Where it comes from, in words. */
  readonly source: string;
  readonly synthetic: boolean;
}

export interface HourOfDemand extends StoredMatrix {
  readonly hour: number;
}

export interface CountOfHour extends TrafficCount {
  readonly hour: number;
  /** Days that it is the mean of. */
  readonly days?: number | undefined;
}

/** Takes the place of all trips before; without any, trips are generated again. @returns the version */
export async function saveDemand(
  pool: Pool,
  header: BookHeader,
  zones: readonly StoredZone[],
  matrices: readonly HourOfDemand[],
): Promise<number> {
  return await inTransaction(pool, async (connection) => {
    const version = await openBook(connection, header, DEMAND_FORMAT, matrices.length);
    await connection.run(sql`insert into twin.traffic_zone (version, ordinal, id, name, is_gate, geom)
      select ${version}::bigint, ordinal - 1, id, name, is_gate, ST_SetSRID(ST_Point(e, n), 2177)
      from unnest(${zones.map(({ id }) => id)}::text[], ${zones.map(({ name }) => name)}::text[],
        ${zones.map(({ isGate }) => isGate)}::boolean[], ${zones.map(({ at: [e] }) => e)}::float8[],
        ${zones.map(({ at: [, n] }) => n)}::float8[]) with ordinality as zone (id, name, is_gate, e, n, ordinal)`);
    for (const { hour, purpose, origins, destinations, vehPerH } of matrices) {
      await connection.run(sql`insert into twin.traffic_matrix (version, hour, purpose, origins, destinations, veh_per_h)
        values (${version}::bigint, ${hour}::smallint, ${purpose}::text, ${[...origins]}::integer[],
          ${[...destinations]}::integer[], ${[...vehPerH]}::float8[])`);
    }
    return version;
  });
}

/** Takes the place of all counts before. @returns the version */
export async function saveCounts(
  pool: Pool,
  header: BookHeader,
  counts: readonly CountOfHour[],
): Promise<number> {
  return await inTransaction(pool, async (connection) => {
    const version = await openBook(connection, header, COUNT_FORMAT, counts.length);
    await connection.run(sql`insert into twin.traffic_count (version, link, hour, veh_per_h, detector, days)
      select ${version}::bigint, link, hour, veh_per_h, detector, days
      from unnest(${counts.map(({ link }) => link)}::text[], ${counts.map(({ hour }) => hour)}::smallint[],
        ${counts.map(({ vehPerH }) => vehPerH)}::float8[],
        ${counts.map(({ detector }) => detector ?? null)}::text[],
        ${counts.map(({ days }) => days ?? null)}::integer[]) as count (link, hour, veh_per_h, detector, days)`);
    return version;
  });
}

async function openBook(
  connection: Connection,
  header: BookHeader,
  format: string,
  written: number,
): Promise<number> {
  const { version } = await openVersion(connection, { ...header, dataset: CITY, format });
  await connection.run(sql`update twin.dataset_version set written = ${written}::integer
    where version = ${version}::bigint`);
  return version;
}

/** The last version of a kind that the base of a run knows. */
const lastBook = (format: string, at: Date | undefined): Sql =>
  sql`select version, source from twin.dataset_version where dataset = ${CITY}::text and format = ${format}::text
    and recorded_at <= ${at?.toISOString() ?? 'infinity'}::timestamptz order by version desc limit 1`;

/** Trips of an hour; undefined where the city keeps none of it. */
export async function storedDemand(
  { read, base }: Pick<StudiedCity, 'read' | 'base'>,
  hour: number,
): Promise<StoredDemand | undefined> {
  const [book] = await read<{ version: number; source: string }>(lastBook(DEMAND_FORMAT, base.at));
  if (!book) return undefined;
  const matrices = await read<StoredMatrix>(
    sql`select purpose, origins, destinations, veh_per_h as "vehPerH" from twin.traffic_matrix
      where version = ${book.version}::bigint and hour = ${hour}::smallint order by purpose`,
  );
  if (matrices.length === 0) return undefined;
  const zones = await read<Omit<StoredZone, 'at'> & { e: number; n: number }>(
    sql`select id, name, is_gate as "isGate", ST_X(geom) as e, ST_Y(geom) as n from twin.traffic_zone
      where version = ${book.version}::bigint order by ordinal`,
  );
  return {
    source: book.source,
    zones: zones.map(({ e, n, ...zone }) => ({ ...zone, at: [e, n] })),
    matrices,
  };
}

/** Counts of an hour, by link. */
export async function storedCounts(
  { read, base }: Pick<StudiedCity, 'read' | 'base'>,
  hour: number,
): Promise<readonly TrafficCount[]> {
  const [book] = await read<{ version: number }>(lastBook(COUNT_FORMAT, base.at));
  if (!book) return [];
  const rows = await read<Omit<CountOfHour, 'detector'> & { detector: string | null }>(
    sql`select link, veh_per_h as "vehPerH", detector from twin.traffic_count
      where version = ${book.version}::bigint and hour = ${hour}::smallint order by link`,
  );
  return rows.map(({ detector, ...count }) => (detector === null ? count : { ...count, detector }));
}

/** Which of these are roads of the city as it is, or their links, and how many vehicles an hour they could hold at most. */
export async function knownRoads(pool: Pool): Promise<ReadonlySet<string>> {
  const rows = await pool.read<{ id: string }>(sql`select id from city.road where valid_to is null`);
  return new Set(rows.map(({ id }) => id));
}

/** The box of all streets, metres of the city: west, south, east, north. Undefined without streets. */
export async function boxOfRoads(pool: Pool): Promise<readonly [number, number, number, number] | undefined> {
  const [box] = await pool.read<{ w: number | null; s: number; e: number; n: number }>(
    sql`select ST_XMin(box) as w, ST_YMin(box) as s, ST_XMax(box) as e, ST_YMax(box) as n
      from (select ST_Extent(geom) as box from city.road where valid_to is null) as whole`,
  );
  return box && box.w !== null ? [box.w, box.s, box.e, box.n] : undefined;
}
