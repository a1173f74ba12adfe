import { chooseBounded } from './choose-bounded.ts';
import { chooseByCost, chooseCenter, chooseFewest, chooseReach } from './choose-freely.ts';
import type { ChoiceWatch, FoundSites } from './found-sites.ts';
import { relativeGap } from './siting-answer.ts';
import type { SitingTask } from './siting-task.ts';

/** Questions to the watch before a search ends with what it has: a count, so that every machine ends at the same. */
const PATIENCE = 60_000;
/** Questions after which the integer program takes over. */
const QUICK = 250;
const ROUNDING = 1e-9;

/** The best sites for a question, by the search that proves most of its kind. */
export function chooseSites(task: SitingTask, watch: ChoiceWatch): FoundSites {
  const { objective, existing, minDistanceM } = task.question;
  const isFree = existing === 'fixed' && minDistanceM === undefined && !task.weighsCost;
  const patience = patient(PATIENCE, watch);
  if (isFree && objective === 'coverage') return provenReach(task, watch);
  if (isFree && objective === 'p-median') return chooseByCost(task, 0, patience);
  if (isFree && objective === 'p-center') return chooseCenter(task, patience);
  if (isFree && objective === 'lscp') return chooseFewest(task, patience);
  return chooseBounded(task, watch);
}

/** Counts questions, so that every machine ends at the same. */
function patient(most: number, watch: ChoiceWatch) {
  let asked = 0;
  return { ...watch, isWanted: () => asked++ < most && watch.isWanted() };
}

/** Our own search first: it finds quickly, and often proves. What it leaves open the integer program settles. */
function provenReach(task: SitingTask, watch: ChoiceWatch): FoundSites {
  const isQuick = watch.solve !== undefined && task.newSites > 1;
  const own = chooseReach(task, patient(isQuick ? QUICK : PATIENCE, watch));
  if (own.isProven || !watch.solve || !watch.isWanted()) return own;
  const settled = chooseBounded(task, watch, own.sites);
  const best = settled.objective >= own.objective ? settled : own;
  const bound = Math.max(best.objective, Math.min(settled.bound, own.bound));
  // Sums of some thousand floats.
  const isProven = bound - best.objective <= ROUNDING * Math.max(1, best.objective);
  const gap = isProven ? 0 : relativeGap(best.objective, bound);
  return { ...best, bound: isProven ? best.objective : bound, isProven, gap, runnerUp: settled.runnerUp };
}
