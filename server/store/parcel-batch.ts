/** Checks of every parcel of the city, set by set, in one snapshot that several connections share. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { ParcelFacts } from '../../core/analysis/parcel-check/facts.ts';
import type { ParcelCheck } from '../../core/wire/parcel-check.ts';
import { ANONYMOUS } from '../access/identity.ts';
import type { View } from '../access/view.ts';
import type { Connection } from './connection.ts';
import { CITY } from './dataset.ts';
import type { LayersProvider } from './features.ts';
import { answerOf, newestOf, today } from './parcel-checks.ts';
import type { CheckedCity } from './parcel-facts/checked-city.ts';
import { gatherParcelFacts } from './parcel-facts/gather-parcel-facts.ts';
import { parcelRows } from './parcel-facts/parcel-rows.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql } from './sql.ts';
import { studiedRows } from './studied-city.ts';

/** Parcels of one statement: enough to share its price, few enough to stay flat in memory. */
const SET_SIZE = 400;
/** The database works on one set while another is judged here. */
const CONNECTIONS = 2;
/** Parcels judged between two looks at what else the process has to do. */
const AT_A_TIME = 20;

export interface JudgedSetsOptions {
  readonly pool: Pool;
  readonly layers: LayersProvider;
  /** YYYY-MM-DD */
  readonly lawDate: string;
  readonly at?: Date | undefined;
  readonly signal: AbortSignal;
  /** Hears how many are done, of how many. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export type BatchOptions = Omit<JudgedSetsOptions, 'lawDate'> & {
  /** Default today. */
  readonly lawDate?: string | undefined;
};

/**
 * Sets of checks without geometry, each parcel once; sets come as they are ready, neighbours together.
 * @throws what the store throws; a layer that cannot be read ends it, since half of a city would look whole
 */
export function checkCity(options: BatchOptions): AsyncGenerator<readonly ParcelCheck[]> {
  const lawDate = options.lawDate ?? today();
  return judgedSets({ ...options, lawDate }, sql`true`, (facts, asOf) =>
    answerOf(facts, { lawDate, asOf, scenario: undefined }, { lawDate, withGeometry: false }),
  );
}

/**
 * What a judge makes of the facts of parcels, set by set.
 * @param which of the parcels, a condition over the columns of their layer
 */
export async function* judgedSets<T>(
  { pool, layers, signal, at, lawDate, onProgress }: JudgedSetsOptions,
  which: Sql,
  judgeOne: (facts: ParcelFacts, asOf: Date) => T,
): AsyncGenerator<readonly T[]> {
  const view: View = { who: ANONYMOUS, ...(at && { at }) };
  const known = (await layers()).filter(({ dataset }) => dataset === CITY);
  const connections: Connection[] = [];
  const cityOn = (connection: Connection): CheckedCity => ({
    ...{ view, lawDate, layers: known },
    read: (statement) => connection.run(statement, signal),
  });
  try {
    const [first, ...others] = await openSnapshots(pool, connections, signal);
    if (!first) return;
    const city = cityOn(first);
    const asOf = at ?? (await newestOf(city.read));
    // By the map, so that the parcels of a set share the pages of the database that they need.
    const ids = await city.read<{ id: string }>(
      sql`select id from ${studiedRows(city, 'parcels', view)} as state where geom is not null and ${which}
        order by ST_GeoHash(ST_Transform(ST_Centroid(geom), 4326), 8), id`,
    );
    const sets = Array.from({ length: Math.ceil(ids.length / SET_SIZE) }, (_, i) =>
      ids.slice(i * SET_SIZE, (i + 1) * SET_SIZE).map(({ id }) => id),
    );
    const judge = async (where: CheckedCity, set: readonly string[]): Promise<readonly T[]> => {
      const facts = await gatherParcelFacts(where, await parcelRows(where, set), new Map());
      const judged: T[] = [];
      for (const [index, each] of facts.entries()) {
        // A refresh may run in a service that answers others meanwhile.
        if (index % AT_A_TIME === AT_A_TIME - 1) await breathe();
        judged.push(judgeOne(each, asOf));
      }
      return judged;
    };
    const cities = [city, ...others.map(cityOn)];
    const running = cities.map((where) => watched(nextOf(sets, where, judge)));
    let done = 0;
    for (let turn = 0; ; turn++) {
      const lane = turn % cities.length;
      const checks = await running[lane];
      if (!checks) break;
      running[lane] = watched(nextOf(sets, cities[lane] ?? city, judge));
      done += checks.length;
      onProgress?.(done, ids.length);
      yield checks;
    }
  } finally {
    // Closing a connection ends whatever still runs on it.
    for (const connection of connections) connection.release(true);
  }
}

type Judge<T> = (where: CheckedCity, set: readonly string[]) => Promise<readonly T[]>;

async function nextOf<T>(
  sets: (readonly string[])[],
  where: CheckedCity,
  judge: Judge<T>,
): Promise<readonly T[] | undefined> {
  const set = sets.shift();
  return set && judge(where, set);
}

/** Whoever stops listening closes the connections: what then fails on them is nobody's news. */
function watched<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}

/** Connections that all see the city of one moment. */
async function openSnapshots(
  pool: Pool,
  opened: Connection[],
  signal: AbortSignal,
): Promise<readonly Connection[]> {
  let snapshot: string | undefined;
  for (let i = 0; i < CONNECTIONS; i++) {
    const connection = await pool.connect(signal);
    opened.push(connection);
    await connection.run(
      // Facts of a set are sorted by parcel: more of them than usual memory holds would go to disk.
      sql`begin isolation level repeatable read read only; set local statement_timeout = '10min'; set local work_mem = '32MB';
        set local plan_cache_mode = force_generic_plan`,
    );
    if (snapshot !== undefined) {
      await connection.run({ parts: [`set transaction snapshot '${snapshot}'`], values: [] });
      continue;
    }
    const [row] = await connection.run<{ name: string }>(sql`select pg_export_snapshot() as name`);
    snapshot = row?.name;
  }
  return opened;
}
