/** Sun and sky around edited buildings, in both states: what the rows of light are made from. */

import type { RunWatch } from '../model.ts';
import type { BuildingShape } from '../sun/building-shape.ts';
import { equinoxDays } from '../sun/equinoxes.ts';
import { wholeGround } from '../sun/ground-grid.ts';
import { boxOf, coveredRaster, type HeightRaster, heightRaster } from '../sun/height-raster.ts';
import { type NeighbourPoint, neighbourPoints } from '../sun/neighbour-points.ts';
import type { Obstacles } from '../sun/obstacles.ts';
import { sunDay } from '../sun/sun-day.ts';
import { sunHoursMap } from '../sun/sun-hours-map.ts';
import {
  BARE,
  obstaclesAround,
  type Surroundings,
  type ToldSurroundings,
  toldSurroundings,
  treeShapes,
} from '../sun/surroundings.ts';
import { skyViewFactor } from '../view/horizon.ts';
import type { LightFacts } from './facts.ts';

/** One state. */
export interface LightMeasures {
  readonly points: readonly NeighbourPoint[];
  /** Minutes of sun of each cell of ground that is open in both states; -1 for others. */
  readonly groundMin: Int16Array;
  /** The same where every tree is a wall and ground under crowns is dark. */
  readonly groundMinWithTrees: Int16Array;
  readonly cellM: number;
  /** Error of a cell near the edge of a shadow. */
  readonly errorMin: number;
  /** Sky view factor of level ground, 0 to 1, at places that are open in both states. */
  readonly skies: readonly number[];
  readonly skiesWithTrees: readonly number[];
  readonly surroundings: ToldSurroundings;
}

/** How far around the edits the table looks for light. */
export const LIGHT_AROUND_M = 100;
/** How far from there buildings still cast their shadow or hide the sky. */
export const LIGHT_REACH_M = 300;

const STEP_MIN = 5;
const FINEST_CELL_M = 2;
const MOST_CELLS = 60_000;
const MOST_SKIES = 150;
const EYE_M = 1.6;

type State = 'before' | 'after';
const STATES = ['before', 'after'] as const;

/** @param watch of this part of the work */
export function lightOf(
  facts: LightFacts,
  lawDate: string,
  watch: RunWatch,
): Readonly<Record<State, LightMeasures>> {
  const part = (from: number, size: number): RunWatch => ({
    ...watch,
    progress: (done) => watch.progress(from + size * done),
  });
  const { surroundings = BARE } = facts;
  const around = {
    before: obstaclesAround(facts.before, surroundings.before),
    after: obstaclesAround(facts.after, surroundings.after),
  };
  const points = neighbourPoints(facts, lawDate, around, part(0, 0.6));
  const ground = groundOf(facts, lawDate, part(0.6, 0.25));
  const bare = { before: around.before.bare, after: around.after.bare };
  const skies = skiesOf(ground, bare, part(0.85, 0.07));
  const leafy = { before: around.before.withTrees, after: around.after.withTrees };
  const skiesWithTrees = skiesOf(ground, leafy, part(0.92, 0.08));
  const of = (state: State): LightMeasures => ({
    points: points[state],
    groundMin: ground.minutes[state],
    groundMinWithTrees: ground.minutesWithTrees[state],
    cellM: ground.cellM,
    errorMin: 2 * STEP_MIN,
    skies: skies[state],
    skiesWithTrees: skiesWithTrees[state],
    surroundings: toldSurroundings(surroundings),
  });
  return { before: of('before'), after: of('after') };
}

interface Ground {
  readonly minutes: Readonly<Record<State, Int16Array>>;
  readonly minutesWithTrees: Readonly<Record<State, Int16Array>>;
  readonly cellM: number;
  readonly columns: number;
  readonly origin: readonly [number, number];
  /** Of the after state, without the margin; where it is open it is the ground of both. */
  readonly heights: Float32Array;
}

/** The whole day of the spring equinox. */
function groundOf(
  { place, around, before, after, surroundings = BARE }: LightFacts,
  lawDate: string,
  watch: RunWatch,
): Ground {
  const [minE, minN, maxE, maxN] = around;
  const cellM = Math.max(FINEST_CELL_M, Math.sqrt(((maxE - minE) * (maxN - minN)) / MOST_CELLS));
  const margin = Math.ceil(LIGHT_REACH_M / cellM);
  const [columns, rows] = [Math.ceil((maxE - minE) / cellM), Math.ceil((maxN - minN) / cellM)];
  const frame = {
    origin: [minE - margin * cellM, minN - margin * cellM] as const,
    cellM,
    columns: columns + 2 * margin,
    rows: rows + 2 * margin,
  };
  const day = equinoxDays(Number(lawDate.slice(0, 4))).spring;
  const sun = sunDay(place, { day, clock: 'legal', fromMinute: 0, toMinute: 1440 });
  let swept = 0;
  const sweptOver = (raster: HeightRaster): Uint16Array => {
    const from = swept++;
    const own = { ...watch, progress: (done: number) => watch.progress((from + done) / 4) };
    return sunHoursMap(raster, sun, { stepMin: STEP_MIN, margin }, own).minutes;
  };
  const study = (shapes: readonly BuildingShape[], { relief, trees }: Surroundings) => {
    const raster = heightRaster(frame, shapes, relief);
    const minutes = sweptOver(raster);
    return {
      minutes,
      minutesWithTrees: trees.length > 0 ? leafy(raster, shapes, { relief, trees }) : minutes,
      roofed: inner(raster, raster.roofed, margin),
      heights: inner(raster, raster.heights, margin),
    };
  };
  const leafy = (raster: HeightRaster, shapes: readonly BuildingShape[], { relief, trees }: Surroundings) => {
    const crowns = treeShapes(trees, wholeGround(relief, boxOf(frame), shapes));
    const { raster: under, covered } = coveredRaster(raster, crowns);
    const dark = inner(raster, covered, margin);
    return sweptOver(under).map((minutes, at) => (dark[at] ? 0 : minutes));
  };
  const [was, is] = [study(before, surroundings.before), study(after, surroundings.after)];
  const open = (minutes: Uint16Array) =>
    Int16Array.from(minutes, (value, at) => (was.roofed[at] || is.roofed[at] ? -1 : value));
  return {
    minutes: { before: open(was.minutes), after: open(is.minutes) },
    minutesWithTrees: { before: open(was.minutesWithTrees), after: open(is.minutesWithTrees) },
    ...{ cellM, columns, origin: [minE, minN], heights: is.heights },
  };
}

function inner<T extends Uint8Array | Float32Array>(
  { columns, rows }: HeightRaster,
  values: T,
  margin: number,
): T {
  const [width, depth] = [columns - 2 * margin, rows - 2 * margin];
  const cut = values.slice(0, width * depth) as T;
  for (let row = 0; row < depth; row++) {
    const from = (row + margin) * columns + margin;
    cut.set(values.subarray(from, from + width), row * width);
  }
  return cut;
}

/** At evenly spread cells of open ground, from the eyes of somebody who stands there. */
function skiesOf(
  { minutes, heights, columns, cellM, origin }: Ground,
  obstacles: Readonly<Record<State, Obstacles>>,
  watch: RunWatch,
): Readonly<Record<State, readonly number[]>> {
  const cells = minutes.after.length;
  const every = Math.max(1, Math.ceil(Math.sqrt(cells / MOST_SKIES)));
  const places: (readonly [number, number, number])[] = [];
  for (let at = 0; at < cells; at++) {
    const [column, row] = [at % columns, Math.floor(at / columns)];
    if (column % every !== every >> 1 || row % every !== every >> 1 || (minutes.after[at] ?? -1) < 0)
      continue;
    const [east, north] = [origin[0] + (column + 0.5) * cellM, origin[1] + (row + 0.5) * cellM];
    places.push([east, north, (heights[at] ?? 0) + EYE_M]);
  }
  const seen: Record<State, number[]> = { before: [], after: [] };
  for (const [n, place] of places.entries()) {
    watch.progress(n / places.length);
    if (!watch.isWanted()) break;
    for (const state of STATES) seen[state].push(skyViewFactor(obstacles[state], place));
  }
  return seen;
}
