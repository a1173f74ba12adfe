/** The check of parcels as a model, so that runs and OGC API – Processes have it. */
import { z } from 'zod';
import { checkedParcelSchema, findingSchema, MOST_PARCELS } from '../../wire/parcel-check.ts';
import type { Model } from '../model.ts';
import { checkParcel, RULES_VERSION } from './check-parcel.ts';
import type { ParcelFacts } from './facts.ts';

export const parcelCheckParametersSchema = z.strictObject({
  parcels: z
    .array(z.string().min(1).max(100))
    .min(1)
    .max(MOST_PARCELS)
    .describe('Ids of the parcels to check, as 306401_1.0021.AR_10.169/4'),
  lawDate: z.iso
    .date()
    .optional()
    .describe('The day whose law applies; default that of the scenario, else that of the run'),
});
export type ParcelCheckParameters = z.output<typeof parcelCheckParametersSchema>;

export interface ParcelCheckFacts {
  readonly lawDate: string;
  readonly parcels: readonly ParcelFacts[];
  readonly unknown: readonly string[];
}

const resultSchema = z.object({
  lawDate: z.iso.date().describe('The day whose law was applied'),
  checks: z
    .array(
      z.object({
        parcel: checkedParcelSchema,
        findings: z.array(findingSchema),
        notAssessed: z.array(z.string()),
      }),
    )
    .describe('Of each parcel: its measures, the findings, and the rules that say nothing'),
  unknown: z.array(z.string()).describe('Ids that this state of the city has no parcel of'),
});
export type ParcelCheckResult = z.infer<typeof resultSchema>;

export const PARCEL_CHECK: Model<ParcelCheckFacts, ParcelCheckParameters, ParcelCheckResult> = {
  name: 'parcel-check',
  version: RULES_VERSION,
  title: { pl: 'Ograniczenia działki', en: 'Constraints of a parcel' },
  summary: {
    pl: 'Wszystko, co ogranicza zabudowę działek: plany, pasy sieci, drogi, zieleń, zabytki, woda, hałas, gleby i rejestr, z przepisem, miarą, jej niepewnością i źródłem. Gdzie danych nie ma, wynikiem jest „nie oceniono”, nigdy „nie dotyczy”.',
    en: 'Everything that limits building on parcels: plans, strips of networks, roads, greenery, heritage, water, noise, soils and the register, with the law, the measure, its error and the source. Where there are no data the answer is "not assessed", never "does not apply".',
  },
  parameters: parcelCheckParametersSchema,
  result: resultSchema,
  run({ lawDate, parcels, unknown }, _parameters, watch) {
    const checks = parcels.map((facts, i) => {
      const { parcel, findings, notAssessed } = checkParcel(facts, lawDate);
      watch.progress((i + 1) / parcels.length);
      return { parcel, findings: [...findings], notAssessed: [...notAssessed] };
    });
    return { lawDate, checks, unknown: [...unknown] };
  },
};
