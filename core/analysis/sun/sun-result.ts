/** What a study of sun on windows says: numbers of points, and findings where something is lost. */
import { z } from 'zod';
import { SECTOR_BOUND_M } from './open-sector.ts';
import type { Clock } from './sun-day.ts';
import type { OpenSectorRule, Rooms } from './sun-rules.ts';
import { surroundingsSchema } from './surroundings.ts';
import type { FacadePoint } from './window-points.ts';

/** A building whose windows are asked. */
export interface SunTarget {
  /** Its id among the shapes. */
  readonly id: string;
  /** Its id in the register of buildings. */
  readonly registerId: string | null;
  /** Null where no rule asks for sun in its rooms, or the registers do not say what they are. */
  readonly rooms: Rooms | null;
  /** Whether people stay in its rooms, so that § 13 speaks of them: not in garages, stores and sheds. */
  readonly isForPeople: boolean;
  readonly storeys: number | null;
}

interface StateOfWindow {
  /** Of sun on the worse of the two days; undefined for rooms of which no rule asks it. */
  readonly minutes: Readonly<Record<Clock, number>> | undefined;
  /** By the clock that decides, with every tree a wall down to the ground: less than without trees, never more. */
  readonly minutesWithTrees: number | undefined;
  /** How much further the nearest obstacle would have to be; 0 when the sector is open, undefined where no rule asks it. */
  readonly lackingM: number | undefined;
  readonly obstructedBy: readonly string[];
}

export interface WindowState {
  readonly building: string;
  readonly point: FacadePoint;
  readonly requiredMin: number;
  readonly ruleId: string | null;
  /** Undefined for a building that is new. */
  readonly before: StateOfWindow | undefined;
  readonly after: StateOfWindow;
  /** By the clock that decides: had what the rule asks and has it no more; `perhaps` when heights may be to blame. */
  readonly losesSun: 'no' | 'perhaps' | 'surely';
}

const text = z.object({ pl: z.string(), en: z.string() });
const beforeAfter = z.object({ before: z.number().nullable(), after: z.number().nullable() });

const findingSchema = z.object({
  code: z.enum(['loses-sun', 'loses-open-sector']),
  /** `within-accuracy`: errors of heights decide it. */
  state: z.enum(['applies', 'within-accuracy']),
  building: z.string(),
  registerId: z.string().nullable(),
  ruleId: z.string(),
  /** Points that had what the rule asks before, and have it no more. */
  points: z.int(),
  /** Of them those that had it before even with every tree a wall: no tree can be what they are dark by already. */
  pointsDespiteTrees: z.int(),
  /** The one that loses most. */
  worst: z.object({
    position: z.tuple([z.number(), z.number(), z.number()]),
    storey: z.int(),
    before: z.number(),
    after: z.number(),
    required: z.number(),
    unit: z.enum(['min', 'm']),
  }),
  /** Buildings that stand before it (§ 13). */
  causes: z.array(z.string()),
  message: text,
});

export const sunResultSchema = z.object({
  days: z
    .object({ spring: z.string(), autumn: z.string() })
    .describe('The days of both equinoxes by Polish clocks'),
  rules: z
    .array(
      z.object({
        id: z.string(),
        act: text,
        publication: z.string(),
        unit: z.string(),
        validFrom: z.string(),
        validTo: z.string().nullable(),
        certainty: z.enum(['act', 'second-hand']),
        validityCertainty: z.enum(['act', 'second-hand']),
        text,
      }),
    )
    .describe('The rules in force on the law date, with their place in the act and how sure we are of them'),
  lawDate: z.string().describe('The day whose law was applied'),
  doubt: text.nullable().describe('What is not certain about the law of that day'),
  errorMin: z.number().describe('Error of the computation itself, minutes of sun at a point'),
  surroundings: surroundingsSchema.describe('What was known of ground and trees around'),
  points: z.int().describe('Points on façades that were asked'),
  buildings: z
    .array(
      z.object({
        id: z.string(),
        registerId: z.string().nullable(),
        rooms: z.enum(['dwelling', 'education']).nullable(),
        points: z.int(),
        sunny: z.object({ legal: beforeAfter, solar: beforeAfter }),
        sunnyWithTrees: beforeAfter,
        openSector: beforeAfter,
      }),
    )
    .describe(
      'Each building asked: how many of its points have the sun that § 60 asks on both days, by both clocks, how many by the clock that decides where every tree is a wall, and how many the open sector of § 13 (null: no rule asks it, or the building is new)',
    ),
  findings: z.array(findingSchema).describe('Buildings that lose what a rule asks, the worst point of each'),
});
export type SunResult = z.infer<typeof sunResultSchema>;
export type SunFinding = z.infer<typeof findingSchema>;

/** What a building loses by the edits: sun by one clock, and open sectors. */
export function lossFindings(
  target: SunTarget,
  windows: readonly WindowState[],
  clock: Clock,
  sector: OpenSectorRule | undefined,
): readonly SunFinding[] {
  const lost = windows.flatMap((window) => {
    const [before, after] = [window.before?.minutes?.[clock], window.after.minutes?.[clock]];
    if (before === undefined || after === undefined) return [];
    return window.losesSun === 'no' ? [] : [{ window, before, after }];
  });
  const shut = windows.flatMap((window) =>
    window.before?.lackingM === 0 && (window.after.lackingM ?? 0) > 0
      ? [{ window, after: window.after.lackingM ?? 0 }]
      : [],
  );
  const findings: SunFinding[] = [];
  const darkest = lost.toSorted((a, b) => b.before - b.after - (a.before - a.after))[0];
  if (darkest?.window.ruleId) {
    const isSure = lost.some(({ window }) => window.losesSun === 'surely');
    const [before, after] = [Math.round(darkest.before), Math.floor(darkest.after)];
    findings.push({
      ...headOf(target, lost.length),
      pointsDespiteTrees: lost.filter(
        ({ window: { before: was, requiredMin } }) => (was?.minutesWithTrees ?? 0) >= requiredMin,
      ).length,
      code: 'loses-sun',
      state: isSure ? 'applies' : 'within-accuracy',
      ruleId: darkest.window.ruleId,
      worst: { ...placeOf(darkest.window), before, after, required: darkest.window.requiredMin, unit: 'min' },
      causes: [],
      message: {
        pl: `Punkty elewacji tracące wymagane nasłonecznienie: ${lost.length} z ${windows.length}; najwięcej: z ${before} do ${after} min przy wymaganych ${darkest.window.requiredMin} min.`,
        en: `${lost.length} of ${windows.length} points lose the sun that is asked; the worst from ${before} to ${after} min where ${darkest.window.requiredMin} are needed.`,
      },
    });
  }
  const nearest = shut.toSorted((a, b) => b.after - a.after)[0];
  if (nearest && sector) {
    const lacking = Math.round(nearest.after * 100) / 100;
    findings.push({
      ...headOf(target, shut.length),
      // Trees are no obstacles of § 13.
      pointsDespiteTrees: shut.length,
      code: 'loses-open-sector',
      state: nearest.after > SECTOR_BOUND_M ? 'applies' : 'within-accuracy',
      ruleId: sector.id,
      worst: { ...placeOf(nearest.window), before: 0, after: lacking, required: 0, unit: 'm' },
      causes: [...new Set(shut.flatMap(({ window }) => window.after.obstructedBy))].toSorted(),
      message: {
        pl: `Punkty elewacji, przed którymi przeszkoda staje za blisko: ${shut.length} z ${windows.length}; najbardziej brakuje ${lacking} m.`,
        en: `${shut.length} of ${windows.length} points get an obstacle too near; at the worst ${lacking} m are lacking.`,
      },
    });
  }
  return findings;
}

const headOf = ({ id, registerId }: SunTarget, points: number) => ({
  building: id,
  registerId,
  points,
});

const placeOf = ({ point }: WindowState) => ({
  position: [point.easting, point.northing, point.heightM].map((value) => Math.round(value * 100) / 100) as [
    number,
    number,
    number,
  ],
  storey: point.storey,
});
