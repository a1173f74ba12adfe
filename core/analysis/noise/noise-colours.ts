/**
 * Colours of noise maps, on the screen and on paper: those of B. Weninger, "A color scheme for the presentation of sound
 * immission in maps: requirements and principles for design" (Euronoise 2015), in bands of 5 dB as Directive 2002/49/EC
 * (annex VI) tells them; orange begins at 55 dB.
 */
import { provisionAt } from '../../law/law.ts';
import { numberIn } from '../../law/provision.ts';
import { type AreaRings, areasAt } from './noise-bands.ts';
import type { NoiseFrame } from './noise-grid.ts';

export const COLOURS_BY = 'B. Weninger, Euronoise 2015';

export interface NoiseBand {
  /** LDWN from this on, up to the next band; the quietest from −∞. */
  readonly fromDb: number;
  readonly ink: string;
}

/** From the quietest. */
export const NOISE_BANDS: readonly NoiseBand[] = [
  { fromDb: Number.NEGATIVE_INFINITY, ink: '#cee4cc' },
  { fromDb: 50, ink: '#e2f2bf' },
  { fromDb: 55, ink: '#f3c683' },
  { fromDb: 60, ink: '#e87e4d' },
  { fromDb: 65, ink: '#cd463e' },
  { fromDb: 70, ink: '#a11a4d' },
  { fromDb: 75, ink: '#75085c' },
];

/** What is louder or quieter; `clearly` from 3 dB on. Blue and red, for who sees no green. */
export const CHANGE_INKS = {
  clearlyLouder: '#8c1d2f',
  louder: '#d2612f',
  quieter: '#3f8fbf',
  clearlyQuieter: '#123f6b',
} as const;
export const CLEARLY_DB = 3;

/** Limits of LDWN of roads that are drawn as lines: of houses of one family and of blocks of flats. */
export function limitsOn(lawDate: string): readonly { readonly provision: string; readonly db: number }[] {
  return (['HAL-2', 'HAL-3'] as const).flatMap((provision) => {
    const found = provisionAt(provision, lawDate);
    return found ? [{ provision, db: numberIn(found, 'ldwnDb') }] : [];
  });
}

/** Polygons of each band, each with all that is louder in it; the quietest has none. */
export function bandAreas(
  frame: NoiseFrame,
  levels: readonly (number | null)[],
): readonly { readonly band: NoiseBand; readonly areas: readonly AreaRings[] }[] {
  return NOISE_BANDS.slice(1).map((band) => ({ band, areas: areasAt(frame, levels, band.fromDb) }));
}

/** Where levels rise or fall by more than the bound, and by 3 dB, the least changes first. */
export function changeAreas(
  frame: NoiseFrame,
  before: readonly (number | null)[],
  after: readonly (number | null)[],
  boundDb: number,
): readonly {
  readonly change: keyof typeof CHANGE_INKS;
  readonly byDb: number;
  readonly areas: readonly AreaRings[];
}[] {
  const by = after.map((level, k) => {
    const was = before[k] ?? null;
    return level === null || was === null ? null : level - was;
  });
  const clearlyDb = Math.max(CLEARLY_DB, boundDb);
  return [
    { change: 'louder', byDb: boundDb, areas: areasAt(frame, by, boundDb) },
    { change: 'clearlyLouder', byDb: clearlyDb, areas: areasAt(frame, by, clearlyDb) },
    { change: 'quieter', byDb: boundDb, areas: areasAt(frame, by, -boundDb, true) },
    { change: 'clearlyQuieter', byDb: clearlyDb, areas: areasAt(frame, by, -clearlyDb, true) },
  ];
}
