/** Ground and trees around what is studied, in both states. */
import type { GroundGrid } from '../../core/analysis/sun/ground-grid.ts';
import type { SurroundingsOfBothStates, TreeCrown } from '../../core/analysis/sun/surroundings.ts';
import { boxOf } from '../../core/scenario/shaped-ground.ts';
import type { View } from '../access/view.ts';
import { type Box, boxAround } from './building-shapes.ts';
import { shapesOfEdits } from './scenario-shapes.ts';
import { sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

/** A wide box has its posts farther apart. */
const MOST_POSTS = 10_000;
const FINEST_STEP_M = 5;
/** More within reach are none that a street scene has: then the study is without them. */
const MOST_TREES = 30_000;

interface Tree {
  readonly id: string;
  readonly e: number;
  readonly n: number;
  readonly heightM: number | null;
  readonly crownM: number | null;
}

export async function surroundingsWithin(city: StudiedCity, box: Box): Promise<SurroundingsOfBothStates> {
  const shapes = shapesOfEdits(city.edits).filter((shape) => meets(boxOf(shape), box));
  const relief = await groundOf(city, box, []);
  const treesAfter = await treesIn(city, city.view, box);
  const isTreesChanged = city.edits.some(({ objects }) => objects.some(({ layer }) => layer === 'trees'));
  const treesBefore = isTreesChanged ? await treesIn(city, city.base, box) : treesAfter;
  return {
    before: { relief, trees: sized(treesBefore) },
    after: {
      relief: shapes.length > 0 ? await groundOf(city, box, shapes) : relief,
      trees: sized(treesAfter),
    },
    isChanged: isTreesChanged || shapes.length > 0,
    unsizedTrees: treesAfter.length - sized(treesAfter).length,
  };
}

/** The box around the ground that edits shape; undefined when they shape none. */
export function shapedBox({ edits }: StudiedCity): Box | undefined {
  return boxAround(
    shapesOfEdits(edits).map((shape): Box => {
      const { minX, minY, maxX, maxY } = boxOf(shape);
      return [minX, minY, maxX, maxY];
    }),
  );
}

function groundOf(
  { ground }: StudiedCity,
  box: Box,
  shapes: ReturnType<typeof shapesOfEdits>,
): Promise<GroundGrid | undefined> {
  const [minE, minN, maxE, maxN] = box;
  const stepM = Math.max(FINEST_STEP_M, Math.sqrt(((maxE - minE) * (maxN - minN)) / MOST_POSTS));
  return ground.grid(box, stepM, shapes);
}

async function treesIn(
  city: StudiedCity,
  view: View,
  [minE, minN, maxE, maxN]: Box,
): Promise<readonly Tree[]> {
  const rows = await city.read<Tree>(
    sql`select id, ST_X(geom) as e, ST_Y(geom) as n, height_m as "heightM", crown_diameter_m as "crownM"
      from ${studiedRows(city, 'trees', view)} as tree
      where geom && ST_MakeEnvelope(${minE}::float8, ${minN}::float8, ${maxE}::float8, ${maxN}::float8, 2177)
      order by id limit ${MOST_TREES + 1}::bigint`,
  );
  return rows.length > MOST_TREES ? [] : rows;
}

const sized = (trees: readonly Tree[]): readonly TreeCrown[] =>
  trees.flatMap(({ id, e, n, heightM, crownM }) =>
    heightM !== null && crownM !== null && heightM > 0 && crownM > 0 ? [{ id, e, n, heightM, crownM }] : [],
  );

const meets = (
  { minX, minY, maxX, maxY }: ReturnType<typeof boxOf>,
  [minE, minN, maxE, maxN]: Box,
): boolean => minX <= maxE && maxX >= minE && minY <= maxN && maxY >= minN;
