/** CQL2 (OGC 21-065r2), as text or JSON, into the one filter tree. */
import { invalidParameter } from '../../errors.ts';
import type { Filter } from '../ast.ts';
import type { Cql2Context } from './cql2-context.ts';
import { filterOfNode } from './filter-of-node.ts';
import { parseCql2Text } from './parse-text.ts';

export const CQL2_LANGUAGES = ['cql2-text', 'cql2-json'] as const;
export type Cql2Language = (typeof CQL2_LANGUAGES)[number];

/**
 * The value of `filter-lang`; text where there is none.
 * @throws TwinError invalid-parameter
 */
export function cql2Language(asked: string = CQL2_LANGUAGES[0]): Cql2Language {
  const language = CQL2_LANGUAGES.find((each) => each === asked);
  if (language) return language;
  throw invalidParameter(
    'filter-lang',
    `filter-lang "${asked.slice(0, 50)}" is not offered; use ${CQL2_LANGUAGES.join(' or ')}`,
  );
}

/**
 * Literals keep their text where the grammar has no type for them; the source gives them the type of their property.
 * Text takes the predicates of ECQL too that have no counterpart in CQL2: DWITHIN, BEYOND, BBOX(geom, …), ILIKE,
 * INCLUDE and EXCLUDE, since clients of maps send them in CQL_FILTER.
 * @throws TwinError invalid-parameter (parameter `filter`) that says where and what
 */
export function parseCql2(text: string, language: Cql2Language, context: Cql2Context): Filter {
  return filterOfNode(language === 'cql2-text' ? parseCql2Text(text) : readJson(text), context);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidParameter('filter', `The filter is not JSON: ${String(error).slice(0, 200)}`);
  }
}
