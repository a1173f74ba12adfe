/** Hours of sun on the ground of a box, before and after the edits of a scenario: a map and what it adds up to. */
import { zlibSync } from 'fflate';
import { z } from 'zod';
import { invalidParameter, tooLarge } from '../../errors.ts';
import { base64Of } from '../../live/adapters/base64.ts';
import type { Model, RunWatch } from '../model.ts';
import type { BuildingShape } from './building-shape.ts';
import { equinoxDays } from './equinoxes.ts';
import { wholeGround } from './ground-grid.ts';
import { boxOf, coveredRaster, type HeightRaster, heightRaster } from './height-raster.ts';
import { CLOCKS, type Place, sunDay } from './sun-day.ts';
import { type SunHoursMap, sunHoursMap } from './sun-hours-map.ts';
import {
  BARE,
  type Surroundings,
  type SurroundingsOfBothStates,
  surroundingsSchema,
  toldSurroundings,
  treeShapes,
} from './surroundings.ts';

export interface SunHoursFacts {
  readonly place: Place;
  readonly lawDate: string;
  readonly before: readonly BuildingShape[];
  readonly after: readonly BuildingShape[];
  /** Ids of buildings that are new, gone or of another shape; none: both states are alike. */
  readonly changed: readonly string[];
  /** Ground and trees within reach; without them neither is known. */
  readonly surroundings?: SurroundingsOfBothStates;
}

const MOST_CELLS = 1_500_000;
const coordinate = z.number().min(-10_000_000).max(10_000_000);

export const sunHoursParametersSchema = z.strictObject({
  bbox: z
    .tuple([coordinate, coordinate, coordinate, coordinate])
    .refine(([minE, minN, maxE, maxN]) => minE < maxE && minN < maxN, 'lower corner first, then upper corner')
    .describe(
      'The box: least easting, least northing, greatest easting, greatest northing (EPSG:2177, metres)',
    ),
  day: z
    .string()
    .regex(/^(spring|autumn|\d{4}-\d\d-\d\d)$/, 'spring, autumn or a day such as 2026-06-21')
    .default('spring')
    .describe('The day: 2026-06-21, or spring or autumn for the equinox in the year of the law date'),
  fromHour: z
    .number()
    .min(0)
    .max(24)
    .default(0)
    .describe('From this hour of the day on; before sunrise there is no sun'),
  toHour: z.number().min(0).max(24).default(24).describe('Up to this hour of the day'),
  clock: z
    .enum(CLOCKS)
    .default('legal')
    .describe('How hours are read: legal (Polish clocks) or solar (true sun)'),
  cellM: z.number().min(0.5).max(20).default(1).describe('Side of a cell, m'),
  stepMin: z.int().min(1).max(60).default(5).describe('Minutes between two suns'),
  reachM: z
    .number()
    .min(0)
    .max(1_000)
    .default(250)
    .describe('How far outside the box buildings still cast shadow from, m'),
  trees: z
    .boolean()
    .default(true)
    .describe('Whether it is computed once more with every tree as a wall down to the ground'),
  grid: z.boolean().default(true).describe('Whether the result holds the map itself'),
});
export type SunHoursParameters = z.infer<typeof sunHoursParametersSchema>;

const totals = z.object({
  groundM2: z.number().describe('Ground that no building stands on, m²'),
  meanHours: z.number().describe('Hours of sun on it, on average'),
  areaByHourM2: z
    .array(z.number())
    .describe('Its area with less than 1 hour, from 1 to less than 2, and so on, m²'),
});

const change = {
  darkerM2: z.number().describe('Ground in both states that loses more than the error, m²'),
  brighterM2: z.number().describe('Ground in both states that gains more than the error, m²'),
};

const resultSchema = z.object({
  day: z.string().describe('The day computed'),
  firstSun: z.string().describe('The first moment of sun within the hours asked, UTC'),
  mostMinutes: z.number().describe('Sun on open ground within the hours asked, minutes'),
  errorMin: z.number().describe('Error at a cell near an edge of shadow: a step at each end, minutes'),
  errorM: z.number().describe('Edges of shadows lie within so many metres of their place'),
  before: totals.describe('The base of the scenario; without a scenario the same city'),
  after: totals.describe('The city in the scenario'),
  ...change,
  surroundings: surroundingsSchema.describe('What was known of ground and trees around'),
  withTrees: z
    .object({ before: totals, after: totals, ...change })
    .nullable()
    .describe(
      'The same with every tree a wall down to the ground, ground under crowns dark: the truth lies between. null: no trees, or not asked',
    ),
  grid: z
    .object({
      origin: z.tuple([z.number(), z.number()]),
      cellM: z.number(),
      columns: z.int(),
      rows: z.int(),
      unitMin: z.number(),
      before: z.string().nullable(),
      after: z.string(),
      withTrees: z.object({ before: z.string().nullable(), after: z.string() }).nullable(),
    })
    .nullable()
    .describe(
      'The map: rows from the south-west, one byte a cell in steps of unitMin minutes, 255 under buildings; zlib in base64. before is null when both states are alike',
    ),
});
export type SunHoursResult = z.infer<typeof resultSchema>;

export const SUN_HOURS: Model<SunHoursFacts, SunHoursParameters, SunHoursResult> = {
  name: 'sun-hours',
  version: '2',
  title: { pl: 'Godziny słońca', en: 'Hours of sun' },
  summary: {
    pl: 'Mapa czasu nasłonecznienia gruntu w wybranym dniu, przed zmianami scenariusza i po nich; cienie dachów LOD2 i ukształtowania terenu. Drzewa jako wątpliwość: bez nich i jakby każde było ścianą do ziemi.',
    en: 'Map of sun on the ground on a day, before and after the edits of a scenario; shadows of LOD2 roofs and of the relief of the ground. Trees as a doubt: without them, and each as a wall down to the ground.',
  },
  parameters: sunHoursParametersSchema,
  result: resultSchema,
  run(facts, parameters, watch) {
    const { bbox, cellM, stepMin, reachM, clock, fromHour, toHour } = parameters;
    if (toHour <= fromHour) throw invalidParameter('toHour', 'toHour must be later than fromHour');
    const equinoxes = equinoxDays(Number(facts.lawDate.slice(0, 4)));
    const day =
      parameters.day === 'spring' || parameters.day === 'autumn' ? equinoxes[parameters.day] : parameters.day;
    const sun = sunDay(facts.place, {
      day,
      clock,
      fromMinute: Math.round(fromHour * 60),
      toMinute: Math.round(toHour * 60),
    });
    const margin = Math.ceil(reachM / cellM);
    const [columns, rows] = [Math.ceil((bbox[2] - bbox[0]) / cellM), Math.ceil((bbox[3] - bbox[1]) / cellM)];
    if (columns * rows > MOST_CELLS)
      throw tooLarge(
        `The box has ${columns * rows} cells, more than ${MOST_CELLS}; take a smaller box or larger cells`,
        'bbox',
      );
    const frame = {
      origin: [bbox[0] - margin * cellM, bbox[1] - margin * cellM] as const,
      cellM,
      columns: columns + 2 * margin,
      rows: rows + 2 * margin,
    };
    const { surroundings = BARE } = facts;
    const isSame = facts.changed.length === 0 && !surroundings.isChanged;
    const hasTrees =
      parameters.trees && [surroundings.before, surroundings.after].some(({ trees }) => trees.length > 0);
    const sweeps = (isSame ? 1 : 2) * (hasTrees ? 2 : 1);
    let swept = 0;
    const mapOf = (raster: HeightRaster): SunHoursMap => {
      const from = swept++;
      const own: RunWatch = { ...watch, progress: (done) => watch.progress((from + done) / sweeps) };
      return sunHoursMap(raster, sun, { stepMin, margin }, own);
    };
    const studied = (shapes: readonly BuildingShape[], { relief, trees }: Surroundings): Study => {
      const raster = heightRaster(frame, shapes, relief);
      const roofed = innerOf(raster, raster.roofed, margin);
      const bare = { map: mapOf(raster), roofed };
      if (!hasTrees) return { bare, leafy: bare };
      const crowns = treeShapes(trees, wholeGround(relief, boxOf(frame), shapes));
      const { raster: leafy, covered } = coveredRaster(raster, crowns);
      const map = darkUnder(mapOf(leafy), innerOf(raster, covered, margin));
      return { bare, leafy: { map, roofed } };
    };
    const after = studied(facts.after, surroundings.after);
    const before = isSame ? after : studied(facts.before, surroundings.before);
    const errorMin = 2 * stepMin;
    const told = (of: keyof Study) => ({
      before: totalsOf(before[of], cellM),
      after: totalsOf(after[of], cellM),
      ...changeOf(before[of], after[of], errorMin, cellM),
    });
    const bytes = (of: keyof Study) => ({
      before: isSame ? null : packed(before[of]),
      after: packed(after[of]),
    });
    return {
      day,
      firstSun: new Date(sun.firstMs).toISOString(),
      mostMinutes: after.bare.map.mostMinutes,
      errorMin,
      errorM: cellM,
      ...told('bare'),
      surroundings: toldSurroundings(surroundings),
      withTrees: hasTrees ? told('leafy') : null,
      grid: parameters.grid
        ? {
            origin: [bbox[0], bbox[1]],
            cellM,
            columns,
            rows,
            unitMin: unitOf(after.bare.map),
            ...bytes('bare'),
            withTrees: hasTrees ? bytes('leafy') : null,
          }
        : null,
    };
  },
};

interface Study {
  readonly bare: Studied;
  /** With every tree a wall. */
  readonly leafy: Studied;
}

interface Studied {
  readonly map: SunHoursMap;
  /** 1 for cells under buildings. */
  readonly roofed: Uint8Array;
}

function innerOf({ columns, rows }: HeightRaster, cells: Uint8Array, margin: number): Uint8Array {
  const [width, depth] = [columns - 2 * margin, rows - 2 * margin];
  const inner = new Uint8Array(width * depth);
  for (let row = 0; row < depth; row++) {
    const from = (row + margin) * columns + margin;
    inner.set(cells.subarray(from, from + width), row * width);
  }
  return inner;
}

const darkUnder = (map: SunHoursMap, covered: Uint8Array): SunHoursMap => ({
  ...map,
  minutes: map.minutes.map((minutes, at) => (covered[at] ? 0 : minutes)),
});

function totalsOf({ map: { minutes }, roofed }: Studied, cellM: number): z.infer<typeof totals> {
  const byHour: number[] = [];
  let [cells, sum] = [0, 0];
  for (const [at, sunny] of minutes.entries()) {
    if (roofed[at]) continue;
    cells++;
    sum += sunny;
    const hour = Math.floor(sunny / 60);
    while (byHour.length <= hour) byHour.push(0);
    byHour[hour] = (byHour[hour] ?? 0) + cellM * cellM;
  }
  return {
    groundM2: Math.round(cells * cellM * cellM),
    meanHours: cells > 0 ? Math.round((sum / cells / 60) * 100) / 100 : 0,
    areaByHourM2: byHour.map(Math.round),
  };
}

function changeOf(
  before: Studied,
  after: Studied,
  errorMin: number,
  cellM: number,
): { darkerM2: number; brighterM2: number } {
  let [darker, brighter] = [0, 0];
  for (const [at, now] of after.map.minutes.entries()) {
    if (before.roofed[at] || after.roofed[at]) continue;
    const change = now - (before.map.minutes[at] ?? 0);
    if (change < -errorMin) darker++;
    else if (change > errorMin) brighter++;
  }
  return { darkerM2: Math.round(darker * cellM * cellM), brighterM2: Math.round(brighter * cellM * cellM) };
}

/** Minutes in one step of a byte, so that the longest day fits below 255. */
const unitOf = ({ mostMinutes }: SunHoursMap): number => Math.max(1, Math.ceil(mostMinutes / 254));

function packed({ map, roofed }: Studied): string {
  const unit = unitOf(map);
  const bytes = Uint8Array.from(map.minutes, (minutes, at) =>
    roofed[at] ? 255 : Math.round(minutes / unit),
  );
  return base64Of(zlibSync(bytes, { level: 6 }));
}
