/** Where vehicles are. Plan, globe, panel and card read these signals; `follow-vehicles.ts` writes them. */
import { computed, signal } from '@preact/signals';
import { VEHICLE_GONE_S, VEHICLE_STALE_S } from '../../core/transit/vehicle-status.ts';
import type { VehiclesReply, WireVehicle } from '../../core/wire/transit.ts';
import { nowMs } from '../live/live-state.ts';
import { wantedCity } from '../state/shown-city.ts';
import { shownTime } from '../state/shown-time.ts';
import { selection } from '../state/twin-state.ts';
import { VEHICLES } from '../state/vehicles-name.ts';
import { Motions } from './motion.ts';

export const reply = signal<VehiclesReply | undefined>(undefined);
/** Rises when the service tells that vehicles have moved. */
export const vehiclesTold = signal(0);
/** Whether vehicles are wanted on the maps. */
export const vehiclesWanted = signal(true);
/** In the city of another time nobody is on the way now. */
export const vehiclesShown = computed(
  () => vehiclesWanted.value && wantedCity.value.at === undefined && shownTime.value === undefined,
);
export const motions = new Motions();

/** Those that can be shown: believed, and heard of lately. */
export const vehicles = computed<readonly WireVehicle[]>(() =>
  (reply.value?.vehicles ?? []).filter(
    (vehicle) => vehicle.status !== 'suspect' && ageS(vehicle, nowMs.value) < VEHICLE_GONE_S,
  ),
);

export const selectedVehicle = computed<WireVehicle | undefined>(() => {
  const wanted = selection.value;
  return wanted?.layer === VEHICLES ? reply.value?.vehicles.find(({ id }) => id === wanted.id) : undefined;
});

export const ageS = ({ at }: WireVehicle, atMs: number): number => (atMs - Date.parse(at)) / 1000;

export const isStale = (vehicle: WireVehicle, atMs: number): boolean => ageS(vehicle, atMs) > VEHICLE_STALE_S;
