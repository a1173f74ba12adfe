/** From the plan's centimetres and metres to features, and exact unions of plots that share their corners. */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import type { Geometry, Position } from '../../geo/geometry.ts';
import { around, between, cross, isInside, signedArea, subtract, type Xy } from '../../geo/plane.ts';
import { ORIGIN_M } from '../terrain.ts';

type Properties = Readonly<Record<string, PropertyValue>>;

export const toCm = ([x, y]: Xy): Xy => [Math.round(x * 100), Math.round(y * 100)];
export const toM = ([x, y]: Xy): Xy => [x / 100, y / 100];

const positionOfCm = ([x, y]: Xy): Position => [(ORIGIN_M[0] * 100 + x) / 100, (ORIGIN_M[1] * 100 + y) / 100];

export const feature = (layer: string, id: string, geometry: Geometry, properties: Properties): Feature => ({
  layer,
  id,
  geometry,
  properties,
});

/** A point at metres of the town's frame. */
export const pointOf = (p: Xy): Geometry => ({ type: 'Point', coordinates: positionOfCm(toCm(p)) });

/** A line through metres of the town's frame, without repeated points. */
export function lineOf(path: readonly Xy[]): Geometry {
  const cm = path.map(toCm).filter((p, i, all) => i === 0 || !samePoint(p, all[i - 1] as Xy));
  return { type: 'LineString', coordinates: cm.map(positionOfCm) };
}

/** Shells with their holes, whole centimetres, open rings. */
export type AreasCm = readonly (readonly (readonly Xy[])[])[];

export const areaOf = (areas: AreasCm): Geometry => ({
  type: 'MultiPolygon',
  coordinates: areas.map((rings) => rings.map((ring) => [...ring, around(ring, 0)].map(positionOfCm))),
});

/** Square metres, holes left out. */
export const areasM2 = (areas: AreasCm): number =>
  areas.reduce((sum, rings) => sum + rings.reduce((part, ring) => part + signedArea(ring) / 1e4, 0), 0);

const samePoint = (a: Xy, b: Xy) => a[0] === b[0] && a[1] === b[1];
const keyOf = (p: Xy): string => `${p[0]},${p[1]}`;

/**
 * The union of counter-clockwise rings that share whole sides and never overlap: sides walked both ways cancel.
 * Exact, as no coordinate is ever computed; what remains in memory is the open rim only.
 */
export class RimUnion {
  readonly #ends = new Map<string, Xy[]>();
  readonly #starts = new Map<string, Xy>();

  add(ring: readonly Xy[]): void {
    for (let i = 0; i < ring.length; i++) this.#walk(ring[i] as Xy, around(ring, i + 1));
  }

  /** Whether a corner lies on the open rim. */
  has(p: Xy): boolean {
    return this.#starts.has(keyOf(p));
  }

  #walk(a: Xy, b: Xy): void {
    if (samePoint(a, b)) return;
    const [from, to] = [keyOf(a), keyOf(b)];
    const back = this.#ends.get(to);
    const met = back?.findIndex((p) => samePoint(p, a)) ?? -1;
    if (back && met !== -1) {
      back.splice(met, 1);
      if (back.length === 0) {
        this.#ends.delete(to);
        this.#starts.delete(to);
      }
      return;
    }
    const list = this.#ends.get(from);
    if (list) list.push(b);
    else {
      this.#ends.set(from, [b]);
      this.#starts.set(from, a);
    }
  }

  /** Takes all rings out; the union is empty afterwards. */
  areas(): AreasCm {
    const rings: Xy[][] = [];
    while (this.#ends.size > 0) {
      const first = this.#ends.keys().next().value as string;
      const walk: Xy[] = [];
      const at = new Map<string, number>();
      let p = this.#starts.get(first) as Xy;
      for (;;) {
        const key = keyOf(p);
        const seen = at.get(key);
        if (seen !== undefined) {
          const ring = walk.splice(seen);
          for (const q of ring) at.delete(keyOf(q));
          rings.push(ring);
        }
        const next = this.#take(key, walk[walk.length - 1], p);
        if (!next) break;
        at.set(key, walk.length);
        walk.push(p);
        p = next;
      }
    }
    return assemble(rings.filter((ring) => ring.length > 2));
  }

  /** The next corner: where several rings touch, the sharpest turn to the left stays with the same area. */
  #take(key: string, before: Xy | undefined, p: Xy): Xy | undefined {
    const list = this.#ends.get(key);
    if (!list) return undefined;
    let best = 0;
    if (before && list.length > 1) {
      const arriving = subtract(p, before);
      const turn = (q: Xy) => {
        const d = subtract(q, p);
        return Math.atan2(cross(arriving, d), arriving[0] * d[0] + arriving[1] * d[1]);
      };
      list.forEach((q, i) => {
        if (turn(q) > turn(list[best] as Xy)) best = i;
      });
    }
    const next = list.splice(best, 1)[0];
    if (list.length === 0) {
      this.#ends.delete(key);
      this.#starts.delete(key);
    }
    return next;
  }
}

function assemble(rings: readonly (readonly Xy[])[]): AreasCm {
  const shells = rings
    .filter((ring) => signedArea(ring) > 0)
    .map((ring) => ({ rings: [ring], areaCm2: signedArea(ring) }))
    .sort((a, b) => a.areaCm2 - b.areaCm2);
  for (const hole of rings) {
    if (signedArea(hole) >= 0) continue;
    const inside = between(hole[0] as Xy, hole[1] as Xy, 0.5);
    shells.find(({ rings: [shell] }) => isInside(shell as readonly Xy[], inside))?.rings.push(hole);
  }
  return shells.map((shell) => shell.rings);
}

export function unionOf(rings: Iterable<readonly Xy[]>): AreasCm {
  const union = new RimUnion();
  for (const ring of rings) union.add(ring);
  return union.areas();
}

/** Groups of rings that hang together by whole sides, in the order of their first member. */
export function connected<T>(items: readonly T[], ringOf: (item: T) => readonly Xy[]): T[][] {
  const parent = items.map((_, i) => i);
  const root = (i: number): number => {
    let r = i;
    while (parent[r] !== r) r = parent[r] as number;
    parent[i] = r;
    return r;
  };
  const owners = new Map<string, number>();
  items.forEach((item, i) => {
    const ring = ringOf(item);
    ring.forEach((p, k) => {
      const q = around(ring, k + 1);
      const other = owners.get(`${q}>${p}`);
      if (other !== undefined) parent[Math.max(root(i), root(other))] = Math.min(root(i), root(other));
      owners.set(`${p}>${q}`, i);
    });
  });
  const groups = new Map<number, T[]>();
  items.forEach((item, i) => {
    const group = groups.get(root(i));
    if (group) group.push(item);
    else groups.set(root(i), [item]);
  });
  return [...groups.values()];
}
