/**
 * Plans: areas of local plans along the blocks of each quarter and one zone of the general plan for each quarter.
 * Both tile the town, as they are unions of parcels; faults are planted in one quarter.
 */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import { add, around, cross, distance, leftOf, subtract, unit, type Xy } from '../../geo/plane.ts';
import { zoneKind } from '../../plan/zone-kinds.ts';
import { areaM2Of } from '../registers.ts';
import type { PlannedParcel, PlannedQuarter, Town } from '../town-plan.ts';
import { LINE_RULES, type LineRule, linesAlong, streetSides } from './building-lines.ts';
import type { LayerDefect } from './layer-defect.ts';
import type { TellConstraint } from './parcel-constraint.ts';
import {
  GENERAL,
  GENERAL_ACT,
  localAct,
  localActOf,
  NO_PLAN_VERSION,
  PlanActs,
  planStateOf,
  planVersion,
} from './plan-acts.ts';
import { OPEN, type Parameters, parametersOf, provisionsOf, storeysOf } from './plan-parameters.ts';
import { type AreasCm, areaOf, connected, feature, lineOf, toM, unionOf } from './shapes.ts';

interface LocalZone {
  readonly id: string;
  areas: AreasCm;
  readonly properties: Record<string, PropertyValue>;
}

export class Planning {
  readonly defects: LayerDefect[] = [];
  readonly #tell: TellConstraint | undefined;
  readonly #acts: PlanActs;
  #counts = new Map<string, number>();
  #planted = false;

  /** @param tell hears in which area of each plan a parcel lies, wholly. */
  constructor(town: Town, tell: TellConstraint | undefined) {
    this.#tell = tell;
    this.#acts = new PlanActs(town, tell);
  }

  *ofQuarter(quarter: PlannedQuarter): Generator<Feature> {
    const { plan, parcels } = quarter;
    const { kind, precinct } = plan.brief;
    yield* this.#acts.ofQuarter(quarter);
    const local: LocalZone[] = [];
    const hasLocal = ['in-force', 'changing'].includes(planStateOf(plan.brief));
    for (const level of hasLocal ? (['local', 'general'] as const) : (['general'] as const)) {
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
          const properties = propertiesOf(level, designation, symbol, parameters, precinct);
          for (const { id: parcelId, ringCm } of this.#tell ? group : [])
            this.#tell?.({ layer: 'plan_zones', parcelId, zoneId: id, areaM2: areaM2Of(ringCm) });
          if (level === 'local') local.push({ id, areas, properties });
          else yield feature('plan_zones', id, areaOf(areas), properties);
        }
      }
    }
    const rule = LINE_RULES[kind];
    if (rule && local.length > 0) yield* buildingLines(local, streetSides(quarter), rule, localAct(precinct));
    if (plan.brief.planted && !this.#planted) yield* this.#plant(local, precinct);
    for (const { id, areas, properties } of local) yield feature('plan_zones', id, areaOf(areas), properties);
  }

  finish(): Generator<Feature> {
    return this.#acts.finish();
  }

  *#plant(local: LocalZone[], precinct: string): Generator<Feature> {
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
        const properties = propertiesOf('local', '99ZP', 'ZP', OPEN('SN', 'ZP', 70), precinct);
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

/** Lines of the areas of a plan that may be built on. */
function* buildingLines(
  zones: readonly LocalZone[],
  streets: ReadonlySet<string>,
  { kind, offsetM }: LineRule,
  act: string,
): Generator<Feature> {
  for (const { id, areas, properties } of zones) {
    if (properties['max_intensity'] === null) continue;
    const lines = areas.flatMap((rings) => linesAlong(rings[0] ?? [], streets, offsetM));
    for (const [i, line] of lines.entries()) {
      yield feature('building_lines', `${id}-L${i + 1}`, lineOf(line.map(toM)), {
        kind,
        zone_id: id,
        act_id: act,
        offset_m: offsetM,
        status: properties['status'] ?? null,
        in_force_since: properties['in_force_since'] ?? null,
        in_force_until: null,
      });
    }
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

function propertiesOf(
  level: 'local' | 'general',
  designation: string,
  symbol: string,
  parameters: Parameters,
  precinct: string,
): Record<string, PropertyValue> {
  const general = level === 'general';
  const local = localActOf(precinct);
  return {
    plan_kind: level,
    designation,
    symbol,
    zone_kind: symbol,
    act_id: general ? GENERAL_ACT : localAct(precinct),
    base_profile: general ? (zoneKind(symbol)?.baseProfiles.join(', ') ?? null) : null,
    additional_profile: null,
    max_height_m: parameters.maxHeightM,
    min_intensity: general ? null : (parameters.intensity?.[0] ?? null),
    max_intensity: parameters.intensity?.[1] ?? null,
    max_built_share_pct: parameters.builtPct,
    min_bioactive_share_pct: parameters.bioactivePct,
    max_storeys: general ? null : storeysOf(parameters),
    min_parcel_area_m2: general ? null : parameters.minParcelM2,
    min_parking_per_dwelling: general ? null : parameters.parking,
    min_parking_per_100m2: general ? null : parameters.parkingPer100M2,
    roof_shape: general ? null : parameters.roof,
    provisions: general ? null : provisionsOf(designation, parameters),
    act_title: general ? GENERAL.title : local.title,
    act_number: general ? GENERAL.number : local.number,
    act_publication: general ? GENERAL.publication : local.publication,
    in_force_since: general ? GENERAL.since : local.since,
    in_force_until: null,
    status: 'legalForce',
    strength: general ? 'bindingForAuthorities' : 'generallyBinding',
    drafting_note: null,
    ...(general ? planVersion(`${GENERAL_ACT}-${designation}`, GENERAL.since) : NO_PLAN_VERSION),
  };
}
