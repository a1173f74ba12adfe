import { randomBytes } from 'node:crypto';
import { TwinError } from '../../core/errors.ts';
import { layerNamed } from '../../core/feature/check-query.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { requireRight } from '../access/require-right.ts';
import type { View } from '../access/view.ts';
import type { EditedObject } from '../services/feature-edits.ts';
import { type FeatureLocks, type LockedQuery, LockFault } from '../services/feature-locks.ts';
import type { Connection } from './connection.ts';
import { CITY, datasetLock } from './dataset.ts';
import { refuseOtherStates } from './edited-layer.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { relationFor } from './relation.ts';
import { rowsSql } from './rows-sql.ts';
import { sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

const MOST_OBJECTS = 10_000;
const KEPT_EXPIRED = sql`interval '1 day'`;

/** @param pool of the owner */
export function storeFeatureLocks(pool: Pool, layers: LayersProvider): FeatureLocks {
  /** Queues with those who change objects, so that nothing is locked that is just being changed. */
  const locking = <T>(view: View, work: (connection: Connection) => Promise<T>): Promise<T> => {
    requireRight(view.who, 'edit');
    refuseOtherStates(view);
    return inTransaction(pool, async (connection) => {
      await connection.run(datasetLock(CITY));
      await connection.run(
        sql`delete from twin.feature_lock where expires_at < clock_timestamp() - ${KEPT_EXPIRED}`,
      );
      return work(connection);
    });
  };

  return {
    lock: (queries, { seconds, action }, view) =>
      locking(view, async (connection) => {
        const wanted = await objectsOf(connection, queries, await layers(), view);
        for (const layer of new Set(wanted.map((object) => object.layer))) {
          requireRight(view.who, 'edit', layer);
        }
        const taken = await lockedAmong(connection, wanted, undefined);
        const keyOf = ({ layer, id }: EditedObject) => `${layer} ${id}`;
        const others = new Set(taken.map(keyOf));
        const [first] = taken;
        if (action === 'all' && first) {
          throw new LockFault(
            'CannotLockAllFeatures',
            `${taken.length} of ${wanted.length} objects are locked by others, "${first.id}" among them; nothing was locked. Wait, or ask with lockAction SOME`,
          );
        }
        const locked = wanted.filter((object) => !others.has(keyOf(object)));
        const notLocked = wanted.filter((object) => others.has(keyOf(object)));
        if (locked.length === 0) return { lockId: undefined, locked, notLocked };
        const lockId = randomBytes(18).toString('base64url');
        await connection.run(
          sql`insert into twin.feature_lock (id, who, seconds, expires_at) values (${lockId}::text, ${view.who.who}::text,
            ${seconds}::integer, clock_timestamp() + make_interval(secs => ${seconds}::integer))`,
        );
        // Of a lock that has expired the row is taken over.
        await connection.run(
          sql`insert into twin.locked_feature (layer, id, lock_id)
            select layer, id, ${lockId}::text
            from unnest(${locked.map(({ layer }) => layer)}::text[], ${locked.map(({ id }) => id)}::text[]) as wanted (layer, id)
            on conflict (layer, id) do update set lock_id = excluded.lock_id`,
        );
        return { lockId, locked, notLocked };
      }),

    renew: (lockId, seconds, view) =>
      locking(view, async (connection) => {
        await checkLock(connection, lockId);
        await connection.run(
          sql`update twin.feature_lock set seconds = ${seconds}::integer,
              expires_at = clock_timestamp() + make_interval(secs => ${seconds}::integer)
            where id = ${lockId}::text`,
        );
        const locked = await connection.run<{ layer: string; id: string }>(
          sql`select layer, id from twin.locked_feature where lock_id = ${lockId}::text order by layer, id`,
        );
        return { lockId, locked, notLocked: [] };
      }),
  };
}

async function objectsOf(
  connection: Connection,
  queries: readonly LockedQuery[],
  layers: readonly Layer[],
  { who }: View,
): Promise<readonly EditedObject[]> {
  const found = new Map<string, EditedObject>();
  for (const { layer: name, filter } of queries) {
    const relation = relationFor(layerNamed(layers, name), { who });
    if (!relation) continue;
    const rows = await connection.run<{ id: string }>(
      rowsSql(relation, {
        ...{ layer: name, properties: [], withGeometry: false, limit: MOST_OBJECTS + 1 },
        ...(filter && { filter }),
      }),
    );
    for (const { id } of rows) found.set(`${name} ${id}`, { layer: name, id });
  }
  if (found.size > MOST_OBJECTS) {
    throw new TwinError('too-large', `At most ${MOST_OBJECTS} objects can be locked at once; ask for fewer`);
  }
  return [...found.values()];
}

/** Which of these are locked now. @param own a lock that does not count */
export async function lockedAmong(
  connection: Connection,
  objects: readonly EditedObject[],
  own: string | undefined,
): Promise<readonly EditedObject[]> {
  return connection.run<{ layer: string; id: string }>(
    sql`select layer, locked.id from twin.locked_feature as locked
        join unnest(${objects.map(({ layer }) => layer)}::text[], ${objects.map(({ id }) => id)}::text[])
          as wanted (layer, id) using (layer, id)
        join twin.feature_lock as held on held.id = lock_id
      where held.expires_at > clock_timestamp() and lock_id is distinct from ${own ?? null}::text
      order by layer, locked.id`,
  );
}

/** @throws LockFault for a lock that is not there or holds no longer */
export async function checkLock(connection: Connection, lockId: string): Promise<void> {
  const [lock] = await connection.run<{ holds: boolean }>(
    sql`select expires_at > clock_timestamp() as holds from twin.feature_lock where id = ${lockId}::text`,
  );
  if (!lock) {
    throw new LockFault('InvalidLockId', `There is no lock "${lockId.slice(0, 100)}"; lock the objects anew`);
  }
  if (!lock.holds) {
    throw new LockFault(
      'LockHasExpired',
      'The lock has expired; lock the objects anew and repeat the change',
    );
  }
}

/** After a change: the whole lock, or what was changed of it, whose rest holds anew for its time. */
export async function releaseLock(
  connection: Connection,
  lockId: string,
  changed: readonly EditedObject[] | 'all',
): Promise<void> {
  if (changed !== 'all') {
    await connection.run(
      sql`delete from twin.locked_feature as locked
        using unnest(${changed.map(({ layer }) => layer)}::text[], ${changed.map(({ id }) => id)}::text[])
          as done (layer, id)
        where locked.layer = done.layer and locked.id = done.id and lock_id = ${lockId}::text`,
    );
    await connection.run(
      sql`update twin.feature_lock set expires_at = clock_timestamp() + make_interval(secs => seconds)
        where id = ${lockId}::text`,
    );
  }
  await connection.run(
    sql`delete from twin.feature_lock where id = ${lockId}::text
      and (${changed === 'all'}::boolean
        or not exists (select from twin.locked_feature where lock_id = ${lockId}::text))`,
  );
}
