/** Plans: which acts are in force, in which zones the parcel lies, and whether they cover it. */
import { COVERAGE_FACTOR, sigmaOfLayer } from '../accuracy.ts';
import type { AreaFact, ParcelFacts, PlanCoverFact } from '../facts.ts';
import { judgeCommon, toTenth } from '../judge.ts';
import { actOf, isInForce, type PlanKind, zonesInForce, zonesOf } from '../plan-in-force.ts';
import type { DayLaw, Draft, Rule } from '../rule.ts';

const WORDS = {
  local: { pl: 'plan miejscowy', en: 'local plan' },
  general: { pl: 'plan ogólny', en: 'general plan' },
} as const;

const zoneRule = (kind: PlanKind, provisions: Rule['provisions']): Rule => ({
  id: `${kind}-plan-zone`,
  category: 'planning',
  title:
    kind === 'local'
      ? { pl: 'Teren planu miejscowego', en: 'Area of the local plan' }
      : { pl: 'Strefa planu ogólnego', en: 'Zone of the general plan' },
  provisions,
  needs: ['plan_zones'],
  find(facts, law, accuracy) {
    const drafts = zonesInForce(facts, kind, law.day).flatMap((zone): readonly Draft[] => {
      if (!zone.common) return [];
      const { state, measured, trace } = judgeCommon(zone.common, accuracy, sigmaOfLayer('plan_zones'));
      return [
        { state, reason: zoneReason(zone), objects: [zone.id], measured, geometry: zone.common, trace },
      ];
    });
    return drafts.length > 0 ? drafts : [none(kind, law)];
  },
});

const none = (kind: PlanKind, { day }: DayLaw): Draft => ({
  state: 'does-not-apply',
  reason: {
    pl: `Na działce nie obowiązuje ${WORDS[kind].pl} (stan na ${day}).`,
    en: `No ${WORDS[kind].en} is in force on the parcel (on ${day}).`,
  },
});

function zoneReason(zone: AreaFact): { pl: string; en: string } {
  const {
    designation,
    symbol,
    zone_kind: use,
    base_profile: base,
    additional_profile: more,
  } = zone.properties;
  const profile = [base, more].filter(Boolean).join('; ');
  const named = `${designation ?? symbol ?? zone.id}${use && use !== symbol ? ` (${use})` : ''}`;
  const act = actOf(zone);
  return {
    pl: `Teren ${named}${profile ? `, profil: ${profile}` : ''}${act ? `; ${act}` : ''}.`,
    en: `Area ${named}${profile ? `, profile: ${profile}` : ''}${act ? `; ${act}` : ''}.`,
  };
}

/** Acts that are not in force: being made, or ended. */
const notInForce = (
  id: string,
  title: { pl: string; en: string },
  matches: (area: AreaFact, day: string) => boolean,
  reason: (area: AreaFact) => { pl: string; en: string },
  nothing: { pl: string; en: string },
): Rule => ({
  id,
  category: 'planning',
  title,
  provisions: ['UPZP-4'],
  needs: ['plan_zones'],
  find(facts, law, accuracy) {
    const drafts = [...zonesOf(facts, 'local'), ...zonesOf(facts, 'general')].flatMap(
      (zone): readonly Draft[] => {
        if (!zone.common || !matches(zone, law.day)) return [];
        const { state, measured, trace } = judgeCommon(zone.common, accuracy, sigmaOfLayer('plan_zones'));
        return [{ state, reason: reason(zone), objects: [zone.id], measured, geometry: zone.common, trace }];
      },
    );
    return drafts.length > 0 ? drafts : [{ state: 'does-not-apply', reason: nothing }];
  },
});

const BEING_MADE = ['elaboration', 'adoption'];

/** The general plan that must be in force for a decision on building conditions. */
function conditionsDrafts(...[facts, law]: Parameters<Rule['find']>): readonly Draft[] {
  const local = facts.planCover.find(({ planKind }) => planKind === 'local');
  if (local) {
    return [
      {
        state: 'does-not-apply',
        reason: {
          pl: 'O zabudowie rozstrzyga obowiązujący plan miejscowy, nie decyzja o warunkach zabudowy.',
          en: 'The local plan in force decides, not a decision on building conditions.',
        },
        objects: local.zones,
      },
    ];
  }
  const general = zonesInForce(facts, 'general', law.day);
  const needsGeneral = law.day >= '2026-07-01';
  if (needsGeneral && general.length === 0) {
    return [
      {
        state: 'applies',
        provision: 'WZ-59-3',
        reason: {
          pl: 'Nie ma planu miejscowego ani ogólnego: dla wniosków od 1.07.2026 decyzji WZ nie można wydać.',
          en: 'There is neither a local nor a general plan: for applications from 1.07.2026 no decision can be made.',
        },
      },
    ];
  }
  return [
    {
      state: 'applies',
      reason: {
        pl: `Nie ma planu miejscowego: potrzebna jest decyzja o warunkach zabudowy${needsGeneral ? ', zgodna z planem ogólnym' : ''}.`,
        en: `There is no local plan: a decision on building conditions is needed${needsGeneral ? ', in line with the general plan' : ''}.`,
      },
      objects: general.map(({ id }) => id),
    },
  ];
}

/** Zones must add up to the parcel: what is missing or there twice is a fault of the plan, and a finding. */
function coverageDrafts(...[facts, law, accuracy]: Parameters<Rule['find']>): readonly Draft[] {
  if (facts.planCover.length === 0) return [none('local', law)];
  const drafts = facts.planCover.flatMap((cover) => [
    ...massDraft(cover, 'hole', accuracy),
    ...massDraft(cover, 'overlap', accuracy),
  ]);
  if (drafts.length > 0) return drafts;
  return [
    {
      state: 'does-not-apply',
      reason: {
        pl: 'Tereny planu sumują się do powierzchni działki.',
        en: 'The areas of the plan add up to the parcel.',
      },
      objects: facts.planCover.flatMap(({ zones }) => zones),
      trace: facts.planCover.map(
        ({ planKind, sumM2, unionM2 }) =>
          `${planKind}: sum ${sumM2.toFixed(2)} m², union ${unionM2.toFixed(2)} m², parcel ${accuracy.areaM2.toFixed(2)} m²`,
      ),
    },
  ];
}

/** Corners of zones are copied from parcels: less than this is rounding of coordinates to a centimetre. */
const ROUNDING_M2 = 0.1;

function massDraft(
  cover: PlanCoverFact,
  kind: 'hole' | 'overlap',
  accuracy: Parameters<Rule['find']>[2],
): readonly Draft[] {
  const place = cover[kind];
  if (!place) return [];
  const judged = judgeCommon(place, accuracy, sigmaOfLayer('plan_zones'));
  if (judged.areaM2 < ROUNDING_M2) return [];
  const words = WORDS[cover.planKind];
  const pl = kind === 'hole' ? 'nie obejmuje' : 'obejmuje podwójnie';
  const en = kind === 'hole' ? 'leaves out' : 'covers twice';
  return [
    {
      state: judged.state,
      reason: {
        pl: `${words.pl[0]?.toUpperCase()}${words.pl.slice(1)} ${pl} ${toTenth(judged.areaM2)} m² działki.`,
        en: `The ${words.en} ${en} ${toTenth(judged.areaM2)} m² of the parcel.`,
      },
      objects: [...cover.zones],
      measured: judged.measured,
      threshold: { operator: '<', value: toTenth(COVERAGE_FACTOR * judged.sigmaM2), unit: 'm2' },
      geometry: place,
      trace: [
        ...judged.trace,
        `${cover.planKind}: sum ${cover.sumM2.toFixed(2)} m², union ${cover.unionM2.toFixed(2)} m²`,
      ],
    },
  ];
}

export const PLANNING_RULES: readonly Rule[] = [
  zoneRule('local', ['UPZP-14-8', 'UPZP-4']),
  zoneRule('general', ['UPZP-13a']),
  {
    id: 'plan-coverage',
    category: 'planning',
    title: { pl: 'Bilans terenów planu', en: 'Balance of the areas of plans' },
    provisions: ['MPZP-2404'],
    needs: ['plan_zones'],
    find: coverageDrafts,
  },
  {
    id: 'building-conditions',
    category: 'planning',
    title: { pl: 'Decyzja o warunkach zabudowy', en: 'Decision on building conditions' },
    provisions: ['WZ-61-1', 'WZ-59-3'],
    needs: ['plan_zones'],
    find: conditionsDrafts,
  },
  notInForce(
    'plan-in-preparation',
    { pl: 'Plan w przygotowaniu', en: 'Plan in preparation' },
    ({ properties }) => BEING_MADE.includes(String(properties['status'])),
    (zone) => ({
      pl: `W przygotowaniu: ${actOf(zone) || zone.id}; jeszcze nie obowiązuje, postępowanie WZ można zawiesić.`,
      en: `In preparation: ${actOf(zone) || zone.id}; not in force yet, a procedure on conditions may be suspended.`,
    }),
    {
      pl: 'Rejestr planów nie zna planu w przygotowaniu.',
      en: 'The register of plans knows none in preparation.',
    },
  ),
  notInForce(
    'plan-not-in-force',
    { pl: 'Plan nieobowiązujący', en: 'Plan not in force' },
    ({ properties }, day) =>
      !BEING_MADE.includes(String(properties['status'])) && !isInForce(properties, day),
    (zone) => {
      const { in_force_since: since, in_force_until: until } = zone.properties;
      return {
        pl: `${actOf(zone) || zone.id} nie obowiązuje tego dnia (od ${since ?? '?'} do ${until ?? '…'}); jego ustaleń nie stosuje się.`,
        en: `${actOf(zone) || zone.id} is not in force on that day (from ${since ?? '?'} to ${until ?? '…'}); its rules do not count.`,
      };
    },
    { pl: 'Nie ma tu wygasłego ani przyszłego planu.', en: 'There is no ended or future plan here.' },
  ),
];

/** The zones of which parameters bind: those of the local plan, else those of the general one. */
export function bindingZones(facts: ParcelFacts, day: string): readonly AreaFact[] {
  const local = zonesInForce(facts, 'local', day);
  return local.length > 0 ? local : zonesInForce(facts, 'general', day);
}
