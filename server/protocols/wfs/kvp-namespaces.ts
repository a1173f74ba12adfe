/** Prefixes of key-value pairs (09-025r2, 7.6.6). */
import { commonReferences } from '../../../core/filter/common-prefixes.ts';
import type { Kvp } from '../../http/kvp.ts';

/** `xmlns(bl,https://…),xmlns(https://…)`. */
export function namespacesOf(kvp: Kvp): ReadonlyMap<string, string> {
  const prefixes = new Map<string, string>();
  for (const [, inside = ''] of (kvp.get('namespaces') ?? '').matchAll(/xmlns\(([^)]*)\)/g)) {
    const comma = inside.indexOf(',');
    if (comma > 0) prefixes.set(inside.slice(0, comma).trim(), inside.slice(comma + 1).trim());
  }
  return prefixes;
}

/** A parameter that refers to properties. */
export function referencesIn(kvp: Kvp, parameter: string): string | undefined {
  const text = kvp.get(parameter);
  return text === undefined ? undefined : commonReferences(text, namespacesOf(kvp));
}
