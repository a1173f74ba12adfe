import type { StoredEdit } from '../wire/scenario.ts';
import { objectKey } from './scenario-row.ts';

/**
 * Some edits of a stack and all later ones that build on them: those that touch an object which one of them touches.
 * @param stack in its order
 */
export function withThoseThatBuildOn(
  stack: readonly StoredEdit[],
  ids: ReadonlySet<string>,
): readonly StoredEdit[] {
  const touched = new Set<string>();
  return stack.filter((edit) => {
    const keys = edit.objects.map(objectKey);
    if (!ids.has(edit.id) && !keys.some((key) => touched.has(key))) return false;
    for (const key of keys) touched.add(key);
    return true;
  });
}
