/** What fields hold, as edits take it. */
import type { Picked, Values } from './edit-tool.ts';

export const numberIn = (values: Values, name: string): number | undefined => {
  const value = values[name];
  return typeof value === 'number' ? value : undefined;
};

/** Trimmed; undefined when empty. */
export const textIn = (values: Values, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

export const flagIn = (values: Values, name: string): boolean => values[name] === true;

/** The word of a closed list, as a select holds it; undefined for any other. */
export const wordIn = <W extends string>(values: Values, name: string, words: readonly W[]): W | undefined =>
  words.find((word) => word === values[name]);

/** Whether a field says something else than the object's property. */
export const differs = (values: Values, name: string, { item }: Picked, property: string): boolean =>
  (values[name] ?? null) !== (item.properties[property] ?? null);

/** Without the members that say nothing. */
export const known = <T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
