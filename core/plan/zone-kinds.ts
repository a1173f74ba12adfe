/** The thirteen zones of a general plan (Dz.U. 2023 poz. 2758) and the uses that each admits. */

export interface ZoneKind {
  /** Symbol of the zone, as in `1SJ`. */
  readonly code: string;
  readonly pl: string;
  readonly en: string;
  /** As the ministry's plugin draws it. */
  readonly fill: string;
  /** Uses that every zone of the kind admits (profil podstawowy), all of them. */
  readonly baseProfiles: readonly string[];
  /** Uses that a plan may add (profil dodatkowy). */
  readonly additionalProfiles: readonly string[];
  /** Whether a plan must set greatest intensity, built share and height for it. */
  readonly needsLimits: boolean;
  /** The least share of biologically active ground that a plan must set, percent (POG-BIO); null = none. */
  readonly leastBioactivePct: number | null;
}

const words = (list: string): readonly string[] => list.split(' ');

const kind = (
  code: string,
  names: readonly [pl: string, en: string],
  fill: string,
  base: string,
  additional: string,
  [needsLimits, leastBioactivePct]: readonly [boolean, number | null],
): ZoneKind => ({
  code,
  pl: names[0],
  en: names[1],
  fill,
  baseProfiles: words(base),
  additionalProfiles: words(additional),
  needsLimits,
  leastBioactivePct,
});

export const ZONE_KINDS: readonly ZoneKind[] = [
  kind(
    'SW',
    ['wielofunkcyjna z zabudową mieszkaniową wielorodzinną', 'multi-family mixed'],
    '#9a7c64',
    'MW U K ZP ZD I',
    'MN H ZN L W',
    [true, 30],
  ),
  kind(
    'SJ',
    ['wielofunkcyjna z zabudową mieszkaniową jednorodzinną', 'single-family mixed'],
    '#d9b473',
    'MN U K ZP ZD I',
    'ML ZN L W',
    [true, 30],
  ),
  kind(
    'SZ',
    ['wielofunkcyjna z zabudową zagrodową', 'farmstead mixed'],
    '#ffe6ab',
    'RZM RZP RA K ZP ZD I',
    'RZW RN PEB U ZN L W',
    [true, 30],
  ),
  kind('SU', ['usługowa', 'services'], '#ff6c69', 'U K ZP ZD I', 'PS PEF ZN L W', [true, 30]),
  kind('SH', ['handlu wielkopowierzchniowego', 'large retail'], '#ff84b7', 'H K ZP ZD I', 'U PS PEF ZN L W', [
    true,
    30,
  ]),
  kind('SP', ['gospodarcza', 'economic'], '#af88de', 'P K ZP ZD I', 'U ZN L W', [true, 20]),
  kind(
    'SR',
    ['produkcji rolniczej', 'agricultural production'],
    '#feef64',
    'RZP RZW RA K ZD I',
    'RN PEB PEF PEW PEO ZP ZN L W',
    [true, 30],
  ),
  kind('SI', ['infrastrukturalna', 'infrastructure'], '#cccccc', 'I K ZD', 'U P ZP ZN L W', [false, 20]),
  kind(
    'SN',
    ['zieleni i rekreacji', 'green and recreation'],
    '#bbf58b',
    'ZP ZB W K ZD I',
    'US UK UHD UG UT UN UE UZ ZN L',
    [false, 50],
  ),
  kind('SC', ['cmentarzy', 'cemeteries'], '#94d4c4', 'C K ZP ZD I', 'UR UHD ZN L W', [false, 30]),
  kind('SG', ['górnictwa', 'mining'], '#fcd4ff', 'G K ZD I', 'P UH UL UG UA UN ZP ZN L W', [false, null]),
  kind('SO', ['otwarta', 'open'], '#e3ffc7', 'RN L ZN W K ZD I', 'PEW PEF PEG PEO PEB ZP', [false, null]),
  kind(
    'SK',
    ['komunikacyjna', 'transport'],
    '#f2f2f2',
    'KDA KDS KDR KDG KK KKL KW KL KO ZD I',
    'KDZ UHD UG UT ZP L ZN W',
    [false, null],
  ),
];

export const zoneKind = (code: string): ZoneKind | undefined => ZONE_KINDS.find((each) => each.code === code);

/** `strefaZieleniIRekreacji` of `zieleni i rekreacji`. */
export function codeOfZoneName({ pl }: ZoneKind): string {
  const plain = pl
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll('ł', 'l');
  return `strefa${plain
    .split(' ')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}`;
}
