import { randomOf } from '../../demo-city/random.ts';
import type { SitingResult } from '../../wire/siting-answer.ts';
import { chooseSites } from './choose-sites.ts';
import type { ChoiceWatch, FoundSites } from './found-sites.ts';
import type { SitingTask } from './siting-task.ts';

/**
 * How often each candidate stays in the best choice when the demand of each place and the walking speed differ by what
 * the question says. The question as it was asked is one of the runs.
 */
export function sensitivityOf(
  task: SitingTask,
  found: FoundSites,
  watch: ChoiceWatch,
): SitingResult['sensitivity'] {
  const { question, terms, demand, newSite } = task;
  // Whoever waits is told of the question as it was asked.
  const { onBetter: _, ...quietly } = watch;
  const times = new Map<number, number>();
  const count = (sites: readonly number[]) => {
    for (const row of sites) times.set(row, (times.get(row) ?? 0) + 1);
  };
  let runs = 0;
  for (let run = 0; run < task.sensitivityRuns && watch.isWanted(); run++) {
    runs++;
    if (run === 0) {
      count(found.sites);
      continue;
    }
    const random = randomOf('siting sensitivity', question.seed, run);
    const around = (percent: number) => 1 + (percent / 100) * (2 * random.next() - 1);
    const metresPerMin = terms.metresPerMin * around(question.speedPct);
    const people = demand.people.map((each) => each * around(question.demandPct));
    const varied: SitingTask = {
      ...task,
      withRival: false,
      terms: { ...terms, metresPerMin, reachM: terms.walkMinutes * metresPerMin },
      demand: { ...demand, people },
    };
    count(chooseSites(varied, quietly).sites);
  }
  return [...times]
    .sort(([a, many], [b, more]) => more - many || a - b)
    .map(([row, often]) => {
      const { id, e, n } = newSite(row);
      return { candidate: id, place: { e, n }, share: Math.round((1000 * often) / runs) / 1000 };
    });
}
