/** The services, made of the store, threads and models. */
import { totalmem } from 'node:os';
import { dirname } from 'node:path';
import type { Undulation } from '../../core/geo/geoid.ts';
import { cachedDocuments, cachedTiles, TileCache } from '../../tiles/cached-source.ts';
import { keptPictures } from '../../tiles/picture/kept-pictures.ts';
import { pictureTiles } from '../../tiles/picture/picture-tiles.ts';
import { followTerrain } from '../../tiles/terrain/followed-terrain.ts';
import { allSets } from '../../tiles/tileset/all-sets.ts';
import { networkTileset } from '../../tiles/tileset/network-tiles.ts';
import { tilesetSource } from '../../tiles/tileset/tileset-source.ts';
import { treeTileset } from '../../tiles/tileset/tree-tiles.ts';
import { type Admission, openAdmission } from '../access/admission.ts';
import { isStaff } from '../access/identity.ts';
import type { View } from '../access/view.ts';
import { openCascade } from '../cascade/open-cascade.ts';
import type { Config } from '../config.ts';
import { terrainFolder, terrainInUse } from '../exchange/terrain-shelf.ts';
import { geoPackages } from '../geopackage/geo-packages.ts';
import type { Database } from '../lifecycle/open-database.ts';
import type { Progress } from '../lifecycle/progress.ts';
import { terrainFile } from '../lifecycle/terrain-file.ts';
import { gathered } from '../live/gather.ts';
import { openLiveHub } from '../live/hub.ts';
import { loadTask } from '../loads/load-task.ts';
import { offerLoads } from '../loads/offer-loads.ts';
import type { Log } from '../log.ts';
import { type Metrics, openMetrics } from '../metrics/open-metrics.ts';
import { orderTask } from '../orders/make-order.ts';
import { offerOrders } from '../orders/orders.ts';
import { withMoreRows } from '../runs/more-rows.ts';
import { openRuns } from '../runs/open-runs.ts';
import { outsideRows } from '../runs/outside-rows.ts';
import { runConsequences } from '../runs/run-consequences.ts';
import { offerSiting } from '../runs/siting.ts';
import { trafficRows } from '../runs/traffic-rows.ts';
import type { Services } from '../services.ts';
import { storeAccounts } from '../store/accounts.ts';
import { storeAlerts } from '../store/alerts.ts';
import { areaVersions } from '../store/area-versions.ts';
import { storeAudit } from '../store/audit.ts';
import { postgisBuildings } from '../store/building-tiles.ts';
import { storeCapacity } from '../store/capacity.ts';
import { storeCatalogue } from '../store/catalogue.ts';
import { storeClientAccounts } from '../store/client-accounts.ts';
import { storeComments } from '../store/comments.ts';
import { consequenceBoxes } from '../store/consequence-box.ts';
import { storeVersions } from '../store/dataset-versions.ts';
import { storeDifferences } from '../store/differences.ts';
import { storeDigChecks } from '../store/dig-checks.ts';
import { storeDoorUses } from '../store/door-uses.ts';
import { storeDossiers } from '../store/dossier/dossiers.ts';
import { storeFeatureEdits } from '../store/feature-edits.ts';
import { storeFeatureLocks } from '../store/feature-locks.ts';
import { postgisSource } from '../store/features.ts';
import { storeGroundVolumes } from '../store/ground-volumes.ts';
import { storeHealth } from '../store/health.ts';
import { storeKeptFindings } from '../store/kept-findings.ts';
import { KeptPieces } from '../store/kept-pieces.ts';
import { KeptShapes } from '../store/kept-shapes.ts';
import type { LaidCity } from '../store/laid-tiles.ts';
import { layersOf } from '../store/layers.ts';
import { LOAD_TASK } from '../store/load-book.ts';
import { postgisMaps } from '../store/map-geometry.ts';
import { storeMetadata } from '../store/metadata-records.ts';
import { storeModelChanges } from '../store/model-changes.ts';
import { storeModelMismatches } from '../store/model-mismatches.ts';
import { postgisNetworks } from '../store/network-tiles.ts';
import { NOTICE_CHANNEL, OBSERVATION_CHANNEL, observationLog } from '../store/observations.ts';
import { storeObstructions } from '../store/obstructions.ts';
import { operationsFacts } from '../store/operations-facts.ts';
import { ORDER_TASK } from '../store/order-book.ts';
import { bookmarked, PageBookmarks } from '../store/page-bookmarks.ts';
import { storeParcelChecks } from '../store/parcel-checks.ts';
import type { Pool } from '../store/pool.ts';
import { storeQualityReports } from '../store/quality-reports.ts';
import { relationFor } from '../store/relation.ts';
import { scenarioShapes } from '../store/scenario-shapes.ts';
import { storeScenarioLife } from '../store/scenarios/scenario-life.ts';
import { storeScenarios } from '../store/scenarios.ts';
import { storeSearch } from '../store/search.ts';
import { storeSensorSources } from '../store/sensor-sources.ts';
import { storeSensorThings } from '../store/sensor-things.ts';
import { terrainGround } from '../store/settle/terrain-ground.ts';
import { storeSites } from '../store/sites.ts';
import { storeStoredQueries } from '../store/stored-queries.ts';
import { storeTransit } from '../store/transit.ts';
import { postgisTrees } from '../store/tree-tiles.ts';
import { postgisVectorTiles } from '../store/vector-tiles.ts';
import { openDocumentThreads } from '../workers/document-threads.ts';
import { openModelThreads, runnerOf } from '../workers/model-threads.ts';
import { openPictureThreads } from '../workers/picture-threads.ts';
import { leadDuties } from './duties.ts';
import { groundModelInUse } from './ground-model.ts';
import { oldHeightsOf, orderPlaceOf } from './order-place.ts';

/** Memory for made tiles, each kind. */
const TILE_CACHE = { maxBytes: 64 * 1024 * 1024 };

export interface Made {
  readonly services: Services;
  /** Counts a request that has ended. */
  readonly answered: Metrics['answered'];
  readonly admission: Admission;
  /** Ends what would never end by itself. */
  endStreams(): Promise<void>;
  close(): Promise<void>;
}

export async function makeServices(
  { url, pool, publicPool }: Pick<Database, 'url' | 'pool' | 'publicPool'>,
  config: Config,
  geoid: Undulation,
  progress: Progress,
  log: Log,
): Promise<Made> {
  const oldHeights = await oldHeightsOf(config);
  const first = await terrainFile(pool, config, progress);
  const terrain = await followTerrain({
    find: async () => config.terrain ?? (await terrainInUse(config.dataDir))?.path ?? first,
    undulation: geoid,
    onFault: (error, path) =>
      log.error({ err: error, path }, 'a model of the ground cannot be taken; the one before stays'),
  });
  const groundModel = groundModelInUse(
    () => terrain.relief,
    ({ path }) => {
      const isDelivered = path === config.terrain || dirname(path) === terrainFolder(config.dataDir, 'dtm');
      return {
        ...{ dataset: 'city', synthetic: !isDelivered },
        source: isDelivered ? 'terrain model' : 'demo',
      };
    },
  );
  const layers = layersOf(publicPool);
  const poolOf = ({ who }: View): Pool => (isStaff(who) ? pool : publicPool);
  const pieces = new KeptPieces(keptBytes());
  const bookmarks = new PageBookmarks();
  const versions = areaVersions(publicPool);
  const shapesOfPictures = new KeptShapes(keptBytes());
  const vectorCache = new TileCache(TILE_CACHE);
  const pictureCache = new TileCache(TILE_CACHE);
  const solidCache = new TileCache(TILE_CACHE);
  const groundCache = new TileCache(TILE_CACHE);
  const bareGround = cachedDocuments(terrain.source, groundCache);
  const shapes = scenarioShapes(pool);
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
  const sensors = storeSensorThings(pool, publicPool, (record) => gathered(record, config.liveValuesPerS));
  const duties = await leadDuties(pool, layers, config, log);
  const ground = terrainGround(terrain, config.city.srid);
  const groundVersion = () => terrain.relief?.version ?? 'none';
  const laidCity = (view: View): LaidCity => ({
    ...{ pool: poolOf(view), layers, ground, groundVersion, versions },
  });
  const scenarios = storeScenarios(pool, layers, ground);
  const catalogue = storeCatalogue(publicPool, layers);
  const clients = storeClientAccounts(pool);
  const orderParts = { poolOf, layers, catalogue, documents };
  const orderPlace = orderPlaceOf(orderParts, config, () => terrain.relief, oldHeights);
  const runs = await openRuns({
    ...{ databaseUrl: url, pool, log },
    place: { pool, layers, ground },
    threads: config.modelThreads,
    moreTasks: {
      [ORDER_TASK]: orderTask({ place: orderPlace, pool, findScenario: scenarios.state, log }),
      [LOAD_TASK]: loadTask({
        ...{ pool, srid: config.city.srid, log },
        dataDir: config.dataDir,
        heightGrids: config.heightGrids,
      }),
    },
  });
  const sitingThreads = openModelThreads({
    threads: 1,
    onDeath: (cause) => log.error({ err: cause }, 'the thread that sites facilities has died'),
  });
  // A search for sites takes seconds; a check must not wait for it.
  const answerThreads = openModelThreads({
    threads: 1,
    onDeath: (cause) => log.error({ err: cause }, 'the thread that computes answers has died'),
  });
  const runModel = runnerOf(answerThreads);
  const parcelChecks = storeParcelChecks(publicPool, layers, scenarios, ground, runModel);
  const caches = {
    ...{ 'vector-tiles': vectorCache, 'map-tiles': pictureCache, '3d-tiles': solidCache },
    ...{ terrain: groundCache, shapes: shapesOfPictures },
  };
  const admission = openAdmission(config.admission);
  const metrics = openMetrics({
    admission: admission.state,
    caches: () => Object.entries(caches).map(([cache, { usage }]) => ({ cache, ...usage })),
    pools: () =>
      Object.entries({ public: publicPool, staff: pool }).map(([name, each]) => ({
        pool: name,
        ...each.usage(),
      })),
    ...{ database: operationsFacts(pool, layers, config.dataDir), log },
  });
  const uses = storeDoorUses(pool, (reason) =>
    log.warn({ reason }, 'use counts cannot be written; they wait in memory'),
  );
  const audit = storeAudit(pool, ({ who, what, about }, reason) =>
    log.warn({ who, what, about, reason }, 'the audit could not be told'),
  );
  const services: Services = {
    uses,
    audit,
    runs: runs.service,
    orders: offerOrders(orderPlace, pool, clients, {
      sendsEmail: config.alerts.smtpUrl !== undefined,
      findScenario: scenarios.state,
    }),
    versions: storeVersions(poolOf, publicPool, layers),
    loads: offerLoads(pool, config.maxUploadBytes),
    featuresFor: (view) => {
      const source = postgisSource(poolOf(view), layers, (layer) => relationFor(layer, view), pieces);
      return isPast(view) ? bookmarked(source, bookmarks, scopeOf(view)) : source;
    },
    featureEdits: storeFeatureEdits(pool, layers),
    featureLocks: storeFeatureLocks(pool, layers),
    storedQueries: storeStoredQueries(pool),
    catalogue,
    cascade: openCascade({
      ...{ pool, privateHosts: config.cascadePrivateHosts },
      onFault: (error) => log.warn({ err: error }, 'the state of an outside source could not be kept'),
    }),
    metadata: storeMetadata(pool, catalogue),
    dossiers: storeDossiers({ poolFor: poolOf, layers, catalogue, sensors }),
    search: storeSearch(publicPool, layers),
    maps: (view) => postgisMaps(poolOf(view), view, versions, shapesOfPictures),
    pictures,
    keptPictures: (view) => keptPictures(pictureCache, scopeOf(view)),
    vectorTiles: (view) =>
      cachedTiles(postgisVectorTiles(poolOf(view), layers, view, versions), vectorCache, scopeOf(view)),
    mapTiles: (view) =>
      cachedTiles(
        pictureTiles({
          layers: () => catalogue.layers(view),
          maps: postgisMaps(poolOf(view), view, versions, shapesOfPictures),
          pictures,
        }),
        pictureCache,
        scopeOf(view),
      ),
    tiles3d: (view) =>
      cachedDocuments(
        allSets(
          tilesetSource(postgisBuildings(poolOf(view), layers, view, versions), geoid),
          networkTileset(postgisNetworks(laidCity(view), view), geoid),
          treeTileset(postgisTrees(laidCity(view), view), geoid),
        ),
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
      runConsequences(runs.service, scenarios, consequenceBoxes(publicPool, layers, scenarios, ground)),
      [trafficRows(runs.service, scenarios), outsideRows(pool, scenarios)],
    ),
    parcelChecks,
    keptFindings: storeKeptFindings(pool),
    modelMismatches: storeModelMismatches(poolOf, layers),
    modelChanges: storeModelChanges(pool, layers),
    capacity: storeCapacity(publicPool, layers, scenarios, ground, runModel),
    digChecks: storeDigChecks({ poolOf, layers, catalogue, ground, shapes }),
    groundVolumes: storeGroundVolumes(ground, shapes),
    sites: storeSites(publicPool, layers),
    siting: offerSiting({ poolOf, layers, scenarios, parcelChecks, threads: sitingThreads }),
    obstructions: storeObstructions(pool, layers),
    tokens: storeAccounts(pool),
    clients,
    terrain: ({ scenario }) =>
      scenario
        ? terrain.shaped(async () => ({ shapes: await shapes(scenario), srid: config.city.srid }), bareGround)
        : bareGround,
    groundModel,
    sensors,
    live: hub,
    transit: storeTransit(publicPool),
    quality: storeQualityReports(publicPool),
    alerts: storeAlerts(pool),
    sources: storeSensorSources(pool),
    health: storeHealth(pool),
    operations: metrics.operations,
  };
  return {
    services,
    answered: metrics.answered,
    admission,
    endStreams: () => hub.close(),
    close: async () => {
      metrics.close();
      await uses.close();
      await audit.close();
      await duties.close();
      await runs.close();
      await sitingThreads.close();
      await answerThreads.close();
      await pictures.close();
      await documents.close();
      await terrain.close();
    },
  };
}

/** Written objects may take a sixteenth of the machine's memory, and as much the shapes of pictures: 128 MB each where a small town has 2 GB. */
const keptBytes = (): number => Math.min(MOST_KEPT_BYTES, totalmem() / 16);
const MOST_KEPT_BYTES = 256 * 2 ** 20;

/** What was recorded until a moment that has passed stays as it is. */
const isPast = ({ at, scenario }: View): boolean =>
  at !== undefined && !scenario && at.getTime() < Date.now();

/** What is seen depends on roles and the state of the city, so people of the same view share kept tiles. */
const scopeOf = ({ who, at, scenario }: View): string =>
  [...who.roles.toSorted(), at?.getTime() ?? '', scenario?.id ?? ''].join(' ');
