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
