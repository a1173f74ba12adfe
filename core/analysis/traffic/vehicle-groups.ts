/** Vehicles that low-emission zones treat alike. */
import { type OdDemand, odDemand } from './demand.ts';
import type { EntryLimit } from './road-rules.ts';

export interface VehicleGroup {
  readonly name: 'car' | 'truck';
  /** Part of all cars, or of all lorries. */
  readonly part: number;
  /** Ranks of dirtiness up to this one, 0 to 1: a zone of a share at least as large limits it. */
  readonly upTo: number;
}

/** @param limits of all sections, in every state that is compared */
export function vehicleGroups(limits: readonly EntryLimit[]): readonly VehicleGroup[] {
  return (['car', 'truck'] as const).flatMap((name) => {
    const shares = limits.filter(({ vehicles }) => isOf(name, vehicles)).map(({ share }) => share);
    const ends = [...new Set([...shares, 1])].toSorted((a, b) => a - b);
    return ends.map((upTo, n) => ({ name, part: upTo - (ends[n - 1] ?? 0), upTo }));
  });
}

const isOf = (name: VehicleGroup['name'], vehicles: EntryLimit['vehicles']) =>
  vehicles === 'all' || vehicles === name;

export const isLimited = ({ name, upTo }: VehicleGroup, limit: EntryLimit | null | undefined): boolean =>
  limit !== null && limit !== undefined && isOf(name, limit.vehicles) && limit.share >= upTo;

/**
 * The demand of each group. Trips that begin or end where a group may not drive are made by the cleanest vehicles,
 * where these may: whoever has to get there gets one.
 * @param groups of one name
 * @param cutOff by zone, whether a group may not drive at any of its streets, at the start or at the end of a trip
 */
export function groupDemands(
  demand: OdDemand,
  groups: readonly VehicleGroup[],
  cutOff: (group: VehicleGroup, end: 'start' | 'end') => readonly boolean[],
): readonly OdDemand[] {
  if (groups.length === 1) return [demand];
  const { zoneCount, start, destination, trips } = demand;
  const cleanest = groups.length - 1;
  const isCut = groups.map((group) => [cutOff(group, 'start'), cutOff(group, 'end')] as const);
  const own = groups.map((): { origin: number; destination: number; trips: number }[] => []);
  for (let origin = 0; origin < zoneCount; origin++) {
    for (let od = start[origin] as number; od < (start[origin + 1] as number); od++) {
      const to = destination[od] as number;
      const isOut = (n: number) => isCut[n]?.[0][origin] === true || isCut[n]?.[1][to] === true;
      for (const [n, { part }] of groups.entries()) {
        const by = isOut(n) && !isOut(cleanest) ? cleanest : n;
        own[by]?.push({ origin, destination: to, trips: part * (trips[od] as number) });
      }
    }
  }
  return own.map((each) => odDemand(zoneCount, each));
}
