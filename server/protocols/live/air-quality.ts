import { AIR_CLASSES, AIR_SCALE } from '../../../core/live/air-quality-index.ts';
import type { AirQualityReply } from '../../../core/wire/air-quality.ts';
import { jsonReply } from '../../http/json.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

/** The air quality index of every station, now or at a moment. */
export async function getAirQuality({ quality }: Services, { view: { at }, signal }: Ask): Promise<Reply> {
  const reply: AirQualityReply = {
    now: (at ?? new Date()).toISOString(),
    scale: { ...AIR_SCALE, classes: Object.values(AIR_CLASSES) },
    stations: [...(await quality.airQuality(at, signal))],
  };
  return jsonReply(reply, { 'cache-control': 'no-store' });
}
