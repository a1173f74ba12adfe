/** How the edits of scenarios shape the ground. */
import { type ShapedGround, shapedGround } from '../../core/scenario/shaped-ground.ts';
import type { Earthwork, ShapeTerrain } from '../../core/wire/edits/terrain.ts';
import type { StoredEdit } from '../../core/wire/scenario.ts';
import type { ScenarioState } from '../access/view.ts';
import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql } from './sql.ts';

/** So many scenarios have their shapes in memory. */
const MOST_KEPT = 200;

interface ShapeRow {
  readonly edit: ShapeTerrain;
  readonly earthwork: Earthwork;
}

const shapesSql = (scenarioId: string): Sql =>
  sql`select edit, settled -> 'earthwork' as earthwork from twin.scenario_edit
    where scenario_id = ${scenarioId}::text and edit ->> 'kind' = 'shape-terrain' and not is_undone order by ordinal`;

const shapeOf = ({ edit, earthwork }: ShapeRow): ShapedGround => shapedGround(edit, earthwork.reachM);

/** The shapes of a scenario as they stand, in the order of its stack. */
export async function shapesOf(connection: Connection, scenarioId: string): Promise<readonly ShapedGround[]> {
  return (await connection.run<ShapeRow>(shapesSql(scenarioId))).map(shapeOf);
}

/** The same from a stack that has been read. */
export const shapesOfEdits = (edits: readonly StoredEdit[]): readonly ShapedGround[] =>
  edits.flatMap(({ edit, earthwork }) =>
    edit.kind === 'shape-terrain' && earthwork ? [shapeOf({ edit, earthwork })] : [],
  );

/** The same for whoever reads the ground often: asked for once at each revision. */
export function scenarioShapes(
  pool: Pool,
): (scenario: Pick<ScenarioState, 'id' | 'revision'>) => Promise<readonly ShapedGround[]> {
  const kept = new Map<
    string,
    { readonly revision: number; readonly shapes: Promise<readonly ShapedGround[]> }
  >();
  return ({ id, revision }) => {
    const known = kept.get(id);
    if (known?.revision === revision) return known.shapes;
    const shapes = pool.read<ShapeRow>(shapesSql(id)).then((rows) => rows.map(shapeOf));
    kept.delete(id);
    kept.set(id, { revision, shapes });
    shapes.catch(() => kept.delete(id));
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return shapes;
  };
}
