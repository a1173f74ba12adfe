/** How far one walks from the chosen site. */
import { computed, signal } from '@preact/signals';
import type { IsochronesReply } from '../../core/wire/isochrones.ts';
import { LOADING, type Load, lastOf, loadAlong } from '../state/load.ts';
import { cityPrefix } from '../state/shown-city.ts';
import { chosenSite, postSiting, sitingAsk } from './siting-state.ts';

const reply = signal<Load<IsochronesReply>>(LOADING);

/** The ground within each time, the farthest first; undefined while no site is chosen. */
export const isochrones = computed(() =>
  chosenPlace.value ? lastOf(reply.value)?.isochrones.toReversed() : undefined,
);

const chosenPlace = computed(() => sitingAsk.value.sites[chosenSite.value ?? -1]);

/** A marker that moves asks when it rests this long. */
const PAUSE_MS = 250;

/** Asks while the panel is open. Returns how to stop. */
export const followIsochrones = (): (() => void) =>
  loadAlong(
    reply,
    () => {
      const place = chosenPlace.value;
      if (!place) return undefined;
      const { numbers, slopes, stepFree } = sitingAsk.value;
      const [prefix, { e, n }, { walkKmH }] = [cityPrefix.value, place, numbers];
      const asked = { e, n, slopes, stepFree, ...(walkKmH && { walkKmH }) };
      return (abort) => postSiting<IsochronesReply>('/isochrones', prefix, asked, abort);
    },
    PAUSE_MS,
  );
