import { globeMap, type MapView, planMap } from './map-view.ts';
import { leader, mode } from './twin-state.ts';

/** The view that buttons and keys act on: the only one, or in split view the one used last. */
export function activeMap(): MapView | undefined {
  if (mode.value === '2d' || globeMap.value === undefined) return planMap.value;
  if (mode.value === '3d') return globeMap.value;
  return leader.value === 'globe' ? globeMap.value : planMap.value;
}
