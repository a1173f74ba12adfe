import { expect, it } from 'vitest';
import { programBuilder } from '../../core/analysis/integer-program/integer-program.ts';
import { loadHighs } from './highs-solver.ts';

const isWanted = () => true;

it('fills a knapsack, and says that it is best', async () => {
  const solve = await loadHighs();
  const made = programBuilder();
  const things = [
    [60, 10],
    [100, 20],
    [120, 30],
  ] as const;
  const columns = things.map(([worth]) => made.column(worth, 0, 1, true));
  made.row(
    -Infinity,
    50,
    things.map(([, weight], k) => [columns[k] ?? 0, weight] as const),
  );
  const answer = solve(made.program('maximise'), { isWanted });
  expect(answer).toMatchObject({ objective: 220, bound: 220, isProven: true, isInfeasible: false });
  expect([...(answer.values ?? [])].map(Math.round)).toEqual([0, 1, 1]);
});

it('says that nothing can be done', async () => {
  const solve = await loadHighs();
  const made = programBuilder();
  const one = made.column(1, 0, 1, true);
  made.row(2, Infinity, [[one, 1]]);
  expect(solve(made.program('minimise'), { isWanted })).toMatchObject({
    isInfeasible: true,
    values: undefined,
  });
});

it('ends when nobody waits, with a bound that no solution beats', async () => {
  const solve = await loadHighs();
  const made = programBuilder();
  const size = 60;
  const columns = Array.from({ length: size }, (_, k) => made.column(100 + ((k * 7919) % 97), 0, 1, true));
  for (let r = 0; r < 30; r++) {
    made.row(
      -Infinity,
      900,
      columns.map((column, k) => [column, 20 + ((k * 31 + r * 17) % 89)] as const),
    );
  }
  const whole = solve(made.program('maximise'), { isWanted, relativeGap: 0.05 });
  const cut = solve(made.program('maximise'), { isWanted: () => false });
  expect(cut.isProven).toBe(false);
  expect(cut.bound).toBeGreaterThanOrEqual(whole.objective - 1e-6);
});
