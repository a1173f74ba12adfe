import { plainStack } from '../../core/analysis/run-identity.ts';
import type { ComparedRow, ConsequenceRow } from '../../core/wire/consequences.ts';
import { type OutsideResult, outsideResultSchema } from '../../core/wire/run.ts';
import type { Identity } from '../access/identity.ts';
import type { ConsequenceTables } from '../services/consequences.ts';
import type { Scenarios } from '../services.ts';
import type { Pool } from '../store/pool.ts';
import { outsideResults } from '../store/runs/outside-results.ts';
import { stackDigest } from '../store/runs/run-order.ts';

/**
 * Tables of consequences with the rows of models that ran elsewhere: those whose results were made from the edits that
 * the scenario has now, the newest of each model.
 */
export function withOutsideRows(
  tables: ConsequenceTables,
  pool: Pool,
  scenarios: Pick<Scenarios, 'read'>,
): ConsequenceTables {
  /** From what is stored for the edits that the scenario has now. */
  const rowsOf = async (id: string, who: Identity): Promise<readonly ConsequenceRow[]> => {
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
  return {
    async of(id, parameters, who, signal) {
      const table = await tables.of(id, parameters, who, signal);
      return { ...table, rows: [...table.rows, ...(await rowsOf(id, who))] };
    },
    async compare(ids, parameters, who, signal) {
      const table = await tables.compare(ids, parameters, who, signal);
      const columns = [];
      for (const scenario of ids) columns.push({ scenario, rows: await rowsOf(scenario, who) });
      return { ...table, rows: [...table.rows, ...comparedRows(columns)] };
    },
  };
}

interface Column {
  readonly scenario: string;
  readonly rows: readonly ConsequenceRow[];
}

const NOT_RUN = {
  pl: 'Model zewnętrzny nie dał wyniku dla tego wariantu w tej wersji.',
  en: 'The outside model gave no result for this scenario at this revision.',
};

/** Scenarios are not held against each other: the twin does not know what errors their results share. */
function comparedRows(columns: readonly Column[]): readonly ComparedRow[] {
  const all = columns.flatMap(({ rows }) => rows);
  const names = [...new Set(all.map(({ name }) => name))];
  return names.flatMap((name): readonly ComparedRow[] => {
    const head = all.find((row) => row.name === name);
    if (!head) return [];
    const { title, unit, scope, method, boundRule } = head;
    const cells = columns.map(({ scenario, rows }): ComparedRow['cells'][number] => {
      const row = rows.find((one) => one.name === name);
      if (!row) return { scenario, state: 'not-assessed', reason: NOT_RUN };
      const { state, before, after, delta, deltaBound, significance } = row;
      return {
        ...{ scenario, state },
        ...(before !== undefined && { before }),
        ...(after !== undefined && { after }),
        ...(delta !== undefined && { delta }),
        ...(deltaBound !== undefined && { deltaBound }),
        ...(significance && { significance }),
      };
    });
    return [{ name, title, unit, scope, method, boundRule, cells, between: [] }];
  });
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
