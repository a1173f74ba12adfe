import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../../../test/support/shared-data.ts';
import { randomOf } from '../../demo-city/random.ts';
import { readPMedian } from '../../formats/or-library/read-p-median.ts';
import { pathGraph } from '../access/path-graph.ts';
import { type PMedianQuestion, solvePMedian } from './p-median.ts';
import { costsBetweenNodes, type SiteCosts } from './site-costs.ts';

const PATIENT = { isWanted: () => true };

const costOf = ({ customerCount, cost }: SiteCosts, sites: readonly number[]): number => {
  let total = 0;
  for (let c = 0; c < customerCount; c++) {
    total += Math.min(...sites.map((site) => cost[site * customerCount + c] ?? Number.NaN));
  }
  return total;
};

/** Every set of p sites that holds these. */
function* choices(siteCount: number, p: number, chosen: readonly number[], from = 0): Generator<number[]> {
  if (chosen.length === p) yield [...chosen];
  for (let site = from; site < siteCount && chosen.length < p; site++) {
    if (!chosen.includes(site)) yield* choices(siteCount, p, [...chosen, site], site + 1);
  }
}

/** Costs without order: no triangle holds, some ways are missing, some cost nothing. */
function randomQuestion(seed: number): PMedianQuestion {
  const { integer, chance, next } = randomOf('p-median test', seed);
  const [customerCount, siteCount] = [integer(1, 14), integer(1, 9)];
  const isWhole = chance(0.5);
  const price = () => (chance(0.1) ? 0 : chance(0.05) ? Number.POSITIVE_INFINITY : 1 + next() * 50);
  const p = integer(1, siteCount);
  return {
    costs: {
      customerCount,
      siteCount,
      cost: Float64Array.from({ length: customerCount * siteCount }, () =>
        isWhole ? Math.round(price()) : price(),
      ),
    },
    p,
    existing: chance(0.5) ? [integer(0, siteCount - 1)] : [],
  };
}

describe('a p-median', () => {
  it('is the best of all sets of sites, those that stay among them, wherever all sets can be tried', () => {
    let refused = 0;
    for (let seed = 0; seed < 200; seed++) {
      const question = randomQuestion(seed);
      const { costs, p, existing = [] } = question;
      const least = Math.min(...[...choices(costs.siteCount, p, existing)].map((set) => costOf(costs, set)));
      if (least === Number.POSITIVE_INFINITY) {
        refused++;
        expect(() => solvePMedian(question, PATIENT), `seed ${seed}`).toThrow('cannot reach every customer');
        continue;
      }
      const answer = solvePMedian(question, PATIENT);
      expect(answer.objective, `seed ${seed}`).toBeCloseTo(least, 6);
      expect(answer).toMatchObject({ isProven: true, gap: 0, bound: answer.objective });
      expect(costOf(costs, answer.sites)).toBeCloseTo(least, 6);
      expect(answer.sites).toHaveLength(p);
      for (const site of existing) expect(answer.sites).toContain(site);
    }
    expect(refused).toBeGreaterThan(3);
    expect(refused).toBeLessThan(100);
  });

  it('whose search is broken off at any moment has a bound that is not above the optimum', () => {
    const { integer } = randomOf('p-median', 'broken off');
    const cost = Float64Array.from({ length: 40 * 40 }, () => integer(1, 99));
    const question = { costs: { customerCount: 40, siteCount: 40, cost }, p: 6 };
    const optimum = solvePMedian(question, PATIENT);
    expect(optimum.isProven).toBe(true);
    for (const patience of [0, 1, 70, 100, 200, 1000]) {
      let asked = 0;
      const answer = solvePMedian(question, { isWanted: () => asked++ < patience });
      expect(answer.bound).toBeLessThanOrEqual(optimum.objective);
      expect(answer.objective).toBeGreaterThanOrEqual(optimum.objective);
      expect(answer.isProven).toBe(answer.bound === answer.objective);
      expect(answer.objective).toBe(costOf(question.costs, answer.sites));
    }
  });

  it('says what to change when p does not go with the sites', () => {
    const costs = { customerCount: 1, siteCount: 2, cost: Float64Array.of(1, 2) };
    expect(() => solvePMedian({ costs, p: 0 }, PATIENT)).toThrow('p is 0; open at least one site');
    expect(() => solvePMedian({ costs, p: 3 }, PATIENT)).toThrow('p is 3 and there are 2 sites');
    expect(() => solvePMedian({ costs, p: 1, existing: [0, 1] }, PATIENT)).toThrow('2 sites stay');
  });
});

describeWithSharedData('p-medians of OR-Library', () => {
  const folder = ['facility-location', 'pmed'];
  const optima = new Map(
    readFileSync(sharedData(...folder, 'pmedopt-1-10.txt'), 'utf8')
      .split('\n')
      .map((line) => /^(pmed\d+)\s+(\d+)/.exec(line))
      .flatMap((found) => (found ? [[found[1] as string, Number(found[2])] as const] : [])),
  );

  it.each([...optima])('%s is proven to cost %i, as published', (name, optimum) => {
    const { nodeCount, p, edges } = readPMedian(readFileSync(sharedData(...folder, `${name}.txt`), 'utf8'));
    const costs = costsBetweenNodes(pathGraph(nodeCount, edges));
    const answer = solvePMedian({ costs, p }, PATIENT);
    expect(answer).toMatchObject({ objective: optimum, bound: optimum, isProven: true });
    expect(costOf(costs, answer.sites)).toBe(optimum);
  });
});
