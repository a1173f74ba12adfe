/** The parcel check of every candidate of a siting question, counted rule by rule. */
import type { SitingFacts } from '../../core/analysis/siting/siting-facts.ts';
import type { Finding, ParcelCheck } from '../../core/wire/parcel-check.ts';
import type { CandidateChecks, Sited } from '../../core/wire/siting-answer.ts';
import type { View } from '../access/view.ts';
import type { ParcelChecks } from '../services/parcel-checks.ts';

export interface CheckedCandidates {
  readonly byParcel: ReadonlyMap<string, NonNullable<Sited['checkStates']>>;
  readonly told: CandidateChecks;
}

export async function checkedCandidates(
  parcelChecks: ParcelChecks,
  { candidates }: SitingFacts,
  view: View,
  signal: AbortSignal,
): Promise<CheckedCandidates> {
  const parcels = [...new Set(candidates.flatMap(({ parcel }) => parcel ?? []))];
  if (parcels.length === 0) return { byParcel: new Map(), told: { parcels: 0, rules: [] } };
  const { checks } = await parcelChecks.many(
    { parcels, lawDate: undefined, withGeometry: false },
    view,
    signal,
  );
  return {
    byParcel: new Map(checks.map((check) => [check.parcel.id, statesOf(check)])),
    told: { parcels: checks.length, rules: rulesOf(checks) },
  };
}

function statesOf({ parcel, findings }: ParcelCheck) {
  const count = (state: string) => findings.filter((finding) => finding.state === state).length;
  return {
    parcel: parcel.id,
    applies: count('applies'),
    touches: count('touches'),
    doesNotApply: count('does-not-apply'),
    notAssessed: count('not-assessed'),
  };
}

/** A parcel counts once for each rule, by its gravest state. */
function rulesOf(checks: readonly ParcelCheck[]): CandidateChecks['rules'] {
  const rules = new Map<string, CandidateChecks['rules'][number] & { weight: number }>();
  for (const { findings } of checks) {
    const gravest = new Map<string, Finding>();
    for (const finding of findings) {
      const known = gravest.get(finding.rule);
      if (!known || GRAVITY[finding.state] > GRAVITY[known.state]) gravest.set(finding.rule, finding);
    }
    for (const { rule, title, category, state } of gravest.values()) {
      const weight = category === 'noise' || rule.includes('sun') ? 1 : 0;
      const sum = rules.get(rule) ?? { rule, title, applies: 0, touches: 0, notAssessed: 0, weight };
      if (state === 'applies') sum.applies++;
      if (state === 'touches') sum.touches++;
      if (state === 'not-assessed') sum.notAssessed++;
      rules.set(rule, sum);
    }
  }
  return [...rules.values()]
    .filter(({ applies, touches, notAssessed }) => applies + touches + notAssessed > 0)
    .sort((a, b) => b.weight - a.weight || b.applies - a.applies || (a.rule < b.rule ? -1 : 1))
    .map(({ weight: _, ...rule }) => rule);
}

const GRAVITY: Readonly<Record<Finding['state'], number>> = {
  applies: 3,
  touches: 2,
  'not-assessed': 1,
  'does-not-apply': 0,
};
