import { ENTITY_MODEL } from '../../core/live/entity-model.ts';
import type { EntitySet } from '../../core/live/sensor-things.ts';
import { ENTITY_TABLES } from './entity-tables.ts';

/** What follows `join` so that `b` are the rows that a link of `a` leads to. */
export function joinOf(set: EntitySet, link: string, a: string, b: string): string {
  const target = ENTITY_MODEL[set].links[link];
  const columns = ENTITY_TABLES[set].links[link];
  if (target === undefined || columns === undefined) throw new Error(`${set} have no link ${link}`);
  const { table } = ENTITY_TABLES[target.set];
  if ('on' in columns) return `${table} as ${b} on ${columns.on(a, b)}`;
  const { through, from, to } = columns;
  return `(${through} as ${b}_by join ${table} as ${b} on ${b}.id = ${b}_by.${to}) on ${b}_by.${from} = ${a}.id`;
}
