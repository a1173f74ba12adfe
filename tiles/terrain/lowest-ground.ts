import { bboxOf, widenBbox } from '../../core/geo/bbox.ts';
import { transformBetween } from '../../core/geo/crs.ts';
import { isInside, type Xy } from '../../core/geo/plane.ts';
import type { Dtm } from './dem.ts';

/** A large outline is sampled more coarsely: this many samples a side of its box at most. */
const MOST_STEPS = 200;

/**
 * The lowest height of a terrain model within an outline and along its sides, metres PL-EVRF2007-NH; undefined when
 * the model has none there.
 * @param outline easting, northing in `srid`, open
 */
export async function lowestGround(
  dtm: Dtm,
  outline: readonly Xy[],
  srid: number,
): Promise<number | undefined> {
  const toDtm = transformBetween(srid, dtm.srid);
  const ring = outline.map((corner): Xy => {
    const [e, n] = toDtm(corner);
    return [e, n];
  });
  const box = bboxOf({ type: 'MultiPoint', coordinates: ring }, dtm.srid);
  if (!box) return undefined;
  const longestM = Math.max(box.maxX - box.minX, box.maxY - box.minY);
  const stepM = Math.max(Math.min(dtm.cellM, 1), longestM / MOST_STEPS);
  const field = await dtm.window(widenBbox(box, 2 * dtm.cellM), stepM);
  let lowestM = Number.POSITIVE_INFINITY;
  for (const [e, n] of samples(ring, box, stepM)) {
    const heightM = field.heightM(e, n);
    if (heightM < lowestM) lowestM = heightM;
  }
  return Number.isFinite(lowestM) ? lowestM : undefined;
}

function* samples(
  ring: readonly Xy[],
  box: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number },
  stepM: number,
): Generator<Xy> {
  for (const [i, a] of ring.entries()) {
    const b = ring[(i + 1) % ring.length] ?? a;
    const steps = Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / stepM));
    for (let k = 0; k < steps; k++) {
      yield [a[0] + ((b[0] - a[0]) * k) / steps, a[1] + ((b[1] - a[1]) * k) / steps];
    }
  }
  for (let x = box.minX; x <= box.maxX; x += stepM) {
    for (let y = box.minY; y <= box.maxY; y += stepM) if (isInside(ring, [x, y])) yield [x, y];
  }
}
