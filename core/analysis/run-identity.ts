/** What a run depends on, as one text: equal requests are equal bytes. */
import type { StoredEdit } from '../wire/scenario.ts';

/** JSON with the members of every object in the order of their names. @param value plain data */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/**
 * The edits as far as a result may depend on them: what was done and what the city said to it, not who did it and when.
 * Ids are their places in the stack.
 */
export const plainStack = (edits: readonly StoredEdit[]): readonly StoredEdit[] =>
  edits.map((edit, index) => ({ ...edit, id: `e${index + 1}`, author: '', madeAt: '' }));
