/** Scenarios as they are told. */
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import type {
  Edit,
  Scenario,
  ScenarioSummary,
  Settled,
  StoredEdit,
  TouchedObject,
} from '../../core/wire/scenario.ts';
import type { ScenarioState } from '../access/view.ts';
import type { Connection } from './connection.ts';
import { CITY } from './dataset.ts';
import type { Pool } from './pool.ts';
import { type Sql, sql, trusted } from './sql.ts';

export interface HeadRow {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly author: string;
  readonly access: Scenario['access'];
  readonly assumptions: readonly string[];
  readonly law_date: string;
  readonly state: Scenario['state'];
  readonly parent_id: string | null;
  readonly parent_revision: number | null;
  readonly published_at: string | null;
  readonly published_by: string | null;
  readonly applied_at: string | null;
  readonly applied_by: string | null;
  readonly applied_version: number | null;
  readonly base_version: number;
  readonly base_at: string;
  readonly revision: number;
  readonly layers: readonly string[];
  readonly created_at: string;
  readonly updated_at: string;
  readonly updated_by: string;
}

const HEAD = trusted(
  `id, title, reason, author, access, assumptions, law_date, state, parent_id, parent_revision, published_at,
    published_by, applied_at, applied_by, applied_version, base_version, base_at, revision, layers, created_at,
    updated_at, updated_by`,
);
const MOST_LISTED = 1_000;
const MOST_VERSIONS = 20;

export const scenarioHeadSql = (id: string): Sql =>
  sql`select ${HEAD} from twin.scenario where id = ${id}::text`;

/** A select of one row, `is_there`: whether the dataset version that a scenario names is still known. */
export const isBaseThereSql = ({ base_version }: Pick<HeadRow, 'base_version'>): Sql =>
  sql`select ${base_version}::bigint = 0 or exists (select from twin.dataset_version
    where dataset = ${CITY}::text and version = ${base_version}::bigint) as is_there`;

/** What reading the city in it needs. */
export const stateOf = ({ id, title, base_at, revision, layers }: HeadRow): ScenarioState => ({
  id,
  title,
  base: new Date(base_at),
  revision,
  layers,
});

const headFields = (head: HeadRow, forStaff: boolean) => ({
  id: head.id,
  title: head.title,
  reason: head.reason,
  author: head.author,
  access: head.access,
  assumptions: [...head.assumptions],
  lawDate: head.law_date,
  state: head.state,
  ...(forStaff &&
    head.parent_id !== null && {
      parent: { id: head.parent_id, revision: head.parent_revision ?? 0 },
    }),
  ...(head.published_at !== null && {
    publication: { at: head.published_at, by: head.published_by ?? '' },
  }),
  ...(head.applied_at !== null && {
    application: { at: head.applied_at, by: head.applied_by ?? '', version: head.applied_version ?? 0 },
  }),
  createdAt: head.created_at,
  updatedAt: head.updated_at,
  updatedBy: head.updated_by,
  revision: head.revision,
});

/** The newest changes first; without rights of staff only what is listed for everybody. */
export async function summariesOf(pool: Pool, all: boolean): Promise<readonly ScenarioSummary[]> {
  const rows = await pool.read<HeadRow & { moved_on: boolean; edit_count: number }>(
    sql`select ${HEAD},
        exists (select from twin.dataset_version where dataset = ${CITY}::text and version > base_version) as moved_on,
        (select count(*) from twin.scenario_edit where scenario_id = scenario.id and not is_undone) as edit_count
      from twin.scenario where ${all}::boolean or access = 'public'
      order by updated_at desc, id limit ${MOST_LISTED}::bigint`,
  );
  return rows.map((row) => ({
    ...headFields(row, all),
    base: { version: row.base_version, at: row.base_at },
    movedOn: row.moved_on,
    editCount: row.edit_count,
  }));
}

/**
 * @param forStaff with the scenario that it was branched from: whoever knows an id may read what it names; and with
 *   what only staff may know of objects as they were before the edits
 */
export async function readScenario(pool: Pool, head: HeadRow, forStaff: boolean): Promise<Scenario> {
  const edits = await pool.read<EditRow & { is_undone: boolean }>(
    sql`select id, author, made_at, edit, settled, is_undone from twin.scenario_edit
      where scenario_id = ${head.id}::text order by ordinal`,
  );
  const versions = await pool.read<{ version: number; recorded_at: string; source: string }>(
    sql`select version, recorded_at, source from twin.dataset_version
      where dataset = ${CITY}::text and version > ${head.base_version}::bigint
      order by version desc limit ${MOST_VERSIONS}::bigint`,
  );
  const [base] = await pool.read<{ is_there: boolean }>(isBaseThereSql(head));
  const active = edits.filter(({ is_undone }) => !is_undone);
  return {
    ...headFields(head, forStaff),
    base: {
      version: head.base_version,
      at: head.base_at,
      newerVersions: versions.map(({ version, recorded_at, source }) => ({
        version,
        recordedAt: recorded_at,
        source,
      })),
      isGone: !base?.is_there,
    },
    edits: active.map(storedEdit).map((edit) => (forStaff ? edit : withoutSecrets(edit))),
    undone: edits.length - active.length,
  };
}

/** How objects were before an edit, without what only staff may know of them. */
function withoutSecrets(edit: StoredEdit): StoredEdit {
  const objects = edit.objects.map((object) => {
    const register = REGISTERS.find(({ name }) => name === object.layer);
    if (!object.before || !register) return object;
    const hidden = register.properties.filter(({ audience }) => audience === 'staff').map(({ name }) => name);
    const known = Object.entries(object.before.properties).filter(([name]) => !hidden.includes(name));
    return { ...object, before: { ...object.before, properties: Object.fromEntries(known) } };
  });
  return { ...edit, objects };
}

export interface EditRow {
  readonly id: string;
  readonly author: string;
  readonly made_at: string;
  readonly edit: Edit;
  readonly settled: Settled;
}

export const storedEdit = ({ id, author, made_at, edit, settled }: EditRow): StoredEdit => ({
  id,
  author,
  madeAt: made_at,
  edit,
  ...settled,
});

/**
 * What decides about some objects: the first and the last standing edit that touches each, in their order. By index,
 * however long the stack is and however many objects are asked about.
 */
export function decidingEditsSql(
  scenarioId: string,
  objects: readonly Pick<TouchedObject, 'layer' | 'id'>[],
): Sql {
  const layers = objects.map(({ layer }) => layer);
  const ids = objects.map(({ id }) => id);
  // Object by object: a join of them all may begin at the edits and read the whole stack for each.
  return sql`select id, author, made_at, edit, settled from twin.scenario_edit
    where scenario_id = ${scenarioId}::text and ordinal = any(array(
      select unnest(array[first, last]) from unnest(${layers}::text[], ${ids}::text[]) as touched (layer, id)
      cross join lateral (
        select min(spoken.ordinal) as first, max(spoken.ordinal) as last from twin.scenario_edit_object as spoken
        where spoken.scenario_id = ${scenarioId}::text and spoken.layer = touched.layer
          and spoken.object_id = touched.id and not exists (
            select from twin.scenario_edit as undone where undone.scenario_id = ${scenarioId}::text
              and undone.ordinal = spoken.ordinal and undone.is_undone)) as deciding))
    order by ordinal`;
}

export async function decidingEdits(
  connection: Connection,
  scenarioId: string,
  objects: StoredEdit['objects'],
): Promise<readonly StoredEdit[]> {
  return (await connection.run<EditRow>(decidingEditsSql(scenarioId, objects))).map(storedEdit);
}

/** The whole stack in its order, without what was undone. */
export async function activeEdits(
  connection: Connection,
  scenarioId: string,
): Promise<readonly StoredEdit[]> {
  const rows = await connection.run<EditRow>(
    sql`select id, author, made_at, edit, settled from twin.scenario_edit
      where scenario_id = ${scenarioId}::text and not is_undone order by ordinal`,
  );
  return rows.map(storedEdit);
}
