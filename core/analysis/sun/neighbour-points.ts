/** Points on the façades of neighbours, in both states: what the law asks of their sun and open sector, and what they have. */
import type { RunWatch } from '../model.ts';
import { builtGround } from './built-ground.ts';
import { equinoxDays } from './equinoxes.ts';
import { type Obstacles, obstaclesOf } from './obstacles.ts';
import { obstructionsBefore } from './open-sector.ts';
import { type SunDay, sunDay } from './sun-day.ts';
import type { SunFacts } from './sun-on-windows.ts';
import { inForce, OPEN_SECTOR_RULES, type Rooms, SUN_RULES } from './sun-rules.ts';
import { sunlightOn, sunMinutes, type WindowPoint } from './sunlight.ts';
import type { ObstaclesAround } from './surroundings.ts';
import { type FacadePoint, facadePoints } from './window-points.ts';

export type NeighbourFacts = Pick<SunFacts, 'place' | 'before' | 'after' | 'changed' | 'targets'>;

/** A point on a façade of a neighbour: of a building that is there, and the same, in both states. */
export interface NeighbourPoint {
  readonly id: string;
  /** Of its building, among the shapes. */
  readonly building: string;
  /** Undefined for rooms of which no rule asks sun. */
  readonly lacksSun?: boolean;
  /** Of sun on the worse equinox, and asked by the rule. */
  readonly minutes?: number;
  readonly requiredMin?: number;
  /** The same where every tree is a wall down to the ground. */
  readonly lacksSunWithTrees?: boolean;
  /** Whether heights as wrong as they may be would turn that round. */
  readonly sunIsNear?: boolean;
  /** How much farther the nearest obstacle would have to be (§ 13), 0 when it is far enough; undefined: not asked. */
  readonly lackingM?: number;
}

/** Of roofs in the models: what it decides is told as within accuracy. */
export const LIGHT_HEIGHT_BOUND_M = 0.3;
/** Where windows of neighbours may be. */
export const FACADE_SPACING = { spacingM: 3, sillM: 0.9 };
const WALL_M = 0.4;

type State = 'before' | 'after';
const STATES = ['before', 'after'] as const;

interface Asked {
  readonly requiredMin: number;
  /** Minutes on the worse of the two days. */
  minutes(state: State, point: WindowPoint): number;
  minutesWithTrees(state: State, point: WindowPoint): number;
}

/** Points of both states, in the same order. @param watch of this part of the work */
export function neighbourPoints(
  { place, before, after, changed, targets }: NeighbourFacts,
  lawDate: string,
  around: Readonly<Record<State, ObstaclesAround>>,
  watch: RunWatch,
): Readonly<Record<State, readonly NeighbourPoint[]>> {
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
  const found: Record<State, NeighbourPoint[]> = { before: [], after: [] };
  for (const [index, target] of targets.entries()) {
    watch.progress(index / targets.length);
    if (!watch.isWanted()) break;
    const shape = shapes.get(target.id);
    if (!shape || changed.includes(target.id) || !(target.rooms || target.isForPeople)) continue;
    const rule = target.rooms ? asked.get(target.rooms) : undefined;
    const places = facadePoints(shape, { ...FACADE_SPACING, storeys: target.storeys ?? undefined }, isBuilt);
    for (const [n, point] of places.entries()) {
      const view = { point: { ...innerFace(point), heightM: point.lowestSillM }, isDowntown: false };
      for (const state of STATES) {
        const near =
          sector && target.isForPeople && obstructionsBefore(built[state], view, sector, target.id);
        found[state].push({
          id: `${target.id}#${n}`,
          building: target.id,
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
): Required<Omit<NeighbourPoint, 'id' | 'building' | 'lackingM'>> {
  const found = minutes(state, point);
  const lacks = (byM: number) => minutes(state, { ...point, heightM: point.heightM + byM }) < requiredMin;
  const lacksSun = found < requiredMin;
  return {
    lacksSun,
    minutes: found,
    requiredMin,
    lacksSunWithTrees: lacksSun || minutesWithTrees(state, point) < requiredMin,
    // Heights that are wrong by so much are a point that much higher or lower.
    sunIsNear: lacks(lacksSun ? LIGHT_HEIGHT_BOUND_M : -LIGHT_HEIGHT_BOUND_M) !== lacksSun,
  };
}

/** § 13 measures from the inner face of the wall. */
export const innerFace = (point: FacadePoint): FacadePoint => ({
  ...point,
  easting: point.easting - point.outward[0] * WALL_M,
  northing: point.northing - point.outward[1] * WALL_M,
});
