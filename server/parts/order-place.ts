/** Where orders are made: in the service, and by the command line on the database alone. */
import { EGM96 } from '../../tiles/terrain/egm96.ts';
import { readHeightGrids } from '../../tiles/terrain/height-grids.ts';
import { openTerrain } from '../../tiles/terrain/open-terrain.ts';
import { isStaff } from '../access/identity.ts';
import type { View } from '../access/view.ts';
import type { Config } from '../config.ts';
import { geoPackages } from '../geopackage/geo-packages.ts';
import type { Database } from '../lifecycle/open-database.ts';
import type { Progress } from '../lifecycle/progress.ts';
import { terrainFile } from '../lifecycle/terrain-file.ts';
import type { Log } from '../log.ts';
import type { OrderPlace } from '../orders/settle-order.ts';
import { storeCatalogue } from '../store/catalogue.ts';
import { layersOf } from '../store/layers.ts';
import { postgisMaps } from '../store/map-geometry.ts';
import { openDocumentThreads } from '../workers/document-threads.ts';

type Parts = Pick<OrderPlace, 'poolOf' | 'layers' | 'catalogue' | 'documents'>;

export const orderPlaceOf = (
  parts: Parts,
  { city }: Config,
  relief: OrderPlace['relief'],
  oldHeights: OrderPlace['oldHeights'],
): OrderPlace => ({
  ...{ ...parts, geoPackages, city, relief, oldHeights },
  maps: (view) => postgisMaps(parts.poolOf(view), view),
});

/** @throws TwinError as `readHeightGrids` */
export const oldHeightsOf = async ({ heightGrids }: Config): Promise<OrderPlace['oldHeights']> =>
  heightGrids === undefined ? undefined : readHeightGrids(heightGrids);

/** For a command: no tiles, no models, no queue. Close it at the end. */
export async function openOrderPlace(
  { pool, publicPool }: Pick<Database, 'pool' | 'publicPool'>,
  config: Config,
  progress: Progress,
  log: Log,
): Promise<{ readonly place: OrderPlace; close(): Promise<void> }> {
  const layers = layersOf(publicPool);
  const oldHeights = await oldHeightsOf(config);
  // Heights of orders are those of the model; no ellipsoid comes into it.
  const terrain = await openTerrain(await terrainFile(pool, config, progress), EGM96);
  const documents = openDocumentThreads({
    ...{ threads: 1, startsLate: true },
    onDeath: (cause) => log.error({ err: cause }, 'a thread that writes documents has died'),
  });
  const poolOf = ({ who }: View) => (isStaff(who) ? pool : publicPool);
  const parts = { poolOf, layers, catalogue: storeCatalogue(publicPool, layers), documents };
  return {
    place: orderPlaceOf(parts, config, () => terrain.relief, oldHeights),
    close: async () => {
      await documents.close();
      await terrain.close();
    },
  };
}
