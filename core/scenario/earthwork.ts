/** How much earth a shape moves, and how far its sides run. */
import type { Xy } from '../geo/plane.ts';
import { distanceOutside } from '../geo/polyline.ts';
import type { Earthwork } from '../wire/edits/terrain.ts';
import { boxOf, groundShaper, type HeightAt, LONGEST_REACH_M, type ShapedGround } from './shaped-ground.ts';

/** Samples of one count, fewer for outlines of many corners. */
const MOST_SAMPLES = 30_000;
const SAMPLES_BY_CORNERS = 2_000_000;
/** How far sides run is looked for on fewer. */
const SEARCH_SAMPLES = 4_000;
const FINEST_M = 0.1;
/** Heights that differ by less are the same. */
const SAME_M = 0.001;

export interface CountedEarthwork extends Earthwork {
  /** Whether the sides meet the ground before they must end. */
  readonly meetsGround: boolean;
}

/**
 * Counts on a grid what a shape cuts off and fills up; undefined when the ground is not known anywhere under it.
 * @param shape its reach is how far sides may run at most
 * @param ground as it is before the shape
 */
export function countEarthwork(ground: HeightAt, shape: ShapedGround): CountedEarthwork | undefined {
  const reachM = reachOf(ground, shape);
  const settled = { ...shape, reachM };
  const shaped = groundShaper([settled]);
  const samples = Math.min(MOST_SAMPLES, SAMPLES_BY_CORNERS / shape.outline.length);
  const { places, stepM } = gridOver(settled, samples);
  const cell = stepM * stepM;
  // Two interleaved grids: what they differ by tells how good the count is.
  const even = { cut: 0, fill: 0 };
  const odd = { cut: 0, fill: 0 };
  let [changed, lowestM, highestM] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { place, isEven } of places) {
    const before = ground(place);
    const now = shaped(place, before);
    if (Number.isNaN(before) || Math.abs(now - before) < SAME_M) continue;
    const sums = isEven ? even : odd;
    if (now > before) sums.fill += now - before;
    else sums.cut += before - now;
    changed++;
    lowestM = Math.min(lowestM, now);
    highestM = Math.max(highestM, now);
  }
  if (changed === 0) {
    const known = ground(shape.outline[0] ?? [0, 0]);
    if (Number.isNaN(known)) return undefined;
    [lowestM, highestM] = [known, known];
  }
  return {
    cutM3: tenths((even.cut + odd.cut) * cell),
    fillM3: tenths((even.fill + odd.fill) * cell),
    errorM3: tenths((Math.abs(even.cut - odd.cut) + Math.abs(even.fill - odd.fill)) * cell),
    areaM2: tenths(changed * cell),
    reachM: Math.ceil(reachM * 100) / 100,
    lowestM: Math.round(lowestM * 1000) / 1000,
    highestM: Math.round(highestM * 1000) / 1000,
    meetsGround: shape.surface.kind === 'offset' || reachM < LONGEST_REACH_M,
  };
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

/**
 * How far from its outline a plane still changes the ground. Where the ground falls away from it, sides are longer
 * than it is high at the outline, so the reach grows until nothing farther out is changed.
 */
function reachOf(ground: HeightAt, shape: ShapedGround): number {
  if (shape.surface.kind === 'offset' || shape.sideRun === 0) return shape.reachM;
  let reachM = 0;
  for (let tryM = 2 * shape.sideRun; ; tryM *= 2) {
    const tried = { ...shape, reachM: Math.min(tryM, shape.reachM) };
    reachM = farthestChange(ground, tried);
    if (tried.reachM >= shape.reachM || reachM < 0.9 * tried.reachM) return Math.min(reachM, shape.reachM);
  }
}

function farthestChange(ground: HeightAt, shape: ShapedGround): number {
  const shaped = groundShaper([shape]);
  const { places, stepM } = gridOver(shape, SEARCH_SAMPLES);
  let farthest = 0;
  for (const { place } of places) {
    const before = ground(place);
    if (!(Math.abs(shaped(place, before) - before) > SAME_M)) continue;
    farthest = Math.max(farthest, distanceOutside(place, shape.outline));
  }
  return farthest === 0 ? 0 : farthest + 2 * stepM;
}

interface Grid {
  readonly places: Iterable<{ readonly place: Xy; readonly isEven: boolean }>;
  readonly stepM: number;
}

function gridOver(shape: ShapedGround, samples: number): Grid {
  const { minX, minY, maxX, maxY } = boxOf(shape);
  const stepM = Math.max(FINEST_M, Math.sqrt(((maxX - minX) * (maxY - minY)) / samples));
  function* places() {
    for (let row = 0; minY + (row + 0.5) * stepM < maxY + stepM; row++) {
      for (let column = 0; minX + (column + 0.5) * stepM < maxX + stepM; column++) {
        const place: Xy = [minX + (column + 0.5) * stepM, minY + (row + 0.5) * stepM];
        yield { place, isEven: (row + column) % 2 === 0 };
      }
    }
  }
  return { places: places(), stepM };
}
