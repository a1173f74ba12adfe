import { invalidParameter } from '../../core/errors.ts';
import { isPrecinctId } from '../../core/formats/egib/teryt-id.ts';
import type { LoadScope } from '../store/load-contract.ts';

const PRECINCT = 'precinct:';

/**
 * `all`, or `precinct:` with one or more ids of precincts separated by commas.
 * @throws TwinError invalid-parameter for anything else
 */
export function parseScope(text: string): LoadScope {
  if (text === 'all') return 'all';
  const precincts = text.startsWith(PRECINCT) ? text.slice(PRECINCT.length).split(',') : [];
  if (precincts.length > 0 && precincts.every(isPrecinctId)) return { precincts: [...new Set(precincts)] };
  throw invalidParameter(
    'scope',
    `"${text}" is no scope; use all, or precinct: with ids of precincts, such as precinct:306401_1.0021`,
  );
}
