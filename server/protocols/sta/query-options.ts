import { invalidParameter, notSupported } from '../../../core/errors.ts';
import { parseWhole } from '../../http/kvp.ts';
import type { EntityQuery } from '../../services.ts';

export interface QueryOptions extends Pick<EntityQuery, 'orderBy' | 'limit' | 'offset' | 'counted'> {}

const PAGE = { standard: 100, highest: 1_000 } as const;
const DEEPEST = 10_000_000;
const TO_COME = ['$filter', '$expand', '$select', '$resultFormat', '$search', '$apply', '$compute'];
const KNOWN = ['$top', '$skip', '$count', '$orderby'];

/**
 * The options of a collection (18-088, 9.3). What is not understood is refused, so that nobody takes a whole set for
 * a filtered one.
 * @throws TwinError not-supported for an option of the standard that is still to come, invalid-parameter for others
 */
export function readQueryOptions(query: URLSearchParams): QueryOptions {
  const given = new Map<string, string>();
  for (const [name, value] of query) {
    if (TO_COME.includes(name)) {
      throw notSupported(`${name} is not offered yet; follow the links, and use ${KNOWN.join(', ')}`, name);
    }
    if (!KNOWN.includes(name)) {
      throw invalidParameter(name, `There is no option ${name.slice(0, 100)}; known: ${KNOWN.join(', ')}`);
    }
    if (given.has(name)) throw invalidParameter(name, `${name} is given twice`);
    given.set(name, value);
  }
  const top = parseWhole(given.get('$top') ?? String(PAGE.standard), '$top', 0, Number.MAX_SAFE_INTEGER);
  return {
    // A server may give less than is asked for, and links to the rest.
    limit: Math.min(top, PAGE.highest),
    offset: parseWhole(given.get('$skip') ?? '0', '$skip', 0, DEEPEST),
    counted: readFlag(given.get('$count') ?? 'false'),
    orderBy: (given.get('$orderby') ?? '')
      .split(',')
      .filter((part) => part.trim() !== '')
      .map(readOrder),
  };
}

function readFlag(text: string): boolean {
  if (text !== 'true' && text !== 'false') {
    throw invalidParameter('$count', `$count is true or false, not "${text.slice(0, 100)}"`);
  }
  return text === 'true';
}

function readOrder(text: string): QueryOptions['orderBy'][number] {
  const [, property, direction = 'asc'] = /^([A-Za-z.@]+)(?:\s+(asc|desc))?$/.exec(text.trim()) ?? [];
  if (property === undefined) {
    throw invalidParameter('$orderby', `$orderby reads "phenomenonTime desc", not "${text.slice(0, 100)}"`);
  }
  return { property: property === '@iot.id' ? 'id' : property, descending: direction === 'desc' };
}
