import { findSites } from '../../core/analysis/site-finder/find-sites.ts';
import type { SiteTable } from '../../core/analysis/site-finder/site-table.ts';
import { siteMeasures } from '../../core/analysis/site-finder/site-words.ts';
import { DEFAULT_LAW_DATE } from '../../core/wire/scenario-head.ts';
import { ANONYMOUS } from '../access/identity.ts';
import type { View } from '../access/view.ts';
import type { SiteFinder } from '../services/sites.ts';
import { layerVersions } from './city-version.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { makeSiteTable, SITE_LAYERS, versionOf } from './site-table.ts';
import { inSnapshot } from './snapshot.ts';
import { sql } from './sql.ts';

/** States of the city whose tables are kept: some 150 bytes a parcel each. */
const MOST_KEPT = 4;
/** A table of a whole city is made in the background, whoever asked for it. */
const DEADLINE_MS = 600_000;

/** @param pool that of the public: sites are found by what everybody may read */
export function storeSites(pool: Pool, layers: LayersProvider): SiteFinder {
  const kept = new Map<string, Promise<SiteTable>>();
  /** Those of them that are ready: another state of the city takes over what it has in common with them. */
  const done = new Map<string, SiteTable>();

  const tableOf = async (view: View): Promise<SiteTable> => {
    const versions = await layerVersions(pool, layers, SITE_LAYERS, view);
    const key = `${view.scenario?.id ?? ''} ${view.at?.getTime() ?? ''} ${versionOf(versions)}`;
    const found = kept.get(key);
    if (found) {
      // The one asked for last is dropped last.
      kept.delete(key);
      kept.set(key, found);
      return found;
    }
    const made = make(pool, layers, { ...view, who: ANONYMOUS }, versions, [...done.values()]);
    kept.set(key, made);
    made.then(
      (table) => kept.get(key) === made && done.set(key, table),
      () => kept.delete(key),
    );
    for (const old of [...kept.keys()].slice(0, -MOST_KEPT)) {
      kept.delete(old);
      done.delete(old);
    }
    return made;
  };

  return {
    find: async (query, view, signal) => findSites(await orAborted(tableOf(view), signal), query),
    measures: async (view, signal) => siteMeasures(await orAborted(tableOf(view), signal)),
  };
}

const make = async (
  pool: Pool,
  layers: LayersProvider,
  view: View,
  versions: Readonly<Record<string, string>>,
  done: readonly SiteTable[],
): Promise<SiteTable> => {
  const known = await layers();
  const signal = AbortSignal.timeout(DEADLINE_MS);
  return inSnapshot(pool, signal, async (connection) => {
    await connection.run(sql`set local statement_timeout = '10min'`);
    return makeSiteTable(
      {
        view,
        lawDate: DEFAULT_LAW_DATE,
        layers: known,
        read: (statement) => connection.run(statement, signal),
      },
      versions,
      done,
    );
  });
};

/** Whoever leaves does not end the work that others wait for. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let leave = () => {};
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([work, left]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
