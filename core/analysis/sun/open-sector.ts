/** § 13 of the technical conditions: whether what stands in the sector before a window is far enough for its height. */
import { edgesNear, type Obstacles } from './obstacles.ts';
import type { OpenSectorRule } from './sun-rules.ts';
import type { WindowPoint } from './sunlight.ts';

/** What lacks no more than this may be an error of walls and heights (m). */
export const SECTOR_BOUND_M = 0.6;

export interface SectorView {
  /** A place on the axis of the window, at the inner face of the wall; its height is of the lowest windows' lower edge. */
  readonly point: Required<WindowPoint>;
  readonly isDowntown: boolean;
}

export interface Obstruction {
  readonly id: string;
  /** How much further away it would have to be (m). */
  readonly lackingM: number;
  /** At the place where it lacks most: how far it is and how far above the window (m). */
  readonly distanceM: number;
  readonly riseM: number;
}

type Xyz = readonly [along: number, before: number, rise: number];

/**
 * What stands too near, the worst first. Each part of an edge of a roof is held to its own height.
 * @param except the building of the window: its own wings do not obstruct by this rule
 */
export function obstructionsBefore(
  obstacles: Obstacles,
  { point, isDowntown }: SectorView,
  rule: OpenSectorRule,
  except: string,
): readonly Obstruction[] {
  const { edges, owner, ids, origin } = obstacles;
  const [outEast, outNorth] = point.outward;
  const part = isDowntown ? rule.downtownPart : 1;
  const side = Math.tan((rule.sectorDeg / 2) * (Math.PI / 180));
  const [px, py] = [point.easting - origin[0], point.northing - origin[1]];
  const turned = (at: number): Xyz => {
    const [dx, dy] = [(edges[at] ?? 0) - px, (edges[at + 1] ?? 0) - py];
    return [dy * outEast - dx * outNorth, dx * outEast + dy * outNorth, (edges[at + 2] ?? 0) - point.heightM];
  };
  const worst = new Map<number, Obstruction & { readonly from: number; readonly to: number }>();
  for (const edge of edgesNear(obstacles, px, py, rule.mostM)) {
    const building = owner[edge] ?? -1;
    const id = ids[building];
    if (id === undefined || id === except) continue;
    const [a, b] = [turned(edge * 6), turned(edge * 6 + 3)];
    // Nothing further than the longest distance, and nothing lower than the window, can be too near.
    if (Math.min(a[1], b[1]) >= rule.mostM || Math.max(a[1], b[1]) <= 0 || Math.max(a[2], b[2]) <= 0)
      continue;
    const seen = withinSector(a, b, side);
    if (!seen) continue;
    const found = nearestFor(seen, rule.mostM, part);
    const known = worst.get(building);
    const span = {
      from: Math.min(a[0], b[0], known?.from ?? a[0]),
      to: Math.max(a[0], b[0], known?.to ?? a[0]),
    };
    worst.set(
      building,
      known && known.lackingM >= found.lackingM ? { ...known, ...span } : { id, ...found, ...span },
    );
  }
  return [...worst.values()]
    .filter(({ from, to, distanceM }) => !(to - from <= rule.slenderM && distanceM >= rule.slenderAwayM))
    .filter(({ lackingM }) => lackingM > 1e-9)
    .map(({ id, lackingM, distanceM, riseM }) => ({ id, lackingM, distanceM, riseM }))
    .sort((one, other) => other.lackingM - one.lackingM || (one.id < other.id ? -1 : 1));
}

/** The part of an edge where |along| ≤ side · before. */
function withinSector(a: Xyz, b: Xyz, side: number): readonly [Xyz, Xyz] | undefined {
  let [from, to] = [0, 1];
  for (const sign of [1, -1]) {
    const [start, end] = [side * a[1] - sign * a[0], side * b[1] - sign * b[0]];
    if (start < 0 && end < 0) return undefined;
    if (start < 0) from = Math.max(from, start / (start - end));
    if (end < 0) to = Math.min(to, start / (start - end));
  }
  return from <= to ? [between(a, b, from), between(a, b, to)] : undefined;
}

/**
 * Where min(rise, most) · part - distance is greatest along an edge. That is a concave function: a lower envelope of
 * straight lines less a distance; so it is greatest at an end, where the rise passes `most`, at the foot of the
 * perpendicular, or where the edge climbs as fast as it recedes.
 */
function nearestFor(
  [a, b]: readonly [Xyz, Xyz],
  mostM: number,
  part: number,
): Pick<Obstruction, 'lackingM' | 'distanceM' | 'riseM'> {
  const [dx, dy, dz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const length = Math.hypot(dx, dy);
  const foot = length > 0 ? -(a[0] * dx + a[1] * dy) / length : 0;
  const off = length > 0 ? Math.abs(a[0] * dy - a[1] * dx) / length : Math.hypot(a[0], a[1]);
  const climb = length > 0 ? (dz / length) * part : 0;
  const steepest = Math.abs(climb) < 1 ? foot + (off * climb) / Math.sqrt(1 - climb * climb) : Number.NaN;
  const capped = dz !== 0 ? ((mostM - a[2]) / dz) * length : Number.NaN;
  let best = { lackingM: Number.NEGATIVE_INFINITY, distanceM: 0, riseM: 0 };
  for (const along of [0, length, foot, steepest, capped]) {
    if (!(along >= 0 && along <= length)) continue;
    const [x, y, riseM] = between(a, b, length > 0 ? along / length : 0);
    const distanceM = Math.hypot(x, y);
    const lackingM = Math.min(riseM, mostM) * part - distanceM;
    if (lackingM > best.lackingM) best = { lackingM, distanceM, riseM };
  }
  return best;
}

const between = (a: Xyz, b: Xyz, t: number): Xyz => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];
