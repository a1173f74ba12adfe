/** Which homes meet the access standards of a general plan: the way on foot to a primary school and to public green. */
import { z } from 'zod';
import { nearestFirst } from '../access/nearest-first.ts';
import { pathGraph } from '../access/path-graph.ts';
import { type Footing, streetFinder } from '../access/street-finder.ts';
import type { Model } from '../model.ts';
import type { Streets } from '../siting/siting-facts.ts';
import { generalPlanParameter } from './general-plan-parameter.ts';

export interface AccessPlace {
  readonly id: string;
  readonly e: number;
  readonly n: number;
}

/** A dwelling house. */
export interface AccessHome extends AccessPlace {
  readonly district: string | null;
}

/** Public green with places on its edge, where one may walk in. */
export interface AccessGreen {
  readonly id: string;
  readonly areaHa: number;
  readonly edge: readonly (readonly [e: number, n: number])[];
}

/** Of the law or of the plan (area of access standards); null = the plan sets none. */
export interface AccessStandards {
  readonly maxSchoolM: number | null;
  readonly maxGreenAreasM: number | null;
  readonly minGreenAreasHa: number | null;
  readonly maxGreenAreaM: number | null;
  readonly minGreenAreaHa: number | null;
}

export interface AccessStandardsFacts {
  readonly act: string | null;
  readonly standards: AccessStandards;
  readonly streets: Streets;
  readonly homes: readonly AccessHome[];
  readonly schools: readonly AccessPlace[];
  readonly greens: readonly AccessGreen[];
}

export const accessStandardsParametersSchema = z.strictObject({
  act: generalPlanParameter,
  mostHomes: z
    .int()
    .min(0)
    .max(5000)
    .default(200)
    .describe('So many homes that miss a standard are named, the farthest first'),
});
export type AccessStandardsParameters = z.output<typeof accessStandardsParametersSchema>;

const standard = z.object({
  met: z.int().describe('Homes that meet it'),
  missed: z.int().describe('Homes that do not'),
});
const optional = (what: string) =>
  standard.nullable().describe(`${what}; null = the plan sets no such standard`);

const resultSchema = z.object({
  act: z.string().nullable().describe('The general plan'),
  standards: z
    .object({
      maxSchoolM: z.number().nullable(),
      maxGreenAreasM: z.number().nullable(),
      minGreenAreasHa: z.number().nullable(),
      maxGreenAreaM: z.number().nullable(),
      minGreenAreaHa: z.number().nullable(),
    })
    .describe('As the plan sets them: metres on foot, hectares'),
  homes: z.int().describe('Dwelling houses'),
  offStreet: z.int().describe('Of them farther than 300 m from any street: not assessed'),
  school: optional('Way to a primary school'),
  greenAreas: optional('Public green within a distance, together'),
  greenArea: optional('Way to one large public green'),
  byDistrict: z
    .array(
      z.object({
        district: z.string().nullable(),
        homes: z.int(),
        schoolMissed: z.int(),
        greenAreasMissed: z.int(),
        greenAreaMissed: z.int(),
      }),
    )
    .describe('Homes by district, and those that miss each standard'),
  missing: z
    .array(
      z.object({
        building: z.string(),
        schoolM: z.number().nullable().describe('On foot to the nearest; null = none within 6 km'),
        greenHa: z.number().describe('Public green within the distance of the standard, ha'),
        greenAreaM: z.number().nullable().describe('On foot to the nearest green that is large enough'),
      }),
    )
    .describe('Homes that miss a standard'),
});
export type AccessStandardsResult = z.infer<typeof resultSchema>;

/** From a house or a gate to its street. */
const REACH_M = 300;
/** Schools farther away than this are told as none. */
const FARTHEST_M = 6000;

export const ACCESS_STANDARDS: Model<AccessStandardsFacts, AccessStandardsParameters, AccessStandardsResult> =
  {
    name: 'access-standards',
    version: '1',
    title: { pl: 'Standardy dostępności infrastruktury', en: 'Access standards of a general plan' },
    summary: {
      pl: 'Które budynki mieszkalne mają dojście do szkoły podstawowej i do publicznej zieleni nie dłuższe, niż każą standardy planu ogólnego (art. 13f UPZP). Dojście mierzy się ulicami i ścieżkami od środka budynku do punktu szkoły i do brzegu zieleni, nie od granicy działki; liczy się zieleń publiczna rejestru.',
      en: 'Which dwelling houses reach a primary school and public green on foot within the standards of the general plan (art. 13f UPZP). Ways run along streets and paths from the middle of the house to the point of the school and the edge of the green, not from the boundary of the plot; public green of the register counts.',
    },
    parameters: accessStandardsParametersSchema,
    result: resultSchema,
    run({ act, standards, streets, homes, schools, greens }, { mostHomes }, watch) {
      const { maxSchoolM, maxGreenAreasM, minGreenAreasHa, maxGreenAreaM, minGreenAreaHa } = standards;
      const finder = streetFinder(streets, REACH_M);
      const walk = walker(streets);
      const footings = homes.map(({ e, n }) => finder.nearest(e, n));
      const doorsOf = (places: readonly (readonly [number, number])[]): readonly Footing[] =>
        places.flatMap(([e, n]) => finder.nearest(e, n) ?? []);
      const schoolM = new Float64Array(homes.length).fill(Number.POSITIVE_INFINITY);
      const [greenHa, largeM] = [new Float64Array(homes.length), schoolM.slice()];
      const each = (
        doors: readonly Footing[],
        boundM: number,
        take: (home: number, wayM: number) => void,
      ) => {
        const wayTo = walk(doors, boundM);
        for (const [home, footing] of footings.entries()) {
          const wayM = footing ? wayTo(footing) : Number.POSITIVE_INFINITY;
          if (wayM <= boundM) take(home, wayM);
        }
      };
      each(doorsOf(schools.map(({ e, n }) => [e, n])), FARTHEST_M, (home, wayM) => {
        schoolM[home] = wayM;
      });
      for (const [index, { areaHa, edge }] of greens.entries()) {
        if (!watch.isWanted()) break;
        const isLarge = minGreenAreaHa !== null && areaHa >= minGreenAreaHa;
        each(doorsOf(edge), Math.max(maxGreenAreasM ?? 0, isLarge ? FARTHEST_M : 0), (home, wayM) => {
          if (maxGreenAreasM !== null && wayM <= maxGreenAreasM) {
            greenHa[home] = (greenHa[home] as number) + areaHa;
          }
          if (isLarge) largeM[home] = Math.min(largeM[home] as number, wayM);
        });
        watch.progress((index + 1) / greens.length);
      }
      const judged = homes.flatMap(({ id, district }, home) => {
        if (!footings[home]) return [];
        const [toSchoolM, ha, toLargeM] = [
          schoolM[home] as number,
          greenHa[home] as number,
          largeM[home] as number,
        ];
        return [
          {
            ...{ id, district, toSchoolM, ha, toLargeM },
            noSchool: maxSchoolM !== null && toSchoolM > maxSchoolM,
            noGreenAreas: maxGreenAreasM !== null && minGreenAreasHa !== null && ha < minGreenAreasHa,
            noGreenArea: maxGreenAreaM !== null && minGreenAreaHa !== null && toLargeM > maxGreenAreaM,
          },
        ];
      });
      const told = (isSet: boolean, missed: number) =>
        isSet ? { met: judged.length - missed, missed } : null;
      const districts = [...new Set(judged.map(({ district }) => district))].toSorted((a, b) =>
        (a ?? '') < (b ?? '') ? -1 : 1,
      );
      const missing = judged
        .filter(({ noSchool, noGreenAreas, noGreenArea }) => noSchool || noGreenAreas || noGreenArea)
        .toSorted((a, b) =>
          a.toSchoolM === b.toSchoolM ? (a.id < b.id ? -1 : 1) : a.toSchoolM > b.toSchoolM ? -1 : 1,
        );
      const count = (list: typeof judged, is: (home: (typeof judged)[number]) => boolean) =>
        list.filter(is).length;
      return {
        act,
        standards: { ...standards },
        homes: homes.length,
        offStreet: homes.length - judged.length,
        school: told(
          maxSchoolM !== null,
          count(judged, ({ noSchool }) => noSchool),
        ),
        greenAreas: told(
          maxGreenAreasM !== null && minGreenAreasHa !== null,
          count(judged, ({ noGreenAreas }) => noGreenAreas),
        ),
        greenArea: told(
          maxGreenAreaM !== null && minGreenAreaHa !== null,
          count(judged, ({ noGreenArea }) => noGreenArea),
        ),
        byDistrict: districts.map((district) => {
          const own = judged.filter((home) => home.district === district);
          return {
            district,
            homes: own.length,
            schoolMissed: count(own, ({ noSchool }) => noSchool),
            greenAreasMissed: count(own, ({ noGreenAreas }) => noGreenAreas),
            greenAreaMissed: count(own, ({ noGreenArea }) => noGreenArea),
          };
        }),
        missing: missing.slice(0, mostHomes).map(({ id, toSchoolM, ha, toLargeM }) => ({
          building: id,
          schoolM: metres(toSchoolM),
          greenHa: Math.round(ha * 100) / 100,
          greenAreaM: metres(toLargeM),
        })),
      };
    },
  };

const metres = (value: number): number | null => (Number.isFinite(value) ? Math.round(value) : null);

/** Ways from the nearest of many doors; what it gives holds until the next search. */
function walker({ nodeCount, from, to, lengthM }: Streets) {
  const search = nearestFirst(pathGraph(nodeCount, { from, to, cost: lengthM }));
  const at = (list: Int32Array | Float64Array, k: number) => list[k] as number;
  return (doors: readonly Footing[], boundM: number): ((place: Footing) => number) => {
    const bySection = new Map<number, Footing[]>();
    for (const door of doors) bySection.set(door.section, [...(bySection.get(door.section) ?? []), door]);
    search.from(
      doors.flatMap(({ section }) => [at(from, section), at(to, section)]),
      boundM,
      doors.flatMap(({ section, along, offM }) => {
        const length = at(lengthM, section);
        return [offM + along * length, offM + (1 - along) * length];
      }),
    );
    return ({ section, along, offM }) => {
      const length = at(lengthM, section);
      const direct = (bySection.get(section) ?? []).map(
        (door) => door.offM + Math.abs(door.along - along) * length,
      );
      return (
        offM +
        Math.min(
          at(search.distance, at(from, section)) + along * length,
          at(search.distance, at(to, section)) + (1 - along) * length,
          ...direct,
        )
      );
    };
  };
}
