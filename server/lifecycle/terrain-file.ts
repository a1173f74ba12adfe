import type { Config } from '../config.ts';
import { terrainInUse } from '../exchange/terrain-shelf.ts';
import type { Pool } from '../store/pool.ts';
import { demoTerrain } from './demo.ts';
import type { Progress } from './progress.ts';

/** The model of the ground: the one that the settings name, else the one that was loaded, else that of the demo city. */
export const terrainFile = async (
  pool: Pool,
  config: Config,
  progress: Progress,
): Promise<string | undefined> =>
  config.terrain ?? (await terrainInUse(config.dataDir))?.path ?? (await demoTerrain(pool, config, progress));
