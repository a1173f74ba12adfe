/** Whether the bodies of the 3D model stand on the ground of the terrain model. */
import { BUILDINGS_3D } from '../../core/catalogue/buildings-3d.ts';
import { notFound } from '../../core/errors.ts';
import { positionsOf } from '../../core/geo/geometry.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import type { View } from '../access/view.ts';
import { OUTLINE } from './building-outline.ts';
import type { layersOf } from './layers.ts';
import type { Pool } from './pool.ts';
import { relationFor, rowsOf } from './relation.ts';
import type { Ground } from './settle/edited-city.ts';
import { sql } from './sql.ts';

/** A body whose foot is off the ground. Heights in metres, PL-EVRF2007-NH. */
export interface GroundGap {
  readonly id: string;
  /** Lowest height of the body. */
  readonly footM: number;
  /** Lowest ground within its outline. */
  readonly groundM: number;
  /** Above the ground positive, m. */
  readonly differenceM: number;
  /** A place within it, in the CRS of the city. */
  readonly easting: number;
  readonly northing: number;
}

export interface GroundCheck {
  readonly compared: number;
  /** Bodies where the terrain is not known. */
  readonly notCompared: readonly string[];
  /** The furthest off first. */
  readonly gaps: readonly GroundGap[];
}

interface Place {
  readonly pool: Pool;
  readonly layers: ReturnType<typeof layersOf>;
  readonly ground: Pick<Ground, 'lowestM'>;
}

/**
 * Compares the lowest height of each body that is not demolished with the lowest ground within its outline, which is
 * where a body of a flight stands by its specification. Bodies are read as a stream; what is found is held.
 * @param mostM differences up to this are none
 * @param onProgress told how many were looked at, of how many
 * @throws TwinError not-found when there are no 3D buildings to be known
 */
export async function groundGaps(
  { pool, layers, ground }: Place,
  view: View,
  mostM: number,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<GroundCheck> {
  const layer = (await layers()).find(({ name }) => name === BUILDINGS_3D.name);
  const relation = layer && relationFor(layer, view);
  if (!relation) throw notFound(`There is no layer ${BUILDINGS_3D.name}`, 'layer');
  const standing = sql`from (${rowsOf(relation)}) as building where state is distinct from 'demolished'`;
  const [all] = await pool.read<{ count: number }>(sql`select count(*) as count ${standing}`, signal);
  const rows = pool.stream<{
    id: string;
    foot_m: number;
    outline: Uint8Array;
    place_e: number;
    place_n: number;
  }>(
    sql`select id, foot_m, ST_AsBinary(outline) as outline, ST_X(place) as place_e, ST_Y(place) as place_n
      from (
        select id, ST_ZMin(geom) as foot_m, outline, ST_PointOnSurface(outline) as place
        from (
          select id, geom, coalesce(${OUTLINE}, ST_Envelope(ST_Force2D(geom))) as outline
          ${standing} offset 0
        ) as outlined offset 0
      ) as placed`,
    signal,
  );
  let compared = 0;
  const notCompared: string[] = [];
  const gaps: GroundGap[] = [];
  for await (const batch of rows) {
    for (const { id, foot_m: footM, outline, place_e: easting, place_n: northing } of batch) {
      const shell = [...positionsOf(readWkb(outline))].map(([e, n]) => [e, n] as const);
      const groundM = await ground.lowestM(shell, []);
      if (groundM === undefined) {
        notCompared.push(id);
        continue;
      }
      compared++;
      const differenceM = footM - groundM;
      if (Math.abs(differenceM) > mostM) gaps.push({ id, footM, groundM, differenceM, easting, northing });
    }
    onProgress(compared + notCompared.length, all?.count ?? compared);
  }
  gaps.sort((a, b) => Math.abs(b.differenceM) - Math.abs(a.differenceM) || (a.id < b.id ? -1 : 1));
  return { compared, notCompared, gaps };
}
