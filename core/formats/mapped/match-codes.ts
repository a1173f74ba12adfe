/** Words of a table that are codes of ours under other names. */
import type { CodelistEntry } from '../../feature/layer.ts';

/** Small letters and digits, without signs. */
export const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]/g, '');

/**
 * What each value becomes that is no code itself: the entry whose code or label it is, whatever its signs and capitals; null
 * where there is none.
 * @returns undefined when all values are codes
 */
export function codesOf(
  values: readonly string[],
  codelist: readonly CodelistEntry[],
): Record<string, string | null> | undefined {
  const strange = values.filter((text) => !codelist.some(({ code }) => code === text));
  if (strange.length === 0) return undefined;
  return Object.fromEntries(
    strange.map((text) => {
      const entry = codelist.find(
        ({ code, label }) =>
          plain(code) === plain(text) || Object.values(label).some((each) => plain(each) === plain(text)),
      );
      return [text, entry?.code ?? null];
    }),
  );
}
