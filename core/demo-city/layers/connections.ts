/** Ways of service connections: from a wall to the main in the street, over no neighbour's plot and under no house. */
import { between, boxAround, cross, distance, isInside, meet, subtract, type Xy } from '../../geo/plane.ts';
import type { PlannedParcel } from '../town-plan.ts';
import type { Addressed } from './addresses.ts';
import { STREETS } from './base-map.ts';
import { toM } from './shapes.ts';
import { placeBeside } from './street-network.ts';

interface Obstacle {
  /** The plot, or the building. */
  readonly id: string;
  readonly ring: readonly Xy[];
  readonly box: readonly [west: number, south: number, east: number, north: number];
}

/** No connection is longer than this from the door. */
const LONGEST_M = 120;

const TRIED_EXITS = 9;

/** Public ground, under which anybody's pipes may lie. */
const isPublic = ({ role }: PlannedParcel): boolean =>
  STREETS.includes(role) || role === 'green' || role === 'square';

/** The plots and buildings of one quarter that connections must go round. */
export class ConnectionWays {
  readonly #obstacles: readonly Obstacle[];
  /** Sides of each plot beyond which no other plot lies but public ground. */
  readonly #openSides = new Map<string, (readonly [Xy, Xy])[]>();

  constructor(parcels: readonly PlannedParcel[]) {
    const closed = parcels.filter((parcel) => !isPublic(parcel));
    this.#obstacles = [
      ...closed.map(({ id, ringCm }) => obstacle(id, ringCm.map(toM))),
      ...parcels.flatMap(({ buildings }) =>
        buildings.flatMap(({ id, design }) => design.parts.map(({ ring }) => obstacle(id, ring))),
      ),
    ];
    const sides = new Set<string>();
    for (const { ringCm } of closed) {
      for (const [i, p] of ringCm.entries()) sides.add(`${p}>${ringCm[(i + 1) % ringCm.length]}`);
    }
    for (const { id, ringCm } of closed) {
      const open = ringCm.flatMap((p, i): (readonly [Xy, Xy])[] => {
        const q = ringCm[(i + 1) % ringCm.length] as Xy;
        return sides.has(`${q}>${p}`) ? [] : [[toM(p), toM(q)]];
      });
      this.#openSides.set(id, open);
    }
  }

  /** From the main to the wall; undefined where no way is free. */
  between({ building, parcel, door }: Addressed, start: Xy, main: readonly Xy[]): Xy[] | undefined {
    const near = this.#obstacles.filter(
      ({ id, box: [west, south, east, north] }) =>
        id !== parcel.id &&
        id !== building.id &&
        west < door[0] + LONGEST_M &&
        east > door[0] - LONGEST_M &&
        south < door[1] + LONGEST_M &&
        north > door[1] - LONGEST_M,
    );
    const isFree = (way: readonly Xy[]) =>
      way.every((q, i) => i === 0 || near.every(({ ring, box }) => !crosses(ring, box, way[i - 1] as Xy, q)));
    const { at } = placeBeside(main, start);
    if (distance(at, start) < 1) return undefined;
    if (distance(at, start) <= LONGEST_M && isFree([at, start])) return [at, start];
    const exits = (this.#openSides.get(parcel.id) ?? [])
      .flatMap(([p, q]) => [0.5, 0.2, 0.8].map((t) => ({ via: between(p, q, t), side: subtract(q, p) })))
      .sort((one, other) => distance(one.via, start) - distance(other.via, start));
    for (const { via, side } of exits.slice(0, TRIED_EXITS)) {
      const out = placeBeside(main, via).at;
      const leg = subtract(out, via);
      // Straight out of the plot, never along its border.
      const slant = Math.abs(cross(leg, side)) / (Math.hypot(...leg) * Math.hypot(...side));
      if (slant > 0.35 && distance(out, start) <= LONGEST_M && isFree([out, via, start]))
        return [out, via, start];
    }
    return undefined;
  }
}

function obstacle(id: string, ring: readonly Xy[]): Obstacle {
  return { id, ring, box: boxAround(ring) };
}

function crosses(ring: readonly Xy[], [west, south, east, north]: Obstacle['box'], p: Xy, q: Xy): boolean {
  if (Math.max(p[0], q[0]) < west || Math.min(p[0], q[0]) > east) return false;
  if (Math.max(p[1], q[1]) < south || Math.min(p[1], q[1]) > north) return false;
  if (isInside(ring, p) || isInside(ring, between(p, q, 0.5))) return true;
  const r = subtract(q, p);
  return ring.some((a, i) => {
    const s = subtract(ring[(i + 1) % ring.length] as Xy, a);
    const hit = cross(r, s) === 0 ? undefined : meet(p, r, a, s);
    return hit !== undefined && hit.t >= 0 && hit.t <= 1 && hit.u >= 0 && hit.u <= 1;
  });
}
