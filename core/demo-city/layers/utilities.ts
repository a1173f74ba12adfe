/** Networks under the streets: mains in each street, connections to each building, devices and measured heights. */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import { add, leftOf, subtract, type Xy } from '../../geo/plane.ts';
import { lengthOf, parallel, partOf, placeAt } from '../../geo/polyline.ts';
import { type Random, randomOf, uuidOf } from '../random.ts';
import { IIP_NAMESPACE_GESUT, registerProperties } from '../registers.ts';
import { groundHeightM } from '../terrain.ts';
import type { PlannedQuarter } from '../town-plan.ts';
import type { Addressed } from './addresses.ts';
import { ConnectionWays } from './connections.ts';
import type { LayerDefect } from './layer-defect.ts';
import { feature, lineOf, pointOf, toCm } from './shapes.ts';
import type { Section } from './street-network.ts';
import { isHeated, NETWORKS, type Network, UNIDENTIFIED } from './utility-networks.ts';

const rounded = (metres: number): number => Math.round(metres * 100) / 100;

/** How one line was laid. */
interface Laid {
  readonly role: 'main' | 'connection';
  readonly built: number | null;
  readonly random: Random;
  readonly overhead: boolean;
  /** A planted fault. */
  readonly withoutDepth?: boolean;
}

export class Utilities {
  readonly defects: LayerDefect[] = [];
  readonly #seed: number;
  readonly #nodes = new Set<string>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  *along(section: Section, planted: boolean): Generator<Feature> {
    if (section.class === 'path') return;
    const length = lengthOf(section.path);
    if (length < 12) return;
    const random = randomOf(this.#seed, 'mains', section.id);
    const built = random.integer(1965, 2019);
    for (const network of NETWORKS) {
      if (!network.inStreet(section)) continue;
      const path = mainOf(section, network);
      const key = `${network.key} main ${section.id}`;
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
      const overhead = network.overhead?.(section) ?? false;
      yield this.#line(network, key, path, { role: 'main', built, random, overhead, withoutDepth: faulty });
      yield* this.#devices(section, network, path, key, random);
    }
    if (!UNIDENTIFIED.inStreet(section) || length < 60 || !random.chance(0.12)) return;
    const found = partOf(parallel(section.path, section.halfWidthM * UNIDENTIFIED.beside), 18, length * 0.6);
    const key = `unidentified main ${section.id}`;
    yield this.#line(UNIDENTIFIED, key, found, { role: 'main', built: null, random, overhead: false });
  }

  *connections(addressed: readonly Addressed[], { parcels }: PlannedQuarter): Generator<Feature> {
    const ways = new ConnectionWays(parcels);
    for (const one of addressed) {
      const { building, section, door, street } = one;
      const random = randomOf(this.#seed, 'connections', building.id);
      const heated = isHeated(section) && building.design.pkob !== '1110';
      const outward = subtract(street, door);
      const aside = leftOf([outward[0] / Math.hypot(...outward), outward[1] / Math.hypot(...outward)]);
      const connected = NETWORKS.filter(({ connection }) => connection !== undefined);
      for (const [i, network] of connected.entries()) {
        if (!network.inStreet(section) || (network.name === 'heat' && !heated)) continue;
        if (network.name === 'gas' && (heated || random.chance(0.2))) continue;
        const built = random.integer(1975, 2022);
        const way = ways.between(one, add(door, aside, (i - 2) * 0.55), mainOf(section, network));
        if (!way) continue;
        const overhead = network.overhead?.(section) ?? false;
        const key = `${network.key} to ${building.id}`;
        yield this.#line(network, key, way, { role: 'connection', built, random, overhead });
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
    if (network.overhead?.(section)) {
      const count = Math.max(1, Math.round(length / (network.key === 'power' ? 42 : 75)));
      for (let i = 0; i < count; i++)
        yield* this.#device(network, 'pole', place((length * (i + 0.5)) / count), 0, lineKey);
    }
    if (network.key === 'medium voltage') {
      if (length > 45 && random.chance(0.35))
        yield* this.#device(network, 'transformer', place(length * 0.3), 0, lineKey);
      return;
    }
    if (network.key === 'storm') {
      for (let along = 14; along < length - 10; along += 32)
        yield* this.#device(network, 'gully', place(along), 1.2, lineKey);
      return;
    }
    if (network.name === 'heat' && length > 70)
      yield* this.#device(network, 'chamber', place(length / 2), network.depthM, lineKey);
    if (network.name === 'special' && length > 60)
      yield* this.#device(network, 'valve', place(length / 2), network.depthM, lineKey);
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
    const key = `${network.key} ${kind} ${toCm(at).join(',')}`;
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
      iip_namespace: IIP_NAMESPACE_GESUT,
    });
  }

  #line(network: Network, key: string, path: readonly Xy[], laid: Laid): Feature {
    const { role, built, random, overhead, withoutDepth = false } = laid;
    const heightAt = (p: Xy | undefined) =>
      groundHeightM(this.#seed, p?.[0] ?? 0, p?.[1] ?? 0) - network.depthM;
    // Gravity: a sewer is walked downhill, from its higher end.
    const downhill = network.name === 'sewer' && heightAt(path[0]) < heightAt(path[path.length - 1]);
    const walked = downhill ? path.toReversed() : path;
    const { type, diameterMm, material } = network[role] ?? network.main;
    const isMeasured = !withoutDepth && !overhead;
    return feature('utility_lines', this.#id(key), lineOf(walked), {
      network: network.name,
      line_type: type,
      role,
      course: overhead ? 'overhead' : 'underground',
      flow: network.name === 'sewer' ? 'gravity' : null,
      diameter_mm: diameterMm,
      width_mm: null,
      height_mm: null,
      is_bundle: network.name === 'heat',
      material: overhead ? 'AsXSn 4x70' : materialOf(network, role, built, material),
      depth_m: isMeasured ? network.depthM : null,
      start_height_m: isMeasured ? rounded(heightAt(walked[0])) : null,
      end_height_m: isMeasured ? rounded(heightAt(walked[walked.length - 1])) : null,
      built_year: built,
      ...this.#shared(network, key, random.pick(['O', 'O', 'O', 'A', 'D', 'B'])),
    });
  }

  #shared(network: Network, key: string, source = 'O'): Readonly<Record<string, PropertyValue>> {
    const known = network.operator !== null;
    return {
      state: 'existing',
      operation: known ? 'active' : 'inactive',
      position_source: known ? source : 'A',
      operator_id: known
        ? `${network.name.slice(0, 1).toUpperCase()}-${uuidOf(this.#seed, 'branch', key).slice(0, 6)}`
        : null,
      operator: network.operator,
      ...registerProperties(this.#seed, key),
      iip_namespace: IIP_NAMESPACE_GESUT,
    };
  }

  #id(key: string): string {
    return uuidOf(this.#seed, key);
  }
}

/** Newer water, gas and sewer mains are of polyethylene. */
function materialOf({ name }: Network, role: Laid['role'], built: number | null, usual: string | null) {
  const plastic = name === 'water' || name === 'gas' || name === 'sewer';
  return role === 'main' && plastic && built !== null && built > 1998 ? 'PE' : usual;
}

/** A main beside the middle of its street, drawn to the common place of its network at both junctions. */
function mainOf({ path, halfWidthM }: Section, { beside, hub }: Network): Xy[] {
  const length = lengthOf(path);
  const inset = Math.min(halfWidthM, length / 3);
  const line = parallel(partOf(path, inset, length - inset), halfWidthM * beside);
  return [add(path[0] as Xy, hub), ...line, add(path[path.length - 1] as Xy, hub)];
}
