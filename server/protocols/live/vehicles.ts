import { invalidParameter } from '../../../core/errors.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const NOT_KEPT = { 'cache-control': 'no-store' } as const;

/** Every vehicle heard of in the last minutes, with messages to passengers and how the feeds do. */
export async function getVehicles({ transit }: Services, ask: Ask): Promise<Reply> {
  return jsonReply(await transit.vehicles(ask.signal), NOT_KEPT);
}

/** One vehicle with the stops before it and its last minutes. */
export async function getVehicle({ transit }: Services, ask: Ask): Promise<Reply> {
  return jsonReply(await transit.vehicle(ask.route['id'] ?? '', ask.signal), NOT_KEPT);
}

export const DEPARTURES_LIMIT = { standard: 10, highest: 100 } as const;

/** The next departures of a stop: by the timetable, and with what is foretold of each. */
export async function getDepartures({ transit }: Services, ask: Ask): Promise<Reply> {
  const parameters = readKvp(ask.query);
  const limit = parameters.get('limit') ?? String(DEPARTURES_LIMIT.standard);
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > DEPARTURES_LIMIT.highest) {
    throw invalidParameter('limit', `limit must be a whole number from 1 to ${DEPARTURES_LIMIT.highest}`);
  }
  const from = parameters.get('from');
  const moment = from === undefined ? new Date() : new Date(from);
  if (Number.isNaN(moment.getTime())) {
    throw invalidParameter('from', 'from must be a moment such as 2026-06-01T10:00:00Z');
  }
  const reply = await transit.departures(ask.route['id'] ?? '', moment, Number(limit), ask.signal);
  return jsonReply(reply, NOT_KEPT);
}
