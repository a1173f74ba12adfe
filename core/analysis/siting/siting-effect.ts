/** What open sites mean for everybody: who is served, who has a place, how far all walk. */

import type { ServedState } from '../../wire/siting-answer.ts';
import { floatingCatchment } from '../access/floating-catchment.ts';
import { assignPlaces } from '../access/places.ts';
import type { WalkTable } from '../access/walk.ts';
import { ofSites, within } from '../access/walk-subsets.ts';

const DESERT_PEOPLE_PER_PLACE = 3;
/** Upper ends of the bars of walks, minutes. */
export const BARS_MIN = [2.5, 5, 7.5, 10, 12.5, 15, 20, 25, 30] as const;

export interface Reach {
  readonly reachM: number;
  readonly metresPerMin: number;
}

/** One state of the sites. */
export interface SitedState {
  readonly told: ServedState;
  /** By customer, metres to the nearest open site; Infinity where none is near. */
  readonly nearestM: Float64Array;
  /** By customer, which of the open sites that is; −1 where none is near. */
  readonly nearest: Int32Array;
  /** By customer, places for each person (2SFCA); undefined where places do not count. */
  readonly access: Float64Array | undefined;
  /** By customer, people with a place. */
  readonly placed: Float64Array | undefined;
}

/**
 * @param all ways from every site; its customers are those of `people`
 * @param open which of the sites are open
 * @param places of the open sites, undefined where places do not count
 */
export function stateOf(
  all: WalkTable,
  open: readonly number[],
  places: readonly number[] | undefined,
  people: Float64Array,
  { reachM, metresPerMin }: Reach,
): SitedState {
  const table = ofSites(all, open);
  const near = within(table, reachM);
  const nearestM = new Float64Array(all.customerCount).fill(Number.POSITIVE_INFINITY);
  const nearest = new Int32Array(all.customerCount).fill(-1);
  for (let at = 0; at < open.length; at++) {
    for (let k = table.start[at] as number; k < (table.start[at + 1] as number); k++) {
      const c = table.customer[k] as number;
      if ((table.metres[k] as number) >= (nearestM[c] as number)) continue;
      nearestM[c] = table.metres[k] as number;
      nearest[c] = at;
    }
  }
  const total = sumOf(people);
  let served = 0;
  let [walked, walkers] = [0, 0];
  for (const [c, each] of people.entries()) {
    const way = nearestM[c] as number;
    if (way <= reachM) served += each;
    if (way === Number.POSITIVE_INFINITY) continue;
    walked += each * way;
    walkers += each;
  }
  const access = places && floatingCatchment(near, places, people, [{ withinM: reachM, weight: 1 }]).access;
  const placed = places && assignPlaces(near, places, people).byCustomer;
  const withPlace = placed && sumOf(placed);
  const minutesAt = (share: number) => tenthOrNull(quantile(nearestM, people, share) / metresPerMin);
  const told: ServedState = {
    served: tenth(served),
    unserved: tenth(total - served),
    withPlace: withPlace === undefined ? null : tenth(withPlace),
    leftWithoutPlace: withPlace === undefined ? null : tenth(total - withPlace),
    walkMinutesMean: walkers > 0 ? tenth(walked / walkers / metresPerMin) : null,
    walkMinutesP50: minutesAt(0.5),
    walkMinutesP95: minutesAt(0.95),
    inDesert: access ? tenth(desertOf(access, people)) : null,
    accessVariance: access ? varianceOf(access, people) : null,
  };
  return { told, nearestM, nearest, access, placed };
}

function desertOf(access: Float64Array, people: Float64Array): number {
  let desert = 0;
  for (const [c, each] of people.entries()) {
    if ((access[c] as number) < 1 / DESERT_PEOPLE_PER_PLACE) desert += each;
  }
  return desert;
}

function varianceOf(access: Float64Array, people: Float64Array): number {
  const total = sumOf(people);
  if (total === 0) return 0;
  let [mean, square] = [0, 0];
  for (const [c, each] of people.entries()) mean += (each * (access[c] as number)) / total;
  for (const [c, each] of people.entries()) square += (each * ((access[c] as number) - mean) ** 2) / total;
  return Math.round(square * 1e6) / 1e6;
}

/** Ways of one bucket are sorted, all others only counted. */
const BUCKET_M = 20;

/** The way that this share of the people does not exceed; Infinity counts, and may be the answer. */
export function quantile(metres: Float64Array, people: ArrayLike<number>, share: number): number {
  let [total, most] = [0, 0];
  for (const [c, way] of metres.entries()) {
    total += people[c] as number;
    if (way < Number.POSITIVE_INFINITY && way > most) most = way;
  }
  if (total === 0) return Number.POSITIVE_INFINITY;
  const buckets = new Float64Array(Math.floor(most / BUCKET_M) + 1);
  for (const [c, way] of metres.entries()) {
    if (way === Number.POSITIVE_INFINITY) continue;
    const at = Math.floor(way / BUCKET_M);
    buckets[at] = (buckets[at] as number) + (people[c] as number);
  }
  let left = share * total;
  let bucket = 0;
  while (bucket < buckets.length && (buckets[bucket] as number) < left) left -= buckets[bucket++] as number;
  if (bucket === buckets.length) return Number.POSITIVE_INFINITY;
  const members: number[] = [];
  for (const [c, way] of metres.entries()) {
    if (Math.floor(way / BUCKET_M) === bucket && (people[c] as number) > 0) members.push(c);
  }
  members.sort((a, b) => (metres[a] as number) - (metres[b] as number));
  for (const c of members) {
    left -= people[c] as number;
    if (left <= 0) return metres[c] as number;
  }
  return members.length > 0 ? (metres[members.at(-1) as number] as number) : Number.POSITIVE_INFINITY;
}

/** People by the bars of their walks. */
export function walkBars(nearestM: Float64Array, people: Float64Array, metresPerMin: number): number[] {
  const bars = Array.from({ length: BARS_MIN.length + 1 }, () => 0);
  for (const [c, each] of people.entries()) {
    const minutes = (nearestM[c] as number) / metresPerMin;
    const bar = BARS_MIN.findIndex((end) => minutes <= end);
    const at = bar === -1 ? BARS_MIN.length : bar;
    bars[at] = (bars[at] as number) + each;
  }
  return bars.map(tenth);
}

export const sumOf = (values: Float64Array): number => values.reduce((sum, each) => sum + each, 0);
export const tenth = (value: number): number => Math.round(value * 10) / 10;
export const tenthOrNull = (value: number): number | null => (Number.isFinite(value) ? tenth(value) : null);
