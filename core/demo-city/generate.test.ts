/** The town is checked by means of its own: edges paired, corners counted, volumes summed; never by the code under test. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BUILDINGS } from '../catalogue/buildings.ts';
import { BUILDINGS_3D } from '../catalogue/buildings-3d.ts';
import { PARCELS } from '../catalogue/parcels.ts';
import type { Feature } from '../feature/feature.ts';
import { transformBetween } from '../geo/crs.ts';
import type { MultiPolygon, Position } from '../geo/geometry.ts';
import { type DemoCity, type DemoRun, generateDemoCity } from './generate.ts';
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

function byLayer(city: DemoRun): Record<string, Feature[]> {
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

/** As above, touching included. */
const meets = (a: Flat, b: Flat, c: Flat, d: Flat) =>
  Math.max(a[0], b[0]) >= Math.min(c[0], d[0]) &&
  Math.max(c[0], d[0]) >= Math.min(a[0], b[0]) &&
  Math.max(a[1], b[1]) >= Math.min(c[1], d[1]) &&
  Math.max(c[1], d[1]) >= Math.min(a[1], b[1]) &&
  turn(a, b, c) * turn(a, b, d) <= 0 &&
  turn(c, d, a) * turn(c, d, b) <= 0;

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

/** The ring without the corner whose neighbours the other ring joins by one straight side. */
function withoutDent(ring: readonly Flat[], neighbour: readonly Flat[]): Flat[] {
  const sides = new Set(sidesOf(neighbour).map(([a, b]) => `${a}>${b}`));
  const n = ring.length;
  return ring.filter((_, i) => !sides.has(`${ring[(i + 1) % n]}>${ring[(i + n - 1) % n]}`));
}

/** One ring through all sides, as far as they go. */
function chained(sides: readonly (readonly [Flat, Flat])[]): Flat[] {
  const next = new Map(sides.map(([a, b]) => [String(a), b]));
  const start = sides[0]?.[0] as Flat;
  const ring: Flat[] = [];
  let here: Flat | undefined = start;
  do {
    ring.push(here);
    here = next.get(String(here));
  } while (here && String(here) !== String(start) && ring.length <= sides.length);
  return ring;
}

const covers = (outer: readonly Flat[], inner: readonly Flat[]) =>
  inner.every((p) => isOnOrIn(outer, p)) &&
  sidesOf(inner).every(([a, b]) => sidesOf(outer).every(([c, d]) => !properlyCross(a, b, c, d)));

describe.each([1, 20260630])('the demo district of seed %i', (seed) => {
  const city = generateDemoCity({ size: 'district', seed });
  const run = city.run();
  const { parcels = [], buildings = [], buildings_3d: solids = [] } = byLayer(run);
  const { truth } = run;
  const planted = (kind: string) =>
    new Set(truth.defects.filter((defect) => defect.kind === kind).flatMap(({ ids }) => ids));

  it('has about 3,000 parcels, the counts it promised and unique ids', () => {
    expect(parcels.length).toBeGreaterThan(2700);
    expect(parcels.length).toBeLessThan(3400);
    expect(truth.counts).toMatchObject({
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
      const kinds = new Set(list.map(({ properties }) => Object.keys(properties).sort().join()));
      expect([...kinds]).toEqual([names.join()]);
    }
  });

  it('tiles: healed of the planted dents, every inner side is walked once each way and the others are the boundary', () => {
    const rings = new Map(parcels.map((parcel) => [parcel.id, cmRing(parcel)]));
    const dents = truth.defects.filter(({ kind }) => kind === 'parcel-gap' || kind === 'parcel-overlap');
    expect(dents.map(({ kind }) => kind)).toEqual(['parcel-gap', 'parcel-overlap']);
    for (const { ids, value, kind } of dents) {
      const [id = '', neighbour = ''] = ids;
      const healed = withoutDent(rings.get(id) as Flat[], rings.get(neighbour) as Flat[]);
      const change = (doubleArea(healed) - doubleArea(rings.get(id) as Flat[])) / 2e4;
      expect(Math.abs(change - (kind === 'parcel-gap' ? value : -value))).toBeLessThan(1e-6);
      rings.set(id, healed);
    }
    const walked = new Map<string, readonly [Flat, Flat]>();
    let twice = 0;
    for (const ring of rings.values()) {
      for (const [a, b] of sidesOf(ring)) {
        if (walked.has(`${a}>${b}`)) twice++;
        walked.set(`${a}>${b}`, [a, b]);
      }
    }
    expect(twice).toBe(0);
    const open = [...walked.values()].filter(([a, b]) => !walked.has(`${b}>${a}`));
    const boundary = chained(open);
    expect(boundary.length).toBe(open.length);
    expect(doubleArea(boundary) / 2e4).toBeCloseTo(truth.outlineAreaM2, 3);
    const sum = [...rings.values()].reduce((total, ring) => total + doubleArea(ring), 0);
    expect(sum).toBe(doubleArea(boundary));
  });

  it('has simple, counter-clockwise parcels on about 2 by 2 km', () => {
    const faulty = parcels.filter((parcel) => {
      const ring = cmRing(parcel);
      const sides = sidesOf(ring);
      const crossing = sides.some(([a, b], i) =>
        sides.some(([c, d], k) => k > i + 1 && (i > 0 || k < sides.length - 1) && meets(a, b, c, d)),
      );
      return crossing || doubleArea(ring) <= 0;
    });
    expect(faulty.map(({ id }) => id)).toEqual([]);
    expect(truth.outlineAreaM2).toBeGreaterThan(3.8e6);
    expect(truth.outlineAreaM2).toBeLessThan(4.3e6);
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
    const outside = buildings.filter((building) => {
      const parcelId = building.properties['parcel_ids'] as string;
      expect(building.id.startsWith(`${parcelId}.`)).toBe(true);
      return !dented.has(parcelId) && !covers(rings.get(parcelId) as Flat[], cmRing(building));
    });
    expect(outside.map(({ id }) => id)).toEqual([...across].slice(0, 1));
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
    expect(solids.flatMap(solidProblems)).toEqual([]);
  });

  it('has towers: a town hall and churches that rise over 30 m, and slabs of eleven storeys', () => {
    const high = (pkob: string) =>
      Math.max(
        ...solids
          .filter(({ properties }) => properties['function'] === pkob)
          .map(({ properties }) => properties['height_m'] as number),
      );
    expect(high('1272')).toBeGreaterThan(30);
    expect(solids.some(({ properties }) => properties['storeys_above'] === 11)).toBe(true);
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

/** Every directed edge once each way; faces flat within 2 cm; volume positive; G down, R up, W upright. */
function solidProblems(solid: Feature): string[] {
  const kinds = solid.properties['surface_kinds'] as string;
  const polygons = polygonsOf(solid);
  const name = `${solid.properties['building_id']} (${solid.properties['roof_type']})`;
  const problems: string[] = [];
  if (kinds.length !== polygons.length || !/^GR+W+$/.test([...kinds].sort().join('')))
    problems.push(`${name} kinds ${kinds}`);
  const edges = new Map<string, number>();
  const origin = shellOf(solid)[0] as Position;
  let volume = 0;
  polygons.forEach((rings, index) => {
    const ring = (rings[0] as readonly Position[]).map(
      ([e, n, z = 0]) => [e - origin[0], n - origin[1], z - (origin[2] ?? 0)] as const,
    );
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
    const [a, b, c] = normal.map((x) => x / length) as [number, number, number];
    const away = ring.slice(0, -1).map(([x, y, z]) => a * x + b * y + c * z);
    const mean = away.reduce((sum, d) => sum + d, 0) / away.length;
    if (away.some((d) => Math.abs(d - mean) > 0.02)) problems.push(`${name} surface ${index} is not flat`);
    volume += (mean * length) / 6;
    const right = { G: c < -0.999, R: c > 0.2, W: Math.abs(c) < 0.02 }[kinds[index] ?? ''];
    if (!right) problems.push(`${name} surface ${index} (${kinds[index]}) looks ${[a, b, c]}`);
  });
  for (const [edge, count] of edges) {
    const [from, to] = edge.split('>');
    if (count !== 1 || edges.get(`${to}>${from}`) !== 1) problems.push(`${name} is open at ${edge}`);
  }
  if (volume < 5) problems.push(`${name} holds ${volume} m³`);
  return problems;
}

describe('the demo city', () => {
  it('gives the same bytes for the same seed and others for another', () => {
    const district = (seed: number) => hashOf(generateDemoCity({ size: 'district', seed }));
    const first = district(7);
    expect(district(7)).toBe(first);
    expect(district(8)).not.toBe(first);
  }, 120_000);

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
