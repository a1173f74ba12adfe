/** What may still be built on a parcel: where, how high, how much, and what limits it. */
import {
  type CapacityParameters,
  type CapacityResult,
  type CapacityUse,
  capacityParametersSchema,
  capacityResultSchema,
} from '../../wire/capacity.ts';
import { areaBoundM2 } from '../consequences/area-error.ts';
import type { Model } from '../model.ts';
import { bodyLight } from './body-light.ts';
import type { CapacityFacts, GroundFact, PieceFact } from './capacity-facts.ts';
import { limitsOf, type PiecePlan } from './capacity-limits.ts';
import { ruleRows } from './capacity-report.ts';
import { borderDistances, CAPACITY_RULES, countsStrip, useFor, useOfZone } from './capacity-rules.ts';
import { facesOf, isOnEdge, toMm } from './faces.ts';
import type { ToldLight } from './light-rows.ts';
import { mostFloor } from './most-floor.ts';
import { OBLIGATORY_LINE } from './obligatory-row.ts';

/** Storey with its floor, and floor area above ground for each dwelling; usual practice, not law. */
const STOREY_M: Readonly<Record<CapacityUse, number>> = {
  'single-family': 3,
  'multi-family': 3,
  services: 3.5,
  production: 4.5,
};
const DWELLING_M2: Readonly<Partial<Record<CapacityUse, number>>> = {
  'single-family': 180,
  'multi-family': 80,
};
/** WT § 39: where the plan sets no share, 25 % stay green at multi-family housing. */
const GREEN_WITHOUT_PLAN_PCT = 25;

export const PARCEL_CAPACITY: Model<CapacityFacts, CapacityParameters, CapacityResult> = {
  name: 'parcel-capacity',
  version: '4',
  title: { pl: 'Chłonność działki', en: 'Capacity of a parcel' },
  summary: {
    pl: 'Co można jeszcze zbudować: grunt pod budynki za liniami zabudowy, po odjęciu odległości od granic, jezdni, torów, lasu i budynków sąsiadów, stref sieci i drzew chronionych, bryła z wysokością z planu, największa powierzchnia zabudowy i kondygnacji, wymagana zieleń i miejsca postojowe. Każdy limit i każda ściana wskazuje regułę. Mówi, ilu punktom elewacji sąsiadów bryła odbiera słońce (§ 60) i otwarty wycinek (§ 13), do jakiej wysokości żadnemu, i ile słońca ma sama; dachów nie liczy.',
    en: 'What may still be built: the ground for buildings behind building lines, after the distances from borders, carriageways, railways, forest and neighbours’ buildings, zones of networks and protected trees, a body as high as the plan allows, the most footprint and floor area, required greenery and parking. Each limit and each wall names its rule. It says from how many points on façades of neighbours the body takes the sun (§ 60) and the open sector (§ 13), up to which height from none, and how much sun it has itself; roofs are not computed.',
  },
  parameters: capacityParametersSchema,
  result: capacityResultSchema,
  run(facts, parameters, watch) {
    const { parcel, pieces } = facts;
    const used = useFor(parameters, pieces);
    const steps = borderDistances(used.use, parameters, facts.lawDate);
    const plans = pieces.flatMap((piece, index) => planOf(facts, piece, index, used.use, parameters, steps));
    const chosenM = chosenBorder(plans, steps);
    const bodies = plans.flatMap(({ piece, index, ground, most, heightM, storeys }) =>
      ground
        ? [
            {
              zone: piece.zone,
              designation: piece.designation,
              footprint: rounded(ground),
              areaM2: toTenth(ground.areaM2),
              heightM,
              storeys: most.storeys ?? storeys ?? null,
              heightBy: heightM === null ? null : 'plan-height',
              faces: facesOf(ground.geometry, linesOf(facts, ground.borderM, parameters), (middle) =>
                isOnEdge(middle, parcel.geometry.coordinates.flat()) ? 'parcel-edge' : 'plan-line',
              ),
              index,
            },
          ]
        : [],
    );
    const areaM2 = bodies.reduce((sum, body) => sum + body.areaM2, 0);
    const spreadM2 = plans.reduce((sum, { ground }) => sum + (ground?.spreadM2 ?? 0), 0);
    const standing = {
      buildings: facts.standing.length,
      footprintM2: toTenth(facts.standing.reduce((sum, each) => sum + each.areaM2, 0)),
      floorM2: toTenth(
        facts.standing.reduce((sum, each) => sum + each.areaM2 * Math.max(1, each.storeys ?? 1), 0),
      ),
    };
    const limits = limitsOf(plans, parameters, DWELLING_M2[used.use]);
    const isPlanned = pieces.some(({ zone }) => zone !== null);
    watch.progress(1);
    return {
      state:
        plans.length === 0
          ? 'no-building-land'
          : areaM2 === 0
            ? 'nothing-left'
            : isPlanned
              ? 'assessed'
              : 'no-plan',
      parcel: {
        id: parcel.id,
        areaM2: toTenth(parcel.areaM2),
        areaErrorM2: toTenth(areaBoundM2(parcel.spreadM2)),
      },
      asked: { ...used, lawDate: facts.lawDate },
      buildable: { areaM2: toTenth(areaM2), errorM2: toTenth(areaBoundM2(spreadM2)) },
      bodies: bodies.map(({ index: _, ...body }) => body),
      groundM: facts.groundM,
      limits,
      standing,
      remaining: {
        ...(limits.footprint && { footprintM2: left(limits.footprint.value, standing.footprintM2) }),
        ...(limits.floor && { floorM2: left(limits.floor.value, standing.floorM2) }),
      },
      ...ruleRows(facts, used.use, parameters, chosenM, bodies, lightFor(facts, bodies)),
    };
  },
};

/** Why nothing is known of light where it is not. */
function lightFor(facts: CapacityFacts, bodies: Parameters<typeof bodyLight>[1]): ToldLight {
  if (!facts.around || bodies.length === 0) return { reason: NO_GROUND_LEFT };
  if ('reason' in facts.around) return facts.around;
  if (facts.groundM === null) return { reason: NO_TERRAIN };
  return bodyLight(facts.around, bodies, facts.groundM, facts.lawDate);
}

const NO_GROUND_LEFT = { pl: 'Nie zostaje grunt pod budynek.', en: 'No ground is left for a building.' };
const NO_TERRAIN = {
  pl: 'Wysokość gruntu na działce nie jest znana.',
  en: 'The height of the ground of the parcel is not known.',
};

/** A part of the parcel on which the plan allows buildings, with the most that fits; none where it allows none. */
function planOf(
  facts: CapacityFacts,
  piece: PieceFact,
  index: number,
  use: CapacityUse,
  parameters: CapacityParameters,
  steps: ReturnType<typeof borderDistances>,
): readonly PiecePlan[] {
  if (useOfZone(piece.kind) === 'none') return [];
  const storeyM = parameters.storeyM ?? STOREY_M[use];
  const byHeight = piece.maxHeightM === null ? undefined : Math.floor((piece.maxHeightM + 1e-9) / storeyM);
  const greenPct = piece.minBioactiveSharePct ?? (use === 'multi-family' ? GREEN_WITHOUT_PLAN_PCT : null);
  const dwellingM2 = parameters.dwellingM2 ?? DWELLING_M2[use];
  const spaces = dwellingM2 === undefined ? 0 : (piece.parkingPerDwelling ?? 0) / dwellingM2;
  const tried = steps.map(({ borderM, mostStoreys }): PiecePlan => {
    const ground = facts.ground.find((each) => each.piece === index && each.borderM === borderM);
    const storeys =
      byHeight === undefined ? mostStoreys : Math.min(byHeight, mostStoreys ?? Number.POSITIVE_INFINITY);
    const most = mostFloor({
      plotM2: piece.areaM2,
      buildableM2: ground?.areaM2 ?? 0,
      builtShare: share(piece.maxBuiltSharePct),
      greenShare: share(greenPct),
      intensity: piece.maxIntensity ?? undefined,
      storeys: byHeight === undefined && piece.maxIntensity === null ? undefined : storeys,
      parkingPerFloor: spaces * parameters.spaceM2 * (1 - parameters.parkingBelow),
    });
    const cappedM =
      mostStoreys !== undefined && (byHeight === undefined || mostStoreys < byHeight)
        ? mostStoreys * storeyM
        : piece.maxHeightM;
    const hasGround = ground !== undefined && ground.areaM2 > 0;
    return {
      piece,
      index,
      ground: hasGround ? ground : undefined,
      most,
      heightM: cappedM,
      storeys: byHeight,
      greenPct,
    };
  });
  const [first, ...others] = tried;
  if (!first) return [];
  // More floor area wins; for equal ones the smaller distance, which leaves more freedom.
  return [
    others.reduce((best, each) => ((each.most.floorM2 ?? 0) > (best.most.floorM2 ?? 0) ? each : best), first),
  ];
}

/** The border distance of the body with the most floor area: whose strip is told. */
function chosenBorder(plans: readonly PiecePlan[], steps: ReturnType<typeof borderDistances>): number {
  const best = plans.toSorted((a, b) => (b.most.floorM2 ?? 0) - (a.most.floorM2 ?? 0))[0];
  return best?.ground?.borderM ?? steps[0]?.borderM ?? 0;
}

function linesOf(facts: CapacityFacts, borderM: number, parameters: CapacityParameters) {
  const drawn = facts.obligatoryLines.map(({ parts }) => ({ rule: OBLIGATORY_LINE, edges: parts }));
  const strips = CAPACITY_RULES.flatMap((rule) => {
    if (!countsStrip(rule, parameters)) return [];
    return facts.strips.flatMap((strip) =>
      strip.rule === rule.rule && strip.geometry && (strip.borderM ?? borderM) === borderM
        ? [{ rule: rule.rule, edges: strip.geometry.coordinates.flat() }]
        : [],
    );
  });
  return [...drawn, ...strips];
}

function rounded({ geometry }: GroundFact): CapacityResult['bodies'][number]['footprint'] {
  return {
    type: 'MultiPolygon',
    coordinates: geometry.coordinates.map((rings) =>
      rings.map((ring) => ring.map(([e, n]): [number, number] => [toMm(e), toMm(n)])),
    ),
  };
}

const share = (percent: number | null): number | undefined => (percent === null ? undefined : percent / 100);
const left = (most: number, used: number): number => toTenth(Math.max(0, most - used));
const toTenth = (areaM2: number): number => Math.round(areaM2 * 10) / 10;
