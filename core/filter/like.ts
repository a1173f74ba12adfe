import { invalidParameter } from '../errors.ts';
import type { PropertyDeclaration } from '../feature/layer.ts';

/**
 * Refuses what no engine can match: a pattern on something that is not text, or one that ends in a lone
 * backslash (the escape needs a character after it).
 */
export function checkLike(property: PropertyDeclaration, pattern: string): void {
  if (property.type !== 'text') {
    throw invalidParameter('filter', `LIKE works on text; ${property.name} is of type ${property.type}`);
  }
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(pattern)) {
    throw invalidParameter('filter', 'The LIKE pattern ends with an escape character that escapes nothing');
  }
}

/** A LIKE pattern (`%`, `_`, backslash) as a regular expression over the whole text. */
export function likePattern(property: PropertyDeclaration, pattern: string, matchCase: boolean): RegExp {
  checkLike(property, pattern);
  const source = pattern.replace(/\\(.)|[\s\S]/gsu, (part, escaped: string | undefined) => {
    if (escaped !== undefined) return literally(escaped);
    if (part === '%') return '.*';
    return part === '_' ? '.' : literally(part);
  });
  return new RegExp(`^${source}$`, matchCase ? 'su' : 'sui');
}

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
