/** SQL as a value: text and parameters stay apart until the driver sends them, so nothing can be injected. */

export interface Sql {
  /** Text around the parameters; one more than `values`. */
  readonly parts: readonly string[];
  readonly values: readonly unknown[];
  /** Connections keep it prepared. */
  readonly isKept?: boolean;
}

/** A statement or fragment; `${…}` is a parameter, or another fragment that is spliced in. */
export function sql(texts: TemplateStringsArray, ...items: readonly unknown[]): Sql {
  const parts: string[] = [texts[0] ?? ''];
  const values: unknown[] = [];
  for (const [index, item] of items.entries()) {
    const following = texts[index + 1] ?? '';
    if (isSql(item)) {
      const [first = '', ...others] = item.parts;
      parts.push(`${parts.pop() ?? ''}${first}`, ...others);
      values.push(...item.values);
      parts.push(`${parts.pop() ?? ''}${following}`);
    } else {
      parts.push(following);
      values.push(item);
    }
  }
  return { parts, values };
}

const isSql = (item: unknown): item is Sql =>
  typeof item === 'object' && item !== null && 'parts' in item && 'values' in item;

/** Text of our own as SQL; never text from outside. */
export const trusted = (text: string): Sql => ({ parts: [text], values: [] });

/** A quoted name: `city`.`parcel`. */
export const name = (...path: readonly string[]): Sql =>
  trusted(path.map((step) => `"${step.replaceAll('"', '""')}"`).join('.'));

export const NOTHING = trusted('');

/** A statement that connections keep prepared, once planned: one of few texts, whose plan costs more than its rows. */
export const kept = (statement: Sql): Sql => ({ ...statement, isKept: true });

/** Fragments one after another, in one pass: statements have a column for each property. */
export function join(fragments: readonly Sql[], separator: string): Sql {
  const parts: string[] = [''];
  const values: unknown[] = [];
  for (const [index, fragment] of fragments.entries()) {
    const [first = '', ...others] = fragment.parts;
    parts.push(`${parts.pop() ?? ''}${index > 0 ? separator : ''}${first}`, ...others);
    values.push(...fragment.values);
  }
  return { parts, values };
}

/** The form that the driver takes: `$1`, `$2`, …; an array that is used again is sent once. */
export function toStatement({ parts, values }: Sql): { text: string; values: unknown[] } {
  const [sent, places]: [unknown[], Map<unknown, number>] = [[], new Map()];
  let text = parts[0] ?? '';
  for (const [index, value] of values.entries()) {
    const place = (Array.isArray(value) ? places.get(value) : undefined) ?? sent.push(value);
    if (Array.isArray(value)) places.set(value, place);
    text += `$${place}${parts[index + 1] ?? ''}`;
  }
  return { text, values: sent };
}

/**
 * The same statement with its values as literals, for COPY, which takes none apart.
 * @throws Error on a value of a kind that no statement here has
 */
export function withLiterals({ parts, values }: Sql): Sql {
  return trusted(parts.reduce((text, part, index) => `${text}${literalOf(values[index - 1])}${part}`));
}

function literalOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return `(${value})`;
  if (typeof value === 'string') return quotedLiteral(value);
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString('hex')}'::bytea`;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) {
    const items = value.map((each) => `"${each.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
    return quotedLiteral(`{${items.join(',')}}`);
  }
  throw new Error(`a value of type ${typeof value} has no literal here`);
}

/** Read the same whether or not the server takes backslashes for escapes. */
const quotedLiteral = (text: string): string => ` E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
