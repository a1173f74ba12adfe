import { effect } from '@preact/signals';
import { transformBetween } from '../../core/geo/crs.ts';
import { catalogue, globeView, type PlanBox, planView } from './twin-state.ts';

const FILL = 0.9;
const METRE_PER_PIXEL_AT_1 = 0.00028;
const EMPTY_CITY_SCALE = 10_000;

/** Once the city is known and no link said where to look: the whole of its data. */
export function showFirstView(): void {
  const stop = effect(() => {
    if (catalogue.value.kind !== 'ready') return;
    if (planView.peek() === undefined && globeView.peek() === undefined) {
      const { home, extent } = catalogue.value.reply.city;
      const [e, n] = transformBetween(4326, 2177)([home.lon, home.lat]);
      planView.value = extent
        ? wholeOf(extent)
        : { eastingM: e, northingM: n, scaleDenominator: EMPTY_CITY_SCALE };
    }
    queueMicrotask(() => stop());
  });
}

function wholeOf([minE, minN, maxE, maxN]: PlanBox) {
  const area = document.querySelector('.stage')?.getBoundingClientRect();
  const width = (area?.width ?? 800) * FILL;
  const height = (area?.height ?? 600) * FILL;
  const resolution = Math.max((maxE - minE) / width, (maxN - minN) / height, 0.05);
  return {
    eastingM: (minE + maxE) / 2,
    northingM: (minN + maxN) / 2,
    scaleDenominator: resolution / METRE_PER_PIXEL_AT_1,
  };
}
