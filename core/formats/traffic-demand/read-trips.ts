/** Trips from zone to zone by hour and purpose: CSV (also demand.csv of GMNS), or trips of TNTP. */
import type { Purpose, StoredMatrix, StoredZone } from '../../analysis/traffic/city-facts.ts';
import { invalidParameter } from '../../errors.ts';
import { DEMAND_PURPOSES } from '../../wire/edits/demand.ts';
import { readCsv } from '../csv.ts';
import { readTntpTrips } from '../tntp/read-tntp.ts';
import { cellOf, hourCell, neededCell, numberCell } from './read-cells.ts';

export interface ReadTrips {
  /** By hour and purpose, in this order. */
  readonly matrices: readonly (StoredMatrix & { readonly hour: number })[];
  readonly vehPerH: number;
  /** That stay in their zone: they use no street. */
  readonly withinZonesVehPerH: number;
  /** Zones that are none, and the trips that are left out for it. */
  readonly foreign: { readonly zones: readonly string[]; readonly vehPerH: number };
}

export interface TripsAsked {
  readonly zones: readonly StoredZone[];
  /** Of rows that name none. */
  readonly hour: number | undefined;
  readonly purpose: Purpose | undefined;
}

interface Trip {
  readonly hour: number;
  readonly purpose: Purpose;
  readonly from: string;
  readonly to: string;
  readonly vehPerH: number;
}

/**
 * Columns `o_zone_id`, `d_zone_id`, `volume`; if there are, `hour`, `purpose` and `truck_volume` (lorries beside the volume).
 * A pair that is given more than once is summed up.
 * @throws TwinError invalid-parameter naming file and line
 */
export function readTrips(text: string, file: string, asked: TripsAsked): ReadTrips {
  const place = new Map(asked.zones.map(({ id }, index) => [id, index]));
  const foreignZones = new Set<string>();
  let [all, within, foreign] = [0, 0, 0];
  const sums = new Map<string, Map<number, number>>();
  for (const { hour, purpose, from, to, vehPerH } of text.trimStart().startsWith('<')
    ? ofTntp(text, file, asked)
    : ofCsv(text, file, asked)) {
    const [origin, destination] = [place.get(from), place.get(to)];
    if (origin === undefined || destination === undefined) {
      if (origin === undefined) foreignZones.add(from);
      if (destination === undefined) foreignZones.add(to);
      foreign += vehPerH;
      continue;
    }
    all += vehPerH;
    if (origin === destination) within += vehPerH;
    const key = `${String(hour).padStart(2, '0')} ${purpose}`;
    const pairs = sums.get(key) ?? new Map<number, number>();
    const pair = origin * asked.zones.length + destination;
    pairs.set(pair, (pairs.get(pair) ?? 0) + vehPerH);
    sums.set(key, pairs);
  }
  const matrices = [...sums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, found]) => {
      const [hour = '', purpose = ''] = key.split(' ');
      const pairs = [...found].filter(([, trips]) => trips > 0).sort(([a], [b]) => a - b);
      return {
        hour: Number(hour),
        purpose: purpose as Purpose,
        origins: pairs.map(([pair]) => Math.floor(pair / asked.zones.length)),
        destinations: pairs.map(([pair]) => pair % asked.zones.length),
        vehPerH: pairs.map(([, trips]) => trips),
      };
    });
  if (!(all > 0)) throw invalidParameter(file, `${file} has no trips between the zones that are given`);
  return {
    matrices,
    vehPerH: all,
    withinZonesVehPerH: within,
    foreign: { zones: [...foreignZones], vehPerH: foreign },
  };
}

function* ofCsv(text: string, file: string, { hour, purpose }: TripsAsked): Generator<Trip> {
  for (const row of readCsv(text, file)) {
    const pair = {
      hour: hourCell(row, file, hour),
      from: neededCell(row, file, ['o_zone_id', 'orig_taz', 'from']),
      to: neededCell(row, file, ['d_zone_id', 'dest_taz', 'to']),
    };
    const said = cellOf(row, ['purpose']);
    const known = DEMAND_PURPOSES.find((each) => each === said);
    if (said !== undefined && known === undefined) {
      throw invalidParameter(
        file,
        `${file}, line ${row.line}: purpose "${said}" is none of ${DEMAND_PURPOSES.join(', ')}`,
      );
    }
    const vehPerH = numberCell(row, file, ['volume', 'total', 'veh_per_h'], 0);
    yield { ...pair, purpose: known ?? purpose ?? 'other', vehPerH };
    if (cellOf(row, ['truck_volume']) !== undefined) {
      yield { ...pair, purpose: 'freight', vehPerH: numberCell(row, file, ['truck_volume'], 0) };
    }
  }
}

/** Zones of the file count from 1. */
function* ofTntp(text: string, file: string, { hour, purpose = 'other' }: TripsAsked): Generator<Trip> {
  if (hour === undefined) throw invalidParameter(file, `${file} is of TNTP and names no hour: say --hour`);
  const { zoneCount, start, destination, trips, intrazonalTrips } = readTntpTrips(text);
  for (let origin = 0; origin < zoneCount; origin++) {
    for (let od = start[origin] as number; od < (start[origin + 1] as number); od++) {
      const to = String((destination[od] as number) + 1);
      yield { hour, purpose, from: String(origin + 1), to, vehPerH: trips[od] as number };
    }
  }
  if (intrazonalTrips > 0) yield { hour, purpose, from: '1', to: '1', vehPerH: intrazonalTrips };
}
