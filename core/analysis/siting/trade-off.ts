import type { SitingResult } from '../../wire/siting-answer.ts';
import type { RunWatch } from '../model.ts';
import { chooseByCost } from './choose-freely.ts';
import { stateOf } from './siting-effect.ts';
import type { SitingTask } from './siting-task.ts';

/** Of reach against walks. */
const WEIGHTS = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1] as const;
const PATIENCE = 20_000;

/**
 * Choices between two aims: that many are within reach, and that all together walk little. Each weight is a p-median of
 * its own, so each choice is as proven as that is; choices that another one beats in both are left out.
 */
export function tradeOffOf(task: SitingTask, watch: Pick<RunWatch, 'isWanted'>): SitingResult['tradeOff'] {
  const { facts, table, demand, terms, newSite } = task;
  const stays = facts.existing.map((_, row) => row);
  const choices: SitingResult['tradeOff'] = [];
  for (const weight of WEIGHTS) {
    if (!watch.isWanted()) break;
    let asked = 0;
    const found = chooseByCost(task, weight, { isWanted: () => asked++ < PATIENCE && watch.isWanted() });
    const { told } = stateOf(table, [...stays, ...found.sites], undefined, demand.people, terms);
    choices.push({
      weight,
      sites: found.sites.map((row) => newSite(row).id),
      served: told.served,
      walkMinutesMean: told.walkMinutesMean,
      proven: found.isProven,
    });
  }
  const isBeaten = (one: (typeof choices)[number]) =>
    choices.some(
      (other) =>
        other.served >= one.served &&
        (other.walkMinutesMean ?? Infinity) <= (one.walkMinutesMean ?? Infinity) &&
        (other.served > one.served ||
          (other.walkMinutesMean ?? Infinity) < (one.walkMinutesMean ?? Infinity)),
    );
  const seen = new Set<string>();
  return choices
    .filter((one) => !isBeaten(one) && !seen.has(one.sites.join()) && seen.add(one.sites.join()))
    .sort((a, b) => a.served - b.served);
}
