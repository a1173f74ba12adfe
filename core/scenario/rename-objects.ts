/**
 * Puts other ids in the place of those that a document names: every text in it that is just an old id, or a list of ids
 * with commas between them.
 * @param names old id to new id
 */
export function renameObjects<T>(document: T, names: ReadonlyMap<string, string>): T {
  return names.size === 0 ? document : (renamed(document, names) as T);
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    return value
      .split(',')
      .map((each) => names.get(each) ?? each)
      .join(',');
  }
  if (Array.isArray(value)) return value.map((each) => renamed(each, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renamed(each, names)]));
}
