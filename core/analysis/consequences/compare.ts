/** Tables of several scenarios over one area, side by side. */
import type {
  ComparedRow,
  Comparison,
  ConsequenceParameters,
  ConsequenceRow,
  ConsequencesReply,
} from '../../wire/consequences.ts';

type Cell = ComparedRow['cells'][number];

/** @param tables of one model, over one area, in the order of the columns; at least one */
export function compareTables(
  tables: readonly [ConsequencesReply, ...ConsequencesReply[]],
  parameters: ConsequenceParameters,
): Comparison {
  const [first] = tables;
  const sameBase = tables.every(({ scenario }) => scenario.base.at === first.scenario.base.at);
  const rows = first.rows.map((row, index) =>
    comparedRow(
      row,
      tables.map((table) => ({ table, row: table.rows[index] ?? row })),
      sameBase,
    ),
  );
  return {
    scenarios: tables.map(({ scenario, run, area }) => ({
      ...scenario,
      run,
      landM2: area.landM2,
      parcels: area.parcels,
    })),
    sameBase,
    area: { ...(first.area.bbox && { bbox: first.area.bbox }), areaM2: first.area.areaM2 },
    model: first.model,
    parameters,
    rows,
    findings: tables.map(({ scenario, findings, parcelChecks }) => ({
      scenario: scenario.id,
      findings,
      parcelChecks,
    })),
    notAssessed: [
      ...new Map(
        tables.flatMap(({ notAssessed }) =>
          notAssessed.map((each) => [`${each.name} ${each.reason.en}`, each]),
        ),
      ).values(),
    ],
  };
}

interface Column {
  readonly table: ConsequencesReply;
  readonly row: ConsequenceRow;
}

function comparedRow(
  { name, title, unit, scope, method, source, boundRule }: ConsequenceRow,
  columns: readonly Column[],
  sameBase: boolean,
): ComparedRow {
  const measured =
    sameBase && scope === 'area' ? columns.find(({ row }) => row.state === 'computed')?.row : undefined;
  const cells = columns.map((column) => cellOf(column, measured));
  return {
    name,
    title,
    unit,
    scope,
    method,
    ...(source !== undefined && { source }),
    boundRule,
    cells,
    between: sameBase ? differences(cells, columns, scope) : [],
  };
}

/** What a scenario leaves as it is has the value that another one, over the same base and area, starts from. */
function cellOf({ table, row }: Column, measured: ConsequenceRow | undefined): Cell {
  const scenario = table.scenario.id;
  if (row.state === 'unchanged' && measured?.before !== undefined) {
    const { before, beforeBound = 0 } = measured;
    return {
      scenario,
      state: row.state,
      before,
      after: before,
      afterBound: beforeBound,
      delta: 0,
      deltaBound: 0,
      significance: 'none',
    };
  }
  const { state, reason, before, after, afterBound, delta, deltaBound, significance } = row;
  return {
    scenario,
    state,
    ...(reason && { reason }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(afterBound !== undefined && { afterBound }),
    ...(delta !== undefined && { delta }),
    ...(deltaBound !== undefined && { deltaBound }),
    ...(significance && { significance }),
  };
}

const isOfPlace = (scope: ConsequenceRow['scope']): boolean => scope === 'land' || scope === 'surroundings';

/**
 * Differences between scenarios are those of their differences from the base, so that what neither changes has no part
 * in the bound. What is measured on land or around buildings is compared only where it is the same land.
 */
function differences(
  cells: readonly Cell[],
  columns: readonly Column[],
  scope: ConsequenceRow['scope'],
): ComparedRow['between'] {
  const landOf = (index: number) => columns[index]?.table.area.parcels.join(' ');
  return cells.flatMap((from, i) =>
    cells.flatMap((to, j) => {
      if (j <= i || from.delta === undefined || to.delta === undefined) return [];
      if (isOfPlace(scope) && landOf(i) !== landOf(j)) return [];
      // Twelve digits: what both were rounded to, without the dust of subtracting.
      const delta = Number((to.delta - from.delta).toPrecision(12));
      const deltaBound = Number(((from.deltaBound ?? 0) + (to.deltaBound ?? 0)).toPrecision(12));
      const significance =
        Math.abs(delta) > deltaBound
          ? 'beyond-error'
          : delta === 0 && deltaBound === 0
            ? 'none'
            : 'within-error';
      return [{ from: from.scenario, to: to.scenario, delta, deltaBound, significance } as const];
    }),
  );
}
