/**
 * Questions in which sites depend on each other (places, least distances, facilities that close or grow) or that weigh
 * districts against each other: integer programs, solved by whoever the watch brings along.
 */
import { customerGroups } from '../access/places.ts';
import { byCustomer, within } from '../access/walk-subsets.ts';
import type { ProgramSolver } from '../integer-program/integer-program.ts';
import { equityProgram } from './equity-program.ts';
import type { ChoiceWatch, FoundSites } from './found-sites.ts';
import { readProgram } from './read-program.ts';
import { decisionsOf, type Made, openness, opennessSum } from './siting-decisions.ts';
import { sitingRefusal } from './siting-refusal.ts';
import { LONGEST_WALK_M, type SitingTask } from './siting-task.ts';

/** Rows of a program beyond which it is not worth beginning. */
const MOST_ROWS = 200_000;
const CAPACITY_GAP = 1e-4;

/** @param begin rows of candidates that are a good choice already */
export function chooseBounded(
  task: SitingTask,
  watch: ChoiceWatch,
  begin: readonly number[] = [],
): FoundSites {
  const { solve } = watch;
  if (!solve)
    throw sitingRefusal(
      'no-solver',
      'This question needs a solver of integer programs, which is not loaded here',
      {},
      'not-supported',
    );
  const { objective } = task.question;
  switch (objective) {
    case 'coverage':
      return solved(task, reachProgram(task), { unit: 'people', sense: 'maximise', begin }, solve, watch);
    case 'capacitated':
      return solved(
        task,
        placesProgram(task),
        { unit: 'people', sense: 'maximise', gap: CAPACITY_GAP },
        solve,
        watch,
      );
    case 'p-median':
      return solved(
        task,
        walkProgram(task, 'sum'),
        { unit: 'people × min', sense: 'minimise' },
        solve,
        watch,
      );
    case 'p-center':
      return solved(task, walkProgram(task, 'longest'), { unit: 'min', sense: 'minimise' }, solve, watch);
    case 'lscp':
      return solved(task, fewestProgram(task), { unit: 'sites', sense: 'minimise' }, solve, watch);
    case 'equity':
      return solved(task, equityProgram(task), equityTerms(task), solve, watch);
  }
}

const equityTerms = ({ question }: SitingTask) =>
  question.equityBy === 'deviation'
    ? ({ unit: 'places per 100', sense: 'minimise' } as const)
    : ({ unit: 'places per 100', sense: 'maximise' } as const);

interface ProgramKind {
  readonly unit: FoundSites['unit'];
  readonly sense: 'minimise' | 'maximise';
  readonly gap?: number;
  readonly begin?: readonly number[];
}

function solved(
  task: SitingTask,
  { decisions, offset, beyondHelp = [] }: Made,
  { unit, sense, gap = 0, begin = [] }: ProgramKind,
  solve: ProgramSolver,
  watch: ChoiceWatch,
): FoundSites {
  const { made, open } = decisions;
  const terms = { relativeGap: gap, isWanted: () => watch.isWanted() };
  const { close, grow } = decisions;
  if ([...open, ...close, ...grow].every((column) => column === undefined)) {
    throw sitingRefusal(
      'all-too-near',
      'Every candidate stands too near to what is there; lower minDistanceM, or offer candidates farther off',
      {},
    );
  }
  const chosen = new Set(begin);
  const start = new Map<number, number>();
  for (const [at, column] of open.entries()) {
    const row = task.candidateRows[at] as number;
    if (begin.length > 0 && column !== undefined) start.set(column, chosen.has(row) ? 1 : 0);
  }
  const onBetter = (found: number, bound: number) => watch.onBetter?.(found + offset, bound + offset);
  const answer = solve(made.program(sense), { ...terms, start, onBetter });
  const best = { ...readProgram(task, decisions, answer, { unit, offset, gap }), beyondHelp };
  if (!task.withRival || !watch.isWanted()) return best;
  // Any other set of new sites: at least one of them is out, or another one in.
  const isChosen = (at: number) => best.sites.includes(task.candidateRows[at] as number);
  const entries = open.flatMap((column, at) =>
    column === undefined ? [] : [[column, isChosen(at) ? 1 : -1] as const],
  );
  made.row(-Infinity, best.sites.length - 1, entries);
  const second = solve(made.program(sense), terms);
  const rival =
    second.values &&
    readProgram(task, decisions, { ...second, values: second.values }, { unit, offset, gap });
  return {
    ...best,
    runnerUp:
      rival && rival.sites.length > 0 ? { sites: rival.sites, objective: rival.objective } : undefined,
  };
}

/** As many people as can be within reach. */
function reachProgram(task: SitingTask): Made {
  const decisions = decisionsOf(task);
  const of = openness(task, decisions);
  let offset = 0;
  for (const { people, sites } of customerGroups(within(task.table, task.terms.reachM), task.demand.people)
    .groups) {
    const { entries, base } = opennessSum(sites, of);
    if (entries.every(([, sign]) => sign > 0) && base > 0) {
      offset += people;
      continue;
    }
    if (entries.length === 0) continue;
    const covered = decisions.made.column(people, 0, 1);
    decisions.made.row(-Infinity, base, [[covered, 1], ...entries.map(([c, sign]) => [c, -sign] as const)]);
  }
  return { decisions, offset };
}

/** As few new sites as can be, so that all whom any candidate or facility can reach are within reach. */
function fewestProgram(task: SitingTask): Made {
  const decisions = decisionsOf(task, false);
  const of = openness(task, decisions);
  const { made, open } = decisions;
  const count = open.flatMap((column) => (column === undefined ? [] : [[column, -1] as const]));
  const total = made.column(1, 0, open.length);
  made.row(0, Infinity, [[total, 1], ...count]);
  for (const { sites } of customerGroups(within(task.table, task.terms.reachM), task.demand.people).groups) {
    const { entries, base } = opennessSum(sites, of);
    if (entries.length > 0 && (base === 0 || entries.some(([, sign]) => sign < 0))) {
      made.row(1 - base, Infinity, entries);
    }
  }
  return { decisions, offset: 0 };
}

/** As many people as can be get a place within reach. */
function placesProgram(task: SitingTask): Made {
  const decisions = decisionsOf(task);
  const { made, grow } = decisions;
  const { facts, terms, table, demand, newSite } = task;
  const of = openness(task, decisions);
  const flows = new Map<number, (readonly [number, number])[]>();
  for (const { people, sites } of customerGroups(within(table, terms.reachM), demand.people).groups) {
    const own: (readonly [number, number])[] = [];
    for (const site of sites) {
      const { column, base } = of(site);
      if (column === undefined && base === 0) continue;
      const flow = made.column(1, 0, people);
      own.push([flow, 1]);
      const known = flows.get(site);
      if (known) known.push([flow, 1]);
      else flows.set(site, [[flow, 1]]);
    }
    if (own.length > 1) made.row(-Infinity, people, own);
  }
  for (const [site, entries] of flows) {
    const places =
      site < facts.existing.length ? (facts.existing[site]?.capacity ?? 0) : (newSite(site).places ?? 0);
    const { column, sign, base } = of(site);
    const growth = grow[site];
    made.row(-Infinity, base * places, [
      ...entries,
      ...(column === undefined ? [] : [[column, -sign * places] as const]),
      ...(site < facts.existing.length && growth !== undefined ? [[growth, -1] as const] : []),
    ]);
  }
  return { decisions, offset: 0 };
}

/** Walks as the sum over rings: each ring within which nothing is open adds its width (Cornuéjols 1980). */
function walkProgram(task: SitingTask, aim: 'sum' | 'longest'): Made {
  const decisions = decisionsOf(task);
  const { made } = decisions;
  const { table, demand, terms, world } = task;
  const of = openness(task, decisions);
  const lists = byCustomer(table);
  const longest = aim === 'longest' ? made.column(1, 0, LONGEST_WALK_M / terms.metresPerMin) : -1;
  const farMin = LONGEST_WALK_M / terms.metresPerMin;
  let offset = 0;
  let rows = 0;
  for (let c = 0; c < table.customerCount; c++) {
    const people = demand.people[c] as number;
    if (!(people > 0) || (world.customers.offM[c] as number) === Number.POSITIVE_INFINITY) continue;
    const [from, to] = [lists.start[c] as number, lists.start[c + 1] as number];
    const order = Array.from({ length: to - from }, (_, k) => from + k).sort(
      (a, b) => (lists.metres[a] as number) - (lists.metres[b] as number),
    );
    if (aim === 'longest' && order.length === 0) continue;
    const weight = aim === 'sum' ? people : 0;
    const within_: (readonly [number, number])[] = [];
    const rings: (readonly [number, number])[] = [];
    let [base, before] = [0, 0];
    let isSure = false;
    for (const k of [...order, -1]) {
      const minutes = k === -1 ? farMin : Math.min(farMin, (lists.metres[k] as number) / terms.metresPerMin);
      const width = minutes - before;
      if (width > 1e-9) {
        if (within_.length === 0 && base === 0) {
          offset += weight * width;
          rings.push([-1, width]);
        } else {
          const missed = made.column(weight * width, 0, 1);
          made.row(1 - base, Infinity, [[missed, 1], ...within_]);
          rings.push([missed, width]);
          rows++;
        }
        before = minutes;
      }
      if (k === -1) break;
      const { column, sign, base: own } = of(lists.site[k] as number);
      base += own;
      if (column !== undefined) within_.push([column, sign]);
      if (column === undefined && own === 1) {
        isSure = true;
        break;
      }
    }
    if (aim === 'longest') {
      const sure = rings.filter(([column]) => column === -1).reduce((sum, [, width]) => sum + width, 0);
      const open = rings
        .filter(([column]) => column !== -1)
        .map(([column, width]) => [column, -width] as const);
      if (isSure || open.length > 0) made.row(sure, Infinity, [[longest, 1], ...open]);
    }
    if (rows > MOST_ROWS) {
      throw sitingRefusal(
        'too-many-walks',
        'Walks of so many people to so many candidates with these conditions are too much at once; ask for coverage, or try fewer candidates',
        {},
        'not-supported',
      );
    }
  }
  return { decisions, offset: aim === 'sum' ? offset : 0 };
}
