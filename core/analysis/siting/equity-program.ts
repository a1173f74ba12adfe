import { districtShares } from './district-shares.ts';
import { decisionsOf, type Made, openness } from './siting-decisions.ts';
import { tenth } from './siting-effect.ts';
import type { SitingTask } from './siting-task.ts';

/** Places for each hundred people (2SFCA) of districts: what a site adds does not hang on the others. */
export function equityProgram(task: SitingTask): Made {
  const decisions = decisionsOf(task);
  const { made, grow } = decisions;
  const of = openness(task, decisions);
  const { people, share, perPlace } = districtShares(task);
  const total = people.reduce((sum, each) => sum + each, 0);
  const worst = task.question.equityBy === 'worst-district' ? made.column(1, 0, Infinity) : -1;
  const measures: number[] = [];
  const beyondHelp: { district: string; name: string; people: number }[] = [];
  for (const [d, own] of people.entries()) {
    const entries: (readonly [number, number])[] = [];
    let base = 0;
    for (const [site, each] of share[d] as Map<number, number>) {
      const { column, sign, base: fixed } = of(site);
      base += fixed * each;
      if (column !== undefined) entries.push([column, sign * each]);
      const growth = site < task.facts.existing.length ? grow[site] : undefined;
      if (growth !== undefined) entries.push([growth, (perPlace[d] as Map<number, number>).get(site) ?? 0]);
    }
    // A district that nothing can help would hold all others down.
    if (own === 0 || (entries.length === 0 && base === 0)) {
      const district = task.facts.districts[d];
      if (own > 0 && district)
        beyondHelp.push({ district: district.id, name: district.name, people: tenth(own) });
      measures.push(-1);
      continue;
    }
    const measure = made.column(0, 0, Infinity);
    measures.push(measure);
    made.row(base, base, [[measure, 1], ...entries.map(([column, value]) => [column, -value] as const)]);
    if (worst !== -1)
      made.row(0, Infinity, [
        [measure, 1],
        [worst, -1],
      ]);
  }
  if (worst === -1) {
    const mean = measures.flatMap((measure, d) =>
      measure === -1 ? [] : [[measure, (people[d] as number) / total] as const],
    );
    for (const [d, measure] of measures.entries()) {
      if (measure === -1) continue;
      const away = made.column((people[d] as number) / total, 0, Infinity);
      const [plus, minus] = [new Map(mean), new Map(mean.map(([column, part]) => [column, -part] as const))];
      // away ≥ mean − measure, and away ≥ measure − mean.
      plus.set(measure, (plus.get(measure) ?? 0) - 1);
      minus.set(measure, (minus.get(measure) ?? 0) + 1);
      made.row(0, Infinity, [[away, 1], ...[...plus].map(([column, part]) => [column, -part] as const)]);
      made.row(0, Infinity, [[away, 1], ...[...minus].map(([column, part]) => [column, -part] as const)]);
    }
  }
  return { decisions, offset: 0, beyondHelp };
}
