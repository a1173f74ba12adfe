/** Networks under the streets: mains in each street, connections to each building, devices and measured heights. */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import { add, cross, distance, isInside, leftOf, meet, subtract, type Xy } from '../plane.ts';
import { lengthOf, parallel, partOf, placeAt } from '../polyline.ts';
import { type Random, randomOf, uuidOf } from '../random.ts';
import { registerProperties } from '../registers.ts';
import { groundHeightM } from '../terrain.ts';
import type { PlannedQuarter } from '../town-plan.ts';
import type { Addressed } from './addresses.ts';
import type { LayerDefect } from './layer-defect.ts';
import { feature, lineOf, pointOf, toCm } from './shapes.ts';
import { placeBeside, type Section } from './street-network.ts';

interface Network {
  readonly name: 'water' | 'sewer' | 'gas' | 'power' | 'heat' | 'telecom';
  /** Left of the middle of the street, as a share of half its land. */
  readonly beside: number;
  /** Where all mains of this network meet at a junction, metres from it. */
  readonly hub: Xy;
  readonly depthM: number;
  readonly main: readonly [lineType: string, diameterMm: number | null, material: string];
  readonly connection: readonly [lineType: string, diameterMm: number | null, material: string];
  readonly operator: string;
}

const NETWORKS: readonly Network[] = [
  {
    name: 'sewer',
    beside: 0.06,
    hub: [0, 0],
    depthM: 2.6,
    main: ['sewer_sanitary', 250, 'kamionka'],
    connection: ['sewer_local', 160, 'PVC'],
    operator: 'Wodociągi Pokazowe S.A.',
  },
  {
    name: 'water',
    beside: -0.42,
    hub: [-1.4, 0.9],
    depthM: 1.6,
    main: ['water_general', 150, 'żeliwo'],
    connection: ['water_local', 40, 'PE'],
    operator: 'Wodociągi Pokazowe S.A.',
  },
  {
    name: 'gas',
    beside: 0.48,
    hub: [1.3, 1.1],
    depthM: 1,
    main: ['gas_low', 110, 'PE'],
    connection: ['gas_low', 40, 'PE'],
    operator: 'Gazownia Pokazowa Sp. z o.o.',
  },
  {
    name: 'power',
    beside: -0.8,
    hub: [-1.2, -1.3],
    depthM: 0.7,
    main: ['power_low', null, 'YAKY 4x240'],
    connection: ['power_low', null, 'YAKY 4x35'],
    operator: 'Energia Pokazowa S.A.',
  },
  {
    name: 'telecom',
    beside: 0.82,
    hub: [1.6, -1],
    depthM: 0.8,
    main: ['telecom_fibre', 110, 'HDPE'],
    connection: ['telecom_fibre', 40, 'HDPE'],
    operator: 'Światłowody Pokazowe Sp. z o.o.',
  },
  {
    name: 'heat',
    beside: 0.28,
    hub: [0.5, 1.8],
    depthM: 1.2,
    main: ['heat_high', 219, 'preizolowane'],
    connection: ['heat_low', 89, 'preizolowane'],
    operator: 'Ciepło Pokazowe S.A.',
  },
];

const rounded = (metres: number): number => Math.round(metres * 100) / 100;

export class Utilities {
  readonly defects: LayerDefect[] = [];
  readonly #seed: number;
  readonly #nodes = new Set<string>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  *along(section: Section, planted: boolean): Generator<Feature> {
    if (section.class === 'path' || section.class === 'service') return;
    const length = lengthOf(section.path);
    if (length < 12) return;
    const random = randomOf(this.#seed, 'mains', section.id);
    const built = random.integer(1965, 2019);
    for (const network of NETWORKS) {
      if (network.name === 'heat' && !isHeated(section)) continue;
      const path = mainOf(section, network);
      const key = `${network.name} main ${section.id}`;
      const faulty = planted && network.name === 'water' && this.defects.length === 0;
      if (faulty) {
        this.defects.push({
          kind: 'utility-depth-missing',
          layer: 'utility_lines',
          ids: [this.#id(key)],
          value: 1,
          unit: '1',
        });
      }
      yield this.#line(network, key, path, 'main', built, random, faulty);
      yield* this.#devices(section, network, path, key, random);
    }
  }

  *connections(addressed: readonly Addressed[], { parcels }: PlannedQuarter): Generator<Feature> {
    const rings = parcels.flatMap(({ buildings }) =>
      buildings.flatMap(({ id, design }) => design.parts.map(({ ring }) => ({ id, ring }))),
    );
    for (const one of addressed) {
      const { building, section, door, street } = one;
      const random = randomOf(this.#seed, 'connections', building.id);
      const heated = isHeated(section) && building.design.pkob !== '1110';
      const outward = subtract(street, door);
      const aside = leftOf([outward[0] / Math.hypot(...outward), outward[1] / Math.hypot(...outward)]);
      for (const [i, network] of NETWORKS.entries()) {
        if (network.name === 'heat' && !heated) continue;
        if (network.name === 'gas' && (heated || random.chance(0.2))) continue;
        const start = add(door, aside, (i - 2) * 0.55);
        const main = mainOf(section, network);
        const { at } = placeBeside(main, start);
        if (distance(at, start) < 1) continue;
        const blocked = rings.some(
          ({ id, ring }) =>
            id !== building.id && distance(ring[0] as Xy, door) < 90 && crosses(ring, start, at),
        );
        if (blocked) continue;
        const built = random.integer(1975, 2022);
        yield this.#line(
          network,
          `${network.name} to ${building.id}`,
          [at, start],
          'connection',
          built,
          random,
          false,
        );
      }
    }
  }

  *#devices(
    section: Section,
    network: Network,
    path: readonly Xy[],
    lineKey: string,
    random: Random,
  ): Generator<Feature> {
    const length = lengthOf(path);
    const place = (along: number) => placeAt(path, along).point;
    if (network.name === 'sewer') {
      for (const end of [path[0] as Xy, path[path.length - 1] as Xy]) {
        const key = toCm(end).join(',');
        if (this.#nodes.has(key)) continue;
        this.#nodes.add(key);
        yield* this.#device(network, 'manhole', end, network.depthM, lineKey);
      }
      const count = Math.floor(length / 50);
      for (let i = 1; i <= count; i++)
        yield* this.#device(network, 'manhole', place((length * i) / (count + 1)), network.depthM, lineKey);
    }
    if (network.name === 'water') {
      if (length > 60)
        yield* this.#device(network, 'hydrant', place(length * random.between(0.4, 0.6)), 1.6, lineKey);
      yield* this.#device(network, 'valve', place(Math.min(6, length / 3)), 1.5, lineKey);
    }
    if (network.name === 'gas' && length > 80 && random.chance(0.3))
      yield* this.#device(network, 'valve', place(length / 2), 1, lineKey);
    if (network.name === 'telecom' && random.chance(0.25))
      yield* this.#device(network, 'telecom_cabinet', place(length / 2), 0.5, lineKey);
    if (network.name !== 'power') return;
    if (length > 90 && random.chance(0.5))
      yield* this.#device(network, 'power_cabinet', place(length * 0.35), 0.5, lineKey);
    const middle = partOf(section.path, Math.min(10, length / 3), length);
    const lamps = parallel(middle, -Math.min(section.halfWidthM - 0.5, section.carriagewayM / 2 + 0.6));
    const lampLength = lengthOf(lamps);
    for (let along = 4; along < lampLength - 10; along += section.class === 'main' ? 28 : 36)
      yield* this.#device(network, 'street_lamp', placeAt(lamps, along).point, 0.6, lineKey);
  }

  *#device(network: Network, kind: string, at: Xy, depthM: number, lineKey: string): Generator<Feature> {
    const key = `${network.name} ${kind} ${toCm(at).join(',')}`;
    const groundM = groundHeightM(this.#seed, at[0], at[1]);
    const buried = kind === 'manhole' || kind === 'valve';
    yield feature('utility_devices', this.#id(key), pointOf(at), {
      network: network.name,
      kind,
      top_height_m: rounded(groundM),
      bottom_height_m: buried ? rounded(groundM - depthM) : null,
      ...this.#shared(network, key),
    });
    if (!buried) return;
    yield feature('utility_elevations', this.#id(`elevation ${key}`), pointOf(at), {
      network: network.name,
      object_id: this.#id(kind === 'manhole' ? key : lineKey),
      top_height_m: rounded(kind === 'manhole' ? groundM : groundM - depthM + 0.15),
      bottom_height_m: rounded(groundM - depthM),
      ground_height_m: rounded(groundM),
      ...registerProperties(this.#seed, `elevation ${key}`),
    });
  }

  #line(
    network: Network,
    key: string,
    path: readonly Xy[],
    role: 'main' | 'connection',
    builtYear: number,
    random: Random,
    withoutDepth: boolean,
  ): Feature {
    const heightAt = (p: Xy | undefined) =>
      groundHeightM(this.#seed, p?.[0] ?? 0, p?.[1] ?? 0) - network.depthM;
    // Gravity: a sewer is walked downhill, from its higher end.
    const downhill = network.name === 'sewer' && heightAt(path[0]) < heightAt(path[path.length - 1]);
    const walked = downhill ? path.toReversed() : path;
    const [lineType, diameterMm, material] = network[role];
    return feature('utility_lines', this.#id(key), lineOf(walked), {
      network: network.name,
      line_type: lineType,
      role,
      course: 'underground',
      flow: network.name === 'sewer' ? 'gravity' : null,
      diameter_mm: diameterMm,
      width_mm: null,
      height_mm: null,
      is_bundle: network.name === 'heat',
      material:
        role === 'main' && diameterMm !== null && builtYear > 1998 && network.name !== 'heat'
          ? 'PE'
          : material,
      depth_m: withoutDepth ? null : network.depthM,
      start_height_m: withoutDepth ? null : rounded(heightAt(walked[0])),
      end_height_m: withoutDepth ? null : rounded(heightAt(walked[walked.length - 1])),
      built_year: builtYear,
      ...this.#shared(network, key, random.pick(['O', 'O', 'O', 'A', 'D', 'B'])),
    });
  }

  #shared(network: Network, key: string, source = 'O'): Readonly<Record<string, PropertyValue>> {
    return {
      state: 'existing',
      operation: 'active',
      position_source: source,
      operator_id: `${network.name.slice(0, 1).toUpperCase()}-${uuidOf(this.#seed, 'branch', key).slice(0, 6)}`,
      operator: network.operator,
      ...registerProperties(this.#seed, key),
      iip_namespace: 'PL.PZGiK.3064.GESUT',
    };
  }

  #id(key: string): string {
    return uuidOf(this.#seed, key);
  }
}

const HEATED = ['slab-estate', 'new-estate', 'tenements', 'inner-blocks', 'campus', 'old-town'];
const isHeated = ({ class: roadClass, quarterKind }: Section): boolean =>
  roadClass === 'main' || (quarterKind !== undefined && HEATED.includes(quarterKind));

/** A main beside the middle of its street, drawn to the common place of its network at both junctions. */
function mainOf({ path, halfWidthM }: Section, { beside, hub }: Network): Xy[] {
  const length = lengthOf(path);
  const inset = Math.min(halfWidthM, length / 3);
  const line = parallel(partOf(path, inset, length - inset), halfWidthM * beside);
  return [add(path[0] as Xy, hub), ...line, add(path[path.length - 1] as Xy, hub)];
}

function crosses(ring: readonly Xy[], p: Xy, q: Xy): boolean {
  if (isInside(ring, p)) return true;
  const r = subtract(q, p);
  return ring.some((a, i) => {
    const s = subtract(ring[(i + 1) % ring.length] as Xy, a);
    const hit = cross(r, s) === 0 ? undefined : meet(p, r, a, s);
    return hit !== undefined && hit.t >= 0 && hit.t <= 1 && hit.u >= 0 && hit.u <= 1;
  });
}
