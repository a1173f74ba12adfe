import { effect, signal } from '@preact/signals';
import type { RoadSection } from '../../core/obstruction/road-section.ts';
import { fetchItemsIn, type ItemFeature } from '../api/city-api.ts';
import { planView } from '../state/twin-state.ts';

/** Sections of streets around the middle of the map, and those seen before; what is drawn follows them. */
export const roadsNear = signal<readonly RoadSection[]>([]);

const AROUND_M = 900;
const MOST_AT_ONCE = 1_500;
const MOST_KEPT = 6_000;
const PAUSE_MS = 300;

/** Keeps the streets up to date while the map moves. Returns how to stop. */
export function followRoads(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading: AbortController | undefined;
  const stop = effect(() => {
    const view = planView.value;
    clearTimeout(timer);
    if (!view) return;
    const { eastingM: e, northingM: n } = view;
    timer = setTimeout(() => {
      reading?.abort();
      reading = new AbortController();
      const box = [e - AROUND_M, n - AROUND_M, e + AROUND_M, n + AROUND_M] as const;
      fetchItemsIn('roads', box, MOST_AT_ONCE, reading.signal).then(
        (items) => {
          const known = new Map(roadsNear.peek().map((road) => [road.id, road]));
          if (known.size > MOST_KEPT) known.clear();
          for (const road of items.flatMap(sectionOf)) known.set(road.id, road);
          roadsNear.value = [...known.values()];
        },
        // Without them there is nothing to follow, and the hint says so at the first click.
        () => {},
      );
    }, PAUSE_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
    reading?.abort();
  };
}

function sectionOf({ id, properties, geometry }: ItemFeature): readonly RoadSection[] {
  if (geometry?.type !== 'LineString') return [];
  const text = (name: string) => String(properties[name] ?? '');
  return [
    {
      id,
      street: typeof properties['name'] === 'string' ? properties['name'] : null,
      path: geometry.coordinates.map(([x, y]) => [x, y] as const),
      fromNode: text('from_node'),
      toNode: text('to_node'),
      lanes: null,
      widthM: null,
    },
  ];
}
