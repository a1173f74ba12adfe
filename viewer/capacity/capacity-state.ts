/** What may be built on the selected parcel, while it is shown. */
import { computed, signal } from '@preact/signals';
import type { CapacityResult, CapacityUse } from '../../core/wire/capacity.ts';
import { getJson } from '../api/city-api.ts';
import { LOADING, type Load, loadAlong } from '../state/load.ts';
import { cityPrefix } from '../state/shown-city.ts';
import { capacityShown } from '../state/sites-link.ts';
import { selection } from '../state/twin-state.ts';

export const capacity = signal<Load<CapacityResult>>(LOADING);
export const wantedUse = signal<CapacityUse | undefined>(undefined);

/** The parcel that is asked for; undefined while none is. */
export const capacityParcel = computed(() =>
  capacityShown.value && selection.value?.layer === 'parcels' ? selection.value.id : undefined,
);

export const capacityBodies = computed(() =>
  capacity.value.kind === 'ready' ? capacity.value.value : undefined,
);

/** Keeps the answer up to date with parcel, use and city. */
export const followCapacity = (): (() => void) =>
  loadAlong(capacity, () => {
    const [id, use, prefix] = [capacityParcel.value, wantedUse.value, cityPrefix.value];
    if (id === undefined) return undefined;
    const path = `api/parcels/${encodeURIComponent(id)}/capacity${use ? `?use=${use}` : ''}`;
    return (abort) => getJson<CapacityResult>(path, abort, prefix);
  });
