/** What travel times between zones mean: for districts, and for what people reach. */
import type { CityZone } from './city-zones.ts';
import type { OdDemand } from './demand.ts';

const REACH_S = 15 * 60;

export const districtNames = (zones: readonly CityZone[]): string[] =>
  [...new Set(zones.flatMap(({ district }) => district ?? []))].toSorted();

/** Mean minutes of car trips from district to district, by the least time between their zones. */
export function districtMinutes(
  zones: readonly CityZone[],
  times: Float64Array,
  demand: OdDemand,
): (number | null)[][] {
  const names = districtNames(zones);
  const place = zones.map(({ district }) => (district === null ? -1 : names.indexOf(district)));
  const [sums, weights] = [new Float64Array(names.length ** 2), new Float64Array(names.length ** 2)];
  for (let origin = 0; origin < demand.zoneCount; origin++) {
    const from = place[origin] as number;
    if (from < 0) continue;
    for (let od = demand.start[origin] as number; od < (demand.start[origin + 1] as number); od++) {
      const destination = demand.destination[od] as number;
      const to = place[destination] as number;
      const seconds = times[origin * zones.length + destination] as number;
      if (to < 0 || seconds === Number.POSITIVE_INFINITY) continue;
      const at = from * names.length + to;
      sums[at] = (sums[at] as number) + (demand.trips[od] as number) * seconds;
      weights[at] = (weights[at] as number) + (demand.trips[od] as number);
    }
  }
  return names.map((_, from) =>
    names.map((__, to) => {
      const at = from * names.length + to;
      const weight = weights[at] as number;
      return weight > 0 ? Math.round(((sums[at] as number) / weight / 60) * 100) / 100 : null;
    }),
  );
}

/** Jobs and nursery places that the mean resident reaches by car within 15 minutes. */
export function reached(
  zones: readonly CityZone[],
  state: 'before' | 'after',
  times: Float64Array,
): { readonly jobs: number; readonly nurseryPlaces: number } {
  let [jobs, nurseryPlaces, people] = [0, 0, 0];
  for (const [origin, zone] of zones.entries()) {
    const { residents } = zone[state];
    people += residents;
    for (const [destination, there] of zones.entries()) {
      if ((times[origin * zones.length + destination] as number) > REACH_S) continue;
      jobs += residents * there[state].jobs;
      nurseryPlaces += residents * there[state].nurseryPlaces;
    }
  }
  return {
    jobs: people > 0 ? Math.round(jobs / people) : 0,
    nurseryPlaces: people > 0 ? Math.round((10 * nurseryPlaces) / people) / 10 : 0,
  };
}
