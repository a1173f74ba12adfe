/** The layers of the demo district against each other, by arithmetic of the test's own. */
import { describe, expect, it } from 'vitest';
import { REGISTERS } from '../../catalogue/catalogue.ts';
import { UTILITY_LINES } from '../../catalogue/utilities.ts';
import type { Feature } from '../../feature/feature.ts';
import type { LineString, MultiPolygon, Point, Position } from '../../geo/geometry.ts';
import { generateDemoCity } from '../generate.ts';
import type { ParcelConstraint } from './parcel-constraint.ts';

const city = generateDemoCity({ size: 'district', seed: 1 });
const constraints: ParcelConstraint[] = [];
const run = city.run((constraint) => constraints.push(constraint));
const layers = new Map<string, Feature[]>();
for (const feature of run.features) {
  const list = layers.get(feature.layer);
  if (list) list.push(feature);
  else layers.set(feature.layer, [feature]);
}
const { truth } = run;
const of = (layer: string): Feature[] => layers.get(layer) ?? [];
const at = (feature: Feature): Position => (feature.geometry as Point).coordinates;
const lineOf = (feature: Feature): readonly Position[] => (feature.geometry as LineString).coordinates;
const ringsOf = (feature: Feature): readonly (readonly Position[])[] =>
  (feature.geometry as MultiPolygon).coordinates.flat();

function ringArea(ring: readonly Position[]): number {
  const [ox, oy] = ring[0] as Position;
  return (
    ring.slice(1).reduce((sum, [x, y], i) => {
      const [u, v] = ring[i] as Position;
      return sum + (u - ox) * (y - oy) - (x - ox) * (v - oy);
    }, 0) / 2
  );
}
const areaOf = (feature: Feature): number => ringsOf(feature).reduce((sum, ring) => sum + ringArea(ring), 0);
const total = (list: readonly Feature[]): number => list.reduce((sum, feature) => sum + areaOf(feature), 0);

function isIn(feature: Feature, [x, y]: Position): boolean {
  let inside = false;
  for (const ring of ringsOf(feature)) {
    for (let i = 1; i < ring.length; i++) {
      const [[ax, ay], [bx, by]] = [ring[i - 1] as Position, ring[i] as Position];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

function toLine([x, y]: Position, line: readonly Position[]): number {
  let best = Infinity;
  for (let i = 1; i < line.length; i++) {
    const [[ax, ay], [bx, by]] = [line[i - 1] as Position, line[i] as Position];
    const squared = (bx - ax) ** 2 + (by - ay) ** 2;
    const t = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / (squared || 1)));
    best = Math.min(best, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
  }
  return best;
}

/** Things by squares of 50 m, so that a look-up near a place is short. */
function near(features: readonly Feature[], marginM: number): (p: Position) => readonly Feature[] {
  const squares = new Map<string, Feature[]>();
  const cell = (v: number) => Math.floor(v / 50);
  for (const feature of features) {
    const points = feature.geometry?.type === 'LineString' ? lineOf(feature) : ringsOf(feature).flat();
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    for (let i = cell(Math.min(...xs) - marginM); i <= cell(Math.max(...xs) + marginM); i++) {
      for (let k = cell(Math.min(...ys) - marginM); k <= cell(Math.max(...ys) + marginM); k++) {
        squares.set(`${i} ${k}`, [...(squares.get(`${i} ${k}`) ?? []), feature]);
      }
    }
  }
  return ([x, y]) => squares.get(`${cell(x)} ${cell(y)}`) ?? [];
}

const defects = (kind: string) => truth.defects.filter((defect) => defect.kind === kind);

describe('the layers of the demo district', () => {
  it('has data in every register that is loaded, as many as counted, each id once', () => {
    for (const { name, derivedFrom, keptBy } of REGISTERS) {
      if (derivedFrom ?? keptBy) continue;
      expect(of(name).length, name).toBeGreaterThan(0);
      expect(truth.counts[name as keyof typeof truth.counts], name).toBe(of(name).length);
      expect(new Set(of(name).map(({ id }) => id)).size, name).toBe(of(name).length);
    }
  });

  it('fills the properties of the catalogue with codes that the catalogue knows', () => {
    for (const { name, properties, geometryType, derivedFrom, keptBy } of REGISTERS) {
      if (derivedFrom ?? keptBy) continue;
      const names = properties.map((property) => property.name).sort();
      const shapes = new Set(of(name).map(({ properties: filled }) => Object.keys(filled).sort().join()));
      expect([...shapes], name).toEqual([names.join()]);
      expect([...new Set(of(name).map(({ geometry }) => geometry?.type))], name).toEqual([geometryType]);
      for (const { name: property, codelist } of properties) {
        if (!codelist) continue;
        const used = new Set(of(name).map((feature) => feature.properties[property] ?? null));
        used.delete(null);
        const unknown = [...used].filter((value) => !codelist.some(({ code }) => code === value));
        expect(unknown, `${name}.${property}`).toEqual([]);
      }
    }
  });

  it('keeps trunks out of buildings and off carriageways', () => {
    const buildings = near(of('buildings'), 1);
    const roads = near(of('roads'), 12);
    const pushed = new Set(defects('building-across-boundary').flatMap(({ ids }) => ids));
    for (const tree of of('trees')) {
      const p = at(tree);
      const inside = buildings(p).filter((building) => !pushed.has(building.id) && isIn(building, p));
      expect(
        inside.map(({ id }) => id),
        tree.id,
      ).toEqual([]);
      for (const road of roads(p)) {
        const half = (road.properties['width_m'] as number) / 2;
        expect(toLine(p, lineOf(road)), `${tree.id} on ${road.id}`).toBeGreaterThan(half);
      }
    }
  });

  it('puts addresses within 30 m of their building, each number once in a street', () => {
    const buildings = new Map(of('buildings').map((building) => [building.id, building]));
    const seen = new Set<string>();
    for (const address of of('addresses')) {
      const building = buildings.get(address.properties['building_id'] as string);
      expect(building, address.id).toBeDefined();
      const away = Math.min(...ringsOf(building as Feature).map((ring) => toLine(at(address), ring)));
      expect(away, address.id).toBeLessThan(30);
      const key = `${address.properties['street']} ${address.properties['house_number']}`;
      expect(seen.has(key), key).toBe(false);
      seen.add(key);
    }
  });

  it('has a boundary point at every planned corner of a parcel and nowhere else', () => {
    const corners = new Set<string>();
    for (const { parcels } of city.quarters)
      for (const { ringCm } of parcels) for (const [x, y] of ringCm) corners.add(`${x},${y}`);
    expect(of('boundary_points').length).toBe(corners.size);
    const vertices = new Set(of('parcels').flatMap((parcel) => ringsOf(parcel).flat().map(String)));
    for (const point of of('boundary_points')) expect(vertices.has(String(at(point))), point.id).toBe(true);
  });

  it('tiles the town with precincts and with the zones of each plan, but for the planted faults', () => {
    const whole = truth.outlineAreaM2;
    expect(total(of('precincts'))).toBeCloseTo(whole, 2);
    expect(total(of('cadastral_units'))).toBeCloseTo(whole, 2);
    const plan = (kind: string) =>
      of('plan_zones').filter(({ properties }) => properties['plan_kind'] === kind);
    expect(total(plan('general'))).toBeCloseTo(whole, 2);
    const [gap, overlap, sliver] = ['gap', 'overlap', 'sliver'].map(
      (what) => defects(`plan-zone-${what}`)[0],
    );
    expect(gap && overlap && sliver).toBeTruthy();
    expect(defects('plan-act-expired').length).toBe(1);
    const inForce = of('plan_acts').filter(
      ({ properties }) => properties['plan_kind'] === 'local' && properties['status'] === 'legalForce',
    );
    const planned = total(inForce);
    expect(planned).toBeLessThan(whole * 0.95);
    expect(total(plan('local'))).toBeCloseTo(planned - (gap?.value ?? 0) + (overlap?.value ?? 0), 2);
  });

  it('has acts in force, in preparation, repealed, and ground without a local plan', () => {
    const acts = of('plan_acts');
    expect([...new Set(acts.map(({ properties }) => properties['status']))].sort()).toEqual([
      'elaboration',
      'legalForce',
      'obsolete',
    ]);
    const [general] = acts.filter(({ properties }) => properties['plan_kind'] === 'general');
    expect(general && areaOf(general)).toBeCloseTo(truth.outlineAreaM2, 2);
    const known = new Set(acts.map(({ id }) => id));
    for (const layer of ['plan_zones', 'plan_areas', 'building_lines'])
      for (const { id, properties } of of(layer))
        expect(known.has(String(properties['act_id'])), id).toBe(true);
    const planned = new Set(
      constraints
        .filter(({ layer, zoneId }) => layer === 'plan_acts' && zoneId.includes('MPZP'))
        .map(({ parcelId }) => parcelId),
    );
    const without = of('parcels').filter(({ id }) => !planned.has(id)).length;
    expect(without).toBeGreaterThan(50);
    expect(planned.size).toBeGreaterThan(without);
  });

  it('draws building lines inside their area, as far from the street as they say', () => {
    const zones = new Map(of('plan_zones').map((zone) => [zone.id, zone]));
    const dented = new Set(
      defects('plan-zone-gap')
        .concat(defects('plan-zone-overlap'), defects('plan-zone-sliver'))
        .flatMap(({ ids }) => ids),
    );
    const kinds = new Set<unknown>();
    for (const line of of('building_lines')) {
      const { zone_id: zoneId, offset_m: offset, kind } = line.properties;
      kinds.add(kind);
      const zone = zones.get(String(zoneId)) as Feature;
      expect(zone, line.id).toBeDefined();
      const path = lineOf(line);
      if (dented.has(zone.id)) continue;
      const away = path.map((p) => Math.min(...ringsOf(zone).map((ring) => toLine(p, ring))));
      // Ends stand on the side of the area, corners may be cut wider than the distance.
      expect(
        away.some((m) => Math.abs(m - Number(offset)) < 0.03),
        `${line.id}: ${away}`,
      ).toBe(true);
      for (const [i, p] of path.entries()) {
        const isNear = Number(offset) === 0 || i === 0 || i === path.length - 1;
        if (!isNear) expect(isIn(zone, p), `${line.id} leaves ${zone.id} at ${p}`).toBe(true);
        expect(away[i], `${line.id} at ${p}`).toBeLessThan(Number(offset) * 3 + 0.05);
      }
    }
    expect([...kinds].sort()).toEqual(['maximal', 'obligatory']);
  });

  it('has one buried pipe without depth, the one planted', () => {
    const without = of('utility_lines').filter(
      ({ properties }) => properties['depth_m'] === null && properties['course'] === 'underground',
    );
    expect(without.map(({ id }) => id)).toEqual(defects('utility-depth-missing').flatMap(({ ids }) => ids));
    expect(without.length).toBe(1);
  });

  it('has every network of the register, rain apart from sewage, wires on poles, transformers', () => {
    const kinds = (layer: string, name: string) =>
      new Set(of(layer).map(({ properties }) => properties[name]));
    const { codelist } = UTILITY_LINES.properties.find(({ name }) => name === 'network') ?? {};
    expect([...kinds('utility_lines', 'network')].sort()).toEqual(codelist?.map(({ code }) => code).sort());
    for (const type of ['sewer_sanitary', 'sewer_storm', 'power_low', 'power_medium', null])
      expect(kinds('utility_lines', 'line_type').has(type), String(type)).toBe(true);
    for (const device of ['transformer', 'pole', 'gully', 'manhole', 'hydrant', 'chamber'])
      expect(kinds('utility_devices', 'kind').has(device), device).toBe(true);
    expect([...kinds('utility_lines', 'course')].sort()).toEqual(['overhead', 'underground']);
  });

  it('leads no connection over the plot of a neighbour, and water to nearly every address', () => {
    const pushed = new Set(defects('building-across-boundary').flatMap(({ ids }) => ids));
    const open = ['avenue', 'collector', 'street', 'lane', 'path', 'green', 'square'];
    const roles = new Map(
      [...city.quarters].flatMap(({ parcels }) => parcels.map(({ id, role }) => [id, role])),
    );
    const plots = near(
      of('parcels').filter(({ id }) => !open.includes(roles.get(id) ?? '') && !pushed.has(id)),
      1,
    );
    const connections = of('utility_lines').filter(({ properties }) => properties['role'] === 'connection');
    for (const connection of connections) {
      const line = lineOf(connection);
      const touched = new Set<string>();
      for (let i = 1; i < line.length; i++) {
        const [[ax, ay], [bx, by]] = [line[i - 1] as Position, line[i] as Position];
        for (let t = 0.02; t < 1; t += 0.04) {
          const p: Position = [ax + (bx - ax) * t, ay + (by - ay) * t];
          for (const plot of plots(p)) if (isIn(plot, p)) touched.add(plot.id);
        }
      }
      expect(touched.size, `${connection.id} crosses ${[...touched]}`).toBeLessThan(2);
    }
    const water = connections.filter(({ properties }) => properties['network'] === 'water');
    expect(water.length).toBeGreaterThan(0.93 * of('addresses').length);
  });

  it('lets sewers fall and keeps mains on the land of streets', () => {
    const streets = near(of('roads'), 20);
    for (const pipe of of('utility_lines')) {
      const { network, role, start_height_m: start, end_height_m: end } = pipe.properties;
      if (network === 'sewer') expect((start as number) >= (end as number), pipe.id).toBe(true);
      if (role !== 'main') continue;
      for (const p of lineOf(pipe)) {
        const away = Math.min(...streets(p).map((road) => toLine(p, lineOf(road))));
        expect(away, `${pipe.id} ${network}`).toBeLessThan(16);
      }
    }
  });

  it('has districts that tile the town, none of them a precinct', () => {
    expect(total(of('districts'))).toBeCloseTo(truth.outlineAreaM2, 2);
    expect(of('districts').length).toBeGreaterThan(3);
    const shapes = new Set(of('precincts').map((precinct) => areaOf(precinct).toFixed(2)));
    for (const district of of('districts')) expect(shapes.has(areaOf(district).toFixed(2))).toBe(false);
  });

  it('tells for every parcel its plan zones wholly and its flood by area', () => {
    const sums = new Map<string, number>();
    const flood = new Map<string, number>();
    for (const { parcelId, layer, zoneId, areaM2 } of constraints) {
      if (layer === 'plan_zones') sums.set(parcelId, (sums.get(parcelId) ?? 0) + areaM2);
      if (layer === 'flood_zones') flood.set(zoneId, (flood.get(zoneId) ?? 0) + areaM2);
    }
    for (const { parcels } of city.quarters)
      for (const { id } of parcels) expect(sums.has(id), id).toBe(true);
    const general = constraints.filter(
      ({ layer, zoneId }) => layer === 'plan_zones' && zoneId.includes('POG'),
    );
    expect(general.reduce((sum, { areaM2 }) => sum + areaM2, 0)).toBeCloseTo(truth.parcelsAreaM2, 1);
    const inForce = of('plan_acts').filter(({ properties }) => properties['status'] === 'legalForce');
    for (const act of inForce) {
      const parts = constraints.filter(({ zoneId }) => zoneId === act.id);
      const sum = parts.reduce((m2, { areaM2 }) => m2 + areaM2, 0);
      expect(areaOf(act), act.id).toBeCloseTo(sum, 2);
    }
    // A zone may reach beyond the town, never less than the parcels in it.
    for (const zone of of('flood_zones'))
      expect(areaOf(zone) + 0.01, zone.id).toBeGreaterThan(flood.get(zone.id) ?? 0);
    expect([...flood.values()].some((areaM2) => areaM2 > 10_000)).toBe(true);
  });
});
