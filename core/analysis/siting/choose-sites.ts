import { notSupported } from '../../errors.ts';
import type { RunWatch } from '../model.ts';
import { chooseByCost, chooseCenter, chooseFewest, chooseReach } from './choose-freely.ts';
import type { FoundSites } from './found-sites.ts';
import type { SitingTask } from './siting-task.ts';

/** Questions to the watch before a search ends with what it has: a count, so that every machine ends at the same. */
const PATIENCE = 60_000;

/** The best sites for a question, by the search that proves most of its kind. */
export function chooseSites(task: SitingTask, watch: Pick<RunWatch, 'isWanted'>): FoundSites {
  let asked = 0;
  const patience = { isWanted: () => asked++ < PATIENCE && watch.isWanted() };
  const { objective, existing, minDistanceM } = task.question;
  if (existing !== 'fixed' || minDistanceM !== undefined) {
    throw notSupported('Facilities that close or grow and least distances are not searched yet', 'existing');
  }
  switch (objective) {
    case 'p-median':
      return chooseByCost(task, 0, patience);
    case 'p-center':
      return chooseCenter(task, patience);
    case 'lscp':
      return chooseFewest(task, patience);
    case 'capacitated':
    case 'equity':
      throw notSupported(`The objective ${objective} is not searched yet`, 'objective');
    case 'coverage':
      return chooseReach(task, patience);
  }
}
