/** The namespaces that are in scope at one place of a document. */
import { detached } from './detached.ts';

export interface ExpandedName {
  readonly namespace: string;
  readonly local: string;
}

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

const NAME = /^[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$/;
/** Names and scopes that are remembered; a document with more of them is slower, not larger. */
const MOST_REMEMBERED = 4_000;

export class NameScope {
  static readonly outermost = new NameScope(
    new Map([
      ['', ''],
      ['xml', XML_NAMESPACE],
    ]),
  );

  readonly #bound: ReadonlyMap<string, string>;
  readonly #names = new Map<string, ExpandedName | undefined>();
  readonly #inner = new Map<string, NameScope | undefined>();

  private constructor(bound: ReadonlyMap<string, string>) {
    this.#bound = bound;
  }

  /**
   * The name of an element as written, `prefix:local` or `local`; undefined for a prefix that nobody declared, and for
   * what is no name in ASCII.
   */
  element(written: string): ExpandedName | undefined {
    const known = this.#names.get(written);
    if (known !== undefined) return known;
    if (!NAME.test(written)) return undefined;
    const kept = detached(written);
    const colon = kept.indexOf(':');
    const namespace = this.#bound.get(colon < 0 ? '' : kept.slice(0, colon));
    const name = namespace === undefined ? undefined : { namespace, local: kept.slice(colon + 1) };
    return remember(this.#names, kept, name);
  }

  /** The name of an attribute as elements keep it; undefined for a prefix that nobody declared. */
  attribute(written: string): string | undefined {
    if (!written.includes(':')) return written;
    const name = this.element(written);
    return name && `{${name.namespace}}${name.local}`;
  }

  /**
   * The scope within an element that declares these namespaces, by prefix (empty for the default).
   * @returns undefined when a declaration is not allowed (Namespaces in XML 1.0, 3)
   */
  within(declared: Readonly<Record<string, string>>): NameScope | undefined {
    const prefixes = Object.keys(declared);
    if (prefixes.length === 0) return this;
    const key = JSON.stringify(declared);
    if (this.#inner.has(key)) return this.#inner.get(key);
    const isAllowed = prefixes.every((prefix) => mayDeclare(prefix, declared[prefix] ?? ''));
    const inner = isAllowed
      ? new NameScope(new Map([...this.#bound, ...Object.entries(declared)]))
      : undefined;
    return remember(this.#inner, key, inner);
  }
}

const mayDeclare = (prefix: string, namespace: string): boolean =>
  prefix !== 'xml' &&
  prefix !== 'xmlns' &&
  namespace !== XML_NAMESPACE &&
  namespace !== XMLNS_NAMESPACE &&
  (prefix === '' || namespace !== '');

function remember<Value>(known: Map<string, Value>, key: string, value: Value): Value {
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, value);
  return value;
}
