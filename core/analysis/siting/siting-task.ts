import type { SitingQuestion } from '../../wire/siting-question.ts';
import type { WalkTable } from '../access/walk.ts';
import { joinedWays } from '../access/walk-subsets.ts';
import type { CandidateSite, SitingFacts } from './siting-facts.ts';
import { sitingRefusal } from './siting-refusal.ts';
import type { NewSite } from './siting-report.ts';
import { type SitingTerms, siteCostPln, termsOf } from './siting-terms.ts';
import { type Demand, demandOf, type SitingWorld, sitingWorld, waysFrom } from './siting-world.ts';

/** Ways longer than this count as this where all walks are added up. */
export const LONGEST_WALK_M = 6_000;

/** Places where people live times candidates, beyond which walks are not traded off against reach. */
const MOST_WAYS = 3_000_000;
/** The same of all runs of the sensitivity together. */
const RUN_WAYS = 60_000_000;
const LEAST_RUNS = 3;

/** A question ready to be solved. */
export interface SitingTask {
  readonly facts: SitingFacts;
  readonly question: SitingQuestion;
  readonly terms: SitingTerms;
  readonly world: SitingWorld;
  readonly demand: Demand;
  /** Ways from the existing facilities, then from the candidates. */
  readonly table: WalkTable;
  /** Rows of the table that can be opened: candidates near a street. */
  readonly candidateRows: readonly number[];
  /** As many as the budget buys. */
  readonly newSites: number;
  /** Whether sites differ in cost while a budget limits them: then number alone says nothing. */
  readonly weighsCost: boolean;
  /** Whether choices between reach and walks are told; of very many places they are too much at once. */
  readonly tradesOff: boolean;
  /** As asked, and fewer where each takes seconds. */
  readonly sensitivityRuns: number;
  /** Whether the second choice is asked for too. */
  readonly withRival: boolean;
  /** Customers near a street. */
  readonly customersOn: number;
  newSite(row: number): NewSite;
}

export function sitingTask(facts: SitingFacts, question: SitingQuestion): SitingTask {
  const world = sitingWorld(facts);
  const terms = termsOf(question);
  const ways = world.customerCount * facts.candidates.length;
  const tradesOff = question.tradeOff && ways <= MOST_WAYS;
  const needsFar = question.objective === 'p-median' || question.objective === 'p-center' || tradesOff;
  const boundM = needsFar ? LONGEST_WALK_M : Math.max(terms.reachM, 30 * terms.metresPerMin);
  const table = joinedWays(
    waysFrom(world, world.existing, boundM),
    waysFrom(world, world.candidates, boundM),
  );
  const isOn = (off: number) => off < Number.POSITIVE_INFINITY;
  const existingCount = facts.existing.length;
  const costs = facts.candidates.map((each) => siteCostPln(terms, placesIn(each, terms), each.siteKind));
  return {
    ...{ facts, question, terms, world, table, tradesOff, withRival: true },
    weighsCost: question.budgetPln !== undefined && costs.some((each) => each !== costs[0]),
    sensitivityRuns: Math.min(
      question.sensitivityRuns,
      Math.max(LEAST_RUNS, Math.floor(RUN_WAYS / Math.max(1, ways))),
    ),
    demand: demandOf(facts, terms),
    newSites: sitesWithinBudget(question, costs),
    candidateRows: [...world.candidates.offM.keys()]
      .filter((k) => isOn(world.candidates.offM[k] as number))
      .map((k) => existingCount + k),
    customersOn: world.customers.offM.filter(isOn).length,
    newSite(row) {
      const candidate = facts.candidates[row - existingCount];
      if (!candidate) throw new Error(`Row ${row} is no candidate`);
      const { id, siteKind, e, n, areaM2, parcel } = candidate;
      const offM = world.candidates.offM[row - existingCount] as number;
      return { id, siteKind, e, n, areaM2, offM, row, parcel, places: placesIn(candidate, terms) };
    },
  };
}

/** No more than its floors hold. */
const placesIn = ({ mostPlaces }: CandidateSite, { capacity }: SitingTerms): number | undefined =>
  capacity === undefined ? undefined : Math.min(capacity, mostPlaces ?? capacity);

/** @throws TwinError invalid-parameter when the budget does not buy a single site */
function sitesWithinBudget(
  { budgetPln, newSites, existing }: SitingQuestion,
  costs: readonly number[],
): number {
  // Where facilities may grow the budget need not buy a site: the integer program weighs it.
  if (budgetPln === undefined || costs.length === 0 || existing === 'enlargeable') return newSites;
  const cost = Math.min(...costs);
  if (cost === 0) return newSites;
  const most = Math.floor(budgetPln / cost);
  if (most >= 1) return Math.min(newSites, most);
  const budget = Math.round(budgetPln);
  throw sitingRefusal(
    'budget-too-small',
    `A budget of ${budget} PLN buys no site: the cheapest costs ${cost} PLN. Raise the budget, or lower capacityPerSite or the costs`,
    { budget, cheapest: cost },
  );
}
