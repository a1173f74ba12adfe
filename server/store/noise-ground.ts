/** Ground that sound passes over, of a whole city: the relief of the terrain model, softness by land cover. */
import { factorGrid, type NoiseGround, type SoftArea } from '../../core/analysis/noise/noise-ground.ts';
import type { GroundBox, GroundGrid } from '../../core/analysis/sun/ground-grid.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import type { View } from '../access/view.ts';
import { shapesOfEdits } from './scenario-shapes.ts';
import { sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

export const NOISE_GROUND_LAYERS = ['land_cover', 'water'] as const;

const MOST_POSTS = 250_000;
const FINEST_STEP_M = 10;
const MOST_CELLS = 4_000_000;
const CELL_M = 10;
/** Where no share of sealed ground is given: gravel and compacted lawns, the middle of CNOSSOS table 2.5.a. */
const UNKNOWN_FACTOR = 0.5;

/** @param box around everything that sounds or hears */
export async function noiseGround(city: StudiedCity, view: View, box: GroundBox): Promise<NoiseGround> {
  const areaM2 = Math.max(1, (box[2] - box[0]) * (box[3] - box[1]));
  const shapes = view === city.base ? [] : shapesOfEdits(city.edits);
  const postM = Math.max(FINEST_STEP_M, Math.sqrt(areaM2 / MOST_POSTS));
  const relief = await city.ground.grid(box, postM, shapes);
  const cellM = Math.max(CELL_M, Math.sqrt(areaM2 / MOST_CELLS));
  return { relief: relief && known(relief), factor: factorGrid(box, cellM, await softAreas(city, view)) };
}

async function softAreas(city: StudiedCity, view: View): Promise<readonly SoftArea[]> {
  const rows = await city.read<{ factor: number; wkb: Uint8Array }>(
    sql`select 1 - least(100, greatest(0, coalesce(sealed_share_pct, ${100 * (1 - UNKNOWN_FACTOR)}::float8))) / 100 as factor,
        ST_AsBinary(geom) as wkb, 0 as over, id from ${studiedRows(city, 'land_cover', view)} as cover
      union all
      select 0 as factor, ST_AsBinary(geom) as wkb, 1 as over, id from ${studiedRows(city, 'water', view)} as water
      order by over, id`,
  );
  return rows.flatMap(({ factor, wkb }) => polygonsOf(readWkb(wkb)).map((rings) => ({ rings, factor })));
}

function polygonsOf(geometry: Geometry): readonly SoftArea['rings'][] {
  if (geometry.type === 'Polygon') return [geometry.coordinates];
  return geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
}

/** Posts without a height take the nearest one of their row, or of the row before; undefined where none has any. */
function known(grid: GroundGrid): GroundGrid | undefined {
  const { columns, heights } = grid;
  if (!heights.some(Number.isNaN)) return grid;
  const filled = heights.slice();
  const take = (at: number, from: number) => {
    const height = filled[from];
    if (Number.isNaN(filled[at] as number) && height !== undefined) filled[at] = height;
  };
  for (let at = 1; at < filled.length; at++) if (at % columns > 0) take(at, at - 1);
  for (let at = filled.length - 2; at >= 0; at--) if ((at + 1) % columns > 0) take(at, at + 1);
  for (let at = columns; at < filled.length; at++) take(at, at - columns);
  for (let at = filled.length - columns - 1; at >= 0; at--) take(at, at + columns);
  return filled.some(Number.isNaN) ? undefined : { ...grid, heights: filled };
}
