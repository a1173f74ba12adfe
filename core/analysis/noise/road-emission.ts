/** Sound power of road traffic by CNOSSOS-EU (annex to Directive (EU) 2015/996, 2.2, as amended by 2021/1226). */
import {
  CNOSSOS_2021,
  JUNCTIONS,
  NOISE_CATEGORIES,
  type NoiseCategory,
  type NoiseCoefficients,
  OCTAVES_HZ,
  STUDS,
} from './noise-coefficients.ts';

export interface NoisyTraffic {
  readonly perH: number;
  readonly speedKmH: number;
}

export interface NoisyRoad {
  readonly traffic: Partial<Readonly<Record<NoiseCategory, NoisyTraffic>>>;
  /** A surface of the coefficients; without it the reference surface at the reference age. */
  readonly surface?: string;
  readonly temperatureC?: number;
  /** Uphill is positive, along the direction of travel. `both`: as many up as down. */
  readonly slopePct?: number;
  readonly slopeIs?: 'directed' | 'both';
  readonly junction?: { readonly kind: keyof typeof JUNCTIONS; readonly distanceM: number };
  /** Share of light vehicles on studded tyres, and for how many months of the year. */
  readonly studs?: { readonly share: number; readonly months: number };
}

const REFERENCE_KMH = 70;
const REFERENCE_C = 20;
/** The method knows nothing slower. */
const SLOWEST_KMH = 20;
const TEMPERATURE_K: Partial<Record<NoiseCategory, number>> = { light: 0.08, medium: 0.04, heavy: 0.04 };
const JUNCTION_REACH_M = 100;
const STEEPEST_PCT = 12;

/** dB(A) − dB by octave. */
export const A_WEIGHTS = [-26.2, -16.1, -8.6, -3.2, 0, 1.2, 1, -1.1] as const;

/**
 * Sound power by metre of road, dB re 1 pW/m, by octave; −Infinity without traffic.
 * @param coefficients those in force unless said otherwise
 */
export function roadEmission(road: NoisyRoad, coefficients: NoiseCoefficients = CNOSSOS_2021): number[] {
  return OCTAVES_HZ.map((_, octave) => {
    let power = 0;
    for (const category of NOISE_CATEGORIES) {
      const traffic = road.traffic[category];
      if (!traffic || !(traffic.perH > 0)) continue;
      const speedKmH = Math.max(SLOWEST_KMH, traffic.speedKmH);
      const vehicle = vehiclePower(category, octave, speedKmH, road, coefficients);
      power += (vehicle * traffic.perH) / (1000 * speedKmH);
    }
    return decibels(power);
  });
}

export const aWeighted = (levels: readonly number[]): number =>
  decibels(levels.reduce((sum, level, octave) => sum + power(level + (A_WEIGHTS[octave] ?? 0)), 0));

export const decibels = (power: number): number => 10 * Math.log10(power);
export const power = (level: number): number => 10 ** (level / 10);

/** Rolling and propulsion together, as power. */
function vehiclePower(
  category: NoiseCategory,
  octave: number,
  speedKmH: number,
  road: NoisyRoad,
  { vehicles, surfaces }: NoiseCoefficients,
): number {
  const { ar, br, ap, bp } = vehicles[category];
  const lg = Math.log10(speedKmH / REFERENCE_KMH);
  const surface = road.surface === undefined ? undefined : surfaces[road.surface]?.[category];
  const alpha = surface?.alpha[octave] ?? 0;
  const [rollingAtJunction, propulsionAtJunction] = atJunction(category, road.junction);
  const propulsion =
    (ap[octave] ?? 0) +
    ((bp[octave] ?? 0) * (speedKmH - REFERENCE_KMH)) / REFERENCE_KMH +
    Math.min(alpha, 0) +
    propulsionAtJunction;
  const climbing = climbs(road).reduce(
    (sum, [slopePct, share]) => sum + share * power(propulsion + ofGradient(category, slopePct, speedKmH)),
    0,
  );
  // Two-wheelers are heard by their engine alone.
  if (category === 'moped' || category === 'motorcycle') return climbing;
  const rolling =
    (ar[octave] ?? 0) +
    (br[octave] ?? 0) * lg +
    alpha +
    (surface?.beta ?? 0) * lg +
    (TEMPERATURE_K[category] ?? 0) * (REFERENCE_C - (road.temperatureC ?? REFERENCE_C)) +
    (category === 'light' ? ofStuds(octave, speedKmH, road.studs) : 0) +
    rollingAtJunction;
  return climbing + power(rolling);
}

const climbs = ({ slopePct = 0, slopeIs = 'both' }: NoisyRoad): readonly [number, number][] =>
  slopeIs === 'directed' || slopePct === 0
    ? [[slopePct, 1]]
    : [
        [slopePct, 0.5],
        [-slopePct, 0.5],
      ];

function ofGradient(category: NoiseCategory, slopePct: number, speedKmH: number): number {
  const up = Math.min(STEEPEST_PCT, slopePct);
  const down = Math.min(STEEPEST_PCT, -slopePct);
  switch (category) {
    case 'light':
      if (slopePct < -6) return down - 6;
      return slopePct > 2 ? (((up - 2) / 1.5) * speedKmH) / 100 : 0;
    case 'medium':
      if (slopePct < -4) return ((down - 4) / 0.7) * ((speedKmH - 20) / 100);
      return slopePct > 0 ? (up * speedKmH) / 100 : 0;
    case 'heavy':
      if (slopePct < -4) return ((down - 4) / 0.5) * ((speedKmH - 10) / 100);
      return slopePct > 0 ? ((up / 0.8) * speedKmH) / 100 : 0;
    default:
      return 0;
  }
}

function ofStuds(octave: number, speedKmH: number, studs: NoisyRoad['studs']): number {
  if (!studs) return 0;
  const share = (studs.share * studs.months) / 12;
  const within = Math.min(90, Math.max(50, speedKmH));
  const louder = (STUDS.a[octave] ?? 0) + (STUDS.b[octave] ?? 0) * Math.log10(within / REFERENCE_KMH);
  return decibels(1 - share + share * power(louder));
}

function atJunction(category: NoiseCategory, junction: NoisyRoad['junction']): readonly [number, number] {
  if (!junction || category === 'moped' || category === 'motorcycle') return [0, 0];
  const near = Math.max(0, 1 - Math.abs(junction.distanceM) / JUNCTION_REACH_M);
  const [rolling, propulsion] = JUNCTIONS[junction.kind][category];
  return [rolling * near, propulsion * near];
}
