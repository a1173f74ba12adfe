import { FLEET, type FleetPart, type HotFactor, POLLUTANTS, type Pollutant } from './emission-factors.ts';

/** Grams a vehicle emits on a kilometre, warm, at a mean speed. */
export function hotFactor(factor: HotFactor, speedKmH: number): number {
  const v = Math.min(factor.maxKmH, Math.max(factor.minKmH, speedKmH));
  const [alpha, beta, gamma, delta] = factor.above;
  const [epsilon, zeta, eta] = factor.below;
  const above = alpha * v * v + beta * v + gamma + delta / v;
  return (above / (epsilon * v * v + zeta * v + eta)) * (1 - factor.reduction);
}

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
): Record<Pollutant, number> {
  const km = lengthM / 1000;
  const gram = (pollutant: Pollutant) =>
    fleet.reduce((sum, { vehicle, share, factors }) => {
      const vehicles = (vehicle === 'car' ? carPerH : truckPerH) * share;
      return sum + vehicles * km * Math.max(0, hotFactor(factors[pollutant], speedKmH));
    }, 0);
  const [nox, co, nmhc, pm] = POLLUTANTS.map(gram) as [number, number, number, number];
  return { NOx: nox, CO: co, NMHC: nmhc, PM: pm };
}
