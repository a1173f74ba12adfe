/** What the plans of the demo city set for the parcels of each kind of quarter. */
import type { QuarterKind } from '../skeleton.ts';
import type { PlannedParcel } from '../town-plan.ts';
import { STREETS } from './base-map.ts';

export interface Parameters {
  readonly general: string;
  readonly local: string;
  readonly maxHeightM: number | null;
  readonly intensity: readonly [min: number, max: number] | null;
  readonly builtPct: number | null;
  readonly bioactivePct: number | null;
  readonly minParcelM2: number | null;
  readonly parking: number | null;
  /** Parking places for each 100 m² of services. */
  readonly parkingPer100M2: number | null;
  readonly roof: string | null;
}

const PARKING_PER_100_M2: Readonly<Record<string, number>> = { U: 2, H: 3.5, P: 1 };

const HOUSING = (
  general: string,
  local: string,
  maxHeightM: number,
  intensity: readonly [number, number],
  builtPct: number,
  bioactivePct: number,
  minParcelM2: number | null,
  parking: number,
  roof: string,
): Parameters => ({
  general,
  local,
  maxHeightM,
  intensity,
  builtPct,
  bioactivePct,
  minParcelM2,
  parking,
  parkingPer100M2: PARKING_PER_100_M2[local] ?? null,
  roof,
});
export const OPEN = (general: string, local: string, bioactivePct: number | null): Parameters => ({
  general,
  local,
  maxHeightM: local === 'ZD' ? 5 : null,
  intensity: null,
  builtPct: null,
  bioactivePct,
  minParcelM2: null,
  parking: null,
  parkingPer100M2: null,
  roof: null,
});

const STEEP = 'dachy strome 30–45°';
const FLAT = 'dachy płaskie do 12°';
const BY_QUARTER: Readonly<Record<QuarterKind, Parameters>> = {
  'market-square': HOUSING('SU', 'U', 20, [0.1, 1.5], 40, 5, null, 0, STEEP),
  'old-town': HOUSING('SW', 'MW', 16, [0.8, 3.2], 85, 5, null, 0.5, STEEP),
  tenements: HOUSING('SW', 'MW', 20, [0.8, 3], 70, 15, null, 0.8, 'dowolne'),
  'inner-blocks': HOUSING('SW', 'MW', 24, [0.8, 2.8], 60, 20, null, 1, FLAT),
  villas: HOUSING('SJ', 'MN', 11, [0.1, 0.8], 30, 50, 800, 2, STEEP),
  houses: HOUSING('SJ', 'MN', 9.5, [0.1, 0.7], 35, 45, 600, 2, STEEP),
  'older-houses': HOUSING('SJ', 'MN', 10, [0.1, 0.9], 40, 40, 450, 1.5, 'dowolne'),
  terraces: HOUSING('SJ', 'MN', 10, [0.3, 1.1], 50, 30, 220, 2, STEEP),
  'slab-estate': HOUSING('SW', 'MW', 36, [0.4, 1.6], 30, 40, null, 1, FLAT),
  'new-estate': HOUSING('SW', 'MW', 20, [0.5, 1.8], 45, 30, null, 1.4, FLAT),
  industry: HOUSING('SP', 'P', 18, [0.1, 1.5], 65, 15, 3000, 0, FLAT),
  retail: HOUSING('SH', 'H', 14, [0.1, 1], 50, 15, 5000, 0, FLAT),
  campus: HOUSING('SU', 'U', 24, [0.3, 1.6], 40, 35, null, 0, FLAT),
  village: HOUSING('SZ', 'RZM', 10, [0.05, 0.5], 30, 50, 1000, 2, STEEP),
  allotments: OPEN('SN', 'ZD', 80),
  park: OPEN('SN', 'ZP', 85),
  riverside: OPEN('SN', 'ZN', 90),
  fields: OPEN('SO', 'R', 90),
  forest: OPEN('SO', 'L', 100),
};
const SERVICES = HOUSING('SU', 'U', 14, [0.1, 1.2], 45, 30, null, 0, FLAT);

export function parametersOf({ role }: PlannedParcel, kind: QuarterKind): Parameters {
  const own = BY_QUARTER[kind];
  if (role === 'river' || role === 'stream') return OPEN('SO', 'WS', null);
  if (role === 'railway') return OPEN('SK', 'KK', null);
  if (role === 'civic') return SERVICES;
  if (role === 'green')
    return own.local.startsWith('Z') || own.local === 'L' ? own : OPEN(own.general, 'ZP', 70);
  if (STREETS.includes(role)) return OPEN('SK', 'KD', null);
  return own;
}

/** Storeys that fit under a height: under steep roofs fewer. Null where nothing may be built. */
export const storeysOf = ({ maxHeightM, intensity, roof }: Parameters): number | null =>
  maxHeightM === null || intensity === null
    ? null
    : Math.max(1, Math.floor(maxHeightM / (roof === STEEP ? 4 : 3.2)));

/** The provisions of one area of a local plan, as its text would have them. */
export function provisionsOf(designation: string, p: Parameters): string {
  const number = (value: number) => String(value).replace('.', ',');
  const lines = [
    p.intensity && `intensywność zabudowy od ${number(p.intensity[0])} do ${number(p.intensity[1])}`,
    p.maxHeightM !== null && `wysokość zabudowy do ${number(p.maxHeightM)} m`,
    p.builtPct !== null && `powierzchnia zabudowy do ${number(p.builtPct)}% działki`,
    p.bioactivePct !== null && `teren biologicznie czynny co najmniej ${number(p.bioactivePct)}% działki`,
    p.minParcelM2 !== null && `powierzchnia nowej działki budowlanej co najmniej ${number(p.minParcelM2)} m²`,
    p.parking !== null && p.parking > 0 && `co najmniej ${number(p.parking)} miejsca postojowego na lokal`,
    p.parkingPer100M2 !== null &&
      `co najmniej ${number(p.parkingPer100M2)} miejsca postojowego na 100 m² powierzchni użytkowej usług`,
    p.roof !== null && `geometria dachów: ${p.roof}`,
  ].filter((line) => typeof line === 'string');
  const intro = `Dla terenu oznaczonego symbolem ${designation} ustala się:`;
  return lines.length === 0
    ? `Dla terenu ${designation} nie ustala się parametrów zabudowy.`
    : `${intro} ${lines.join('; ')}.`;
}
