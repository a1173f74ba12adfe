/** What the rules of the road say of a section, beyond lanes, speed and direction. */
import { ZONE_VEHICLES } from '../../wire/edits/traffic-rules.ts';

export interface RoadRules {
  /** Of each direction; null by class and lanes. */
  readonly capacityPcuPerH: number | null;
  /** Signals at the ends of its line. */
  readonly signalFrom: Signal | null;
  readonly signalTo: Signal | null;
  /** Ids of roads that nobody may turn into from it. */
  readonly noTurnTo: readonly string[];
  readonly limit: EntryLimit | null;
}

export interface Signal {
  readonly greenS: number;
  readonly cycleS: number;
}

/** A low-emission zone that a section belongs to. */
export interface EntryLimit {
  readonly vehicles: (typeof ZONE_VEHICLES)[number];
  /** Part of these vehicles, 0 to 1, the dirtiest first. */
  readonly share: number;
  /** PLN for an entry; null = they may not drive there. */
  readonly chargePln: number | null;
}

/** Columns of the layer `roads`. */
export interface RuleColumns {
  readonly capacity: number | null;
  readonly signalFrom: string | null;
  readonly signalTo: string | null;
  readonly noTurnTo: string | null;
  readonly limitedVehicles: string | null;
  readonly limitedSharePct: number | null;
  readonly entryChargePln: number | null;
}

/** @returns undefined where the columns say nothing */
export function roadRules(columns: RuleColumns): RoadRules | undefined {
  if (Object.values(columns).every((value) => value === null)) return undefined;
  const vehicles = ZONE_VEHICLES.find((each) => each === columns.limitedVehicles);
  const share = (columns.limitedSharePct ?? 0) / 100;
  return {
    capacityPcuPerH: columns.capacity !== null && columns.capacity > 0 ? columns.capacity : null,
    signalFrom: signalOf(columns.signalFrom),
    signalTo: signalOf(columns.signalTo),
    noTurnTo: (columns.noTurnTo ?? '').split(',').filter((id) => id !== ''),
    limit:
      vehicles && share > 0
        ? { vehicles, share: Math.min(1, share), chargePln: columns.entryChargePln }
        : null,
  };
}

/** Where nobody tells its timing: half of a usual cycle, less two changes of 4 s. */
export const USUAL_SIGNAL = '41/90';

/** Written as green/cycle in seconds, as in `40/90`. */
function signalOf(text: string | null): Signal | null {
  const [greenS = 0, cycleS = 0] = (text ?? '').split('/').map(Number);
  return greenS > 0 && cycleS > greenS ? { greenS, cycleS } : null;
}
