/**
 * Sun among generated houses: `npm run bench:sun`. One thread, no database. The naive way asks each minute of a window
 * with a ray against the box of every house and the surfaces of those that it meets; the naive map marches from each
 * cell to each sun.
 */
import { cpus, loadavg } from 'node:os';
import { builtGround } from '../../core/analysis/sun/built-ground.ts';
import { equinoxDays } from '../../core/analysis/sun/equinoxes.ts';
import { type HeightRaster, heightRaster } from '../../core/analysis/sun/height-raster.ts';
import { obstaclesOf } from '../../core/analysis/sun/obstacles.ts';
import { type SunDay, sunDay } from '../../core/analysis/sun/sun-day.ts';
import { momentsOf, sunHoursMap } from '../../core/analysis/sun/sun-hours-map.ts';
import { sunlightOn, sunMinutes, type WindowPoint } from '../../core/analysis/sun/sunlight.ts';
import { facadePoints } from '../../core/analysis/sun/window-points.ts';
import { sampleStreet } from '../../test/support/sample-street.ts';
import { facetsOf, isClear } from '../../test/support/sun-by-rays.ts';

const HERE = [6_426_900, 5_808_700] as const;
const PLACE = { srid: 2177, position: HERE };
const WINDOWS = 10_000;
const NAIVE_WINDOWS = 100;
const MAP_M = 1_000;
const MARGIN_M = 250;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function timed<T>(work: () => T): { readonly result: T; readonly cpuS: number; readonly wallS: number } {
  const before = process.cpuUsage();
  const began = performance.now();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, cpuS: (user + system) / 1e6, wallS: (performance.now() - began) / 1000 };
}
const told = ({ cpuS, wallS }: { cpuS: number; wallS: number }): string =>
  `${cpuS.toFixed(2)} s of CPU, ${wallS.toFixed(2)} s`;

say(
  `Sun, Node ${process.versions.node}; ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`,
);

// A square kilometre and a half of houses under roofs of every shape: some 2,700, as in a dense town.
const shapes = sampleStreet({ houses: 2_700, sizeM: MAP_M + 2 * MARGIN_M, seed: 'bench' });
const { spring, autumn } = equinoxDays(2026);
const suns = [spring, autumn].map((day) => sunDay(PLACE, { day, fromMinute: 420, toMinute: 1020 }));
const isBuilt = builtGround(shapes);
const windows: WindowPoint[] = shapes
  .flatMap((shape) => facadePoints(shape, { spacingM: 3, sillM: 0.9 }, isBuilt))
  .filter(({ easting, northing }) => {
    const [x, y] = [easting - HERE[0] - MARGIN_M, northing - HERE[1] - MARGIN_M];
    return x > 0 && y > 0 && x < MAP_M && y < MAP_M;
  });
const step = windows.length / WINDOWS;
const asked = Array.from({ length: WINDOWS }, (_, n) => windows[Math.floor(n * step)]).filter(
  (point) => point !== undefined,
);

const tree = timed(() => obstaclesOf(shapes));
say(
  `\n${shapes.length} houses, ${tree.result.owner.filter((owner) => owner >= 0).length} edges of roofs: ${told(tree)} to sort`,
);
const lights = suns.map((sun) => sunlightOn(sun, tree.result));
for (const point of asked.slice(0, 500)) for (const light of lights) light(point);
const exact = lights.map((light) => timed(() => asked.map((point) => sunMinutes(light(point)).summed)));
for (const [n, { day }] of suns.entries())
  say(`  ${asked.length} windows on ${day}     ${told(exact[n] ?? { cpuS: 0, wallS: 0 })}`);

const houses = shapes.map((shape) => {
  const corners = shape.surfaces.flat(2);
  const side = (axis: 0 | 1 | 2) => corners.map((corner) => corner[axis]);
  const low = ([0, 1, 2] as const).map((axis) => Math.min(...side(axis)));
  const high = ([0, 1, 2] as const).map((axis) => Math.max(...side(axis)));
  return { low, high, facets: facetsOf([shape]) };
});
const naive = timed(() =>
  asked.slice(0, NAIVE_WINDOWS).map((point) => minutesByRays(suns[0] as SunDay, point)),
);
const naiveS = (naive.cpuS * asked.length) / NAIVE_WINDOWS;
const exactS = exact[0]?.cpuS ?? 1;
say(
  `  the same by rays: ${(naiveS).toFixed(0)} s of CPU (from ${NAIVE_WINDOWS} windows), ${(naiveS / exactS).toFixed(0)} times as much`,
);
const off = naive.result.map((minutes, n) => Math.abs(minutes - (exact[0]?.result[n] ?? 0)));
say(`  rays each minute differ by ${Math.max(...off).toFixed(1)} min at most: what their step leaves open`);

/** Slabs first. */
function isHit(
  { low, high, facets }: (typeof houses)[number],
  eye: readonly [number, number, number],
  direction: readonly [number, number, number],
): boolean {
  let [from, to] = [0, Number.POSITIVE_INFINITY];
  for (const axis of [0, 1, 2] as const) {
    const one = ((low[axis] ?? 0) - eye[axis]) / direction[axis];
    const other = ((high[axis] ?? 0) - eye[axis]) / direction[axis];
    from = Math.max(from, Math.min(one, other));
    to = Math.min(to, Math.max(one, other));
  }
  return from <= to && !isClear(facets, eye, direction);
}

function minutesByRays(sun: SunDay, point: WindowPoint): number {
  let minutes = 0;
  const eye = [point.easting, point.northing, point.heightM] as const;
  for (let k = 0; k + 1 < sun.count; k++) {
    const [east, north, up] = [sun.east, sun.north, sun.up].map(
      (axis) => ((axis[k] ?? 0) + (axis[k + 1] ?? 0)) / 2,
    ) as [number, number, number];
    if (point.outward && east * point.outward[0] + north * point.outward[1] <= 0) continue;
    if (!houses.some((house) => isHit(house, eye, [east, north, up]))) minutes++;
  }
  return minutes;
}

const frame = {
  origin: HERE,
  cellM: 1,
  columns: MAP_M + 2 * MARGIN_M,
  rows: MAP_M + 2 * MARGIN_M,
};
const raster = timed(() => heightRaster(frame, shapes));
say(`\n1 km² at 1 m with ${MARGIN_M} m around it: heights ${told(raster)}`);
for (const stepMin of [5, 1]) {
  const map = timed(() => sunHoursMap(raster.result, suns[0] as SunDay, { stepMin, margin: MARGIN_M }));
  say(`  ${momentsOf(suns[0] as SunDay, stepMin).length} suns, one thread     ${told(map)}`);
}
const rows = 20;
const marched = timed(() => marchRows(raster.result, suns[0] as SunDay, rows));
const marchedS = (marched.cpuS * MAP_M) / rows;
const swept = timed(() => sunHoursMap(raster.result, suns[0] as SunDay, { stepMin: 5, margin: MARGIN_M }));
say(
  `  marched from each cell to each of 120 suns: ${marchedS.toFixed(0)} s of CPU (from ${rows} rows), ${(marchedS / swept.cpuS).toFixed(0)} times as much`,
);

/** From each cell towards the sun until nothing can be higher. */
function marchRows({ heights, columns, rows: depth }: HeightRaster, sun: SunDay, count: number): number {
  let highest = 0;
  for (const height of heights) highest = Math.max(highest, height);
  let lit = 0;
  for (const moment of momentsOf(sun, 5)) {
    const slope = sun.slope[moment] ?? 1;
    const flat = Math.hypot(sun.east[moment] ?? 0, sun.north[moment] ?? 0);
    const [dx, dy] = [(sun.east[moment] ?? 0) / flat, (sun.north[moment] ?? 0) / flat];
    for (let row = MARGIN_M; row < MARGIN_M + count; row++)
      for (let column = MARGIN_M; column < columns - MARGIN_M; column++) {
        let z = heights[row * columns + column] ?? 0;
        let [x, y] = [column + 0.5, row + 0.5];
        let isLit = true;
        while (isLit) {
          x += dx;
          y += dy;
          z += slope;
          if (z >= highest || x < 0 || y < 0 || x >= columns || y >= depth) break;
          if ((heights[Math.floor(y) * columns + Math.floor(x)] ?? 0) > z) isLit = false;
        }
        if (isLit) lit++;
      }
  }
  return lit;
}
