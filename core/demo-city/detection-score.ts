/** How well faults are found: what was made to go wrong beside what the rules said. */
import type { QualityRule } from '../live/quality/quality-rule.ts';
import type { FaultKind, SimulatedFault } from './simulated-day.ts';

/** A doubt of the rules, of a stream known by its thing and name. */
export interface FoundEpisode {
  readonly rule: QualityRule;
  readonly thing: string;
  readonly datastream: string;
  readonly fromMs: number;
  /** Time of the last value in doubt. */
  readonly toMs: number;
  /** When it was known. */
  readonly knownMs: number;
}

export interface RuleScore {
  readonly rule: QualityRule;
  readonly fault: FaultKind;
  /** Faults of the kind that the rule is for. */
  readonly made: number;
  /** Of them those that were found by it. */
  readonly found: number;
  /** Episodes of the rule. */
  readonly said: number;
  /** Of them those of a stream that was at fault then, in whatever way. */
  readonly right: number;
  /** From the beginning of each fault that was found to the moment when it was known, seconds. */
  readonly delaysS: readonly number[];
}

/** By the first of its rules each fault should be found; a wild value may also be an impossible one. */
const FINDS: Readonly<Record<FaultKind, readonly [QualityRule, ...QualityRule[]]>> = {
  freeze: ['flat-line'],
  lie: ['neighbours'],
  spikes: ['spike', 'range'],
  nonsense: ['range'],
  outage: ['outage'],
  clock: ['clock'],
};

/** A fault is felt a little beyond its ends: the first good value comes an interval later. */
const LEEWAY_MS = 1_800_000;

export function scoreDetection(
  faults: readonly SimulatedFault[],
  episodes: readonly FoundEpisode[],
): readonly RuleScore[] {
  return (Object.keys(FINDS) as FaultKind[]).map((fault) => {
    const rules = FINDS[fault];
    const made = faults.filter(({ kind }) => kind === fault);
    const said = episodes.filter(({ rule }) => rule === rules[0]);
    const delaysS = made.flatMap((one) => {
      const known = episodes.flatMap((episode) =>
        rules.includes(episode.rule) && isOf(one, episode) ? [episode.knownMs] : [],
      );
      return known.length === 0 ? [] : [(Math.min(...known) - one.fromMs) / 1000];
    });
    return {
      rule: rules[0],
      fault,
      made: made.length,
      found: delaysS.length,
      said: said.length,
      right: said.filter((episode) => faults.some((one) => isOf(one, episode))).length,
      delaysS,
    };
  });
}

const isOf = (fault: SimulatedFault, { thing, datastream, fromMs, toMs }: FoundEpisode): boolean =>
  fault.thing === thing &&
  fault.datastream === datastream &&
  fromMs <= fault.toMs + LEEWAY_MS &&
  toMs >= fault.fromMs - LEEWAY_MS;
