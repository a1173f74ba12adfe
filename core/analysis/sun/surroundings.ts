/**
 * What stands between buildings: ground and trees, in both states of a studied city. Ground is known and hides; how much
 * of the sun a crown lets through is not, so a study is made once as if there were no trees and once as if each were a
 * wall down to the ground: the truth lies between.
 */
import { z } from 'zod';
import type { BuildingShape, Corner } from './building-shape.ts';
import { type GroundBox, type GroundGrid, groundAt, wholeGround } from './ground-grid.ts';
import { type Obstacles, obstaclesOf } from './obstacles.ts';

/** A tree whose size the inventory knows. */
export interface TreeCrown {
  readonly id: string;
  readonly e: number;
  readonly n: number;
  readonly heightM: number;
  readonly crownM: number;
}

export interface Surroundings {
  /** Undefined where there is no terrain model. */
  readonly relief?: GroundGrid | undefined;
  readonly trees: readonly TreeCrown[];
}

export interface SurroundingsOfBothStates {
  readonly before: Surroundings;
  readonly after: Surroundings;
  /** Whether edits shape the ground or touch trees: false when both states are alike. */
  readonly isChanged: boolean;
  /** Trees of the state after whose size nobody knows: they are left out. */
  readonly unsizedTrees: number;
}

/** Nothing is known of the ground, and no tree. */
export const BARE: SurroundingsOfBothStates = {
  before: { trees: [] },
  after: { trees: [] },
  isChanged: false,
  unsizedTrees: 0,
};

const SIDES = 8;

/** Each tree as a post of eight sides round its crown: no gap of a real crown is missing from it. */
export function treeShapes(trees: readonly TreeCrown[], ground: GroundGrid): readonly BuildingShape[] {
  const widened = 1 / Math.cos(Math.PI / SIDES) / 2;
  return trees.map(({ id, e, n, heightM, crownM }) => {
    const top = groundAt(ground, e, n) + heightM;
    const ring = Array.from({ length: SIDES }, (_, k): Corner => {
      const turn = ((k + 0.5) / SIDES) * 2 * Math.PI;
      return [e + Math.cos(turn) * crownM * widened, n + Math.sin(turn) * crownM * widened, top];
    });
    return { id, surfaceKinds: 'R', surfaces: [[ring]] };
  });
}

/** What hides the sky: without trees, and with every tree a wall. Both are one where there are no trees. */
export interface ObstaclesAround {
  readonly bare: Obstacles;
  readonly withTrees: Obstacles;
}

export function obstaclesAround(
  shapes: readonly BuildingShape[],
  { relief, trees }: Surroundings,
): ObstaclesAround {
  const bare = obstaclesOf(shapes, relief);
  if (trees.length === 0) return { bare, withTrees: bare };
  const crowns = treeShapes(trees, wholeGround(relief, boxOf(trees), shapes));
  return { bare, withTrees: obstaclesOf(shapes, relief, crowns) };
}

function boxOf(trees: readonly TreeCrown[]): GroundBox {
  const [es, ns] = [trees.map(({ e }) => e), trees.map(({ n }) => n)];
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
  return [least(es), least(ns), most(es) + 1, most(ns) + 1];
}

/** What was known of ground and trees, as results tell it. */
export const surroundingsSchema = z.object({
  relief: z
    .enum(['terrain', 'feet-of-buildings'])
    .describe('Where the ground comes from: a terrain model, or laid through the feet of buildings'),
  trees: z.int().describe('Trees within reach'),
  unsizedTrees: z.int().describe('Trees left out because the inventory does not know their size'),
});

export type ToldSurroundings = z.infer<typeof surroundingsSchema>;

export const toldSurroundings = ({ after, unsizedTrees }: SurroundingsOfBothStates): ToldSurroundings => ({
  relief: after.relief ? 'terrain' : 'feet-of-buildings',
  trees: after.trees.length,
  unsizedTrees,
});
