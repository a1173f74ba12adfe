import type { RunWatch } from '../model.ts';
import { chooseBounded } from './choose-bounded.ts';
import { chooseByCost, chooseCenter, chooseFewest, chooseReach } from './choose-freely.ts';
import type { FoundSites } from './found-sites.ts';
import type { SitingTask } from './siting-task.ts';

/** Questions to the watch before a search ends with what it has: a count, so that every machine ends at the same. */
const PATIENCE = 60_000;

/** The best sites for a question, by the search that proves most of its kind. */
export function chooseSites(task: SitingTask, watch: Pick<RunWatch, 'isWanted' | 'solve'>): FoundSites {
  const { objective, existing, minDistanceM } = task.question;
  const isFree = existing === 'fixed' && minDistanceM === undefined;
  let asked = 0;
  const patience = { isWanted: () => asked++ < PATIENCE && watch.isWanted() };
  if (isFree && objective === 'coverage') return chooseReach(task, patience);
  if (isFree && objective === 'p-median') return chooseByCost(task, 0, patience);
  if (isFree && objective === 'p-center') return chooseCenter(task, patience);
  if (isFree && objective === 'lscp') return chooseFewest(task, patience);
  return chooseBounded(task, watch);
}
