/** The town is checked by means of its own: edges paired, corners counted, volumes summed; never by the code under test. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BUILDINGS } from '../catalogue/buildings.ts';
import { BUILDINGS_3D } from '../catalogue/buildings-3d.ts';
import { PARCELS } from '../catalogue/parcels.ts';
import type { Feature } from '../feature/feature.ts';
import { transformBetween } from '../geo/crs.ts';
import type { MultiPolygon, Position } from '../geo/geometry.ts';
import { type DemoCity, generateDemoCity } from './generate.ts';
import { ORIGIN_M } from './terrain.ts';

type Flat = readonly [number, number];

const polygonsOf = (feature: Feature) => (feature.geometry as MultiPolygon).coordinates;
const shellOf = (feature: Feature) =>
  (polygonsOf(feature)[0] as readonly (readonly Position[])[])[0] as readonly Position[];
/** Whole centimetres: every comparison below is exact. */
const cmRing = (feature: Feature): Flat[] =>
  shellOf(feature)
    .slice(0, -1)
    .map(([e, n]) => [Math.round(e * 100), Math.round(n * 100)]);

function byLayer(city: DemoCity): Record<string, Feature[]> {
  const found: Record<string, Feature[]> = { parcels: [], buildings: [], buildings_3d: [] };
  for (const feature of city.features) found[feature.layer]?.push(feature);
  return found;
}

function hashOf(city: DemoCity): string {
  const hash = createHash('sha256');
  for (const feature of city.features) hash.update(JSON.stringify(feature));
  return hash.digest('hex');
}

/** Twice the area, exact, from the first corner so that numbers stay small. */
function doubleArea(ring: readonly Flat[]): number {
  const [ox, oy] = ring[0] as Flat;
  let sum = 0;
  ring.forEach(([x, y], i) => {
    const [u, v] = ring[(i + 1) % ring.length] as Flat;
    sum += (x - ox) * (v - oy) - (u - ox) * (y - oy);
  });
  return sum;
}

const turn = (a: Flat, b: Flat, c: Flat) =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

const properlyCross = (a: Flat, b: Flat, c: Flat, d: Flat) =>
  turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;

const sidesOf = (ring: readonly Flat[]) =>
  ring.map((p, i) => [p, ring[(i + 1) % ring.length] as Flat] as const);

function isOnOrIn(ring: readonly Flat[], p: Flat): boolean {
  let winding = 0;
  for (const [a, b] of sidesOf(ring)) {
    const side = turn(a, b, p);
    const between = (k: 0 | 1) => p[k] >= Math.min(a[k], b[k]) && p[k] <= Math.max(a[k], b[k]);
    if (side === 0 && between(0) && between(1)) return true;
    if (a[1] <= p[1] && b[1] > p[1] && side > 0) winding++;
    if (a[1] > p[1] && b[1] <= p[1] && side < 0) winding--;
  }
  return winding !== 0;
}

const covers = (outer: readonly Flat[], inner: readonly Flat[]) =>
  inner.every((p) => isOnOrIn(outer, p)) &&
  sidesOf(inner).every(([a, b]) => sidesOf(outer).every(([c, d]) => !properlyCross(a, b, c, d)));

describe.each([1, 20260630])('the demo district of seed %i', (seed) => {
  const city = generateDemoCity({ size: 'district', seed });
  const { parcels = [], buildings = [], buildings_3d: solids = [] } = byLayer(city);
  const planted = (kind: string) =>
    new Set(city.truth.defects.filter((defect) => defect.kind === kind).flatMap(({ ids }) => ids));

  it('has about 3,000 parcels, the counts it promised and unique ids', () => {
    expect(parcels.length).toBeGreaterThan(2700);
    expect(parcels.length).toBeLessThan(3400);
    expect(city.counts).toMatchObject({
      parcels: parcels.length,
      buildings: buildings.length,
      buildings_3d: solids.length,
    });
    for (const list of [parcels, buildings, solids])
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
  });

  it('holds the parcel and the building that the documentation names', () => {
    expect(parcels.some(({ id }) => id === '306401_1.0021.AR_10.161')).toBe(true);
    expect(buildings.some(({ id }) => id === '306401_1.0021.AR_10.162.1_BUD')).toBe(true);
    expect(parcels.every(({ id }) => /^306401_1\.\d{4}\.AR_\d{2,3}\.\d+(\/\d+)?$/.test(id))).toBe(true);
  });

  it('fills every property of the catalogue and nothing else', () => {
    for (const [list, layer] of [
      [parcels, PARCELS],
      [buildings, BUILDINGS],
      [solids, BUILDINGS_3D],
    ] as const) {
      const names = layer.properties.map(({ name }) => name).sort();
      for (const feature of list) expect(Object.keys(feature.properties).sort()).toEqual(names);
    }
  });

  it('tiles: every side of a parcel is walked once each way, or lies on the boundary of the town', () => {
    const dented = new Set([...planted('parcel-gap'), ...planted('parcel-overlap')]);
    const walked = new Map<string, string>();
    for (const parcel of parcels) {
      for (const [a, b] of sidesOf(cmRing(parcel))) {
        expect(walked.get(`${a}>${b}`), `${parcel.id} and another walk ${a}>${b}`).toBeUndefined();
        walked.set(`${a}>${b}`, parcel.id);
      }
    }
    const open: [Flat, Flat][] = [];
    for (const parcel of parcels) {
      if (dented.has(parcel.id)) continue;
      for (const [a, b] of sidesOf(cmRing(parcel))) {
        const neighbour = walked.get(`${b}>${a}`);
        if (neighbour === undefined) open.push([a, b]);
      }
    }
    const [minE, minN, maxE, maxN] = city.extent;
    const inner = open.filter(([[e, n]]) => {
      const fromRim = Math.min(e / 100 - minE, maxE - e / 100, n / 100 - minN, maxN - n / 100);
      return fromRim > 90;
    });
    // The other side of each of the two planted dents.
    expect(inner.length).toBe(dented.size > 0 ? inner.filter(([a, b]) => besideDent(a, b)).length : 0);
    function besideDent(a: Flat, b: Flat): boolean {
      return [...dented].some((id) => {
        const ring = cmRing(parcels.find((parcel) => parcel.id === id) as Feature);
        return (
          ring.some((p) => p[0] === a[0] && p[1] === a[1]) && ring.some((p) => p[0] === b[0] && p[1] === b[1])
        );
      });
    }
  });

  it('has simple, counter-clockwise parcels whose areas sum to the area inside the boundary', () => {
    let sumCm2 = 0;
    for (const parcel of parcels) {
      const ring = cmRing(parcel);
      const area = doubleArea(ring);
      expect(area, parcel.id).toBeGreaterThan(0);
      sumCm2 += area / 2;
      const sides = sidesOf(ring);
      for (let i = 0; i < sides.length; i++) {
        for (let k = i + 2; k < sides.length; k++) {
          const [a, b] = sides[i] as (typeof sides)[number];
          const [c, d] = sides[k] as (typeof sides)[number];
          expect(properlyCross(a, b, c, d), `${parcel.id} crosses itself`).toBe(false);
        }
      }
    }
    const dents = city.truth.defects.reduce((sum, { kind, value }) => {
      if (kind === 'parcel-gap') return sum - value;
      return kind === 'parcel-overlap' ? sum + value : sum;
    }, 0);
    expect(Math.abs(sumCm2 / 1e4 - dents - city.truth.outlineAreaM2) / city.truth.outlineAreaM2).toBeLessThan(
      1e-9,
    );
    expect(city.truth.outlineAreaM2).toBeGreaterThan(3.8e6);
    expect(city.truth.outlineAreaM2).toBeLessThan(4.3e6);
  });

  it('registers the area that the geometry has, but for the planted one', () => {
    const wrong = planted('registered-area-wrong');
    const dented = new Set([...planted('parcel-gap'), ...planted('parcel-overlap')]);
    expect(wrong.size).toBe(1);
    for (const parcel of parcels) {
      if (dented.has(parcel.id)) continue;
      const ratio =
        ((parcel.properties['registered_area_ha'] as number) * 1e4) / (doubleArea(cmRing(parcel)) / 2e4);
      const near = Math.abs(ratio - 1) * (doubleArea(cmRing(parcel)) / 2e4) <= 0.5001;
      expect(near, parcel.id).toBe(!wrong.has(parcel.id));
    }
  });

  it('keeps every building inside its parcel, but for the planted one', () => {
    const across = planted('building-across-boundary');
    expect(across.size).toBe(3);
    const rings = new Map(parcels.map((parcel) => [parcel.id, cmRing(parcel)]));
    const dented = new Set([...planted('parcel-gap'), ...planted('parcel-overlap')]);
    for (const building of buildings) {
      const parcelId = building.properties['parcel_ids'] as string;
      if (dented.has(parcelId)) continue;
      expect(building.id.startsWith(`${parcelId}.`)).toBe(true);
      const inside = covers(rings.get(parcelId) as Flat[], cmRing(building));
      expect(inside, building.id).toBe(!across.has(building.id));
    }
  });

  it('lets no two buildings of a parcel overlap', () => {
    const groups = new Map<string, Flat[][]>();
    for (const building of buildings) {
      const key = building.properties['parcel_ids'] as string;
      groups.set(key, [...(groups.get(key) ?? []), cmRing(building)]);
    }
    for (const [parcelId, rings] of groups) {
      rings.forEach((one, i) => {
        for (const other of rings.slice(i + 1)) {
          const crossing = sidesOf(one).some(([a, b]) =>
            sidesOf(other).some(([c, d]) => properlyCross(a, b, c, d)),
          );
          expect(
            crossing || isOnOrIn(one, other[0] as Flat) || isOnOrIn(other, one[0] as Flat),
            parcelId,
          ).toBe(false);
        }
      });
    }
  });

  it('has one solid for each building but the planted one, on the lowest ground under it', () => {
    const missing = planted('building-without-3d');
    const floating = planted('building-3d-floating');
    const tooHigh = planted('building-3d-too-high');
    const bySolid = new Map(solids.map((solid) => [solid.properties['building_id'] as string, solid]));
    for (const building of buildings) {
      const solid = bySolid.get(building.id);
      expect(solid === undefined, building.id).toBe(missing.has(building.id));
      if (!solid) continue;
      const lowest = Math.min(...shellOf(building).map(([e, n]) => city.heightM(e, n)));
      const ground = solid.properties['ground_height_m'] as number;
      expect(Math.abs(ground - lowest) <= 0.00501, building.id).toBe(!floating.has(building.id));
      const perStorey =
        (solid.properties['height_m'] as number) / (solid.properties['storeys_above'] as number);
      if (['1110', '1122'].includes(solid.properties['function'] as string)) {
        expect(perStorey > 2.3 && perStorey < 9, `${building.id} ${perStorey}`).toBe(
          !tooHigh.has(building.id),
        );
      }
    }
  });

  it('has watertight solids with planar faces that look outwards', () => {
    for (const solid of solids) checkSolid(solid);
  });

  it('shows every kind of roof', () => {
    const kinds = new Set(solids.map(({ properties }) => properties['roof_type']));
    expect([...kinds].sort()).toEqual([
      'combined',
      'flat',
      'gabled',
      'half-hipped',
      'hipped',
      'mansard',
      'shed',
    ]);
  });

  it('dates everything in the past of the law date and begins a version no earlier than its object', () => {
    for (const { properties, id } of [...parcels, ...buildings]) {
      const [since, version] = [properties['object_since'] as string, properties['version_since'] as string];
      expect(since <= version && version < '2026-06-30', id).toBe(true);
    }
  });
});

/** Every directed edge once each way; faces flat within 2 cm; volume positive; G down, R up, W level. */
function checkSolid(solid: Feature): void {
  const kinds = solid.properties['surface_kinds'] as string;
  const polygons = polygonsOf(solid);
  expect(kinds.length, solid.id).toBe(polygons.length);
  const edges = new Map<string, number>();
  const origin = shellOf(solid)[0] as Position;
  let volume = 0;
  polygons.forEach((rings, index) => {
    const ring = (rings[0] as readonly Position[]).map(
      ([e, n, z = 0]) => [e - origin[0], n - origin[1], z - (origin[2] ?? 0)] as const,
    );
    const name = `${solid.properties['building_id']} surface ${index}`;
    let normal: [number, number, number] = [0, 0, 0];
    for (let i = 0; i + 1 < ring.length; i++) {
      const [p, q] = [ring[i] as (typeof ring)[0], ring[i + 1] as (typeof ring)[0]];
      const [from, to] = [p, q].map((v) => v.map((x) => Math.round(x * 1000)).join(' '));
      edges.set(`${from}>${to}`, (edges.get(`${from}>${to}`) ?? 0) + 1);
      normal = [
        normal[0] + (p[1] - q[1]) * (p[2] + q[2]),
        normal[1] + (p[2] - q[2]) * (p[0] + q[0]),
        normal[2] + (p[0] - q[0]) * (p[1] + q[1]),
      ];
    }
    const length = Math.hypot(...normal);
    const unit = normal.map((x) => x / length) as [number, number, number];
    const at = (p: readonly number[]) =>
      unit[0] * (p[0] as number) + unit[1] * (p[1] as number) + unit[2] * (p[2] as number);
    const corners = ring.slice(0, -1);
    const mean = corners.reduce((sum, p) => sum + at(p), 0) / corners.length;
    for (const p of corners) expect(Math.abs(at(p) - mean), `${name} is not flat`).toBeLessThan(0.02);
    volume += (mean * length) / 6;
    if (kinds[index] === 'G') expect(unit[2], name).toBeLessThan(-0.999);
    if (kinds[index] === 'R') expect(unit[2], name).toBeGreaterThan(0.2);
    if (kinds[index] === 'W') expect(Math.abs(unit[2]), name).toBeLessThan(0.02);
  });
  for (const [edge, count] of edges) {
    const [from, to] = edge.split('>');
    const name = `${solid.properties['building_id']} (${solid.properties['roof_type']}) edge ${edge}`;
    expect(count, name).toBe(1);
    expect(edges.get(`${to}>${from}`), `${name} has no other face`).toBe(1);
  }
  expect(volume, solid.id).toBeGreaterThan(5);
}

describe('the demo city', () => {
  it('gives the same bytes for the same seed and others for another', () => {
    const district = (seed: number) => hashOf(generateDemoCity({ size: 'district', seed }));
    const first = district(7);
    expect(district(7)).toBe(first);
    expect(district(8)).not.toBe(first);
  });

  it('lies in Poznań and rises as its river lets it', () => {
    const [e, n] = transformBetween(4326, 2177)([16.93, 52.41]);
    expect(Math.hypot(e - ORIGIN_M[0], n - ORIGIN_M[1])).toBeLessThan(100);
    const { heightM, extent } = generateDemoCity({ size: 'district', seed: 3 });
    const heights: number[] = [];
    for (let east = extent[0]; east < extent[2]; east += 40) {
      for (let north = extent[1]; north < extent[3]; north += 40) heights.push(heightM(east, north));
    }
    expect(Math.min(...heights)).toBeGreaterThan(55);
    expect(Math.max(...heights)).toBeLessThan(95);
    expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(15);
  });

  it('refuses a seed that is no whole number', () => {
    expect(() => generateDemoCity({ size: 'district', seed: 1.5 })).toThrow('seed needs a whole number');
  });
});
