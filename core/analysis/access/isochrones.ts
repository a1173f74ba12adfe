/** How far one gets on foot: the parts of streets within a time, and the ground beside them. */
import { signedArea, type Xy } from '../../geo/plane.ts';
import { partOf } from '../../geo/polyline.ts';
import type { IsochronesQuestion, IsochronesReply } from '../../wire/isochrones.ts';
import { sitingRefusal } from '../siting/siting-refusal.ts';
import { METRES_PER_MIN_AT_1_KMH, MOST_OFF_M, type SitingWorld } from '../siting/siting-world.ts';
import { levelAreas } from './level-areas.ts';
import { nearestFirst } from './nearest-first.ts';
import { type StreetShapes, streetFinder } from './street-finder.ts';

const CELL_M = 20;
/** Ground farther from the streets that can be walked is not told as reached. */
const BESIDE_M = 80;

/** @throws TwinError invalid-parameter far from any street */
export function isochronesFrom(
  { network, finder, facts }: SitingWorld,
  { e, n, minutes, walkKmH }: IsochronesQuestion,
): Omit<IsochronesReply, 'seconds'> {
  const footing = finder.nearest(e, n);
  if (!footing) {
    throw sitingRefusal(
      'far-from-streets',
      `There is no street or path within ${MOST_OFF_M} m of this place; choose one nearer to a street`,
      { most: MOST_OFF_M },
    );
  }
  const metresPerMin = walkKmH * METRES_PER_MIN_AT_1_KMH;
  const levels = [...new Set(minutes)].sort((a, b) => a - b);
  const boundM = (levels.at(-1) as number) * metresPerMin;
  const { from, to, lengthM, graph } = network;
  const search = nearestFirst(graph);
  const { section, along, offM } = footing;
  const length = lengthM[section] as number;
  search.from([from[section] as number, to[section] as number], boundM, [
    offM + along * length,
    offM + (1 - along) * length,
  ]);
  /** Metres to a place of a section, by the end that is nearer. */
  const wayTo = (other: number, part: number): number => {
    const own = lengthM[other] as number;
    const ends = Math.min(
      (search.distance[from[other] as number] as number) + part * own,
      (search.distance[to[other] as number] as number) + (1 - part) * own,
    );
    return other === section ? Math.min(ends, offM + Math.abs(part - along) * length) : ends;
  };
  const near = sectionsNear(facts.streets, [e, n], boundM);
  const reached = near.filter(
    (other) => Math.min(wayTo(other, 0), wayTo(other, 1)) <= boundM || other === section,
  );
  const grid = walkGrid(facts.streets, reached, wayTo, boundM);
  return {
    place: { e, n },
    offStreetM: Math.round(offM * 10) / 10,
    isochrones: levels.map((each) => {
      const area = grid ? levelAreas(grid, each * metresPerMin) : [];
      return {
        minutes: each,
        streets: reached.flatMap((other) => partsWithin(facts.streets, other, wayTo, each * metresPerMin)),
        area: area.map((rings) => rings.map((ring) => ring.map(([x, y]): [number, number] => [x, y]))),
        areaM2: Math.round(area.flat().reduce((sum, ring) => sum + signedArea(ring), 0)),
      };
    }),
  };
}

const shapeOf = ({ start, places }: StreetShapes, section: number): Xy[] => {
  const shape: Xy[] = [];
  for (let k = start[section] as number; k < (start[section + 1] as number); k++) {
    shape.push([places[2 * k] as number, places[2 * k + 1] as number]);
  }
  return shape;
};

function sectionsNear(streets: StreetShapes, [e, n]: Xy, boundM: number): number[] {
  const found: number[] = [];
  for (let section = 0; section + 1 < streets.start.length; section++) {
    const k = streets.start[section] as number;
    const [x, y] = [streets.places[2 * k] as number, streets.places[2 * k + 1] as number];
    // A walk is never shorter than the straight way; sections are at most some hundred metres long.
    if (Math.hypot(x - e, y - n) <= boundM + 1_000) found.push(section);
  }
  return found;
}

/** The parts of a section that lie within so many metres from both its ends. */
function partsWithin(
  streets: StreetShapes,
  section: number,
  wayTo: (section: number, part: number) => number,
  boundM: number,
): [number, number][][] {
  const shape = shapeOf(streets, section);
  const steps = 16;
  const stretches: [number, number][] = [];
  for (let k = 0; k < steps; k++) {
    if (wayTo(section, (k + 0.5) / steps) > boundM) continue;
    const last = stretches.at(-1);
    if (last && last[1] === k) last[1] = k + 1;
    else stretches.push([k, k + 1]);
  }
  let total = 0;
  for (let k = 1; k < shape.length; k++) {
    const [a, b] = [shape[k - 1] as Xy, shape[k] as Xy];
    total += Math.hypot(b[0] - a[0], b[1] - a[1]);
  }
  const whole = ([x, y]: Xy): [number, number] => [Math.round(x * 100) / 100, Math.round(y * 100) / 100];
  return stretches.map(([first, end]) =>
    (end - first === steps ? shape : partOf(shape, (first * total) / steps, (end * total) / steps)).map(
      whole,
    ),
  );
}

/** The way to corners of a grid: to the nearest street that can be walked, and straight from there. */
function walkGrid(
  streets: StreetShapes,
  reached: readonly number[],
  wayTo: (section: number, part: number) => number,
  boundM: number,
) {
  const shapes = reached.map((section) => shapeOf(streets, section));
  const all = shapes.flat();
  if (all.length === 0) return undefined;
  const start = Int32Array.from([0, ...runningCounts(shapes)]);
  const finder = streetFinder({ start, places: Float64Array.from(all.flat()) }, BESIDE_M);
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
  const west = Math.floor((least(xs) - BESIDE_M) / CELL_M - 1) * CELL_M;
  const south = Math.floor((least(ys) - BESIDE_M) / CELL_M - 1) * CELL_M;
  const columns = Math.ceil((most(xs) + BESIDE_M - west) / CELL_M) + 2;
  const rows = Math.ceil((most(ys) + BESIDE_M - south) / CELL_M) + 2;
  const value = new Float64Array(columns * rows).fill(2 * boundM);
  for (let row = 1; row + 1 < rows; row++) {
    for (let column = 1; column + 1 < columns; column++) {
      const found = finder.nearest(west + column * CELL_M, south + row * CELL_M);
      if (!found) continue;
      const way = wayTo(reached[found.section] as number, found.along) + found.offM;
      // Beyond the ground beside streets values rise steeply, so that borders lie there and not a cell farther.
      value[row * columns + column] = Math.min(2 * boundM, way);
    }
  }
  return { west, south, cellM: CELL_M, columns, rows, value };
}

function runningCounts(shapes: readonly (readonly Xy[])[]): number[] {
  let count = 0;
  return shapes.map((shape) => {
    count += shape.length;
    return count;
  });
}
