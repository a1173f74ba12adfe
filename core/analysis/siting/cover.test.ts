import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../../../test/support/shared-data.ts';
import { randomOf } from '../../demo-city/random.ts';
import { readPMedian } from '../../formats/or-library/read-p-median.ts';
import { pathGraph } from '../access/path-graph.ts';
import { solveCenter, solveFewestSites } from './full-cover.ts';
import { type Coverage, solveMaximalCover } from './maximal-cover.ts';
import { costsBetweenNodes } from './site-costs.ts';

const PATIENT = { isWanted: () => true };

function randomCoverage(seed: number): { coverage: Coverage; reach: readonly (readonly number[])[] } {
  const { integer, chance, next } = randomOf('cover test', seed);
  const [customerCount, siteCount] = [integer(1, 25), integer(2, 9)];
  const share = 0.1 + 0.5 * next();
  const reach = Array.from({ length: customerCount }, () =>
    [...Array(siteCount).keys()].filter(() => chance(share)),
  );
  const start = [0];
  for (const sites of reach) start.push((start.at(-1) ?? 0) + sites.length);
  const demand = Array.from({ length: customerCount }, () => (chance(0.1) ? 0 : integer(1, 30)));
  return { coverage: { siteCount, demand, start, site: reach.flat() }, reach };
}

/** Every set of sites, as bits. */
const setsOf = (siteCount: number) =>
  Array.from({ length: 2 ** siteCount }, (_, bits) =>
    [...Array(siteCount).keys()].filter((s) => (bits >> s) & 1),
  );

describe('covering', () => {
  it('of most demand is the best of all sets of p sites, those that stay among them', () => {
    for (let seed = 0; seed < 100; seed++) {
      const { coverage, reach } = randomCoverage(seed);
      const { integer, chance } = randomOf('cover test p', seed);
      const existing = chance(0.5) ? [integer(0, coverage.siteCount - 1)] : [];
      const p = integer(1, coverage.siteCount);
      const covered = (set: readonly number[]) =>
        reach.reduce(
          (sum, sites, c) => sum + (sites.some((s) => set.includes(s)) ? (coverage.demand[c] ?? 0) : 0),
          0,
        );
      const most = Math.max(
        ...setsOf(coverage.siteCount)
          .filter((set) => set.length === p && existing.every((s) => set.includes(s)))
          .map(covered),
      );
      const answer = solveMaximalCover({ coverage, p, existing }, PATIENT);
      expect(answer, `seed ${seed}`).toMatchObject({ objective: most, bound: most, isProven: true, gap: 0 });
      expect(covered(answer.sites)).toBe(most);
      if (answer.runnerUp) expect(covered(answer.runnerUp.sites)).toBe(answer.runnerUp.objective);
    }
  });

  it('of everybody takes the fewest sites of all sets that do, or says who cannot be covered', () => {
    let refused = 0;
    for (let seed = 0; seed < 60; seed++) {
      const { coverage, reach } = randomCoverage(seed);
      const fewest = Math.min(
        ...setsOf(coverage.siteCount)
          .filter((set) => reach.every((sites) => sites.some((s) => set.includes(s))))
          .map((set) => Math.max(1, set.length)),
      );
      if (fewest === Number.POSITIVE_INFINITY) {
        refused++;
        const who = reach.findIndex((sites) => sites.length === 0) + 1;
        expect(() => solveFewestSites({ coverage }, PATIENT)).toThrow(
          `Customer ${who} has no site within reach`,
        );
        continue;
      }
      const answer = solveFewestSites({ coverage }, PATIENT);
      expect(answer, `seed ${seed}`).toMatchObject({ objective: fewest, bound: fewest, isProven: true });
      expect(reach.every((sites) => sites.some((s) => answer.sites.includes(s)))).toBe(true);
    }
    expect(refused).toBeGreaterThan(3);
    expect(refused).toBeLessThan(50);
  });

  it('refuses demand that is negative', () => {
    const coverage = { siteCount: 1, demand: [3, -1], start: [0, 1, 2], site: [0, 0] };
    expect(() => solveMaximalCover({ coverage, p: 1 }, PATIENT)).toThrow('demand of customer 2 is -1');
  });
});

describeWithSharedData('p-centers of OR-Library', () => {
  it.each([
    ['pmed1', 127],
    ['pmed2', 98],
    ['pmed3', 93],
    ['pmed4', 74],
    ['pmed5', 48],
    ['pmed6', 84],
    ['pmed8', 55],
    ['pmed10', 20],
  ])('%s is proven to need %i, as published', (name, radius) => {
    const text = readFileSync(sharedData('facility-location', 'pmed', `${name}.txt`), 'utf8');
    const { nodeCount, p, edges } = readPMedian(text);
    const answer = solveCenter({ costs: costsBetweenNodes(pathGraph(nodeCount, edges)), p }, PATIENT);
    expect(answer).toMatchObject({ objective: radius, bound: radius, isProven: true });
  });
});
