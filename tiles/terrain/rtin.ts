/**
 * Right-triangulated irregular network (Evans, Kirkpatrick, Townsend 2001) over a square grid of 2^n + 1 heights:
 * the fewest triangles of a regular hierarchy that stay within an error.
 *
 * Here every node of the four edges is kept, so that neighbours of one level share their edge whatever lies
 * behind it; two tiles that chose by error alone would open cracks.
 */

/** Triangles over a grid; nodes are numbered by row from the first, left to right. */
export interface GridMesh {
  /** Node of each vertex, in order of first use. */
  readonly nodes: readonly number[];
  /** Triples of vertex numbers, counter-clockwise where rows run north. */
  readonly triangles: readonly number[];
}

/**
 * For each node the error of leaving it out and everything below it.
 * @param size nodes per side, 2^n + 1
 * @param heights size × size
 * @param sagM what a straight line over `span` grid steps loses to the Earth's curve, m
 */
export function nodeErrors(
  size: number,
  heights: Float64Array,
  sagM: (span: number) => number,
): Float64Array {
  const errors = new Float64Array(size * size);
  const last = size - 1;
  const at = (x: number, y: number): number => heights[y * size + x] ?? 0;
  const below = (x: number, y: number): number =>
    x < 0 || y < 0 || x > last || y > last ? 0 : (errors[y * size + x] ?? 0);
  const set = (x: number, y: number, chordM: number, span: number, deeper: number): void => {
    errors[y * size + x] = Math.max(Math.abs(at(x, y) - chordM) + sagM(span), deeper);
  };
  for (let step = 1; step < size; step *= 2) {
    const half = step / 2;
    // Midpoints of straight long sides of 2 steps; below them lie the centres of squares of one step.
    for (let y = 0; y <= last; y += step) {
      const isOddRow = (y / step) % 2 === 1;
      for (let x = isOddRow ? 0 : step; x <= last; x += 2 * step) {
        const isEdge = x === 0 || y === 0 || x === last || y === last;
        const chord = isOddRow
          ? (at(x, y - step) + at(x, y + step)) / 2
          : (at(x - step, y) + at(x + step, y)) / 2;
        const deeper =
          step === 1
            ? 0
            : Math.max(
                below(x - half, y - half),
                below(x + half, y - half),
                below(x - half, y + half),
                below(x + half, y + half),
              );
        set(x, y, chord, 2 * step, isEdge ? Number.POSITIVE_INFINITY : deeper);
      }
    }
    // Centres of squares of 2 steps, cut by the diagonal through the corners of even sum.
    for (let y = step; y < last; y += 2 * step) {
      for (let x = step; x < last; x += 2 * step) {
        const isRising = ((x - step) / (2 * step) + (y - step) / (2 * step)) % 2 === 0;
        const chord = isRising
          ? (at(x - step, y - step) + at(x + step, y + step)) / 2
          : (at(x - step, y + step) + at(x + step, y - step)) / 2;
        const deeper = Math.max(
          below(x - step, y),
          below(x + step, y),
          below(x, y - step),
          below(x, y + step),
        );
        set(x, y, chord, 2 * Math.SQRT2 * step, deeper);
      }
    }
  }
  return errors;
}

/** The mesh that leaves out every node whose error is not larger than allowed. */
export function meshWithin(size: number, errors: Float64Array, maxErrorM: number): GridMesh {
  const last = size - 1;
  const vertexOf = new Int32Array(size * size).fill(-1);
  const nodes: number[] = [];
  const triangles: number[] = [];
  const vertex = (x: number, y: number): number => {
    const node = y * size + x;
    const known = vertexOf[node] ?? -1;
    if (known >= 0) return known;
    vertexOf[node] = nodes.length;
    return nodes.push(node) - 1;
  };
  // a and b end the long side; c is the right angle, left of the way from a to b.
  const split = (ax: number, ay: number, bx: number, by: number, cx: number, cy: number): void => {
    const [mx, my] = [(ax + bx) / 2, (ay + by) / 2];
    const canSplit = Math.abs(ax - cx) + Math.abs(ay - cy) > 1;
    if (canSplit && (errors[my * size + mx] ?? 0) > maxErrorM) {
      split(cx, cy, ax, ay, mx, my);
      split(bx, by, cx, cy, mx, my);
    } else {
      triangles.push(vertex(ax, ay), vertex(bx, by), vertex(cx, cy));
    }
  };
  split(0, 0, last, last, 0, last);
  split(last, last, 0, 0, last, 0);
  return { nodes, triangles };
}
