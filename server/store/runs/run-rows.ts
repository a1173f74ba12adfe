/** Runs as they are told. */
import type { Text } from '../../../core/feature/layer.ts';
import type { OutsideModel, Run, RunProblem, RunState } from '../../../core/wire/run.ts';
import { type Sql, sql, trusted } from '../sql.ts';

export interface RunRow {
  readonly id: string;
  readonly model: string;
  readonly model_version: string;
  readonly outside: OutsideModel | null;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly base_version: number;
  readonly base_at: string;
  readonly scenario_id: string | null;
  readonly scenario_revision: number | null;
  readonly stack_digest: string | null;
  readonly law_date: string;
  readonly state: RunState;
  readonly progress: number;
  readonly attempt: number;
  readonly tries: number;
  readonly asked_by: string;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly updated_at: string;
  readonly problem: RunProblem | null;
}

/** Without the result, which may be large. */
export const RUN_COLUMNS = trusted(
  'id, model, model_version, outside, parameters, base_version, base_at, scenario_id, scenario_revision, stack_digest, law_date, state, progress, attempt, tries, asked_by, created_at, started_at, ended_at, updated_at, problem',
);

/** @param titleOf of the models of this release */
export function runOf(row: RunRow, titleOf: (model: string) => Text | undefined, tellsWho: boolean): Run {
  const { started_at, ended_at } = row;
  return {
    id: row.id,
    model: row.model,
    modelVersion: row.model_version,
    title: row.outside?.title ?? titleOf(row.model) ?? { pl: row.model, en: row.model },
    outside: row.outside !== null,
    parameters: row.parameters,
    base: { version: row.base_version, at: row.base_at },
    scenario:
      row.scenario_revision === null
        ? null
        : { id: row.scenario_id, revision: row.scenario_revision, stackDigest: row.stack_digest ?? '' },
    lawDate: row.law_date,
    state: row.state,
    progress: row.progress,
    createdAt: row.created_at,
    startedAt: started_at,
    endedAt: ended_at,
    updatedAt: row.updated_at,
    durationMs: started_at && ended_at ? Date.parse(ended_at) - Date.parse(started_at) : null,
    ...(tellsWho && { askedBy: row.asked_by }),
    problem: row.problem,
  };
}

/** Of `twin.run`: those that somebody may read who knows their id or that of their scenario. */
export const readableSql = (isStaff: boolean): Sql =>
  isStaff
    ? sql`true`
    : sql`(scenario_revision is null or exists (select from twin.scenario
        where scenario.id = run.scenario_id and (scenario.access <> 'staff' or scenario.published_at is not null)))`;

/** Of `twin.run`: those that somebody may find who knows nothing. */
export const listedSql = (isStaff: boolean): Sql =>
  isStaff
    ? sql`true`
    : sql`(scenario_revision is null or exists (select from twin.scenario
        where scenario.id = run.scenario_id and scenario.access = 'public'))`;
