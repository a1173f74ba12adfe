import { invalidParameter, missingParameter } from '../../core/errors.ts';

/** Key-value pairs of OGC services: names without case, empty values absent (OGC 06-121r9, 11.5). */
export interface Kvp {
  get(name: string): string | undefined;
  /** @throws TwinError missing-parameter */
  require(name: string): string;
  /** Comma-separated values, trimmed, without empty ones; undefined when absent. */
  list(name: string): readonly string[] | undefined;
  /** Whether the name stands there, even without a value. */
  has(name: string): boolean;
}

/**
 * @throws TwinError invalid-parameter when a parameter stands twice with different values: whichever of the two
 *   was taken, somebody would be surprised.
 */
export function readKvp(query: URLSearchParams): Kvp {
  const values = new Map<string, string>();
  const present = new Set<string>();
  for (const [name, value] of query) {
    if (value.includes('\0')) throw invalidParameter(name, `Parameter ${name} contains a null byte`);
    present.add(name.toLowerCase());
    const key = name.toLowerCase();
    const before = values.get(key);
    if (before !== undefined && before !== value) {
      throw invalidParameter(name, `Parameter ${name} is given twice with different values`);
    }
    if (value !== '') values.set(key, value);
  }
  const get = (name: string) => values.get(name.toLowerCase());
  return {
    get,
    require(name) {
      const value = get(name);
      if (value === undefined) throw missingParameter(name);
      return value;
    },
    list(name) {
      const value = get(name);
      return value
        ?.split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '');
    },
    has: (name) => present.has(name.toLowerCase()),
  };
}

/**
 * A whole number in a range.
 * @throws TwinError invalid-parameter naming the range
 */
export function parseWhole(text: string, parameter: string, min: number, max: number): number {
  const value = /^\+?\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw invalidParameter(
      parameter,
      `${parameter} must be a whole number from ${min} to ${max}, got "${text.slice(0, 100)}"`,
    );
  }
  return value;
}
