/** Small cities in which every choice can be tried: what is proven is the best of all. */
import { beforeAll, describe, expect, it } from 'vitest';
import { streetGraph } from '../../core/analysis/access/street-graph.ts';
import type { ProgramSolver } from '../../core/analysis/integer-program/integer-program.ts';
import { FACILITY_SITING } from '../../core/analysis/siting/facility-siting.ts';
import { previewSites } from '../../core/analysis/siting/preview-sites.ts';
import type { SitingFacts } from '../../core/analysis/siting/siting-facts.ts';
import { sitingWorld } from '../../core/analysis/siting/siting-world.ts';
import { randomOf } from '../../core/demo-city/random.ts';
import type { SitingPreviewReply } from '../../core/wire/siting-answer.ts';
import { sitingPreviewSchema, sitingQuestionSchema } from '../../core/wire/siting-question.ts';
import { loadHighs } from '../workers/highs-solver.ts';

let solve: ProgramSolver;
beforeAll(async () => {
  solve = await loadHighs();
});
const watch = () => ({ progress: () => {}, isWanted: () => true, solve });

const SIDE = 7;
const BLOCK_M = 150;

/** A town of square blocks with people, two facilities and seven candidates on its streets. */
function town(seed: number): SitingFacts {
  const { integer, next } = randomOf('siting town', seed);
  const line = (a: readonly [number, number], b: readonly [number, number]) => ({
    ...{ fromNode: null, toNode: null, places: [a, b], felt: 1, extraM: 0 },
  });
  const at = (x: number, y: number) => [x * BLOCK_M, y * BLOCK_M] as const;
  const lines = [];
  for (let x = 0; x < SIDE; x++) {
    for (let y = 0; y < SIDE; y++) {
      if (x + 1 < SIDE) lines.push(line(at(x, y), at(x + 1, y)));
      if (y + 1 < SIDE) lines.push(line(at(x, y), at(x, y + 1)));
    }
  }
  const place = () => ({ e: next() * (SIDE - 1) * BLOCK_M, n: next() * (SIDE - 1) * BLOCK_M });
  const homes = Array.from({ length: 40 }, place);
  return {
    streets: streetGraph(lines),
    demand: {
      id: homes.map((_, k) => `h${k}`),
      e: Float64Array.from(homes, ({ e }) => e),
      n: Float64Array.from(homes, ({ n }) => n),
      people: Float64Array.from(homes, () => integer(1, 9)),
      residents: Float64Array.from(homes, () => 40),
      district: Int32Array.from(homes, ({ e, n }) => (e > 450 ? 1 : 0) + (n > 450 ? 2 : 0)),
    },
    demandFrom: 'cells',
    planned: [],
    districts: ['a', 'b', 'c', 'd'].map((id) => ({ id, name: id })),
    existing: [0, 1].map((k) => ({ id: `f${k}`, name: null, capacity: 15, waiting: null, ...place() })),
    candidates: Array.from({ length: 7 }, (_, k) => ({
      ...{ id: `c${k}`, siteKind: 'parcel' as const, parcel: `c${k}`, areaM2: 2000, mostPlaces: null },
      ...place(),
    })),
    forecasts: [],
    toOpen: { facilities: 0, places: 0 },
    openOn: '2026-11-23',
    candidatesThatFit: 7,
  };
}

const ASKED = {
  newSites: 2,
  walkMinutes: 5,
  capacityPerSite: 40,
  sensitivityRuns: 0,
  tradeOff: false,
} as const;

function answerTo(facts: SitingFacts, asked: object) {
  const question = sitingQuestionSchema.parse({ ...ASKED, ...asked });
  return FACILITY_SITING.result.parse(FACILITY_SITING.run(facts, question, watch()));
}

/** Every pair of candidates, with or without closing one facility, as a moved site would be told of. */
function* allChoices(facts: SitingFacts, mayClose: boolean) {
  const world = { world: sitingWorld(facts) };
  const { walkMinutes, capacityPerSite } = ASKED;
  const told = (sites: readonly number[], closed: string[]) =>
    previewSites(
      world,
      sitingPreviewSchema.parse({
        ...{ walkMinutes, capacityPerSite, closed, points: 'all' },
        sites: sites.map((k) => ({ e: facts.candidates[k]?.e, n: facts.candidates[k]?.n })),
      }),
      [],
    );
  for (let bits = 0; bits < 2 ** facts.candidates.length; bits++) {
    const sites = [...facts.candidates.keys()].filter((k) => (bits >> k) & 1);
    if (sites.length <= 2) yield { sites, closed: [] as string[], told: told(sites, []) };
    if (!mayClose || sites.length > 3) continue;
    for (const { id } of facts.existing) yield { sites, closed: [id], told: told(sites, [id]) };
  }
}

type Told = Omit<SitingPreviewReply, 'seconds'>;
const worstOf = ({ byDistrict }: Told) => Math.min(...byDistrict.map((each) => each.placesPer100After ?? 0));
const longestOf = ({ points }: Told) => Math.max(...points.map(({ walkAfter }) => walkAfter ?? 0));
const walkedOf = ({ points }: Told) =>
  points.reduce((sum, { people, walkAfter }) => sum + people * (walkAfter ?? 0), 0);

describe('what is proven best is the best of all choices', () => {
  const MEASURES = [
    ['coverage', (told: Told) => told.after.served, 'max', 0.06],
    ['capacitated', (told: Told) => told.after.withPlace ?? 0, 'max', 0.06],
    ['equity', worstOf, 'max', 0.11],
    ['p-median', walkedOf, 'min', 15],
    ['p-center', longestOf, 'min', 0.06],
  ] as const;
  for (const [objective, measure, sense, rounding] of MEASURES) {
    for (const more of [{}, { minDistanceM: 320 }, { existing: 'closable' }] as const) {
      it(`${objective} ${JSON.stringify(more)}`, () => {
        for (let seed = 0; seed < 3; seed++) {
          const facts = town(seed);
          const found = answerTo(facts, { objective, ...more });
          const isApart = (sites: readonly number[], closed: readonly string[]) => {
            const stays = facts.existing.filter(({ id }) => !closed.includes(id));
            const chosen = sites.map((k) => facts.candidates[k] ?? { e: 0, n: 0 });
            return chosen.every((one, k) =>
              [...stays, ...chosen.slice(k + 1)].every(
                (other) => Math.hypot(one.e - other.e, one.n - other.n) >= 320,
              ),
            );
          };
          const values = [...allChoices(facts, 'existing' in more)]
            .filter(({ sites, closed }) => !('minDistanceM' in more) || isApart(sites, closed))
            .map(({ told }) => measure(told));
          const best = sense === 'max' ? Math.max(...values) : Math.min(...values);
          expect(found.proven, `seed ${seed}`).toBe(true);
          expect(
            Math.abs(found.objective - best),
            `seed ${seed}: ${found.objective}, ${best}`,
          ).toBeLessThanOrEqual(rounding);
          expect(Math.abs(measure(found) - best)).toBeLessThanOrEqual(rounding);
          expect(found.closed.length).toBeLessThanOrEqual('existing' in more ? 1 : 0);
        }
      });
    }
  }
});

it('enlarges what is there within the share and the budget, and pays for it', () => {
  const facts = town(2);
  const budgetPln = 20 * 90_000;
  const found = answerTo(facts, {
    objective: 'capacitated',
    existing: 'enlargeable',
    enlargeBy: 1,
    budgetPln,
  });
  const grown = found.enlarged.reduce((sum, { places }) => sum + places, 0);
  expect(found.sites).toEqual([]);
  expect(grown).toBeGreaterThan(0);
  expect(grown).toBeLessThanOrEqual(20);
  expect(found.costPln).toBe(grown * 90_000);
  expect(found.after.withPlace).toBeCloseTo(found.objective, 1);
});

it('says that no choice meets the conditions, and what to change', () => {
  const alone = { ...town(0), existing: [] };
  const asked = { objective: 'lscp', walkMinutes: 4, minDistanceM: 5_000 };
  expect(() => answerTo(alone, asked)).toThrow('lower minDistanceM');
});

it('ends with the best so far and its bound when nobody waits any more', () => {
  let asked = 0;
  const question = sitingQuestionSchema.parse({ ...ASKED, objective: 'p-median' });
  const found = FACILITY_SITING.run(town(1), question, { ...watch(), isWanted: () => asked++ < 3 });
  expect(found.sites).toHaveLength(2);
  expect(found.bound).toBeLessThanOrEqual(found.objective);
});

it('gives the same bytes for the same seed, with the shares of candidates and the trade-off', () => {
  const asked = { sensitivityRuns: 8, tradeOff: true, seed: 3 };
  const [one, two] = [answerTo(town(3), asked), answerTo(town(3), asked)];
  expect(one).toEqual(two);
  expect(one.sensitivity[0]?.share).toBeGreaterThan(0.5);
  for (const [k, choice] of one.tradeOff.entries()) {
    const before = one.tradeOff[k - 1];
    if (!before) continue;
    expect(choice.served).toBeGreaterThan(before.served);
    expect(choice.walkMinutesMean ?? 0).toBeGreaterThan(before.walkMinutesMean ?? 0);
  }
});

it('weighs what sites cost where a budget limits them: the best of all choices that it pays', () => {
  const KINDS = ['parcel', 'building', 'premises'] as const;
  for (let seed = 0; seed < 3; seed++) {
    const plain = town(seed);
    const candidates = plain.candidates.map((each, k) => ({ ...each, siteKind: KINDS[k % 3] ?? 'parcel' }));
    const facts = { ...plain, candidates };
    const costs = { costPerSitePln: 100, costPerPlacePln: 0 };
    const costOf = (k: number) => [100, 60, 35][k % 3] ?? 100;
    const found = answerTo(facts, { ...costs, budgetPln: 100 });
    expect(found.costPln).toBeLessThanOrEqual(100);
    const best = [...allChoices(facts, false)]
      .filter(({ sites }) => sites.reduce((sum, k) => sum + costOf(k), 0) <= 100)
      .map(({ told }) => told.after.served);
    expect(found.objective).toBeCloseTo(Math.max(...best), 6);
    expect(found.proven).toBe(true);
  }
});

it('tells the best so far and its bound while it searches, never worse and never contradicting the end', () => {
  for (const objective of ['coverage', 'p-median', 'capacitated'] as const) {
    const heard: (readonly [number, number])[] = [];
    const question = sitingQuestionSchema.parse({ ...ASKED, objective, sensitivityRuns: 5 });
    const listening = { ...watch(), onBetter: (found: number, bound: number) => heard.push([found, bound]) };
    const { objective: end } = FACILITY_SITING.run(town(1), question, listening);
    const sign = objective === 'p-median' ? -1 : 1;
    for (const [found, bound] of heard) {
      expect(sign * found).toBeLessThanOrEqual(sign * end + 0.06);
      expect(sign * bound).toBeGreaterThanOrEqual(sign * end - 0.06);
    }
    if (objective === 'p-median') expect(heard.length).toBeGreaterThan(0);
  }
});

it('says what to change where every candidate is too near to what is there', () => {
  expect(() => answerTo(town(1), { minDistanceM: 9000 })).toThrow('lower minDistanceM');
});
