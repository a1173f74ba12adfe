import type {
  ComparedRow,
  ConsequenceParameters,
  ConsequenceRow,
  TableParameters,
} from '../../core/wire/consequences.ts';
import type { Identity } from '../access/identity.ts';
import type { ConsequenceTables } from '../services/consequences.ts';

/** Rows of a scenario, made from the edits that it has now. */
export type RowsOf = (
  scenario: string,
  asked: Pick<TableParameters, 'trafficHour'>,
  who: Identity,
  signal: AbortSignal,
) => Promise<readonly ConsequenceRow[]>;

/** Tables of consequences with further rows at their end, of models beside the model of consequences. */
export function withMoreRows(
  tables: ConsequenceTables<ConsequenceParameters>,
  more: readonly RowsOf[],
): ConsequenceTables {
  return {
    async of(id, { trafficHour, ...parameters }, who, signal) {
      const table = await tables.of(id, parameters, who, signal);
      const rows = await Promise.all(more.map((rowsOf) => rowsOf(id, { trafficHour }, who, signal)));
      return { ...table, rows: [...table.rows, ...rows.flat()] };
    },
    async compare(ids, { trafficHour, ...parameters }, who, signal) {
      const table = await tables.compare(ids, parameters, who, signal);
      const added = await Promise.all(
        more.map((rowsOf) =>
          Promise.all(
            ids.map(async (scenario) => ({
              scenario,
              rows: await rowsOf(scenario, { trafficHour }, who, signal),
            })),
          ),
        ),
      );
      return { ...table, rows: [...table.rows, ...added.flatMap(comparedRows)] };
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
      const { state, before, after, delta, deltaBound, significance, reason, pending } = row;
      return {
        ...{ scenario, state },
        ...(reason !== undefined && { reason }),
        ...(pending && { pending }),
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
