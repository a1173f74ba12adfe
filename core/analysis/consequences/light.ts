/** Sun and sky around edited buildings, in both states: what the rows of light are made from. */

import type { RunWatch } from '../model.ts';
import type { BuildingShape } from '../sun/building-shape.ts';
import { builtGround } from '../sun/built-ground.ts';
import { equinoxDays } from '../sun/equinoxes.ts';
import { wholeGround } from '../sun/ground-grid.ts';
import { boxOf, coveredRaster, type HeightRaster, heightRaster } from '../sun/height-raster.ts';
import { type Obstacles, obstaclesOf } from '../sun/obstacles.ts';
import { obstructionsBefore } from '../sun/open-sector.ts';
import { type SunDay, sunDay } from '../sun/sun-day.ts';
import { sunHoursMap } from '../sun/sun-hours-map.ts';
import { inForce, OPEN_SECTOR_RULES, type Rooms, SUN_RULES } from '../sun/sun-rules.ts';
import { sunlightOn, sunMinutes, type WindowPoint } from '../sun/sunlight.ts';
import {
  BARE,
  type ObstaclesAround,
  obstaclesAround,
  type Surroundings,
  type ToldSurroundings,
  toldSurroundings,
  treeShapes,
} from '../sun/surroundings.ts';
import { type FacadePoint, facadePoints } from '../sun/window-points.ts';
import { skyViewFactor } from '../view/horizon.ts';
import type { LightFacts } from './facts.ts';

/** A point on a façade of a neighbour: of a building that is there, and the same, in both states. */
export interface LitPoint {
  readonly id: string;
  /** Undefined for rooms of which no rule asks sun. */
  readonly lacksSun?: boolean;
  /** The same where every tree is a wall down to the ground. */
  readonly lacksSunWithTrees?: boolean;
  /** Whether heights as wrong as they may be would turn that round. */
  readonly sunIsNear?: boolean;
  /** How much farther the nearest obstacle would have to be (§ 13), 0 when it is far enough; undefined: not asked. */
  readonly lackingM?: number;
}

/** One state. */
export interface LightMeasures {
  readonly points: readonly LitPoint[];
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

/** Of roofs in the models: what it decides is told as within accuracy. */
export const LIGHT_HEIGHT_BOUND_M = 0.3;
/** How far around the edits the table looks for light. */
export const LIGHT_AROUND_M = 100;
/** How far from there buildings still cast their shadow or hide the sky. */
export const LIGHT_REACH_M = 300;

const SPACING_M = 3;
const SILL_M = 0.9;
const WALL_M = 0.4;
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
  const points = pointsOf(facts, lawDate, around, part(0, 0.6));
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

interface Asked {
  readonly requiredMin: number;
  /** Minutes on the worse of the two days. */
  minutes(state: State, point: WindowPoint): number;
  minutesWithTrees(state: State, point: WindowPoint): number;
}

function pointsOf(
  { place, before, after, changed, targets }: LightFacts,
  lawDate: string,
  around: Readonly<Record<State, ObstaclesAround>>,
  watch: RunWatch,
): Readonly<Record<State, readonly LitPoint[]>> {
  // § 13 asks what is built, not ground and trees.
  const built = { before: obstaclesOf(before), after: obstaclesOf(after) };
  const days = Object.values(equinoxDays(Number(lawDate.slice(0, 4))));
  const asked = new Map<Rooms, Asked>(
    inForce(SUN_RULES, lawDate).map((rule) => {
      const suns = days.map((day) =>
        sunDay(place, {
          day,
          clock: 'legal',
          fromMinute: rule.fromHour * 60,
          toMinute: rule.toHour * 60,
        }),
      );
      const lights = (of: keyof ObstaclesAround) => {
        const by = { before: lightsOn(suns, around.before[of]), after: lightsOn(suns, around.after[of]) };
        return (state: State, point: WindowPoint) => by[state](point);
      };
      const asks = {
        requiredMin: rule.minutes,
        minutes: lights('bare'),
        minutesWithTrees: lights('withTrees'),
      };
      return [rule.rooms, asks];
    }),
  );
  const [sector] = inForce(OPEN_SECTOR_RULES, lawDate);
  const shapes = new Map(after.map((shape) => [shape.id, shape]));
  const isBuilt = builtGround(after);
  const found: Record<State, LitPoint[]> = { before: [], after: [] };
  for (const [index, target] of targets.entries()) {
    watch.progress(index / targets.length);
    if (!watch.isWanted()) break;
    const shape = shapes.get(target.id);
    if (!shape || changed.includes(target.id) || !(target.rooms || target.isForPeople)) continue;
    const rule = target.rooms ? asked.get(target.rooms) : undefined;
    const places = facadePoints(
      shape,
      { storeys: target.storeys ?? undefined, spacingM: SPACING_M, sillM: SILL_M },
      isBuilt,
    );
    for (const [n, point] of places.entries()) {
      const view = { point: { ...innerFace(point), heightM: point.lowestSillM }, isDowntown: false };
      for (const state of STATES) {
        const near =
          sector && target.isForPeople && obstructionsBefore(built[state], view, sector, target.id);
        found[state].push({
          id: `${target.id}#${n}`,
          ...(rule && sunOf(rule, state, point)),
          ...(near && { lackingM: near[0]?.lackingM ?? 0 }),
        });
      }
    }
  }
  return found;
}

function lightsOn(suns: readonly SunDay[], obstacles: Obstacles): (point: WindowPoint) => number {
  const lights = suns.map((sun) => sunlightOn(sun, obstacles));
  return (point) => Math.min(...lights.map((light) => sunMinutes(light(point)).summed));
}

function sunOf(
  { requiredMin, minutes, minutesWithTrees }: Asked,
  state: State,
  point: FacadePoint,
): Required<Pick<LitPoint, 'lacksSun' | 'lacksSunWithTrees' | 'sunIsNear'>> {
  const lacks = (byM: number) => minutes(state, { ...point, heightM: point.heightM + byM }) < requiredMin;
  const lacksSun = lacks(0);
  // Heights that are wrong by so much are a point that much higher or lower.
  const lacksSunWithTrees = lacksSun || minutesWithTrees(state, point) < requiredMin;
  return {
    lacksSun,
    lacksSunWithTrees,
    sunIsNear: lacks(lacksSun ? LIGHT_HEIGHT_BOUND_M : -LIGHT_HEIGHT_BOUND_M) !== lacksSun,
  };
}

const innerFace = (point: FacadePoint): FacadePoint => ({
  ...point,
  easting: point.easting - point.outward[0] * WALL_M,
  northing: point.northing - point.outward[1] * WALL_M,
});

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
