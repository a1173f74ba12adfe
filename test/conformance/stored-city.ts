/** The sample city in a real PostGIS behind a real server, as tools outside see it. */

import type { Feature } from '../../core/feature/feature.ts';
import { ANONYMOUS, type Identity } from '../../server/access/identity.ts';
import { openLog } from '../../server/log.ts';
import { withMoreRows } from '../../server/runs/more-rows.ts';
import { openRuns } from '../../server/runs/open-runs.ts';
import { outsideRows } from '../../server/runs/outside-rows.ts';
import { runConsequences } from '../../server/runs/run-consequences.ts';
import { offerSiting } from '../../server/runs/siting.ts';
import type { Services } from '../../server/services.ts';
import { postgisBuildings } from '../../server/store/building-tiles.ts';
import { storeCapacity } from '../../server/store/capacity.ts';
import { storeCatalogue } from '../../server/store/catalogue.ts';
import { consequenceBoxes } from '../../server/store/consequence-box.ts';
import { storeDossiers } from '../../server/store/dossier/dossiers.ts';
import { storeFeatureEdits } from '../../server/store/feature-edits.ts';
import { storeFeatureLocks } from '../../server/store/feature-locks.ts';
import { postgisSource } from '../../server/store/features.ts';
import { storeHealth } from '../../server/store/health.ts';
import { layersOf } from '../../server/store/layers.ts';
import { beginLoad } from '../../server/store/load.ts';
import { postgisMaps } from '../../server/store/map-geometry.ts';
import { storeMetadata } from '../../server/store/metadata-records.ts';
import { storeParcelChecks } from '../../server/store/parcel-checks.ts';
import type { Pool } from '../../server/store/pool.ts';
import { relationFor } from '../../server/store/relation.ts';
import { storeScenarioLife } from '../../server/store/scenarios/scenario-life.ts';
import { storeScenarios } from '../../server/store/scenarios.ts';
import { storeSearch } from '../../server/store/search.ts';
import { storeSites } from '../../server/store/sites.ts';
import { storeStoredQueries } from '../../server/store/stored-queries.ts';
import { postgisVectorTiles } from '../../server/store/vector-tiles.ts';
import { openModelThreads } from '../../server/workers/model-threads.ts';
import { makePicture } from '../../tiles/picture/picture-maker.ts';
import { pictureTiles } from '../../tiles/picture/picture-tiles.ts';
import { EGM96 } from '../../tiles/terrain/egm96.ts';
import { tilesetSource } from '../../tiles/tileset/tileset-source.ts';
import { testDatabase } from '../support/database.ts';
import { flatGround } from '../support/flat-ground.ts';
import { runModelHere } from '../support/run-model-here.ts';
import { type RunningApp, runApp } from '../support/running-app.ts';
import { sampleFeatures, sampleServices } from '../support/sample-city.ts';

export interface StoredCity extends RunningApp {
  readonly pool: Pool;
}

/** The ground under everything that is planned here. */
export const SAMPLE_GROUND_M = 71.25;

/** Who asks, by the Authorization header. */
const ACCOUNTS: Readonly<Record<string, Identity>> = {
  anna: { who: 'anna', roles: ['public', 'staff'] },
  bartek: { who: 'bartek', roles: ['public', 'staff'] },
  guest: { who: 'guest', roles: ['public'] },
};

/**
 * @param city its features, or how many parcels of the sample
 * @param options `modelThreads`: how many runs of models it computes at a time; without it there are no runs
 */
export async function storedCity(
  city: number | readonly Feature[],
  { modelThreads }: { readonly modelThreads?: number } = {},
): Promise<StoredCity> {
  const features = typeof city === 'number' ? sampleFeatures(city) : city;
  const database = await testDatabase();
  const { pool } = database;
  const load = await beginLoad(pool, {
    dataset: 'city',
    srid: 2177,
    fileName: 'sample-city.ts',
    format: 'generated',
    source: 'sample city',
    synthetic: true,
    dryRun: false,
    allowOutside: true,
  });
  for (const feature of features) await load.write(feature, 2177, false);
  const { rejected } = await load.finish();
  if (rejected.length > 0) throw new Error(`The sample was rejected: ${JSON.stringify(rejected[0])}`);
  const layers = layersOf(pool);
  const ground = flatGround(SAMPLE_GROUND_M);
  const scenarios = storeScenarios(pool, layers, ground);
  const runs =
    modelThreads === undefined
      ? undefined
      : await openRuns({
          ...{ databaseUrl: database.url, pool, place: { pool, layers, ground }, threads: modelThreads },
          log: openLog({ level: 'silent', format: 'json' }),
        });
  const catalogue = storeCatalogue(pool, layers);
  const parcelChecks = storeParcelChecks(pool, layers, scenarios, ground, runModelHere);
  // The question that a thread dies of is refused, which its test sees.
  const sitingThreads = openModelThreads({ threads: 1, onDeath: () => {} });
  const services: Services = {
    ...sampleServices(0),
    ...(runs && {
      runs: runs.service,
      consequences: withMoreRows(
        runConsequences(runs.service, scenarios, consequenceBoxes(pool, layers, scenarios, ground)),
        [outsideRows(pool, scenarios)],
      ),
    }),
    featuresFor: (view) => postgisSource(pool, layers, (layer) => relationFor(layer, view)),
    featureEdits: storeFeatureEdits(pool, layers),
    featureLocks: storeFeatureLocks(pool, layers),
    storedQueries: storeStoredQueries(pool),
    maps: (view) => postgisMaps(pool, view),
    vectorTiles: (view) => postgisVectorTiles(pool, layers, view),
    mapTiles: (view) =>
      pictureTiles({
        layers: () => catalogue.layers(view),
        maps: postgisMaps(pool, view),
        pictures: { make: async (order) => makePicture(order) },
      }),
    tiles3d: (view) => tilesetSource(postgisBuildings(pool, layers, view), EGM96),
    catalogue,
    metadata: storeMetadata(pool, catalogue),
    search: storeSearch(pool, layers),
    parcelChecks,
    dossiers: storeDossiers({
      poolFor: () => pool,
      layers,
      catalogue,
      sensors: { overview: async () => [] },
    }),
    capacity: storeCapacity(pool, layers, scenarios, ground, runModelHere),
    sites: storeSites(pool, layers),
    siting: offerSiting({ poolOf: () => pool, layers, scenarios, parcelChecks, threads: sitingThreads }),
    scenarios,
    scenarioLife: storeScenarioLife(pool, layers, ground),
    health: storeHealth(pool),
  };
  const app = await runApp(services, {
    identify: ({ authorization }) => ACCOUNTS[authorization ?? ''] ?? ANONYMOUS,
  });
  return {
    ...app,
    pool,
    close: async () => {
      await app.close();
      await runs?.close();
      await sitingThreads.close();
      await database.drop();
    },
  };
}
