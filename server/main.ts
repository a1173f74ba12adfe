/** The composition root: the one place where the parts of the service are made and put together. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Undulation } from '../core/geo/geoid.ts';
import { geoidOf } from '../tiles/terrain/city-geoid.ts';
import { identifyBy } from './access/identify.ts';
import { withMetricsReader } from './access/metrics-reader.ts';
import { signInsTold } from './access/sign-ins-told.ts';
import { type AppOptions, buildApp, HEARTBEAT_MS } from './app.ts';
import type { Config } from './config.ts';
import { openPushDoor } from './http/web-socket.ts';
import { equipDemo, isCityEmpty, loadDemo } from './lifecycle/demo.ts';
import { makeStaffAccount } from './lifecycle/first-account.ts';
import { openFrontDoor } from './lifecycle/front-door.ts';
import { type Database, openDatabase } from './lifecycle/open-database.ts';
import type { Progress } from './lifecycle/progress.ts';
import { waitingRoom } from './lifecycle/waiting-room.ts';
import type { Log } from './log.ts';
import { type Made, makeServices } from './parts/make-services.ts';
import { type Mqtt, openMqtt } from './parts/open-mqtt.ts';
import { EVENTS_PATH, eventsPush } from './protocols/events/protocol.ts';
import { readSources } from './sources/read-sources.ts';
import { storeAccounts } from './store/accounts.ts';
import { makeMonths } from './store/observations.ts';

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
  const geoid = await geoidOf(config.geoidGrid);
  const declared = await readSources(config.sensorSources);
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
  let made: Made | undefined;
  let mqtt: Mqtt | undefined;
  const close = async () => {
    // What senders hear no acknowledgement of they send again.
    await mqtt?.close();
    // Readers of events would stay to the end of the grace period.
    await made?.endStreams();
    const cut = await door.close(config.shutdownGraceMs);
    if (cut > 0) log.warn({ cut }, 'requests cut at the end of the grace period');
    await made?.close();
    await database?.close();
  };
  try {
    database = await openDatabase(config, {
      progress: told,
      log,
      signal,
      patienceMs: Number.POSITIVE_INFINITY,
    });
    const { pool, publicPool } = database;
    await makeStaffAccount(pool, told);
    if (config.demo !== 'none' && (await isCityEmpty(pool, signal))) {
      await loadDemo({ pool, size: config.demo, seed: config.demoSeed, progress: told, signal });
    }
    await makeMonths(pool);
    if (config.demo !== 'none') await equipDemo(pool, told);
    made = await makeServices(database, config, geoid, told, log);
    await publicPool.warm();
    signal.throwIfAborted();
    const identify = identifyBy(storeAccounts(pool), signInsTold(made.services.audit));
    door.leadUpgrades(EVENTS_PATH, openPushDoor(eventsPush(made.services, HEARTBEAT_MS)).upgrade);
    mqtt = await openMqtt({ services: made.services, pool, identify, declared, config, door, log });
    const options = {
      ...appOptions(config, geoid),
      identify: withMetricsReader(identify, config.metricsToken),
      onAnswered: made.answered,
      admission: made.admission,
      mqttEndpoints: mqtt.endpoints,
    };
    door.lead(buildApp(made.services, options, log));
  } catch (error) {
    await close();
    throw error;
  }
  log.info({ url: door.url }, 'ready');
  const ended = new Promise<void>((resolve, reject) => {
    const end = () => {
      log.info(
        { reason: signal.reason instanceof Error ? signal.reason.message : signal.reason },
        'stopping',
      );
      close().then(resolve, reject);
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
  return { url: door.url, ended };
}

function appOptions(config: Config, geoid: Undulation): AppOptions {
  const { name, srid, home } = config.city;
  // Beside dist/server, or below the checkout when the sources run as they are.
  const viewerDir = ['../viewer', '../dist/viewer']
    .map((folder) => join(import.meta.dirname, folder))
    .find((folder) => existsSync(join(folder, 'assets')));
  return {
    city: {
      name,
      srid,
      home,
      geoid: { model: geoid.model, undulationM: geoid.undulationM(home.lon, home.lat) },
    },
    publicUrl: config.publicUrl,
    contactEmail: config.city.contactEmail,
    securityContact: config.securityContact,
    viewerDir,
    requestTimeoutMs: config.requestTimeoutMs,
    maxBodyBytes: config.maxBodyBytes,
  };
}
