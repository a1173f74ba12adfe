/** Findings that a scenario makes appear or vanish: what the plan and the law say of each object, before and after. */
import type { Text } from '../../feature/layer.ts';
import type { ConsequenceFinding } from '../../wire/consequences.ts';
import { areaBoundM2 } from './area-error.ts';
import { storeysOf } from './built.ts';
import type { CityFacts, ParcelFact, StandingFact } from './facts.ts';
import { isNearEdge } from './flood.ts';
import { judgeHeight } from './heights.ts';
import { ABSENT, isRaised, type Judged, judge } from './judged.ts';

type Code = ConsequenceFinding['code'];

interface Rule {
  readonly code: Code;
  readonly layer: string;
  readonly unit: string;
  readonly decimals: number;
  readonly source: string;
  readonly words: Text;
  /** What the rule says of each object of a state that it can be asked of. */
  judge(state: CityFacts, other: CityFacts): ReadonlyMap<string, Judged>;
}

const PLAN = 'Ustalenia planu (plan_zones)';

const RULES: readonly Rule[] = [
  {
    code: 'height-over-plan',
    layer: 'buildings_3d',
    unit: 'm',
    decimals: 2,
    source: `${PLAN}; UPZP art. 2 pkt 30`,
    words: {
      pl: 'Wysokość budynku ponad maksimum planu',
      en: 'Height of the building above the plan’s maximum',
    },
    judge: ({ solids = [] }) => new Map(solids.map((solid) => [solid.id, judgeHeight(solid)])),
  },
  ofParcels('intensity-over-plan', '1', 3, 'art. 2 pkt 32', 'at-most', {
    words: {
      pl: 'Intensywność zabudowy ponad maksimum planu',
      en: 'Floor area ratio above the plan’s maximum',
    },
    limit: ({ limits }) => limits?.maxIntensity,
    measure: ({ areaM2 }, standing) => ratio(standing, areaM2, storeysOf, 1),
  }),
  ofParcels('intensity-under-plan', '1', 3, 'art. 2 pkt 32', 'at-least', {
    words: {
      pl: 'Intensywność zabudowy poniżej minimum planu',
      en: 'Floor area ratio below the plan’s minimum',
    },
    limit: ({ limits }) => limits?.minIntensity,
    measure: ({ areaM2 }, standing) =>
      // Unbuilt land breaks no minimum: it binds what is built.
      standing.length === 0 ? undefined : ratio(standing, areaM2, storeysOf, 1),
  }),
  ofParcels('built-share-over-plan', '%', 2, 'art. 2 pkt 35', 'at-most', {
    words: {
      pl: 'Udział powierzchni zabudowy ponad maksimum planu',
      en: 'Built share above the plan’s maximum',
    },
    limit: ({ limits }) => limits?.maxBuiltSharePct,
    measure: ({ areaM2 }, standing) => ratio(standing, areaM2, () => 1, 100),
  }),
  ofParcels('bioactive-under-plan', '%', 2, 'art. 2 pkt 28, 29', 'at-least', {
    words: {
      pl: 'Grunt wolny od zabudowy mniejszy niż minimalny udział biologicznie czynny',
      en: 'Unbuilt ground less than the minimal bio-active share',
    },
    limit: ({ limits }) => limits?.minBioactiveSharePct,
    // What is not built is the most that can be green on the ground; less than the minimum is a breach for certain.
    measure: ({ areaM2 }, standing) => {
      const [built, bound] = ratio(standing, areaM2, () => 1, 100);
      return [100 - built, bound];
    },
  }),
  {
    code: 'parcel-under-minimum',
    layer: 'parcels',
    unit: 'm2',
    decimals: 1,
    source: PLAN,
    words: {
      pl: 'Nowa działka mniejsza niż minimum planu',
      en: 'A new parcel smaller than the plan’s minimum',
    },
    judge: ({ parcels = [] }, other) => {
      const known = new Set((other.parcels ?? []).map(({ id }) => id));
      return new Map(
        parcels
          .filter(({ id }) => !known.has(id))
          .map(({ id, areaM2, spreadM2, limits }) => [
            id,
            judge(areaM2, areaBoundM2(spreadM2), limits?.minParcelM2, 'at-least', limits?.zone),
          ]),
      );
    },
  },
  {
    code: 'flood-hazard',
    layer: 'buildings',
    unit: 'm',
    decimals: 1,
    source: 'Prawo wodne art. 16 pkt 34, art. 166',
    words: {
      pl: 'Budynek w obszarze szczególnego zagrożenia powodzią; projekt uzgadnia się z Wodami Polskimi',
      en: 'A building in an area of special flood hazard; needs the agreement of Wody Polskie',
    },
    judge: ({ flood = [] }) =>
      new Map(
        flood.map((fact) => [
          fact.building,
          {
            status: isNearEdge(fact) ? 'within-accuracy' : fact.isInside ? 'breach' : 'met',
            measured: fact.edgeM,
          },
        ]),
      ),
  },
];

/** By rule, then id. What is raised in one state and is not the same in the other. */
export function findingsOf(before: CityFacts, after: CityFacts): readonly ConsequenceFinding[] {
  return RULES.flatMap((rule) => {
    const [earlier, later] = [rule.judge(before, after), rule.judge(after, before)];
    const ids = [...new Set([...earlier.keys(), ...later.keys()])].toSorted();
    return ids.flatMap((id) => {
      const [was, is] = [earlier.get(id) ?? ABSENT, later.get(id) ?? ABSENT];
      if (was.status === is.status || (!isRaised(was) && !isRaised(is))) return [];
      return [finding(rule, id, was, is)];
    });
  });
}

function finding(rule: Rule, id: string, was: Judged, is: Judged): ConsequenceFinding {
  const change = !isRaised(was) ? 'appears' : isRaised(is) ? 'changes' : 'vanishes';
  const told = change === 'vanishes' ? was : is;
  const round = (value: number) => Number(value.toFixed(rule.decimals));
  return {
    code: rule.code,
    change,
    layer: rule.layer,
    id,
    before: was.status,
    after: is.status,
    ...(told.measured !== undefined && { measured: round(told.measured) }),
    ...(told.bound !== undefined && { bound: round(told.bound) }),
    ...(told.limit !== undefined && { limit: told.limit }),
    unit: rule.unit,
    ...(told.zone !== undefined && { zone: told.zone }),
    message: rule.words,
    source: rule.source,
  };
}

interface ParcelRule {
  readonly words: Text;
  limit(parcel: ParcelFact): number | null | undefined;
  /** Value and its bound; undefined where the rule cannot be asked. */
  measure(
    parcel: ParcelFact,
    standing: readonly StandingFact[],
  ): readonly [value: number, bound: number] | undefined;
}

function ofParcels(
  code: Code,
  unit: string,
  decimals: number,
  article: string,
  sense: 'at-most' | 'at-least',
  rule: ParcelRule,
): Rule {
  return {
    code,
    layer: 'parcels',
    unit,
    decimals,
    source: `${PLAN}; UPZP ${article}`,
    words: rule.words,
    judge({ parcels = [], standing = [] }) {
      const on = byParcel(standing);
      return new Map(
        parcels.flatMap((parcel) => {
          const measured = rule.measure(parcel, on.get(parcel.id) ?? []);
          if (!measured) return [];
          const [value, bound] = measured;
          return [[parcel.id, judge(value, bound, rule.limit(parcel), sense, parcel.limits?.zone)] as const];
        }),
      );
    },
  };
}

function byParcel(standing: readonly StandingFact[]): ReadonlyMap<string, readonly StandingFact[]> {
  const on = new Map<string, StandingFact[]>();
  for (const fact of standing) on.set(fact.parcel, [...(on.get(fact.parcel) ?? []), fact]);
  return on;
}

/** Sum of outlines (times storeys) over an area, with its bound. */
function ratio(
  standing: readonly StandingFact[],
  areaM2: number,
  times: (fact: StandingFact) => number,
  scale: number,
): readonly [number, number] {
  const sum = standing.reduce((total, fact) => total + fact.areaM2 * times(fact), 0);
  const squares = standing.reduce(
    (total, fact) => total + (areaBoundM2(fact.spreadM2) * times(fact)) ** 2,
    0,
  );
  return [(sum / areaM2) * scale, (Math.sqrt(squares) / areaM2) * scale];
}
