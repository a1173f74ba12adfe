import { Command } from 'commander';
import { readConfig } from '../../server/config.ts';
import { terrainFile } from '../../server/lifecycle/terrain-file.ts';
import { REGISTRY } from '../../server/runs/registry.ts';
import { rerun } from '../../server/runs/rerun.ts';
import { layersOf } from '../../server/store/layers.ts';
import { terrainGround } from '../../server/store/settle/terrain-ground.ts';
import { EGM96 } from '../../tiles/terrain/egm96.ts';
import { openTerrain } from '../../tiles/terrain/open-terrain.ts';
import { EXIT, reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';

/** `rerun`: a run of a model once more, from the same city, edits and parameters; prints its result. */
export function rerunCommand(): Command {
  return new Command('rerun')
    .description('make a run of a model again and compare it with the stored one byte by byte')
    .argument('<run>', 'its id, 32 hexadecimal digits, as in /api/runs/<id>')
    .action(async (run: string) => {
      process.exitCode = await runAgain(run);
    });
}

/** @returns the exit status: 0 when the bytes are the same */
async function runAgain(id: string): Promise<number> {
  try {
    const { stored, made } = await withDatabase(async ({ pool, progress, signal }) => {
      const config = readConfig(process.env);
      const terrain = await openTerrain(await terrainFile(pool, config, progress), EGM96);
      try {
        const ground = terrainGround(terrain, config.city.srid);
        return await rerun({ pool, layers: layersOf(pool), ground }, REGISTRY, id, signal);
      } finally {
        await terrain.close();
      }
    });
    process.stdout.write(`${made}\n`);
    if (stored === made) {
      process.stderr.write('✓ The same bytes as the stored result\n');
      return 0;
    }
    const why =
      stored === undefined ? 'There is no stored result to compare with' : 'The stored result differs';
    process.stderr.write(`✗ ${why}\n`);
    return EXIT.failure;
  } catch (error) {
    return reportFailure(error);
  }
}
