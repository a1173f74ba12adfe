/**
 * A relation is the rows of a layer as SQL, with the columns that may be used. Decorators change which rows or
 * columns there are; rows, counts and tiles are read from the result (`rows-sql.ts`).
 */
import type { Layer } from '../../core/feature/layer.ts';
import type { Identity } from '../access/identity.ts';
import type { ScenarioState, View } from '../access/view.ts';
import { mayKnow, visibleLayer } from '../access/visible-layer.ts';
import { CITY } from './dataset.ts';
import { sisterOf, tableOf } from './register-table.ts';
import { join, name, type Sql, sql } from './sql.ts';
import { toldColumn } from './told-columns.ts';

export interface Relation {
  /** Its properties are the columns that may be put out, filtered and sorted by. */
  readonly layer: Layer;
  /**
   * Selects with the columns id, geom and every property of the layer, whose rows together are the relation;
   * no row is in two of them. Apart, so that filter, order and limit can be pushed into each: PostgreSQL sorts a
   * whole union otherwise.
   */
  readonly branches: readonly [Sql, ...Sql[]];
  /** Where all rows are of the layer's own table: what also tells them apart by their state. */
  readonly stamped?: StampedRows;
}

/** Rows with two columns more: `row_id`, and `row_stamp` (xid), which changes whenever anything of the row does. */
export interface StampedRows {
  readonly branches: Relation['branches'];
  /** All rows that there are or were, to find some by their `row_id`. */
  readonly all: Sql;
}

/**
 * A layer in the state of the city and through the eyes that the view says; undefined when it may not be known.
 * Whatever reads features reads them from here.
 */
export function relationFor(layer: Layer, { who, at, scenario }: View): Relation | undefined {
  if (scenario) return guarded(overlay(relationAsOf(layer, scenario.base), scenario), who);
  return guarded(at ? relationAsOf(layer, at) : currentRelation(layer), who);
}

/** What is current now. */
export function currentRelation(layer: Layer): Relation {
  return relationOf(layer, [sql`valid_to is null`]);
}

/** What was current at a moment. Two branches, because current and ended rows are indexed apart. */
export function relationAsOf(layer: Layer, moment: Date): Relation {
  const at = sql`${moment.toISOString()}::timestamptz`;
  const since = sql`valid_to is not null and valid_from <= ${at} and valid_to > ${at}`;
  return relationOf(layer, [sql`valid_to is null and valid_from <= ${at}`, since]);
}

/** What is current now, and the versions that the register itself had ended when they were loaded. */
export function withEndedVersions(layer: Layer): Relation {
  return relationOf(layer, [sql`valid_to is null`, sql`valid_to is not null and version_until is not null`]);
}

/**
 * A relation after the edits of a scenario: rows that its sister table does not speak of, and those of the sister
 * table. Where the scenario does not differ from its base the relation stays as it is.
 */
export function overlay(base: Relation, scenario: Pick<ScenarioState, 'id' | 'layers'>): Relation {
  const { layer } = base;
  if (!isEdited(layer, scenario)) return base;
  const sister = sql`${sisterOf(layer)} as edited where edited.scenario_id = ${scenario.id}::text`;
  const [first, ...others] = base.branches.map(
    (rows) => sql`select * from (${rows}) as base
      where not exists (select from ${sister} and edited.id = base.id)`,
  );
  if (!first) return base;
  const columns = join(columnsOf(layer), ', ');
  return { layer, branches: [first, ...others, sql`select ${columns} from ${sister} and not is_deleted`] };
}

/** Whether a scenario may differ from its base in a layer. */
export const isEdited = (layer: Layer, { layers }: Pick<ScenarioState, 'layers'>): boolean =>
  layer.dataset === CITY && layers.includes(layer.name);

/** All rows as one select. */
export const rowsOf = ({ branches }: Relation): Sql => join(branches, ' union all ');

/**
 * Takes away the columns that this person may not see, and critical detail within those that they may, or the whole
 * relation. No row goes: whoever asks what lies on a parcel must hear of it.
 */
export function guarded({ layer: whole, branches, stamped }: Relation, who: Identity): Relation | undefined {
  if (!mayKnow(whole, who)) return undefined;
  const layer = visibleLayer(whole, who);
  if (!layer.critical) return { layer, branches, ...(stamped && { stamped }) };
  const told = ['id', 'geom', ...layer.properties.map((property) => property.name)].map(
    (column) => sql`${toldColumn(layer, column)} as ${name(column)}`,
  );
  const of = (columns: readonly Sql[]) => (rows: Sql) =>
    sql`select ${join(columns, ', ')} from (${rows}) as whole`;
  const ofStamped = of([...told, ...STAMP_NAMES]);
  return {
    layer,
    branches: each(branches, of(told)),
    ...(stamped && { stamped: { branches: each(stamped.branches, ofStamped), all: ofStamped(stamped.all) } }),
  };
}

const STAMP_NAMES = [name('row_id'), name('row_stamp')];
const STAMP_COLUMNS = [name('row_id'), sql`xmin as row_stamp`];

/** The rows of a layer's own table of which one of the conditions is true. */
function relationOf(layer: Layer, conditions: readonly [Sql, ...Sql[]]): Relation {
  const columns = columnsOf(layer);
  const from = (selected: readonly Sql[]) => sql`select ${join(selected, ', ')} from ${tableOf(layer)}`;
  const [plain, withStamp] = [from(columns), from([...columns, ...STAMP_COLUMNS])];
  const where = (rows: Sql) => each(conditions, (condition) => sql`${rows} where ${condition}`);
  return { layer, branches: where(plain), stamped: { branches: where(withStamp), all: withStamp } };
}

function each<From, To>(
  [first, ...others]: readonly [From, ...From[]],
  make: (from: From) => To,
): readonly [To, ...To[]] {
  return [make(first), ...others.map(make)];
}

const columnsOf = (layer: Layer): readonly Sql[] =>
  ['id', 'geom', ...layer.properties.map((property) => property.name)].map((column) => name(column));
