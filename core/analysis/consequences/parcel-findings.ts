/** The whole check of the parcels that edits reach, made in both states: what appears, vanishes or becomes else. */
import type { Consequences, ParcelChecks, ParcelFinding } from '../../wire/consequences.ts';
import type { Finding, Measured } from '../../wire/parcel-check.ts';
import type { RunWatch } from '../model.ts';
import { checkParcel } from '../parcel-check/check-parcel.ts';
import type { ParcelFacts } from '../parcel-check/facts.ts';
import { RULES } from '../parcel-check/rules.ts';
import type { CheckFacts } from './facts.ts';

/** Findings of each parcel of one state, by its id. */
export type CheckedState = ReadonlyMap<string, readonly Finding[]>;

export interface ComparedChecks {
  readonly before: CheckedState;
  readonly after: CheckedState;
  readonly result: ParcelChecks;
  readonly notAssessed: Consequences['notAssessed'];
}

/** @param lawDate YYYY-MM-DD */
export function compareChecks(checks: CheckFacts, lawDate: string, watch: RunWatch): ComparedChecks {
  const before = checked(checks.before, lawDate, { ...watch, progress: (part) => watch.progress(part / 2) });
  const after = checked(checks.after, lawDate, {
    ...watch,
    progress: (part) => watch.progress((1 + part) / 2),
  });
  const parcels = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return {
    before,
    after,
    result: {
      parcels: parcels.length,
      reached: checks.reached,
      findings: parcels.flatMap((parcel) => differences(parcel, before.get(parcel), after.get(parcel))),
    },
    notAssessed: [...uncheckedParcels(parcels.length, checks.reached), ...silentRules([before, after])],
  };
}

function checked(parcels: readonly ParcelFacts[], lawDate: string, watch: RunWatch): CheckedState {
  const state = new Map<string, readonly Finding[]>();
  for (const [index, facts] of parcels.entries()) {
    if (!watch.isWanted()) break;
    watch.progress(index / parcels.length);
    state.set(facts.parcel.id, checkParcel(facts, lawDate).findings);
  }
  return state;
}

/**
 * In the order of the rules. A finding that only says that there is nothing is not told; of a parcel that one of the
 * states has not, neither is what nobody knows.
 */
function differences(
  parcel: string,
  before: readonly Finding[] | undefined,
  after: readonly Finding[] | undefined,
): readonly ParcelFinding[] {
  const parcelState = before ? (after ? 'kept' : 'gone') : 'new';
  return pairs(before ?? [], after ?? []).flatMap(([was, is]): readonly ParcelFinding[] => {
    const told = isTold(is) ? is : was;
    if (parcelState !== 'kept' && told?.state === 'not-assessed') return [];
    const change = changeOf(was, is);
    if (!told || !change) return [];
    const { id, rule, category, title, strength, objects, law } = told;
    const significance = significanceOf(was, is);
    return [
      {
        parcel,
        parcelState,
        ...{ id, rule, category, title, strength, objects },
        law: { provision: law.provision, act: law.act, unit: law.unit, certainty: law.certainty },
        change,
        ...(was && { before: saidBy(was) }),
        ...(is && { after: saidBy(is) }),
        ...(significance && { significance }),
      },
    ];
  });
}

type Pair = readonly [was: Finding | undefined, is: Finding | undefined];

/**
 * The same finding of both states, by rule: that of the same id; where its first object is another one, that of the
 * same state; else what says that there is nothing.
 */
function pairs(before: readonly Finding[], after: readonly Finding[]): readonly Pair[] {
  return [...new Set([...before, ...after].map(({ rule }) => rule))].flatMap((rule): readonly Pair[] => {
    const was = before.filter((finding) => finding.rule === rule);
    const is = after.filter((finding) => finding.rule === rule);
    const matched = new Map<Finding, Finding>();
    const match = (isSame: (one: Finding, other: Finding) => boolean): void => {
      const taken = new Set(matched.values());
      for (const one of was.filter((each) => !matched.has(each))) {
        const other = is.find((each) => !taken.has(each) && isSame(one, each));
        if (!other) continue;
        matched.set(one, other);
        taken.add(other);
      }
    };
    match((one, other) => one.id === other.id);
    match((one, other) => one.state === other.state);
    const taken = new Set(matched.values());
    const [none, noneNow] = [was, is].map((findings) => findings.find((each) => !isTold(each)));
    return [
      ...was.map((one): Pair => [one, matched.get(one) ?? noneNow]),
      ...is.filter((each) => !taken.has(each)).map((each): Pair => [none, each]),
    ];
  });
}

const isTold = (finding: Finding | undefined): boolean =>
  finding !== undefined && finding.state !== 'does-not-apply';

function changeOf(was: Finding | undefined, is: Finding | undefined): ParcelFinding['change'] | undefined {
  if (!isTold(was)) return isTold(is) ? 'appears' : undefined;
  if (!isTold(is)) return 'vanishes';
  const same = JSON.stringify(was && saidBy(was)) === JSON.stringify(is && saidBy(is));
  return same ? undefined : 'changes';
}

const saidBy = ({ state, reason, measured, threshold }: Finding): NonNullable<ParcelFinding['before']> => ({
  state,
  reason,
  ...(measured && { measured }),
  ...(threshold && { threshold }),
});

function significanceOf(was: Finding | undefined, is: Finding | undefined): ParcelFinding['significance'] {
  const states = [was?.state, is?.state];
  if (states.includes('not-assessed')) return undefined;
  if (was?.state !== is?.state) return states.includes('touches') ? 'within-error' : 'beyond-error';
  if (JSON.stringify(was?.threshold) !== JSON.stringify(is?.threshold)) return 'beyond-error';
  return isWithin(was?.measured, is?.measured) ? 'within-error' : 'beyond-error';
}

/** Whether no measure differs by more than its own doubt; what is measured without one has none. */
function isWithin(was: Measured = {}, is: Measured = {}): boolean {
  const areaM2 = Math.max(was.areaErrorM2 ?? 0, is.areaErrorM2 ?? 0);
  const distanceM = Math.max(was.distanceErrorM ?? 0, is.distanceErrorM ?? 0);
  const apart = (key: 'areaM2' | 'distanceM' | 'lengthM' | 'value') =>
    Math.abs((is[key] ?? 0) - (was[key] ?? 0));
  return (
    apart('areaM2') <= areaM2 &&
    apart('distanceM') <= distanceM &&
    apart('lengthM') === 0 &&
    apart('value') === 0 &&
    areaM2 + distanceM > 0
  );
}

function uncheckedParcels(parcels: number, reached: number): Consequences['notAssessed'] {
  if (parcels >= reached) return [];
  return [
    {
      name: 'parcels-beyond-check',
      title: { pl: 'Ograniczenia dalszych działek', en: 'Constraints of parcels farther off' },
      reason: {
        pl: `Zmiany mogą dotyczyć ${reached} działek; sprawdzono ${parcels} najbliższych. Zawęź obszar (bbox), aby sprawdzić pozostałe.`,
        en: `The edits can reach ${reached} parcels; the ${parcels} nearest were checked. Choose a smaller area (bbox) to check the others.`,
      },
    },
  ];
}

/** Rules that say nothing of any parcel in either state. */
function silentRules(states: readonly CheckedState[]): Consequences['notAssessed'] {
  const all = states.flatMap((state) => [...state.values()].flat());
  const heard = new Set(all.filter(({ state }) => state !== 'not-assessed').map(({ rule }) => rule));
  const silent = RULES.filter(({ id }) => !heard.has(id));
  if (all.length === 0 || silent.length === 0) return [];
  const named = (language: 'pl' | 'en') => silent.map(({ title }) => title[language]).join('; ');
  return [
    {
      name: 'parcel-rules-without-data',
      title: { pl: 'Ograniczenia działek bez danych', en: 'Constraints of parcels without data' },
      reason: {
        pl: `Na działkach w zasięgu zmian kontrola nie mogła ocenić (${silent.length} z ${RULES.length} reguł): ${named('pl')}.`,
        en: `On the parcels in reach the check could not assess (${silent.length} of ${RULES.length} rules): ${named('en')}.`,
      },
    },
  ];
}
