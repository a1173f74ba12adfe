import type { SeriesReply, WireSeries } from '../../core/wire/live.ts';
import { getJson } from '../api/city-api.ts';

/** What one datastream measured over a stretch of time, at the resolution that was asked for. */
export interface Series {
  readonly datastream: number;
  /** How long each value speaks for; `raw` are values as they were measured. */
  readonly step: WireSeries['step'];
  /** Beginnings, milliseconds since 1970, rising. */
  readonly times: readonly number[];
  /** One for each time; null where a value was expected and none came. */
  readonly values: readonly (number | null)[];
  /** The extremes within each step; the values themselves where they are raw. */
  readonly lows: readonly (number | null)[];
  readonly highs: readonly (number | null)[];
  /** How many values each step has. */
  readonly counts: readonly number[];
}

/**
 * The series of some datastreams, in their order. Live values are those of the present city whichever state of the
 * registers is shown.
 * @param points how many values are wanted for each at most
 * @throws ServiceError when the service does not answer
 */
export async function fetchSeries(
  datastreams: readonly number[],
  fromMs: number,
  toMs: number,
  points: number,
  signal?: AbortSignal,
): Promise<readonly Series[]> {
  const query = new URLSearchParams({
    datastream: datastreams.join(),
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    points: String(points),
  });
  const { series } = await getJson<SeriesReply>(`api/live/series?${query}`, signal, '');
  return series.map(read);
}

const read = ({ datastream, step, t, value, min, max, count }: WireSeries): Series => ({
  datastream,
  step,
  times: t.map((text) => Date.parse(text)),
  values: value,
  lows: min,
  highs: max,
  counts: count,
});
