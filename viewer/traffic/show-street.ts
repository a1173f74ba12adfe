import type { TrafficLink } from '../../core/wire/traffic-link.ts';
import { flyTo, select } from '../state/twin-state.ts';
import { ROADS } from './traffic-state.ts';

/** How much of the neighbourhood is shown around a link, m. */
const AROUND_M = 250;

/** Selects the road of a link and shows where it is. */
export function showStreet({ road, path }: TrafficLink): void {
  select({ layer: ROADS, id: road });
  const [es, ns] = [path.map(([e]) => e), path.map(([, n]) => n)];
  if (path.length === 0) return;
  flyTo([
    Math.min(...es) - AROUND_M,
    Math.min(...ns) - AROUND_M,
    Math.max(...es) + AROUND_M,
    Math.max(...ns) + AROUND_M,
  ]);
}
