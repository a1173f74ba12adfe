import { missingParameter } from '../../../core/errors.ts';
import type { SearchReply } from '../../../core/wire/search.ts';
import { jsonReply } from '../../http/json.ts';
import { parseWhole, readKvp } from '../../http/kvp.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

export const SEARCH_LIMIT = { standard: 10, highest: 100 } as const;
const MAX_TEXT = 200;

/** Finds parcels and buildings by words. */
export async function getSearch(services: Services, ask: Ask): Promise<Reply> {
  const parameters = readKvp(ask.query);
  const text = parameters.get('q')?.trim().slice(0, MAX_TEXT);
  if (!text) throw missingParameter('q', 'Parameter q is missing: the words or number to look for');
  const limit = parseWhole(
    parameters.get('limit') ?? String(SEARCH_LIMIT.standard),
    'limit',
    1,
    SEARCH_LIMIT.highest,
  );
  const hits = await services.search.find(text, limit, ask.signal);
  const reply: SearchReply = { hits: hits.map((hit) => ({ ...hit, bbox: [...hit.bbox] })) };
  return jsonReply(reply);
}
