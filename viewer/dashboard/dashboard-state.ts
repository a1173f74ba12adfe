/** What the dashboard reads beside sensors and alerts. */

import { signal } from '@preact/signals';
import type { AirQualityReply } from '../../core/wire/air-quality.ts';
import type { LayersReply } from '../../core/wire/city.ts';
import type { Obstruction, ObstructionsReply } from '../../core/wire/obstruction.ts';
import type { VehiclesReply } from '../../core/wire/transit.ts';
import { fetchLayers, getJson } from '../api/city-api.ts';
import { LOADING, type Load, loadInto } from '../state/load.ts';

export const layersRead = signal<Load<LayersReply>>(LOADING);
export const obstructionsRead = signal<Load<readonly Obstruction[]>>(LOADING);
export const vehiclesRead = signal<Load<VehiclesReply>>(LOADING);
export const airRead = signal<Load<AirQualityReply>>(LOADING);

export const readLayers = () => loadInto(layersRead, () => fetchLayers(''));

/** Those in force now, as far as this person may know of them. */
export const readObstructions = () =>
  loadInto(obstructionsRead, async () => {
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
  loadInto(vehiclesRead, () => getJson<VehiclesReply>('api/live/vehicles', undefined, ''));

export const readAir = () =>
  loadInto(airRead, () => getJson<AirQualityReply>('api/live/air-quality', undefined, ''));
