/** Changes of a document by JSON Patch (RFC 6902). */
import { isDeepStrictEqual } from 'node:util';
import { conflict, invalidParameter } from '../../../core/errors.ts';

const MOST_STEPS = 1_000;

/**
 * The document after all steps; it stays as it was when one of them fails.
 * @throws TwinError invalid-parameter for what is no patch or names what is not there, conflict when a test fails
 */
export function patched(document: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch) || patch.length > MOST_STEPS) {
    throw invalidParameter('body', `The body must be a JSON Patch: a list of at most ${MOST_STEPS} steps`);
  }
  return patch.reduce<unknown>((whole, step, n) => applied(whole, step, `${n}`), structuredClone(document));
}

function applied(whole: unknown, step: unknown, where: string): unknown {
  const { op, path, from, value } = (step ?? {}) as Record<string, unknown>;
  const to = pointer(path, `${where}.path`);
  switch (op) {
    case 'test':
      if (isDeepStrictEqual(valueAt(whole, to, where), value)) return whole;
      throw conflict(`${where}: the value at ${path} is another one`, where);
    case 'add':
      return added(whole, to, value, where);
    case 'remove':
      return removed(whole, to, where);
    case 'replace':
      return added(removed(whole, to, where), to, value, where);
    case 'copy':
      return added(whole, to, structuredClone(valueAt(whole, pointer(from, `${where}.from`), where)), where);
    case 'move': {
      const source = pointer(from, `${where}.from`);
      return added(removed(whole, source, where), to, valueAt(whole, source, where), where);
    }
    default:
      throw invalidParameter(where, `${where}: op is add, remove, replace, move, copy or test`);
  }
}

function pointer(text: unknown, where: string): readonly string[] {
  if (typeof text !== 'string' || (text !== '' && !text.startsWith('/'))) {
    throw invalidParameter(where, `${where}: must be a JSON Pointer such as /properties/colour`);
  }
  const keys = text
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (keys.length > 50) throw invalidParameter(where, `${where}: is too deep`);
  return keys;
}

const absent = (where: string, key: string) =>
  invalidParameter(where, `${where}: there is no ${key.slice(0, 100)}`);

function valueAt(whole: unknown, keys: readonly string[], where: string): unknown {
  return keys.reduce<unknown>((at, key) => {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) throw absent(where, key);
    return Reflect.get(at, key);
  }, whole);
}

/** The whole with another value at a place, all on the way copied. */
function changed(
  whole: unknown,
  keys: readonly string[],
  where: string,
  change: (parent: object, key: string) => object,
): unknown {
  const [key = '', ...rest] = keys;
  if (typeof whole !== 'object' || whole === null) throw absent(where, key);
  if (rest.length === 0) return change(whole, key);
  if (!Object.hasOwn(whole, key)) throw absent(where, key);
  const inner = changed(Reflect.get(whole, key), rest, where, change);
  return Array.isArray(whole)
    ? whole.map((item: unknown, n) => (String(n) === key ? inner : item))
    : { ...whole, [key]: inner };
}

function added(whole: unknown, keys: readonly string[], value: unknown, where: string): unknown {
  if (keys.length === 0) return value;
  return changed(whole, keys, where, (parent, key) => {
    if (!Array.isArray(parent)) return { ...parent, [key]: value };
    const at = key === '-' ? parent.length : Number(key);
    if (!(Number.isInteger(at) && at >= 0 && at <= parent.length)) throw absent(where, key);
    return parent.toSpliced(at, 0, value);
  });
}

function removed(whole: unknown, keys: readonly string[], where: string): unknown {
  if (keys.length === 0) return undefined;
  return changed(whole, keys, where, (parent, key) => {
    if (!Object.hasOwn(parent, key)) throw absent(where, key);
    if (Array.isArray(parent)) return parent.toSpliced(Number(key), 1);
    const { [key]: _gone, ...others } = parent as Record<string, unknown>;
    return others;
  });
}
