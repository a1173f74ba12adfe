import { boxAround } from '../../core/geo/plane.ts';
import type { TrafficLink } from '../../core/wire/traffic-link.ts';
import { flyTo, select } from '../state/twin-state.ts';
import { ROADS } from './traffic-state.ts';

/** How much of the neighbourhood is shown around a link, m. */
const AROUND_M = 250;

/** Selects the road of a link and shows where it is. */
export function showStreet({ road, path }: TrafficLink): void {
  select({ layer: ROADS, id: road });
  if (path.length === 0) return;
  const [minE, minN, maxE, maxN] = boxAround(path);
  flyTo([minE - AROUND_M, minN - AROUND_M, maxE + AROUND_M, maxN + AROUND_M]);
}
