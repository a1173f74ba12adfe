/** The base map of 1:500 over the same plan: what a survey measures between the plots and on them. */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import type { Geometry } from '../../geo/geometry.ts';
import {
  add,
  around,
  between,
  distance,
  isInside,
  leftOf,
  middleOf,
  subtract,
  unit,
  type Xy,
} from '../../geo/plane.ts';
import { lengthOf, parallel, partOf, placeAt } from '../../geo/polyline.ts';
import { type Random, randomOf, uuidOf } from '../random.ts';
import { areaM2Of, IIP_NAMESPACE_BDOT500, registerProperties } from '../registers.ts';
import type { QuarterKind } from '../skeleton.ts';
import { groundHeightM } from '../terrain.ts';
import type { PlannedParcel, PlannedQuarter } from '../town-plan.ts';
import { RIVER_NAME } from './base-map.ts';
import { areaOf, feature, lineOf, pointOf, toCm, toM } from './shapes.ts';
import type { Section } from './street-network.ts';

const FENCED: readonly QuarterKind[] = [
  'houses',
  'older-houses',
  'villas',
  'terraces',
  'village',
  'allotments',
];
const WITHOUT_KERBS: readonly QuarterKind[] = ['village', 'fields', 'forest'];
const HEIGHT_EVERY_M = 45;
const GATE_M = 3.5;
const WICKET_M = 1.2;

export class Topography {
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Carriageway, kerbs, pavements and measured heights of a street; at junctions they end. */
  *along(section: Section): Generator<Feature> {
    const { id, path, carriagewayM, halfWidthM, quarterKind } = section;
    const length = lengthOf(path);
    const clearM = Math.min(halfWidthM + 0.5, length / 3);
    const middle = partOf(path, clearM, length - clearM);
    if (section.class === 'path' || length < 12 || turnsSharply(middle, halfWidthM)) return;
    const random = randomOf(this.#seed, 'topography', id);
    const isOld = quarterKind === 'old-town';
    const isPaved = section.class !== 'service';
    const surface = isOld
      ? 'paving_blocks'
      : isPaved
        ? 'bituminous'
        : random.pick(['gravel', 'natural_ground']);
    const half = carriagewayM / 2;
    yield this.#area(`carriageway ${id}`, 'transport', 'carriageway', strip(middle, -half, half), {
      ...{ surface, level: 0 },
    });
    const heights = Math.max(1, Math.floor(length / HEIGHT_EVERY_M));
    for (let i = 0; i < heights; i++)
      yield this.#height(placeAt(middle, (lengthOf(middle) * (i + 0.5)) / heights).point, 'artificial');
    if (!isPaved || (quarterKind && WITHOUT_KERBS.includes(quarterKind))) return;
    const off = Math.min(halfWidthM - 0.9, half + (section.class === 'main' ? 6 : 1.2));
    const [from, to] = [Math.max(half + 0.15, off - 1), Math.min(halfWidthM, off + 0.8)];
    for (const side of [1, -1]) {
      yield this.#line(`kerb ${id} ${side}`, 'transport', 'kerb', [parallel(middle, side * half)], {
        level: 0,
      });
      if (to - from < 0.8) continue;
      const paving = strip(middle, side * from, side * to);
      const more = { surface: isOld ? 'concrete_slabs' : 'paving_blocks', level: 0 };
      yield this.#area(`pavement ${id} ${side}`, 'transport', 'pavement', paving, more);
    }
  }

  /** A tree of the register of trees, as the survey of a street sees it. */
  tree({ id, geometry, properties }: Feature): Feature {
    const kind = properties['form'] === 'coniferous' ? 'coniferous_tree' : 'broadleaved_tree';
    return this.#object('topographic_points', `tree ${id}`, geometry as Geometry, { class: 'ground', kind });
  }

  *ofQuarter({ plan, parcels }: PlannedQuarter): Generator<Feature> {
    const { kind } = plan.brief;
    const lots = parcels.filter(({ role }) => role === 'lot' || (kind === 'allotments' && role === 'garden'));
    if (FENCED.includes(kind)) yield* this.#fences(lots);
    for (const parcel of parcels) {
      const { id, role, ringCm } = parcel;
      const random = randomOf(this.#seed, 'topography', id);
      const ring = [ringCm];
      if (role === 'river' || role === 'stream') {
        const name = role === 'river' ? RIVER_NAME : null;
        yield this.#area(`water ${id}`, 'water', 'flowing_water', ring, { name });
      } else if (role === 'square') {
        yield this.#area(`square ${id}`, 'transport', 'paved_area', ring, {
          surface: 'paving_blocks',
          level: 0,
        });
        yield* this.#inMiddle(parcel, random.pick(['fountain', 'monument']));
      } else if (role === 'green' && (kind === 'forest' || parcel.landUse.startsWith('L'))) {
        yield this.#area(`wood ${id}`, 'ground', 'woodland', ring, {});
      } else if (role === 'green') {
        yield this.#area(`lawn ${id}`, 'ground', 'lawn', ring, {});
        if (areaM2Of(ringCm) > 900) yield* this.#ground(parcel, random);
      } else if (kind === 'allotments' || FENCED.includes(kind)) yield* this.#shed(parcel, random);
    }
  }

  /** Each side between two plots once; the side on the street has a gate and a wicket. */
  *#fences(lots: readonly PlannedParcel[]): Generator<Feature> {
    const owners = new Map<string, number>();
    for (const { ringCm } of lots)
      ringCm.forEach((a, i) => {
        const key = sideKey(a, around(ringCm, i + 1));
        owners.set(key, (owners.get(key) ?? 0) + 1);
      });
    const drawn = new Set<string>();
    for (const { id, ringCm } of lots) {
      const random = randomOf(this.#seed, 'fence', id);
      if (random.chance(0.1)) continue;
      const sides = ringCm.map((a, i): readonly [Xy, Xy] => [a, around(ringCm, i + 1)]);
      const free = sides.filter(([a, b]) => owners.get(sideKey(a, b)) === 1);
      const front = free.toSorted((a, b) => distance(...b) - distance(...a))[0];
      const lines: (readonly Xy[])[] = [];
      for (const side of sides) {
        if (side === front || drawn.has(sideKey(...side))) continue;
        drawn.add(sideKey(...side));
        lines.push(side.map(toM));
      }
      if (front && distance(...front) > 900) {
        const line = front.map(toM);
        const length = lengthOf(line);
        const [gate, wicket] = [length * 0.2, length * 0.2 + GATE_M + 1];
        lines.push(partOf(line, 0, gate), partOf(line, wicket + WICKET_M, length));
        yield this.#line(`gate ${id}`, 'fence', 'gate', [partOf(line, gate, gate + GATE_M)], {});
        yield this.#line(`wicket ${id}`, 'fence', 'wicket', [partOf(line, wicket, wicket + WICKET_M)], {});
        lines.push(partOf(line, gate + GATE_M, wicket));
      } else if (front) lines.push(front.map(toM));
      if (lines.length > 0) yield this.#line(`fence ${id}`, 'fence', 'permanent_fence', lines, {});
    }
  }

  /** A place to play or for games, and the height of the ground on it. */
  *#ground({ id, ringCm }: PlannedParcel, random: Random): Generator<Feature> {
    const ring = ringCm.map(toM);
    const middle = middleOf(ring);
    const [long, wide] = random.chance(0.5) ? [7, 5] : [11, 7];
    const box = boxAt(middle, unit(subtract(around(ring, 1), around(ring, 0))), long, wide);
    if (!isInside(ring, middle) || !box.every((p) => isInside(ring, p))) return;
    const kind = long > 7 ? 'sports_ground' : 'playground';
    yield this.#area(`ground ${id}`, 'sport', kind, [box.map(toCm)], {});
    yield this.#height(middle, 'natural');
  }

  *#inMiddle({ id, ringCm }: PlannedParcel, kind: string): Generator<Feature> {
    const ring = ringCm.map(toM);
    const middle = middleOf(ring);
    if (!isInside(ring, middle)) return;
    const properties = { class: 'structure', kind };
    yield this.#object('topographic_points', `${kind} ${id}`, pointOf(middle), properties);
  }

  /** Sheds and houses under construction that no register of buildings has yet. */
  *#shed(parcel: PlannedParcel, random: Random): Generator<Feature> {
    const isNew = parcel.role === 'empty';
    if ((parcel.role !== 'lot' && parcel.role !== 'garden' && !isNew) || !random.chance(isNew ? 0.3 : 0.25))
      return;
    const ring = parcel.ringCm.map(toM);
    const [long, wide] = isNew ? [5, 4.5] : [1.8, 1.4];
    const grain = unit(subtract(around(ring, 1), around(ring, 0)));
    const corner = random.integer(0, ring.length - 1);
    const at = isNew ? middleOf(ring) : between(around(ring, corner), middleOf(ring), 0.35);
    const clear = boxAt(at, grain, long + 1.5, wide + 1.5);
    const taken = parcel.buildings.flatMap(({ design }) => design.parts.map((part) => part.ring));
    const isFree = clear.every((p) => isInside(ring, p) && !taken.some((other) => isInside(other, p)));
    if (!isFree || taken.some((other) => other.some((p) => isInside(clear, p)))) return;
    const key = `building ${parcel.id}`;
    const box = [boxAt(at, grain, long, wide).map(toCm)];
    yield this.#object('unregistered_buildings', key, areaOf([box]), {
      ...{ kind: isNew ? 'm' : 'i', state: isNew ? 'under_construction' : 'existing' },
      ...{ storeys_above: 1, storeys_below: 0 },
    });
    if (!isNew) return;
    yield this.#area(`block ${parcel.id}`, 'building_block', 'storeys_above', box, {
      ...{ block_name: 'n1', highest_storey: 1, lowest_storey: 1 },
      building_id: this.#id(key),
    });
  }

  #height(at: Xy, kind: 'natural' | 'artificial'): Feature {
    const height = Math.round(groundHeightM(this.#seed, at[0], at[1]) * 100) / 100;
    const key = `height ${toCm(at).join(',')}`;
    return this.#bare('topographic_heights', key, pointOf(at), { kind, height_m: height });
  }

  #area(
    key: string,
    ofClass: string,
    kind: string,
    rings: readonly (readonly Xy[])[],
    more: Properties,
  ): Feature {
    const block = { block_name: null, highest_storey: null, lowest_storey: null };
    return this.#object('topographic_areas', key, areaOf([rings]), {
      ...block,
      class: ofClass,
      kind,
      ...more,
    });
  }

  #line(
    key: string,
    ofClass: string,
    kind: string,
    lines: readonly (readonly Xy[])[],
    more: Properties,
  ): Feature {
    const coordinates = lines.flatMap((line) => {
      const drawn = lineOf(line);
      return drawn.type === 'LineString' && drawn.coordinates.length > 1 ? [drawn.coordinates] : [];
    });
    const shape: Geometry = { type: 'MultiLineString', coordinates };
    return this.#object('topographic_lines', key, shape, { class: ofClass, kind, ...more });
  }

  #object(layer: string, key: string, geometry: Geometry, properties: Properties): Feature {
    const none =
      layer === 'unregistered_buildings'
        ? {}
        : {
            ...{ surface: null, level: null, name: null, building_id: null },
            ...{ direction_line: null, slope_starts: null, slope_ends: null },
          };
    return this.#bare(layer, key, geometry, { ...none, ...properties });
  }

  #bare(layer: string, key: string, geometry: Geometry, properties: Properties): Feature {
    return feature(layer, this.#id(key), geometry, {
      ...properties,
      ...{ position_source: 'O', accepted_on: null, survey_file: null, remark: null },
      ...registerProperties(this.#seed, `topography ${key}`),
      iip_namespace: IIP_NAMESPACE_BDOT500,
    });
  }

  #id(key: string): string {
    return uuidOf(this.#seed, `topography ${key}`);
  }
}

type Properties = Readonly<Record<string, PropertyValue>>;

/** The ground between two lines beside a path, in centimetres, counter-clockwise. */
function strip(path: readonly Xy[], fromM: number, toLeftM: number): (readonly Xy[])[] {
  const [right, left] = [Math.min(fromM, toLeftM), Math.max(fromM, toLeftM)];
  return [[...parallel(path, right), ...parallel(path, left).toReversed()].map(toCm)];
}

/** Lines beside a bend tighter than they are far away would cross themselves. */
const turnsSharply = (path: readonly Xy[], asideM: number): boolean =>
  path.some((p, i) => {
    const [before, after] = [path[i - 1], path[i + 1]];
    if (!before || !after) return false;
    const [a, b] = [unit(subtract(p, before)), unit(subtract(after, p))];
    const turn = Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1])));
    return Math.tan(turn / 2) * asideM > 0.9 * Math.min(distance(before, p), distance(p, after));
  });

const boxAt = (middle: Xy, grain: Xy, long: number, wide: number): Xy[] =>
  (
    [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ] as const
  ).map(([u, v]) => add(add(middle, grain, u * long), leftOf(grain), v * wide));

const sideKey = (a: Xy, b: Xy): string => [`${a}`, `${b}`].toSorted().join(' ');
