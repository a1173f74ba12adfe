/** What the map stands on: land cover, water, green, roads and footways. */
import type { Feature } from '../../feature/feature.ts';
import type { Xy } from '../../geo/plane.ts';
import { lengthOf, parallel, partOf } from '../../geo/polyline.ts';
import { randomOf } from '../random.ts';
import type { CorridorKind, QuarterKind } from '../skeleton.ts';
import { groundHeightM, waterLevelM } from '../terrain.ts';
import type { PlannedParcel, PlannedQuarter } from '../town-plan.ts';
import { areaOf, areasM2, connected, feature, lineOf, toCm, unionOf } from './shapes.ts';
import type { Section } from './street-network.ts';

export const RIVER_NAME = 'Warta';

const SEALED_PCT: Readonly<Record<string, number>> = {
  residential: 48,
  commercial: 82,
  industrial: 78,
  public: 55,
  grass: 4,
  wood: 1,
  field: 1,
  allotment: 14,
  paved: 92,
  street: 88,
  railway: 30,
  bare: 10,
};
export const STREETS: readonly string[] = [
  'avenue',
  'collector',
  'street',
  'lane',
  'path',
] satisfies CorridorKind[];

function coverOf({ role, landUse }: PlannedParcel, kind: QuarterKind): string | undefined {
  if (role === 'river' || role === 'stream') return undefined;
  if (role === 'railway') return 'railway';
  if (STREETS.includes(role)) return kind === 'fields' && role === 'path' ? 'bare' : 'street';
  if (landUse.startsWith('Ls') || landUse.startsWith('Lz')) return 'wood';
  if (kind === 'allotments') return 'allotment';
  if (role === 'green' || role === 'garden') return 'grass';
  if (role === 'square') return 'paved';
  if (role === 'civic') return 'public';
  if (role === 'field' || /^[RŁPSN]/.test(landUse)) return landUse.startsWith('Ł') ? 'grass' : 'field';
  if (kind === 'industry') return 'industrial';
  if (kind === 'retail') return 'commercial';
  if (kind === 'campus') return 'public';
  return 'residential';
}

const GREEN_NAMES: Partial<Record<QuarterKind, readonly [string, ...string[]]>> = {
  park: ['Park Miejski', 'Park Wilsona', 'Park Kasprowicza', 'Park Moniuszki', 'Park Cytadela'],
  riverside: ['Bulwar Nadwarciański', 'Łęgi Dębińskie', 'Park nad Wartą', 'Bulwar Północny'],
  allotments: ['ROD Malwa', 'ROD Zodiak', 'ROD Kolejarz', 'ROD Jutrzenka', 'ROD Relaks'],
  forest: ['Las Dębiński', 'Las Marceliński', 'Las Kobylepolski'],
};

export class BaseMap {
  readonly #seed: number;
  #covers = 0;
  #greens = 0;
  #waters = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  *ofQuarter({ plan, parcels }: PlannedQuarter): Generator<Feature> {
    const { kind, precinct } = plan.brief;
    const covers = new Map<string, PlannedParcel[]>();
    for (const parcel of parcels) {
      const cover = coverOf(parcel, kind);
      if (cover) covers.set(cover, [...(covers.get(cover) ?? []), parcel]);
    }
    for (const [cover, members] of covers) {
      for (const group of connected(members, ({ ringCm }) => ringCm)) {
        const areas = unionOf(group.map(({ ringCm }) => ringCm));
        yield feature('land_cover', `PT-${++this.#covers}`, areaOf(areas), {
          kind: cover,
          sealed_share_pct: SEALED_PCT[cover] ?? null,
        });
      }
    }
    for (const parcel of parcels) {
      if (parcel.role !== 'river' && parcel.role !== 'stream') continue;
      const north = parcel.ringCm.reduce((sum, [, y]) => sum + y, 0) / parcel.ringCm.length / 100;
      yield feature('water', `W-${++this.#waters}`, areaOf([[parcel.ringCm]]), {
        name: parcel.role === 'river' ? RIVER_NAME : null,
        kind: parcel.role,
        level_m: Math.round(waterLevelM(north) * 100) / 100,
      });
    }
    const greens = parcels.filter(
      ({ role, landUse }) =>
        role === 'green' || (role === 'garden' && (kind === 'allotments' || landUse === 'Bz')),
    );
    const groups = connected(greens, ({ ringCm }) => ringCm);
    const random = randomOf(this.#seed, 'green names', precinct, plan.brief.sheet);
    const name = random.pick(GREEN_NAMES[kind] ?? ['']);
    for (const group of groups) {
      const areas = unionOf(group.map(({ ringCm }) => ringCm));
      const areaM2 = Math.round(areasM2(areas));
      const wood = group[0]?.landUse.startsWith('L') ?? false;
      const green =
        kind === 'allotments'
          ? 'allotment'
          : kind === 'park'
            ? 'park'
            : kind === 'forest'
              ? 'wood'
              : kind === 'riverside'
                ? wood
                  ? 'wood'
                  : 'riverside'
                : areaM2 > 2500
                  ? 'square'
                  : 'lawn';
      const number = ++this.#greens;
      yield feature('green_areas', `ZIE-${number}`, areaOf(areas), {
        name: name || (green === 'square' ? `Skwer nr ${number}` : null),
        kind: green,
        access: green === 'allotment' ? 'limited' : group[0]?.role === 'garden' ? 'private' : 'public',
        area_m2: areaM2,
        manager:
          green === 'allotment'
            ? 'Polski Związek Działkowców'
            : green === 'wood'
              ? 'Zakład Lasów Poznańskich'
              : 'Zarząd Zieleni Miejskiej',
      });
    }
  }
}

const SPEED_KMH = { main: 50, collector: 50, local: 30, access: 30, service: 20, path: 20 } as const;

const nodeId = (p: Xy | undefined): string => `WZ${toCm(p ?? [0, 0]).join('_')}`;

/** Rise and fall along a line by its length, per cent to a tenth: uphill one way is downhill the other. */
function inclinePct(path: readonly Xy[], seed: number): number {
  const lengthM = lengthOf(path);
  const steps = Math.max(1, Math.ceil(lengthM / INCLINE_STEP_M));
  let [climbM, before] = [0, Number.NaN];
  for (let k = 0; k <= steps; k++) {
    const place = k === steps ? path.at(-1) : partOf(path, (k * lengthM) / steps, lengthM)[0];
    if (!place) continue;
    const heightM = groundHeightM(seed, place[0], place[1]);
    if (!Number.isNaN(before)) climbM += Math.abs(heightM - before);
    before = heightM;
  }
  return lengthM > 0 ? Math.round((1000 * climbM) / lengthM) / 10 : 0;
}

const INCLINE_STEP_M = 25;

/** Roads and the footways beside them. */
export function* waysOf(section: Section, seed: number): Generator<Feature> {
  const { path, halfWidthM, carriagewayM, atStart, atEnd } = section;
  const bans = [atStart, atEnd].flatMap((end) => end?.noTurnTo ?? []);
  const random = randomOf(seed, 'way', section.id);
  const ends = { from_node: nodeId(path[0]), to_node: nodeId(path[path.length - 1]) };
  if (section.class === 'path') {
    yield feature('footways', `CH-${section.id}`, lineOf(path), {
      kind: 'path',
      width_m: 2.5,
      surface: random.pick(['gravel', 'gravel', 'paving', 'ground']),
      step_free: random.chance(0.7),
      incline_pct: inclinePct(path, seed),
      ...ends,
    });
    return;
  }
  const old = section.quarterKind === 'old-town';
  yield feature('roads', `UL-${section.id}`, lineOf(path), {
    class: section.class,
    name: section.name,
    lanes: section.class === 'main' ? 4 : section.class === 'service' || carriagewayM < 4 ? 1 : 2,
    width_m: Math.round(carriagewayM * 10) / 10,
    speed_kmh: SPEED_KMH[section.class],
    incline_pct: inclinePct(path, seed),
    closed: false,
    closed_from_m: null,
    closed_to_m: null,
    capacity_pcu_h: null,
    signal_from: atStart?.signal ?? null,
    signal_to: atEnd?.signal ?? null,
    no_turn_to: bans.length > 0 ? bans.join(',') : null,
    limited_vehicles: null,
    limited_share_pct: null,
    entry_charge_pln: null,
    oneway: section.class === 'access' && random.chance(0.12),
    surface:
      section.class === 'service'
        ? random.pick(['ground', 'gravel'])
        : old || (section.class === 'access' && random.chance(0.35))
          ? 'paving'
          : 'asphalt',
    ...ends,
  });
  if (section.class === 'service') return;
  const length = lengthOf(path);
  const clear = Math.min(halfWidthM + 1.5, length * 0.3);
  if (length < 8) return;
  const middle = partOf(path, clear, length - clear);
  const off = Math.min(halfWidthM - 0.9, carriagewayM / 2 + (section.class === 'main' ? 6 : 1.2));
  for (const side of ['L', 'P'] as const) {
    const line = parallel(middle, side === 'L' ? off : -off);
    yield feature('footways', `CH-${section.id}${side}`, lineOf(line), {
      kind: 'pavement',
      width_m: section.class === 'main' ? 3 : section.class === 'collector' ? 2.2 : 1.6,
      surface: 'paving',
      step_free: random.chance(0.85),
      incline_pct: inclinePct(line, seed),
      from_node: nodeId(line[0]),
      to_node: nodeId(line[line.length - 1]),
    });
  }
  if (section.class !== 'main' && section.class !== 'collector') return;
  const track = off - 2.4;
  if (section.class === 'main' && track > carriagewayM / 2 + 0.5) {
    const line = parallel(middle, track);
    yield feature('footways', `DR-${section.id}`, lineOf(line), {
      kind: 'cycleway',
      width_m: 2.5,
      surface: 'asphalt',
      step_free: true,
      incline_pct: inclinePct(line, seed),
      from_node: nodeId(line[0]),
      to_node: nodeId(line[line.length - 1]),
    });
  }
}
