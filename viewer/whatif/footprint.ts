/** Geometry of a footprint while it is drawn. Places are easting, northing of EPSG:2177, m; rings are open. */
export type Place = readonly [easting: number, northing: number];

/**
 * Where a corner goes when right angles are wanted: on the line of the last side or square to it, whichever is nearer,
 * and level with the first corner when that is within `nearM`.
 */
export function squared(corners: readonly Place[], [e, n]: Place, nearM: number): Place {
  const from = corners.at(-1);
  const before = corners.at(-2);
  const first = corners[0];
  if (!from || !before || !first) return [e, n];
  const sideM = Math.hypot(from[0] - before[0], from[1] - before[1]);
  if (sideM === 0) return [e, n];
  const along: Place = [(from[0] - before[0]) / sideM, (from[1] - before[1]) / sideM];
  const across: Place = [-along[1], along[0]];
  const on = (direction: Place, [x, y]: Place) => (x - from[0]) * direction[0] + (y - from[1]) * direction[1];
  const direction = Math.abs(on(across, [e, n])) >= Math.abs(on(along, [e, n])) ? across : along;
  const wantedM = on(direction, [e, n]);
  const levelM = on(direction, first);
  const reachM = corners.length > 2 && Math.abs(levelM - wantedM) <= nearM ? levelM : wantedM;
  return [from[0] + direction[0] * reachM, from[1] + direction[1] * reachM];
}

/** The nearest of some places within `withinM`. */
export function nearest(places: Iterable<Place>, [e, n]: Place, withinM: number): Place | undefined {
  let best: Place | undefined;
  let leastM = withinM;
  for (const place of places) {
    const awayM = Math.hypot(place[0] - e, place[1] - n);
    if (awayM <= leastM) {
      best = place;
      leastM = awayM;
    }
  }
  return best;
}

/** Where two sides of the closed ring cross or touch; undefined for a simple one. */
export function crossingOf(corners: readonly Place[]): Place | undefined {
  const side = (index: number) => [corners[index], corners[(index + 1) % corners.length]] as [Place, Place];
  for (let i = 0; i < corners.length; i++) {
    for (let j = i + 2; j < corners.length; j++) {
      // The last side ends where the first begins.
      if (i === 0 && j === corners.length - 1) continue;
      const at = meeting(side(i), side(j));
      if (at) return at;
    }
  }
  return undefined;
}

function meeting([a, b]: readonly [Place, Place], [c, d]: readonly [Place, Place]): Place | undefined {
  const [rx, ry, sx, sy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const turn = rx * sy - ry * sx;
  if (turn === 0) return undefined;
  const [qx, qy] = [c[0] - a[0], c[1] - a[1]];
  const onFirst = (qx * sy - qy * sx) / turn;
  const onSecond = (qx * ry - qy * rx) / turn;
  const meets = onFirst >= 0 && onFirst <= 1 && onSecond >= 0 && onSecond <= 1;
  return meets ? [a[0] + onFirst * rx, a[1] + onFirst * ry] : undefined;
}

/** Area of the closed ring, m². */
export function areaM2Of(corners: readonly Place[]): number {
  const [[e0, n0] = [0, 0]] = corners;
  let twice = 0;
  for (const [index, [e1, n1]] of corners.entries()) {
    const [e2, n2] = corners[(index + 1) % corners.length] ?? [e0, n0];
    // Relative to the first corner: coordinates of millions would eat the digits.
    twice += (e1 - e0) * (n2 - n0) - (e2 - e0) * (n1 - n0);
  }
  return Math.abs(twice) / 2;
}

/** Whether the ring turns one way only. Corners that stand less than a hair off the line count as straight. */
export function isConvex(corners: readonly Place[]): boolean {
  let way = 0;
  for (const [index, [x2, y2]] of corners.entries()) {
    const [x1, y1] = corners.at(index - 1) ?? [x2, y2];
    const [x3, y3] = corners[(index + 1) % corners.length] ?? [x2, y2];
    const turn = (x2 - x1) * (y3 - y2) - (y2 - y1) * (x3 - x2);
    const sine = turn / (Math.hypot(x2 - x1, y2 - y1) * Math.hypot(x3 - x2, y3 - y2) || 1);
    if (Math.abs(sine) < 0.005) continue;
    if (way !== 0 && Math.sign(sine) !== way) return false;
    way = Math.sign(sine);
  }
  return true;
}
