import { describe, expect, it } from 'vitest';
import { randomOf } from '../../demo-city/random.ts';
import { floatingCatchment } from './floating-catchment.ts';
import { pathGraph } from './path-graph.ts';
import { assignPlaces } from './places.ts';
import { type Doors, type WalkTable, walkTable } from './walk.ts';

/** Streets of a town of blocks, sections of 100 m: section n of a row from node n, then the columns. */
function grid(side: number) {
  const [from, to]: [number[], number[]] = [[], []];
  for (let y = 0; y < side; y++)
    for (let x = 0; x + 1 < side; x++) [from.push(y * side + x), to.push(y * side + x + 1)];
  for (let y = 0; y + 1 < side; y++)
    for (let x = 0; x < side; x++) [from.push(y * side + x), to.push((y + 1) * side + x)];
  const ends = { from: Int32Array.from(from), to: Int32Array.from(to) };
  const lengthM = new Float64Array(from.length).fill(100);
  return { ...ends, lengthM, graph: pathGraph(side * side, { ...ends, cost: lengthM }) };
}
const doors = (rows: readonly (readonly [number, number, number])[]): Doors => ({
  section: Int32Array.from(rows, ([section]) => section),
  along: Float64Array.from(rows, ([, along]) => along),
  offM: Float64Array.from(rows, ([, , off]) => off),
});
const rowsOf = ({ start, customer, metres, siteCount }: WalkTable) =>
  Array.from({ length: siteCount }, (_, site) =>
    Object.fromEntries(
      [...customer.subarray(start[site], start[site + 1])].map((c, k) => [c, metres[(start[site] ?? 0) + k]]),
    ),
  );

function randomTable(seed: number) {
  const { integer, next } = randomOf('access', seed);
  const network = grid(8);
  const some = (count: number) =>
    doors(
      Array.from(
        { length: count },
        () => [integer(0, network.lengthM.length - 1), next(), 20 * next()] as const,
      ),
    );
  const [customers, sites] = [integer(1, 40), integer(1, 8)];
  const table = walkTable(network, some(sites), some(customers), 450);
  return {
    table,
    demand: Float64Array.from({ length: customers }, () => integer(0, 30)),
    supply: Float64Array.from({ length: sites }, () => integer(0, 60)),
  };
}

describe('ways on foot', () => {
  it('lead along streets, from door to door, and along one street straight', () => {
    const network = grid(3);
    const sites = doors([[0, 0.25, 10]]);
    const customers = doors([
      [0, 0.75, 5],
      [1, 0.5, 0],
      [6, 1, 2],
      [5, 0.5, 0],
    ]);
    expect(rowsOf(walkTable(network, sites, customers, 240))).toEqual([{ 0: 65, 1: 135, 2: 137 }]);
    expect(rowsOf(walkTable(network, sites, customers, 400))).toEqual([{ 0: 65, 1: 135, 2: 137, 3: 335 }]);
  });

  it('take as long there as back', () => {
    const { integer, next } = randomOf('access', 'there and back');
    const network = grid(6);
    const all = doors(
      Array.from({ length: 30 }, () => [integer(0, network.lengthM.length - 1), next(), 9 * next()] as const),
    );
    const rows = rowsOf(walkTable(network, all, all, 700));
    for (const [a, row] of rows.entries()) {
      for (const [b, metres] of Object.entries(row)) {
        if (Number(b) !== a) expect(rows[Number(b)]?.[a]).toBeCloseTo(metres ?? Number.NaN, 9);
      }
    }
  });
});

describe('floating catchments', () => {
  it('share out exactly the places that there are, whatever the rings', () => {
    for (let seed = 0; seed < 50; seed++) {
      const { table, demand, supply } = randomTable(seed);
      for (const rings of [
        [{ withinM: 450, weight: 1 }],
        [
          { withinM: 150, weight: 1 },
          { withinM: 300, weight: 0.68 },
          { withinM: 450, weight: 0.22 },
        ],
      ]) {
        const { access, unreachedSupply } = floatingCatchment(table, supply, demand, rings);
        const shared = access.reduce((sum, each, c) => sum + each * (demand[c] ?? 0), unreachedSupply);
        const places = supply.reduce((sum, each) => sum + each, 0);
        expect(Math.abs(shared - places), `seed ${seed}`).toBeLessThanOrEqual(1e-9 * Math.max(1, places));
      }
    }
  });

  it('count a farther ring less', () => {
    const table = walkTable(
      grid(3),
      doors([[0, 0, 0]]),
      doors([
        [0, 0.5, 0],
        [1, 0.5, 0],
      ]),
      200,
    );
    const { access, ratio } = floatingCatchment(
      table,
      [12],
      [10, 20],
      [
        { withinM: 100, weight: 1 },
        { withinM: 200, weight: 0.5 },
      ],
    );
    expect([...ratio, ...access]).toEqual([0.6, 0.6, 0.3]);
  });
});

describe('places', () => {
  it('are given to as many as the narrowest cut lets through', () => {
    for (let seed = 0; seed < 60; seed++) {
      const { table, demand, supply } = randomTable(seed);
      const { bySite: used, byCustomer: placed } = assignPlaces(table, supply, demand);
      const rows = rowsOf(table);
      // By the theorem of Hall for flows: the least over all sets of sites of "places in it, and people who reach others".
      let cut = Number.POSITIVE_INFINITY;
      for (let bits = 0; bits < 2 ** table.siteCount; bits++) {
        let through = 0;
        for (const [site, places] of supply.entries()) if ((bits >> site) & 1) through += places;
        for (const [c, people] of demand.entries()) {
          if (rows.some((row, site) => !((bits >> site) & 1) && c in row)) through += people;
        }
        cut = Math.min(cut, through);
      }
      expect(
        used.reduce((sum, each) => sum + each, 0),
        `seed ${seed}`,
      ).toBe(cut);
      for (const [site, people] of used.entries()) expect(people).toBeLessThanOrEqual(supply[site] ?? 0);
      for (const [c, people] of placed.entries()) expect(people).toBeLessThanOrEqual(demand[c] ?? 0);
      expect(placed.reduce((sum, each) => sum + each, 0)).toBeCloseTo(cut, 9);
    }
  });
});
