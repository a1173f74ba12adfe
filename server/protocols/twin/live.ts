import type { SensorsReply } from '../../../core/wire/live.ts';
import { jsonReply } from '../../http/json.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

/** Every sensor with its place and latest values: what a map begins with before it follows `/events`. */
export async function getSensors({ sensors }: Services, ask: Ask): Promise<Reply> {
  const reply: SensorsReply = { now: new Date().toISOString(), sensors: await sensors.overview(ask.signal) };
  return jsonReply(reply, { 'cache-control': 'no-store' });
}
