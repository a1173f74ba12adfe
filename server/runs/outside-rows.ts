import { plainStack } from '../../core/analysis/run-identity.ts';
import type { ConsequenceRow } from '../../core/wire/consequences.ts';
import { type OutsideResult, outsideResultSchema } from '../../core/wire/run.ts';
import type { Scenarios } from '../services/scenarios.ts';
import type { Pool } from '../store/pool.ts';
import { outsideResults } from '../store/runs/outside-results.ts';
import { stackDigest } from '../store/runs/run-order.ts';
import type { RowsOf } from './more-rows.ts';

/**
 * Rows of models that ran elsewhere: those whose results were made from the edits that the scenario has now, the newest
 * of each model.
 */
export function outsideRows(pool: Pool, scenarios: Pick<Scenarios, 'read'>): RowsOf {
  return async (id, _, who) => {
    const results = await outsideResults(pool, id);
    if (results.length === 0) return [];
    const digest = stackDigest(plainStack((await scenarios.read(id, who)).edits));
    return results
      .filter(({ stack_digest }) => stack_digest === digest)
      .flatMap(({ model, model_version, result }) => {
        const read = outsideResultSchema.safeParse(result);
        return read.success ? read.data.rows.map((row) => rowOf(row, model, model_version)) : [];
      });
  };
}

const BOUND_RULE = {
  pl: 'Podana przez model zewnętrzny; bliźniak jej nie sprawdza.',
  en: 'As the outside model gives it; the twin does not check it.',
};

function rowOf(row: OutsideResult['rows'][number], model: string, version: string): ConsequenceRow {
  const { before, after, deltaBound } = row;
  const delta = before === undefined ? undefined : after - before;
  return {
    name: `${model}.${row.name}`,
    title: row.title,
    unit: row.unit,
    scope: 'area',
    layers: [],
    method: row.method,
    boundRule: BOUND_RULE,
    state: 'computed',
    after,
    ...(before !== undefined && { before }),
    ...(delta !== undefined && { delta }),
    ...(deltaBound !== undefined && { deltaBound }),
    ...(delta !== undefined && {
      significance:
        delta === 0 ? 'none' : Math.abs(delta) > (deltaBound ?? 0) ? 'beyond-error' : 'within-error',
    }),
    notes: [
      {
        pl: `Wynik modelu zewnętrznego „${model}”, wersja ${version}.`,
        en: `Result of the outside model “${model}”, version ${version}.`,
      },
    ],
  };
}
