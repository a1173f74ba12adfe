export type Vector3 = readonly [x: number, y: number, z: number];

/**
 * Newell's method: direction is the normal, length the area.
 * @param ring closed, in metres around a place near it, so that coordinates of millions do not eat the digits
 */
export function areaVector(ring: readonly Vector3[]): Vector3 {
  let [x, y, z] = [0, 0, 0];
  ring.forEach((a, i) => {
    const b = ring[i + 1];
    if (b === undefined) return;
    x += ((a[1] - b[1]) * (a[2] + b[2])) / 2;
    y += ((a[2] - b[2]) * (a[0] + b[0])) / 2;
    z += ((a[0] - b[0]) * (a[1] + b[1])) / 2;
  });
  return [x, y, z];
}
