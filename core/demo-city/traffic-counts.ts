/** Counts of vehicles on streets of the demo city: seeded, and made without the traffic model that is held against them. */
import { randomOf } from './random.ts';

export interface CountedStreet {
  readonly id: string;
  readonly name: string | null;
  readonly class: string | null;
  readonly isOneway: boolean;
  /** Of its end less of its start, metres from the middle of the city: above 0 it leads outwards. */
  readonly outwardsM: number;
}

export interface DemoCount {
  /** The road with + or -. */
  readonly link: string;
  readonly hour: number;
  readonly vehPerH: number;
  readonly detector: string;
}

/** Vehicles one way in the busiest hour by class of street. */
const PEAK_VEH_PER_H: Readonly<Record<string, number>> = { main: 720, collector: 100 };
const MOST_STREETS = 16;
/** Part by which more drive inwards in the morning, and outwards in the afternoon. */
const TIDE = 0.15;

/** For each main street and some collectors, 24 hours each way. The same streets and seed give the same counts. */
export function demoTrafficCounts(streets: readonly CountedStreet[], seed: number): readonly DemoCount[] {
  return Object.entries(PEAK_VEH_PER_H).flatMap(([roadClass, peak]) => {
    const own = streets.filter((street) => street.class === roadClass);
    const every = Math.max(1, Math.floor(own.length / MOST_STREETS));
    return own
      .filter((_, at) => at % every === 0)
      .slice(0, MOST_STREETS)
      .flatMap((street) => countsOf(street, peak, seed));
  });
}

function countsOf(street: CountedStreet, peak: number, seed: number): readonly DemoCount[] {
  // Sections of a street carry much the same.
  const busy = randomOf('counted street', street.name ?? street.id, seed).between(0.7, 1.3);
  const random = randomOf('counted section', street.id, seed);
  return (street.isOneway ? ['+'] : ['+', '-']).flatMap((sign) => {
    const outwards = Math.sign(street.outwardsM) * (sign === '+' ? 1 : -1);
    const local = random.between(0.9, 1.1);
    return HOURS.map((part, hour) => ({
      link: `${street.id}${sign}`,
      hour,
      vehPerH: Math.round(peak * part * busy * local * (1 + outwards * TIDE * (hour < 12 ? -1 : 1))),
      detector: `Pomiar ${street.id}${sign}`,
    }));
  });
}

/** Of the busiest hour, by hour of a working day. */
// biome-ignore format: hours 0 to 23
const HOURS = [
  0.08, 0.05, 0.04, 0.05, 0.1, 0.3, 0.7, 1, 0.9, 0.7, 0.65, 0.66, 0.7, 0.74, 0.85, 0.98, 1, 0.9, 0.7, 0.5, 0.36, 0.28, 0.2, 0.12,
];
