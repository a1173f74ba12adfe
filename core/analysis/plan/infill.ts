/** Building-infill areas (OUZ) of a general plan. */
import { z } from 'zod';
import type { Model } from '../model.ts';
import { generalPlanParameter } from './general-plan-parameter.ts';

/** Buildings in groups, as the ministry's plugin reads the regulation. */
export const INFILL_RULE = {
  /** Fewer buildings make no group. */
  fewest: 5,
  /** Buildings so near belong together, metres between outlines. */
  gapM: 100,
  bufferM: 50,
  /** Smaller holes are filled. */
  holeM2: 5_000,
  shrinkM: 40,
  /** What may be added, as a share of Pb − Pu. */
  enlargement: 0.25,
  /** KŚT groups 101, 103, 105–107, 109 and 110, by the letters of the register. */
  kinds: ['p', 'h', 'b', 'z', 'k', 'i', 'm'],
} as const;

/** One group of buildings, its areas clipped to the general plan. */
export interface InfillGroup {
  readonly buildings: number;
  /** On the ellipsoid, as all areas here. */
  readonly pbM2: number;
  readonly puM2: number;
  /** Rings of the area, easting first; empty when the model was not asked for them. */
  readonly coordinates: readonly (readonly (readonly (readonly number[])[])[])[];
}

export interface InfillFacts {
  /** The general plan that bounds the areas; null = the city has none, and nothing was clipped. */
  readonly act: string | null;
  readonly counted: number;
  readonly leftOut: number;
  readonly groups: readonly InfillGroup[];
}

export const infillParametersSchema = z.strictObject({
  act: generalPlanParameter,
  outlines: z.boolean().default(true).describe('Whether to give the outlines of the areas too'),
});
export type InfillParameters = z.infer<typeof infillParametersSchema>;

const resultSchema = z.object({
  act: z
    .string()
    .nullable()
    .describe('The general plan that bounds the areas; null = none, nothing was clipped'),
  buildings: z
    .object({
      counted: z.int().describe('Buildings of the kinds that count (KŚT 101, 103, 105–107, 109, 110)'),
      inGroups: z.int().describe('Those in groups of five and more'),
      leftOut: z.int().describe('Buildings of other kinds, or of no kind'),
    })
    .describe('Buildings of the register'),
  pbM2: z
    .number()
    .describe('Pb: ground within 50 m of grouped buildings, small holes filled, m² on the ellipsoid'),
  puM2: z.number().describe('Pu: the same drawn in by 40 m, the infill area itself, m² on the ellipsoid'),
  ppM2: z.number().describe('Pp: by how much the area may be enlarged, 25 % of Pb − Pu, m²'),
  areas: z
    .array(
      z.object({
        number: z.int().describe('From the group with most buildings'),
        buildings: z.int(),
        pbM2: z.number(),
        puM2: z.number(),
        geometry: z
          .object({
            type: z.literal('MultiPolygon'),
            coordinates: z.array(z.array(z.array(z.array(z.number())))),
          })
          .nullable()
          .describe('EPSG:2177, easting first; null when not asked for'),
      }),
    )
    .describe('One for each group whose area is not empty'),
});
export type InfillResult = z.infer<typeof resultSchema>;

export const GENERAL_PLAN_INFILL: Model<InfillFacts, InfillParameters, InfillResult> = {
  name: 'general-plan-infill',
  version: '1',
  title: { pl: 'Obszar uzupełnienia zabudowy (OUZ)', en: 'Building-infill area (OUZ)' },
  summary: {
    pl: 'Wyznacza obszar uzupełnienia zabudowy tak, jak wtyczka ministerstwa czyta rozporządzenie (Dz.U. 2024 poz. 729): co najmniej 5 budynków w odstępach do 100 m, bufor 50 m, wypełnienie luk poniżej 5000 m² (Pb), cofnięcie o 40 m (Pu), dopuszczalne powiększenie Pp = 25 % · (Pb − Pu). Nie ocenia klas gruntów I–III poza miastami.',
    en: "Draws the building-infill area as the ministry's plugin reads the regulation (Dz.U. 2024 poz. 729): 5 buildings and more with gaps up to 100 m, 50 m around them, holes below 5,000 m² filled (Pb), drawn in by 40 m (Pu), enlargement Pp = 25 % of Pb − Pu. Soil classes I–III outside towns are not assessed.",
  },
  parameters: infillParametersSchema,
  result: resultSchema,
  run({ act, counted, leftOut, groups }, { outlines }, watch) {
    const ordered = groups.toSorted((a, b) => b.buildings - a.buildings || b.pbM2 - a.pbM2);
    const sum = (of: (group: InfillGroup) => number) =>
      ordered.reduce((total, group) => total + of(group), 0);
    const [pbM2, puM2] = [sum((group) => group.pbM2), sum((group) => group.puM2)];
    watch.progress(1);
    return {
      act,
      buildings: { counted, inGroups: sum((group) => group.buildings), leftOut },
      pbM2: toTenth(pbM2),
      puM2: toTenth(puM2),
      ppM2: toTenth(INFILL_RULE.enlargement * (pbM2 - puM2)),
      areas: ordered
        .filter((group) => group.puM2 > 0)
        .map((group, i) => ({
          number: i + 1,
          buildings: group.buildings,
          pbM2: toTenth(group.pbM2),
          puM2: toTenth(group.puM2),
          geometry: outlines
            ? {
                type: 'MultiPolygon' as const,
                coordinates: group.coordinates.map((rings) => rings.map((ring) => ring.map((p) => [...p]))),
              }
            : null,
        })),
    };
  },
};

const toTenth = (m2: number): number => Math.round(m2 * 10) / 10;
