/** Plans: which acts are in force, in which zones the parcel lies, and whether they cover it. */
import { COVERAGE_FACTOR, sigmaOfLayer } from '../accuracy.ts';
import type { AreaFact, ParcelFacts, PlanCoverFact } from '../facts.ts';
import { judgeCommon, toTenth } from '../judge.ts';
import { actOf, isInForce, type PlanKind, zonesInForce } from '../plan-in-force.ts';
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

/** Acts by their state on the day. */
const actRule = (
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
  needs: ['plan_acts', 'plan_zones'],
  find(facts, law, accuracy) {
    // A zone may end before its act does.
    const acts = facts.areas.filter(
      ({ layer }) => layer === 'plan_acts' || (layer === 'plan_zones' && id === 'plan-not-in-force'),
    );
    const drafts = acts.flatMap((act): readonly Draft[] => {
      if (!act.common || !matches(act, law.day)) return [];
      const { state, measured, trace } = judgeCommon(act.common, accuracy, sigmaOfLayer('plan_acts'));
      const { layer } = act;
      return [
        { state, layer, reason: reason(act), objects: [act.id], measured, geometry: act.common, trace },
      ];
    });
    return drafts.length > 0 ? drafts : [{ state: 'does-not-apply', reason: nothing }];
  },
});

const begun = ({ properties }: AreaFact, word: string): string =>
  properties['begun_on'] ? ` (${word} ${properties['begun_on']})` : '';

const AREA_WORDS: Readonly<Record<string, { readonly pl: string; readonly en: string }>> = {
  OUZ: {
    pl: 'obszar uzupełnienia zabudowy: decyzja o warunkach zabudowy jest tu możliwa',
    en: 'infill area: a decision on building conditions is possible here',
  },
  OZS: {
    pl: 'zabudowa śródmiejska: łagodniejsze zasady przesłaniania i słońca (związek z WT do sprawdzenia)',
    en: 'downtown: milder rules of obstruction and sun (the link to the technical conditions is to be verified)',
  },
  OSD: {
    pl: 'obowiązują odległości do szkoły i zieleni z planu ogólnego',
    en: 'the distances to school and green of the general plan apply',
  },
};

/** An area that the general plan draws: inside it something more is allowed or asked. */
function generalPlanArea(
  id: string,
  kind: string,
  provision: string,
  title: { pl: string; en: string },
): Rule {
  return {
    id,
    category: 'planning',
    title,
    provisions: [provision],
    needs: ['plan_areas'],
    find(facts, law, accuracy) {
      const drafts = facts.areas
        .filter(({ layer, properties }) => layer === 'plan_areas' && properties['kind'] === kind)
        .filter(({ properties }) => isInForce(properties, law.day))
        .flatMap((area): readonly Draft[] => {
          if (!area.common) return [];
          const { state, measured, trace } = judgeCommon(area.common, accuracy, sigmaOfLayer('plan_areas'));
          const words = AREA_WORDS[kind] ?? title;
          const named = `${area.properties['designation'] ?? area.id}`;
          const reason = { pl: `${named}: ${words.pl}.`, en: `${named}: ${words.en}.` };
          return [{ state, reason, objects: [area.id], measured, geometry: area.common, trace }];
        });
      if (drafts.length > 0) return drafts;
      return [
        {
          state: 'does-not-apply',
          reason: {
            pl: 'Plan ogólny nie wyznacza tu takiego obszaru.',
            en: 'The general plan draws no such area here.',
          },
        },
      ];
    },
  };
}

function buildingLineDrafts(...[facts, law, accuracy]: Parameters<Rule['find']>): readonly Draft[] {
  const sigmaM = accuracy.sigmaOfDistance(sigmaOfLayer('building_lines'));
  const lines = facts.buildingLines.filter((line) =>
    isInForce({ status: line.status, in_force_since: line.since, in_force_until: line.until }, law.day),
  );
  if (lines.length === 0) {
    return [
      {
        state: 'does-not-apply',
        reason: {
          pl: 'Przez działkę nie biegnie linia zabudowy planu.',
          en: 'No building line of a plan runs over the parcel.',
        },
      },
    ];
  }
  return lines.map(({ id, kind, offsetM, lengthM, distanceM }): Draft => {
    const away = offsetM === null ? '' : `, ${offsetM} m`;
    return {
      state: lengthM > COVERAGE_FACTOR * sigmaM ? 'applies' : 'touches',
      reason:
        kind === 'obligatory'
          ? {
              pl: `Obowiązująca linia zabudowy${away}: ściana frontowa stoi na niej.`,
              en: `Obligatory building line${away}: the front wall stands on it.`,
            }
          : {
              pl: `Nieprzekraczalna linia zabudowy${away}: zabudowa jej nie przekracza.`,
              en: `Maximal building line${away}: buildings do not cross it.`,
            },
      objects: [id],
      measured: { lengthM: toTenth(lengthM), ...(lengthM === 0 && { distanceM: toTenth(distanceM) }) },
      trace: [`${lengthM.toFixed(2)} m of the line on the parcel, σ ${sigmaM.toFixed(2)} m`],
    };
  });
}

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
      threshold: { must: '<', value: toTenth(COVERAGE_FACTOR * judged.sigmaM2), unit: 'm2' },
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
  actRule(
    'plan-act',
    { pl: 'Obowiązujące akty planowania', en: 'Planning acts in force' },
    ({ properties }, day) => isInForce(properties, day),
    (act) => ({
      pl: `Obowiązuje: ${actOf(act) || act.id}, od ${act.properties['in_force_since'] ?? '?'}.`,
      en: `In force: ${actOf(act) || act.id}, since ${act.properties['in_force_since'] ?? '?'}.`,
    }),
    { pl: 'Żaden akt planowania tu nie obowiązuje.', en: 'No planning act is in force here.' },
  ),
  actRule(
    'plan-in-preparation',
    { pl: 'Plan w przygotowaniu', en: 'Plan in preparation' },
    ({ properties }) => BEING_MADE.includes(String(properties['status'])),
    (act) => ({
      pl: `W przygotowaniu: ${actOf(act) || act.id}${begun(act, 'przystąpienie')}; jeszcze nie obowiązuje, postępowanie WZ można zawiesić.`,
      en: `In preparation: ${actOf(act) || act.id}${begun(act, 'begun')}; not in force yet, a procedure on conditions may be suspended.`,
    }),
    {
      pl: 'Rejestr aktów nie zna planu w przygotowaniu.',
      en: 'The register of acts knows none in preparation.',
    },
  ),
  actRule(
    'plan-not-in-force',
    { pl: 'Plan nieobowiązujący', en: 'Plan not in force' },
    ({ properties }, day) =>
      !BEING_MADE.includes(String(properties['status'])) && !isInForce(properties, day),
    (act) => {
      const { in_force_since: since, in_force_until: until } = act.properties;
      return {
        pl: `${actOf(act) || act.id} nie obowiązuje tego dnia (od ${since ?? '?'} do ${until ?? '…'}); jego ustaleń nie stosuje się.`,
        en: `${actOf(act) || act.id} is not in force on that day (from ${since ?? '?'} to ${until ?? '…'}); its rules do not count.`,
      };
    },
    { pl: 'Nie ma tu wygasłego ani przyszłego planu.', en: 'There is no ended or future plan here.' },
  ),
  generalPlanArea('infill-area', 'OUZ', 'WZ-61-1', {
    pl: 'Obszar uzupełnienia zabudowy',
    en: 'Building-infill area (OUZ)',
  }),
  generalPlanArea('downtown-area', 'OZS', 'WT-13', {
    pl: 'Obszar zabudowy śródmiejskiej',
    en: 'Downtown area (OZS)',
  }),
  generalPlanArea('access-standards', 'OSD', 'UPZP-13a', {
    pl: 'Standardy dostępności infrastruktury',
    en: 'Access standards of social infrastructure (OSD)',
  }),
  {
    id: 'building-line',
    category: 'planning',
    title: { pl: 'Linia zabudowy', en: 'Building line' },
    provisions: ['UPZP-15-LINE'],
    needs: ['building_lines'],
    find: buildingLineDrafts,
  },
];

/** The zones of which parameters bind: those of the local plan, else those of the general one. */
export function bindingZones(facts: ParcelFacts, day: string): readonly AreaFact[] {
  const local = zonesInForce(facts, 'local', day);
  return local.length > 0 ? local : zonesInForce(facts, 'general', day);
}
