/** Earth between the ground of the terrain model, as scenarios shape it, and a level. */
import { type GroundGrid, groundAt } from '../../core/analysis/sun/ground-grid.ts';
import { notFound } from '../../core/errors.ts';
import { boxAround, isInside, signedArea, type Xy } from '../../core/geo/plane.ts';
import { checkedOutline } from '../../core/scenario/check-footprint.ts';
import type { ShapedGround } from '../../core/scenario/shaped-ground.ts';
import { MOST_VOLUME_M2 } from '../../core/wire/ground-volume.ts';
import type { ScenarioState } from '../access/view.ts';
import type { GroundVolumes } from '../services/ground-volumes.ts';
import type { Ground } from './settle/edited-city.ts';

/** Posts across the longer side of an outline, and never closer than a model of 1 m is worth. */
const POSTS = 200;
const FINEST_POST_M = 1;
const SMALLEST_M2 = 1;

export function storeGroundVolumes(
  ground: Pick<Ground, 'grid'>,
  shapesOf: (scenario: ScenarioState) => Promise<readonly ShapedGround[]>,
): GroundVolumes {
  return {
    async of({ outline: asked, levelM: askedM }, { scenario }) {
      const drawn = { what: 'outline', smallestM2: SMALLEST_M2, largestM2: MOST_VOLUME_M2 };
      const outline = checkedOutline(asked, drawn);
      const shapes = scenario ? await shapesOf(scenario) : [];
      const posts = await postsUnder(ground, outline, shapes);
      const levelM = askedM ?? meanAlong(posts, outline);
      const areaM2 = Math.abs(signedArea(outline));
      return {
        levelM: Math.round(levelM * 100) / 100,
        levelIs: askedM === undefined ? 'mean-of-outline' : 'asked',
        areaM2: Math.round(areaM2 * 10) / 10,
        ...countedOver(posts, outline, levelM, areaM2),
        perDecimetreM3: Math.round(areaM2) / 10,
        ...spanWithin(posts, outline),
      };
    },
  };
}

/** Samples across each side of the box round an outline. */
const SAMPLES = 200;

/**
 * Means over samples within the outline, times its true area: what the samples would make the area is no part of it.
 * Two interleaved grids tell by how much they differ.
 */
function countedOver(posts: GroundGrid, outline: readonly Xy[], levelM: number, areaM2: number) {
  const { box } = boxOf(outline);
  const [stepE, stepN] = [(box[2] - box[0]) / SAMPLES, (box[3] - box[1]) / SAMPLES];
  const grids = [0, 1].map(() => ({ above: 0, below: 0, count: 0 }));
  for (let n = 0; n < SAMPLES ** 2; n++) {
    const [column, row] = [n % SAMPLES, Math.floor(n / SAMPLES)];
    const place: Xy = [box[0] + (column + 0.5) * stepE, box[1] + (row + 0.5) * stepN];
    const grid = grids[(column + row) % 2];
    if (!grid || !isInside(outline, place)) continue;
    const overM = groundAt(posts, ...place) - levelM;
    grid.above += Math.max(0, overM);
    grid.below += Math.max(0, -overM);
    grid.count++;
  }
  const volume = (of: 'above' | 'below', from: typeof grids) =>
    (areaM2 * from.reduce((sum, grid) => sum + grid[of], 0)) /
    from.reduce((sum, { count }) => sum + count, 0);
  const tenths = (m3: number) => Math.round(m3 * 10) / 10;
  const differenceM3 = (of: 'above' | 'below') =>
    Math.abs(volume(of, grids.slice(0, 1)) - volume(of, grids.slice(1)));
  return {
    aboveM3: tenths(volume('above', grids)),
    belowM3: tenths(volume('below', grids)),
    countingErrorM3: tenths(differenceM3('above') + differenceM3('below')),
  };
}

function boxOf(outline: readonly Xy[]) {
  const box = boxAround(outline);
  return { box, sideM: Math.max(box[2] - box[0], box[3] - box[1]) };
}

const unknownGround = () =>
  notFound('The terrain model does not know the ground everywhere within this outline', 'outline');

async function postsUnder(
  ground: Pick<Ground, 'grid'>,
  outline: readonly Xy[],
  shapes: readonly ShapedGround[],
): Promise<GroundGrid> {
  const { box, sideM } = boxOf(outline);
  const posts = await ground.grid(box, Math.max(FINEST_POST_M, sideM / POSTS), shapes);
  if (!posts) throw unknownGround();
  return posts;
}

/** Of places every post of the way along the outline. */
function meanAlong(posts: GroundGrid, outline: readonly Xy[]): number {
  let [sum, count] = [0, 0];
  for (const [n, [e0, n0]] of outline.entries()) {
    const [e1, n1] = outline[(n + 1) % outline.length] ?? [e0, n0];
    const steps = Math.max(1, Math.ceil(Math.hypot(e1 - e0, n1 - n0) / posts.stepM));
    // Each side weighs by its length, whatever the number of places on it.
    const weight = Math.hypot(e1 - e0, n1 - n0) / steps;
    for (let step = 0; step < steps; step++) {
      const t = (step + 0.5) / steps;
      sum += weight * groundAt(posts, e0 + (e1 - e0) * t, n0 + (n1 - n0) * t);
      count += weight;
    }
  }
  const meanM = sum / count;
  if (Number.isNaN(meanM)) throw unknownGround();
  return meanM;
}

/** @throws TwinError not-found where a post within is not known: half a volume would look whole */
function spanWithin(
  posts: GroundGrid,
  outline: readonly Xy[],
): { readonly lowestM: number; readonly highestM: number } {
  const { origin, stepM, columns, heights } = posts;
  // Its corners are posts too: an outline may be narrower than a step.
  const cornersM = outline.map(([e, n]) => groundAt(posts, e, n));
  let [lowestM, highestM] = [Math.min(...cornersM), Math.max(...cornersM)];
  for (const [n, heightM] of heights.entries()) {
    const at: Xy = [origin[0] + (n % columns) * stepM, origin[1] + Math.floor(n / columns) * stepM];
    if (!isInside(outline, at)) continue;
    // NaN stays NaN in both.
    [lowestM, highestM] = [Math.min(lowestM, heightM), Math.max(highestM, heightM)];
  }
  if (Number.isNaN(lowestM)) throw unknownGround();
  const round = (metres: number) => Math.round(metres * 100) / 100;
  return { lowestM: round(lowestM), highestM: round(highestM) };
}
