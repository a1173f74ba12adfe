/**
 * Plans: areas of local plans along the blocks of each quarter and one zone of the general plan for each quarter.
 * Both tile the town, as they are unions of parcels; faults are planted in one quarter.
 */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import { add, around, cross, distance, leftOf, subtract, unit, type Xy } from '../../geo/plane.ts';
import { areaM2Of } from '../registers.ts';
import type { QuarterKind } from '../skeleton.ts';
import type { PlannedParcel, PlannedQuarter } from '../town-plan.ts';
import { STREETS } from './base-map.ts';
import type { LayerDefect } from './layer-defect.ts';
import type { TellConstraint } from './parcel-constraint.ts';
import { type AreasCm, areaOf, connected, feature, unionOf } from './shapes.ts';

interface Parameters {
  readonly general: string;
  readonly local: string;
  readonly maxHeightM: number | null;
  readonly intensity: readonly [min: number, max: number] | null;
  readonly builtPct: number | null;
  readonly bioactivePct: number | null;
  readonly minParcelM2: number | null;
  readonly parking: number | null;
  readonly roof: string | null;
}

const HOUSING = (
  general: string,
  local: string,
  maxHeightM: number,
  intensity: readonly [number, number],
  builtPct: number,
  bioactivePct: number,
  minParcelM2: number | null,
  parking: number,
  roof: string,
): Parameters => ({
  general,
  local,
  maxHeightM,
  intensity,
  builtPct,
  bioactivePct,
  minParcelM2,
  parking,
  roof,
});
const OPEN = (general: string, local: string, bioactivePct: number | null): Parameters => ({
  general,
  local,
  maxHeightM: local === 'ZD' ? 5 : null,
  intensity: null,
  builtPct: null,
  bioactivePct,
  minParcelM2: null,
  parking: null,
  roof: null,
});

const STEEP = 'dachy strome 30–45°';
const FLAT = 'dachy płaskie do 12°';
const BY_QUARTER: Readonly<Record<QuarterKind, Parameters>> = {
  'market-square': HOUSING('SU', 'U', 20, [0.1, 1.5], 40, 5, null, 0, STEEP),
  'old-town': HOUSING('SW', 'MW', 16, [0.8, 3.2], 85, 5, null, 0.5, STEEP),
  tenements: HOUSING('SW', 'MW', 20, [0.8, 3], 70, 15, null, 0.8, 'dowolne'),
  'inner-blocks': HOUSING('SW', 'MW', 24, [0.8, 2.8], 60, 20, null, 1, FLAT),
  villas: HOUSING('SJ', 'MN', 11, [0.1, 0.8], 30, 50, 800, 2, STEEP),
  houses: HOUSING('SJ', 'MN', 9.5, [0.1, 0.7], 35, 45, 600, 2, STEEP),
  'older-houses': HOUSING('SJ', 'MN', 10, [0.1, 0.9], 40, 40, 450, 1.5, 'dowolne'),
  terraces: HOUSING('SJ', 'MN', 10, [0.3, 1.1], 50, 30, 220, 2, STEEP),
  'slab-estate': HOUSING('SW', 'MW', 36, [0.4, 1.6], 30, 40, null, 1, FLAT),
  'new-estate': HOUSING('SW', 'MW', 20, [0.5, 1.8], 45, 30, null, 1.4, FLAT),
  industry: HOUSING('SP', 'P', 18, [0.1, 1.5], 65, 15, 3000, 0, FLAT),
  retail: HOUSING('SH', 'H', 14, [0.1, 1], 50, 15, 5000, 0, FLAT),
  campus: HOUSING('SU', 'U', 24, [0.3, 1.6], 40, 35, null, 0, FLAT),
  village: HOUSING('SZ', 'RZM', 10, [0.05, 0.5], 30, 50, 1000, 2, STEEP),
  allotments: OPEN('SN', 'ZD', 80),
  park: OPEN('SN', 'ZP', 85),
  riverside: OPEN('SN', 'ZN', 90),
  fields: OPEN('SO', 'R', 90),
  forest: OPEN('SO', 'L', 100),
};
const SERVICES = HOUSING('SU', 'U', 14, [0.1, 1.2], 45, 30, null, 0, FLAT);

function parametersOf({ role }: PlannedParcel, kind: QuarterKind): Parameters {
  const own = BY_QUARTER[kind];
  if (role === 'river' || role === 'stream') return OPEN('SO', 'WS', null);
  if (role === 'railway') return OPEN('SK', 'KK', null);
  if (role === 'civic') return SERVICES;
  if (role === 'green')
    return own.local.startsWith('Z') || own.local === 'L' ? own : OPEN(own.general, 'ZP', 70);
  if (STREETS.includes(role)) return OPEN('SK', 'KD', null);
  return own;
}

export class Planning {
  readonly defects: LayerDefect[] = [];
  readonly #tell: TellConstraint | undefined;
  #counts = new Map<string, number>();
  #planted = false;

  /** @param tell hears in which area of each plan a parcel lies, wholly. */
  constructor(tell: TellConstraint | undefined) {
    this.#tell = tell;
  }

  *ofQuarter({ plan, parcels }: PlannedQuarter): Generator<Feature> {
    const { kind, precinct } = plan.brief;
    const act = actOf(precinct);
    const local: { id: string; areas: AreasCm; properties: Record<string, PropertyValue> }[] = [];
    for (const level of ['local', 'general'] as const) {
      const groups = new Map<string, PlannedParcel[]>();
      for (const parcel of parcels) {
        const symbol = parametersOf(parcel, kind)[level];
        groups.set(symbol, [...(groups.get(symbol) ?? []), parcel]);
      }
      for (const [symbol, members] of groups) {
        for (const group of connected(members, ({ ringCm }) => ringCm)) {
          const number = this.#number(`${level} ${level === 'local' ? precinct : ''} ${symbol}`);
          const designation = `${number}${symbol}`;
          const id =
            level === 'local' ? `3064-MPZP_${precinct}-${designation}` : `3064-POG_1POG-${designation}`;
          const areas = unionOf(group.map(({ ringCm }) => ringCm));
          const parameters = parametersOf(group[0] as PlannedParcel, kind);
          const properties = propertiesOf(level, designation, symbol, parameters, act);
          for (const { id: parcelId, ringCm } of this.#tell ? group : [])
            this.#tell?.({ layer: 'plan_zones', parcelId, zoneId: id, areaM2: areaM2Of(ringCm) });
          if (level === 'local') local.push({ id, areas, properties });
          else yield feature('plan_zones', id, areaOf(areas), properties);
        }
      }
    }
    if (plan.brief.planted && !this.#planted) yield* this.#plant(local, precinct);
    for (const { id, areas, properties } of local) yield feature('plan_zones', id, areaOf(areas), properties);
  }

  *#plant(
    local: { id: string; areas: AreasCm; properties: Record<string, PropertyValue> }[],
    precinct: string,
  ): Generator<Feature> {
    this.#planted = true;
    const houses = local.filter(
      ({ properties, areas }) => properties['zone_kind'] === 'MN' && areas.length === 1,
    );
    const [gap, overlap, sliver, expired] = houses;
    for (const [zone, kind, inwardCm] of [
      [gap, 'plan-zone-gap', 40],
      [overlap, 'plan-zone-overlap', -60],
      [sliver, 'plan-zone-sliver', 12],
    ] as const) {
      if (!zone) continue;
      const shell = zone.areas[0]?.[0] as readonly Xy[];
      const side = longestSide(shell);
      const [p, q] = [shell[side] as Xy, around(shell, side + 1)];
      const inward = leftOf(unit(subtract(q, p)));
      const middle: Xy = [(p[0] + q[0]) / 2 + inward[0] * inwardCm, (p[1] + q[1]) / 2 + inward[1] * inwardCm];
      const m: Xy = [Math.round(middle[0]), Math.round(middle[1])];
      const ring = [...shell.slice(0, side + 1), m, ...shell.slice(side + 1)];
      zone.areas = [[ring, ...(zone.areas[0]?.slice(1) ?? [])]];
      const areaM2 = Math.abs(cross(subtract(q, p), subtract(m, p))) / 2e4;
      const ids = [zone.id];
      if (kind === 'plan-zone-sliver') {
        const id = `3064-MPZP_${precinct}-99ZP`;
        ids.unshift(id);
        const properties = propertiesOf('local', '99ZP', 'ZP', OPEN('SN', 'ZP', 70), actOf(precinct));
        yield feature('plan_zones', id, areaOf([[[p, q, m]]]), properties);
      }
      this.defects.push({ kind, layer: 'plan_zones', ids, value: areaM2, unit: 'm2' });
    }
    if (!expired) return;
    expired.properties['in_force_until'] = '2019-12-31';
    this.defects.push({
      kind: 'plan-act-expired',
      layer: 'plan_zones',
      ids: [expired.id],
      value: 1,
      unit: '1',
    });
  }

  #number(key: string): number {
    const number = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, number);
    return number;
  }
}

function longestSide(ring: readonly Xy[]): number {
  let best = 0;
  ring.forEach((p, i) => {
    const length = (k: number) => distance(around(ring, k), around(ring, k + 1));
    if (distance(p, add(around(ring, i + 1), [0, 0])) > length(best)) best = i;
  });
  return best;
}

interface Act {
  readonly title: string;
  readonly number: string;
  readonly publication: string;
  readonly since: string;
}

function actOf(precinct: string): Act {
  const n = Number(precinct);
  const year = 2006 + ((n * 5) % 18);
  return {
    title: `Miejscowy plan zagospodarowania przestrzennego obszaru obrębu ${precinct}`,
    number: `${['XII', 'XXXIV', 'LVI', 'XLVIII'][n % 4]}/${300 + n * 3}/VII/${year}`,
    publication: `Dz. Urz. Woj. Wielkopolskiego z ${year} r. poz. ${2000 + n * 17}`,
    since: `${year}-0${1 + (n % 9)}-14`,
  };
}

function propertiesOf(
  level: 'local' | 'general',
  designation: string,
  symbol: string,
  parameters: Parameters,
  act: Act,
): Record<string, PropertyValue> {
  const general = level === 'general';
  return {
    plan_kind: level,
    designation,
    symbol,
    zone_kind: symbol,
    base_profile: general ? 'teren zgodny z rodzajem strefy' : null,
    additional_profile: null,
    max_height_m: parameters.maxHeightM,
    min_intensity: general ? null : (parameters.intensity?.[0] ?? null),
    max_intensity: parameters.intensity?.[1] ?? null,
    max_built_share_pct: parameters.builtPct,
    min_bioactive_share_pct: parameters.bioactivePct,
    min_parcel_area_m2: general ? null : parameters.minParcelM2,
    min_parking_per_dwelling: general ? null : parameters.parking,
    roof_shape: general ? null : parameters.roof,
    act_title: general ? 'Plan ogólny miasta pokazowego' : act.title,
    act_number: general ? 'XXX/512/IX/2026' : act.number,
    act_publication: general ? 'Dz. Urz. Woj. Wielkopolskiego z 2026 r. poz. 4120' : act.publication,
    in_force_since: general ? '2026-05-04' : act.since,
    in_force_until: null,
    status: 'legalForce',
    strength: general ? 'bindingForAuthorities' : 'generallyBinding',
    drafting_note: null,
  };
}
