/** Systems of coordinates as people of the trade call them. */
import type { Language } from '../feature/layer.ts';
import { crsOf } from './crs.ts';

const ZONES_2000: Readonly<Record<number, number>> = { 2176: 5, 2177: 6, 2178: 7, 2179: 8 };
const KNOWN: Readonly<Record<number, string>> = {
  2180: 'PL-1992',
  4258: 'PL-ETRF2000 (ETRS89)',
  3857: 'Web Mercator',
};

/** Without the code: `PL-2000 strefa 6`, `PL-1992`. */
export function crsName(srid: number, language: Language): string {
  const zone = ZONES_2000[srid];
  if (zone !== undefined) return `PL-2000 ${language === 'pl' ? 'strefa' : 'zone'} ${zone}`;
  return KNOWN[srid] ?? crsOf(srid).name;
}

/** `PL-2000 strefa 6 (EPSG:2177)`. */
export const crsTitle = (srid: number, language: Language): string =>
  `${crsName(srid, language)} (EPSG:${srid})`;
