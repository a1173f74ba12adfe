/** How one object of a scenario differs from the same object of its base. */
import type { Feature, PropertyValue } from '../feature/feature.ts';

export interface Difference {
  readonly layer: string;
  readonly id: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** As the scenario has it; undefined = it is gone. */
  readonly after: Feature | undefined;
  /** As the base has it; undefined = it is new. */
  readonly before: Feature | undefined;
  /** Of a changed object: names of the properties that differ, and `geometry`. */
  readonly differs: readonly string[];
}

/** @returns undefined when there is no difference, as after an edit and its opposite */
export function differenceOf(
  before: Feature | undefined,
  after: Feature | undefined,
): Difference | undefined {
  const one = after ?? before;
  if (!one) return undefined;
  const object = { layer: one.layer, id: one.id, before, after };
  if (!before) return { ...object, change: 'added', differs: [] };
  if (!after) return { ...object, change: 'removed', differs: [] };
  const names = new Set([...Object.keys(before.properties), ...Object.keys(after.properties)]);
  const differs = [...names].filter((name) => held(before, name) !== held(after, name));
  const isReshaped = JSON.stringify(before.geometry) !== JSON.stringify(after.geometry);
  if (differs.length === 0 && !isReshaped) return undefined;
  return { ...object, change: 'changed', differs: isReshaped ? [...differs, 'geometry'] : differs };
}

const held = ({ properties }: Feature, name: string): PropertyValue => properties[name] ?? null;
