import { effect, signal } from '@preact/signals';
import { positionsOf } from '../../../../core/geo/geometry.ts';
import { fetchItemsIn } from '../../../api/city-api.ts';
import { catalogue, type PlanBox, planView, scaleDenominator } from '../../../state/twin-state.ts';
import type { Place } from './footprint.ts';

/** Exact corners of the parcels around the middle of the plan; what is drawn snaps to them. */
export const parcelCorners = signal<readonly Place[]>([]);

const FARTHEST_SCALE = 3000;
const AROUND_M = 250;
const PAUSE_MS = 300;

/** Keeps the corners up to date while the plan moves. Returns how to stop. */
export function followParcelCorners(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading: AbortController | undefined;
  const stop = effect(() => {
    const view = planView.value;
    const near = scaleDenominator.value <= FARTHEST_SCALE;
    clearTimeout(timer);
    reading?.abort();
    if (!view || !near) return;
    const { eastingM: e, northingM: n } = view;
    timer = setTimeout(() => {
      reading = new AbortController();
      const box = [e - AROUND_M, n - AROUND_M, e + AROUND_M, n + AROUND_M] as const;
      fetchItemsIn('parcels', box, 400, reading.signal).then(
        (items) => {
          parcelCorners.value = items.flatMap(({ geometry }) =>
            geometry ? [...positionsOf(geometry)].map(([x = 0, y = 0]): Place => [x, y]) : [],
          );
        },
        // Without them one draws freely.
        () => {},
      );
    }, PAUSE_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
    reading?.abort();
    parcelCorners.value = [];
  };
}

/** What the city's data cover, EPSG:2177. */
export function cityBox(): PlanBox | undefined {
  const state = catalogue.value;
  return state.kind === 'ready' ? (state.value.city.extent ?? undefined) : undefined;
}
