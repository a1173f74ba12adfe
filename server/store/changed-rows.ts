/** The difference between two states of a layer as a relation of its own, which every writer can read. */
import { layerOfChanges } from '../../core/order/order-changes.ts';
import type { View } from '../access/view.ts';
import { sisterOf, tableOf } from './register-table.ts';
import { isEdited, type Relation, rowsOf } from './relation.ts';
import { join, NOTHING, name, type Sql, sql } from './sql.ts';

/** The state that a relation shows. */
type State = Pick<View, 'at' | 'scenario'>;

/**
 * The objects in which `after` differs from `before`: as they are afterwards, those that are gone as they were. A row
 * that came and is the same again as before does not differ.
 * @param before the relation as it was at a moment of the city, cut and guarded as `after` is
 * @param since that moment
 * @param state what `after` shows: the city of a moment, a scenario, or what is current
 */
export function changedRelation(before: Relation, after: Relation, since: Date, state: State): Relation {
  const { layer } = after;
  const until = state.at ?? state.scenario?.base;
  const [was, is] = [name('was'), name('is')];
  const properties = layer.properties.map((property) => name(property.name));
  const columns = properties.map(
    (each) => sql`case when ${is}.id is null then ${was}.${each} else ${is}.${each} end as ${each}`,
  );
  const valuesOf = (side: Sql) =>
    sql`row(${join(
      [name('geom'), ...properties].map((each) => sql`${side}.${each}`),
      ', ',
    )})`;
  const touched = touchedIds(after, since, state);
  const edited = isScenarioEdited(after, state);
  const versionAfter = sql`(select dataset_version from ${tableOf(layer)} as kept where kept.id = ${is}.id and ${validAt(until)})`;
  const rows = sql`select coalesce(${is}.id, ${was}.id) as id,
      case when ${is}.id is null then ${was}.geom else ${is}.geom end as geom,
      case when ${was}.id is null then 'added' when ${is}.id is null then 'removed' else 'changed' end as change,
      (select dataset_version from ${tableOf(layer)} as kept where kept.id = ${was}.id and ${validAt(since)})
        as version_before,
      ${
        edited
          ? sql`case when not exists (select from ${sisterOf(layer)} as edited
        where edited.scenario_id = ${state.scenario?.id}::text and edited.id = ${is}.id) then ${versionAfter} end`
          : versionAfter
      }
        as version_after${columns.length > 0 ? sql`, ${join(columns, ', ')}` : NOTHING}
    from (select * from (${rowsOf(before)}) as rows where id in (${touched})) as ${was}
      full join (select * from (${rowsOf(after)}) as rows where id in (${touched})) as ${is} on ${was}.id = ${is}.id
    where ${was}.id is null or ${is}.id is null or ${valuesOf(was)} is distinct from ${valuesOf(is)}`;
  return { layer: layerOfChanges(layer), branches: [rows] };
}

/** Ids of all rows that can differ: whatever came or went after the earlier of both, and what a scenario speaks of. */
function touchedIds({ layer }: Relation, since: Date, state: State): Sql {
  const until = state.at ?? state.scenario?.base;
  const first = new Date(Math.min(since.getTime(), until?.getTime() ?? Number.POSITIVE_INFINITY));
  const moment = sql`${first.toISOString()}::timestamptz`;
  const ofCity = sql`select id from ${tableOf(layer)} where valid_from > ${moment} or valid_to > ${moment}`;
  if (!state.scenario || !isScenarioEdited({ layer }, state)) return ofCity;
  return sql`${ofCity} union all select id from ${sisterOf(layer)} where scenario_id = ${state.scenario.id}::text`;
}

const isScenarioEdited = ({ layer }: Pick<Relation, 'layer'>, { scenario }: State): boolean =>
  scenario !== undefined && isEdited(layer, scenario);

const validAt = (moment: Date | undefined): Sql =>
  moment === undefined
    ? sql`kept.valid_to is null`
    : sql`kept.valid_from <= ${moment.toISOString()}::timestamptz
        and (kept.valid_to is null or kept.valid_to > ${moment.toISOString()}::timestamptz)`;
