import { invalidParameter } from '../../../core/errors.ts';
import type { AsidesReply, ProvidersReply } from '../../../core/wire/providers.ts';
import { requireRight } from '../../access/require-right.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const FRESH = { 'cache-control': 'no-store' };
const STANDARD_ASIDES = 100;
const MOST_ASIDES = 1_000;

/** How every source of measurements fares: a dead one is seen here, and since when. */
export async function getProviders({ sources }: Services): Promise<Reply> {
  const reply: ProvidersReply = {
    now: new Date().toISOString(),
    providers: [...(await sources.providers())],
  };
  return jsonReply(reply, FRESH);
}

/** What was sent and could not be used, the newest first, for staff: payloads may say more than the city shows. */
export async function getAsides({ sources }: Services, ask: Ask): Promise<Reply> {
  requireRight(ask.view.who, 'operate');
  const limit = Number(readKvp(ask.query).get('limit') ?? STANDARD_ASIDES);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ASIDES) {
    throw invalidParameter('limit', `limit must be a number from 1 to ${MOST_ASIDES}`);
  }
  const reply: AsidesReply = { asides: [...(await sources.asides(limit))] };
  return jsonReply(reply, FRESH);
}
