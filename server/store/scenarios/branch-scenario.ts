import type { Layer } from '../../../core/feature/layer.ts';
import type { NewBranch } from '../../../core/wire/scenario-head.ts';
import type { Identity } from '../../access/identity.ts';
import type { Connection } from '../connection.ts';
import { randomName } from '../random-name.ts';
import { sisterOf } from '../register-table.ts';
import { join, name, sql } from '../sql.ts';
import { readForCopy } from './lock-scenario.ts';
import { logBeginning } from './scenario-log.ts';

/**
 * A scenario that begins as another stands, in whatever state that is: its edits with what the city said to them, its
 * rows and its cells are copied as they are; nothing is asked or replayed. Edits keep their ids, so that a merge knows
 * which ones both have.
 * @param layers those that scenarios can change
 * @returns the id of the branch
 */
export async function branchScenario(
  connection: Connection,
  parentId: string,
  wanted: NewBranch,
  layers: readonly Layer[],
  who: Identity,
): Promise<string> {
  const parent = await readForCopy(connection, parentId, who);
  const id = randomName(20);
  await connection.run(
    sql`insert into twin.scenario (id, title, reason, author, access, base_version, base_at, layers, updated_by,
        assumptions, law_date, parent_id, parent_revision)
      values (${id}::text, ${wanted.title ?? parent.title}::text, ${wanted.reason ?? parent.reason}::text,
        ${who.who}::text, ${wanted.access ?? parent.access}::text, ${parent.base_version}::bigint,
        ${parent.base_at}::timestamptz, ${parent.layers}::text[], ${who.who}::text,
        ${wanted.assumptions ?? parent.assumptions}::text[], ${wanted.lawDate ?? parent.law_date}::date,
        ${parentId}::text, ${parent.revision}::bigint)`,
  );
  await connection.run(
    sql`insert into twin.scenario_edit (scenario_id, ordinal, id, author, made_at, edit, settled)
      select ${id}::text, ordinal, id, author, made_at, edit, settled from twin.scenario_edit
      where scenario_id = ${parentId}::text and not is_undone`,
  );
  await connection.run(
    sql`insert into twin.scenario_gone (scenario_id, edit_id, merged_from)
      select ${id}::text, edit_id, merged_from from twin.scenario_gone where scenario_id = ${parentId}::text`,
  );
  await connection.run(
    sql`insert into twin.scenario_cell (scenario_id, layer, cell_x, cell_y, version)
      select ${id}::text, layer, cell_x, cell_y, 1 from twin.scenario_cell where scenario_id = ${parentId}::text`,
  );
  for (const layer of layers.filter((each) => parent.layers.includes(each.name))) {
    const columns = ['id', 'geom', 'is_deleted', ...layer.properties.map((property) => property.name)];
    const copied = join(
      columns.map((column) => name(column)),
      ', ',
    );
    await connection.run(
      sql`insert into ${sisterOf(layer)} (scenario_id, ${copied})
        select ${id}::text, ${copied} from ${sisterOf(layer)} where scenario_id = ${parentId}::text`,
    );
  }
  const from = { scenario: parentId, revision: parent.revision };
  await logBeginning(connection, id, who, { action: 'branched', from });
  return id;
}
