import type { SensorsReply } from '../../../core/wire/live.ts';
import { jsonReply } from '../../http/json.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

/**
 * Every sensor with its place and latest values: what a map begins with before it follows `/events`. With `at` the
 * values that were fresh at that moment.
 */
export async function getSensors({ sensors }: Services, { view: { at }, signal }: Ask): Promise<Reply> {
  const reply: SensorsReply = {
    now: (at ?? new Date()).toISOString(),
    sensors: await sensors.overview(at, signal),
  };
  return jsonReply(reply, { 'cache-control': 'no-store' });
}
