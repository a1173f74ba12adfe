/** The composition root: the one place where the parts of the service are made and put together. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Undulation } from '../core/geo/geoid.ts';
import type { RealtimeFeed } from '../core/transit/realtime.ts';
import type { SensorSource } from '../core/wire/sensor-source.ts';
import { cachedDocuments, cachedTiles, TileCache } from '../tiles/cached-source.ts';
import { EGM96 } from '../tiles/terrain/egm96.ts';
import { readGeoidGrid } from '../tiles/terrain/geoid-grid.ts';
import { openTerrain } from '../tiles/terrain/open-terrain.ts';
import { tilesetSource } from '../tiles/tileset/tileset-source.ts';
import { identifyBy } from './access/identify.ts';
import { type Identity, isStaff } from './access/identity.ts';
import type { View } from './access/view.ts';
import { type AppOptions, buildApp, HEARTBEAT_MS } from './app.ts';
import type { Config } from './config.ts';
import { geoPackages } from './geopackage/geo-packages.ts';
import { openPushDoor } from './http/web-socket.ts';
import { demoTerrain, demoVehicles, equipDemo, isCityEmpty, loadDemo } from './lifecycle/demo.ts';
import { makeStaffAccount } from './lifecycle/first-account.ts';
import { type FrontDoor, openFrontDoor } from './lifecycle/front-door.ts';
import { type Database, openDatabase } from './lifecycle/open-database.ts';
import type { Progress } from './lifecycle/progress.ts';
import { waitingRoom } from './lifecycle/waiting-room.ts';
import { deliverAlerts } from './live/deliver-alerts.ts';
import { followVehicles, type VehicleSource } from './live/follow-vehicles.ts';
import { gathered } from './live/gather.ts';
import { openLiveHub } from './live/hub.ts';
import { keepSummaries } from './live/keep-summaries.ts';
import { type Remembered, watchQuality } from './live/watch-quality.ts';
import type { Log } from './log.ts';
import { openEmbeddedBroker } from './mqtt/embedded-broker.ts';
import { mqttEndpoints } from './mqtt/endpoints.ts';
import { openInbox } from './mqtt/inbox.ts';
import { followOutsideBroker } from './mqtt/outside-broker.ts';
import { sensorThingsDoor } from './mqtt/sensor-things-door.ts';
import { MQTT_PATH, openWebSocketDoor } from './mqtt/web-socket.ts';
import { EVENTS_PATH, eventsPush } from './protocols/events/protocol.ts';
import { sensorThings } from './protocols/sta/protocol.ts';
import { withMoreRows } from './runs/more-rows.ts';
import { openRuns } from './runs/open-runs.ts';
import { outsideRows } from './runs/outside-rows.ts';
import { runConsequences } from './runs/run-consequences.ts';
import { offerSiting } from './runs/siting.ts';
import { trafficRows } from './runs/traffic-rows.ts';
import type { Services } from './services.ts';
import { readSources } from './sources/read-sources.ts';
import { openSources } from './sources/sources.ts';
import { storeAccounts } from './store/accounts.ts';
import { storeAlerts } from './store/alerts.ts';
import { postgisBuildings } from './store/building-tiles.ts';
import { storeCapacity } from './store/capacity.ts';
import { storeCatalogue } from './store/catalogue.ts';
import { storeComments } from './store/comments.ts';
import { consequenceBoxes } from './store/consequence-box.ts';
import { deliveryBook } from './store/deliveries.ts';
import { storeDifferences } from './store/differences.ts';
import { storeDossiers } from './store/dossier/dossiers.ts';
import { postgisSource } from './store/features.ts';
import { storeHealth } from './store/health.ts';
import { keepFindings } from './store/keep-findings.ts';
import { storeKeptFindings } from './store/kept-findings.ts';
import { layersOf } from './store/layers.ts';
import { LEAD } from './store/lead.ts';
import { postgisMaps } from './store/map-geometry.ts';
import { makeMonths, NOTICE_CHANNEL, OBSERVATION_CHANNEL, observationLog } from './store/observations.ts';
import { storeObstructions } from './store/obstructions.ts';
import { storeParcelChecks } from './store/parcel-checks.ts';
import type { FindingsReport } from './store/parcel-findings.ts';
import type { Pool } from './store/pool.ts';
import { qualityBook } from './store/quality.ts';
import { storeQualityReports } from './store/quality-reports.ts';
import { relationFor } from './store/relation.ts';
import { dropOld } from './store/retention.ts';
import { scenarioShapes } from './store/scenario-shapes.ts';
import { storeScenarioLife } from './store/scenarios/scenario-life.ts';
import { storeScenarios } from './store/scenarios.ts';
import { storeSearch } from './store/search.ts';
import { storeSensorSources } from './store/sensor-sources.ts';
import { storeSensorThings } from './store/sensor-things.ts';
import type { Ground } from './store/settle/edited-city.ts';
import { storeSites } from './store/sites.ts';
import { settleSummaries } from './store/summaries.ts';
import { storeTransit } from './store/transit.ts';
import { postgisVectorTiles } from './store/vector-tiles.ts';
import { recordFeed, recordSource } from './store/vehicles.ts';
import { openDocumentThreads } from './workers/document-threads.ts';
import { openModelThreads } from './workers/model-threads.ts';
import { openPictureThreads } from './workers/picture-threads.ts';

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
  const geoid = await geoidOf(config);
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
    const identify = identifyBy(storeAccounts(pool));
    door.leadUpgrades(EVENTS_PATH, openPushDoor(eventsPush(made.services, HEARTBEAT_MS)).upgrade);
    mqtt = await openMqtt({ services: made.services, pool, identify, declared, config, door, log });
    const options = { ...appOptions(config, geoid), identify, mqttEndpoints: mqtt.endpoints };
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

interface Mqtt {
  /** Where the broker within is reached, given where the service is; undefined = it is elsewhere. */
  readonly endpoints?: (publicUrl: string) => readonly string[];
  close(): Promise<void>;
}

interface MqttParts {
  readonly services: Services;
  readonly pool: Pool;
  readonly identify: ReturnType<typeof identifyBy>;
  readonly declared: readonly SensorSource[];
  readonly config: Config;
  readonly door: FrontDoor;
  readonly log: Log;
}

/** Sources of measurements, and MQTT: the broker within on its own port and behind the front door, or one elsewhere. */
async function openMqtt(parts: MqttParts): Promise<Mqtt> {
  const { services, pool, identify, declared, config, door: frontDoor, log } = parts;
  const { live, sensors } = services;
  const { mqtt, host, maxBodyBytes } = config;
  // The inbox keeps aside what is refused, and knows the topic that it came by.
  const quiet = { ...services, sensors: { ...services.sensors, setAside: async () => {} } };
  const door = sensorThingsDoor(sensorThings(quiet), config.publicUrl ?? frontDoor.url);
  const sources = openSources({
    sources: declared,
    store: storeSensorSources(pool),
    sensors,
    create: (path, body) => door.create(`v1.1/${path}`, Buffer.from(JSON.stringify(body)), SOURCES),
  });
  const inbox = openInbox(door, sources.heard, sensors.setAside);
  const leading = pool.lead(LEAD.providers, async (signal) => {
    const url = mqtt.url?.reveal();
    const outside =
      url === undefined
        ? []
        : [followOutsideBroker({ url, clientId: mqtt.clientId, inbox, door, live, log }, signal)];
    await Promise.all([sources.askAll(signal), ...outside]);
  });
  if (mqtt.url !== undefined) return leading;
  const broker = await openEmbeddedBroker({
    ...{ inbox, door, live, identify, log, host },
    port: mqtt.port === 'off' ? undefined : mqtt.port,
    mostClients: mqtt.mostClients,
    mostBytes: maxBodyBytes,
    messagesPerS: mqtt.messagesPerS,
  });
  const webSockets = openWebSocketDoor(broker.handle, maxBodyBytes);
  frontDoor.leadUpgrades(MQTT_PATH, webSockets.upgrade);
  return {
    endpoints: (publicUrl) => mqttEndpoints(publicUrl, broker.port()),
    async close() {
      webSockets.close();
      await broker.close();
      await leading.close();
    },
  };
}

/** Sources that may make Things do so as staff would. */
const SOURCES: Identity = { who: 'sources', roles: ['public', 'staff'] };

const DAY_MS = 86_400_000;
/** How often kept findings are held against what has changed. */
const FINDINGS_EVERY_MS = 60_000;
/** Memory for made tiles, each kind. */
const TILE_CACHE = { maxBytes: 64 * 1024 * 1024 };

interface Made {
  readonly services: Services;
  /** Ends what would never end by itself. */
  endStreams(): Promise<void>;
  close(): Promise<void>;
}

const geoidOf = async ({ geoidGrid }: Config): Promise<Undulation> =>
  geoidGrid === undefined ? EGM96 : readGeoidGrid(geoidGrid, basename(geoidGrid), EGM96);

async function makeServices(
  { url, pool, publicPool }: Pick<Database, 'url' | 'pool' | 'publicPool'>,
  config: Config,
  geoid: Undulation,
  progress: Progress,
  log: Log,
): Promise<Made> {
  const terrain = await openTerrain(config.terrain ?? (await demoTerrain(pool, config, progress)), geoid);
  const layers = layersOf(publicPool);
  const poolOf = ({ who }: View): Pool => (isStaff(who) ? pool : publicPool);
  const vectorCache = new TileCache(TILE_CACHE);
  const solidCache = new TileCache(TILE_CACHE);
  const bareGround = cachedDocuments(terrain.source, new TileCache(TILE_CACHE));
  const shapes = scenarioShapes(pool);
  const monthly = setInterval(() => void makeMonths(pool).catch(() => {}), DAY_MS).unref();
  const hub = openLiveHub({
    log: observationLog(pool),
    listen: (listener) => pool.listen([OBSERVATION_CHANNEL, NOTICE_CHANNEL], listener),
    mostReaders: config.liveReaders,
    noticeChannel: NOTICE_CHANNEL,
  });
  const pictures = openPictureThreads({
    threads: config.pictureThreads,
    onDeath: (cause) => log.error({ err: cause }, 'a thread that draws has died; another takes its place'),
  });
  const documents = openDocumentThreads({
    threads: 1,
    startsLate: true,
    onDeath: (cause) =>
      log.error({ err: cause }, 'a thread that writes documents has died; another takes its place'),
  });
  const retention = { rawDays: config.liveRawDays, fiveMinuteDays: config.liveFiveMinuteDays };
  const summaries = { settle: () => settleSummaries(pool), dropOld: () => dropOld(pool, retention) };
  const keeping = pool.lead(LEAD.summaries, async (signal) => {
    try {
      await keepSummaries(summaries, (tables) => log.info({ tables }, 'old values dropped'), signal);
    } catch (error) {
      // Begun again shortly; what is not summed up yet is not lost.
      if (!signal.aborted) log.warn({ err: error }, 'summing up failed');
      throw error;
    }
  });
  const findings = pool.lead(LEAD.findings, async (signal) => {
    try {
      const onRefreshed = (report: FindingsReport) =>
        log.info(report, 'findings of parcels brought up to date');
      await keepFindings({ pool, layers, everyMs: FINDINGS_EVERY_MS, onRefreshed }, signal);
    } catch (error) {
      // Begun again shortly, from the parcels that are left.
      if (!signal.aborted) log.warn({ err: error }, 'the refresh of findings broke off');
      throw error;
    }
  });
  const quality = pool.lead(LEAD.quality, async (signal) => {
    try {
      await watchQuality(qualityBook<Remembered>(pool), signal);
    } catch (error) {
      // Begun again shortly, from what was judged last.
      if (!signal.aborted) log.warn({ err: error }, 'the watch of quality failed');
      throw error;
    }
  });
  const { alerts } = config;
  const delivering = pool.lead(LEAD.deliveries, async (signal) => {
    try {
      const targets = {
        ...alerts,
        secret: alerts.webhookSecret?.reveal(),
        allowPrivate: alerts.allowPrivateWebhooks,
        smtpUrl: alerts.smtpUrl?.reveal(),
        from: alerts.emailFrom,
        publicUrl: config.publicUrl,
      };
      await deliverAlerts(deliveryBook(pool), targets, signal);
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'telling alerts outside failed');
      throw error;
    }
  });
  const sensors = storeSensorThings(pool, publicPool, (record) => gathered(record, config.liveValuesPerS));
  const vehicles = await vehicleSources(pool, config);
  if (vehicles.length > 0) {
    const recorder = {
      record: (provider: string, feed: RealtimeFeed) => recordFeed(pool, provider, feed),
      tellSource: (source: Parameters<typeof recordSource>[1]) => recordSource(pool, source),
    };
    pool.lead(LEAD.vehicles, (signal) =>
      followVehicles(vehicles, config.vehicles.intervalMs, recorder, signal),
    );
  }
  const ground: Ground = {
    lowestM: (outline, shapes) => terrain.lowestM(outline, { shapes, srid: config.city.srid }),
    grid: (box, stepM, shapes) => terrain.grid(box, stepM, { shapes, srid: config.city.srid }),
    earthwork: (shape, shapes) => terrain.earthwork(shape, { shapes, srid: config.city.srid }),
  };
  const scenarios = storeScenarios(pool, layers, ground);
  const runs = await openRuns({
    ...{ databaseUrl: url, pool, log },
    place: { pool, layers, ground },
    threads: config.modelThreads,
  });
  const catalogue = storeCatalogue(publicPool, layers);
  const parcelChecks = storeParcelChecks(publicPool, layers, scenarios, ground);
  const sitingThreads = openModelThreads({
    threads: 1,
    onDeath: (cause) => log.error({ err: cause }, 'the thread that sites facilities has died'),
  });
  const services: Services = {
    runs: runs.service,
    featuresFor: (view) => postgisSource(poolOf(view), layers, (layer) => relationFor(layer, view)),
    catalogue,
    dossiers: storeDossiers({ poolFor: poolOf, layers, catalogue, sensors }),
    search: storeSearch(publicPool, layers),
    maps: (view) => postgisMaps(poolOf(view), view),
    pictures,
    vectorTiles: (view) =>
      cachedTiles(postgisVectorTiles(poolOf(view), layers, view), vectorCache, scopeOf(view)),
    tiles3d: (view) =>
      cachedDocuments(
        tilesetSource(postgisBuildings(poolOf(view), layers, view), geoid),
        solidCache,
        scopeOf(view),
      ),
    scenarios,
    comments: storeComments(pool, layers, scenarios.state),
    differences: storeDifferences(poolOf, layers),
    documents,
    geoPackages,
    scenarioLife: storeScenarioLife(pool, layers, ground),
    consequences: withMoreRows(
      withMoreRows(
        runConsequences(runs.service, scenarios, consequenceBoxes(publicPool, layers, scenarios, ground)),
        trafficRows(runs.service, scenarios),
      ),
      outsideRows(pool, scenarios),
    ),
    parcelChecks,
    keptFindings: storeKeptFindings(pool),
    capacity: storeCapacity(publicPool, layers, scenarios, ground),
    sites: storeSites(publicPool, layers),
    siting: offerSiting({ poolOf, layers, scenarios, parcelChecks, threads: sitingThreads }),
    obstructions: storeObstructions(pool, layers),
    tokens: storeAccounts(pool),
    terrain: ({ scenario }) =>
      scenario
        ? terrain.shaped(async () => ({ shapes: await shapes(scenario), srid: config.city.srid }), bareGround)
        : bareGround,
    sensors,
    live: hub,
    transit: storeTransit(publicPool),
    quality: storeQualityReports(publicPool),
    alerts: storeAlerts(pool),
    sources: storeSensorSources(pool),
    health: storeHealth(pool),
  };
  return {
    services,
    endStreams: () => hub.close(),
    close: async () => {
      clearInterval(monthly);
      await runs.close();
      await sitingThreads.close();
      await pictures.close();
      await documents.close();
      await keeping.close();
      await quality.close();
      await findings.close();
      await delivering.close();
      await terrain.close();
    },
  };
}

/** The feeds that the configuration names, else the vehicles of the demo city where there is one. */
async function vehicleSources(pool: Pool, { vehicles, demo }: Config): Promise<readonly VehicleSource[]> {
  if (vehicles.feeds !== undefined) {
    return vehicles.feeds.map((address) => ({ address, provider: new URL(address).host }));
  }
  const make = demo === 'none' ? undefined : await demoVehicles(pool);
  return make === undefined ? [] : [{ address: 'demo:vehicles', provider: 'demo', make }];
}

/** What is seen depends on roles and the state of the city, so people of the same view share kept tiles. */
const scopeOf = ({ who, at, scenario }: View): string =>
  [...who.roles.toSorted(), at?.getTime() ?? '', scenario?.id ?? ''].join(' ');

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
    viewerDir,
    requestTimeoutMs: config.requestTimeoutMs,
    maxBodyBytes: config.maxBodyBytes,
  };
}
