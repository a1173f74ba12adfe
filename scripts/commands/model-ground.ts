import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { invalidParameter } from '../../core/errors.ts';
import { csvLine } from '../../core/formats/csv.ts';
import { readConfig } from '../../server/config.ts';
import { terrainFile } from '../../server/lifecycle/terrain-file.ts';
import { OFFICE } from '../../server/orders/office-view.ts';
import { type GroundCheck, groundGaps } from '../../server/store/ground-gaps.ts';
import { layersOf } from '../../server/store/layers.ts';
import { terrainGround } from '../../server/store/settle/terrain-ground.ts';
import { EGM96 } from '../../tiles/terrain/egm96.ts';
import { openTerrain } from '../../tiles/terrain/open-terrain.ts';
import { reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';

interface GroundFlags {
  readonly mostM: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** Buildings told on the terminal; all are in the file. */
const TOLD = 10;

/** `model ground`: buildings of the 3D model whose foot is off the ground of the terrain model. */
export const modelGroundCommand = (): Command =>
  new Command('ground')
    .description('list the buildings whose foot is not on the ground of the terrain')
    .option('--most-m <metres>', 'differences up to this are none', '0.5')
    .option('--out <file>', 'write all of them as CSV')
    .option('--json', 'print all of them as one JSON document on standard output')
    .action(async (flags: GroundFlags) => {
      try {
        const mostM = Number(flags.mostM);
        if (!(mostM >= 0 && mostM <= 1_000)) {
          throw invalidParameter('most-m', `--most-m must be metres from 0 to 1000, got "${flags.mostM}"`);
        }
        const found = await compare(mostM);
        if (flags.out !== undefined) await writeFile(flags.out, csvOf(found));
        if (flags.json)
          process.stdout.write(`${JSON.stringify({ command: 'model ground', ok: true, mostM, ...found })}\n`);
        else tell(found, mostM);
      } catch (error) {
        process.exitCode = reportFailure(error);
      }
    });

const compare = (mostM: number): Promise<GroundCheck> =>
  withDatabase(async ({ pool, progress, signal }) => {
    const config = readConfig(process.env);
    const terrain = await openTerrain(await terrainFile(pool, config, progress), EGM96);
    try {
      const ground = terrainGround(terrain, config.city.srid);
      progress.step('Ground under the buildings');
      const place = { pool, layers: layersOf(pool), ground };
      return await groundGaps(place, { who: OFFICE }, mostM, signal, (done, total) =>
        progress.count(done, total),
      );
    } finally {
      await terrain.close();
    }
  });

const csvOf = ({ gaps }: GroundCheck): string =>
  [
    csvLine(['id', 'foot_m', 'ground_m', 'difference_m', 'easting', 'northing']),
    ...gaps.map(({ id, ...each }) =>
      csvLine([
        id,
        ...[each.footM, each.groundM, each.differenceM, each.easting, each.northing].map((metres) =>
          metres.toFixed(2),
        ),
      ]),
    ),
  ].join('');

function tell({ compared, notCompared, gaps }: GroundCheck, mostM: number): void {
  const unknown = notCompared.length > 0 ? `, ${notCompared.length} where the terrain is not known` : '';
  process.stdout.write(
    `✓ ${compared} buildings compared${unknown}; ${gaps.length} more than ${mostM} m off the ground\n`,
  );
  for (const { id, footM, groundM, differenceM } of gaps.slice(0, TOLD)) {
    const side = differenceM > 0 ? 'above' : 'below';
    process.stdout.write(
      `  ${id}: foot at ${footM.toFixed(2)} m, ${Math.abs(differenceM).toFixed(2)} m ${side} the ground at ${groundM.toFixed(2)} m\n`,
    );
  }
  if (gaps.length > TOLD) process.stdout.write(`  … and ${gaps.length - TOLD} more (--out FILE.csv)\n`);
}
