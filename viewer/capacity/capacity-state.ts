/** What may be built on the selected parcel, while it is shown. */
import { computed, effect, signal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { CapacityResult, CapacityUse } from '../../core/wire/capacity.ts';
import { getJson } from '../api/city-api.ts';
import { cityPrefix } from '../state/shown-city.ts';
import { capacityShown } from '../state/sites-link.ts';
import { selection } from '../state/twin-state.ts';

export type CapacityTold =
  | { readonly kind: 'none' | 'loading' }
  | { readonly kind: 'ready'; readonly result: CapacityResult }
  | { readonly kind: 'failed'; readonly reason: string };

export const capacity = signal<CapacityTold>({ kind: 'none' });
export const wantedUse = signal<CapacityUse | undefined>(undefined);

/** The parcel that is asked for; undefined while none is. */
export const capacityParcel = computed(() =>
  capacityShown.value && selection.value?.layer === 'parcels' ? selection.value.id : undefined,
);

export const capacityBodies = computed(() =>
  capacity.value.kind === 'ready' ? capacity.value.result : undefined,
);

/** Keeps the answer up to date with parcel, use and city. */
export function followCapacity(): () => void {
  let reading: AbortController | undefined;
  const stop = effect(() => {
    const [id, use, prefix] = [capacityParcel.value, wantedUse.value, cityPrefix.value];
    reading?.abort();
    if (id === undefined) {
      capacity.value = { kind: 'none' };
      return;
    }
    const mine = new AbortController();
    reading = mine;
    capacity.value = { kind: 'loading' };
    const path = `api/parcels/${encodeURIComponent(id)}/capacity${use ? `?use=${use}` : ''}`;
    getJson<CapacityResult>(path, mine.signal, prefix).then(
      (result) => {
        if (reading === mine) capacity.value = { kind: 'ready', result };
      },
      (error: unknown) => {
        if (mine.signal.aborted) return;
        capacity.value = { kind: 'failed', reason: reasonOf(error) };
      },
    );
  });
  return () => {
    stop();
    reading?.abort();
  };
}
