/** What a run depends on, as one text: equal requests are equal bytes. */
import type { StoredEdit } from '../wire/scenario.ts';

/** JSON with the members of every object in the order of their names. @param value plain data */
export const canonicalJson = (value: unknown): string => textOf(value) ?? 'null';

/** Written by hand: `JSON.stringify` with a replacer that sorts takes several times as long. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((member) => textOf(member) ?? 'null').join(',')}]`;
  let members = '';
  for (const name of Object.keys(value).sort()) {
    const text = textOf(Reflect.get(value, name));
    if (text !== undefined) members += `${members && ','}${JSON.stringify(name)}:${text}`;
  }
  return `{${members}}`;
}

/**
 * The edits as far as a result may depend on them: what was done and what the city said to it, not who did it and when.
 * Ids are their places in the stack.
 */
export const plainStack = (edits: readonly StoredEdit[]): readonly StoredEdit[] =>
  edits.map((edit, index) => ({ ...edit, id: `e${index + 1}`, author: '', madeAt: '' }));
