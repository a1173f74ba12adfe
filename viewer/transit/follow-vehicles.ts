import { effect } from '@preact/signals';
import type { VehiclesReply } from '../../core/wire/transit.ts';
import { getJson } from '../api/city-api.ts';
import { motions, reply, vehiclesShown, vehiclesTold } from './vehicle-state.ts';

/** Where the events do not come through, vehicles are asked for so often. */
const ASK_AGAIN_MS = 20_000;

/** Reads the vehicles whenever the service tells that they moved, while they are shown. */
export function followVehicles(): () => void {
  let isReading = false;
  let isWanted = false;
  const read = async (): Promise<void> => {
    isWanted = true;
    if (isReading || document.hidden || !vehiclesShown.peek()) return;
    isReading = true;
    while (isWanted) {
      isWanted = false;
      try {
        const next = await getJson<VehiclesReply>('api/live/vehicles', undefined, '');
        motions.take(
          next.vehicles.map(({ id, lonLat, at }) => ({ id, lonLat, atMs: Date.parse(at) })),
          performance.now(),
        );
        reply.value = next;
      } catch {
        // The line to the service is watched elsewhere; here they grow old and go.
      }
    }
    isReading = false;
  };
  const stop = effect(() => {
    vehiclesTold.value;
    if (vehiclesShown.value) void read();
  });
  const timer = setInterval(() => void read(), ASK_AGAIN_MS);
  const onShow = () => void read();
  document.addEventListener('visibilitychange', onShow);
  return () => {
    stop();
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onShow);
  };
}
