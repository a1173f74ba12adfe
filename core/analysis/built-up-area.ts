/** Built-up area of a box of the city: the smallest model, and the pattern for others. */
import { z } from 'zod';
import type { Model } from './model.ts';

/** One building as far as it lies within the box. */
export interface BuiltUpFootprint {
  /** Kind of the layer `buildings` (KŚT); null where the register does not say. */
  readonly kind: string | null;
  /** Above ground; null where the register does not say. */
  readonly storeys: number | null;
  /** Of its footprint within the box. */
  readonly areaM2: number;
}

/** One state of the city within the box. */
export interface BuiltUpState {
  /** Ground under buildings; where two overlap it counts once. */
  readonly coveredM2: number;
  readonly footprints: readonly BuiltUpFootprint[];
}

export interface BuiltUpFacts {
  readonly before: BuiltUpState;
  readonly after: BuiltUpState;
}

const coordinate = z.number().min(-10_000_000).max(10_000_000);

export const builtUpParametersSchema = z.strictObject({
  bbox: z
    .tuple([coordinate, coordinate, coordinate, coordinate])
    .refine(([minE, minN, maxE, maxN]) => minE < maxE && minN < maxN, 'lower corner first, then upper corner')
    .describe(
      'The box: least easting, least northing, greatest easting, greatest northing (EPSG:2177, metres)',
    ),
});
export type BuiltUpParameters = z.infer<typeof builtUpParametersSchema>;

const totals = z.object({
  buildings: z.int().describe('Buildings that touch the box'),
  builtUpM2: z.number().describe('Ground under buildings, m²; where two overlap it counts once'),
  builtUpShare: z.number().describe('Its share of the box, 0 to 1'),
  floorM2: z.number().describe('Footprints times storeys above ground, m²; without storeys one is taken'),
  floorM2ByKind: z.record(z.string(), z.number()).describe('The same by kind of building (KŚT)'),
});

const resultSchema = z.object({
  boxM2: z.number().describe('Area of the box, m²'),
  before: totals.describe('The base of the scenario; without a scenario the same city'),
  after: totals.describe('The city in the scenario'),
});
export type BuiltUpResult = z.infer<typeof resultSchema>;

export const BUILT_UP_AREA: Model<BuiltUpFacts, BuiltUpParameters, BuiltUpResult> = {
  name: 'built-up-area',
  version: '1',
  title: { pl: 'Powierzchnia zabudowy', en: 'Built-up area' },
  summary: {
    pl: 'Grunt pod budynkami i powierzchnia kondygnacji w prostokącie, przed zmianami scenariusza i po nich. Obrysy z ewidencji; kondygnacje podziemne nie są liczone.',
    en: 'Ground under buildings and floor area within a box, before and after the edits of a scenario. Outlines of the register; storeys below ground are not counted.',
  },
  parameters: builtUpParametersSchema,
  result: resultSchema,
  run({ before, after }, { bbox: [minE, minN, maxE, maxN] }, watch) {
    const boxM2 = (maxE - minE) * (maxN - minN);
    const computed = {
      boxM2: toTenth(boxM2),
      before: totalsOf(before, boxM2),
      after: totalsOf(after, boxM2),
    };
    watch.progress(1);
    return computed;
  },
};

function totalsOf({ coveredM2, footprints }: BuiltUpState, boxM2: number): z.infer<typeof totals> {
  const byKind = new Map<string, number>();
  let floorM2 = 0;
  for (const { kind, storeys, areaM2 } of footprints) {
    const floors = areaM2 * Math.max(1, storeys ?? 1);
    floorM2 += floors;
    byKind.set(kind ?? 'unknown', (byKind.get(kind ?? 'unknown') ?? 0) + floors);
  }
  const kinds = [...byKind].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    buildings: footprints.length,
    builtUpM2: toTenth(coveredM2),
    builtUpShare: Math.round((coveredM2 / boxM2) * 1e5) / 1e5,
    floorM2: toTenth(floorM2),
    floorM2ByKind: Object.fromEntries(kinds.map(([kind, areaM2]) => [kind, toTenth(areaM2)])),
  };
}

/** Registers give outlines to the centimetre: more digits would pretend. */
const toTenth = (areaM2: number): number => Math.round(areaM2 * 10) / 10;
