/** Vehicles counted on streets, as CSV. */
import type { TrafficCount } from '../../analysis/traffic/city-facts.ts';
import { invalidParameter } from '../../errors.ts';
import { readCsv } from '../csv.ts';
import { cellOf, hourCell, neededCell, numberCell } from './read-cells.ts';

export interface ReadCounts {
  readonly counts: readonly (TrafficCount & { readonly hour: number; readonly days?: number })[];
  /** Roads that the city does not have: their counts are left out. */
  readonly foreign: readonly string[];
  /** What looks like another unit, in words. */
  readonly warnings: readonly string[];
}

/** More no street lets by in an hour, both ways together: it may be the count of a day. */
const MOST_VEH_PER_H = 12_000;

/**
 * Columns `link` (id of a road; with + along its line, with - against it, without for both), `hour` and `veh_per_h`; if
 * there are, `detector` and `days` (that it is the mean of).
 * @throws TwinError invalid-parameter naming file and line
 */
export function readCounts(
  text: string,
  file: string,
  roads: ReadonlySet<string>,
  hour?: number,
): ReadCounts {
  const foreign = new Set<string>();
  const warnings: string[] = [];
  const lines = new Map<string, number>();
  const counts = readCsv(text, file).flatMap((row): ReadCounts['counts'] => {
    const link = neededCell(row, file, ['link', 'road']);
    const at = hourCell(row, file, hour);
    const vehPerH = numberCell(row, file, ['veh_per_h', 'volume', 'count'], 0);
    if (!roads.has(link) && !roads.has(link.replace(/[+-]$/, ''))) {
      foreign.add(link);
      return [];
    }
    const key = `${link} ${at}`;
    const before = lines.get(key);
    if (before !== undefined) {
      throw invalidParameter(
        file,
        `${file}, line ${row.line}: ${link} at ${at}:00 stands on line ${before} already; give the mean of the two`,
      );
    }
    lines.set(key, row.line);
    if (vehPerH > MOST_VEH_PER_H) {
      warnings.push(`line ${row.line}: ${vehPerH} vehicles an hour on ${link}; is it the count of a day?`);
    }
    const detector = cellOf(row, ['detector']);
    const days = cellOf(row, ['days']) === undefined ? undefined : numberCell(row, file, ['days'], 1);
    return [
      {
        ...{ link, hour: at, vehPerH },
        ...(detector !== undefined && { detector }),
        ...(days !== undefined && { days: Math.round(days) }),
      },
    ];
  });
  return { counts, foreign: [...foreign], warnings };
}
