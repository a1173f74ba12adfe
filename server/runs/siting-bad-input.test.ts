/** Cities and questions with something wrong: each is told, and nobody is counted where nobody is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streetGraph } from '../../core/analysis/access/street-graph.ts';
import type { ProgramSolver } from '../../core/analysis/integer-program/integer-program.ts';
import { FACILITY_SITING } from '../../core/analysis/siting/facility-siting.ts';
import { previewSites } from '../../core/analysis/siting/preview-sites.ts';
import type { CandidateSite, SitingFacts } from '../../core/analysis/siting/siting-facts.ts';
import { SITING_REFUSALS, type SitingRefusal } from '../../core/analysis/siting/siting-refusal.ts';
import { sitingWorld } from '../../core/analysis/siting/siting-world.ts';
import { TwinError } from '../../core/errors.ts';
import { sitingPreviewSchema, sitingQuestionSchema } from '../../core/wire/siting-question.ts';
import { loadHighs } from '../workers/highs-solver.ts';
import { openModelThreads } from '../workers/model-threads.ts';

let solve: ProgramSolver;
const threads = openModelThreads({ threads: 1, onDeath: () => {} });
beforeAll(async () => {
  solve = await loadHighs();
});
afterAll(() => threads.close());

const street = (e: number, n: number) => ({
  ...{ fromNode: null, toNode: null, felt: 1, extraM: 0 },
  places: [[e, n] as const, [e + 500, n] as const],
});
const MAIN = [0, 500, 1000, 1500].map((e) => street(e, 0));
/** No way leads to it. */
const ISLAND = [street(0, 5000)];

type Home = readonly [id: string, e: number, n: number, people: number];
const HOMES: readonly Home[] = [
  ['west', 100, 0, 20],
  ['east', 1800, 0, 30],
];

const candidate = (id: string, e: number, n = 0): CandidateSite => ({
  ...{ id, siteKind: 'parcel', parcel: id, areaM2: 2000, mostPlaces: null, e, n },
});

const facts = (lines = MAIN, homes = HOMES, more: Partial<SitingFacts> = {}): SitingFacts => ({
  streets: streetGraph(lines),
  demand: {
    id: homes.map(([id]) => id),
    e: Float64Array.from(homes, ([, e]) => e),
    n: Float64Array.from(homes, ([, , n]) => n),
    people: Float64Array.from(homes, ([, , , people]) => people),
    residents: Float64Array.from(homes, () => 40),
    district: Int32Array.from(homes, () => 0),
  },
  demandFrom: 'buildings',
  planned: [],
  districts: [{ id: 'd', name: 'Osiedle' }],
  existing: [{ id: 'f', name: null, capacity: 15, waiting: null, e: 100, n: 0 }],
  candidates: [candidate('c1', 900), candidate('c2', 1750)],
  forecasts: [],
  toOpen: { facilities: 0, places: 0 },
  openOn: '2026-11-23',
  candidatesThatFit: 2,
  ...more,
});

const questionOf = (asked: object) =>
  sitingQuestionSchema.parse({ walkMinutes: 8, sensitivityRuns: 0, tradeOff: false, ...asked });
const answerTo = (city: SitingFacts, asked: object = {}, isWanted = () => true) =>
  FACILITY_SITING.run(city, questionOf(asked), { progress: () => {}, isWanted, solve });

describe('a disconnected network', () => {
  it('tells how many people are cut off from the rest, and lets nobody walk where there is no way', () => {
    const island: Home = ['island', 400, 5000, 7];
    const cut = answerTo(facts([...MAIN, ...ISLAND], [...HOMES, island]));
    expect(cut.demand).toMatchObject({ people: 57, cutOffPeople: 7, offNetwork: 0 });
    expect(cut.after).toMatchObject({ served: 50, unserved: 7 });
    expect(cut.points.find(({ id }) => id === 'island')).toMatchObject({ walkBefore: null, walkAfter: null });
    const bridge = { ...street(0, 0), places: [[0, 0] as const, [0, 5000] as const] };
    expect(answerTo(facts([...MAIN, ...ISLAND, bridge], [...HOMES, island])).demand.cutOffPeople).toBe(0);
  });

  it('still serves those who are cut off from a site of their own', () => {
    const city = facts([...MAIN, ...ISLAND], [...HOMES, ['island', 400, 5000, 70]], {
      candidates: [candidate('c1', 900), candidate('own', 300, 5000)],
    });
    const found = answerTo(city, { objective: 'capacitated' });
    expect(found.sites.map(({ candidate }) => candidate)).toEqual(['own']);
    expect(found.demand.cutOffPeople).toBe(70);
    expect(found.after.served).toBe(90);
  });
});

describe('duplicate addresses', () => {
  it('count the residents of each of two buildings at one address, and nobody twice', () => {
    const same: Home[] = [
      ['front', 1800, 0, 30],
      ['back', 1800, 0, 12],
    ];
    const found = answerTo(facts(MAIN, [HOMES[0] as Home, ...same]), { capacityPerSite: 35 });
    const merged = answerTo(facts(MAIN, [HOMES[0] as Home, ['both', 1800, 0, 42]]), { capacityPerSite: 35 });
    expect(found.demand).toMatchObject({ people: 62, points: 3 });
    expect(found.points.map(({ id, people }) => [id, people])).toEqual([
      ['west', 20],
      ['front', 30],
      ['back', 12],
    ]);
    expect(found.sites).toMatchObject([{ candidate: 'c2', served5: 42, gained: 42 }]);
    expect(found.after).toMatchObject({ served: 62, withPlace: 50, leftWithoutPlace: 12 });
    for (const told of ['objective', 'before', 'after', 'byDistrict', 'histogram'] as const) {
      expect(found[told], told).toEqual(merged[told]);
    }
  });
});

describe('what cannot be answered is refused with a code, its member and its numbers', () => {
  const grown = { forecasts: [{ district: 0, year: 2025, births: 1, people: 50 }] };
  const far = { candidates: [candidate('c1', 900, 9000)] };
  /** Both are needed, and too near to each other. */
  const apart = facts(MAIN, HOMES, {
    existing: [],
    candidates: [candidate('c1', 200), candidate('c2', 1750)],
  });
  const CASES: readonly (readonly [SitingRefusal, () => unknown, object])[] = [
    ['no-streets', () => answerTo(facts([])), {}],
    ['nobody', () => answerTo(facts(MAIN, [])), {}],
    ['unknown-candidates', () => answerTo(facts(), { candidates: ['c1', 'x', 'y'] }), { ids: 'x, y' }],
    ['candidates-off-street', () => answerTo(facts(MAIN, HOMES, far), { candidates: ['c1'] }), {}],
    ['no-candidates', () => answerTo(facts(MAIN, HOMES, far)), {}],
    ['too-few-candidates', () => answerTo(facts(), { newSites: 3 }), { asked: 3, there: 2 }],
    [
      'budget-too-small',
      () => answerTo(facts(), { budgetPln: 1000, costPerSitePln: 5000, costPerPlacePln: 0 }),
      { budget: 1000, cheapest: 5000 },
    ],
    ['no-choice', () => answerTo(apart, { objective: 'lscp', minDistanceM: 1800 }), {}],
    ['all-too-near', () => answerTo(facts(), { minDistanceM: 9000 }), {}],
    ['no-forecast', () => answerTo(facts(), { forecastYear: 2030 }), { year: '2030' }],
    [
      'not-in-forecast',
      () => answerTo(facts(MAIN, HOMES, grown), { forecastYear: 2030 }),
      { year: '2030', first: '2025', last: '2025' },
    ],
    [
      'nothing-to-close',
      () =>
        previewSites(
          { world: sitingWorld(facts()) },
          sitingPreviewSchema.parse({ sites: [], closed: ['gone'] }),
          [],
        ),
      { id: 'gone' },
    ],
  ];
  it.each(CASES)('%s', (code, ask, values) => {
    expect(refusalOf(ask)).toMatchObject({
      parameter: SITING_REFUSALS[code].parameter,
      members: { refusal: code, values },
    });
  });

  it('also from the thread in which it is searched', async () => {
    const task = { model: FACILITY_SITING.name, facts: facts(), parameters: questionOf({ newSites: 3 }) };
    const refused = threads.run(task, new AbortController().signal, () => {});
    await expect(refused).rejects.toMatchObject({
      parameter: 'newSites',
      members: { refusal: 'too-few-candidates', values: { asked: 3, there: 2 } },
    });
  });
});

function refusalOf(ask: () => unknown): TwinError {
  try {
    ask();
  } catch (error) {
    if (error instanceof TwinError) return error;
    throw error;
  }
  throw new Error('It was answered');
}
