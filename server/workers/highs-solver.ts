import highsModule, { type Highs, type PassiveCallbackEvent } from 'highs';
import type {
  IntegerProgram,
  ProgramAnswer,
  ProgramSolver,
} from '../../core/analysis/integer-program/integer-program.ts';

const NODES = 100_000;
/** Between two words about the search, at least. */
const LOGGING_S = 0.5;

/** Its types speak of its CommonJS form, where the loader is a member; imported as here it is the module itself. */
const load = highsModule as unknown as typeof highsModule.default;

/** HiGHS, compiled to WebAssembly: one thread, and it holds that thread while it works. */
export async function loadHighs(): Promise<ProgramSolver> {
  const highs = await load();
  return (program, { relativeGap = 0, mostNodes = NODES, start, isWanted, onBetter }) =>
    highs.withModel(modelOf(highs, program), (model): ProgramAnswer => {
      model.options.set({
        output_flag: false,
        mip_rel_gap: relativeGap,
        mip_abs_gap: relativeGap === 0 ? 1e-6 : 0,
        mip_max_nodes: mostNodes,
        mip_min_logging_interval: LOGGING_S,
        random_seed: 1,
      });
      if (start && start.size > 0) {
        model.setSolution({ indices: [...start.keys()], values: [...start.values()] });
      }
      const end = (event: { interrupt(): void }): undefined => {
        if (!isWanted()) event.interrupt();
      };
      const listen = onBetter && {
        [highs.constants.callbackType.mipLogging]: ({ data }: PassiveCallbackEvent): undefined => {
          const { mip_primal_bound: found, mip_dual_bound: bound } = data;
          if (isKnown(found) && isKnown(bound)) onBetter(found, bound);
        },
      };
      const { callbackType, modelStatus } = highs.constants;
      const { modelStatus: status } = model.run({
        [callbackType.mipInterrupt]: end,
        [callbackType.simplexInterrupt]: end,
        ...listen,
      });
      const isWhole = program.isWhole.some(Boolean);
      const isOptimal = status === modelStatus.optimal;
      const hasSolution = isOptimal || Number(model.info.get('primal_solution_status')) === 2;
      const objective = hasSolution ? model.getObjectiveValue() : Number.NaN;
      const bound = isWhole ? Number(model.info.get('mip_dual_bound')) : objective;
      return {
        values: hasSolution ? model.getSolution().colValue : undefined,
        objective,
        bound,
        isInfeasible: status === modelStatus.infeasible,
        isProven: isOptimal,
      };
    });
}

/** HiGHS writes infinity for what it does not know yet. */
const isKnown = (value: number | undefined): value is number => value !== undefined && Math.abs(value) < 1e20;

function modelOf(highs: Highs, { sense, cost, lower, upper, isWhole, rows }: IntegerProgram) {
  const starts = new Int32Array(rows.length + 1);
  for (const [k, { columns }] of rows.entries()) starts[k + 1] = (starts[k] as number) + columns.length;
  const indices = new Int32Array(starts[rows.length] as number);
  const values = new Float64Array(indices.length);
  for (const [k, row] of rows.entries()) {
    indices.set(row.columns, starts[k] as number);
    values.set(row.values, starts[k] as number);
  }
  const { objectiveSense, variableType } = highs.constants;
  return {
    ...{ numCols: cost.length, numRows: rows.length, colCost: cost, colLower: lower, colUpper: upper },
    sense: sense === 'minimise' ? objectiveSense.minimize : objectiveSense.maximize,
    rowLower: rows.map((row) => row.lower),
    rowUpper: rows.map((row) => row.upper),
    matrix: {
      ...{ format: 'csr' as const, numRows: rows.length, numCols: cost.length },
      ...{ starts, indices, values },
    },
    integrality: isWhole.map((whole) => (whole ? variableType.integer : variableType.continuous)),
  };
}
