/** Checks of every parcel of the city, set by set, in one snapshot that several connections share. */
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
import { sql } from './sql.ts';
import { studiedRows } from './studied-city.ts';

/** Parcels of one statement: enough to share its price, few enough to stay flat in memory. */
const SET_SIZE = 400;
/** The database works on one set while another is judged here. */
const CONNECTIONS = 2;

export interface BatchOptions {
  readonly pool: Pool;
  readonly layers: LayersProvider;
  /** YYYY-MM-DD; default today. */
  readonly lawDate?: string | undefined;
  readonly at?: Date | undefined;
  readonly signal: AbortSignal;
  /** Hears how many are done, of how many. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Sets of checks without geometry, each parcel once; sets come as they are ready, neighbours together.
 * @throws what the store throws; a layer that cannot be read ends it, since half of a city would look whole
 */
export async function* checkCity(options: BatchOptions): AsyncGenerator<readonly ParcelCheck[]> {
  const { pool, layers, signal, at } = options;
  const lawDate = options.lawDate ?? today();
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
      sql`select id from ${studiedRows(city, 'parcels', view)} as state where geom is not null
        order by ST_GeoHash(ST_Transform(ST_Centroid(geom), 4326), 8), id`,
    );
    const sets = Array.from({ length: Math.ceil(ids.length / SET_SIZE) }, (_, i) =>
      ids.slice(i * SET_SIZE, (i + 1) * SET_SIZE).map(({ id }) => id),
    );
    const judge = async (where: CheckedCity, set: readonly string[]): Promise<readonly ParcelCheck[]> => {
      const facts = await gatherParcelFacts(where, await parcelRows(where, set), new Map());
      return facts.map((each) =>
        answerOf(each, { lawDate, asOf, scenario: undefined }, { lawDate, withGeometry: false }),
      );
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
      options.onProgress?.(done, ids.length);
      yield checks;
    }
  } finally {
    // Closing a connection ends whatever still runs on it.
    for (const connection of connections) connection.release(true);
  }
}

type Judge = (where: CheckedCity, set: readonly string[]) => Promise<readonly ParcelCheck[]>;

async function nextOf(
  sets: (readonly string[])[],
  where: CheckedCity,
  judge: Judge,
): Promise<readonly ParcelCheck[] | undefined> {
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
      sql`begin isolation level repeatable read read only; set local statement_timeout = '10min'`,
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
