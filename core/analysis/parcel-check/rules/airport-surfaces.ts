/** Surfaces of aerodromes: levels above the sea, held against the ground of the parcel and what stands on it. */
import type { Text } from '../../../feature/layer.ts';
import { LIGHT_HEIGHT_BOUND_M } from '../../sun/neighbour-points.ts';
import { areaRule } from '../area-rule.ts';
import type { AreaFact, BuildingFact, ParcelFacts } from '../facts.ts';
import { toTenth } from '../judge.ts';
import { type Draft, notAssessedBecause, type Rule } from '../rule.ts';

const SURFACES: Readonly<Record<string, readonly [pl: string, en: string]>> = {
  inner_horizontal: ['pozioma wewnętrzna', 'inner horizontal'],
  conical: ['stożkowa', 'conical'],
  approach: ['podejścia', 'approach'],
  transitional: ['przejściowa', 'transitional'],
  take_off: ['wznoszenia', 'take-off climb'],
};

interface Limits {
  readonly fromM: number;
  readonly toM: number;
}

function limitsOf({ properties }: AreaFact): Limits | undefined {
  const { limit_from_m: fromM, limit_to_m: toM } = properties;
  if (typeof fromM !== 'number') return undefined;
  return { fromM, toM: typeof toM === 'number' ? toM : fromM };
}

const OVER_PARCEL = areaRule({
  id: 'airport-surfaces',
  category: 'noise',
  title: { pl: 'Powierzchnie ograniczające lotniska', en: 'Obstacle limitation surfaces' },
  provisions: ['LOT-87'],
  layer: 'airport_surfaces',
  matches: () => true,
  reason: (area) => {
    const { aerodrome, kind } = area.properties;
    const [pl, en] = SURFACES[String(kind)] ?? [String(kind), String(kind)];
    const limits = limitsOf(area);
    const levels =
      limits && (limits.fromM === limits.toM ? `${limits.fromM}` : `${limits.fromM}–${limits.toM}`);
    return {
      pl: `${aerodrome ?? area.id}, powierzchnia ${pl}: obiekty, kominy i żurawie do rzędnej ${levels ?? '?'} m n.p.m.; wyżej za zgodą Prezesa ULC.`,
      en: `${aerodrome ?? area.id}, ${en} surface: objects, chimneys and cranes up to a level of ${levels ?? '?'} m; higher by consent of the aviation authority.`,
    };
  },
  threshold: (area) => {
    const limits = limitsOf(area);
    return limits && { must: '<=', value: limits.fromM, unit: 'm' };
  },
  none: {
    pl: 'Nad działką nie ma powierzchni ograniczającej lotniska.',
    en: 'No obstacle limitation surface lies over the parcel.',
  },
});

/** What stands on the parcel tells its ground; without it what is left above the ground is not assessed. */
export const AIRPORT_SURFACES_RULE: Rule = {
  ...OVER_PARCEL,
  find(facts, law, accuracy) {
    const drafts = OVER_PARCEL.find(facts, law, accuracy);
    const levels = levelsOf(facts.buildings.filter(({ commonM2 }) => commonM2 > 0));
    const told = drafts.map((draft): Draft => {
      const limits = limitsOver(draft, facts);
      return levels && limits ? held(draft, levels, limits) : draft;
    });
    const open = drafts.filter(
      (draft) => draft.state !== 'does-not-apply' && !(levels && limitsOver(draft, facts)),
    );
    if (open.length === 0) return told;
    return [...told, levels ? LIMIT_UNKNOWN : groundUnknown(facts)];
  },
};

function limitsOver({ objects = [] }: Draft, { areas }: ParcelFacts): Limits | undefined {
  const area = areas.find(({ layer, id }) => layer === 'airport_surfaces' && id === objects[0]);
  return area && limitsOf(area);
}

interface Levels {
  /** Of bases, the lowest and the highest. */
  readonly lowM: number;
  readonly highM: number;
  /** Of the highest building. */
  readonly topM: number;
  /** Buildings without levels: the highest may be among them. */
  readonly unknown: number;
}

function levelsOf(buildings: readonly BuildingFact[]): Levels | undefined {
  const known = buildings.flatMap(({ groundM, topM }) =>
    groundM === null || topM === null ? [] : [{ groundM, topM }],
  );
  if (known.length === 0) return undefined;
  const bases = known.map(({ groundM }) => groundM);
  return {
    lowM: Math.min(...bases),
    highM: Math.max(...bases),
    topM: Math.max(...known.map(({ topM }) => topM)),
    unknown: buildings.length - known.length,
  };
}

function held(draft: Draft, { highM, topM, unknown }: Levels, limits: Limits): Draft {
  const { pl, en } = standing(topM, limits);
  const [room, base, top] = [limits.fromM - highM, highM, topM].map(toTenth);
  const others = {
    pl: unknown > 0 ? ` Budynków bez modelu 3D (${unknown}) nie oceniono.` : '',
    en: unknown > 0 ? ` Buildings without a 3D model (${unknown}) are not assessed.` : '',
  };
  return {
    ...draft,
    reason: {
      pl: `${draft.reason.pl} Podstawa budynku na działce ma rzędną ${base} m: do powierzchni zostaje ${room} m nad nią. Najwyższy budynek sięga ${top} m: ${pl}.${others.pl}`,
      en: `${draft.reason.en} The base of the building on the parcel is at ${base} m: ${room} m are left above it up to the surface. The highest building reaches ${top} m: ${en}.${others.en}`,
    },
    measured: { ...draft.measured, value: toTenth(topM), unit: 'm' },
    trace: [
      ...(draft.trace ?? []),
      `ground and building by the 3D model: base ${highM.toFixed(2)} m, top ${topM.toFixed(2)} m against ${limits.fromM}–${limits.toM} m, heights ± ${LIGHT_HEIGHT_BOUND_M} m (an assumption)`,
    ],
  };
}

function standing(topM: number, { fromM, toM }: Limits): Text {
  if (topM + LIGHT_HEIGHT_BOUND_M <= fromM) return { pl: 'poniżej powierzchni', en: 'below the surface' };
  if (topM - LIGHT_HEIGHT_BOUND_M > toM) return { pl: 'przebija powierzchnię', en: 'it pierces the surface' };
  return {
    pl: 'w granicach dokładności danych nie da się rozstrzygnąć, czy ją przebija',
    en: 'within the accuracy of the data nobody can say whether it pierces the surface',
  };
}

const LIMIT_UNKNOWN = notAssessedBecause(
  'Dane nie podają rzędnej powierzchni nad działką: ile zostaje nad terenem, nie oceniono.',
  'The data do not give the level of the surface over the parcel: what is left above the ground is not assessed.',
);

function groundUnknown({ buildings }: ParcelFacts): Draft {
  const near = levelsOf(buildings);
  const [low, high] = near ? [toTenth(near.lowM), toTenth(near.highM)] : [];
  const around = {
    pl: near ? ` Podstawy budynków w pobliżu mają rzędne ${low}–${high} m.` : '',
    en: near ? ` The bases of buildings nearby are at ${low}–${high} m.` : '',
  };
  return notAssessedBecause(
    `Na działce nie ma budynku z modelem 3D ani innej rzędnej terenu: ile zostaje od terenu do powierzchni, nie oceniono; rzędną terenu trzeba odjąć.${around.pl}`,
    `There is no building with a 3D model on the parcel and no other level of its ground: what is left between ground and surface is not assessed; the level of the ground is to be subtracted.${around.en}`,
  );
}
