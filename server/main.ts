/** The composition root: the one place where the parts of the service are made and put together. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REGISTERS } from '../core/catalogue/catalogue.ts';
import type { Layer } from '../core/feature/layer.ts';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { openFrontDoor } from './lifecycle/front-door.ts';
import { type Database, openDatabase } from './lifecycle/open-database.ts';
import type { Progress } from './lifecycle/progress.ts';
import { waitingRoom } from './lifecycle/waiting-room.ts';
import type { Log } from './log.ts';
import type { Services } from './services.ts';
import { postgisSource } from './store/features.ts';
import type { Pool } from './store/pool.ts';
import { sql } from './store/sql.ts';

export interface StartOptions {
  readonly progress: Progress;
  readonly log: Log;
  /** Aborting it ends the service in good order, also while it is still starting. */
  readonly signal: AbortSignal;
}

export interface Service {
  /** Where this machine reaches it. */
  readonly url: string;
  /** Settles when the signal has been given and everything is closed. */
  readonly ended: Promise<void>;
}

/**
 * Starts the service: listens at once (a waiting page and `/health` until it is ready), opens the database,
 * fills an empty one with the demo city, and opens the doors.
 * @throws TwinError `unavailable` saying what to do; then nothing is left running
 */
export async function startServer(config: Config, { progress, log, signal }: StartOptions): Promise<Service> {
  let doing = 'database';
  const told: Progress = {
    ...progress,
    step: (title) => {
      doing = title;
      progress.step(title);
    },
  };
  const door = await openFrontDoor(
    config.host,
    config.port,
    waitingRoom(() => doing),
  );
  let database: Database | undefined;
  const close = async () => {
    const cut = await door.close(config.shutdownGraceMs);
    if (cut > 0) log.warn({ cut }, 'requests cut at the end of the grace period');
    await database?.close();
  };
  try {
    database = await openDatabase(config, {
      progress: told,
      log,
      signal,
      patienceMs: Number.POSITIVE_INFINITY,
    });
    const { pool } = database;
    const services = makeServices(pool, config);
    await pool.warm();
    signal.throwIfAborted();
    door.lead(buildApp(services, appOptions(config), log));
  } catch (error) {
    await close();
    throw error;
  }
  log.info({ url: door.url }, 'ready');
  const ended = new Promise<void>((resolve, reject) => {
    const end = () => {
      log.info({ reason: String(signal.reason) }, 'stopping');
      close().then(resolve, reject);
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
  return { url: door.url, ended };
}

function appOptions(config: Config) {
  const viewerDir = [
    join(import.meta.dirname, '..', 'viewer'),
    join(import.meta.dirname, '..', 'dist', 'viewer'),
  ].find((folder) => existsSync(join(folder, 'assets')));
  return {
    city: { ...config.city, geoid: { model: 'EGM96', undulationM: 0 } },
    publicUrl: config.publicUrl,
    viewerDir,
    requestTimeoutMs: config.requestTimeoutMs,
    maxBodyBytes: config.maxBodyBytes,
  };
}

function makeServices(pool: Pool, config: Config): Services {
  const layers: readonly Layer[] = REGISTERS.map((register) => ({
    ...register,
    dataset: 'city',
    srid: config.city.srid,
  }));
  const nothing = { get: async () => undefined };
  return {
    featuresFor: () => postgisSource(pool, async () => layers),
    catalogue: {
      layers: async () => layers,
      status: async () => ({
        count: 0,
        extent: undefined,
        loadedAt: undefined,
        source: undefined,
        synthetic: false,
        version: 0,
      }),
    },
    search: { find: async () => [] },
    vectorTiles: () => nothing,
    tiles3d: () => nothing,
    terrain: nothing,
    health: {
      ready: () =>
        pool.read(sql`select 1`).then(
          () => ({ ready: true, detail: 'the database answers' }),
          (error: unknown) => ({ ready: false, detail: String(error) }),
        ),
    },
  };
}
