/** In which profile an order is made: those that whoever is signed in holds. */
import { signal } from '@preact/signals';
import type { HeldProfile, NewDataOrder, OrderOffer } from '../../core/wire/order.ts';
import { getJson } from '../api/city-api.ts';
import { LOADING, type Load, loadAlong } from '../state/load.ts';
import { session } from '../state/session.ts';

export const profiles = signal<Load<readonly HeldProfile[]>>(LOADING);
/** Systems that heights may be ordered in here. */
export const offeredHeights = signal<OrderOffer['heights']>([]);
export const profile = signal<NewDataOrder['profile']>('public');
/** KERG or another number of the case. */
export const caseNumber = signal('');
/** Of staff: the account of the client for whom it is; empty = for themselves. */
export const client = signal('');

/** Keeps the profiles in step with who is signed in. @returns how to stop */
export const followProfiles = (): (() => void) =>
  loadAlong(profiles, () => {
    void session.value;
    profile.value = 'public';
    return async (abort) => {
      const offer = await getJson<OrderOffer>('api/orders/profiles', abort);
      offeredHeights.value = offer.heights;
      return offer.profiles;
    };
  });
