import type { Feature, PropertyValue } from '../../feature/feature.ts';
import type { ChangePlanZone } from '../../wire/edits/plan-zone.ts';
import type { Settled } from '../../wire/scenario.ts';
import { changedRows, removedRows, type ScenarioRow } from '../scenario-row.ts';

const COLUMNS = {
  zoneKind: 'zone_kind',
  act: 'act_id',
  maxHeightM: 'max_height_m',
  maxStoreys: 'max_storeys',
  minIntensity: 'min_intensity',
  maxIntensity: 'max_intensity',
  maxBuiltSharePct: 'max_built_share_pct',
  minBioactiveSharePct: 'min_bioactive_share_pct',
  minParcelAreaM2: 'min_parcel_area_m2',
  minParkingPerDwelling: 'min_parking_per_dwelling',
  minParkingPer100M2: 'min_parking_per_100m2',
  baseProfile: 'base_profile',
  additionalProfile: 'additional_profile',
  roofShape: 'roof_shape',
} as const satisfies Partial<Record<keyof ChangePlanZone, string>>;

/** Rows of `plan_zones`: the zone that is changed, and those that give way to it. */
export function planZoneRows(edit: ChangePlanZone, settled: Settled): readonly ScenarioRow[] {
  const shapes = new Map(settled.shapes?.map((shape) => [shape.id, shape]));
  const changed = changedRows(settled, ({ id, geometry }: Feature) => {
    const decided = shapes.get(id);
    const shape = decided?.geometry ?? geometry;
    return {
      ...(shape && { geometry: shape }),
      ...(id === settled.objects[0]?.id && { properties: { ...parametersOf(edit), ...decided?.properties } }),
    };
  });
  return [...changed, ...removedRows(settled)];
}

function parametersOf(edit: ChangePlanZone): Record<string, PropertyValue> {
  const named = Object.entries(COLUMNS).flatMap(([name, column]) => {
    const value = edit[name as keyof typeof COLUMNS];
    return value === undefined ? [] : [[column, value] as const];
  });
  return Object.fromEntries(named);
}
