import { FLEET, type FleetPart, type HotFactor, POLLUTANTS, type Pollutant } from './emission-factors.ts';

/** Grams a vehicle emits on a kilometre, warm, at a mean speed. */
export function hotFactor(factor: HotFactor, speedKmH: number): number {
  const v = Math.min(factor.maxKmH, Math.max(factor.minKmH, speedKmH));
  const [alpha, beta, gamma, delta] = factor.above;
  const [epsilon, zeta, eta] = factor.below;
  const above = alpha * v * v + beta * v + gamma + delta / v;
  return (above / (epsilon * v * v + zeta * v + eta)) * (1 - factor.reduction);
}

export type Exhaust = Record<Pollutant | 'CO2', number>;

/** Grams an hour of a stretch of road, by pollutant. */
export function exhaustGPerH(
  {
    carPerH,
    truckPerH,
    speedKmH,
    lengthM,
  }: {
    readonly carPerH: number;
    readonly truckPerH: number;
    readonly speedKmH: number;
    readonly lengthM: number;
  },
  fleet: readonly FleetPart[] = FLEET,
): Exhaust {
  const km = lengthM / 1000;
  const sum = (ofPart: (part: FleetPart) => number) =>
    fleet.reduce((all, part) => {
      const vehicles = (part.vehicle === 'car' ? carPerH : truckPerH) * part.share;
      return all + vehicles * km * Math.max(0, ofPart(part));
    }, 0);
  const [nox, co, nmhc, pm] = POLLUTANTS.map((name) =>
    sum(({ factors }) => hotFactor(factors[name], speedKmH)),
  ) as [number, number, number, number];
  const co2 = sum(({ energy, co2GPerMj }) => hotFactor(energy, speedKmH) * co2GPerMj);
  return { NOx: nox, CO: co, NMHC: nmhc, PM: pm, CO2: co2 };
}
