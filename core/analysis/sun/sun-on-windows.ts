/** Sun and open sky on windows: what the technical conditions ask of them, before and after the edits of a scenario. */
import { z } from 'zod';
import type { Model, RunWatch } from '../model.ts';
import type { BuildingShape } from './building-shape.ts';
import { builtGround } from './built-ground.ts';
import { equinoxDays } from './equinoxes.ts';
import { type Obstacles, obstaclesOf } from './obstacles.ts';
import { obstructionsBefore } from './open-sector.ts';
import { CLOCKS, type Clock, type Place, type SunDay, sunDay } from './sun-day.ts';
import {
  lossFindings,
  type SunResult,
  type SunTarget,
  sunResultSchema,
  type WindowState,
} from './sun-result.ts';
import { doubtOfLaw, inForce, OPEN_SECTOR_RULES, SUN_RULES, type SunRule } from './sun-rules.ts';
import { sunlightOn, sunMinutes, type WindowPoint } from './sunlight.ts';
import {
  BARE,
  type ObstaclesAround,
  obstaclesAround,
  type SurroundingsOfBothStates,
  toldSurroundings,
} from './surroundings.ts';
import { type FacadePoint, facadePoints } from './window-points.ts';

export interface SunFacts {
  /** The middle of what is studied. */
  readonly place: Place;
  readonly lawDate: string;
  /** Buildings within reach, in both states. */
  readonly before: readonly BuildingShape[];
  readonly after: readonly BuildingShape[];
  /** Ids of those that are new or have another shape after the edits. */
  readonly changed: readonly string[];
  readonly targets: readonly SunTarget[];
  /** Ground and trees within reach; without them neither is known. */
  readonly surroundings?: SurroundingsOfBothStates;
}

const coordinate = z.number().min(-10_000_000).max(10_000_000);

export const sunParametersSchema = z.strictObject({
  bbox: z
    .tuple([coordinate, coordinate, coordinate, coordinate])
    .refine(([minE, minN, maxE, maxN]) => minE < maxE && minN < maxN, 'lower corner first, then upper corner')
    .optional()
    .describe(
      'Buildings of which box are asked: least easting, least northing, greatest easting, greatest northing (EPSG:2177, metres). Without it those around the edits of the scenario',
    ),
  aroundM: z.number().min(0).max(500).default(100).describe('Without bbox: how far around the edits, m'),
  reachM: z
    .number()
    .min(50)
    .max(1_500)
    .default(400)
    .describe('How far away buildings may cast their shadow from, m; those beyond are left out'),
  year: z
    .int()
    .min(2000)
    .max(2100)
    .optional()
    .describe('The year whose equinoxes are computed; that of the law date without it'),
  clock: z
    .enum(CLOCKS)
    .default('legal')
    .describe(
      'Which reading of the hours decides findings: legal (Polish clocks) or solar (the sun is due south at 12)',
    ),
  downtown: z
    .boolean()
    .default(false)
    .describe('Whether the plan calls it downtown development (zabudowa śródmiejska); no register says so'),
  spacingM: z
    .number()
    .min(0.5)
    .max(20)
    .default(3)
    .describe('Points along a wall are at most so far apart, m'),
  sillM: z
    .number()
    .min(0)
    .max(2.5)
    .default(0.9)
    .describe('Height of a point above the floor of its storey, m'),
  wallM: z
    .number()
    .min(0)
    .max(1)
    .default(0.4)
    .describe('Thickness of outer walls: § 13 measures from their inner face, m'),
  heightErrorM: z
    .number()
    .min(0)
    .max(3)
    .default(0.3)
    .describe('How wrong heights may be, m: what it decides is told as within accuracy'),
});
export type SunParameters = z.infer<typeof sunParametersSchema>;

export const SUN_ON_WINDOWS: Model<SunFacts, SunParameters, SunResult> = {
  name: 'sun-on-windows',
  version: '2',
  title: { pl: 'Słońce w oknach', en: 'Sun on windows' },
  summary: {
    pl: 'Czas nasłonecznienia (§ 60) i przesłanianie (§ 13) dla punktów na elewacjach w obie równonoce, według zegara i według słońca prawdziwego, przed zmianami scenariusza i po nich. Otoczenie to dachy LOD2 i ukształtowanie terenu, a drzewa jako wątpliwość: bez nich i jakby każde było ścianą; przejazdy w budynkach liczą się jak ściana.',
    en: 'Hours of sun (§ 60) and open sector (§ 13) of points on façades on both equinoxes, by the clock and by the true sun, before and after the edits of a scenario. The surroundings are LOD2 roofs and the relief of the ground, and trees as a doubt: without them, and each as a wall; passages through buildings count as wall.',
  },
  parameters: sunParametersSchema,
  result: sunResultSchema,
  run(facts, parameters, watch) {
    const days = equinoxDays(parameters.year ?? Number(facts.lawDate.slice(0, 4)));
    const rules = inForce(SUN_RULES, facts.lawDate);
    const sectors = inForce(OPEN_SECTOR_RULES, facts.lawDate);
    const skies = rules.map((rule) => skyOf(rule, facts, days));
    const windows = studyWindows(facts, parameters, skies, sectors[0], watch);
    const buildings = facts.targets
      .map((target) => ({ target, windows: windows.filter(({ building }) => building === target.id) }))
      .filter((studied) => studied.windows.length > 0);
    return {
      days,
      rules: [...rules, ...sectors].map(
        ({ id, act, unit, validFrom, validTo, certainty, validityCertainty, text }) => ({
          id,
          act: act.title,
          publication: act.publication,
          unit,
          validFrom,
          validTo: validTo ?? null,
          certainty,
          validityCertainty,
          text,
        }),
      ),
      lawDate: facts.lawDate,
      doubt: doubtOfLaw(facts.lawDate) ?? null,
      errorMin: 1,
      surroundings: toldSurroundings(facts.surroundings ?? BARE),
      points: windows.length,
      buildings: buildings.map(({ target, windows: own }) => ({
        id: target.id,
        registerId: target.registerId,
        rooms: target.rooms,
        points: own.length,
        sunny: Object.fromEntries(
          CLOCKS.map((clock) => [
            clock,
            { before: counted(own, 'before', clock), after: counted(own, 'after', clock) },
          ]),
        ) as Record<Clock, { before: number | null; after: number | null }>,
        sunnyWithTrees: { before: leafy(own, 'before'), after: leafy(own, 'after') },
        openSector: { before: open(own, 'before'), after: open(own, 'after') },
      })),
      findings: buildings.flatMap(({ target, windows: own }) =>
        lossFindings(target, own, parameters.clock, sectors[0]),
      ),
    };
  },
};

interface Sky {
  readonly rule: SunRule;
  readonly suns: Readonly<Record<Clock, readonly SunDay[]>>;
}

/** The days and hours that a rule asks for, by both clocks. */
function skyOf(rule: SunRule, { place }: SunFacts, { spring, autumn }: ReturnType<typeof equinoxDays>): Sky {
  const suns = (clock: Clock) =>
    [spring, autumn].map((day) =>
      sunDay(place, { day, clock, fromMinute: rule.fromHour * 60, toMinute: rule.toHour * 60 }),
    );
  return { rule, suns: { legal: suns('legal'), solar: suns('solar') } };
}

const counted = (windows: readonly WindowState[], when: 'before' | 'after', clock: Clock): number | null =>
  windows.every((window) => window[when]?.minutes === undefined)
    ? null
    : windows.filter((window) => (window[when]?.minutes?.[clock] ?? 0) >= window.requiredMin).length;

const leafy = (windows: readonly WindowState[], when: 'before' | 'after'): number | null =>
  windows.every((window) => window[when]?.minutesWithTrees === undefined)
    ? null
    : windows.filter((window) => (window[when]?.minutesWithTrees ?? 0) >= window.requiredMin).length;

const open = (windows: readonly WindowState[], when: 'before' | 'after'): number | null =>
  windows.every((window) => window[when]?.lackingM === undefined)
    ? null
    : windows.filter((window) => window[when]?.lackingM === 0).length;

function studyWindows(
  { before, after, changed, targets, surroundings = BARE }: SunFacts,
  parameters: SunParameters,
  skies: readonly Sky[],
  sector: (typeof OPEN_SECTOR_RULES)[number] | undefined,
  watch: RunWatch,
): readonly WindowState[] {
  // § 13 asks what is built: no act calls ground and trees an obstacle of its kind.
  const obstacles = { before: obstaclesOf(before), after: obstaclesOf(after) };
  const around = {
    before: obstaclesAround(before, surroundings.before),
    after: obstaclesAround(after, surroundings.after),
  };
  const shapes = new Map(after.map((shape) => [shape.id, shape]));
  const lights = new Map<string, ReturnType<typeof lightsOf>>(
    (['before', 'after'] as const).flatMap((when) =>
      skies.map((sky) => [`${when} ${sky.rule.rooms}`, lightsOf(sky, around[when])] as const),
    ),
  );
  const isBuilt = builtGround(after);
  const { spacingM, sillM, wallM, downtown, clock, heightErrorM } = parameters;
  return targets.flatMap((target, index) => {
    watch.progress(index / targets.length);
    const shape = shapes.get(target.id);
    if (!shape || !(target.rooms || target.isForPeople) || !watch.isWanted()) return [];
    const sky = skies.find(({ rule }) => rule.rooms === target.rooms);
    const wasThere = !changed.includes(target.id);
    const requiredMin = sky ? (downtown ? sky.rule.downtownMinutes : sky.rule.minutes) : 0;
    const light = (when: 'before' | 'after', point: WindowPoint) =>
      lights.get(`${when} ${target.rooms}`)?.bare(point);
    const stateIn = (when: 'before' | 'after', point: FacadePoint) => {
      const view = {
        point: { ...innerFace(point, wallM), heightM: point.lowestSillM },
        isDowntown: downtown,
      };
      const near =
        sector && target.isForPeople && obstructionsBefore(obstacles[when], view, sector, target.id);
      return {
        minutes: light(when, point),
        minutesWithTrees: lights.get(`${when} ${target.rooms}`)?.withTrees(point, clock),
        lackingM: near ? (near[0]?.lackingM ?? 0) : undefined,
        obstructedBy: near ? near.map(({ id }) => id) : [],
      };
    };
    /** Whether the loss stands when heights are as wrong as they may be: the sun from lower before, from higher now. */
    const isSure = (point: FacadePoint): boolean =>
      (light('before', lifted(point, -heightErrorM))?.[clock] ?? 0) >= requiredMin &&
      (light('after', lifted(point, heightErrorM))?.[clock] ?? 0) < requiredMin;
    return facadePoints(shape, { storeys: target.storeys ?? undefined, spacingM, sillM }, isBuilt).map(
      (point) => {
        const [was, is] = [wasThere ? stateIn('before', point) : undefined, stateIn('after', point)];
        const isLost =
          (was?.minutes?.[clock] ?? 0) >= requiredMin && (is.minutes?.[clock] ?? requiredMin) < requiredMin;
        return {
          building: target.id,
          point,
          requiredMin,
          ruleId: sky?.rule.id ?? null,
          before: was,
          after: is,
          losesSun: !isLost ? 'no' : isSure(point) ? 'surely' : 'perhaps',
        };
      },
    );
  });
}

interface Lights {
  bare(point: WindowPoint): Readonly<Record<Clock, number>>;
  withTrees(point: WindowPoint, clock: Clock): number;
}

/** Minutes of the worse of the two days, by each clock. */
function lightsOf({ suns }: Sky, { bare, withTrees }: ObstaclesAround): Lights {
  const of = (obstacles: Obstacles, clock: Clock) => {
    const lights = suns[clock].map((sun) => sunlightOn(sun, obstacles));
    return (point: WindowPoint) => Math.min(...lights.map((light) => sunMinutes(light(point)).summed));
  };
  const [legal, solar] = [of(bare, 'legal'), of(bare, 'solar')];
  const leafyBy = { legal: of(withTrees, 'legal'), solar: of(withTrees, 'solar') };
  return {
    bare: (point) => ({ legal: legal(point), solar: solar(point) }),
    withTrees: (point, clock) => leafyBy[clock](point),
  };
}

const lifted = (point: FacadePoint, byM: number): WindowPoint => ({ ...point, heightM: point.heightM + byM });

const innerFace = (point: FacadePoint, wallM: number): FacadePoint => ({
  ...point,
  easting: point.easting - point.outward[0] * wallM,
  northing: point.northing - point.outward[1] * wallM,
});
