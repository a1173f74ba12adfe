/**
 * What the technical conditions of buildings ask of sun and open sky, as data. The words are ours; a finding names the
 * act. Nothing here was checked against the Dziennik Ustaw after the spring of 2026.
 */
import type { Text } from '../../feature/layer.ts';

export interface Act {
  readonly title: Text;
  /** Place in the Dziennik Ustaw of the text that was used. */
  readonly publication: string;
}

/** `act`: the text of the act was read; `second-hand`: several accounts of it agree. */
export type Certainty = 'act' | 'second-hand';

interface InForce {
  readonly id: string;
  readonly act: Act;
  readonly unit: string;
  /** First day, and where known the last, `2018-01-01`. */
  readonly validFrom: string;
  readonly validTo?: string;
  /** How sure the numbers are, and how sure the days. */
  readonly certainty: Certainty;
  readonly validityCertainty: Certainty;
  readonly text: Text;
}

/** `education`: rooms of nurseries, kindergartens and schools; `dwelling`: rooms of flats and houses. */
export const ROOMS = ['dwelling', 'education'] as const;
export type Rooms = (typeof ROOMS)[number];

export interface SunRule extends InForce {
  readonly rooms: Rooms;
  /** Hours of the day on both equinoxes. */
  readonly fromHour: number;
  readonly toHour: number;
  readonly minutes: number;
  readonly downtownMinutes: number;
}

export interface OpenSectorRule extends InForce {
  /** Of the sector before a window, half on each side of its axis. */
  readonly sectorDeg: number;
  /** An obstacle is as far as it is high, but need not be further than this. */
  readonly mostM: number;
  /** What is no wider, seen along the wall, may be of any height from `slenderAwayM` on. */
  readonly slenderM: number;
  readonly slenderAwayM: number;
  /** By how much distances may shrink downtown. */
  readonly downtownPart: number;
}

const TECHNICAL_CONDITIONS: Act = {
  title: {
    pl: 'rozporządzenie z 12.04.2002 w sprawie warunków technicznych, jakim powinny odpowiadać budynki i ich usytuowanie',
    en: 'regulation of 12 April 2002 on technical conditions of buildings and their siting',
  },
  publication: 'Dz.U. 2022 poz. 1225, zm. Dz.U. 2023 poz. 2442, Dz.U. 2024 poz. 726',
};

/** From this day on a new regulation was planned to replace the one of 2002; whether it came is not confirmed. */
export const REPLACEMENT_PLANNED = '2026-09-20';

export const SUN_RULES: readonly SunRule[] = [
  {
    id: 'WT-60-1',
    act: TECHNICAL_CONDITIONS,
    unit: '§ 60 ust. 1',
    validFrom: '2018-01-01',
    certainty: 'act',
    validityCertainty: 'second-hand',
    rooms: 'education',
    fromHour: 8,
    toHour: 16,
    minutes: 180,
    downtownMinutes: 180,
    text: {
      pl: 'Pomieszczenia żłobków, klubów dziecięcych, przedszkoli i szkół mają co najmniej 3 godziny słońca między 8 a 16 w dniach równonocy.',
      en: 'Rooms of nurseries, kindergartens and schools have at least 3 hours of sun between 8 and 16 on the days of both equinoxes.',
    },
  },
  {
    id: 'WT-60-2',
    act: TECHNICAL_CONDITIONS,
    unit: '§ 60 ust. 1 i 2',
    validFrom: '2018-01-01',
    certainty: 'act',
    validityCertainty: 'second-hand',
    rooms: 'dwelling',
    fromHour: 7,
    toHour: 17,
    minutes: 180,
    downtownMinutes: 90,
    text: {
      pl: 'Pokoje mieszkalne mają co najmniej 3 godziny słońca między 7 a 17 w dniach równonocy; w mieszkaniu wielopokojowym wystarczy jeden pokój, w zabudowie śródmiejskiej 1,5 godziny, a mieszkania jednopokojowego w niej wymóg nie dotyczy.',
      en: 'Rooms of dwellings have at least 3 hours of sun between 7 and 17 on the days of both equinoxes; one room of a flat of several is enough, downtown 1.5 hours are, and a flat of one room there needs none.',
    },
  },
];

export const OPEN_SECTOR_RULES: readonly OpenSectorRule[] = [
  {
    id: 'WT-13',
    act: TECHNICAL_CONDITIONS,
    unit: '§ 13',
    validFrom: '2018-01-01',
    certainty: 'act',
    validityCertainty: 'second-hand',
    sectorDeg: 60,
    mostM: 35,
    slenderM: 3,
    slenderAwayM: 10,
    downtownPart: 0.5,
    text: {
      pl: 'W wycinku 60° przed oknem przeszkoda stoi nie bliżej, niż wynosi jej wysokość nad dolną krawędzią najniższych okien, a wyższa niż 35 m nie bliżej niż 35 m.',
      en: 'Within 60° before a window an obstacle is at least as far as it rises above the lowest windows, and one higher than 35 m at least 35 m away.',
    },
  },
];

/** The rules in force on a day of law. */
export const inForce = <Rule extends InForce>(rules: readonly Rule[], lawDate: string): readonly Rule[] =>
  rules.filter(
    ({ validFrom, validTo }) => validFrom <= lawDate && (validTo === undefined || lawDate <= validTo),
  );

/** What must be said of a day of law beside the rules: undefined when nothing. */
export function doubtOfLaw(lawDate: string): Text | undefined {
  if (lawDate >= REPLACEMENT_PLANNED)
    return {
      pl: `Na ${REPLACEMENT_PLANNED} planowano nowe warunki techniczne; ich wejścia w życie nie potwierdzono, liczono według rozporządzenia z 2002 r.`,
      en: `New technical conditions were planned for ${REPLACEMENT_PLANNED}; that they came into force is not confirmed, the regulation of 2002 was used.`,
    };
  if (inForce(SUN_RULES, lawDate).length === 0)
    return {
      pl: 'Brzmienia przepisów sprzed 2018 r. (stałe dni 21 marca i 21 września) nie ma w katalogu reguł; nie oceniono.',
      en: 'The wording before 2018 (fixed days, 21 March and 21 September) is not among the rules; not assessed.',
    };
  return undefined;
}
