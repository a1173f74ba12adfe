/** Which stretches of the road network lie under a line drawn by hand, or within an outline. */
import { add, between, distance, dot, isInside, subtract, unit, type Xy } from '../geo/plane.ts';
import { lengthOf, placeAt } from '../geo/polyline.ts';
import type { Stretch } from '../wire/obstruction.ts';
import type { RoadSection } from './road-section.ts';

/** Lines that were snapped to the network lie this near; hand-drawn ones and those of other maps within the second. */
const SNAPPED_M = 3;
const DRAWN_M = 15;
/** How much of a line must lie on the network to have been meant for it. */
const SNAPPED_SHARE = 0.8;
const DRAWN_SHARE = 0.5;
/** Pieces not much longer than the reach are where a line turns away from a street that runs on. */
const TURNS = 1.2;
const SHORTEST_M = 1;
/** Cosine of the angle up to which a line follows a street. */
const ALONG = 0.82;
const STEP_M = 1;
const PRECISION_M = 0.01;

export interface Matched {
  readonly stretches: readonly Stretch[];
  /** Length of the line that lies away from every road. */
  readonly offM: number;
}

/** How near to a line roads are needed for `matchLine`. */
export const REACH_M = DRAWN_M;

/** @returns undefined when too little of the line lies on the network */
export function matchLine(line: readonly Xy[], roads: readonly RoadSection[]): Matched | undefined {
  const lineM = lengthOf(line);
  for (const [reachM, share] of [
    [SNAPPED_M, SNAPPED_SHARE],
    [DRAWN_M, DRAWN_SHARE],
  ] as const) {
    const stretches = roads.flatMap((road) =>
      piecesOf(road, Math.min(TURNS * reachM, lineM / 2), (at) => headingBeside(line, at, reachM)),
    );
    const coveredM = stretches.reduce((sum, { fromM, toM }) => sum + toM - fromM, 0);
    if (coveredM >= share * lineM && stretches.length > 0) {
      return { stretches, offM: Math.max(0, lineM - coveredM) };
    }
  }
  return undefined;
}

/** Stretches of roads within a ring. */
export const stretchesWithin = (ring: readonly Xy[], roads: readonly RoadSection[]): readonly Stretch[] =>
  roads.flatMap((road) => piecesOf(road, SHORTEST_M, ({ point }) => (isInside(ring, point) ? 1 : 0)));

export function stretchOf(road: RoadSection, fromM: number, toM: number, reversed = false): Stretch {
  const { id, street, lanes, widthM, path } = road;
  const cm = (metres: number) => Math.round(metres * 100) / 100;
  return {
    road: id,
    street,
    fromM: cm(fromM),
    toM: cm(toM),
    roadM: cm(lengthOf(path)),
    lanes,
    widthM,
    reversed,
  };
}

type At = ReturnType<typeof placeAt>;

/** The longest runs along a road where the test is not 0; its sign tells the direction. */
function piecesOf(road: RoadSection, shortestM: number, test: (at: At) => number): readonly Stretch[] {
  const totalM = lengthOf(road.path);
  const signAt = (alongM: number) => test(placeAt(road.path, alongM));
  const steps = Math.max(1, Math.ceil(totalM / STEP_M));
  const pieces: Stretch[] = [];
  let beganM: number | undefined;
  let balance = 0;
  for (let step = 0; step <= steps; step++) {
    const alongM = (step / steps) * totalM;
    const sign = signAt(alongM);
    balance += sign;
    if (sign !== 0 && beganM === undefined) {
      beganM = step === 0 ? 0 : edge(signAt, alongM, ((step - 1) / steps) * totalM);
    }
    if (beganM !== undefined && (sign === 0 || step === steps)) {
      const endedM = sign === 0 ? edge(signAt, ((step - 1) / steps) * totalM, alongM) : totalM;
      if (endedM - beganM >= Math.min(shortestM, totalM)) {
        pieces.push(stretchOf(road, beganM, endedM, balance < 0));
      }
      beganM = undefined;
      balance = 0;
    }
  }
  return pieces;
}

/** Where the test changes between a place that passes and one that does not. */
function edge(signAt: (alongM: number) => number, passesM: number, failsM: number): number {
  let [yes, no] = [passesM, failsM];
  while (Math.abs(yes - no) > PRECISION_M / 2) {
    const middle = (yes + no) / 2;
    if (signAt(middle) !== 0) yes = middle;
    else no = middle;
  }
  return yes;
}

/** 1 or -1 where a line runs beside a place in its direction or against it; 0 where it does not. */
function headingBeside(line: readonly Xy[], { point, direction }: At, reachM: number): number {
  let best = { awayM: Number.POSITIVE_INFINITY, along: 0 };
  for (let i = 0; i + 1 < line.length; i++) {
    const [a, b] = [line[i] as Xy, line[i + 1] as Xy];
    const lengthM = distance(a, b);
    if (lengthM === 0) continue;
    const heading = unit(subtract(b, a));
    const alongM = dot(subtract(point, a), heading);
    // Before its beginning and beyond its end a line covers nothing.
    if ((i === 0 && alongM < -PRECISION_M) || (i + 2 === line.length && alongM > lengthM + PRECISION_M))
      continue;
    const foot = add(a, heading, Math.min(lengthM, Math.max(0, alongM)));
    const awayM = distance(foot, point);
    const along = dot(heading, direction);
    if (awayM <= reachM && awayM < best.awayM && Math.abs(along) >= ALONG) best = { awayM, along };
  }
  return Math.sign(best.along);
}

/** The place on the nearest road; undefined when none is within reach. */
export function snapToRoad(point: Xy, roads: readonly RoadSection[], reachM: number) {
  let best: { road: RoadSection; alongM: number; at: Xy } | undefined;
  let bestM = reachM;
  for (const road of roads) {
    let alongM = 0;
    for (let i = 0; i + 1 < road.path.length; i++) {
      const [a, b] = [road.path[i] as Xy, road.path[i + 1] as Xy];
      const lengthM = distance(a, b);
      const t = lengthM === 0 ? 0 : dot(subtract(point, a), subtract(b, a)) / lengthM ** 2;
      const at = between(a, b, Math.min(1, Math.max(0, t)));
      const awayM = distance(at, point);
      if (awayM < bestM) {
        bestM = awayM;
        best = { road, alongM: alongM + distance(a, at), at };
      }
      alongM += lengthM;
    }
  }
  return best;
}
