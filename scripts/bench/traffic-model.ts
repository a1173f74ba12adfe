/** Generated networks for `bench:traffic`; the same name gives the same network. */
import { type OdDemand, odDemand, type Trips } from '../../core/analysis/traffic/demand.ts';
import { type LinkDraft, type RoadNetwork, roadNetwork } from '../../core/analysis/traffic/road-network.ts';
import { randomOf } from '../../core/demo-city/random.ts';

export interface GeneratedModel {
  readonly name: string;
  /** Streets form a grid of so many nodes each way. */
  readonly side: number;
  readonly zones: number;
  readonly pairs: number;
  readonly trips: number;
  readonly connectors: number;
  /** Part of the small streets that are there. */
  readonly kept: number;
}

/** Small streets, arterials every 6 and fast roads every 24 of them, zones hung onto the nearest nodes. */
export function modelOf({ name, side, zones, pairs, trips, connectors, kept }: GeneratedModel): {
  network: RoadNetwork;
  demand: OdDemand;
} {
  const { between, chance } = randomOf('bench traffic', name);
  const nodes = Array.from(
    { length: side * side },
    (_, n) => [(n % side) + between(-0.3, 0.3), Math.floor(n / side) + between(-0.3, 0.3)] as const,
  );
  const centres = Array.from({ length: zones }, () => [between(0, side - 1), between(0, side - 1)] as const);
  const apart = (a: readonly [number, number], b: readonly [number, number]) =>
    Math.hypot(a[0] - b[0], a[1] - b[1]);
  const links: LinkDraft[] = [];
  const street = (from: number, to: number, capacity: number, speed: number) => {
    const length = apart(nodes[from] ?? [0, 0], nodes[to] ?? [0, 0]);
    const time = length / speed;
    links.push({
      tail: zones + from,
      head: zones + to,
      capacity,
      length,
      freeFlowTime: time,
      b: 0.15,
      power: 4,
      toll: 0,
    });
  };
  for (let node = 0; node < side * side; node++) {
    const [x, y] = [node % side, Math.floor(node / side)];
    for (const [to, across, isInside] of [
      [node + 1, y, x + 1 < side],
      [node + side, x, y + 1 < side],
    ] as const) {
      if (!isInside) continue;
      const [isFast, isArterial] = [across % 24 === 12, across % 6 === 0];
      if (!isFast && !isArterial && !chance(kept)) continue;
      const [capacity, speed] = isFast ? [4000, 2.2] : isArterial ? [1800, 1.3] : [600, 0.8];
      street(node, to, capacity, speed);
      if (isFast || isArterial || chance(0.85)) street(to, node, capacity, speed);
    }
  }
  for (const [zone, centre] of centres.entries()) {
    const near = [...nodes.keys()].sort(
      (a, b) => apart(nodes[a] ?? [0, 0], centre) - apart(nodes[b] ?? [0, 0], centre),
    );
    for (const node of near.slice(0, connectors)) {
      const time = 0.3 + apart(nodes[node] ?? [0, 0], centre);
      const connector = { capacity: 1, length: time, freeFlowTime: time, b: 0, power: 0, toll: 0 };
      links.push(
        { ...connector, tail: zone, head: zones + node },
        { ...connector, tail: zones + node, head: zone },
      );
    }
  }
  const middle = [side / 2, side / 2] as const;
  const weights = centres.map((centre) => Math.exp(between(-1.5, 1.5) - (2 * apart(centre, middle)) / side));
  const wanted: Trips[] = centres.flatMap((from, origin) =>
    centres.map((to, destination) => ({
      origin,
      destination,
      trips:
        origin === destination
          ? 0
          : (weights[origin] ?? 0) *
            (weights[destination] ?? 0) *
            Math.exp(-apart(from, to) / (0.3 * side)) *
            between(0, 1),
    })),
  );
  const most = wanted.sort((a, b) => b.trips - a.trips).slice(0, pairs);
  const sum = most.reduce((total, one) => total + one.trips, 0);
  const network = roadNetwork({
    nodeCount: zones + side * side,
    zoneCount: zones,
    firstThruNode: zones,
    links,
  });
  return {
    network,
    demand: odDemand(
      zones,
      most.map((one) => ({ ...one, trips: (one.trips * trips) / sum })),
    ),
  };
}
