/** Sky, lines of sight, corridors of view, and the mass of edited buildings, before and after the edits of a scenario. */
import { z } from 'zod';
import type { Model } from '../model.ts';
import type { BuildingShape } from '../sun/building-shape.ts';
import type { Obstacles } from '../sun/obstacles.ts';
import {
  BARE,
  type ObstaclesAround,
  obstaclesAround,
  type SurroundingsOfBothStates,
  surroundingsSchema,
  toldSurroundings,
} from '../sun/surroundings.ts';
import { skyViewFactor, type Viewpoint } from './horizon.ts';
import { intrusions, lineOfSight } from './line-of-sight.ts';
import { againstLimit, LIMIT_STATES, type Mass, massOf } from './mass.ts';
import { LONGEST_SECTION_M, sectionSchema, toldSection, toldViewshed, viewshedSchema } from './told-views.ts';

export interface ViewFacts {
  readonly before: readonly BuildingShape[];
  readonly after: readonly BuildingShape[];
  /** Edited buildings, with the greatest height that a plan in force sets where they stand; null where none does. */
  readonly edited: readonly { readonly id: string; readonly maxHeightM: number | null }[];
  /** Ground under each place of the parameters, in their order; null where it is not known. */
  readonly groundM: readonly (number | null)[];
  /** Ground and trees within reach; without them neither is known. */
  readonly surroundings?: SurroundingsOfBothStates;
}

const coordinate = z.number().min(-10_000_000).max(10_000_000);
const place = z.strictObject({
  at: z.tuple([coordinate, coordinate]),
  /** Above the ground there. */
  aboveM: z.number().min(0).max(1_000).default(1.6),
});

export const viewParametersSchema = z.strictObject({
  skies: z
    .array(place)
    .max(200)
    .default([])
    .describe(
      'Places whose view of the sky is wanted: at easting and northing (EPSG:2177), aboveM above the ground',
    ),
  sights: z
    .array(z.strictObject({ from: place, to: place }))
    .max(200)
    .default([])
    .describe('Lines of sight, each from one place to another; both clear of buildings'),
  corridors: z
    .array(z.strictObject({ eye: place, left: place, right: place }))
    .max(50)
    .default([])
    .describe(
      'Views to be kept free, each from an eye to the left and right end of what is to be seen; aboveM of the ends is the lower edge of it',
    ),
  viewsheds: z
    .array(place.extend({ radiusM: z.number().min(50).max(1_000).default(300) }))
    .max(10)
    .default([])
    .describe(
      'Points from which ground is looked at within a radius: what of it sees them, with eyes 1.6 m above it, and so what they see of it',
    ),
  sections: z
    .array(z.strictObject({ from: place, to: place }))
    .max(20)
    .default([])
    .describe(
      `Lines along which ground and roofs are cut, at most ${LONGEST_SECTION_M} m long; aboveM is not used`,
    ),
  reachM: z
    .number()
    .min(50)
    .max(3_000)
    .default(500)
    .describe('How far around places buildings stand before the sky, m'),
  heightErrorM: z
    .number()
    .min(0)
    .max(3)
    .default(0.3)
    .describe('How wrong heights may be, m: what it decides is told as within accuracy'),
});
export type ViewParameters = z.infer<typeof viewParametersSchema>;

/** Every place of the parameters, in the order of `ViewFacts.groundM`. */
export const placesOf = ({
  skies,
  sights,
  corridors,
  viewsheds,
  sections,
}: ViewParameters): readonly z.infer<typeof place>[] => [
  ...skies,
  ...sights.flatMap(({ from, to }) => [from, to]),
  ...corridors.flatMap(({ eye, left, right }) => [eye, left, right]),
  ...viewsheds,
  ...sections.flatMap(({ from, to }) => [from, to]),
];

const SIGHT_STATES = ['clear', 'hidden', 'within-accuracy'] as const;
const sightSchema = z.object({
  state: z.enum(SIGHT_STATES),
  clearanceM: z.number().nullable(),
  building: z.string().nullable(),
});
const massSchema = z.object({ heightM: z.number(), topM: z.number(), volumeM3: z.number().nullable() });

const resultSchema = z.object({
  skies: z
    .array(
      z.object({
        before: z.number(),
        after: z.number(),
        error: z.number(),
        withTrees: z.object({ before: z.number(), after: z.number() }),
      }),
    )
    .describe('Sky view factor of each place, 0 to 1, with its error, and where every tree is a wall'),
  sights: z
    .array(
      z.object({
        before: sightSchema,
        after: sightSchema,
        hiddenByTrees: z.object({ before: z.boolean(), after: z.boolean() }),
      }),
    )
    .describe(
      'Each line of sight: its least height over roofs and ground (m, negative when hidden; null over none), the building there (null: ground), and whether trees hide what nothing else does',
    ),
  corridors: z
    .array(
      z.object({
        state: z.enum(['free', 'intruded', 'within-accuracy']),
        intrusions: z.array(
          z.object({
            building: z.string(),
            risesM: z.number(),
            before: z.number(),
            position: z.tuple([z.number(), z.number(), z.number()]),
          }),
        ),
      }),
    )
    .describe(
      'Each corridor: buildings that rise into it, by how much (m) and by how much before, the worst first',
    ),
  viewsheds: z.array(viewshedSchema).describe('Each point: ground that sees it, before and after'),
  sections: z.array(sectionSchema).describe('Each line: heights of ground and roofs at its stations'),
  masses: z
    .array(
      z.object({
        building: z.string(),
        before: massSchema.nullable(),
        after: massSchema.nullable(),
        maxHeightM: z.number().nullable(),
        state: z.enum(LIMIT_STATES),
      }),
    )
    .describe(
      'Edited buildings: height, highest point (PL-EVRF2007-NH) and volume, against the greatest height of the plan',
    ),
  surroundings: surroundingsSchema.describe('What was known of ground and trees around'),
  groundUnknown: z
    .int()
    .describe('Places under which the ground is not known; the foot of the nearest building was taken'),
});
export type ViewResult = z.infer<typeof resultSchema>;

/** The skyline is measured every half degree. */
const SKY_ERROR = 0.003;

export const VIEWS: Model<ViewFacts, ViewParameters, ViewResult> = {
  name: 'views',
  version: '3',
  title: { pl: 'Widok i bryła', en: 'View and mass' },
  summary: {
    pl: 'Widok nieba, linie i osie widokowe, zasięg widoku i przekroje oraz wysokość i kubatura zmienianych budynków, przed zmianami scenariusza i po nich; budynki LOD2 i ukształtowanie terenu, drzewa jako wątpliwość: bez nich i jakby każde było ścianą. Wysokość liczona jest od najniższego punktu budynku.',
    en: 'View of the sky, lines of sight and corridors of view, viewsheds and sections, height and volume of edited buildings, before and after the edits of a scenario; LOD2 buildings and the relief of the ground, trees as a doubt: without them, and each as a wall. Heights run from the lowest point of a building.',
  },
  parameters: viewParametersSchema,
  result: resultSchema,
  run(facts, parameters, watch) {
    const { heightErrorM, skies, sights, corridors, viewsheds, sections } = parameters;
    const { surroundings = BARE } = facts;
    const around = {
      before: obstaclesAround(facts.before, surroundings.before),
      after: obstaclesAround(facts.after, surroundings.after),
    };
    const [before, after] = [around.before.bare, around.after.bare];
    const feet = facts.after.length > 0 ? facts.after : facts.before;
    const places = placesOf(parameters).map(
      ({ at, aboveM }, n): Viewpoint => [at[0], at[1], (facts.groundM[n] ?? footNear(feet, at)) + aboveM],
    );
    const next = places.values();
    const take = (): Viewpoint => next.next().value ?? [0, 0, 0];
    const seenSkies = skies.map((_, n) => {
      watch.progress(n / places.length);
      const at = take();
      return {
        before: rounded(skyViewFactor(before, at), 3),
        after: rounded(skyViewFactor(after, at), 3),
        error: SKY_ERROR,
        withTrees: {
          before: rounded(skyViewFactor(around.before.withTrees, at), 3),
          after: rounded(skyViewFactor(around.after.withTrees, at), 3),
        },
      };
    });
    const seenSights = sights.map(() => {
      const [from, to] = [take(), take()];
      return {
        before: toldSight(before, from, to, heightErrorM),
        after: toldSight(after, from, to, heightErrorM),
        hiddenByTrees: {
          before: isHiddenByTrees(around.before, from, to),
          after: isHiddenByTrees(around.after, from, to),
        },
      };
    });
    const seenCorridors = corridors.map(() => {
      const [eye, left, right] = [take(), take(), take()];
      const were = new Map(intrusions(before, eye, [left, right]).map(({ id, risesM }) => [id, risesM]));
      const found = intrusions(after, eye, [left, right]);
      const worst = found[0]?.risesM ?? 0;
      return {
        state:
          worst === 0
            ? ('free' as const)
            : worst <= heightErrorM
              ? ('within-accuracy' as const)
              : ('intruded' as const),
        intrusions: found.map(({ id, risesM, position }) => ({
          building: id,
          risesM: rounded(risesM, 2),
          before: rounded(were.get(id) ?? 0, 2),
          position: position.map((value) => rounded(value, 2)) as [number, number, number],
        })),
      };
    });
    const states = {
      before: { shapes: facts.before, relief: surroundings.before.relief },
      after: { shapes: facts.after, relief: surroundings.after.relief },
      // Without edits nothing can differ, and half of the work is saved.
      isChanged: surroundings.isChanged || facts.edited.length > 0,
    };
    const seenViewsheds = viewsheds.map(({ radiusM }) => toldViewshed(states, take(), radiusM));
    const cutSections = sections.map(({ from, to }) => {
      take();
      take();
      return toldSection(states, from.at, to.at);
    });
    const shapesBefore = new Map(facts.before.map((shape) => [shape.id, shape]));
    const shapesAfter = new Map(facts.after.map((shape) => [shape.id, shape]));
    return {
      skies: seenSkies,
      sights: seenSights,
      corridors: seenCorridors,
      viewsheds: seenViewsheds,
      sections: cutSections,
      masses: facts.edited.map(({ id, maxHeightM }) => {
        const [was, is] = [toldMass(shapesBefore.get(id)), toldMass(shapesAfter.get(id))];
        return {
          building: id,
          before: was,
          after: is,
          maxHeightM,
          state: is ? againstLimit(is.heightM, maxHeightM, heightErrorM) : ('not-assessed' as const),
        };
      }),
      surroundings: toldSurroundings(surroundings),
      groundUnknown: facts.groundM.filter((height) => height === null).length,
    };
  },
};

function toldSight(
  obstacles: Obstacles,
  from: Viewpoint,
  to: Viewpoint,
  errorM: number,
): z.infer<typeof sightSchema> {
  const { isClear, clearanceM, building } = lineOfSight(obstacles, from, to);
  const isClose = clearanceM !== null && Math.abs(clearanceM) <= errorM;
  return {
    state: isClose ? 'within-accuracy' : isClear ? 'clear' : 'hidden',
    clearanceM: clearanceM === null ? null : rounded(clearanceM, 2),
    building,
  };
}

const isHiddenByTrees = ({ bare, withTrees }: ObstaclesAround, from: Viewpoint, to: Viewpoint): boolean =>
  lineOfSight(bare, from, to).isClear && !lineOfSight(withTrees, from, to).isClear;

function toldMass(shape: BuildingShape | undefined): Mass | null {
  if (!shape) return null;
  const { heightM, topM, volumeM3 } = massOf(shape);
  return {
    heightM: rounded(heightM, 2),
    topM: rounded(topM, 2),
    volumeM3: volumeM3 === null ? null : rounded(volumeM3, 1),
  };
}

/** The lowest point of the building nearest to a place. */
function footNear(shapes: readonly BuildingShape[], at: readonly [number, number]): number {
  let nearest: readonly [distance: number, z: number] = [Number.POSITIVE_INFINITY, 0];
  for (const { surfaces } of shapes)
    for (const rings of surfaces)
      for (const [x, y, z] of rings[0] ?? []) {
        const away = Math.hypot(x - at[0], y - at[1]);
        if (away < nearest[0] - 1e-6 || (away <= nearest[0] + 1e-6 && z < nearest[1])) nearest = [away, z];
      }
  return nearest[1];
}

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
