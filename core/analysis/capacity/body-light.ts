/**
 * What a body that fills all that is left takes of its neighbours' sun (§ 60) and open sector (§ 13), and what sun it has.
 * A lower or smaller body shades no more, so what the body does not take, no building in it takes. Trees are left out, as in checks.
 */
import type { Text } from '../../feature/layer.ts';
import type { MultiPolygon } from '../../geo/geometry.ts';
import type { BuildingShape } from '../sun/building-shape.ts';
import { builtGround } from '../sun/built-ground.ts';
import { equinoxDays } from '../sun/equinoxes.ts';
import type { GroundGrid } from '../sun/ground-grid.ts';
import { FACADE_SPACING, innerFace, LIGHT_HEIGHT_BOUND_M } from '../sun/neighbour-points.ts';
import { type Obstacles, obstaclesOf } from '../sun/obstacles.ts';
import { obstructionsBefore } from '../sun/open-sector.ts';
import { type Place, type SunDay, sunDay } from '../sun/sun-day.ts';
import type { SunTarget } from '../sun/sun-result.ts';
import { inForce, OPEN_SECTOR_RULES, SUN_RULES } from '../sun/sun-rules.ts';
import { type Stretch, sunlightOn, sunMinutes } from '../sun/sunlight.ts';
import { type FacadePoint, facadePoints } from '../sun/window-points.ts';
import { bodyShape } from './body-shape.ts';

/** What stands around the ground that is left, or why it was not read. */
export type AroundFact =
  | {
      readonly place: Place;
      readonly shapes: readonly BuildingShape[];
      /** Buildings on other ground whose windows are asked. */
      readonly targets: readonly SunTarget[];
      /** Ids of the register: buildings with rooms for people in the same box of which there is no 3D model. */
      readonly unmodelled: readonly string[];
      /** Ids of shapes that stand on the parcel: gone before the new building has its sun. */
      readonly ownShapes: readonly string[];
      readonly relief?: GroundGrid | undefined;
    }
  | { readonly reason: Text };

export interface LightBody {
  readonly footprint: MultiPolygon;
  /** Null: nothing sets one. */
  readonly heightM: number | null;
}

/** Points on façades of neighbours. */
interface TakenFromNeighbours {
  readonly asked: number;
  readonly lost: number;
  /** Ids of their buildings, of the register where it knows them. */
  readonly buildings: readonly string[];
  /** Up to this height (steps of half a metre, none above the body) the body takes nothing. */
  readonly harmlessM: number;
  /** Minutes left to the worst, or metres that lack most. */
  readonly worst: number;
}

export interface BodyLight {
  /** Of the body that was looked at. */
  readonly heightM: number;
  readonly sun: TakenFromNeighbours;
  readonly sector: TakenFromNeighbours;
  /** Of places for windows on the lowest storey of the body. */
  readonly own: { readonly asked: number; readonly sunny: number; readonly mostMin: number };
  readonly requiredMin: number;
  /** Neighbours of which nothing is known but their outline. */
  readonly unmodelled: readonly string[];
}

/** Where nothing sets a height the body is taken as high as § 13 looks far. */
const UNLIMITED_M = 35;
const STEP_M = 0.5;
const BODY = 'body';

export function bodyLight(
  around: Exclude<AroundFact, { reason: Text }>,
  bodies: readonly LightBody[],
  groundM: number,
  lawDate: string,
): BodyLight {
  const heightM = Math.max(...bodies.map((body) => body.heightM ?? UNLIMITED_M));
  // Higher by what heights may be wrong: it takes nothing from whoever is told to keep it.
  const bodyUpTo = (mostM: number): Obstacles =>
    obstaclesOf(
      bodies.map(({ footprint, heightM: own }) =>
        bodyShape(
          BODY,
          footprint,
          groundM,
          groundM + Math.min(own ?? UNLIMITED_M, mostM) + LIGHT_HEIGHT_BOUND_M,
        ),
      ),
    );
  const kept = new Map<number, Obstacles>();
  const body = (mostM: number): Obstacles => {
    const made = kept.get(mostM) ?? bodyUpTo(mostM);
    kept.set(mostM, made);
    return made;
  };
  const days = sunDays(around.place, lawDate);
  const points = neighbourFacades(around);
  return {
    heightM,
    sun: sunTaken(around, points, days, body, heightM),
    sector: sectorTaken(points, lawDate, body, heightM),
    own: ownSun(around, bodies, groundM, days),
    requiredMin: days.dwelling?.requiredMin ?? 0,
    unmodelled: around.unmodelled,
  };
}

interface RoomDays {
  readonly requiredMin: number;
  readonly suns: readonly SunDay[];
}
type Days = Readonly<Partial<Record<'dwelling' | 'education', RoomDays>>>;

function sunDays(place: Place, lawDate: string): Days {
  const days = Object.values(equinoxDays(Number(lawDate.slice(0, 4))));
  return Object.fromEntries(
    inForce(SUN_RULES, lawDate).map(({ rooms, fromHour, toHour, minutes }) => {
      const hours = { clock: 'legal', fromMinute: fromHour * 60, toMinute: toHour * 60 } as const;
      return [rooms, { requiredMin: minutes, suns: days.map((day) => sunDay(place, { day, ...hours })) }];
    }),
  );
}

interface NeighbourFacade {
  readonly target: SunTarget;
  readonly point: FacadePoint;
}

function neighbourFacades({ shapes, targets }: Exclude<AroundFact, { reason: Text }>): NeighbourFacade[] {
  const byId = new Map(shapes.map((shape) => [shape.id, shape]));
  const isBuilt = builtGround(shapes);
  return targets.flatMap((target) => {
    const shape = byId.get(target.id);
    if (!shape || !(target.rooms || target.isForPeople)) return [];
    const points = facadePoints(shape, { ...FACADE_SPACING, storeys: target.storeys ?? undefined }, isBuilt);
    return points.map((point) => ({ target, point }));
  });
}

type LightBehind = (sun: SunDay, point: FacadePoint) => readonly Stretch[];

/** Asks obstacles of any day; each day is made ready once. */
function lightsBehind(obstacles: Obstacles): LightBehind {
  const made = new Map<SunDay, ReturnType<typeof sunlightOn>>();
  return (sun, point) => {
    const light = made.get(sun) ?? sunlightOn(sun, obstacles);
    made.set(sun, light);
    return light(point);
  };
}

/** A point loses its sun when it has what the rule asks today and has not behind the body. */
function sunTaken(
  { shapes, relief }: Exclude<AroundFact, { reason: Text }>,
  points: readonly NeighbourFacade[],
  days: Days,
  body: (mostM: number) => Obstacles,
  heightM: number,
): TakenFromNeighbours {
  const asked = points.flatMap(({ target, point }) => {
    const rule = target.rooms ? days[target.rooms] : undefined;
    return rule ? [{ target, point, rule }] : [];
  });
  const free = lightsBehind(obstaclesOf([]));
  const behindBody = lightsBehind(body(heightM));
  const today = lightsBehind(obstaclesOf(shapes, relief));
  // Most points see nothing of the body: they are not asked what the city leaves them.
  const shaded = asked.filter(({ rule, point }) =>
    rule.suns.some(
      (sun) => sunMinutes(behindBody(sun, point)).summed < sunMinutes(free(sun, point)).summed - 1e-6,
    ),
  );
  const enough = shaded
    .map((each) => ({
      ...each,
      now: each.rule.suns.map((sun) => today(sun, each.point)),
    }))
    .filter(({ rule, now }) => now.every((s) => sunMinutes(s).summed >= rule.requiredMin));
  const leftBehind = (obstacles: Obstacles, some: typeof enough): number[] => {
    const behind = lightsBehind(obstacles);
    return some.map(({ rule, point, now }) =>
      Math.min(...rule.suns.map((sun, index) => commonMinutes(now[index] ?? [], behind(sun, point)))),
    );
  };
  const left = leftBehind(body(heightM), enough);
  const lost = enough.filter(({ rule }, index) => (left[index] ?? 0) < rule.requiredMin);
  return {
    asked: asked.length,
    lost: lost.length,
    buildings: namesOf(lost),
    harmlessM: highestWithout(heightM, lost.length === 0, (mostM) => {
      const still = leftBehind(body(mostM), lost);
      return lost.some(({ rule }, index) => (still[index] ?? 0) < rule.requiredMin);
    }),
    worst: Math.floor(left.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY)),
  };
}

function sectorTaken(
  points: readonly NeighbourFacade[],
  lawDate: string,
  body: (mostM: number) => Obstacles,
  heightM: number,
): TakenFromNeighbours {
  const [rule] = inForce(OPEN_SECTOR_RULES, lawDate);
  const asked = rule ? points.filter(({ target }) => target.isForPeople) : [];
  const lacking = (obstacles: Obstacles, { point }: NeighbourFacade): number => {
    const view = { point: { ...innerFace(point), heightM: point.lowestSillM }, isDowntown: false };
    return (rule && obstructionsBefore(obstacles, view, rule, '')[0]?.lackingM) ?? 0;
  };
  const lacks = asked.map((each) => lacking(body(heightM), each));
  const lost = asked.filter((_, index) => (lacks[index] ?? 0) > 0);
  return {
    asked: asked.length,
    lost: lost.length,
    buildings: namesOf(lost),
    harmlessM: highestWithout(heightM, lost.length === 0, (mostM) => {
      const obstacles = body(mostM);
      return lost.some((each) => lacking(obstacles, each) > 0);
    }),
    worst: lacks.reduce((most, each) => Math.max(most, each), 0),
  };
}

function ownSun(
  { shapes, ownShapes, relief }: Exclude<AroundFact, { reason: Text }>,
  bodies: readonly LightBody[],
  groundM: number,
  { dwelling }: Days,
): BodyLight['own'] {
  const built = bodies.map(({ footprint, heightM }) =>
    bodyShape(BODY, footprint, groundM, groundM + (heightM ?? UNLIMITED_M)),
  );
  const others = shapes.filter(({ id }) => !ownShapes.includes(id));
  const after = [...others, ...built];
  const isBuilt = builtGround(after);
  const lights = (dwelling?.suns ?? []).map((sun) => sunlightOn(sun, obstaclesOf(after, relief)));
  const minutes = built
    .flatMap((shape) => facadePoints(shape, FACADE_SPACING, isBuilt))
    .filter(({ storey }) => storey === 0)
    .map((point) => Math.min(...lights.map((light) => sunMinutes(light(point)).summed)));
  return {
    asked: minutes.length,
    sunny: minutes.filter((each) => each >= (dwelling?.requiredMin ?? 0)).length,
    mostMin: Math.floor(Math.max(0, ...minutes)),
  };
}

/** By halving, as harm only grows with height. */
function highestWithout(heightM: number, isHarmless: boolean, harms: (mostM: number) => boolean): number {
  if (isHarmless) return heightM;
  let [low, high] = [0, Math.ceil(heightM / STEP_M)];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (harms(middle * STEP_M)) high = middle;
    else low = middle;
  }
  return low * STEP_M;
}

/** How long two lists of stretches, each in order, have in common. */
export function commonMinutes(some: readonly Stretch[], others: readonly Stretch[]): number {
  let [sum, at] = [0, 0];
  for (const [from, to] of some) {
    while (at < others.length && (others[at]?.[1] ?? 0) <= from) at++;
    for (let k = at; k < others.length; k++) {
      const [start, end] = others[k] ?? [to, to];
      if (start >= to) break;
      sum += Math.min(to, end) - Math.max(from, start);
    }
  }
  return sum;
}

const namesOf = (some: readonly NeighbourFacade[]): string[] => [
  ...new Set(some.map(({ target: { id, registerId } }) => registerId ?? id)),
];
