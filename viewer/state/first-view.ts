import { effect } from '@preact/signals';
import { transformBetween } from '../../core/geo/crs.ts';
import { catalogue, globeView, mode, type PlanBox, planView } from './twin-state.ts';

const FILL = 0.9;
/** Seen at a slant, the far half of a city shrinks: go nearer. */
const SLANT_FILL = 1.45;
const METRE_PER_PIXEL_AT_1 = 0.00028;
const EMPTY_CITY_SCALE = 10_000;

/** Once the city is known and no link said where to look: the whole of its data. */
export function showFirstView(): void {
  const stop = effect(() => {
    if (catalogue.value.kind !== 'ready') return;
    if (planView.peek() === undefined && globeView.peek() === undefined) {
      const { city, layers } = catalogue.value.value;
      const { home, extent } = city;
      const drawnFrom = layers
        .filter(({ initiallyVisible }) => initiallyVisible)
        .map(({ maxScaleDenominator }) => maxScaleDenominator ?? Number.POSITIVE_INFINITY);
      const [e, n] = transformBetween(4326, 2177)([home.lon, home.lat]);
      planView.value = extent
        ? wholeOf(extent, Math.max(EMPTY_CITY_SCALE, ...drawnFrom))
        : { eastingM: e, northingM: n, scaleDenominator: EMPTY_CITY_SCALE };
    }
    queueMicrotask(() => stop());
  });
}

/** The whole city, or as much of its middle as is drawn at all. */
function wholeOf([minE, minN, maxE, maxN]: PlanBox, farthestScale: number) {
  const area = document.querySelector('.stage')?.getBoundingClientRect();
  const fill = mode.peek() === '3d' ? SLANT_FILL : FILL;
  const width = (area?.width ?? 800) * fill;
  const height = (area?.height ?? 600) * fill;
  const resolution = Math.max((maxE - minE) / width, (maxN - minN) / height, 0.05);
  return {
    eastingM: (minE + maxE) / 2,
    northingM: (minN + maxN) / 2,
    scaleDenominator: Math.min(resolution / METRE_PER_PIXEL_AT_1, farthestScale * 0.98),
  };
}
