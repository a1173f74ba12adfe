/** The curve of Hilbert of order 16 over a box: neighbours on it are neighbours on the ground. */

const MOST = 0xffff;

/** Where a value lies between two others, as a step of the curve. */
export const hilbertStep = (value: number, least: number, most: number): number =>
  most > least ? Math.floor((MOST * (value - least)) / (most - least)) : 0;

/** Distance along the curve of a place in steps from 0 to 65,535. */
export function hilbert(x: number, y: number): number {
  let [px, py, distance] = [x, y, 0];
  for (let side = 0x8000; side > 0; side >>= 1) {
    const right = (px & side) > 0 ? 1 : 0;
    const upper = (py & side) > 0 ? 1 : 0;
    distance += side * side * ((3 * right) ^ upper);
    if (upper === 0) {
      if (right === 1) [px, py] = [MOST - px, MOST - py];
      [px, py] = [py, px];
    }
  }
  return distance;
}
