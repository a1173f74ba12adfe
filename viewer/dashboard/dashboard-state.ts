/** What the dashboard reads beside sensors and alerts. */
import { signal } from '@preact/signals';
import type { AirQualityReply } from '../../core/wire/air-quality.ts';
import type { LayersReply } from '../../core/wire/city.ts';
import type { Obstruction, ObstructionsReply } from '../../core/wire/obstruction.ts';
import type { VehiclesReply } from '../../core/wire/transit.ts';
import { fetchLayers, getJson } from '../api/city-api.ts';

/** Something read from the service: not yet, what it said, or why not. */
export type Reading<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly reason: string };

export const layersRead = signal<Reading<LayersReply>>({ kind: 'loading' });
export const obstructionsRead = signal<Reading<readonly Obstruction[]>>({ kind: 'loading' });
export const vehiclesRead = signal<Reading<VehiclesReply>>({ kind: 'loading' });
export const airRead = signal<Reading<AirQualityReply>>({ kind: 'loading' });

export const readLayers = () => readInto(layersRead, () => fetchLayers(''));

/** Those in force now, as far as this person may know of them. */
export const readObstructions = () =>
  readInto(obstructionsRead, async () => {
    const { obstructions, now } = await getJson<ObstructionsReply>(
      'api/obstructions?limit=1000',
      undefined,
      '',
    );
    const moment = Date.parse(now);
    return obstructions.filter(
      ({ state, startsAt, endsAt }) =>
        state === 'published' && Date.parse(startsAt) <= moment && moment < Date.parse(endsAt),
    );
  });

export const readVehicles = () =>
  readInto(vehiclesRead, () => getJson<VehiclesReply>('api/live/vehicles', undefined, ''));

export const readAir = () =>
  readInto(airRead, () => getJson<AirQualityReply>('api/live/air-quality', undefined, ''));

async function readInto<T>(
  into: { value: Reading<T>; peek(): Reading<T> },
  read: () => Promise<T>,
): Promise<void> {
  try {
    into.value = { kind: 'ready', value: await read() };
  } catch (error) {
    // What was read before stays on the screen with its time.
    if (into.peek().kind === 'ready') return;
    into.value = { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
