/** What the zones of a general plan amount to, and how the local plans fit into them. */
import { z } from 'zod';
import { type ZoneKind, zoneKind } from '../../plan/zone-kinds.ts';
import type { Model } from '../model.ts';
import { generalPlanParameter } from './general-plan-parameter.ts';

export interface ZoneSum {
  /** Symbol of the kind of zone, as `SJ`. */
  readonly zone: string;
  readonly zones: number;
  readonly areaM2: number;
  /** Ground under buildings now. */
  readonly builtM2: number;
  /** Built share and floor area that the zones would admit in full; null where no zone says. */
  readonly mostBuiltM2: number | null;
  readonly mostFloorM2: number | null;
}

/** Ground of local plans of one use within zones of one kind. */
export interface UseInZone {
  readonly zone: string;
  readonly use: string;
  readonly areaM2: number;
}

export interface ZoneBalanceFacts {
  readonly act: string | null;
  readonly actM2: number;
  /** Of the act no zone covers, and what two zones cover at once. */
  readonly openM2: number;
  readonly doubleM2: number;
  readonly zones: readonly ZoneSum[];
  readonly uses: readonly UseInZone[];
}

export const zoneBalanceParametersSchema = z.strictObject({
  act: generalPlanParameter,
});
export type ZoneBalanceParameters = z.infer<typeof zoneBalanceParametersSchema>;

const ADMITTED = ['base', 'additional', 'no', 'unknown'] as const;

const resultSchema = z.object({
  act: z.string().nullable().describe('The general plan'),
  actM2: z.number().describe('Its extent, m² in the plane'),
  openM2: z.number().describe('Of it no zone covers, m²'),
  doubleM2: z.number().describe('Covered by two zones at once, m²'),
  zones: z
    .array(
      z.object({
        zone: z.string(),
        pl: z.string(),
        en: z.string(),
        zones: z.int(),
        areaM2: z.number(),
        share: z.number().describe('Of the extent of the act, 0 to 1'),
        builtM2: z.number().describe('Ground under buildings now, m²'),
        mostBuiltM2: z.number().nullable().describe('By the greatest built shares of its zones, m²'),
        mostFloorM2: z.number().nullable().describe('By the greatest intensities of its zones, m²'),
      }),
    )
    .describe('Balance of the zones by kind'),
  matrix: z
    .array(
      z.object({
        zone: z.string(),
        use: z.string().describe('Main use of the local plan'),
        areaM2: z.number(),
        admitted: z.enum(ADMITTED).describe('base = always; additional = where the plan adds it; no = never'),
      }),
    )
    .describe('Ground of local plans in force, by use and kind of zone, and whether the zone admits the use'),
  notAdmittedM2: z.number().describe('Ground of local plans whose use its zone never admits, m²'),
});
export type ZoneBalanceResult = z.infer<typeof resultSchema>;

/** Whether a kind of zone admits a main use; a use is also admitted with the group that begins it (`US` by `U`). */
export function admission(zone: ZoneKind | undefined, use: string): (typeof ADMITTED)[number] {
  if (!zone) return 'unknown';
  const isIn = (profiles: readonly string[]) =>
    profiles.some(
      (profile) => use === profile || (use.startsWith(profile) && profile.length === use.length - 1),
    );
  if (isIn(zone.baseProfiles)) return 'base';
  return isIn(zone.additionalProfiles) ? 'additional' : 'no';
}

/** Words of older local plans for uses of the classification of 2023. */
const OLDER_WORDS: Readonly<Record<string, string>> = {
  KD: 'KDA',
  KX: 'KDR',
  ZL: 'L',
  WS: 'W',
  R: 'RN',
  ZC: 'C',
  ZI: 'ZN',
  E: 'I',
};

export const ZONE_BALANCE: Model<ZoneBalanceFacts, ZoneBalanceParameters, ZoneBalanceResult> = {
  name: 'zone-balance',
  version: '1',
  title: { pl: 'Bilans stref planu ogólnego', en: 'Balance of the zones of a general plan' },
  summary: {
    pl: 'Powierzchnia stref według rodzaju, zabudowa istniejąca i dopuszczona, luki i nakładki, oraz macierz: jakie przeznaczenia obowiązujących planów miejscowych leżą w jakich strefach i czy profil strefy je dopuszcza (Dz.U. 2023 poz. 2758). Przeznaczenia mieszane liczą się głównym symbolem.',
    en: 'Areas of the zones by kind, what is built and what they admit, gaps and overlaps, and a matrix: which uses of local plans in force lie in which zones, and whether the profile of the zone admits them (Dz.U. 2023 poz. 2758). Mixed uses count by their main symbol.',
  },
  parameters: zoneBalanceParametersSchema,
  result: resultSchema,
  run({ act, actM2, openM2, doubleM2, zones, uses }, _, watch) {
    const matrix = uses
      .map(({ zone, use, areaM2 }) => ({
        zone,
        use,
        areaM2: toTenth(areaM2),
        admitted: admission(zoneKind(zone), OLDER_WORDS[use] ?? use),
      }))
      .toSorted((a, b) => (a.zone === b.zone ? b.areaM2 - a.areaM2 : a.zone < b.zone ? -1 : 1));
    watch.progress(1);
    return {
      act,
      actM2: toTenth(actM2),
      openM2: toTenth(openM2),
      doubleM2: toTenth(doubleM2),
      zones: zones
        .map(({ zone, areaM2, builtM2, mostBuiltM2, mostFloorM2, ...sum }) => ({
          zone,
          pl: zoneKind(zone)?.pl ?? zone,
          en: zoneKind(zone)?.en ?? zone,
          zones: sum.zones,
          areaM2: toTenth(areaM2),
          share: actM2 > 0 ? Math.round((areaM2 / actM2) * 1e5) / 1e5 : 0,
          builtM2: toTenth(builtM2),
          mostBuiltM2: mostBuiltM2 === null ? null : toTenth(mostBuiltM2),
          mostFloorM2: mostFloorM2 === null ? null : toTenth(mostFloorM2),
        }))
        .toSorted((a, b) => b.areaM2 - a.areaM2),
      matrix,
      notAdmittedM2: toTenth(
        matrix.filter(({ admitted }) => admitted === 'no').reduce((sum, { areaM2 }) => sum + areaM2, 0),
      ),
    };
  },
};

const toTenth = (m2: number): number => Math.round(m2 * 10) / 10;
