import type { ComparedRow, ConsequenceRow } from '../../core/wire/consequences.ts';
import type { Identity } from '../access/identity.ts';
import type { ConsequenceTables } from '../services/consequences.ts';

/** Rows of a scenario, made from the edits that it has now. */
export type RowsOf = (
  scenario: string,
  who: Identity,
  signal: AbortSignal,
) => Promise<readonly ConsequenceRow[]>;

/** Tables of consequences with further rows at their end, of models beside the model of consequences. */
export function withMoreRows(tables: ConsequenceTables, rowsOf: RowsOf): ConsequenceTables {
  return {
    async of(id, parameters, who, signal) {
      const table = await tables.of(id, parameters, who, signal);
      return { ...table, rows: [...table.rows, ...(await rowsOf(id, who, signal))] };
    },
    async compare(ids, parameters, who, signal) {
      const table = await tables.compare(ids, parameters, who, signal);
      const columns = [];
      for (const scenario of ids) columns.push({ scenario, rows: await rowsOf(scenario, who, signal) });
      return { ...table, rows: [...table.rows, ...comparedRows(columns)] };
    },
  };
}

interface Column {
  readonly scenario: string;
  readonly rows: readonly ConsequenceRow[];
}

const NOT_RUN = {
  pl: 'Model nie dał wyniku dla tego wariantu w tej wersji.',
  en: 'The model gave no result for this scenario at this revision.',
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
      const { state, before, after, delta, deltaBound, significance, reason } = row;
      return {
        ...{ scenario, state },
        ...(reason !== undefined && { reason }),
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
